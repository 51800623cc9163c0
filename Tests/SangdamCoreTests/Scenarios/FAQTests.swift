// Frequent questions, as far as the desk has to do with them: who is searched for, in which language, and that a customer
// who was helped and goes has not given up.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct FAQTests {
    @Test func everybodySearchesInTheirOwnLanguageAtAnyTime() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0  c1 arrives en     | c1 ← welcome en
            1  c1 searches my refund | c1 ← search in en: my refund
            2  c1 enters pay     | c1 ← queued pay 1 nobody
            3  c1 speaks ja      | c1 ← ok lang
            4  c1 searches 返金   | c1 ← search in ja: 返金
            5  kim signs in      | kim ← welcome break
            6  kim searches 환불   | kim ← search in ko: 환불
            """)
        #expect(!day.observed.contains { if case .refused = $0 { true } else { false } })
    }

    @Test func aSearchCostsAMessageUnlessNobodyAskedForIt() throws {
        var day = DeskScenario { $0.messageBurst = 2 }
        try day.play(
            """
            0  c1 arrives         | c1 ← welcome ko
            0  c1 searches a      | c1 ← search in ko: a
            0  c1 was helped      | c1 ← ok faq_helped
            0  c1 searches b      | c1 ← error rate_limited retry after 200 ms
            0  c1 suggests b      | c1 ← search in ko: b
            """)
    }

    private static let rows: [(course: String, line: String, counted: [Observation])] = [
        // Helped while waiting, and gone.
        ("2 c1 was helped\n30 c1 leaves", "ended customer_left by customer helped", [.faqHelped(true)]),
        ("2 c1 was helped\n30 c1 hangs up", "ended customer_left by customer helped", [.faqHelped(true)]),
        // Helped, and closed the window: nobody came back to the queue.
        (
            "2 c1 was helped\n3 c1 lost\n910 time",
            "ended customer_lost by system helped abandoned at 3", [.faqHelped(true)]
        ),
        // Not helped, or not any more.
        (
            "30 c1 leaves", "ended customer_left by customer",
            [.abandoned("pay", waited: .seconds(29), isShort: false)]
        ),
        (
            "2 c1 was useless\n5 c1 leaves", "ended customer_left by customer",
            [.faqHelped(false), .abandoned("pay", waited: .seconds(4), isShort: true)]
        ),
        (
            "2 c1 was helped\n3 c1 was useless\n30 c1 leaves", "ended customer_left by customer",
            [.faqHelped(true), .faqHelped(false), .abandoned("pay", waited: .seconds(29), isShort: false)]
        ),
        // Said again after a lost answer; and another answer is another one.
        (
            "2 c1 was helped\n3 c1 was helped\n30 c1 leaves", "ended customer_left by customer helped",
            [.faqHelped(true)]
        ),
        (
            "2 c1 was useless\n3 c1 was useless\n4 c1 was helped\n30 c1 leaves",
            "ended customer_left by customer helped", [.faqHelped(false), .faqHelped(true)]
        ),
    ]

    @Test(arguments: rows) func whoIsHelpedAndGoesHasNotGivenUp(
        _ course: String, _ line: String, _ counted: [Observation]
    ) throws {
        var day = DeskScenario()
        try day.live(through: "0 c1 arrives\n1 c1 enters pay\n" + course)
        #expect(day.lines(of: "c1").last == line)
        let found = day.observed.filter { observation in
            switch observation {
            case .faqHelped, .abandoned: true
            default: false
            }
        }
        #expect(found == counted)
        #expect(day.observed.contains { if case .ended("pay", _) = $0 { true } else { false } })
    }

    /// It is about the chat that is waiting, not about a later one, nor about one that an agent had.
    @Test func helpIsForgottenWithTheNextChatAndWithAnAgent() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.live(
            through: """
                0  c1 arrives
                1  c1 enters pay
                2  c1 was helped
                3  c1 leaves
                4  c1 enters pay
                40 c1 leaves
                50 c2 arrives
                51 c2 enters pay
                52 c2 was helped
                53 kim signs in
                54 kim is available auto
                60 kim transfers c2 to queue refund
                61 c2 leaves
                70 c3 arrives
                71 c3 enters pay
                72 c3 was helped
                73 kim transfers c3 to queue refund
                74 c3 leaves
                """)
        #expect(day.lines(of: "c1#2").last == "ended customer_left by customer")
        #expect(day.lines(of: "c2").last == "ended customer_left by customer")
        #expect(day.lines(of: "c3").last == "ended customer_left by customer")
    }
}
