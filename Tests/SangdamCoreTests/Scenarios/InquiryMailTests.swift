// Mails about inquiries: which are owed, when they are tried, what becomes of them, and what comes in.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct InquiryMailTests {
    private func desk(isMailed: Bool = true) -> DeskScenario {
        var configuration = DeskConfiguration.sample
        configuration.inquiry.isMailed = isMailed
        return DeskScenario(configuration, agents: [AgentProfile("kim")])
    }

    /// kim has i1, which the acknowledgement was sent for.
    private func dayWithInquiry() throws -> DeskScenario {
        var day = desk()
        try day.play(
            """
            0  kim signs in                        | kim ← welcome break
            1  c1 arrives                          | c1 ← welcome ko
            2  c1 inquires pay mail=a@example.com  | kim ← news arrived i1 due 86402 open 1
                                                   | c1 ← inquiry i1 open due 86402 mailed
                                                   | post ← i1 2 to a@example.com acknowledges, due 86402
            3  sent                                |
            4  kim takes                           | kim ← inquiry i1 taken due 86402 mailed card at a@example.com with kim
                                                   | kim ← journal 0–4 with notes · c1 ← inquiry i1 taken due 86402 mailed
            4  c1 lost                             |
            """)
        return day
    }

    @Test func anAcknowledgementAndEachAnswerAreSentOneAfterTheOther() throws {
        var day = try dayWithInquiry()
        try day.play(
            """
            5  kim answers i1 #a Soon   | kim ← ack #a 5
                                        | kim ← inquiry i1 answered due 86402 mailed card at a@example.com with kim
                                        | post ← i1 5 to a@example.com kim: Soon in 2
            6  kim answers i1 #b Really | kim ← ack #b 6
                                        | kim ← inquiry i1 answered due 86402 mailed card at a@example.com with kim
            7  sent                     | post ← i1 6 to a@example.com kim: Really in 2
            8  sent                     |
            // What came by mail is answered as that.
            9  mail i1 #m1 Thanks       | kim ← inquiry i1 reopened due 86409 mailed card at a@example.com with kim
                                        | kim ← journal 0–11 with notes · kim ← news reopened i1 due 86409 open 1
            10 mail i1 #m1 Thanks       |
            11 kim answers i1 #c Bye    | kim ← ack #c 12
                                        | kim ← inquiry i1 answered due 86409 mailed card at a@example.com with kim
                                        | post ← i1 12 to a@example.com kim: Bye after i1@mail.example.com in 2
            """)
        #expect(day.outcomes == ["stored", "duplicate"])
        #expect(
            day.lines(of: "i1").suffix(5) == [
                "mailed 6", "mail came", "message customer", "reopened due 86409 with kim", "message agent",
            ])
        #expect(day.counted("mail") == ["mail sent", "mail sent", "mail sent"])
    }

    @Test func nobodyIsMailedWhereThereIsNoMail() throws {
        var day = desk(isMailed: false)
        try day.play(
            """
            1  c1 arrives                          | c1 ← welcome ko
            2  c1 inquires pay mail=a@example.com  | c1 ← inquiry i1 open due 86402
            """)
        #expect(day.lines(of: "i1") == ["inquired pay due 86402", "message customer"])
    }

    // MARK: Trying again

    /// Minutes after which a mail is tried, when each try fails.
    @Test(arguments: ["deferred", "unreachable"])
    func isTriedLessAndLessOftenForTwoDays(_ result: String) throws {
        var day = desk()
        try day.live(through: "0 kim signs in\n0 c1 arrives\n0 c1 inquires pay mail=a@example.com")
        var tries: [Int64] = []
        while day.mailUnderWay != nil {
            tries.append((day.now - .opening).milliseconds / 60_000)
            _ = try day.perform(result)
            while day.mailUnderWay == nil, let due = day.desk.nextDeadline, due < .opening(plus: 200_000) {
                day.now = due
                _ = day.handle(.tick)
            }
        }
        let hours = (5...48).map { Int64($0 * 60) }
        #expect(tries == [0, 1, 5, 15, 60, 240] + hours)
        #expect(
            day.lines(of: "i1").last { $0.hasPrefix("not mailed") }
                == "not mailed 2: \(result == "deferred" ? "451 later" : "refused")")
        #expect(day.counted("mail given up") == ["mail given up"])
        #expect(day.desk.state.inquiries.pendingMails == 0)
    }

    @Test func agentsHearOfAMailThatNobodyTakes() throws {
        var day = try dayWithInquiry()
        try day.play(
            """
            5  kim answers i1 #a Soon | kim ← ack #a 5
                                      | kim ← inquiry i1 answered due 86402 mailed card at a@example.com with kim
                                      | post ← i1 5 to a@example.com kim: Soon in 2
            6  refused                | kim ← news mail_failed i1 due 86402 open 0
            """)
        #expect(day.lines(of: "i1").last == "not mailed 5: 550 no such user")
    }

    @Test func whileNoMailGetsThroughOthersDoNotTryEither() throws {
        var day = desk()
        try day.play(
            """
            0   c1 arrives                         | c1 ← welcome ko
            0   c1 inquires pay mail=a@example.com | c1 ← inquiry i1 open due 86400 mailed
                                                   | post ← i1 2 to a@example.com acknowledges, due 86400
            1   c1 inquires pay mail=b@example.com | c1 ← inquiry i2 open due 86401 mailed
            2   c1 inquires pay mail=c@example.com | c1 ← inquiry i3 open due 86402 mailed
            3   unreachable                        |
            60  time                               | post ← i1 2 to a@example.com acknowledges, due 86400
            60  sent                               |
            61  time                               | post ← i2 2 to b@example.com acknowledges, due 86401
            // The others were put off, and wait for this one now.
            62  time                               |
            70  deferred                           | post ← i3 2 to c@example.com acknowledges, due 86402
            71  sent                               |
            301 time                               | post ← i2 2 to b@example.com acknowledges, due 86401
            """)
    }

    @Test func anotherWayToTheMailServerIsTriedAtOnce() throws {
        var day = desk()
        try day.live(through: "0 c1 arrives\n0 c1 inquires pay mail=a@example.com\n90 unreachable")
        let effects = day.handle(.configured(day.configuration))
        #expect(day.render(effects) == ["post ← i1 2 to a@example.com acknowledges, due 86400"])
    }

    // MARK: Crashes

    @Test func whatIsOwedIsSentByTheNextLife() throws {
        for fromCheckpoint in [false, true] {
            var day = try dayWithInquiry()
            let restart = "restart\(fromCheckpoint ? " checkpoint" : "")"
            try day.play(
                """
                5  kim answers i1 #a Soon   | kim ← ack #a 5
                                            | kim ← inquiry i1 answered due 86402 mailed card at a@example.com with kim
                                            | post ← i1 5 to a@example.com kim: Soon in 2
                // Whether the mail server has it, nobody knows: the same mail goes out again.
                6  \(restart)               | post ← i1 5 to a@example.com kim: Soon in 2
                7  sent                     |
                8  \(restart)               |
                """)
        }
    }

    // MARK: Coming in

    @Test func wordsFromAnotherAddressAreKeptWithIt() throws {
        var day = try dayWithInquiry()
        try day.play(
            """
            5  mail i1 #m1 from=thief@example.com Tell me | kim ← i1 customer: Tell me
                                                          | kim ← news replied i1 due 86402 open 1
            6  kim answers i1 #a No    | kim ← ack #a 7
                                       | kim ← inquiry i1 answered due 86402 mailed card at a@example.com with kim
                                       | post ← i1 7 to a@example.com kim: No after i1@mail.example.com in 2
            """)
        #expect(day.lines(of: "i1").contains("mail came from thief@example.com"))
    }

    @Test func aClosedOneIsReopenedAndALostOneIsNot() throws {
        var day = try dayWithInquiry()
        try day.live(through: "5 kim closes i1\n6 mail i1 #m1 But\n7 mail i9 #m2 Hello\n7 bounce i9")
        #expect(day.outcomes == ["stored", "unknown", "unknown"])
        #expect(day.lines(of: "i1").last == "reopened due 86406")
    }

    @Test func aBounceMarksTheAddress() throws {
        var day = try dayWithInquiry()
        try day.play(
            """
            5  kim answers i1 #a Soon | kim ← ack #a 5
                                      | kim ← inquiry i1 answered due 86402 mailed card at a@example.com with kim
                                      | post ← i1 5 to a@example.com kim: Soon in 2
            6  bounce i1              | kim ← news mail_bounced i1 due 86402 open 0
            7  bounce i1              |
            // The mail that was under way is over, and no other follows.
            8  deferred               |
            9  kim answers i1 #b Hm   | kim ← ack #b 7
                                      | kim ← inquiry i1 answered due 86402 card at a@example.com bounced with kim
            90000 time                |
            """)
        #expect(day.outcomes == ["bounced", "duplicate"])
    }

    @Test func anAgentWaitsForTheMailsOfOneInquiry() throws {
        var day = try dayWithInquiry()
        try day.live(through: (1...20).map { "5 kim answers i1 #\($0) More" }.joined(separator: "\n"))
        try day.play("6 kim answers i1 #x Another | kim ← error capacity_full #x inquiry")
    }
}
