// Several connections of one party, coming back on a new one, and being sent away.

import SangdamCore
import Testing

@Suite struct SessionTests {
    @Test func theOthersGetTheMessageTheSenderOnlyTheAck() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim/2 signs in        | kim/2 ← welcome break
            0   kim is available      | kim ← status available · kim/2 ← status available
            0   c1 arrives            | c1 ← welcome ko
            1   c1/2 presents c1      | c1/2 ← welcome ko
            2   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1/2 ← queued pay 1 ~0-30
                                      | kim ← offer c1 pay · kim/2 ← offer c1 pay
            3   kim/3 signs in        | kim/3 ← welcome available · kim/3 ← offer c1 pay
            3   kim/3 lost            |
            4   kim/2 accepts c1      | kim ← offer closed c1 accepted · kim/2 ← offer closed c1 accepted
                                      | c1 ← started kim · c1/2 ← started kim · kim ← started c1 · kim/2 ← started c1
            5   c1/2 says #m1 Hello   | kim ← c1 customer: Hello · kim/2 ← c1 customer: Hello
                                      | c1 ← customer: Hello · c1/2 ← ack #m1 6
            6   kim says c1 #a1 Hi    | c1 ← agent: Hi · c1/2 ← agent: Hi · kim/2 ← c1 agent: Hi · kim ← ack #a1 7
            7   kim/2 notes c1 VIP    | kim ← c1 note by kim: VIP · kim/2 ← ack 8
            8   c1 leaves             | kim ← ended c1 customer_left · kim/2 ← ended c1 customer_left
                                      | c1 ← ended c1 customer_left · c1/2 ← ended c1 customer_left
            """)
    }

    @Test func whoHangsUpLeavesOnlyWithTheLastConnection() throws {
        var day = DeskScenario()
        try day.play(
            """
            0   c1 arrives         | c1 ← welcome ko
            1   c1 enters pay      | c1 ← queued pay 1 nobody
            2   c1/2 presents c1   | c1/2 ← welcome ko · c1/2 ← queued pay 1 nobody
            3   c1/2 hangs up      | c1/2 ← bye left
            3   c1/2 lost          |
            4   c1 asks position      | c1 ← queued pay 1 nobody
            5   c1 hangs up        | c1 ← ended c1 customer_left
            6   c1 hangs up        | c1 ← bye left
            """)
    }

    @Test func theNinthConnectionReplacesTheOldest() throws {
        var day = DeskScenario()
        try day.play("0 c1 arrives | c1 ← welcome ko\n1 c1 enters pay | c1 ← queued pay 1 nobody")
        for number in 2...8 {
            try day.play("1 c1/\(number) presents c1 | c1/\(number) ← welcome ko · c1/\(number) ← queued pay 1 nobody")
        }
        try day.play(
            """
            2   c1/9 presents c1   | c1 ← bye replaced · c1/9 ← welcome ko · c1/9 ← queued pay 1 nobody
            // What was still on its way from the replaced one is nobody's any more.
            2   c1 says #m1 Hello  |
            2   c1 presents c1     |
            3   c1 lost            |
            4   c1/2 says Hello    | c1/3 ← customer: Hello · c1/4 ← customer: Hello · c1/5 ← customer: Hello
                                   | c1/6 ← customer: Hello · c1/7 ← customer: Hello · c1/8 ← customer: Hello
                                   | c1/9 ← customer: Hello · c1/2 ← ack 3
            """)
    }

    @Test func anAgentsNinthConnectionReplacesTheOldest() throws {
        var day = DeskScenario { $0.sessionsPerParty = 1 }
        try day.play(
            """
            0   kim signs in       | kim ← welcome break
            1   kim/2 signs in     | kim ← bye replaced · kim/2 ← welcome break
            2   kim is available   |
            3   kim lost           |
            4   kim/2 is available | kim/2 ← status available
            """)
    }

    @Test func helloOnceAndFirst() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   c1 says #m1 Hello  | c1 ← error hello_first #m1
            0   c1 arrives         | c1 ← welcome ko
            1   c1 arrives         | c1 ← error already_welcome
            1   c1 returns after 0 | c1 ← error already_welcome
            2   kim signs in       | kim ← welcome break
            2   kim signs in       | kim ← error already_welcome
            3   c2 presents c9     | c2 ← error unknown_token
            // Nothing has happened to the connection: a fresh start is possible.
            3   c2 arrives         | c2 ← welcome ko
            """)
        #expect(day.counted("resumed") == ["resumed customer unknown"])
    }

    @Test func resumeByHandAfterTheGreeting() throws {
        var day = DeskScenario()
        try day.play(
            """
            0   c1 arrives named Minji | c1 ← welcome ko
            1   c1 enters pay          | c1 ← queued pay 1 nobody
            2   c1 says Hello          | c1 ← ack 3
            3   c1 lost                |
            // By hand there is a hello before anybody can type /resume.
            4   c9 arrives             | c9 ← welcome ko
            5   c9 presents c1         | c9 ← welcome ko · c9 ← queued pay 1 nobody · c9 ← customer: Hello
            6   c9 says again          | c9 ← ack 6
            // But not out of a chat of one's own.
            7   c2 arrives             | c2 ← welcome ko
            7   c2 enters pay          | c2 ← queued pay 2 nobody
            8   c2 presents c1         | c2 ← error already_welcome
            """)
        #expect(day.lines(of: "c1").suffix(3) == ["customer away", "customer back", "message customer"])
    }

    @Test func resumeShowsOnlyLaterWords() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim is available auto | kim ← status available
            0   c1 arrives            | c1 ← welcome ko
            1   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2   c1 says one           | kim ← c1 customer: one · c1 ← ack 4
            3   kim says c1 two       | c1 ← agent: two · kim ← ack 5
            4   kim notes c1 secret   | kim ← ack 6
            5   kim says c1 three     | c1 ← agent: three · kim ← ack 7
            6   c1 lost               | kim ← c1 customer away
            7   c1 returns after 4    | c1 ← welcome ko · c1 ← started kim · kim ← c1 customer back
                                      | c1 ← agent: two · c1 ← agent: three
            8   c1/2 presents c1      | c1/2 ← welcome ko · c1/2 ← started kim · c1/2 ← customer: one
                                      | c1/2 ← agent: two · c1/2 ← agent: three
            9   c1 asks transcript    | c1 ← transcript begins · c1 ← customer: one · c1 ← agent: two
                                      | c1 ← agent: three · c1 ← transcript ends
            """)
    }

    @Test func whatTheTailNoLongerHoldsIsReadFromTheJournal() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")]) { $0.messageBurst = 1000 }
        try day.play("0 c1 arrives | c1 ← welcome ko\n1 c1 enters pay | c1 ← queued pay 1 nobody")
        for number in 1...70 { try day.play("2 c1 says \(number) | c1 ← ack \(number + 2)") }
        try day.play(
            """
            3   c1 lost               |
            // 64 messages are kept: seq 9 to 72.
            4   c1 returns after 7    | c1 ← welcome ko · c1 ← queued pay 1 nobody · c1 ← journal 7–74
            5   c1 lost               |
            6   c1 returns after 70   | c1 ← welcome ko · c1 ← queued pay 1 nobody · c1 ← customer: 69 · c1 ← customer: 70
            7   c1 asks transcript    | c1 ← journal 0–76 as transcript
            8   kim signs in          | kim ← welcome break
            8   kim is available auto | kim ← status available · c1 ← started kim · kim ← started c1
                                      | kim ← journal 0–77 with notes
            """)
    }

    @Test func aSilentConnectionWithoutAChatEnds() throws {
        var day = DeskScenario { $0.idleSession = .seconds(3600) }
        try day.play(
            """
            0      c1 arrives       | c1 ← welcome ko
            100    c1 asks topics   | c1 ← topics pay:unstaffed:0 refund:unstaffed:0 fraud:unstaffed:0 tech:unstaffed:0
            3600   time             |
            3700   time             | c1 ← bye idle
            3701   c1 asks topics   |
            3702   c1 lost          |
            4000   c2 arrives       | c2 ← welcome ko
            4001   c2 enters pay    | c2 ← queued pay 1 nobody
            20000  time             |
            """)
    }

    @Test func drainSendsEverybodyAwayAndHoldsTheirChats() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            0    c2 arrives            | c2 ← welcome ko
            0    c3 arrives            | c3 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    c2 enters pay         | c2 ← queued pay 1 ~251-540
            3    drain                 | kim ← bye shutting_down · c1 ← bye shutting_down · c2 ← bye shutting_down
                                       | c3 ← bye shutting_down
            // Whatever is still on its way comes too late, and the end of input is no leave.
            4    c1 says #m1 Hello     |
            4    c3 enters pay         |
            4    c1 leaves by hand     |
            5    c4 arrives            | c4 ← bye shutting_down
            5    c4 arrives            |
            6    lee signs in          | lee ← bye shutting_down
            // Ten minutes later: the time without a server counts against nobody.
            600  restart               |
            601  kim signs in          | kim ← welcome available · kim ← started c1 away
            602  c1 returns after 3    | c1 ← welcome ko · c1 ← started kim · kim ← c1 customer back
            603  c2 returns after 2    | c2 ← welcome ko · c2 ← queued pay 1 ~251-540
            """)
        #expect(day.lines(of: "c1").suffix(4) == ["customer away", "agent away", "agent back", "customer back"])
    }

    @Test func whoseGoingIsWrittenIsKnownBefore() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        func writing() -> [String] {
            day.handles.filter { day.desk.mayWrite(.disconnected($0.value, .lost)) }.keys.sorted()
        }
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    c1 arrives            | c1 ← welcome ko
            0    c2 arrives            | c2 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 nobody
            """)
        // Not c2, who is in no chat.
        #expect(writing() == ["c1", "kim"])
        #expect(!day.desk.mayWrite(.disconnected(SessionHandle(rawValue: 99), .lost)))
        try day.play(
            """
            2    kim/2 signs in        | kim/2 ← welcome break
            2    c1/2 presents c1      | c1/2 ← welcome ko · c1/2 ← queued pay 1 nobody
            """)
        #expect(writing() == [])
        try day.play("3 kim lost |\n3 c1 lost |")
        #expect(writing() == ["c1/2", "kim/2"])
        try day.play("4 c1/2 leaves | c1/2 ← ended c1 customer_left")
        #expect(writing() == ["kim/2"])
        // Whoever was sent away is gone already.
        try day.play("5 drain | c2 ← bye shutting_down · kim/2 ← bye shutting_down · c1/2 ← bye shutting_down")
        #expect(writing() == [])
    }
}
