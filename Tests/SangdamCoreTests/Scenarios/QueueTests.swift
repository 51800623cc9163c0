// Who is served when, and what those who wait are told.

import SangdamCore
import Testing

@Suite struct QueueTests {
    @Test func firstComeFirstServedAcrossQueuesOfOnePriority() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0  c1 arrives        | c1 ← welcome ko
            0  c2 arrives        | c2 ← welcome ko
            0  c3 arrives        | c3 ← welcome ko
            0  c4 arrives        | c4 ← welcome ko
            1  c1 enters refund  | c1 ← queued refund 1 nobody
            2  c2 enters pay     | c2 ← queued pay 1 nobody
            3  c3 enters refund  | c3 ← queued refund 2 nobody
            // Fraud comes last and is served first: its priority is higher.
            4  c4 enters fraud   | c4 ← queued fraud 1 nobody
            9  kim signs in      | kim ← welcome break
            10 kim is auto available | kim ← status available · c4 ← started kim · kim ← started c4
                                 | c2 ← queued pay 1 ~251-540 · c1 ← queued refund 1 ~251-540
                                 | c3 ← queued refund 2 ~503-1080
            11 kim ends c4       | kim ← ended c4 agent_ended · c4 ← ended c4 agent_ended
            11 kim wraps c4      | kim ← ok wrapup c4 · c1 ← started kim · kim ← started c1
                                 | c3 ← queued refund 1 ~251-540
            12 kim ends c1       | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            12 kim wraps c1      | kim ← ok wrapup c1 · c2 ← started kim · kim ← started c2
            13 kim ends c2       | kim ← ended c2 agent_ended · c2 ← ended c2 agent_ended
            13 kim wraps c2      | kim ← ok wrapup c2 · c3 ← started kim · kim ← started c3
            """)
    }

    @Test func thePlaceIsToldWheneverItImprovesButNotMoreThanOnceASecond() throws {
        var day = DeskScenario()
        try day.play(
            """
            0    c1 arrives     | c1 ← welcome ko
            0    c2 arrives     | c2 ← welcome ko
            0    c3 arrives     | c3 ← welcome ko
            0    c4 arrives     | c4 ← welcome ko
            1    c1 enters pay  | c1 ← queued pay 1 nobody
            1    c2 enters pay  | c2 ← queued pay 2 nobody
            1    c3 enters pay  | c3 ← queued pay 3 nobody
            1    c4 enters pay  | c4 ← queued pay 4 nobody
            5    c1 leaves      | c1 ← ended c1 customer_left · c2 ← queued pay 1 nobody · c3 ← queued pay 2 nobody
                                | c4 ← queued pay 3 nobody
            5.4  c2 leaves      | c2 ← ended c2 customer_left
            5.9  time           |
            6    time           | c3 ← queued pay 1 nobody · c4 ← queued pay 2 nobody
            // Who leaves behind c4 improves nothing for c3.
            9    c4 leaves      | c4 ← ended c4 customer_left
            20   time           |
            """)
    }

    @Test func askingAgainTellsThePlaceAndTakesNothingFromTheOthers() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    c1 arrives     | c1 ← welcome ko
            0    c2 arrives     | c2 ← welcome ko
            0    c3 arrives     | c3 ← welcome ko
            0    c1 asks position  | c1 ← error no_chat
            1    c1 enters pay  | c1 ← queued pay 1 nobody
            1    c2 enters pay  | c2 ← queued pay 2 nobody
            1    c3 enters pay  | c3 ← queued pay 3 nobody
            2    c3/2 presents c3 | c3/2 ← welcome ko · c3/2 ← queued pay 3 nobody
            5    c1 leaves      | c1 ← ended c1 customer_left · c2 ← queued pay 1 nobody
                                | c3 ← queued pay 2 nobody · c3/2 ← queued pay 2 nobody
            5.1  c2 leaves      | c2 ← ended c2 customer_left
            5.2  c3/2 asks position | c3/2 ← queued pay 1 nobody
            // The other device hears of it all the same.
            6    time           | c3 ← queued pay 1 nobody · c3/2 ← queued pay 1 nobody
            7    kim signs in   | kim ← welcome break
            7    kim is available auto | kim ← status available · c3 ← started kim · c3/2 ← started kim · kim ← started c3
            8    c3 asks position  | c3 ← started kim
            """)
    }

    @Test func onDutyIsToldWhenTheAgentReturnsWithoutAFreeSlot() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0  kim signs in          | kim ← welcome break
            0  kim is available auto | kim ← status available
            0  c1 arrives            | c1 ← welcome ko
            0  c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            1  kim lost              | c1 ← c1 agent away
            2  c2 arrives            | c2 ← welcome ko
            3  c2 enters pay         | c2 ← queued pay 1 nobody
            9  kim signs in          | kim ← welcome available · c1 ← c1 agent back · kim ← started c1
                                     | c2 ← queued pay 1 ~251-540
            """)
    }

    @Test func aNewConfigurationIsInForceAtOnce() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 5)])
        try day.play(
            """
            0  kim signs in      | kim ← welcome break
            0  kim is available  | kim ← status available
            0  c1 arrives        | c1 ← welcome ko
            1  c1 enters tech    | c1 ← queued tech 1 nobody
            """)
        var configuration = DeskConfiguration.sample
        configuration.queues.removeAll { $0.id == "tech" }
        configuration.topics.removeAll { $0.id == "tech" || $0.id == "pay" }
        configuration.limits.queueLength = 0
        let effects = day.handle(.configured(configuration))
        // Without its row the queue asks for no specialist any more, and who stands in it is still served.
        #expect(day.render(effects) == ["kim ← offer c1 tech", "c1 ← queued tech 1 ~0-30"])
        try day.play(
            """
            2  c2 arrives        | c2 ← welcome ko
            3  c2 enters pay     | c2 ← error unknown_topic topic
            3  c2 enters refund  | c2 ← error queue_full
            3  c2 asks topics    | c2 ← topics refund:open:0 fraud:open:0
            """)
    }

    @Test func aFullQueueSaysWhatElseIsOpen() throws {
        var day = DeskScenario { $0.queueLength = 1 }
        try day.play(
            """
            0  c1 arrives        | c1 ← welcome ko
            0  c2 arrives        | c2 ← welcome ko
            1  c1 enters pay     | c1 ← queued pay 1 nobody
            2  c2 enters pay     | c2 ← error queue_full open: refund,fraud,tech
            3  c2 enters refund  | c2 ← queued refund 1 nobody
            4  c1 leaves         | c1 ← ended c1 customer_left
            5  c1 enters pay     | c1 ← queued pay 1 nobody
            6  c2 asks topics    | c2 ← topics pay:unstaffed:1 refund:unstaffed:1 fraud:unstaffed:0 tech:unstaffed:0
            """)
    }
}
