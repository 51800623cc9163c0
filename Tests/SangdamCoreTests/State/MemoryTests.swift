// The bounded memories of a chat and a queue: acknowledged ids, last words, ranks, releases.

import SangdamJSON
import Testing

@testable import SangdamCore

@Suite struct MemoryTests {
    private func id(_ number: Int) -> ClientMessageID? { ClientMessageID("m\(number)") }

    // MARK: Acknowledged ids

    @Test func theAckWindowForgetsTheOldestPastItsBound() throws {
        var window = AckWindow()
        for number in 0..<AckWindow.limit + 10 {
            window.remember(try #require(id(number)), from: .customer, seq: UInt64(number))
        }
        #expect(window.seq(of: try #require(id(9)), from: .customer) == nil)
        #expect(window.seq(of: try #require(id(10)), from: .customer) == 10)
        #expect(window.seq(of: try #require(id(AckWindow.limit + 9)), from: .customer) == UInt64(AckWindow.limit + 9))
        #expect(window.entries(of: .customer).count == AckWindow.limit)
    }

    @Test func theSendersIDsAreApart() throws {
        var window = AckWindow()
        let name = try #require(id(1))
        let senders: [MessageSender] = [.customer, .agent("kim"), .agent("lee"), .notes("kim"), .notes("lee")]
        for (index, sender) in senders.enumerated() {
            #expect(window.seq(of: name, from: sender) == nil)
            window.remember(name, from: sender, seq: UInt64(index))
        }
        #expect(senders.map { window.seq(of: name, from: $0) } == [0, 1, 2, 3, 4])
        var copy = AckWindow()
        for sender in senders {
            for entry in window.entries(of: sender) { copy.remember(entry.id, from: sender, seq: entry.seq) }
        }
        #expect(copy == window)
    }

    @Test func theAckWindowForgetsTheFirstAgentPastItsBound() throws {
        var window = AckWindow()
        let name = try #require(id(1))
        for number in 0...AckWindow.agentLimit {
            window.remember(name, from: .agent(AgentName("agent-\(number)")), seq: UInt64(number))
            window.remember(name, from: .notes(AgentName("agent-\(number)")), seq: UInt64(number))
        }
        #expect(window.seq(of: name, from: .agent("agent-0")) == nil)
        #expect(window.seq(of: name, from: .notes("agent-0")) == nil)
        #expect(window.noteNames == window.agentNames)
        #expect(window.agentNames == (1...AckWindow.agentLimit).map { AgentName("agent-\($0)") })
    }

    // MARK: Last words

    @Test("What JSON escapes counts as long as it gets") func estimatesWhatIsWritten() {
        var tail = MessageTail(after: 0)
        let deletes = Text(validated: [UInt8](repeating: 0x7F, count: 4000))
        for seq in 1...8 {
            tail.append(
                .message(
                    MessageNotice(
                        chat: ChatID(high: 0, low: 1), seq: UInt64(seq), from: .customer, name: nil, id: nil,
                        body: .words(deletes), at: .opening)))
        }
        var writer = JSONWriter()
        writer.string(deletes)
        #expect(tail.estimatedBytes >= 8 * (writer.bytes.count - 2))
    }

    private func message(_ seq: UInt64, bytes: Int = 1) -> ServerMessage {
        .message(
            MessageNotice(
                chat: ChatID(high: 0, low: 1), seq: seq, from: .customer, name: nil, id: nil,
                body: .words(Text(validated: Array(repeating: 0x61, count: bytes))), at: .opening))
    }

    private func seqs(_ words: [ServerMessage]?) -> [UInt64]? {
        words?.map { word in
            switch word {
            case .message(let message): message.seq
            case .note(let note): note.seq
            default: 0
            }
        }
    }

    @Test func theTailKnowsWhatItNoLongerHolds() {
        var tail = MessageTail(after: 2)
        #expect(seqs(tail.words(after: 2, includingNotes: false)) == [])
        #expect(tail.words(after: 1, includingNotes: false) == nil)
        for seq in 3..<3 + UInt64(MessageTail.limitMessages) { tail.append(message(seq)) }
        #expect(seqs(tail.words(after: 2, includingNotes: false))?.count == MessageTail.limitMessages)
        tail.append(message(100))
        #expect(tail.words(after: 2, includingNotes: false) == nil)
        #expect(seqs(tail.words(after: 3, includingNotes: false))?.count == MessageTail.limitMessages)
        #expect(seqs(tail.words(after: 66, includingNotes: false)) == [100])
    }

    @Test func longWordsPushOutMore() {
        var tail = MessageTail(after: 0)
        for seq in UInt64(1)...9 { tail.append(message(seq, bytes: 4000)) }
        #expect(tail.words(after: 0, includingNotes: false) == nil)
        #expect(seqs(tail.words(after: 1, includingNotes: false)) == [2, 3, 4, 5, 6, 7, 8, 9])
        // Even one alone is too long to keep.
        tail.append(message(10, bytes: MessageTail.limitBytes + 1))
        #expect(tail.words(after: 9, includingNotes: false) == nil)
        #expect(seqs(tail.words(after: 10, includingNotes: false)) == [])
    }

    @Test func notesAreForAgents() {
        var tail = MessageTail(after: 0)
        tail.append(message(1))
        tail.append(
            .note(NoteNotice(chat: ChatID(high: 0, low: 1), seq: 2, by: "kim", text: "careful", at: .opening)))
        tail.append(message(3))
        #expect(seqs(tail.words(after: 0, includingNotes: true)) == [1, 2, 3])
        #expect(seqs(tail.words(after: 0, includingNotes: false)) == [1, 3])
    }

    /// Whoever comes back is told that something was there.
    @Test func erasedWordsKeepTheirPlace() {
        var tail = MessageTail(after: 0)
        tail.append(
            .message(
                MessageNotice(
                    chat: ChatID(high: 0, low: 1), seq: 1, from: .customer, name: nil, id: nil, body: .erased,
                    at: .opening)))
        tail.append(.note(NoteNotice(chat: ChatID(high: 0, low: 1), seq: 2, by: "kim", text: nil, at: .opening)))
        #expect(seqs(tail.words(after: 0, includingNotes: true)) == [1, 2])
        #expect(seqs(tail.words(after: 0, includingNotes: false)) == [1])
    }

    // MARK: Ranks

    @Test func theQueueKeepsItsOrder() {
        func rank(_ isHead: Bool, _ seconds: Double, _ ordinal: UInt64) -> Rank {
            Rank(isHead: isHead, since: .opening(plus: seconds), ordinal: ordinal)
        }
        // In the order in which they are served.
        let ranks = [
            rank(true, 5, 7), rank(true, 5, 8), rank(true, 9, 1), rank(false, 0, 9), rank(false, 1, 2),
            rank(false, 1, 3), rank(false, 4, 0),
        ]
        #expect(ranks.sorted() == ranks)
        var queue = WaitQueue()
        for index in [3, 0, 6, 2, 5, 1, 4] { queue.insert(ChatID(high: 0, low: UInt64(index)), at: ranks[index]) }
        #expect(queue.entries.map(\.chat.low) == [0, 1, 2, 3, 4, 5, 6])
        for (index, rank) in ranks.enumerated() { #expect(queue.position(of: rank) == index + 1) }
        let removals = [queue.remove(at: ranks[2]), queue.remove(at: ranks[2])]
        #expect(removals == [true, false])
        #expect(queue.position(of: ranks[6]) == 6)
        #expect(queue.count == 6 && !queue.isEmpty)
    }

    @Test func theNextInLineIsFoundByRank() {
        func rank(_ seconds: Double) -> Rank {
            Rank(isHead: false, since: .opening(plus: seconds), ordinal: 0)
        }
        func chat(_ number: UInt64) -> ChatID { ChatID(high: 0, low: number) }
        var queue = QueueState()
        #expect(queue.ready.next(after: nil) == nil)
        for number in UInt64(0)..<4 {
            queue.enter(chat(number), at: rank(Double(number)), isReady: number != 1)
        }
        #expect(queue.ready.next(after: nil)?.chat == chat(0))
        #expect(queue.ready.next(after: rank(0))?.chat == chat(2))
        #expect(queue.ready.next(after: rank(0.5))?.chat == chat(2))
        #expect(queue.ready.next(after: rank(3)) == nil)
        queue.setReady(true, chat(1), at: rank(1))
        queue.setReady(true, chat(1), at: rank(1))
        queue.setReady(false, chat(2), at: rank(2))
        #expect(queue.ready.entries.map(\.chat) == [chat(0), chat(1), chat(3)])
        let left = [queue.leave(rank(0)), queue.leave(rank(0))]
        #expect(left == [true, false])
        #expect(queue.ready.entries.map(\.chat) == [chat(1), chat(3)] && queue.waiting.count == 3)
        queue.setNoneReady()
        #expect(queue.ready.isEmpty && queue.waiting.count == 3)
    }

    // MARK: Agents and pauses, by records of formats 1 and 2

    private func write(
        _ name: AgentName, _ status: AgentStatus, isPresent: Bool, day: Double, in state: inout DeskState
    ) throws {
        try state.apply(
            Record(
                at: .opening(plus: day * 86_400),
                body: .agent(
                    AgentRecord(
                        profile: AgentProfile(name), status: status, statusAfterChats: nil, capacity: 1,
                        autoAccept: true, isPresent: isPresent, cause: .lost))))
    }

    @Test func whoLeftLongAgoIsForgotten() throws {
        var state = DeskState()
        try write("kim", .offline, isPresent: false, day: 0, in: &state)
        try write("lee", .offline, isPresent: true, day: 0, in: &state)
        try write("han", .onBreak, isPresent: false, day: 0, in: &state)
        try write("zoe", .available, isPresent: true, day: 30, in: &state)
        #expect(state.agents.keys.sorted() == ["han", "kim", "lee", "zoe"])
        try write("zoe", .available, isPresent: true, day: 30.1, in: &state)
        #expect(state.agents.keys.sorted() == ["han", "lee", "zoe"])
    }

    @Test func ofNineDeclinesEightPausesAreKept() throws {
        var state = DeskState()
        let chat = ChatID(high: 0, low: 1)
        var seq: UInt64 = 0
        func write(_ event: ChatRecord) throws {
            seq += 1
            try state.apply(Record(at: .opening, body: .chat(chat, seq: seq, event)))
        }
        try write(
            .opened(
                Opened(
                    topic: "pay", language: .korean, name: nil, token: TokenDigest(high: 0, low: 1),
                    receipt: Receipt(bits: 1))))
        try write(.queued(Queued(queue: "pay", cause: .entered)))
        let names = (1...9).map { AgentName("agent-\($0)") }
        for (index, name) in names.enumerated() {
            try self.write(name, .available, isPresent: true, day: 0, in: &state)
            let offer = OfferID(high: 0, low: UInt64(index))
            try write(.offered(Offered(offer: offer, agent: name, expires: .opening(plus: 20), isTransfer: false)))
            try write(.offerClosed(OfferClosed(offer, name, .declined)))
        }
        #expect(state.chats[chat]?.declines.map(\.agent) == Array(names.dropFirst()))
        #expect(state.chats[chat]?.declines.map(\.until) == Array(repeating: .opening(plus: 30), count: 8))
    }

    // MARK: Releases

    @Test func onlyTheLastReleasesAreKept() {
        var queue = QueueState()
        for number in 0..<QueueState.recentLimit + 5 {
            queue.release(at: .opening(plus: Double(number)), handling: .seconds(Int64(number)))
        }
        #expect(queue.releases.count == QueueState.recentLimit)
        #expect(queue.releases.first == .opening(plus: 5))
        #expect(queue.handling.last == .seconds(Int64(QueueState.recentLimit + 4)))
    }
}
