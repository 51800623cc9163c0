// Accounts that change while their agents work: who goes at once, who stays, and what becomes of the chats.

import SangdamCore
import Testing

@Suite struct AccountChangeTests {
    /// kim is there with an open chat, one in wrap-up and an offer.
    private static let busy = """
        0    accounts read         |
        0    kim signs in          | kim ← welcome break
        0    kim is available      | kim ← status available
        0    c1 arrives            | c1 ← welcome ko
        1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
        2    kim accepts c1        | kim ← offer closed c1 accepted · c1 ← started kim · kim ← started c1
        3    c1 says #m1 Help      | kim ← c1 customer: Help · c1 ← ack #m1 6
        4    c2 arrives            | c2 ← welcome ko
        4    c2 enters pay         | c2 ← queued pay 1 ~0-30 · kim ← offer c2 pay
        5    kim accepts c2        | kim ← offer closed c2 accepted · c2 ← started kim · kim ← started c2
        6    c2 leaves             | kim ← ended c2 customer_left · c2 ← ended c2 customer_left
        7    c3 arrives            | c3 ← welcome ko
        7    c3 enters pay         | c3 ← queued pay 1 ~0-30 · kim ← offer c3 pay
        """

    @Test(arguments: ["removed", "locked", "password", "capacity=2", "skills=refund", "languages=en"])
    func whoLosesSomethingIsGoneAtOnceAndTheChatsGoOn(_ change: String) throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 3), AgentProfile("lee")])
        try day.play(Self.busy)
        try day.play(
            """
            8    account kim \(change)  | kim ← bye account_changed · c1 ← c1 agent left · c1 ← queued pay 1 nobody
            // What was on its way says nothing more; the customer's words wait for whoever comes.
            9    kim says c1 #a1 Hello |
            10   c1 says #m2 Hello?    | c1 ← ack #m2 8
            11   lee signs in          | lee ← welcome break
            12   lee is available      | lee ← status available · lee ← offer c1 pay · c1 ← queued pay 1 ~3-7
            13   lee accepts c1        | lee ← offer closed c1 accepted · c1 ← started lee · lee ← started c1
                                       | lee ← c1 customer: Help · lee ← c1 customer: Hello?
            """)
        #expect(day.lines(of: "c1").contains("queued pay account_changed"))
        #expect(day.lines(of: "c2").last == "wrapped up by kim account_changed")
        #expect(day.counted("requeued") == ["requeued account_changed"])
        #expect(day.agentLines.contains("kim offline away account_changed"))
        let name = change.contains("=") ? "edited" : change
        #expect(day.accountLines == ["kim \(name)" + " by root" + (name == "edited" ? " with profile" : "")])
    }

    @Test(arguments: ["capacity=5", "skills=*", "languages=*", "role=supervisor", "unlocked"])
    func whatTakesNothingAwayKeepsTheSession(_ change: String) throws {
        var day = DeskScenario(agents: [
            AgentProfile("kim", skills: ["pay", "refund", "fraud"], languages: [.korean], capacity: 3)
        ])
        try day.play(Self.busy)
        let isNews = change != "unlocked"
        try day.play(
            """
            8    account kim \(change)  | \(isNews ? "kim ← status available account_changed" : "")
            9    kim says c1 #a1 Hello | c1 ← agent: Hello · kim ← ack #a1 7
            """)
        #expect(day.accountLines == [isNews ? "kim edited by root with profile" : "kim unlocked by root"])
    }

    @Test func aLostRoleIsALoss() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", role: .supervisor)])
        try day.play(
            """
            0    accounts read          |
            0    kim signs in           | kim ← welcome break
            1    account kim role=agent | kim ← bye account_changed
            2    kim signs in           |
            """)
    }

    /// Without skills every queue but those for specialists: an own list that has them all takes nothing away.
    @Test func queuesCountNotTheirNames() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    accounts read                        |
            0    kim signs in                         | kim ← welcome break
            1    account kim skills=pay,refund,fraud  | kim ← status break account_changed
            2    account kim skills=pay,refund,fraud,tech | kim ← status break account_changed
            3    account kim skills=*                 | kim ← bye account_changed
            """)
    }

    @Test func moreCapacityBringsTheNextChatAtOnce() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    accounts read          |
            0    kim signs in           | kim ← welcome break
            0    kim is available auto  | kim ← status available
            0    c1 arrives             | c1 ← welcome ko
            1    c1 enters pay          | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    c2 arrives             | c2 ← welcome ko
            2    c2 enters pay          | c2 ← queued pay 1 ~251-540
            3    account kim capacity=2 | kim ← status available account_changed · c2 ← started kim · kim ← started c2
            """)
    }

    @Test func whoIsAwayIsNotWaitedFor() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    accounts read         |
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    kim lost              | c1 ← c1 agent away
            3    account kim removed   | c1 ← c1 agent left · c1 ← queued pay 1 nobody
            """)
    }

    @Test func whoKnowsTheNewPasswordStays() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    accounts read         |
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            // The edge read the new file before the desk heard of it.
            2    kim/2 signs in of 2   | kim/2 ← welcome available · kim/2 ← started c1
            3    account kim password  | kim ← bye account_changed
            4    kim/2 says c1 #a1 Hi  | c1 ← agent: Hi · kim/2 ← ack #a1 4
            """)
    }

    @Test(arguments: ["removed", "locked", "password"])
    func whoWasLetInByOlderAccountsIsNotWelcome(_ change: String) throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    accounts read         |
            1    account kim \(change)  |
            // The password was right when it was compared.
            1    kim signs in of 1     | kim ← bye account_changed
            """)
        #expect(day.agentLines == [])
    }

    @Test func whoWasLetInByOlderAccountsWorksByTheNewest() throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 3)])
        try day.play(
            """
            0    accounts read          |
            1    account kim capacity=1 |
            1    kim signs in of 1      | kim ← welcome break
            """)
        #expect(day.desk.state.agents["kim"]?.capacity == 1)
    }

    @Test func aNewPersonWithAnOldNameBeginsAnew() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    accounts read         |
            0    kim signs in          | kim ← welcome break
            1    kim is available auto capacity=7 | kim ← status available
            2    account kim removed   | kim ← bye account_changed
            3    account kim added     |
            4    kim/2 signs in        | kim/2 ← welcome break
            """)
        #expect(day.desk.state.agents["kim"]?.autoAccept == false)
        #expect(day.desk.state.agents["kim"]?.capacity == 1)
        #expect(day.accountLines == ["kim removed by root", "kim added by root with profile"])
    }

    // MARK: While the server was down

    @Test(arguments: [true, false])
    func whatChangedMeanwhileIsCarriedOutAtTheStart(_ fromCheckpoint: Bool) throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: 3), AgentProfile("lee", capacity: 2)])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    lee signs in          | lee ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    restart \(fromCheckpoint ? "checkpoint" : "") |
            3    c1 returns after 0    | c1 ← welcome ko · c1 ← started kim\(fromCheckpoint ? " · c1 ← journal 0–4" : "")
            """)
        day.accounts["kim"] = nil
        day.edit("kim", .removed)
        day.accounts["lee"]?.profile.capacity = 5
        try day.play(
            """
            4    accounts read         | c1 ← c1 agent left · c1 ← queued pay 1 nobody
            5    lee signs in          | lee ← welcome break
            """)
        #expect(day.accountLines == ["kim removed by root", "lee edited with profile"])
        #expect(day.desk.state.agents["lee"]?.capacity == 5)
        // Known by now, and said once.
        try day.play("6 restart |\n7 accounts read |")
        #expect(day.accountLines.count == 2)
    }

    @Test func aLockThatStandsForLongIsSaidOnce() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            1    restart            |
            """)
        day.accounts["kim"]?.isLocked = true
        try day.play("2 accounts read |\n3 restart |\n4 accounts read |")
        #expect(day.accountLines == ["kim locked"])
        #expect(day.agentLines.last == "kim offline away account_changed")
    }

    /// A password says nothing by itself of what it was: the edit does. Its agent is not waited for either.
    @Test func aPasswordThatChangedMeanwhileIsNoGrace() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        try day.play(
            """
            0    kim signs in          | kim ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    restart               |
            3    c1 returns after 2    | c1 ← welcome ko · c1 ← started kim
            """)
        day.edit("kim", .password)
        try day.play("4 accounts read | c1 ← c1 agent left · c1 ← queued pay 1 nobody")
        #expect(day.accountLines == ["kim password by root"])
    }

    /// Everything that commands did stands in the journal once, also what the standings do not show any more.
    @Test func whatHappenedBetweenTwoLooksIsWrittenAll() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            "0 accounts read |\n0 kim signs in | kim ← welcome break\n0 kim is available auto | kim ← status available")
        day.edit("lee", .locked)
        day.edit("lee", .unlocked)
        // Another person with the old name.
        day.edit("kim", .removed)
        day.edit("kim", .added)
        day.accounts["kim"]?.passwordSince = 2
        try day.play(
            "1 accounts read | kim ← bye account_changed\n2 accounts read |\n3 kim/2 signs in | kim/2 ← welcome break")
        #expect(
            day.accountLines == [
                "lee locked by root", "lee unlocked by root", "kim removed by root", "kim added by root with profile",
            ])
        #expect(day.desk.state.agents["kim"]?.autoAccept == false)
        try day.play("4 restart checkpoint |\n5 accounts read |")
        #expect(day.accountLines.count == 4)
    }

    /// A file from a backup counts from where it was: what it brings is known, what commands do to it then is news.
    @Test func aFileThatWasPutBackIsNoNews() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play("0 accounts read |\n1 account lee locked |\n2 account lee unlocked |")
        day.edits.removeLast()
        day.accounts["lee"]?.isLocked = true
        try day.play("3 accounts read |")
        #expect(day.accountLines == ["lee locked by root", "lee unlocked by root", "lee locked"])
        try day.play("4 account kim locked |")
        #expect(day.accountLines.last == "kim locked by root")
    }

    /// Of several who go at once none is promised to the others' customers.
    @Test func nobodyIsPromisedWhoGoesInTheSameMoment() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0    accounts read         |
            0    kim signs in          | kim ← welcome break
            0    lee signs in          | lee ← welcome break
            0    kim is available auto | kim ← status available
            0    c1 arrives            | c1 ← welcome ko
            1    c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2    lee is available      | lee ← status available
            """)
        day.accounts["lee"]?.isLocked = true
        try day.play(
            """
            3    account kim locked    | kim ← bye account_changed · lee ← bye account_changed
                                       | c1 ← c1 agent left · c1 ← queued pay 1 nobody
            """)
    }

    /// What an agent chose stays, as far as the account allows it.
    @Test(
        arguments: [
            (own: nil, from: 3, to: 5, is: 5), (own: 2, from: 3, to: 5, is: 2), (own: 9, from: 3, to: 5, is: 9),
            (own: nil, from: 3, to: 2, is: 2), (own: 1, from: 3, to: 2, is: 1), (own: 9, from: 3, to: 2, is: 2),
        ] as [(own: Int?, from: Int, to: Int, is: Int)])
    func capacity(_ row: (own: Int?, from: Int, to: Int, is: Int)) throws {
        var day = DeskScenario(agents: [AgentProfile("kim", capacity: row.from)])
        try day.play("0 accounts read |\n0 kim signs in | kim ← welcome break")
        if let own = row.own { try day.play("1 kim is capacity=\(own) | kim ← status break") }
        let isLoss = row.to < row.from
        try day.play(
            "2 account kim capacity=\(row.to) | \(isLoss ? "kim ← bye account_changed" : "kim ← status break account_changed")"
        )
        #expect(day.desk.state.agents["kim"]?.capacity == row.is)
    }
}
