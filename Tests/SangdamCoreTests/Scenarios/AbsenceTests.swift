// Lost connections: what is held for whom and for how long, and who is told.

import SangdamCore
import Testing

@Suite struct AbsenceTests {
    // MARK: Customers

    @Test func aLostCustomerKeepsThePlaceButIsNotOffered() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    c1 arrives           | c1 ← welcome ko
            0    c2 arrives           | c2 ← welcome ko
            0    c3 arrives           | c3 ← welcome ko
            1    c1 enters pay        | c1 ← queued pay 1 nobody
            2    c2 enters pay        | c2 ← queued pay 2 nobody
            3    c3 enters pay        | c3 ← queued pay 3 nobody
            5    c1 lost              |
            6    kim signs in         | kim ← welcome break
            7    kim is available auto | kim ← status available · c2 ← started kim · kim ← started c2
                                      | c3 ← queued pay 2 ~503-1080
            20   c1 returns after 2   | c1 ← welcome ko · c1 ← queued pay 1 ~251-540
            21   kim ends c2          | kim ← ended c2 agent_ended · c2 ← ended c2 agent_ended
            22   kim wraps c2         | kim ← ok wrapup c2 · c1 ← started kim · kim ← started c1
                                      | c3 ← queued pay 1 ~10-23
            """)
    }

    @Test func aSleepingTelephoneKeepsThePlaceForAQuarterOfAnHour() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0      c1 arrives       | c1 ← welcome ko
            0      c2 arrives       | c2 ← welcome ko
            10     c1 enters pay    | c1 ← queued pay 1 nobody
            11     c2 enters pay    | c2 ← queued pay 2 nobody
            25     c1 lost          |
            // Called while away: the next one goes first, and the rank stays.
            100    kim signs in     | kim ← welcome break
            100    kim is available | kim ← status available · kim ← offer c2 pay · c2 ← queued pay 2 ~503-1080
            101    kim accepts c2   | kim ← offer closed c2 accepted · c2 ← started kim · kim ← started c2
            924    c1 returns after 3 | c1 ← welcome ko · c1 ← queued pay 1 ~251-540
            """)
    }

    /// The longer time is the queue's alone: a conversation goes by the shorter one, whichever way it came about.
    @Test func aConversationIsHeldForTheShorterTime() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    lee signs in          | lee ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            10   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            20   c1 lost               | kim ← c1 customer away
            30   lee is available      | lee ← status available
            40   kim transfers c1 to agent lee | kim ← ok transfer c1 · kim ← c1 agent left · lee ← offer c1 pay
            45   lee accepts c1        | lee ← offer closed c1 accepted · lee ← started c1 away
            319.9 time                 |
            320  time                  | lee ← ended c1 customer_lost
            """)
    }

    @Test func whoComesBackWhileASlotIsFreeIsOfferedAtOnce() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    c1 arrives           | c1 ← welcome ko
            1    c1 enters pay        | c1 ← queued pay 1 nobody
            5    c1 lost              |
            6    kim signs in         | kim ← welcome break
            7    kim is available     | kim ← status available
            20   c1 returns after 2   | c1 ← welcome ko · c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            // Away again: the offer is taken back at once.
            22   c1 lost              | kim ← offer closed c1 rescinded
            """)
    }

    @Test func theAbandonmentIsStampedAtTheDisconnect() throws {
        var day = DeskScenario()
        try day.play(
            """
            0      c1 arrives       | c1 ← welcome ko
            10     c1 enters pay    | c1 ← queued pay 1 nobody
            25     c1 lost          |
            924.9  time             |
            925    time             |
            926    c1 returns after 0 | c1 ← welcome ko · c1 ← ended c1 customer_lost
            """)
        #expect(day.lines(of: "c1").last == "ended customer_lost by system abandoned at 25")
        #expect(day.counted("abandoned") == ["abandoned pay after 15"])
    }

    @Test func anAbandonmentIsNeverStampedBeforeTheQueue() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            10   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            100  c1 lost               | kim ← c1 customer away
            110  kim lost              |
            // Requeued at 170 while nobody is there; lost at 1000.
            1000 time                  |
            """)
        #expect(day.lines(of: "c1").last == "ended customer_lost by system abandoned at 170")
        #expect(day.counted("abandoned") == ["abandoned pay after 0 short"])
    }

    @Test func aLostCustomersChatIsHeldFiveMinutes() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            10   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            20   c1 lost               | kim ← c1 customer away
            30   kim says c1 #a1 Hello | kim ← ack #a1 5
            319  c1 returns after 3    | c1 ← welcome ko · c1 ← started kim · kim ← c1 customer back · c1 ← agent: Hello
            320  c1 lost               | kim ← c1 customer away
            619  time                  |
            620  time                  | kim ← ended c1 customer_lost
            621  c1 returns after 5    | c1 ← welcome ko · c1 ← ended c1 customer_lost
            622  c1 rates 2            | c1 ← ok rate c1
            """)
        // Whoever reads an ended chat again is not `back`.
        #expect(day.lines(of: "c1").suffix(2) == ["ended customer_lost by system", "rated 2"])
    }

    @Test func leavingByHandIsANormalLeave() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            10   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            11   c1/2 presents c1      | c1/2 ← welcome ko · c1/2 ← started kim
            // Another connection of the same customer is still there.
            12   c1/2 leaves by hand   |
            13   c1 leaves by hand     | kim ← ended c1 customer_left
            """)
    }

    // MARK: Agents

    @Test func aLostAgentHasAMinuteToComeBack() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 2)])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            0    c2 arrives            | c2 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    kim is manual         | kim ← status available
            3    c2 enters pay         | c2 ← queued pay 1 ~0-30 · kim ← offer c2 pay
            4    kim says c1 #a1 Hello | c1 ← agent: Hello · kim ← ack #a1 4
            5    kim notes c1 careful  | kim ← ack 5
            6    kim lost              | c1 ← c1 agent away
            7    c1 says #m1 there?    | c1 ← ack #m1 7
            65   kim signs in          | kim ← welcome available · c1 ← c1 agent back · kim ← started c1
                                       | kim ← c1 agent: Hello · kim ← c1 note by kim: careful
                                       | kim ← c1 customer: there? · kim ← offer c2 pay
            66   kim says c1 #a1 Hello | kim ← ack #a1 4
            """)
        #expect(day.lines(of: "c2").suffix(3) == ["offered kim", "offer to kim rescinded", "offered kim"])
    }

    @Test func afterAMinuteTheChatGoesToTheHeadWithItsContext() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    lee signs in          | lee ← welcome break
            0    c1 arrives            | c1 ← welcome ko
            0    c2 arrives            | c2 ← welcome ko
            1    c2 enters pay what=card | c2 ← queued pay 1 ~0-30 · c2 ← started kim · kim ← started c2 what=card
            2    c1 enters pay         | c1 ← queued pay 1 ~251-540
            3    c2 says #m1 Hello     | kim ← c2 customer: Hello · c2 ← ack #m1 5
            4    kim notes c2 careful  | kim ← ack 6
            5    kim lost              | c2 ← c2 agent away
            64.9 time                  |
            65   time                  | c2 ← c2 agent left · c2 ← queued pay 1 nobody
            70   lee is available      | lee ← status available · lee ← offer c2 pay what=card
                                       | c2 ← queued pay 1 ~44-96
            71   lee accepts c2        | lee ← offer closed c2 accepted · c2 ← started lee · lee ← started c2 what=card
                                       | lee ← c2 customer: Hello · lee ← c2 note by kim: careful
            // kim comes back to an empty desk and says so before anything new comes.
            80   kim signs in          | kim ← welcome break
            """)
        #expect(day.agentLines.suffix(3) == ["kim offline away lost", "lee available asked", "kim break signed_in"])
        #expect(day.counted("requeued", "resumed") == ["requeued agent_lost"])
    }

    @Test func aLostAgentsWrapUpEndsAfterAMinute() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    kim ends c1           | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            3    kim lost              |
            30   kim signs in          | kim ← welcome available · kim ← started c1 wrapping up
            31   kim lost              |
            91   time                  |
            """)
        #expect(day.lines(of: "c1").last == "wrapped up by kim agent_lost")
    }

    @Test func oneOfTwoConnectionsIsNoLoss() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    kim/2 signs in        | kim/2 ← welcome available · kim/2 ← started c1
            3    kim lost              |
            70   time                  |
            71   kim/2 says c1 Hello   | c1 ← agent: Hello · kim/2 ← ack 4
            """)
    }
}
