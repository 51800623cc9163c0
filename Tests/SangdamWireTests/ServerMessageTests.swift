// The objects that clients rely on, byte by byte: a change here is a change of Protocol.md#What-the-server-says.

import SangdamCore
import SangdamJSON
import SangdamProtocol
import Testing

@testable import SangdamWire

@Suite struct ServerMessageTests {
    static let chat = Sample.chat
    static let c = Sample.chat.description

    static var intake: Intake {
        var intake = Intake()
        intake["what"] = "두 번 \"결제\""
        intake["goal"] = "환불"
        return intake
    }

    static let agent = AgentNotice(
        name: "kim", role: .agent, status: .available, statusAfterChats: nil, capacity: 3, autoAccept: false,
        cause: .signedIn)

    static let rows: [(ServerMessage, String)] = [
        (.ack(chat: chat, id: ClientMessageID("c-3"), seq: 7), #"{"type":"ack","chat":"\#(c)","id":"c-3","seq":7}"#),
        (.ack(chat: chat, id: nil, seq: 8), #"{"type":"ack","chat":"\#(c)","seq":8}"#),
        (
            .message(
                MessageNotice(
                    chat: chat, seq: 7, from: .customer, name: nil, id: ClientMessageID("c\"1"),
                    body: .words("안녕\n\u{2028}"), at: Sample.at)),
            #"{"type":"message","chat":"\#(c)","seq":7,"from":"customer","name":null,"id":"c\"1","#
                + #""text":"안녕\n\u2028","at":"2026-11-22T08:00:00.123Z"}"#
        ),
        (
            .message(
                MessageNotice(
                    chat: chat, seq: 8, from: .agent, name: "kim", id: nil, body: .words("네"), at: Sample.at)),
            #"{"type":"message","chat":"\#(c)","seq":8,"from":"agent","name":"kim","text":"네","#
                + #""at":"2026-11-22T08:00:00.123Z"}"#
        ),
        (
            .message(
                MessageNotice(
                    chat: chat, seq: 9, from: .system, name: nil, id: nil,
                    body: .system(.idleReminder(endsIn: .seconds(420))), at: Sample.at)),
            #"{"type":"message","chat":"\#(c)","seq":9,"from":"system","name":null,"code":"idle_reminder","#
                + #""text":"Are you still there? The chat ends after 7 more minutes of silence.","ends_in":420,"#
                + #""at":"2026-11-22T08:00:00.123Z"}"#
        ),
        (
            .message(
                MessageNotice(
                    chat: chat, seq: 10, from: .customer, name: nil, id: ClientMessageID("c-4"), body: .erased,
                    at: Sample.at)),
            #"{"type":"message","chat":"\#(c)","seq":10,"from":"customer","name":null,"id":"c-4","#
                + #""text":"[erased]","erased":true,"at":"2026-11-22T08:00:00.123Z"}"#
        ),
        (
            .note(NoteNotice(chat: chat, seq: 6, by: "lee", text: nil, at: Sample.at)),
            #"{"type":"note","chat":"\#(c)","seq":6,"by":"lee","text":"[erased]","erased":true,"#
                + #""at":"2026-11-22T08:00:00.123Z"}"#
        ),
        (
            .note(NoteNotice(chat: chat, seq: 5, by: "lee", text: "확인", at: Sample.at)),
            #"{"type":"note","chat":"\#(c)","seq":5,"by":"lee","text":"확인","at":"2026-11-22T08:00:00.123Z"}"#
        ),
        (
            .welcome(
                Welcome(
                    session: Sample.session, token: "tok", language: .english, at: Sample.at, textBytes: 4_000,
                    desk: Localised([.korean: "결제 상담"]), agent: nil)),
            #"{"type":"welcome","session":"01kapx0000000000000000000s","token":"tok","lang":"en","protocol":1,"#
                + #""at":"2026-11-22T08:00:00.123Z","text_bytes":4000,"desk":"결제 상담"}"#
        ),
        (
            .welcome(
                Welcome(
                    session: Sample.session, token: nil, language: .english, at: Sample.at, textBytes: 500,
                    agent: agent)),
            #"{"type":"welcome","session":"01kapx0000000000000000000s","lang":"en","protocol":1,"#
                + #""at":"2026-11-22T08:00:00.123Z","text_bytes":500,"agent":{"name":"kim","role":"agent","#
                + #""status":"available","after_chats":null,"capacity":3,"auto_accept":false,"cause":"signed_in"}}"#
        ),
        (
            .status(
                AgentNotice(
                    name: "kim", role: .supervisor, status: .available, statusAfterChats: .onBreak, capacity: 1,
                    autoAccept: true, cause: .unanswered)),
            #"{"type":"status","name":"kim","role":"supervisor","status":"available","after_chats":"break","#
                + #""capacity":1,"auto_accept":true,"cause":"unanswered"}"#
        ),
        (.ok(about: "rate", chat: chat), #"{"type":"ok","for":"rate","chat":"\#(c)"}"#),
        (.ok(about: "status", chat: nil), #"{"type":"ok","for":"status"}"#),
        (
            .overridden(OverrideNotice(queue: "pay", state: .closed, isOpen: false, until: nil)),
            #"{"type":"ok","for":"override","queue":"pay","state":"closed","open":false}"#
        ),
        (
            .topics(Array(Sample.topics[1...1]), contacts: Sample.contacts),
            #"{"type":"topics","topics":[{"id":"refund","label":"Refund","queue":"general","open":true,"waiting":2,"#
                + #""state":"open","offers":["chat"]}],"#
                + #""contacts":[{"id":"main","label":"Service centre","phone":"1588-3819","hours":"weekdays 09:00–18:00"}]}"#
        ),
        (
            .topics(Array(Sample.askingTopics[..<2]), contacts: []),
            #"{"type":"topics","topics":[{"id":"fraud","label":"Payment fraud","queue":"general","open":true,"#
                + #""waiting":0,"state":"open","offers":["chat"],"intake":[{"id":"when","label":"When did it happen?","required":true,"kind":"date"},"#
                + #"{"id":"shop","label":"Which shop?","required":false,"kind":"text"},"#
                + #"{"id":"card","label":"Which card?","required":true,"kind":"choice","choices":["#
                + #"{"id":"credit","label":"Credit card"},{"id":"debit","label":"Debit card"}]},"#
                + #"{"id":"sum","label":"How much?","required":false,"kind":"amount"}]},"#
                + #"{"id":"other","label":"Other","queue":"general","open":true,"waiting":0,"#
                + #""state":"open","offers":["chat"],"intake":[]}],"contacts":[]}"#
        ),
        (
            .error(Refusal(.intakeRequired, missing: ["when", "card"])),
            #"{"type":"error","code":"intake_required","message":"Some questions must be answered first.","#
                + #""missing":["when","card"]}"#
        ),
        (
            .topics(Array(Sample.closedTopics), contacts: []),
            #"{"type":"topics","topics":[{"id":"pay","label":"Payment","queue":"general","open":false,"waiting":3,"#
                + #""state":"closed","until":"2026-11-23T00:00:00.000Z","words":"Opens tomorrow at 9 AM","#
                + #""offers":["inquiry"]},"#
                + #"{"id":"card","label":"Card","queue":"general","open":false,"waiting":0,"#
                + #""state":"unstaffed","until":"2026-11-23T00:00:00.000Z","offers":[]}],"contacts":[]}"#
        ),
        (
            .delayed(
                DelayNotice(
                    chat: chat, queue: "general", reason: .closed, onDuty: true,
                    alternatives: Alternatives(
                        opens: Sample.tomorrow, offers: [.chat],
                        contacts: Sample.contacts.map { ContactStatus($0, Timetable(), at: Sample.at) }),
                    openTopics: ["refund"])),
            #"{"type":"delayed","chat":"\#(c)","queue":"general","reason":"closed","#
                + #""message":"We have closed, but you keep your place: as long as agents are here, they take everybody "#
                + #"in turn. Opens tomorrow at 9 AM.","on_duty":true,"until":"2026-11-23T00:00:00.000Z","#
                + #""offers":["chat"],"contacts":[{"id":"main","label":"Service centre","phone":"1588-3819","#
                + #""hours":"weekdays 09:00–18:00"}],"open":["refund"]}"#
        ),
        (
            .error(
                Refusal(
                    .closed, openTopics: ["refund"],
                    alternatives: Alternatives(
                        opens: Sample.tomorrow, offers: [],
                        contacts: Sample.contacts.map { ContactStatus($0, Timetable(), at: Sample.at) }))),
            #"{"type":"error","code":"closed","message":"We are closed right now. Opens tomorrow at 9 AM. "#
                + #"Other ways to reach us: Service centre 1588-3819","open":["refund"],"#
                + #""until":"2026-11-23T00:00:00.000Z","offers":[],"contacts":[{"id":"main","label":"Service centre","#
                + #""phone":"1588-3819","hours":"weekdays 09:00–18:00"}]}"#
        ),
        (.topics([], contacts: []), #"{"type":"topics","topics":[],"contacts":[]}"#),
        (
            .topics([], contacts: [], privacy: Sample.privacy(needsConsent: true)),
            #"{"type":"topics","topics":[],"contacts":[],"privacy":{"version":"\#(Sample.privacyVersion)","#
                + #""text":"We keep what you write for a year.","url":"https://www.example.com/privacy","#
                + #""consent":true}}"#
        ),
        (
            .topics([], contacts: [], privacy: PrivacyNotice(text: Localised([:]), url: nil, needsConsent: false)),
            #"{"type":"topics","topics":[],"contacts":[],"privacy":{"version":"40d69e0cf0f65c45","text":"","#
                + #""consent":false}}"#
        ),
        (
            .topics([], contacts: Sample.contactsOpenOnMondays, desk: Localised([.english: "Payments"])),
            #"{"type":"topics","desk":"Payments","topics":[],"contacts":[{"id":"main","label":"Service centre","#
                + #""phone":"1588-3819","hours":"weekdays 09:00–18:00","open":false}]}"#
        ),
        (
            Sample.queued(3, (180, 300)),
            #"{"type":"queued","chat":"\#(c)","queue":"general","position":3,"wait":{"low":180,"high":300},"on_duty":true,"hold":900}"#
        ),
        (
            Sample.queued(1, nil, onDuty: false),
            #"{"type":"queued","chat":"\#(c)","queue":"general","position":1,"wait":null,"on_duty":false,"hold":900}"#
        ),
        (
            .offer(
                OfferNotice(
                    offer: Sample.offer, chat: chat, queue: "general", topic: "refund", language: .korean,
                    waited: Interval(milliseconds: 12_340), intake: intake, expires: Sample.at)),
            #"{"type":"offer","offer":"01kapx0000000000000000000f","chat":"\#(c)","queue":"general","topic":"refund","#
                + #""lang":"ko","waited":12.34,"intake":{"what":"두 번 \"결제\"","goal":"환불"},"#
                + #""expires":"2026-11-22T08:00:00.123Z"}"#
        ),
        (
            .offerClosed(Sample.offer, .rescinded),
            #"{"type":"offer_closed","offer":"01kapx0000000000000000000f","reason":"rescinded"}"#
        ),
        (Sample.started("kim"), #"{"type":"started","chat":"\#(c)","agent":"kim","seq":3}"#),
        (
            .started(
                StartedNotice(
                    chat: chat,
                    other: .customer(
                        CustomerCard(
                            name: nil, queue: "general", topic: "refund", language: .japanese, waited: .seconds(61),
                            intake: Intake(), isWrappingUp: false, isAway: true)), seq: 3)),
            #"{"type":"started","chat":"\#(c)","customer":null,"seq":3,"queue":"general","topic":"refund","lang":"ja","#
                + #""waited":61,"intake":{},"wrapping_up":false,"away":true}"#
        ),
        (.typing(chat: chat, who: .agent, isOn: true), #"{"type":"typing","chat":"\#(c)","who":"agent","on":true}"#),
        (.seen(chat: chat, who: .customer, seq: 4), #"{"type":"seen","chat":"\#(c)","who":"customer","seq":4}"#),
        (
            .party(chat: chat, who: .agent, .left),
            #"{"type":"party","chat":"\#(c)","who":"agent","state":"left"}"#
        ),
        (
            .ended(chat: chat, .agentEnded, receipt: Sample.receipt),
            #"{"type":"ended","chat":"\#(c)","reason":"agent_ended","receipt":"7K2M-Q9XC-04TD"}"#
        ),
        (.transcript(.begins), #"{"type":"transcript","state":"begin"}"#),
        (.transcript(.ends), #"{"type":"transcript","state":"end"}"#),
        (
            .error(
                Refusal(.rateLimited, messageID: ClientMessageID("c-1"), retryAfter: Interval(milliseconds: 1500))),
            #"{"type":"error","code":"rate_limited","message":"That was too fast. Please try again in 2 seconds.","#
                + #""id":"c-1","retry_after":1.5}"#
        ),
        (
            .error(Refusal(.badField, subject: "text")),
            #"{"type":"error","code":"bad_field","message":"The value of 'text' is missing or wrong.","field":"text"}"#
        ),
        (
            .error(Refusal(.queueFull, openTopics: ["refund", "fraud"])),
            #"{"type":"error","code":"queue_full","message":"Too many people are waiting right now. Please try again later.","#
                + #""open":["refund","fraud"]}"#
        ),
        (
            .bye(.shuttingDown),
            #"{"type":"bye","code":"shutting_down","message":"The server is stopping for a moment. Reconnect soon to continue your chat.","reconnect":true}"#
        ),
        (
            .bye(.replaced),
            #"{"type":"bye","code":"replaced","message":"You connected from another place, so this connection is closed.","reconnect":false}"#
        ),
    ]

    @Test(arguments: rows.indices) func golden(_ row: Int) {
        let (message, expected) = Self.rows[row]
        var writer = JSONWriter()
        ServerMessageWriter.write(message, in: .english, hasFAQ: false, sentence: sentence, to: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
        #expect(faultOfPassing(writer.bytes) == nil)
        // The session frames it as one line behind what stands in the output already.
        var harness = JSONLinesTests.greeted()
        harness.deliver(message)
        harness.deliver(message)
        #expect(
            harness.takeOutput().split(separator: "\n", omittingEmptySubsequences: false).map(String.init).count == 3)
    }
}
