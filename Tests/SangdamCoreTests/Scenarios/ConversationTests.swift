// A chat from hello to stars, and what each side may do on the way.

import SangdamCore
import Testing

@Suite struct ConversationTests {
    @Test func aWholeChat() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in               | kim ← welcome break
            0    kim is available           | kim ← status available
            1    c1 arrives en named Minji  | c1 ← welcome en
            2    c1 enters refund what=card | c1 ← queued refund 1 ~0-30 · kim ← offer c1 refund what=card
            5    kim accepts c1             | kim ← offer closed c1 accepted · c1 ← started kim
                                            | kim ← started c1 what=card
            6    kim says c1 #a1 안녕하세요     | c1 ← agent: 안녕하세요 · kim ← ack #a1 7
            7    c1 says #m1 환불이 안 돼요      | kim ← c1 customer: 환불이 안 돼요 · c1 ← ack #m1 8
            8    c1 types on                | kim ← c1 types on
            8    kim types c1 on            | c1 ← types on
            9    c1 saw @c9 8               | kim ← c1 saw 8
            9    kim saw c1 7               | c1 ← saw 7
            // A customer has one chat: whichever a hint names, that one is meant.
            9    c1 types @c9 off           | kim ← c1 types off
            10   kim notes c1 #n1 VIP       | kim ← ack #n1 9
            11   kim ends c1                | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            12   c1 rates 5 고마워요          | c1 ← ok rate c1
            20   kim wraps c1               | kim ← ok wrapup c1
            """)
        #expect(
            day.lines(of: "c1") == [
                "opened refund en", "intake", "queued refund entered", "offered kim", "offer to kim accepted",
                "started kim after 3", "message agent", "message customer", "note kim", "ended agent_ended by agent",
                "rated 5: 고마워요", "wrapped up by kim agent",
            ])
        #expect(
            day.counted("") == [
                "offered refund", "offer refund accepted", "answered refund after 3", "message agent",
                "first response refund in 1", "message customer", "ended refund agent_ended", "rated refund 5",
                "wrapped up refund in 9", "handled refund in 15",
            ])
    }

    @Test func aChatIsForgottenWhenItCanNoLongerBeRated() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in      | kim ← welcome break
            0    kim is auto available | kim ← status available
            0    c1 arrives        | c1 ← welcome ko
            1    c1 enters pay     | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            10   c1 leaves         | kim ← ended c1 customer_left · c1 ← ended c1 customer_left
            20   kim wraps c1      | kim ← ok wrapup c1
            609  c1 rates 1        | c1 ← ok rate c1
            610  time              |
            611  c1 rates 2        | c1 ← error nothing_to_rate
            612  c1 says #m9 Hello | c1 ← error no_chat #m9
            """)
        #expect(day.lines(of: "c1").suffix(2) == ["rated 1", "closed"])
        #expect(day.desk.state.chats.isEmpty)
        #expect(day.desk.state.tokens.isEmpty)
    }

    @Test func wordsSaidWhileWaitingReachTheAgentWithTheChat() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0  c1 arrives         | c1 ← welcome ko
            0  c1 enters pay      | c1 ← queued pay 1 nobody
            1  c1 says #m1 Hello  | c1 ← ack #m1 3
            2  c1 types on        |
            3  c1 tells what=card | c1 ← ok intake c1
            4  c1 says again      | c1 ← ack 5
            5  kim signs in       | kim ← welcome break
            5  kim is available   | kim ← status available · kim ← offer c1 pay what=card · c1 ← queued pay 1 ~251-540
            6  c1 tells goal=fix  | c1 ← ok intake c1 · kim ← offer c1 pay what=card goal=fix
            7  kim accepts c1     | kim ← offer closed c1 accepted · c1 ← started kim
                                  | kim ← started c1 what=card goal=fix
                                  | kim ← c1 customer: Hello · kim ← c1 customer: again
            8  c1 tells when=now  | c1 ← ok intake c1 · kim ← started c1 what=card when=now goal=fix
            """)
    }

    @Test func autoAcceptStartsAtOnce() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 2)])
        try day.play(
            """
            0  kim signs in            | kim ← welcome break
            0  kim is available auto   | kim ← status available
            0  c1 arrives              | c1 ← welcome ko
            1  c1 enters pay           | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2  kim is manual           | kim ← status available
            2  c2 arrives              | c2 ← welcome ko
            3  c2 enters pay           | c2 ← queued pay 1 ~0-30 · kim ← offer c2 pay
            """)
        #expect(day.counted("offer ") == ["offer pay auto_accepted"])
    }

    @Test func wrapUpHoldsTheSlotUntilItIsDone() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0  kim signs in            | kim ← welcome break
            0  kim is available auto   | kim ← status available
            0  c1 arrives              | c1 ← welcome ko
            0  c2 arrives              | c2 ← welcome ko
            1  c1 enters pay           | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2  c2 enters pay           | c2 ← queued pay 1 ~251-540
            3  kim ends c1             | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            4  kim notes c1 done       | kim ← ack 5
            60 time                    |
            61 kim wraps c1            | kim ← ok wrapup c1 · c2 ← started kim · kim ← started c2
            """)
    }

    @Test func wrapUpEndsByItselfAfterTwoMinutes() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0     kim signs in            | kim ← welcome break
            0     kim is available auto   | kim ← status available
            0     c1 arrives              | c1 ← welcome ko
            0     c2 arrives              | c2 ← welcome ko
            1     c1 enters pay           | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2     c2 enters pay           | c2 ← queued pay 1 ~251-540
            3     kim ends c1             | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            122.9 time                    |
            123   time                    | kim ← ok wrapup c1 · c2 ← started kim · kim ← started c2
            """)
        #expect(day.lines(of: "c1").last == "wrapped up by kim timeout")
    }

    @Test func ratingRules() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0  kim signs in            | kim ← welcome break
            0  kim is available auto   | kim ← status available
            0  c1 arrives              | c1 ← welcome ko
            0  c1 rates 5              | c1 ← error nothing_to_rate
            1  c1 enters pay           | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2  c1 rates 5              | c1 ← error nothing_to_rate
            3  kim ends c1             | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            4  c1 rates 0              | c1 ← error bad_field score
            4  c1 rates 6              | c1 ← error bad_field score
            5  c1 rates 4 good         | c1 ← ok rate c1
            6  c1 rates 1              | c1 ← error nothing_to_rate
            // A new chat: the old one can no longer be meant.
            7  kim wraps c1            | kim ← ok wrapup c1
            7  kim is break            | kim ← status break
            8  c1 enters pay           | c1 ← queued pay 1 nobody
            9  c1 rates 5              | c1 ← error nothing_to_rate
            // Who waited for nothing may say so.
            10 c1 leaves               | c1 ← ended c1#2 customer_left
            11 c1 rates 1              | c1 ← ok rate c1#2
            """)
    }

    @Test func theLanguageGoesWithTheChat() throws {
        var day = DeskScenario()
        try day.play(
            """
            0  c1 arrives en    | c1 ← welcome en
            0  c1 speaks ja     | c1 ← ok lang
            1  c1 enters pay    | c1 ← queued pay 1 nobody
            2  c1 speaks ja     | c1 ← ok lang
            3  c1 speaks zh     | c1 ← ok lang
            """)
        #expect(day.lines(of: "c1") == ["opened pay ja", "queued pay entered", "language zh"])
    }
}
