// The audit's books as a table: what was sent, what came back, and which faults must be found in it.

import SangdamCore
import Testing

@testable import SangdamLoad

private let home = ChatID(high: 1, low: 1)
private let elsewhere = ChatID(high: 2, low: 2)

private enum Step {
    /// So many messages of the pair.
    case send(Int, pair: Int = 0)
    /// To the agent of the same index as the pair, in the right chat, unless said otherwise.
    case message(UInt32, seq: UInt64, pair: UInt32 = 0, to: Int? = nil, inChat: ChatID? = home)
    case damaged
    case ack(UInt32?, seq: UInt64, pair: Int = 0, inChat: ChatID? = home)
}

private struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [Step]
    /// Kinds of fault by their JSON keys, and how many of each; all others must be 0.
    let faults: [String: UInt64]
}

private let whole: [Step] = [
    .send(3), .message(0, seq: 1), .ack(0, seq: 1), .message(1, seq: 2), .message(2, seq: 4), .ack(1, seq: 2),
    .ack(2, seq: 4),
]

private let rows: [Row] = [
    Row(testDescription: "all is well", steps: whole, faults: [:]),
    Row(
        testDescription: "two pairs, mixed",
        steps: whole + [.send(1, pair: 1), .message(0, seq: 1, pair: 1), .ack(0, seq: 1, pair: 1)], faults: [:]),
    Row(
        testDescription: "the last is lost", steps: [.send(2), .message(0, seq: 1), .ack(0, seq: 1), .ack(1, seq: 2)],
        faults: ["lost": 1]),
    Row(
        testDescription: "one in the middle is lost",
        steps: [.send(3), .message(0, seq: 1), .message(2, seq: 3), .ack(0, seq: 1), .ack(1, seq: 2), .ack(2, seq: 3)],
        faults: ["lost": 1, "gaps": 1]),
    Row(
        testDescription: "overtaken, not lost",
        steps: [.send(2), .message(1, seq: 2), .message(0, seq: 3), .ack(0, seq: 1), .ack(1, seq: 2)],
        faults: ["misordered": 1]),
    Row(
        testDescription: "the server's seq stands still",
        steps: [.send(2), .message(0, seq: 2), .message(1, seq: 2), .ack(0, seq: 2), .ack(1, seq: 3)],
        faults: ["misordered": 1]),
    Row(
        testDescription: "delivered twice while open",
        steps: [.send(1), .message(0, seq: 1), .message(0, seq: 1), .ack(0, seq: 1)], faults: ["duplicates": 1]),
    Row(testDescription: "delivered twice, long ago", steps: whole + [.message(0, seq: 9)], faults: ["duplicates": 1]),
    Row(testDescription: "a text that is none of ours", steps: whole + [.damaged], faults: ["damaged": 1]),
    Row(testDescription: "a number that was never sent", steps: whole + [.message(3, seq: 9)], faults: ["damaged": 1]),
    Row(
        testDescription: "a pair that does not exist", steps: whole + [.message(0, seq: 9, pair: 77)],
        faults: ["damaged": 1]),
    Row(
        testDescription: "the largest numbers there are", steps: whole + [.message(.max, seq: .max, pair: .max)],
        faults: ["damaged": 1]),
    Row(
        testDescription: "to another agent", steps: [.send(1), .message(0, seq: 1, to: 1), .ack(0, seq: 1)],
        faults: ["misrouted": 1]),
    Row(
        testDescription: "in another chat", steps: [.send(1), .message(0, seq: 1, inChat: elsewhere), .ack(0, seq: 1)],
        faults: ["misrouted": 1]),
    Row(
        testDescription: "never acknowledged",
        steps: [.send(2), .message(0, seq: 1), .message(1, seq: 2), .ack(0, seq: 1)],
        faults: ["unacked": 1]),
    Row(
        testDescription: "an ack is skipped",
        steps: [.send(2), .message(0, seq: 1), .message(1, seq: 2), .ack(1, seq: 2)],
        faults: ["unacked": 1, "ack_gaps": 1]),
    Row(testDescription: "acknowledged twice", steps: whole + [.ack(2, seq: 5)], faults: ["ack_duplicates": 1]),
    Row(
        testDescription: "acks out of order",
        steps: [.send(2), .message(0, seq: 1), .message(1, seq: 2), .ack(1, seq: 2), .ack(0, seq: 1)],
        faults: ["ack_misordered": 1]),
    Row(
        testDescription: "an ack for no id of ours", steps: whole + [.ack(nil, seq: 9)], faults: ["ack_damaged": 1]),
    Row(testDescription: "an ack for nothing sent", steps: whole + [.ack(3, seq: 9)], faults: ["ack_damaged": 1]),
    Row(
        testDescription: "an ack of another chat",
        steps: [.send(1), .message(0, seq: 1), .ack(0, seq: 1, inChat: elsewhere)],
        faults: ["ack_damaged": 1, "unacked": 1]),
]

@Suite("The audit's ledger")
struct AuditLedgerTests {
    @Test("Finds every kind of fault and nothing else", arguments: rows)
    private func faults(row: Row) {
        var ledger = AuditLedger(pairs: 2, slotsPerPair: 4)
        ledger.bind(0, chat: home, receiver: 0)
        ledger.bind(1, chat: home, receiver: 1)
        for step in row.steps {
            switch step {
            case .send(let count, let pair):
                for _ in 0..<count { _ = ledger.take(pair, at: 0) }
            case .message(let number, let seq, let pair, let agent, let chat):
                let mark = AuditLedger.Mark(pair: pair, number: number)
                _ = ledger.delivered(mark, chat: chat, to: agent ?? Int(pair), seq: seq, at: 1)
            case .damaged:
                _ = ledger.delivered(nil, chat: home, to: 0, seq: 99, at: 1)
            case .ack(let number, let seq, let pair, let chat):
                _ = ledger.acked(number, pair: pair, chat: chat, seq: seq, at: 1)
            }
        }
        let counts = ledger.counts
        var found: [String: UInt64] = [:]
        for fault in counts.faults where fault.count > 0 { found["\(fault.key)"] = fault.count }
        #expect(found == row.faults)
        #expect(counts.isRight == row.faults.isEmpty)
        let isSettled = ledger.isSettled
        #expect(isSettled == (row.faults["lost"] == nil && row.faults["unacked"] == nil))
        // What did not come at all is only known at the end.
        let firstFault = ledger.firstFault
        #expect((firstFault != nil) == !Set(row.faults.keys).isDisjoint(with: AuditLedgerTests.noticed))
    }

    private static let noticed: Set = [
        "duplicates", "misordered", "damaged", "misrouted", "ack_duplicates", "ack_misordered", "ack_damaged",
    ]

    @Test("The ring has room again once both answers are there, from the oldest on")
    func room() {
        var ledger = AuditLedger(pairs: 1, slotsPerPair: 4)
        ledger.bind(0, chat: home, receiver: 0)
        func answer(_ number: UInt32, _ ledger: inout AuditLedger) {
            let mark = AuditLedger.Mark(pair: 0, number: number)
            _ = ledger.delivered(mark, chat: home, to: 0, seq: UInt64(number) + 1, at: 1)
            _ = ledger.acked(number, pair: 0, chat: home, seq: UInt64(number) + 1, at: 1)
        }
        for _ in 0..<4 { _ = ledger.take(0, at: 0) }
        var room = ledger.room(0)
        #expect(room == 0)
        answer(1, &ledger)
        room = ledger.room(0)
        #expect(room == 0)
        answer(0, &ledger)
        room = ledger.room(0)
        #expect(room == 2)
        // Around the ring many times.
        for number in UInt32(2)..<1_000 {
            if ledger.room(0) > 0 { _ = ledger.take(0, at: 0) }
            answer(number, &ledger)
        }
        let (duplicates, damaged) = (ledger.counts.duplicates, ledger.counts.damaged)
        #expect(duplicates == 0 && damaged == 0)
    }

    @Test("Latency counts from the time that was given, and is never negative")
    func latency() {
        var ledger = AuditLedger(pairs: 1, slotsPerPair: 4)
        ledger.bind(0, chat: home, receiver: 0)
        _ = ledger.take(0, at: 1_000)
        let message = ledger.delivered(AuditLedger.Mark(pair: 0, number: 0), chat: home, to: 0, seq: 1, at: 3_500)
        let ack = ledger.acked(0, pair: 0, chat: home, seq: 1, at: 900)
        #expect(message == 2_500)
        #expect(ack == 0)
    }
}
