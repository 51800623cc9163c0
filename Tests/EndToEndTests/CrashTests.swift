// The promise of Durability.md#What-an-ack-promises, by killing the server in the middle of 20 chats, again and again,
// and comparing what was acknowledged, what both sides saw, and what the journal holds.

import Glibc
import Synchronization
import Testing

extension EndToEnd {
    @Suite struct Crash {
        private static let chats = 20
        private static let agents = ["kim", "lee"]
        private static let kills = 3
        private static let acksUntilKill = 300

        @Test("kill -9 in the middle of 20 chats, three times: nothing acked is missing, nothing is there twice")
        func killed() async throws {
            let limits = ["message_burst": "10000", "messages_per_second": "10000"]
            try await withDesk(limits: limits, accounts: .few) { desk in
                let agents = Self.agents.map { Talker(agent: $0) }
                for agent in agents { try await agent.connect(to: desk, capacity: Self.chats) }
                var customers: [Talker] = []
                for number in 1...Self.chats {
                    let customer = Talker(customer: "c\(number)")
                    try await customer.connect(to: desk)
                    try await customer.enter()
                    customers.append(customer)
                }
                for customer in customers {
                    let agent = try await customer.started()
                    try await agents.first { $0.name == agent }.unwrapped.took(customer.chats[0])
                }

                for round in 1...Self.kills {
                    // In the middle: so many words of this life are acknowledged, and as many are on the way.
                    let process = try desk.process
                    let trigger = Trigger(after: Self.acksUntilKill + round) { process.signal(SIGKILL) }
                    for party in customers + agents { party.talk(trigger) }
                    guard await process.state.wait(within: 60, until: { $0.exitStatus != nil }) else {
                        throw TestFailure("only \(trigger.count) acks in a minute")
                    }
                    try await desk.kill()
                    for party in customers + agents { party.stopTalking() }
                    try await desk.start(listen: desk.chat)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for party in customers + agents { group.addTask { try await party.comeBack(to: desk) } }
                        try await group.waitForAll()
                    }
                }
                // Everybody has said everything that was on the way, and has heard everything.
                for party in customers + agents { try await party.waitUntilAllIsAcked() }
                for customer in customers { customer.client.send(["type": "leave"]) }
                for customer in customers { try await customer.client.next("ended") }
                for agent in agents { for _ in agent.chats { try await agent.client.next("ended") } }
                try await desk.stop()

                let journal = try desk.journal()
                #expect(journal.map { $0["n"].int } == Array(1...journal.count))
                for customer in customers {
                    try check(customer, agents, journal.filter { $0["chat"].text == customer.chats[0] })
                }
                let verified = try await desk.transcript("verify")
                #expect(verified.status == 0, "\(verified.output) \(verified.errors)")
            }
        }

        private func check(_ customer: Talker, _ agents: [Talker], _ lines: [JSON]) throws {
            let chat = customer.chats[0]
            #expect(lines.map { $0["seq"].int } == Array(1...lines.count), "\(customer.name): seq is dense")
            let agent = try agents.first { $0.chats.contains(chat) }.unwrapped
            let stored = lines.filter { $0["type"] == "message" }
            let byID = Dictionary(grouping: stored) { $0["id"].text }
            for (author, party, reader) in [(customer, "customer", agent), (agent, "agent", customer)] {
                let said = author.said(in: chat)
                #expect(!said.isEmpty)
                // Everything said was resent until it was acknowledged, so everything is there: once, under its seq.
                for word in said {
                    #expect(
                        byID[word.id]?.count == 1, "\(author.name) \(word.id) stands \(byID[word.id]?.count ?? 0) times"
                    )
                    #expect(byID[word.id]?.first?["seq"].int == word.seq)
                    #expect(byID[word.id]?.first?["text"].text == word.id)
                }
                let words = stored.filter { $0["from"].text == party }
                #expect(words.count == said.count)
                // The other side saw each once, in the order of the journal.
                #expect(
                    reader.heard(in: chat) == words.map { $0["id"].text }, "what \(reader.name) saw of \(author.name)")
            }
        }
    }
}

/// Does something at the nth ack, on the very thread that brings it: what waits for its turn would come too late.
private final class Trigger: Sendable {
    private let counted = Mutex(0)
    private let limit: Int
    private let fire: @Sendable () -> Void

    init(after limit: Int, _ fire: @escaping @Sendable () -> Void) {
        self.limit = limit
        self.fire = fire
    }

    var count: Int { counted.withLock { $0 } }

    func countOne() {
        let isReached = counted.withLock { counted in
            counted += 1
            return counted == limit
        }
        if isReached { fire() }
    }
}

/// A party that keeps talking, remembers what it said, what was acknowledged and what it saw, and comes back after a
/// crash the way a good client does: with `resume` and `after`, or with the password, and with its unacked words again.
private final class Talker: Sendable {
    struct Word: Sendable {
        let id: String
        let chat: String
        var seq: Int?
    }

    private struct Memory: Sendable {
        var chats: [String] = []
        /// What was said, in its order, and where each id stands.
        var words: [Word] = []
        var places: [String: Int] = [:]
        var acked = 0
        /// chat: the ids that were seen, in the order in which they were; and the highest seq.
        var seen: [String: [String]] = [:]
        var lastSeq: [String: Int] = [:]
        var client: Client?
        var token = ""
        /// Set while talking.
        var trigger: Trigger?
    }

    let name: String
    private let isAgent: Bool
    private let memory = Watched(Memory())

    init(customer name: String) {
        self.name = name
        isAgent = false
    }

    init(agent name: String) {
        self.name = name
        isAgent = true
    }

    var chats: [String] { memory.value.chats }

    /// Set in `connect`, which comes first.
    var client: Client {
        guard let client = memory.value.client else { preconditionFailure("\(name) is not connected") }
        return client
    }

    func said(in chat: String) -> [Word] { memory.value.words.filter { $0.chat == chat } }
    func heard(in chat: String) -> [String] { memory.value.seen[chat] ?? [] }

    // MARK: Coming

    func connect(to desk: Desk, capacity: Int = 0) async throws {
        if isAgent {
            let agent = try await Client.agent(name, at: desk, status: nil)
            agent.send([
                "type": "status", "status": "available", "capacity": .number(Double(capacity)), "auto_accept": true,
            ])
            listen(to: agent)
        } else {
            let (customer, token) = try await Client.customer(name, at: desk)
            memory.update { $0.token = token }
            listen(to: customer)
        }
    }

    func enter() async throws {
        let chat = try await client.enter("general")
        memory.update { $0.chats = [chat] }
    }

    func started() async throws -> String {
        try await client.next("started")["agent"].text
    }

    func took(_ chat: String) async throws {
        try await client.next("started") { $0["chat"].text == chat }
        memory.update { $0.chats.append(chat) }
    }

    /// After the crash: back, the missed words heard, the unacked ones said again.
    func comeBack(to desk: Desk) async throws {
        let again: Client
        if isAgent {
            again = try await Client.agent(name, at: desk, status: nil)
        } else {
            let memory = memory.value
            again = try await Client.resume(
                memory.token, after: memory.lastSeq[memory.chats[0]] ?? 0, at: desk, name: name)
        }
        for chat in chats { try await again.next("started") { $0["chat"].text == chat } }
        listen(to: again)
        for word in memory.value.words where word.seq == nil { send(word, to: again) }
        try await waitUntilAllIsAcked()
    }

    /// Takes acks and words as they come.
    private func listen(to client: Client) {
        memory.update { $0.client = client }
        let (memory, isAgent) = (memory, isAgent)
        Task {
            while let message = try? await client.next(ofAny: ["ack", "message"], within: 3_600) {
                memory.update { memory in
                    let (chat, id, seq) = (message["chat"].text, message["id"].text, message["seq"].int ?? -1)
                    let isOwn = message["from"].text == (isAgent ? "agent" : "customer")
                    if message["type"] == "ack" || isOwn {
                        // One's own words in the history stand for an ack that was lost.
                        guard let place = memory.places[id] else { return }
                        if memory.words[place].seq == nil { memory.acked += 1 }
                        if message["type"] == "ack" { memory.trigger?.countOne() }
                        memory.words[place].seq = seq
                    } else if isAgent, seq <= memory.lastSeq[chat] ?? 0 {
                        // Agents get the whole chat again: what is known by its seq is no news.
                        return
                    } else {
                        memory.seen[chat, default: []].append(id)
                    }
                    memory.lastSeq[chat] = max(memory.lastSeq[chat] ?? 0, seq)
                }
            }
        }
    }

    // MARK: Talking

    /// Says something in each chat, two words ahead of the acks, until told to stop.
    func talk(_ trigger: Trigger) {
        memory.update { $0.trigger = trigger }
        let memory = memory
        Task {
            while memory.value.trigger != nil {
                let chats = memory.value.chats
                for chat in chats { say(in: chat) }
                _ = await memory.wait(within: 20) { $0.trigger == nil || $0.words.count - $0.acked < chats.count * 2 }
            }
        }
    }

    func stopTalking() {
        memory.update { $0.trigger = nil }
    }

    private func say(in chat: String) {
        let word = Mutex<Word?>(nil)
        memory.update { memory in
            guard memory.trigger != nil else { return }
            let new = Word(id: "\(name)-\(memory.words.count + 1)", chat: chat, seq: nil)
            memory.places[new.id] = memory.words.count
            memory.words.append(new)
            word.withLock { $0 = new }
        }
        if let word = word.withLock({ $0 }) { send(word, to: client) }
    }

    private func send(_ word: Word, to client: Client) {
        client.send(["type": "say", "chat": .string(word.chat), "id": .string(word.id), "text": .string(word.id)])
    }

    func waitUntilAllIsAcked() async throws {
        guard await memory.wait(within: 30, until: { $0.acked == $0.words.count }) else {
            let missing = memory.value.words.filter { $0.seq == nil }.map(\.id)
            throw TestFailure("\(name) waits for acks of \(missing). Received:\n\(client.record)")
        }
    }
}

extension Optional {
    fileprivate var unwrapped: Wrapped {
        get throws {
            guard let self else { throw TestFailure("there is none") }
            return self
        }
    }
}
