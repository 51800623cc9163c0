// What agents say about themselves and what follows: duty, capacity, and going home after the last chat.

import SangdamCore
import Testing

@Suite struct StatusTests {
    @Test func afterChatsTakesNothingNewAndComesWithTheLastWrapUp() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 2)])
        try day.play(
            """
            0   kim signs in               | kim ← welcome break
            0   kim is auto available      | kim ← status available
            0   c1 arrives                 | c1 ← welcome ko
            0   c2 arrives                 | c2 ← welcome ko
            1   c1 enters pay              | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   kim is offline after chats | kim ← status available, then offline
            3   c2 enters pay              | c2 ← queued pay 1 nobody
            4   kim ends c1                | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            5   kim wraps c1               | kim ← status offline chats_done · kim ← ok wrapup c1
            6   time                       |
            """)
    }

    @Test func afterChatsWithoutAChatIsNow() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in               | kim ← welcome break
            0   kim is available           | kim ← status available
            0   c1 arrives                 | c1 ← welcome ko
            1   c1 enters pay              | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            2   kim is break after chats   | kim ← offer closed c1 rescinded · kim ← status break
            """)
    }

    @Test func afterChatsCanBeTakenBack() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 2)])
        try day.play(
            """
            0   kim signs in               | kim ← welcome break
            0   kim is auto available      | kim ← status available
            0   c1 arrives                 | c1 ← welcome ko
            0   c2 arrives                 | c2 ← welcome ko
            1   c1 enters pay              | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   kim is break after chats   | kim ← status available, then break
            3   c2 enters pay              | c2 ← queued pay 1 nobody
            4   kim is available           | kim ← status available · c2 ← started kim · kim ← started c2
            """)
    }

    @Test func transferringTheLastChatAwayIsTheEndToo() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in               | kim ← welcome break
            0   kim is auto available      | kim ← status available
            0   c1 arrives                 | c1 ← welcome ko
            1   c1 enters pay              | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   kim is break after chats   | kim ← status available, then break
            3   kim transfers c1 to queue pay | kim ← ok transfer c1 · kim ← c1 agent left · c1 ← c1 agent left
                                           | c1 ← queued pay 1 nobody · kim ← status break chats_done
            """)
    }

    @Test func offlineEndsWrapUpsButNotChats() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 2)])
        try day.play(
            """
            0   kim signs in               | kim ← welcome break
            0   kim is auto available      | kim ← status available
            0   c1 arrives                 | c1 ← welcome ko
            0   c2 arrives                 | c2 ← welcome ko
            1   c1 enters pay              | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            1   c2 enters pay              | c2 ← queued pay 1 ~0-30 · c2 ← started kim · kim ← started c2
            2   kim ends c1                | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            3   kim is offline             | kim ← error chats_open
            3   kim is break               | kim ← status break
            4   kim ends c2                | kim ← ended c2 agent_ended · c2 ← ended c2 agent_ended
            5   kim is offline             | kim ← status offline
            """)
        #expect(day.lines(of: "c1").last == "wrapped up by kim agent_offline")
        #expect(day.lines(of: "c2").last == "wrapped up by kim agent_offline")
    }

    @Test func capacityBoundsWhatIsOfferedAndTakenTogether() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 2)])
        try day.play(
            """
            0   c1 arrives                 | c1 ← welcome ko
            0   c2 arrives                 | c2 ← welcome ko
            0   c3 arrives                 | c3 ← welcome ko
            0   c4 arrives                 | c4 ← welcome ko
            1   c1 enters pay              | c1 ← queued pay 1 nobody
            1   c2 enters pay              | c2 ← queued pay 2 nobody
            1   c3 enters pay              | c3 ← queued pay 3 nobody
            1   c4 enters pay              | c4 ← queued pay 4 nobody
            2   kim signs in               | kim ← welcome break
            3   kim is available           | kim ← status available · kim ← offer c1 pay · kim ← offer c2 pay
                                           | c1 ← queued pay 1 ~125-270 · c2 ← queued pay 2 ~251-540
                                           | c3 ← queued pay 3 ~378-810 · c4 ← queued pay 4 ~503-1080
            4   kim accepts c1             | kim ← offer closed c1 accepted · c1 ← started kim · kim ← started c1
                                           | c2 ← queued pay 1 ~125-270 · c3 ← queued pay 2 ~251-540
                                           | c4 ← queued pay 3 ~378-810
            5   kim is capacity=3          | kim ← status available · kim ← offer c3 pay
            6   kim is capacity=1          | kim ← status available
            7   kim accepts c2             | kim ← offer closed c2 accepted · c2 ← started kim · kim ← started c2
                                           | c3 ← queued pay 1 ~251-540 · c4 ← queued pay 2 ~503-1080
            // Two held where one may be: nothing new before both are done.
            8   kim declines c3            | kim ← offer closed c3 declined
            9   kim ends c1                | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            10  kim wraps c1               | kim ← ok wrapup c1
            11  kim ends c2                | kim ← ended c2 agent_ended · c2 ← ended c2 agent_ended
            12  kim wraps c2               | kim ← ok wrapup c2 · kim ← offer c4 pay
            """)
    }
}
