// Records that do not fit: on replay they mean a damaged journal, and none of them may pass silently.

import SangdamCore
import Testing

@Suite struct InconsistencyTests {
    private let chat = ChatID(high: 1, low: 1)
    private let opened = ChatRecord.opened(
        Opened(
            topic: "pay", language: .korean, name: nil, token: TokenDigest(high: 0, low: 1),
            receipt: Receipt(bits: 1)))
    private let queued = ChatRecord.queued(Queued(queue: "pay", cause: .entered))
    private let started = ChatRecord.started(Started(agent: "kim", offer: nil, waited: .zero))
    private let offered = ChatRecord.offered(
        Offered(offer: OfferID(high: 0, low: 1), agent: "kim", expires: .opening, isTransfer: false))

    private func replay(_ events: [ChatRecord], seqs: [UInt64]? = nil, knowsKim: Bool = true) throws -> DeskState {
        var state = DeskState()
        if knowsKim {
            let profile = AgentProfile("kim")
            try state.apply(
                Record(
                    at: .opening,
                    body: .agent(
                        AgentRecord(
                            profile: profile, status: .available, statusAfterChats: nil, capacity: 1,
                            autoAccept: false, isPresent: true, cause: .asked))))
        }
        for (index, event) in events.enumerated() {
            let seq = seqs.map { $0[index] } ?? UInt64(index + 1)
            try state.apply(Record(at: .opening, body: .chat(chat, seq: seq, event)))
        }
        return state
    }

    @Test func whatFitsPasses() throws {
        let ended = ChatRecord.ended(.agentEnded, by: .agent, abandonedAt: nil)
        let wrapped = ChatRecord.wrappedUp("kim", .agent, WrapUpReport())
        let state = try replay([opened, queued, started, ended, wrapped, .closed])
        #expect(state.chats.isEmpty && state.tokens.isEmpty)
        #expect(state.agents["kim"]?.chats == [])
        #expect(state.queues["pay"]?.releases.count == 1)
    }

    @Test func whatDoesNotFitIsRefused() {
        let ended = ChatRecord.ended(.customerLeft, by: .customer, abandonedAt: nil)
        let cases: [(String, [ChatRecord])] = [
            ("opened twice", [opened, opened]), ("not opened", [queued]),
            ("started without a queue", [opened, started]), ("started twice", [opened, queued, started, started]),
            ("ended before the queue", [opened, ended]), ("ended twice", [opened, queued, ended, ended]),
            ("ended on offer", [opened, queued, offered, ended]),
            ("offered twice", [opened, queued, offered, offered]),
            (
                "an offer closed that is none",
                [opened, queued, .offerClosed(OfferClosed(OfferID(high: 0, low: 1), "kim", .expired))]
            ),
            (
                "another's offer",
                [opened, queued, offered, .offerClosed(OfferClosed(OfferID(high: 0, low: 1), "lee", .expired))]
            ),
            (
                "transferred by a stranger",
                [opened, queued, started, .transferred(Transferred(from: "lee", to: .queue("pay"), kind: .cold))]
            ),
            ("wrapped up while open", [opened, queued, started, .wrappedUp("kim", .agent, WrapUpReport())]),
            ("closed while open", [opened, queued, .closed]), ("offered before the queue", [opened, offered]),
            ("queued while on offer", [opened, queued, offered, queued]),
            ("queued again after the end", [opened, queued, ended, queued]),
        ]
        for (name, events) in cases {
            #expect(throws: Inconsistency.self, "\(name)") { try replay(events) }
        }
        #expect(throws: Inconsistency.self) { try replay([opened, queued, started], knowsKim: false) }
        #expect(throws: Inconsistency.self) { try replay([opened, queued, offered], knowsKim: false) }
    }

    /// What a record claims that nobody can have decided.
    @Test func outcomesThatCannotBeAreRefused() {
        let offer = OfferID(high: 0, low: 1)
        let later = Instant.opening(plus: 1)
        let earlier = Instant.opening(plus: -1)
        let tally = AgentTally(restingSince: .opening)
        func queued(_ since: Instant, _ ordinal: UInt64) -> ChatRecord {
            .queued(
                Queued(queue: "pay", cause: .entered, rank: Rank(isHead: false, since: since, ordinal: ordinal)))
        }
        func closed(_ tally: AgentTally, _ pause: Pause? = nil) -> ChatRecord {
            .offerClosed(OfferClosed(offer, "kim", .declined, tally: tally, pause: pause))
        }
        func transferred(_ rank: Rank?, _ pause: Pause?) -> ChatRecord {
            .transferred(Transferred(from: "kim", to: .queue("pay"), kind: .cold, rank: rank, pause: pause))
        }
        let cases: [(String, [ChatRecord])] = [
            ("a rank of the future", [opened, queued(later, 0)]),
            ("a rank behind which none can be", [opened, queued(.opening, .max)]),
            (
                "a rank that was given before",
                [
                    opened, queued(.opening, 5), started,
                    transferred(Rank(isHead: true, since: .opening, ordinal: 5), nil),
                ]
            ),
            ("a pause that is over", [opened, self.queued, started, transferred(nil, Pause(until: earlier))]),
            ("a decline's pause that is over", [opened, self.queued, offered, closed(tally, Pause(until: earlier))]),
            ("a rest in the future", [opened, self.queued, offered, closed(AgentTally(restingSince: later))]),
            (
                "fewer than no offers",
                [opened, self.queued, offered, closed(AgentTally(unansweredInARow: -1, restingSince: .opening))]
            ),
            (
                "an offer missed in the future",
                [opened, self.queued, offered, closed(AgentTally(unansweredAt: later, restingSince: .opening))]
            ),
        ]
        for (name, events) in cases {
            #expect(throws: Inconsistency.self, "\(name)") { try replay(events) }
        }
    }

    @Test func nobodyIsForgottenWhoIsThereOrHoldsAChat() throws {
        func forget(_ name: AgentName, in state: DeskState) throws {
            var state = state
            try state.apply(Record(at: .opening, body: .agentForgotten(name)))
        }
        func remove(_ name: AgentName, in state: DeskState) throws {
            var state = state
            let record = AccountRecord(name, .removed, by: nil, edit: nil, profile: nil, forgetsAgent: true)
            try state.apply(Record(at: .opening, body: .account(record)))
        }
        let present = try replay([])
        var holding = try replay([opened, queued, started])
        var gone = present
        try holding.apply(Record(at: .opening, body: .restarted))
        try gone.apply(Record(at: .opening, body: .restarted))
        for (state, name) in [(present, AgentName("kim")), (holding, "kim"), (gone, "lee")] {
            #expect(throws: Inconsistency.self) { try forget(name, in: state) }
            #expect(throws: Inconsistency.self) { try remove(name, in: state) }
        }
        try forget("kim", in: gone)
        try remove("kim", in: gone)
    }

    @Test func everySeqMustBeTheNext() {
        for seqs: [UInt64] in [[2, 3], [1, 1], [1, 3], [0, 1]] {
            #expect(throws: Inconsistency.self) { try replay([opened, queued], seqs: seqs) }
        }
    }

    @Test func aCheckpointHoldsEachChatOnce() throws {
        var state = try replay([opened, queued])
        let parts = state.checkpoint()
        #expect(throws: Inconsistency.self) { try state.restore(parts[parts.count - 1]) }
    }
}
