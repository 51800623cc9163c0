// Offers and what becomes of them: each holds a slot, and none outlives its reason.

import SangdamCore
import Testing

@Suite struct OfferTests {
    @Test func whoDeclinesIsNotAskedAgainForThirtySeconds() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            0    c1 arrives         | c1 ← welcome ko
            1    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            2    kim declines c1 busy | kim ← offer closed c1 declined
            10   time               |
            // Another is asked at once.
            20   lee signs in       | lee ← welcome break
            21   lee is available   | lee ← status available · lee ← offer c1 pay
            22   lee declines c1    | lee ← offer closed c1 declined
            31.9 time               |
            32   time               | kim ← offer c1 pay
            33   kim is break       | kim ← offer closed c1 rescinded · kim ← status break
            51.9 time               |
            // The second pause ends too, though the first one's end lies behind.
            52   time               | lee ← offer c1 pay
            """)
        #expect(day.lines(of: "c1").contains("offer to kim declined: busy"))
    }

    @Test func anUnansweredOfferGoesOnAndTwoInARowAreABreak() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            1    lee signs in       | lee ← welcome break
            1    lee is available   | lee ← status available
            2    c1 arrives         | c1 ← welcome ko
            2    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            21.9 time               |
            22   time               | kim ← offer closed c1 expired · lee ← offer c1 pay
            42   time               | lee ← offer closed c1 expired · kim ← offer c1 pay
            62   time               | kim ← offer closed c1 expired · kim ← status break unanswered · lee ← offer c1 pay
            63   kim accepts c1     | kim ← error unknown_offer
            64   lee accepts c1     | lee ← offer closed c1 accepted · c1 ← started lee · lee ← started c1
            """)
        #expect(day.agentLines.last == "kim break unanswered")
    }

    @Test func anAnswerInBetweenBreaksTheRow() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            0    c1 arrives         | c1 ← welcome ko
            0    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            20   time               | kim ← offer closed c1 expired · kim ← offer c1 pay
            21   kim declines c1    | kim ← offer closed c1 declined
            51   time               | kim ← offer c1 pay
            71   time               | kim ← offer closed c1 expired · kim ← offer c1 pay
            91   time               | kim ← offer closed c1 expired · kim ← status break unanswered
            """)
    }

    @Test func twoOffersAtOnceThatNobodyAnswersAreOne() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 3)])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            0    c1 arrives         | c1 ← welcome ko
            0    c2 arrives         | c2 ← welcome ko
            0    c3 arrives         | c3 ← welcome ko
            0    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            0    c2 enters pay      | c2 ← queued pay 2 ~0-30 · kim ← offer c2 pay
            9    c3 enters pay      | c3 ← queued pay 3 ~168-360 · kim ← offer c3 pay
            // Twenty seconds away from the screen, however many offers that is, also those made before they were over.
            20   time               | kim ← offer closed c1 expired · kim ← offer closed c2 expired
                                    | kim ← offer c1 pay · kim ← offer c2 pay
            29   time               | kim ← offer closed c3 expired · kim ← offer c3 pay
            // Nothing stays on offer to an agent on break.
            40   time               | kim ← offer closed c1 expired · kim ← offer closed c2 rescinded
                                    | kim ← offer closed c3 rescinded · kim ← status break unanswered
            """)
    }

    @Test func anOfferHoldsASlot() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            0    c1 arrives         | c1 ← welcome ko
            0    c2 arrives         | c2 ← welcome ko
            0    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            1    c2 enters pay      | c2 ← queued pay 2 ~503-1080
            // The hang-up takes the offer along and frees the slot.
            2    c1 leaves          | kim ← offer closed c1 rescinded · c1 ← ended c1 customer_left · kim ← offer c2 pay
                                    | c2 ← queued pay 1 ~251-540
            3    kim accepts c1     | kim ← error unknown_offer
            3    kim declines c1    | kim ← error unknown_offer
            4    kim accepts c2     | kim ← offer closed c2 accepted · c2 ← started kim · kim ← started c2
            4    kim accepts c2     | kim ← error unknown_offer
            """)
        #expect(day.counted("abandoned") == ["abandoned pay after 2 short"])
    }

    @Test func goingOnBreakTakesOffersBack() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            1    lee signs in       | lee ← welcome break
            1    c1 arrives         | c1 ← welcome ko
            1    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            2    lee is available   | lee ← status available
            3    kim is break       | kim ← offer closed c1 rescinded · kim ← status break · lee ← offer c1 pay
            """)
    }

    @Test func anotherAgentsOfferCannotBeTaken() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            1    lee signs in       | lee ← welcome break
            1    c1 arrives         | c1 ← welcome ko
            1    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            """)
        let offer = try #require(day.lastOffers["kim c1"])
        day.lastOffers["lee c1"] = offer
        try day.play("2 lee accepts c1 | lee ← error unknown_offer")
    }
}
