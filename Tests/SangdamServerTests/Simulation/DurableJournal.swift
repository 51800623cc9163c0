// What is safe on the disk, read from the files themselves as far as they are synced: the ground on which everything
// that is shown must rest. Each record is judged by the auditor of the desk's own simulation.

import Foundation
import SangdamCore
import SangdamJournal

@testable import SimulationSupport

struct DurableJournal {
    struct Word: Equatable {
        let sender: String
        let id: String?
        let text: String
        let isNote: Bool
    }

    struct Chat {
        var lastSeq: UInt64 = 0
        var words: [UInt64: Word] = [:]
        /// Of words, ascending.
        var seqs: [UInt64] = []
        /// The last record by which the chat waits.
        var queuedSeq: UInt64 = 0
        var transferCount = 0
        var wasStarted = false
        var wasWrappedUp = false
        var hasEnded = false
        var wasRated = false
        /// Of an inquiry: the states that it has been in. Empty for a chat.
        var states: Set<String> = []
        /// What the parties are told of each other, such as `agent away`, ascending.
        var moves: [(what: String, seq: UInt64)] = []
    }

    /// What an agent is, as a record says it.
    struct AgentEntry {
        /// As `HeardLine.agentState`.
        let state: String
        let cause: String
    }

    private(set) var auditor: Auditor
    private(set) var chats: [String: Chat] = [:]
    private(set) var offers: Set<String> = []
    private(set) var closedOffers: Set<String> = []
    /// Of each agent, ascending.
    private(set) var agents: [String: [AgentEntry]] = [:]
    private(set) var lastNumber: UInt64 = 0
    private var complaints: [String] = []
    /// How far each segment has been read.
    private var offsets: [String: Int64] = [:]

    init(_ configuration: DeskConfiguration) {
        auditor = Auditor(configuration)
    }

    /// Reads on, in each segment as far as `safeBytes` says.
    mutating func read(_ folder: String, safeBytes: (String) -> Int64) {
        for name in Self.segments(in: folder) {
            let path = folder + "/journal/" + name
            let begin = offsets[name] ?? 0
            let end = safeBytes(path)
            guard end > begin, let bytes = readFile(path) else { continue }
            offsets[name] = begin + take(bytes[Int(begin)..<min(Int(end), bytes.count)])
        }
        complaints += auditor.complaints
        auditor.complaints = []
    }

    mutating func takeComplaints() -> [String] {
        defer { complaints = [] }
        return complaints
    }

    static func segments(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/journal")) ?? []).sorted()
    }

    /// Takes the whole lines and returns how long they are.
    private mutating func take(_ bytes: ArraySlice<UInt8>) -> Int64 {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            take(line: Array(bytes[start..<end]))
            start = end + 1
        }
        return Int64(start - bytes.startIndex)
    }

    private mutating func take(line: [UInt8]) {
        let decoded: DecodedLine
        do {
            decoded = try line.withUnsafeBytes { try DecodedLine(line: $0) }
        } catch {
            return complaints.append("a line that was synced cannot be read: \(error)")
        }
        if decoded.envelope.number != lastNumber + 1 {
            complaints.append("line \(decoded.envelope.number) follows on \(lastNumber)")
        }
        lastNumber = decoded.envelope.number
        guard case .record(let record) = decoded.content else { return }
        if case .restarted = record.body { auditor.beginLife() }
        auditor.audit(.tick, [.record(record)], at: record.at, isCut: true)
        note(record)
    }

    private mutating func note(_ record: Record) {
        if case .agent(let agent) = record.body { note(agent) }
        guard case .chat(let id, let seq, let event) = record.body else { return }
        chats["\(id)", default: Chat()].lastSeq = seq
        note(event, "\(id)", seq)
    }

    private mutating func note(_ agent: AgentRecord) {
        let after = agent.statusAfterChats?.rawValue ?? "-"
        agents[agent.profile.name.text, default: []].append(
            AgentEntry(
                state: "\(agent.status.rawValue) \(after) \(agent.capacity) \(agent.autoAccept)",
                cause: agent.cause.rawValue))
    }

    private mutating func note(_ event: ChatRecord, _ id: String, _ seq: UInt64) {
        switch event {
        case .queued, .transferred:
            chats[id]?.queuedSeq = seq
            chats[id]?.moves.append(("agent left", seq))
            if case .transferred = event { chats[id]?.transferCount += 1 }
        case .away(let party): chats[id]?.moves.append(("\(party.rawValue) away", seq))
        case .back(let party): chats[id]?.moves.append(("\(party.rawValue) back", seq))
        case .wrappedUp: chats[id]?.wasWrappedUp = true
        case .offered(let offered): offers.insert("\(offered.offer)")
        case .offerClosed(let closed): closedOffers.insert("\(closed.offer)")
        case .started: chats[id]?.wasStarted = true
        case .ended: chats[id]?.hasEnded = true
        case .rated: chats[id]?.wasRated = true
        case .inquiry(let record): if let state = record.state { chats[id]?.states.insert(state) }
        case .message(let message):
            if chats[id]?.states.isEmpty == false, message.name != nil { chats[id]?.states.insert("answered") }
            let sender = message.name.map { "\($0)" } ?? "customer"
            add(
                Word(
                    sender: sender, id: message.id.map { String(decoding: $0.utf8, as: UTF8.self) },
                    text: message.text?.string ?? "", isNote: false),
                id, seq)
        case .note(let agent, let noteID, let text):
            add(
                Word(
                    sender: "notes of \(agent)", id: noteID.map { String(decoding: $0.utf8, as: UTF8.self) },
                    text: text?.string ?? "", isNote: true),
                id, seq)
        default: break
        }
    }

    private mutating func add(_ word: Word, _ chat: String, _ seq: UInt64) {
        if let id = word.id,
            chats[chat]?.words.values.contains(where: { $0.id == id && $0.sender == word.sender }) == true
        {
            complaints.append("\(word.sender)'s \(id) is stored twice in \(chat)")
        }
        chats[chat]?.words[seq] = word
        chats[chat]?.seqs.append(seq)
    }
}

extension InquiryRecord {
    /// What the inquiry is from here on, as the protocol says it.
    fileprivate var state: String? {
        switch self {
        case .inquired: "open"
        case .taken: "taken"
        // What it is released to, it has been before.
        case .released, .reminded, .mailReceived, .mailed, .mailBounced: nil
        case .reopened: "reopened"
        case .closed: "closed"
        }
    }
}
