// The clock of silence: it runs while it is the customer's turn and the customer is there, and at no other time.

import SangdamCore
import Testing

@Suite struct SilenceTests {
    /// kim and c1 talk since second 1.
    private func dayWithChat() throws -> DeskScenario {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    lee signs in          | lee ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            """)
        return day
    }

    @Test func aReminderAfterThreeMinutesTheEndAfterTen() throws {
        var day = try dayWithChat()
        try day.play(
            """
            10    kim says c1 Hello     | c1 ← agent: Hello · kim ← ack 4
            189.9 time                  |
            190   time                  | c1 ← reminder, ends in 420
            609.9 time                  |
            610   time                  | kim ← ended c1 idle · c1 ← ended c1 idle
            """)
        #expect(day.lines(of: "c1").suffix(2) == ["reminded", "ended idle by system"])
    }

    @Test func everyWordOfTheCustomersStopsIt() throws {
        var day = try dayWithChat()
        try day.play(
            """
            10    kim says c1 Hello     | c1 ← agent: Hello · kim ← ack 4
            190   time                  | c1 ← reminder, ends in 420
            200   c1 says here          | kim ← c1 customer: here · c1 ← ack 6
            // The agent's turn, however long it takes.
            3000  time                  |
            3001  kim says c1 so        | c1 ← agent: so · kim ← ack 7
            3100  kim says c1 well?     | c1 ← agent: well? · kim ← ack 8
            3279  time                  |
            3280  time                  | c1 ← reminder, ends in 420
            """)
    }

    @Test func itDoesNotRunBeforeTheAgentsFirstWord() throws {
        var day = try dayWithChat()
        try day.play(
            """
            900   time                        |
            901   kim says c1 Sorry           | c1 ← agent: Sorry · kim ← ack 4
            1000  kim transfers c1 to queue pay | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                              | c1 ← queued pay 1 ~0-30
            1001  lee is available auto       | lee ← status available · c1 ← started lee · lee ← started c1
                                              | lee ← c1 agent: Sorry
            2000  time                        |
            """)
    }

    @Test func itStandsStillWhileTheCustomerIsAway() throws {
        var day = try dayWithChat()
        try day.play(
            """
            10    kim says c1 Hello     | c1 ← agent: Hello · kim ← ack 4
            110   c1 lost               | kim ← c1 customer away
            // 100 seconds of silence so far; 80 more after the return.
            400   c1 returns after 4    | c1 ← welcome ko · c1 ← started kim · kim ← c1 customer back
            479.9 time                  |
            480   time                  | c1 ← reminder, ends in 420
            500   c1 lost               | kim ← c1 customer away
            510   kim says c1 there?    | kim ← ack 9
            // A new question: the silence begins when it can be read.
            600   c1 returns after 9    | c1 ← welcome ko · c1 ← started kim · kim ← c1 customer back
            779.9 time                  |
            780   time                  | c1 ← reminder, ends in 420
            """)
    }

    @Test func itStandsStillWhileTheServerIsDown() throws {
        var day = try dayWithChat()
        try day.play(
            """
            10    kim says c1 Hello     | c1 ← agent: Hello · kim ← ack 4
            800   restart               |
            801   kim signs in          | kim ← welcome available · kim ← started c1 away · kim ← c1 agent: Hello
            802   c1 returns after 4    | c1 ← welcome ko · c1 ← started kim · kim ← c1 customer back
            981.9 time                  |
            982   time                  | c1 ← reminder, ends in 420
            """)
    }
}
