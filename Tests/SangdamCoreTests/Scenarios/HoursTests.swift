// An evening at the desk: queues that open and close by the clock and by somebody's decision, and what becomes of those
// who come, wait and talk.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct HoursTests {
    /// Open from 0 to 100 and from 200 to 300.
    private static let office = Timetable(schedules: [
        "office": Schedule(
            spans: [.opening..<(.opening(plus: 100)), .opening(plus: 200)..<(.opening(plus: 300))],
            knownUntil: .opening(plus: 1000))
    ])

    /// `pay` has hours; the others are always open.
    private func desk(
        closed: Offering = .chat, unstaffed: Offering = .chat, maxWait: Int64? = nil, contacts: Bool = false
    ) -> DeskConfiguration {
        var configuration = DeskConfiguration.sample
        configuration.queues[0].hours = "office"
        configuration.queues[0].closed = closed
        configuration.queues[0].unstaffed = unstaffed
        configuration.queues[0].maxWait = maxWait.map { .seconds($0) }
        if contacts {
            configuration.contacts = [
                ContactCard(
                    id: "phone", labels: Localised([:]), phone: "1588", hours: Localised([:]), schedule: "office")
            ]
        }
        return configuration
    }

    private func day(_ configuration: DeskConfiguration, agents: [AgentProfile] = []) -> DeskScenario {
        DeskScenario(configuration, agents: agents, timetable: Self.office)
    }

    // MARK: Closing time

    @Test func whoWaitsAtClosingIsToldOnceAndServedAsLongAsAgentsAreThere() throws {
        var day = day(desk(), agents: [AgentProfile("kim")])
        try day.play(
            """
            0   kim signs in          | kim ← welcome break
            0   kim is available auto | kim ← status available
            1   c1 arrives            | c1 ← welcome ko
            2   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            3   c2 arrives            | c2 ← welcome ko
            4   c2 enters pay         | c2 ← queued pay 1 ~251-540
            5   c3 arrives            | c3 ← welcome ko
            6   c3 enters refund      | c3 ← queued refund 1 ~251-540
            // Only whoever waits in a queue that closes.
            100 time                  | c2 ← delayed closed opens 200 offers chat open: refund,fraud
            101 c1 says Hello         | kim ← c1 customer: Hello · c1 ← ack 4
            101 kim says c1 Yes       | c1 ← agent: Yes · kim ← ack 5
            110 kim ends c1           | kim ← ended c1 agent_ended · c1 ← ended c1 agent_ended
            111 kim wraps c1          | kim ← ok wrapup c1 · c2 ← started kim · kim ← started c2
            150 c2 says Late          | kim ← c2 customer: Late · c2 ← ack 5
            199 time                  |
            """)
        #expect(day.lines(of: "c2").contains("delayed closed"))
        #expect(day.hoursLines == ["100 pay closed"])
    }

    @Test func whoWaitsAloneKeepsTheRankOverTheNight() throws {
        var day = day(desk(closed: .refuse, contacts: true), agents: [AgentProfile("kim")])
        try day.play(
            """
            1   c1 arrives            | c1 ← welcome ko
            2   c1 enters pay         | c1 ← queued pay 1 nobody
            3   c2 arrives            | c2 ← welcome ko
            4   c2 enters pay         | c2 ← queued pay 2 nobody
            // The telephone keeps the same hours.
            100 time                  | c1 ← delayed closed nobody opens 200 contacts phone(closed)
                                      | c2 ← delayed closed nobody opens 200 contacts phone(closed)
            110 c3 arrives            | c3 ← welcome ko
            111 c3 enters pay         | c3 ← error closed opens 200 contacts phone(closed)
            112 c3 asks topics        | c3 ← topics pay:closed:2>200: refund:unstaffed:0 fraud:unstaffed:0 tech:unstaffed:0
            // Who comes back, or asks, finds the chat and reads again that it takes longer.
            120 c1 lost               |
            130 c1 returns after 0    | c1 ← welcome ko · c1 ← queued pay 1 nobody
                                      | c1 ← delayed closed nobody opens 200 contacts phone(closed)
            140 c2 asks position      | c2 ← queued pay 2 nobody
                                      | c2 ← delayed closed nobody opens 200 contacts phone(closed)
            201 kim signs in          | kim ← welcome break
            202 kim is available auto | kim ← status available · c1 ← started kim · kim ← started c1
                                      | c2 ← queued pay 1 ~251-540
            // The next evening is another closing.
            300 time                  | c2 ← delayed closed contacts phone(closed) open: refund,fraud
            """)
        #expect(day.lines(of: "c1").filter { $0 == "delayed closed nobody" }.count == 1)
        #expect(
            day.lines(of: "c2").filter { $0.hasPrefix("delayed") } == ["delayed closed nobody", "delayed closed"])
        #expect(day.hoursLines == ["100 pay closed", "200 pay open", "300 pay closed"])
    }

    @Test func whoIsAwayOrOnOfferAtClosingIsToldLater() throws {
        var day = day(desk(), agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            1   c1 arrives            | c1 ← welcome ko
            2   c1 enters pay         | c1 ← queued pay 1 nobody
            3   c2 arrives            | c2 ← welcome ko
            4   c2 enters pay         | c2 ← queued pay 2 nobody
            5   c1 lost               |
            90  kim signs in          | kim ← welcome break
            90  kim is available      | kim ← status available · kim ← offer c2 pay
                                      | c2 ← queued pay 2 ~503-1080
            100 time                  |
            101 kim declines c2       | kim ← offer closed c2 declined · c2 ← delayed closed opens 200 offers chat open: refund,fraud
            105 c1 returns after 0    | c1 ← welcome ko · c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            106 kim accepts c1        | kim ← offer closed c1 accepted · c1 ← started kim · kim ← started c1
                                      | c2 ← queued pay 1 ~251-540
            """)
    }

    @Test func whoWaitsIsToldOnceMoreWhenTheLastAgentGoes() throws {
        for restarts in [false, true] {
            var day = day(desk(), agents: [AgentProfile("kim", capacity: 1), AgentProfile("lee", capacity: 1)])
            try day.play(
                """
                0   kim signs in          | kim ← welcome break
                0   kim is available auto | kim ← status available
                0   lee signs in          | lee ← welcome break
                0   lee is available auto | lee ← status available
                1   c1 arrives            | c1 ← welcome ko
                2   c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
                3   c2 arrives            | c2 ← welcome ko
                4   c2 enters pay         | c2 ← queued pay 1 ~0-30 · c2 ← started lee · lee ← started c2
                5   c3 arrives            | c3 ← welcome ko
                6   c3 enters pay         | c3 ← queued pay 1 ~125-270
                7   c4 arrives            | c4 ← welcome ko
                8   c4 enters pay         | c4 ← queued pay 2 ~251-540
                9   c4 lost               |
                100 time                  | c3 ← delayed closed opens 200 offers chat open: refund,fraud
                """)
            try day.play(
                """
                110 lee is break          | lee ← status break
                120 kim is break          | kim ← status break · c3 ← delayed closed nobody opens 200 offers chat
                // Who comes back reads it with the place.
                121 c4 returns after 0    | c4 ← welcome ko · c4 ← queued pay 2 nobody
                                          | c4 ← delayed closed nobody opens 200 offers chat
                """)
            if restarts {
                _ = try day.restart(fromCheckpoint: true)
                try day.live(through: "129 c3 returns after 0\n130 kim signs in")
            }
            // They come and go again: enough was said.
            try day.live(through: "131 kim is available\n135 kim is break\n140 kim is available\n145 kim lost")
            #expect(
                day.lines(of: "c3").filter { $0.hasPrefix("delayed") } == ["delayed closed", "delayed closed nobody"])
            #expect(day.lines(of: "c4").filter { $0.hasPrefix("delayed") } == ["delayed closed nobody"])
        }
    }

    // MARK: Newcomers

    @Test func whatANewcomerIsOffered() throws {
        // closed, unstaffed; at 50 nobody is on duty, then kim is, then it is closed and she is there still
        let rows: [(Offering, Offering, [String])] = [
            (.chat, .chat, ["", "", ""]), (.refuse, .chat, ["", "", "closed"]),
            (.inquiry, .chat, ["", "", "closed inquiry"]), (.chat, .refuse, ["unstaffed", "", ""]),
            (.chat, .inquiry, ["unstaffed inquiry", "", ""]),
            (.inquiry, .refuse, ["unstaffed", "", "closed inquiry"]),
        ]
        for (closed, unstaffed, expected) in rows {
            var day = day(desk(closed: closed, unstaffed: unstaffed), agents: [AgentProfile("kim")])
            try day.live(through: "50 c1 arrives\n50 c2 arrives\n50 c3 arrives\n51 c1 enters pay")
            try day.live(through: "52 kim signs in\n52 kim is available\n53 c2 enters pay\n150 c3 enters pay")
            for (customer, expected) in zip(["c1", "c2", "c3"], expected) {
                #expect((day.chats[customer] == nil) == !expected.isEmpty, "\(closed) \(unstaffed) \(customer)")
            }
            let turned = day.counted("turned away").map { $0.split(separator: " ").dropFirst(3).joined(separator: " ") }
            #expect(turned == expected.filter { !$0.isEmpty }.map { $0.replacing("inquiry", with: "diverted") })
        }
    }

    @Test func aRefusalSaysWhatElseThereIs() throws {
        var day = day(desk(closed: .inquiry, unstaffed: .refuse, contacts: true), agents: [AgentProfile("kim")])
        try day.play(
            """
            1   c1 arrives            | c1 ← welcome ko
            2   c1 enters pay         | c1 ← error unstaffed contacts phone
            3   c1 asks topics        | c1 ← topics pay:unstaffed:0>100: refund:unstaffed:0 fraud:unstaffed:0 tech:unstaffed:0
            5   kim signs in          | kim ← welcome break
            5   kim is available      | kim ← status available
            6   c1 asks topics        | c1 ← topics pay:open:0>100 refund:open:0 fraud:open:0 tech:unstaffed:0
            // Also in the very moment, before the tick.
            100 c1 enters pay         | c1 ← error closed opens 200 offers inquiry contacts phone(closed) open: refund,fraud
            101 c1 asks topics        | c1 ← topics pay:closed:0>200:inquiry refund:open:0 fraud:open:0 tech:unstaffed:0
            102 c1 enters refund      | c1 ← queued refund 1 ~0-30 · kim ← offer c1 refund
            """)
        #expect(day.counted("turned") == ["turned away pay unstaffed", "turned away pay closed diverted"])
    }

    @Test func whoEntersAClosedQueueKnowsIt() throws {
        var day = day(desk(), agents: [AgentProfile("kim")])
        try day.play(
            """
            120 c1 arrives            | c1 ← welcome ko
            121 c1 enters pay         | c1 ← queued pay 1 nobody · c1 ← delayed closed nobody opens 200 offers chat
            130 c1 leaves             | c1 ← ended c1 customer_left
            140 kim signs in          | kim ← welcome break
            141 kim is available auto | kim ← status available
            // Whoever is served at once need not.
            150 c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1#2
            """)
    }

    // MARK: Long waits

    @Test func aLongWaitIsToldOnce() throws {
        var day = day(desk(maxWait: 30), agents: [AgentProfile("kim")])
        try day.play(
            """
            1   c1 arrives            | c1 ← welcome ko
            2   c1 enters pay         | c1 ← queued pay 1 nobody
            3   c2 arrives            | c2 ← welcome ko
            4   c2 enters pay         | c2 ← queued pay 2 nobody
            5   c3 arrives            | c3 ← welcome ko
            6   c3 enters refund      | c3 ← queued refund 1 nobody
            20  c2 lost               |
            32  time                  | c1 ← delayed waited nobody offers chat
            50  c2 returns after 0    | c2 ← welcome ko · c2 ← queued pay 2 nobody
            50  time                  | c2 ← delayed waited nobody offers chat
            90  time                  |
            """)
        _ = try day.restart(fromCheckpoint: true)
        try day.play(
            """
            95  c1 returns after 0    | c1 ← welcome ko · c1 ← queued pay 1 nobody · c1 ← journal 0–4
            99  time                  |
            """)
    }

    // MARK: Decisions

    @Test func aSupervisorOpensAndClosesUntilTheNextBoundary() throws {
        var day = day(
            desk(closed: .refuse), agents: [AgentProfile("kim"), AgentProfile("sue", role: .supervisor)])
        try day.play(
            """
            1   kim signs in           | kim ← welcome break
            1   sue signs in           | sue ← welcome break
            2   c1 arrives             | c1 ← welcome ko
            3   kim overrides pay closed | kim ← error not_allowed override
            4   c1 overrides pay closed | c1 ← error not_allowed override
            5   sue overrides bank closed | sue ← error unknown_queue queue
            6   sue overrides pay closed until 6 | sue ← error bad_field until
            6   sue overrides pay closed until 300000000000 | sue ← error bad_field until
            6   sue overrides pay auto until 50 | sue ← error bad_field until
            7   c1 enters pay          | c1 ← queued pay 1 nobody
            10  sue overrides pay closed | sue ← ok override pay closed until 100 · c1 ← delayed closed nobody opens 200
            11  c2 arrives             | c2 ← welcome ko
            12  c2 enters pay          | c2 ← error closed opens 200
            13  c2 asks topics         | c2 ← topics pay:closed:1>200: refund:unstaffed:0 fraud:unstaffed:0 tech:unstaffed:0
            // The clock closes what is closed.
            100 time                   |
            110 sue overrides pay open | sue ← ok override pay open until 200
            111 c2 enters pay          | c2 ← queued pay 2 nobody
            // Another closing: told again. (The boundary is over; the clock has it.)
            120 sue overrides pay auto | sue ← ok override pay auto: closed · c1 ← delayed closed nobody opens 200
                                       | c2 ← delayed closed nobody opens 200
            130 sue overrides pay open until 150 | sue ← ok override pay open until 150
            150 time                   | c1 ← delayed closed nobody opens 200 · c2 ← delayed closed nobody opens 200
            200 time                   |
            """)
        #expect(
            day.hoursLines == [
                "10 pay closed by sue until 100", "100 pay closed", "110 pay open by sue until 200", "120 pay closed",
                "130 pay open by sue until 150", "150 pay closed", "200 pay open",
            ])
    }

    @Test func aDecisionOutlivesTheServer() throws {
        for fromCheckpoint in [false, true] {
            var day = day(desk(closed: .refuse))
            try day.play(
                """
                1   c1 arrives           | c1 ← welcome ko
                2   c1 enters pay        | c1 ← queued pay 1 nobody
                10  override pay closed until 50 | c1 ← delayed closed nobody opens 50
                """)
            day.now = .opening(plus: 20)
            _ = try day.restart(fromCheckpoint: fromCheckpoint)
            // A checkpoint holds no words, and nobody remembers that there were none.
            let read = fromCheckpoint ? " · c1 ← journal 0–4" : ""
            try day.play(
                """
                // Told before; whoever comes back reads it again.
                21  c1 returns after 0   | c1 ← welcome ko · c1 ← queued pay 1 nobody
                                         | c1 ← delayed closed nobody opens 50\(read)
                22  c2 arrives           | c2 ← welcome ko
                23  c2 enters pay        | c2 ← error closed opens 50
                50  time                 |
                51  c2 enters pay        | c2 ← queued pay 2 nobody
                """)
            #expect(day.lines(of: "c1").filter { $0 == "delayed closed nobody" }.count == 1)
            #expect(day.hoursLines == ["10 pay closed by root until 50", "50 pay open"])
        }
    }

    @Test func whatHappenedWhileTheServerWasDownIsKnownAtOnce() throws {
        var day = day(desk(closed: .refuse))
        try day.live(through: "1 c1 arrives\n2 c1 enters pay")
        day.now = .opening(plus: 120)
        _ = try day.restart(fromCheckpoint: false)
        try day.play(
            """
            121 c1 returns after 0   | c1 ← welcome ko · c1 ← queued pay 1 nobody
                                     | c1 ← delayed closed nobody opens 200
            """)
        #expect(day.hoursLines == ["120 pay closed"])
    }

    @Test func aQueueWithoutHoursIsClosedUntilSomebodyOpensIt() throws {
        var configuration = desk()
        configuration.queues[1].closed = .refuse
        var day = day(configuration)
        try day.play(
            """
            1   override refund closed   |
            2   c1 arrives               | c1 ← welcome ko
            3   c1 enters refund         | c1 ← error closed
            500 c1 enters refund         | c1 ← error closed
            501 override refund auto     |
            502 c1 enters refund         | c1 ← queued refund 1 nobody
            503 override lost closed     |
            """)
        #expect(
            day.hoursLines == [
                "1 refund closed by root", "100 pay closed", "200 pay open", "300 pay closed", "501 refund open",
            ])
        #expect(day.outcomes == ["refund closed", "refund auto: open", "error unknown_queue queue"])
    }

    @Test func aDecisionForGoodEndsWithTheHoursThatComeLater() throws {
        var configuration = desk(closed: .refuse)
        configuration.queues[1].closed = .refuse
        var day = day(configuration)
        try day.play("1 override refund closed |")
        configuration.queues[1].hours = "office"
        _ = day.handle(.configured(configuration))
        try day.play(
            """
            2   c1 arrives               | c1 ← welcome ko
            3   c1 enters refund         | c1 ← error closed opens 200
            250 c1 enters refund         | c1 ← queued refund 1 nobody
            """)
        #expect(
            day.hoursLines == [
                "1 refund closed by root", "1 refund closed by root until 100", "100 pay closed", "100 refund closed",
                "200 pay open", "200 refund open",
            ])
    }

    @Test func aDecisionEndsWithItsQueue() throws {
        for restarts in [false, true] {
            let configuration = desk()
            var day = day(configuration)
            try day.play(
                """
                1   c1 arrives           | c1 ← welcome ko
                2   c1 enters refund     | c1 ← queued refund 1 nobody
                3   override refund closed | c1 ← delayed closed nobody offers chat
                """)
            var without = configuration
            without.queues.remove(at: 1)
            without.topics.removeAll { $0.queue == "refund" }
            if restarts {
                day.configuration = without
                _ = try day.restart(fromCheckpoint: false)
            } else {
                _ = day.handle(.configured(without))
            }
            #expect(!day.desk.snapshot(at: day.now).queues.contains { $0.queue == "refund" && $0.isOpen != nil })
            try day.play("5 override refund auto |")
            _ = day.handle(.configured(configuration))
            #expect(day.desk.snapshot(at: day.now).queues.contains { $0.queue == "refund" && $0.isOpen == true })
            #expect(day.hoursLines == ["3 refund closed by root", "3 refund open"])
            #expect(day.outcomes.last == "error unknown_queue queue")
        }
    }

    // MARK: Other spans, other configurations

    @Test func newSpansAndAnotherConfigurationAreInForceAtOnce() throws {
        var day = day(desk(closed: .refuse))
        try day.play(
            """
            1   c1 arrives               | c1 ← welcome ko
            2   c1 enters pay            | c1 ← queued pay 1 nobody
            10  timetable office 0-5,50-60 known 70 | c1 ← delayed closed nobody opens 50
            // From 70 on nobody knows anything, and all stays as it is.
            60  time                     | c1 ← delayed closed nobody
            80  c2 arrives               | c2 ← welcome ko
            81  c2 enters pay            | c2 ← error closed
            82  timetable office 0-200 known 1000 |
            83  c2 enters pay            | c2 ← queued pay 2 nobody
            // Hours whose spans nobody has said are as they were.
            84  timetable night 0-200    |
            85  c2 asks topics           | c2 ← topics pay:unstaffed:2 refund:unstaffed:0 fraud:unstaffed:0 tech:unstaffed:0
            86  timetable office never   | c1 ← delayed closed nobody · c2 ← delayed closed nobody
            87  timetable night 0-200    |
            88  c3 arrives               | c3 ← welcome ko
            89  c3 enters pay            | c3 ← error closed
            """)
        var configuration = desk(closed: .chat, maxWait: 20)
        _ = day.handle(.configured(configuration))
        try day.play(
            """
            89  time                     | c1 ← delayed waited nobody offers chat
            90  c3 enters pay            | c3 ← queued pay 3 nobody · c3 ← delayed closed nobody offers chat
            """)
        configuration.queues[0].hours = nil
        _ = day.handle(.configured(configuration))
        #expect(day.hoursLines.suffix(1) == ["90 pay open"])
    }

    /// Another name of the same hours, and the spans of `office` end: with the old configuration and the new spans the
    /// queue would be closed.
    @Test func aConfigurationAndItsSpansAreJudgedTogether() throws {
        var configuration = desk()
        var day = day(configuration)
        try day.play(
            """
            1   c1 arrives               | c1 ← welcome ko
            2   c1 enters pay            | c1 ← queued pay 1 nobody
            """)
        configuration.queues[0].hours = "always"
        let effects = day.handle(
            .configured(
                configuration,
                Timetable(schedules: [
                    "office": Schedule(spans: [], knownUntil: .opening(plus: 1000)),
                    "always": Schedule(spans: [.opening..<(.opening(plus: 1000))], knownUntil: .opening(plus: 1000)),
                ])))
        #expect(day.render(effects).isEmpty)
        try day.play("300 time |")
        #expect(day.hoursLines.isEmpty)
    }

    /// Desk time is 1000 s ahead of a clock that was set back, and then leans towards it.
    @Test func hoursFollowTheClockOnTheWall() throws {
        var day = day(
            desk(closed: .refuse, contacts: true), agents: [AgentProfile("sue", role: .supervisor)])
        try day.play(
            """
            0    timetable office 0-100,200-300 lead 1000 |
            0    sue signs in            | sue ← welcome break
            1010 c1 arrives              | c1 ← welcome ko
            1099 c1 asks topics          | c1 ← topics pay:unstaffed:0>100 refund:unstaffed:0 fraud:unstaffed:0 tech:unstaffed:0
            1100 c1 enters pay           | c1 ← error closed opens 200 contacts phone(closed)
            // A decision ends by the clock on the wall, too.
            1110 sue overrides pay open until 110 | sue ← error bad_field until
            1110 sue overrides pay open until 150 | sue ← ok override pay open until 150
            1120 timetable office 0-100,200-300 lead 990 |
            1139 c1 asks topics          | c1 ← topics pay:unstaffed:0>150 refund:unstaffed:0 fraud:unstaffed:0 tech:unstaffed:0
            1141 c1 enters pay           | c1 ← error closed opens 200 contacts phone(closed)
            1150 sue overrides pay open  | sue ← ok override pay open until 200
            1250 timetable office 0-100,200-300 lead -50 |
            """)
        #expect(
            day.hoursLines == [
                "0 pay closed", "1000 pay open", "1100 pay closed", "1110 pay open by sue until 150",
                "1140 pay closed", "1150 pay open by sue until 200", "1190 pay open", "1250 pay closed",
            ])
    }
}
