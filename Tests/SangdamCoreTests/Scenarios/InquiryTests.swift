// Questions that are answered later: how they come, who answers them and by when, and how they end.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct InquiryTests {
    private func desk(
        agents: [AgentProfile] = [AgentProfile("kim")], timetable: Timetable = Timetable(),
        _ adjust: (inout DeskConfiguration) -> Void = { _ in }
    ) -> DeskScenario {
        var configuration = DeskConfiguration.sample
        configuration.topics[2].intake = .fraud
        adjust(&configuration)
        return DeskScenario(configuration, agents: agents, timetable: timetable)
    }

    // MARK: The course of one

    @Test func isAnsweredReopenedToTheSameAgentAndClosed() throws {
        var day = desk(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0     kim signs in           | kim ← welcome break
            0     lee signs in           | lee ← welcome break
            1     c1 arrives             | c1 ← welcome ko
            2     c1 inquires pay #1     | kim ← news arrived i1 due 86402 open 1 · lee ← news arrived i1 due 86402 open 1
                                         | c1 ← inquiry i1 open due 86402
            // Said again after a lost connection, it is the same.
            3     c1 inquires pay #1     | c1 ← inquiry i1 open due 86402
            10    kim lists              | kim ← inquiries i1:open:86402
            11    kim takes              | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–3 with notes
                                         | c1 ← inquiry i1 taken due 86402
            12    lee takes i1           | lee ← error inquiry_taken inquiry
            13    lee answers i1 #x Mine | lee ← error inquiry_taken #x inquiry
            14    lee takes              | lee ← error unknown_inquiry inquiry
            20    kim answers i1 #a Soon | c1 ← inquiry i1 answered due 86402 · c1 ← agent: Soon · kim ← ack #a 4
                                         | kim ← inquiry i1 answered due 86402 card with kim
            20    kim answers i1 #a Soon | kim ← ack #a 4
            21    lee answers i1 #y Or   | lee ← error inquiry_not_taken #y inquiry
            30    c1 adds i1 #2 Not yet  | c1 ← ack #2 5
                                         | kim ← inquiry i1 reopened due 86430 card with kim · kim ← journal 0–6 with notes
                                         | kim ← news reopened i1 due 86430 open 1 · lee ← news reopened i1 due 86430 open 1
                                         | c1 ← inquiry i1 reopened due 86430
            31    c1 adds i1 #2 Not yet  | c1 ← ack #2 5
            // More, while it waits.
            32    c1 adds i1 #3 Really   | kim ← i1 customer: Really · c1 ← ack #3 7
                                         | kim ← news replied i1 due 86430 open 1 · lee ← news replied i1 due 86430 open 1
            40    kim answers i1 #b Now  | c1 ← inquiry i1 answered due 86430 · c1 ← agent: Now · kim ← ack #b 8
                                         | kim ← inquiry i1 answered due 86430 card with kim
            50    kim closes i1          | c1 ← inquiry i1 closed due 86430 · kim ← ok close i1
            51    kim answers i1 #c Oh   | kim ← error inquiry_closed #c inquiry
            52    kim takes i1           | kim ← error inquiry_closed inquiry
            60    kim lists              | kim ← inquiries
            61    kim lists state=closed | kim ← inquiries i1:closed:86430:kim
            """)
        #expect(
            day.lines(of: "i1") == [
                "inquired pay due 86402", "message customer", "taken by kim", "message agent", "message customer",
                "reopened due 86430 with kim", "message customer", "message agent", "closed by kim",
            ])
        #expect(
            day.counted("inquiry", "dedup") == [
                "inquiry pay arrived", "deduplicated", "inquiry pay answered", "inquiry answered pay after 18",
                "deduplicated", "inquiry pay reopened", "deduplicated", "inquiry pay answered",
                "inquiry answered pay after 10", "inquiry pay closed",
            ])
    }

    @Test func whoIsNotThereAnyMoreIsNotWaitedFor() throws {
        var day = desk(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0     kim signs in            | kim ← welcome break
            1     c1 arrives              | c1 ← welcome ko
            2     c1 inquires pay         | kim ← news arrived i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            3     kim takes i1            | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–3 with notes
                                          | c1 ← inquiry i1 taken due 86402
            4     kim answers i1 #a Soon  | c1 ← inquiry i1 answered due 86402 · c1 ← agent: Soon · kim ← ack #a 4
                                          | kim ← inquiry i1 answered due 86402 card with kim
            5     kim is offline          | kim ← status offline
            6     lee signs in            | lee ← welcome break
            7     c1 adds i1 #1 But       | c1 ← ack #1 5 · lee ← news reopened i1 due 86407 open 1
                                          | c1 ← inquiry i1 reopened due 86407
            8     lee takes               | lee ← inquiry i1 taken due 86407 card with lee · lee ← journal 0–7 with notes
                                          | c1 ← inquiry i1 taken due 86407
            """)
    }

    // MARK: Where it comes from

    @Test func comesOutOfAQueueWithWhatWasTold() throws {
        var day = desk()
        try day.play(
            """
            0     kim signs in            | kim ← welcome break
            1     c1 arrives en named Kim | c1 ← welcome en
            2     c1 enters pay what=card | c1 ← queued pay 1 nobody
            3     c1 says Hello           | c1 ← ack 4
            4     c1 inquires             | kim ← news arrived i1 due 86404 open 1 · c1 ← inquiry i1 open due 86404
                                          | c1 ← ended c1 inquired
            5     kim takes               | kim ← inquiry i1 taken due 86404 card of Kim with kim after c1 what=card
                                          | kim ← journal 0–5 with notes · kim ← journal 0–4 with notes
                                          | c1 ← inquiry i1 taken due 86404
            """)
        #expect(day.lines(of: "c1").last == "ended inquired by customer")
        #expect(
            day.lines(of: "i1") == ["inquired pay due 86404 after c1", "intake", "message customer", "taken by kim"])
        // Whoever leaves an inquiry has not given up.
        #expect(day.counted("abandoned", "ended") == ["ended pay inquired"])
    }

    /// What the desk says to an inquiry in each situation.
    @Test(arguments: [
        ("c1 inquires pay", "c1 ← inquiry i1 open due 86404"),
        ("c1 inquires", "c1 ← error unknown_topic topic"),
        ("c1 inquires lost #7", "c1 ← error unknown_topic #7 topic"),
        ("c1 inquires fraud #7", "c1 ← error intake_required #7 missing: when,transactions"),
        ("c1 inquires fraud when=perhaps", "c1 ← error bad_field when"),
        ("c1 inquires fraud when=today", "c1 ← inquiry i1 open due 86404"),
        ("c1 inquires pay long=8000", "c1 ← inquiry i1 open due 86404"),
        ("c1 inquires pay long=8001 #7", "c1 ← error too_long #7 text"),
        ("c1 looks i9", "c1 ← error unknown_inquiry receipt"),
        ("c1 adds i9 #7 Hello", "c1 ← error unknown_inquiry #7 receipt"),
    ])
    func isAsked(_ step: String, _ answer: String) throws {
        var day = desk()
        try day.play("1 c1 arrives | c1 ← welcome ko\n4 \(step) | \(answer)")
    }

    @Test func asksForConsentLikeAChat() throws {
        let notice = PrivacyNotice(text: Localised([.korean: "안내"]), url: nil, needsConsent: true)
        var day = desk { $0.privacy = notice }
        try day.play(
            """
            1 c1 arrives                                     | c1 ← welcome ko
            2 c1 inquires pay                                | c1 ← error consent_required
            3 c1 inquires pay agreeing 00                    | c1 ← error consent_required
            4 c1 inquires pay agreeing \(notice.version)     | c1 ← inquiry i1 open due 86404
            5 c1 enters pay agreeing \(notice.version)       | c1 ← queued pay 1 nobody
            // Whoever waits has agreed.
            6 c1 inquires                                    | c1 ← inquiry i2 open due 86406 · c1 ← ended c1 inquired
            7 c1 inquires                                    | c1 ← error consent_required
            """)
    }

    // MARK: By when

    @Test func remindsAtHalfTheTimeAtFourFifthsAndWhenItIsOver() throws {
        var day = desk(agents: [AgentProfile("kim", skills: ["refund"]), AgentProfile("sue", role: .supervisor)])
        try day.play(
            """
            0      sue signs in           | sue ← welcome break
            0      kim signs in           | kim ← welcome break
            1      c1 arrives             | c1 ← welcome ko
            // Kim has nothing to do with it; a supervisor always has.
            2      c1 inquires pay        | sue ← news arrived i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            3      kim lists              | kim ← inquiries
            3      kim takes i1           | kim ← error not_allowed take
            43201  time                   | c1 ← bye idle
            43202  time                   | sue ← news reminder 50% i1 due 86402 open 1
            69122  time                   | sue ← news reminder 80% i1 due 86402 open 1
            86401  sue lists              | sue ← inquiries i1:open:86402
            86402  time                   | sue ← news reminder 100% i1 due 86402 open 1
            86403  sue lists              | sue ← inquiries i1:open:86402!
            200000 time                   |
            """)
    }

    @Test func keepsItsTimeOverRestartsAndOtherConfigurations() throws {
        for fromCheckpoint in [false, true] {
            var day = desk()
            try day.play(
                """
                1      c1 arrives             | c1 ← welcome ko
                2      c1 inquires pay        | c1 ← inquiry i1 open due 86402
                3      c1 lost                |
                50000  restart\(fromCheckpoint ? " checkpoint" : "") |
                50001  kim signs in           | kim ← welcome break
                // Of all that has passed, the last is told.
                50002  time                   |
                """)
            var configuration = day.configuration
            configuration.inquiry.due = .seconds(3600)
            _ = day.handle(.configured(configuration))
            // The machine's clock is an hour ahead: what is shown is, and the time that is left stays.
            try day.play(
                """
                50003  timetable x never lead -3600 |
                50004  kim lists              | kim ← inquiries i1:open:90002
                69122  time                   | kim ← news reminder 80% i1 due 90002 open 1
                86402  time                   | kim ← news reminder 100% i1 due 90002 open 1
                """)
        }
    }

    @Test func countsTheHoursInWhichTheQueueIsOpen() throws {
        // Open from 0 to 100, from 200 to 300, and who knows from 1000 on.
        let office = Timetable(schedules: [
            "office": Schedule(
                spans: [.opening..<(.opening(plus: 100)), .opening(plus: 200)..<(.opening(plus: 300))],
                knownUntil: .opening(plus: 1000))
        ])
        var day = desk(timetable: office) {
            $0.queues[0].hours = "office"
            $0.inquiry.due = .seconds(100)
            $0.inquiry.clock = .hours
        }
        try day.play(
            """
            1      c1 arrives             | c1 ← welcome ko
            // 50 until closing, and 50 of the next day.
            50     c1 inquires pay        | c1 ← inquiry i1 open due 250
            150    c1 inquires pay        | c1 ← inquiry i2 open due 300
            // A queue without hours is always open.
            151    c1 inquires refund     | c1 ← inquiry i3 open due 251
            // 10, and 90 of what nobody knows.
            290    c1 inquires pay        | c1 ← inquiry i4 open due 1090
            """)
    }

    @Test func isClosedWhenNothingMoreIsSaidAndForgottenLater() throws {
        var day = desk {
            $0.inquiry.lapse = .seconds(100)
            $0.inquiry.memory = .seconds(50)
        }
        try day.play(
            """
            0     kim signs in            | kim ← welcome break
            1     c1 arrives              | c1 ← welcome ko
            2     c1 inquires pay         | kim ← news arrived i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            3     kim takes i1            | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–3 with notes
                                          | c1 ← inquiry i1 taken due 86402
            4     kim answers i1 #a Soon  | c1 ← inquiry i1 answered due 86402 · c1 ← agent: Soon · kim ← ack #a 4
                                          | kim ← inquiry i1 answered due 86402 card with kim
            103   time                    |
            104   time                    | c1 ← inquiry i1 closed due 86402
            // The receipt still reads it, from any connection, and reopens it.
            110   c2 arrives              | c2 ← welcome ko
            111   c2 looks i1             | c2 ← inquiry i1 closed due 86402 · c2 ← journal 0–5
            112   c2 adds i1 #z Hm        | c2 ← ack #z 6 · kim ← inquiry i1 reopened due 86512 card with kim
                                          | kim ← journal 0–7 with notes · kim ← news reopened i1 due 86512 open 1
                                          | c1 ← inquiry i1 reopened due 86512
            113   kim closes i1           | c1 ← inquiry i1 closed due 86512 · kim ← ok close i1
            162   c2 looks i1             | c2 ← inquiry i1 closed due 86512 · c2 ← journal 0–8
            163   c2 looks i1             | c2 ← error unknown_inquiry receipt
            164   c2 adds i1 #y Hm        | c2 ← error unknown_inquiry #y receipt
            165   kim takes i1            | kim ← error unknown_inquiry inquiry
            """)
        #expect(day.lines(of: "i1").suffix(2) == ["closed by kim", "closed"])
        #expect(
            day.counted("inquiry pay")
                == ["arrived", "answered", "lapsed", "reopened", "closed"].map { "inquiry pay \($0)" })
    }

    // MARK: Whose it is

    @Test func isForOthersWhenItsAgentGoes() throws {
        for (step, cause) in [
            ("kim is offline", "agent_offline"), ("account kim skills=refund", "account_changed"),
            ("account kim removed", "account_changed"),
        ] {
            var day = desk(agents: [AgentProfile("kim"), AgentProfile("lee")])
            try day.live(
                through: """
                    0 accounts read
                    0 kim signs in
                    0 lee signs in
                    1 c1 arrives
                    2 c1 inquires pay
                    3 kim takes i1
                    4 \(step)
                    """)
            #expect(day.lines(of: "i1").last == "released by kim \(cause)", "\(step)")
            try day.play(
                """
                5 lee takes | lee ← inquiry i1 taken due 86402 card with lee · lee ← journal 0–5 with notes
                            | c1 ← inquiry i1 taken due 86402
                """)
        }
    }

    @Test func isKeptForAnAgentWhoComesBackSoon() throws {
        var day = desk(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0   kim signs in    | kim ← welcome break
            1   c1 arrives      | c1 ← welcome ko
            2   c1 inquires pay | kim ← news arrived i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            3   kim takes       | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–3 with notes
                                | c1 ← inquiry i1 taken due 86402
            4   kim lost        |
            30  kim signs in    | kim ← welcome break · kim ← inquiry i1 taken due 86402 card with kim
                                | kim ← journal 0–3 with notes
            31  kim lost        |
            40  lee signs in    | lee ← welcome break
            91  time            | lee ← news released i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            // And after a restart, for as long again.
            92  lee takes       | lee ← inquiry i1 taken due 86402 card with lee · lee ← journal 0–5 with notes
                                | c1 ← inquiry i1 taken due 86402
            93  restart         |
            // Whoever has left one is known, so that the same wish said again is no second one.
            94  c1 returns after 0 | c1 ← welcome ko
            153 time            | c1 ← inquiry i1 open due 86402
            154 kim signs in    | kim ← welcome break
            155 kim takes       | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–7 with notes
                                | c1 ← inquiry i1 taken due 86402
            """)
    }

    @Test func nobodyTakesMoreThanOneMayAndTheFirstDueComesFirst() throws {
        var day = desk(agents: [AgentProfile("kim"), AgentProfile("lee")]) { $0.inquiry.capacity = 2 }
        try day.play(
            """
            0  kim signs in      | kim ← welcome break
            1  c1 arrives        | c1 ← welcome ko
            2  c1 inquires pay   | kim ← news arrived i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            3  c1 inquires fraud when=today | kim ← news arrived i2 due 86403 open 1 · c1 ← inquiry i2 open due 86403
            4  c1 inquires pay   | kim ← news arrived i3 due 86404 open 2 · c1 ← inquiry i3 open due 86404
            5  kim lists         | kim ← inquiries i1:open:86402 i2:open:86403 i3:open:86404
            5  kim lists pay     | kim ← inquiries i1:open:86402 i3:open:86404
            5  kim lists lost    | kim ← error unknown_queue queue
            6  kim takes queue=fraud | kim ← inquiry i2 taken due 86403 card with kim when=today transactions=two
                                 | kim ← journal 0–4 with notes · c1 ← inquiry i2 taken due 86403
            7  kim takes         | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–3 with notes
                                 | c1 ← inquiry i1 taken due 86402
            8  kim takes         | kim ← error capacity_full
            // One's own is shown once more.
            9  kim takes i1      | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–3 with notes
            10 kim releases i1   | c1 ← inquiry i1 open due 86402 · kim ← ok release i1
            11 kim releases i1   | kim ← error inquiry_not_taken inquiry
            12 kim closes i1     | kim ← error inquiry_not_taken inquiry
            13 kim is offline    | c1 ← inquiry i2 open due 86403 · kim ← status offline
            14 kim takes         | kim ← error agent_unavailable
            """)
    }

    @Test func whatIsSettledIsListedTheLatestFirst() throws {
        var day = desk(agents: [AgentProfile("kim")])
        try day.play(
            """
            0  kim signs in      | kim ← welcome break
            1  c1 arrives        | c1 ← welcome ko
            2  c1 inquires pay   | kim ← news arrived i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            3  c1 inquires pay   | kim ← news arrived i2 due 86403 open 2 · c1 ← inquiry i2 open due 86403
            4  kim takes i1      | kim ← inquiry i1 taken due 86402 card with kim · kim ← journal 0–3 with notes
                                 | c1 ← inquiry i1 taken due 86402
            5  kim takes i2      | kim ← inquiry i2 taken due 86403 card with kim · kim ← journal 0–3 with notes
                                 | c1 ← inquiry i2 taken due 86403
            6  kim lists state=taken | kim ← inquiries i1:taken:86402:kim i2:taken:86403:kim
            7  kim answers i2 #a No | c1 ← inquiry i2 answered due 86403 · c1 ← agent: No · kim ← ack #a 4
                                 | kim ← inquiry i2 answered due 86403 card with kim
            8  kim answers i1 #b Yes | c1 ← inquiry i1 answered due 86402 · c1 ← agent: Yes · kim ← ack #b 4
                                 | kim ← inquiry i1 answered due 86402 card with kim
            9  kim lists state=answered | kim ← inquiries i1:answered:86402:kim i2:answered:86403:kim
            10 kim closes i2     | c1 ← inquiry i2 closed due 86403 · kim ← ok close i2
            11 kim closes i1     | c1 ← inquiry i1 closed due 86402 · kim ← ok close i1
            12 restart           |
            13 kim signs in      | kim ← welcome break
            14 kim lists state=closed | kim ← inquiries i1:closed:86402:kim i2:closed:86403:kim
            15 kim lists state=answered | kim ← inquiries
            """)
    }

    @Test func oneAddressLeavesNoMoreThanManyPeopleWould() throws {
        var day = desk(agents: []) { ($0.inquiry.perOriginHour, $0.inquiry.perHour) = (2, 1) }
        try day.play(
            """
            0  c1 arrives ko from 7 | c1 ← welcome ko
            0  c2 arrives ko from 7 | c2 ← welcome ko
            0  c3 arrives ko from 7 | c3 ← welcome ko
            0  c4 arrives ko from 8 | c4 ← welcome ko
            0  c5 arrives           | c5 ← welcome ko
            1  c1 inquires pay      | c1 ← inquiry i1 open due 86401
            // What is refused for another reason is not counted.
            2  c1 inquires pay      | c1 ← error rate_limited retry after 3599000 ms
            3  c2 inquires pay      | c2 ← inquiry i2 open due 86403
            4  c3 inquires pay #1   | c3 ← error rate_limited #1 retry after 1797001 ms
            5  c4 inquires pay      | c4 ← inquiry i3 open due 86405
            6  c5 inquires pay      | c5 ← inquiry i4 open due 86406
            1801 time               | c1 ← bye idle · c2 ← bye idle · c3 ← bye idle · c4 ← bye idle · c5 ← bye idle
            1802 c6 arrives ko from 7 | c6 ← welcome ko
            1803 c6 inquires pay    | c6 ← inquiry i5 open due 88203
            """)
    }

    @Test func aSupervisorClosesWhatNobodyWillAnswer() throws {
        var day = desk(agents: [AgentProfile("sue", role: .supervisor)])
        try day.play(
            """
            0  sue signs in      | sue ← welcome break
            1  c1 arrives        | c1 ← welcome ko
            2  c1 inquires pay   | sue ← news arrived i1 due 86402 open 1 · c1 ← inquiry i1 open due 86402
            3  sue closes i1     | c1 ← inquiry i1 closed due 86402 · sue ← ok close i1
            4  sue closes i1     | sue ← error inquiry_closed inquiry
            """)
    }

    // MARK: Bounds

    @Test func nobodyLeavesMoreThanFiveAnHour() throws {
        var day = desk { $0.limits.messageBurst = 100 }
        try day.live(
            through: "0 c1 arrives\n0 c2 arrives\n"
                + (1...5).map { "\($0) c\($0 % 2 + 1) inquires pay mail=a@example.com" }.joined(separator: "\n"))
        try day.play(
            """
            6    c2 inquires pay mail=A@example.com #7 | c2 ← error rate_limited #7 retry after 3595000 ms
            7    c2 inquires pay                       | c2 ← inquiry i6 open due 86407
            8    c2 inquires pay                       | c2 ← inquiry i7 open due 86408
            9    c2 inquires pay                       | c2 ← error rate_limited retry after 3592000 ms
            3600 time                                  | c1 ← bye idle · c2 ← bye idle
            3601 c3 arrives                            | c3 ← welcome ko
            3601 c3 inquires pay mail=a@example.com    | c3 ← inquiry i8 open due 90001
            """)
    }

    @Test func moreThanSoManyAreNotTaken() throws {
        var day = desk { $0.inquiry.openLimit = 2 }
        try day.live(through: "0 c1 arrives\n1 c1 inquires pay\n2 c1 inquires pay")
        try day.play("3 c1 inquires pay #1 | c1 ← error queue_full #1")
    }

    @Test func nobodyFloodsAnInquiry() throws {
        var day = desk { $0.inquiry.repliesPerHour = 2 }
        try day.live(through: "0 c1 arrives\n1 c1 inquires pay\n2 c1 adds i1 #1 A\n2 c1 adds i1 #2 B")
        try day.play(
            """
            2    c1 adds i1 #3 C | c1 ← error rate_limited #3 retry after 1800000 ms
            3    mail i1 #m Hello |
            """)
        #expect(day.outcomes == ["limited"])
    }

    // MARK: Crashes

    /// Nothing was shown of it: its customer leaves it again.
    @Test func oneWithoutWordsIsForgotten() throws {
        var day = desk()
        try day.live(through: "1 c1 arrives\n2 c1 inquires pay what=card")
        let cut = day.journal.firstIndex { if case .chat(_, _, .intake) = $0.body { true } else { false } }
        day.journal.removeSubrange(try #require(cut)...)
        day.desk = Desk(configuration: day.configuration, random: Seeded(2))
        for record in day.journal { try day.desk.recover(record) }
        try day.play("3 restart |")
        #expect(day.lines(of: "i1") == ["inquired pay due 86402", "closed"])
        #expect(day.desk.state.inquiries.count == 0)
    }
}
