// Cold transfers: who lets go, where the chat stands then, and what happens when nobody takes it.

import SangdamCore
import Testing

@Suite struct TransferTests {
    /// kim talks with c1 who came at 10, c2 waits for `refund` since 5, lee and kim are the agents.
    private func dayWithChat() throws -> DeskScenario {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0   c2 arrives              | c2 ← welcome ko
            0   c1 arrives              | c1 ← welcome ko
            1   kim signs in            | kim ← welcome break
            1   lee signs in            | lee ← welcome break
            2   c1 enters pay           | c1 ← queued pay 1 nobody
            3   kim is available auto   | kim ← status available · c1 ← started kim · kim ← started c1
            4   c1 says Hello           | kim ← c1 customer: Hello · c1 ← ack 4
            """)
        return day
    }

    @Test func toAQueueTheChatWaitsByItsAge() throws {
        var day = try dayWithChat()
        try day.play(
            """
            5   c2 enters refund        | c2 ← queued refund 1 ~251-540
            // c1 came first and so goes first; kim, who let go, gets the other one.
            9   kim transfers c1 to queue refund | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                        | c1 ← queued refund 1 ~0-30 · c2 ← started kim · kim ← started c2
            10  lee is available        | lee ← status available · lee ← offer c1 refund
            11  lee accepts c1          | lee ← offer closed c1 accepted · c1 ← started lee · lee ← started c1
                                        | lee ← c1 customer: Hello
            12  kim says c1 #a1 Hello   | kim ← error unknown_chat #a1
            """)
        #expect(
            day.counted("offered", "transferred", "answered", "handled") == [
                "offered pay", "answered pay after 1", "offered refund", "transferred cold", "handled pay in 6",
                "offered refund", "answered refund after 4", "answered refund after 2",
            ])
    }

    @Test func theOnlyAgentGetsItBackAfterThirtySeconds() throws {
        var day = try dayWithChat()
        try day.play(
            """
            9     kim transfers c1 to queue pay | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                        | c1 ← queued pay 1 ~0-30
            38.9  time                  |
            39    time                  | c1 ← started kim · kim ← started c1 · kim ← c1 customer: Hello
            """)
    }

    @Test func toAnAgentWhoAccepts() throws {
        var day = try dayWithChat()
        try day.play(
            """
            5   lee is available        | lee ← status available
            9   kim transfers c1 to agent lee | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                        | c1 ← queued pay 1 ~0-30 · lee ← offer c1 pay
            11  lee accepts c1          | lee ← offer closed c1 accepted · c1 ← started lee · lee ← started c1
                                        | lee ← c1 customer: Hello
            """)
        #expect(
            day.lines(of: "c1").suffix(4) == [
                "transferred by kim to agent lee", "offered lee as transfer", "offer to lee accepted",
                "started lee after 2",
            ])
    }

    @Test func toAnAgentWhoTakesChatsAutomatically() throws {
        var day = try dayWithChat()
        try day.play(
            """
            5   lee is available auto   | lee ← status available
            9   kim transfers c1 to agent lee | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                        | c1 ← queued pay 1 ~0-30 · c1 ← started lee · lee ← started c1
                                        | lee ← c1 customer: Hello
            """)
    }

    /// (what lee does, when, and what lee is told): afterwards c1 stands at the head, in front of the older c2.
    @Test(arguments: [
        ("29 time", "lee ← offer closed c1 expired"),
        ("12 lee declines c1", "lee ← offer closed c1 declined"),
        ("12 lee is break", "lee ← offer closed c1 rescinded"),
    ])
    func unansweredItGoesToTheHeadOfItsQueue(_ step: String, _ told: String) throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee", skills: ["fraud"])])
        try day.play(
            """
            0   c1 arrives              | c1 ← welcome ko
            0   c2 arrives              | c2 ← welcome ko
            1   kim signs in            | kim ← welcome break
            1   lee signs in            | lee ← welcome break
            1   lee is available        | lee ← status available
            2   c2 enters pay           | c2 ← queued pay 1 nobody
            3   kim is available        | kim ← status available · kim ← offer c2 pay · c2 ← queued pay 1 ~251-540
            4   kim declines c2         | kim ← offer closed c2 declined
            5   c1 enters pay           | c1 ← queued pay 2 ~251-540 · kim ← offer c1 pay
            6   kim accepts c1          | kim ← offer closed c1 accepted · c1 ← started kim · kim ← started c1
            7   kim is break            | kim ← status break
            9   kim transfers c1 to agent lee | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                        | c1 ← queued pay 2 nobody · lee ← offer c1 pay
            \(step)                     | \(told) · c1 ← queued pay 1 nobody\(step.contains("break") ? " · lee ← status break" : "")
            """)
        #expect(day.lines(of: "c1").last == "queued pay transfer_unanswered")
        #expect(day.counted("requeued") == ["requeued transfer_unanswered"])
        // Still the same visit: offered to the queue when it came and when kim let go, not a third time.
        #expect(day.counted("offered pay").count == 3)
    }

    @Test func refusals() throws {
        var day = try dayWithChat()
        try day.play(
            """
            5   kim transfers c9 to queue pay  | kim ← error unknown_chat
            5   kim transfers c1 to queue x    | kim ← error unknown_queue
            5   kim transfers c1 to agent x    | kim ← error unknown_agent
            5   kim transfers c1 to agent kim  | kim ← error agent_unavailable
            5   kim transfers c1 to agent lee  | kim ← error agent_unavailable
            5   lee transfers c1 to queue pay  | lee ← error unknown_chat
            6   lee is available auto          | lee ← status available
            6   c2 enters pay                  | c2 ← queued pay 1 ~0-30 · c2 ← started lee · lee ← started c2
            7   kim transfers c1 to agent lee  | kim ← error agent_unavailable
            8   kim ends c1                    | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            9   kim transfers c1 to queue pay  | kim ← error chat_not_active
            """)
    }

    @Test func theCustomerLeavesWhileATransferIsOnOffer() throws {
        var day = try dayWithChat()
        try day.play(
            """
            5   lee is available        | lee ← status available
            9   kim transfers c1 to agent lee | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                        | c1 ← queued pay 1 ~0-30 · lee ← offer c1 pay
            10  c1 lost                 | lee ← offer closed c1 rescinded
            11  c1 returns after 0      | c1 ← welcome ko · c1 ← queued pay 1 ~0-30 · c1 ← customer: Hello
                                        | lee ← offer c1 pay
            12  c1 leaves               | lee ← offer closed c1 rescinded · c1 ← ended c1 customer_left
            """)
    }

    @Test func aFullQueueTakesNoTransfersEither() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")]) { $0.queueLength = 1 }
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    c2 arrives            | c2 ← welcome ko
            2    c2 enters tech        | c2 ← queued tech 1 nobody
            3    kim transfers c1 to queue tech | kim ← error queue_full
            4    kim says c1 #a1 Hello | c1 ← agent: Hello · kim ← ack #a1 4
            """)
    }
}
