// Random values of the protocol. The seed makes them anew.

import SangdamCore
import SangdamProtocol

struct RandomValues {
    private var random: Seeded

    init(seed: UInt64) {
        random = Seeded(seed)
    }

    private static let pieces = [
        "a", "Zz 9", "\"", "\\", "/", "\n\r\t", "\u{0}\u{7F}", "환불", "😀", "\u{2028}\u{2029}", "é", "</script>", "{}",
    ]

    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func bool() -> Bool { Bool.random(using: &random) }

    mutating func maybe<Value>(_ make: (inout RandomValues) -> Value) -> Value? {
        bool() ? make(&self) : nil
    }

    /// With something to see.
    mutating func text() -> Text {
        Text("x" + (0..<number(0..<6)).map { _ in Self.pieces[number(0..<Self.pieces.count)] }.joined())
    }

    mutating func sequence() -> UInt64 { bool() ? UInt64(number(0..<300)) : random.next() }

    mutating func id<Kind>() -> ID<Kind> { ID(high: random.next(), low: random.next()) }

    mutating func messageID() -> ClientMessageID? { ClientMessageID(short().utf8) }

    mutating func name<Kind>() -> Name<Kind> { Name("n.\(number(0..<1000))-_") }

    mutating func language() -> Language { Language.allCases[number(0..<Language.allCases.count)] }

    mutating func intake() -> Intake {
        var intake = Intake()
        for field in IntakeField.allCases where bool() { intake[field.id] = text() }
        for _ in 0..<3 where bool() { intake[name()] = text() }
        return intake
    }

    mutating func interval() -> Interval { Interval(milliseconds: Int64(number(0..<10_000_000))) }

    mutating func instant() -> Instant { Instant(milliseconds: Int64(number(0..<4_000_000_000_000))) }

    mutating func any<Value>(of values: [Value]) -> Value { values[number(0..<values.count)] }

    mutating func clientMessage() -> ClientMessage {
        switch number(0..<30) {
        case 0:
            let resume = maybe { ResumeRequest(token: Text("t\($0.number(0..<99))"), after: $0.sequence()) }
            return .customerHello(language: maybe { $0.language() }, name: maybe { $0.text() }, resume: resume)
        case 1:
            return .agentHello(user: "u\(number(0..<99))", password: text().utf8, language: maybe { $0.language() })
        case 2: return .ping(sequence())
        case 3: return .language(language())
        case 4..<12: return .command(inquiryCommand())
        default: return .command(command())
        }
    }

    private mutating func command() -> Command {
        switch number(0..<21) {
        case 0: return .topics
        case 1:
            let intake = maybe { $0.intake() }
            return .enter(
                topic: name(), intake: intake?.isEmpty == true ? nil : intake, consent: maybe { $0.name() })
        case 2: return .intake(intake())
        case 3: return .leave
        case 4: return .hangUp
        case 5: return .rate(score: UInt8(number(1..<6)), comment: maybe { $0.text() })
        case 6: return .position
        case 7: return .transcript
        case 8: return .say(chat: maybe { $0.id() }, id: messageID(), text: text())
        case 9: return .typing(chat: maybe { $0.id() }, isOn: bool())
        case 10: return .seen(chat: maybe { $0.id() }, seq: sequence())
        case 11:
            return .status(
                StatusChange(
                    status: maybe { $0.any(of: AgentStatus.allCases) }, capacity: maybe { $0.number(1..<101) },
                    autoAccept: maybe { $0.bool() }, afterChats: bool()))
        case 12: return .accept(id())
        case 13: return .decline(id(), reason: maybe { $0.text() })
        case 14: return .note(chat: id(), id: maybe { $0.messageID() } ?? nil, text: text())
        case 15:
            let target = bool() ? TransferTarget.queue(name()) : .agent(name())
            return .transfer(chat: id(), to: target, kind: .cold)
        case 16: return .end(chat: id())
        case 17:
            return .override(
                OverrideOrder(
                    queue: name(), state: any(of: OverrideOrder.State.allCases), until: maybe { $0.instant() }))
        case 18: return .faq(FAQQuery(text(), topic: maybe { $0.name() }, language: maybe { $0.language() }))
        case 19: return .faqHelped(bool())
        default:
            let report = WrapUpReport(
                disposition: maybe { $0.short() }, isResolved: maybe { $0.bool() },
                tags: (0..<number(0..<17)).map { _ in short() })
            return .wrapUp(chat: id(), report)
        }
    }

    /// At most 64 bytes.
    mutating func short() -> Text { Text("s\(Self.pieces[number(0..<Self.pieces.count)])") }
}
