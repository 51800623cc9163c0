// What a customer may send: twenty messages at once, then five a second; nothing is dropped silently.

import SangdamCore
import Testing

@Suite struct AllowanceScenarioTests {
    @Test func twentyAtOnceThenFiveASecond() throws {
        var day = DeskScenario()
        try day.play("0 c1 arrives | c1 ← welcome ko\n1 c1 enters pay | c1 ← queued pay 1 nobody")
        for number in 1...19 { try day.play("1 c1 says #m\(number) x | c1 ← ack #m\(number) \(number + 2)") }
        try day.play(
            """
            1     c1 says #m20 x  | c1 ← error rate_limited #m20 retry after 200 ms
            1.05  c1 says #m20 x  | c1 ← error rate_limited #m20 retry after 150 ms
            // What was acknowledged is again, at no cost.
            1.05  c1 says #m1 x   | c1 ← ack #m1 3
            1.2   c1 says #m20 x  | c1 ← ack #m20 22
            1.2   c1 asks topics  | c1 ← error rate_limited retry after 200 ms
            // What costs nothing goes through.
            1.2   c1 leaves       | c1 ← ended c1 customer_left
            """)
        // Five a second, on and on.
        for number in 0..<10 {
            let seconds = 1.4 + Double(number) / 5
            try day.play("\(seconds) c1 asks position | c1 ← error no_chat")
            try day.play("\(seconds) c1 asks position | c1 ← error rate_limited retry after 200 ms")
        }
    }

    @Test func aNewConnectionIsNoNewAllowance() throws {
        var day = DeskScenario { $0.messageBurst = 2 }
        try day.play(
            """
            0    c1 arrives       | c1 ← welcome ko
            0    c1 enters pay    | c1 ← queued pay 1 nobody
            0    c1 says Hello    | c1 ← ack 3
            0    c1/2 presents c1 | c1/2 ← welcome ko · c1/2 ← queued pay 1 nobody · c1/2 ← customer: Hello
            0    c1/2 says again  | c1/2 ← error rate_limited retry after 200 ms
            """)
    }

    @Test func seenIsPassedOnOnceAndNeverBeyondTheLastWord() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim is available auto | kim ← status available
            0   c1 arrives            | c1 ← welcome ko
            1   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   kim says c1 Hello     | c1 ← agent: Hello · kim ← ack 4
            3   c1 saw 4              | kim ← c1 saw 4
            3   c1 saw 4              |
            3   c1 saw 99             |
            3   c1 saw 1              |
            4   kim says c1 again     | c1 ← agent: again · kim ← ack 5
            4   c1 saw 99             | kim ← c1 saw 5
            """)
    }

    @Test func typingIsFreeAndOnlyItsChangesArePassedOn() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")]) { $0.messageBurst = 2 }
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    c1 types off          |
            2    c1 types on           | kim ← c1 types on
            2    c1 types on           |
            2    kim types c1 on       | c1 ← types on
            2    kim types c1 on       |
            2.1  c1 types off          | kim ← c1 types off
            2.1  c1 types off          |
            // Half a second from one `on` to the next; an `off` is never missing.
            2.4  c1 types on           |
            2.4  c1 types off          |
            2.5  c1 types on           | kim ← c1 types on
            // Words end it, and it has taken nothing from their allowance.
            2.6  c1 says Hello         | kim ← c1 customer: Hello · c1 ← ack 4
            2.7  c1 types on           |
            3    c1 types on           | kim ← c1 types on
            3    c1 says again         | kim ← c1 customer: again · c1 ← ack 5
            3    c1 says again         | kim ← c1 customer: again · c1 ← ack 6
            3    c1 says again         | c1 ← error rate_limited retry after 200 ms
            3    kim says c1 Hi        | c1 ← agent: Hi · kim ← ack 7
            3    kim types c1 on       | c1 ← types on
            """)
    }

    @Test func agentsHaveNoSuchBound() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")]) { $0.messageBurst = 1 }
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim is available auto | kim ← status available
            0   c1 arrives            | c1 ← welcome ko
            1   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            """)
        for number in 1...50 {
            try day.play("2 kim says c1 \(number) | c1 ← agent: \(number) · kim ← ack \(number + 3)")
        }
    }
}
