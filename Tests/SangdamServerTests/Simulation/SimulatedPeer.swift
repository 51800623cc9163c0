// A customer or an agent behind one connection, and what each keeps for itself: a ledger of what was said, acknowledged
// and heard. Peers read as they like: at once, slowly, or not at all.

import Foundation
import SangdamNet

/// One line that the server has said, as its peer reads it.
struct HeardLine: CustomStringConvertible {
    let type: String
    private let fields: [String: Any]

    init?(_ bytes: ArraySlice<UInt8>) {
        guard let fields = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any],
            let type = fields["type"] as? String
        else { return nil }
        (self.type, self.fields) = (type, fields)
    }

    subscript(_ name: String) -> String? { fields[name] as? String }
    var seq: UInt64? { (fields["seq"] as? NSNumber)?.uint64Value }
    /// What an agent is, as `welcome` and `status` tell it.
    var agentState: String {
        let agent = fields["agent"] as? [String: Any] ?? fields
        let (status, after) = (agent["status"] as? String ?? "", agent["after_chats"] as? String ?? "-")
        let (capacity, accepts) = (agent["capacity"] as? Int ?? 0, agent["auto_accept"] as? Bool ?? false)
        return "\(status) \(after) \(capacity) \(accepts)"
    }
    var description: String { "\(type) \(fields)" }
}

final class SimulatedPeer {
    enum Party: Equatable {
        case customer(Int)
        case agent(Int)
    }

    enum Reading {
        case atOnce, slow, notAtAll
    }

    let party: Party
    let connection: SimulatedConnection
    var reading = Reading.atOnce
    /// The server has ended it, or the peer has.
    var isGone = false
    var wasWelcomed = false

    // As the server sends it
    private var line: [UInt8] = []
    private var sentBytes = 0
    private var lines: [(line: HeardLine, end: Int)] = []
    /// Of each chat: the last word that was said here.
    var lastSeq: [String: UInt64] = [:]
    /// What the peer said at `hello` it had heard already, and what was safe then.
    var resumed: (chat: String, after: UInt64, safe: UInt64)?
    var isInTranscript = false
    /// Of each chat: the last `started` and the last move of the other party that were said here, by the records they
    /// rest on.
    var startedSeq: [String: UInt64] = [:]
    var moveSeq: [String: UInt64] = [:]
    /// How many of the agent's records what was said here rests on; at first, on how many it may.
    var agentEntries = 0

    // As the peer reads it
    private var takenBytes = 0

    init(_ party: Party, on connection: SimulatedConnection) {
        self.party = party
        self.connection = connection
    }

    var isAgent: Bool { if case .agent = party { true } else { false } }

    /// Whether the peer came back to this word, rather than being there when it was said.
    func wasResumed(_ line: HeardLine) -> Bool {
        guard let resumed, resumed.chat == line["chat"], let seq = line.seq else { return false }
        return seq > resumed.after && seq <= resumed.safe
    }

    func say(_ words: String) {
        connection.say(Array((words + "\n").utf8))
    }

    /// The lines that become whole by these bytes; nil among them for one that is no JSON.
    func append(_ bytes: [UInt8]) -> [HeardLine?] {
        var whole: [HeardLine?] = []
        for byte in bytes {
            sentBytes += 1
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            let heard = HeardLine(line[...])
            if let heard { lines.append((heard, sentBytes)) }
            whole.append(heard)
            line = []
        }
        return whole
    }

    /// What the peer reads of what has arrived.
    func read(_ limit: Int) -> [HeardLine] {
        takenBytes += connection.take(limit).count
        var heard: [HeardLine] = []
        while let first = lines.first, first.end <= takenBytes {
            heard.append(first.line)
            lines.removeFirst()
        }
        return heard
    }
}

struct SimulatedWord {
    let id: String
    let text: String
    /// The chat that it was said in, as an agent names it.
    var chat: String?
    var isNote = false
}

/// What a customer knows.
struct CustomerLedger {
    var token: String?
    var chat: String?
    var isInChat = false
    /// Asked to enter and has not heard of it.
    var isEntering = false
    var wordCount = 0
    var unacknowledged: [SimulatedWord] = []
    var acknowledged: [AcknowledgedWord] = []
    /// The last word of the chat that was read.
    var lastSeq: UInt64 = 0
    /// Of inquiries.
    var receipts: Set<String> = []
    /// Chats that the customer knows to be over.
    var past: Set<String> = []

    init() {}

    /// The desk has forgotten the customer, who begins anew; what was acknowledged stays so.
    init(keeping old: CustomerLedger) {
        (wordCount, acknowledged, past) = (old.wordCount, old.acknowledged, old.past)
        receipts = old.receipts
    }
}

/// What an agent knows.
struct AgentLedger {
    let name: String
    var isAvailable = false
    var offers: [String] = []
    var chats: [String] = []
    var wrappingUp: [String] = []
    var inquiries: Set<String> = []
    var wordCount = 0
    var unacknowledged: [SimulatedWord] = []
    var acknowledged: [AcknowledgedWord] = []
}

struct AcknowledgedWord {
    let chat: String
    let seq: UInt64
    let word: SimulatedWord
}
