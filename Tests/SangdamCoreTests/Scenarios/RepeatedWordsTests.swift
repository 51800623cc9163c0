// `say` is safe to repeat: an id that the chat has acknowledged is acknowledged again, stored and relayed once.

import SangdamCore
import Testing

@Suite struct RepeatedWordsTests {
    @Test func theSameAckAgain() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")]) { $0.messageBurst = 2 }
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim is available auto | kim ← status available
            0   c1 arrives            | c1 ← welcome ko
            1   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   c1 says #m1 Hello     | kim ← c1 customer: Hello · c1 ← ack #m1 4
            2   kim says c1 #m1 Hi    | c1 ← agent: Hi · kim ← ack #m1 5
            // Whatever the words are now, and without a cost.
            3   c1 says #m1 Hello     | c1 ← ack #m1 4
            3   c1 says #m1 bye       | c1 ← ack #m1 4
            3   c1 says #m1 bye       | c1 ← ack #m1 4
            3   kim says c1 #m1 Hi    | kim ← ack #m1 5
            4   kim notes c1 #n1 VIP  | kim ← ack #n1 6
            4   kim notes c1 #n1 VIP  | kim ← ack #n1 6
            // Without an id every message is a new one.
            5   c1 says Hello         | kim ← c1 customer: Hello · c1 ← ack 7
            5   c1 says Hello         | kim ← c1 customer: Hello · c1 ← ack 8
            // Also after the end.
            6   kim ends c1           | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            7   c1 says #m1 Hello     | c1 ← ack #m1 4
            7   c1 says #m2 Hello     | c1 ← error chat_not_active #m2
            8   kim wraps c1          | kim ← ok wrapup c1
            9   kim says c1 #m1 Hi    | kim ← ack #m1 5
            9   kim says c1 #m2 Hi    | kim ← error unknown_chat #m2
            """)
        #expect(day.counted("deduplicated").count == 7)
        #expect(day.counted("message").count == 4)
    }

    @Test func notesAndWordsMayBearTheSameIDs() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim is available auto | kim ← status available
            0   c1 arrives            | c1 ← welcome ko
            1   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   kim says c1 #2 Hi     | c1 ← agent: Hi · kim ← ack #2 4
            3   kim notes c1 #2 VIP   | kim ← ack #2 5
            3   kim notes c1 #3 calm  | kim ← ack #3 6
            4   kim says c1 #3 Well   | c1 ← agent: Well · kim ← ack #3 7
            5   kim notes c1 #2 VIP   | kim ← ack #2 5
            5   kim says c1 #3 Well   | kim ← ack #3 7
            """)
        #expect(day.lines(of: "c1").suffix(4) == ["message agent", "note kim", "note kim", "message agent"])
    }

    @Test func wordsForAnEarlierChatAreNotThisOnes() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   c1 arrives            | c1 ← welcome ko
            1   c1 enters pay         | c1 ← queued pay 1 nobody
            2   c1 says @c1 #1 Hello  | c1 ← ack #1 3
            3   c1 says @c1 #1 Hello  | c1 ← ack #1 3
            4   c1 leaves             | c1 ← ended c1 customer_left
            5   c1 says @c1 #1 Hello  | c1 ← ack #1 3
            6   c1 enters pay         | c1 ← queued pay 1 nobody
            7   c1 says #1 again      | c1 ← ack #1 3
            8   c1 says @c1#2 #1 so   | c1 ← ack #1 3
            9   c1 says @c1 #1 Hello  | c1 ← error chat_not_active #1
            """)
        #expect(day.lines(of: "c1#2").filter { $0 == "message customer" }.count == 1)
    }

    /// From the whole journal, and from a checkpoint.
    @Test(arguments: ["journal", "checkpoint"])
    func alsoInTheServersNextLife(_ source: String) throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim is available auto | kim ← status available
            0   c1 arrives            | c1 ← welcome ko
            1   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   c1 says #m1 Hello     | kim ← c1 customer: Hello · c1 ← ack #m1 4
            2   kim says c1 #a1 Hi    | c1 ← agent: Hi · kim ← ack #a1 5
            2   kim notes c1 #a1 VIP  | kim ← ack #a1 6
            10  restart from \(source) |
            11  c1 returns after 4    | c1 ← welcome ko · c1 ← started kim
                                      | \(source == "journal" ? "c1 ← agent: Hi" : "c1 ← journal 4–7")
            12  c1 says #m1 Hello     | c1 ← ack #m1 4
            13  c1 says #m2 there?    | c1 ← ack #m2 8
            14  kim signs in          | kim ← welcome available · c1 ← c1 agent back · kim ← started c1
                                      | \(source == "journal" ? "kim ← c1 customer: Hello · kim ← c1 agent: Hi · kim ← c1 note by kim: VIP · kim ← c1 customer: there?" : "kim ← journal 0–9 with notes")
            15  kim says c1 #a1 Hi    | kim ← ack #a1 5
            15  kim notes c1 #a1 VIP  | kim ← ack #a1 6
            """)
    }
}
