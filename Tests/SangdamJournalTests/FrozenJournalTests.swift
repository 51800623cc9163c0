// Journals that released versions wrote, as they wrote them (Tests/Corpora/journals): every later version replays them
// to the state that is frozen beside them, and goes on with them.
//
// The state is frozen as the lines of its checkpoint, from `type` to in front of `s` or `h`, without what names the
// journal: text that a person can compare. `digest` is the hash of that text, so that nobody changes it in passing.
// SANGDAM_FREEZE=1 writes the text of a journal that has none yet and fails with its digest.

import Foundation
import SangdamCore
import SangdamJournal
import Testing

@Suite struct FrozenJournalTests {
    struct Frozen: Sendable, CustomTestStringConvertible {
        let name: String
        let format: UInt64
        let lines: UInt64
        let digest: String

        var testDescription: String { name }
        var folder: String { corpus + "/" + name }

        /// A copy that may be written to.
        func copy() throws -> TemporaryFolder {
            let copy = try TemporaryFolder()
            try FileManager.default.copyItem(atPath: folder + "/journal", toPath: copy.journal)
            return copy
        }

        /// An open chat by how it is open.
        func chat(_ how: String) throws -> ChatID {
            let bytes = Data(try readFile(folder + "/open.json"))
            let chats = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: [String: String]])
            return try #require(chats[how]?["chat"].flatMap { ChatID($0) })
        }
    }

    static let all = [
        // Commit 4979d7c.
        Frozen(name: "format-1", format: 1, lines: 105, digest: "6a13c2a293db75c75f3b1d40795bc409"),
        // Commit a225d09: the kind `account` came without a new format.
        Frozen(name: "format-1-accounts", format: 1, lines: 121, digest: "8be32a1f51197d34a6df091b9a64c423"),
        // Commit 41a5bbe: whatever `apply` then worked out by itself is in the state.
        Frozen(name: "format-2", format: 2, lines: 133, digest: "7ddfc701ddb11241731856516fee453c"),
        // Commit a3f85aa: records say every outcome.
        Frozen(name: "format-3", format: 3, lines: 142, digest: "e5dc6d5df00cba15930a9660dd55cb4f"),
        // Commit 76b86be: a queue is closed by somebody's decision, and whoever waits in it knows.
        Frozen(name: "format-4", format: 4, lines: 149, digest: "8155ca79d6b6499b3050aaa9bbb2a0d7"),
    ]

    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Corpora/journals").path

    @Test("It leads to its frozen state", arguments: all)
    func state(frozen: Frozen) throws {
        let copy = try frozen.copy()
        var state = DeskState()
        let (journal, report) = try Journal.open(JournalConfiguration(dataDirectory: copy.path), progress: { _ in }) {
            try state.take($0)
        }
        #expect(report.lastNumber == frozen.lines)
        #expect(journal.close() == nil)
        let text = try state.text()
        let file = frozen.folder + "/state.jsonl"
        if ProcessInfo.processInfo.environment["SANGDAM_FREEZE"] == "1", !FileManager.default.fileExists(atPath: file) {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        }
        let wanted = String(decoding: try readFile(file), as: UTF8.self)
        for (found, wanted) in zip(text.split(separator: "\n"), wanted.split(separator: "\n")) {
            #expect(found == wanted)
        }
        #expect(text == wanted)
        let digest = Array(wanted.utf8).withUnsafeBytes { ChainLink(after: .origin, line: $0) }
        #expect(digest.description == frozen.digest)
    }

    /// What the version that wrote it held for its state stands in the journal, at the head of each later segment.
    @Test("Its lines lead to each of its own checkpoints", arguments: all)
    func checkpoints(frozen: Frozen) throws {
        var replayed = DeskState()
        var stored = DeskState()
        var partsDue = 0
        var compared = 0
        for (index, line) in try frozen.copy().lines().enumerated() {
            let decoded = try line.withUnsafeBytes { try DecodedLine(line: $0) }
            switch decoded.content {
            case .record(let record):
                try replayed.apply(record)
            case .checkpoint(let part):
                if case .desk(let desk) = part { partsDue = desk.entries + 1 }
                try stored.restore(part)
                partsDue -= 1
                guard partsDue == 0, index > 0 else { continue }
                #expect(replayed == stored, "line \(index + 1)")
                compared += 1
            case .erased:
                break
            }
        }
        #expect(try compared == frozen.copy().files().count - 1)
    }

    @Test("It is gone on with: an open chat is continued, under a head of today", arguments: all)
    func goingOn(frozen: Frozen) throws {
        let copy = try frozen.copy()
        let files = try copy.files()
        let before = try files.map(copy.read)
        let chat = try frozen.chat("active")
        var state = DeskState()
        let configuration = JournalConfiguration(dataDirectory: copy.path)
        let (journal, report) = try Journal.open(configuration, progress: { _ in }) { try state.take($0) }
        let now = try #require(report.lastAt) + .seconds(1)
        let seq = try #require(state.chats[chat]?.lastSeq)
        let isOlder = frozen.format < SegmentHead.knownFormat
        #expect(journal.isSegmentStale == isOlder)
        #expect(journal.wantsNewSegment(at: now) == isOlder)
        // As a start does, in front of its first line.
        journal.beginSegment(checkpoint: state.checkpoint(), at: now)
        #expect(!journal.isSegmentStale)
        let configured = ConfigurationRecord(
            fingerprint: 1, queues: [], offerTimeout: .seconds(20), unansweredUntilBreak: 2,
            declinePause: .seconds(30), queueLength: 100)
        let said = StoredMessage(from: .customer, name: nil, id: nil, text: "계속")
        for body in [.restarted, .configured(configured), Record.Body.chat(chat, seq: seq + 1, .message(said))] {
            let record = Record(at: now, body: body)
            journal.append(record)
            try state.apply(record)
        }
        #expect(journal.close() == nil)
        let ours = try copy.lines().dropFirst(Int(frozen.lines)).map { String(decoding: $0, as: UTF8.self) }
        #expect(ours.first?.contains(#""type":"checkpoint","format":5"#) == true)
        #expect(ours.filter { $0.contains(#""type":"configured""#) }.count == 1)

        // Nothing that was there has changed, but for what stands behind it.
        for (file, bytes) in zip(files, before) { #expect(try copy.read(file).starts(with: bytes), "\(file)") }
        let verification = try Verification(dataDirectory: copy.path)
        #expect(verification.isSound)
        #expect(verification.format == SegmentHead.knownFormat)
        #expect(verification.epoch != nil)
        var again = DeskState()
        let (second, _) = try Journal.open(configuration, progress: { _ in }) { try again.take($0) }
        #expect(again == state)
        #expect(second.close() == nil)
        var words: [String] = []
        try TranscriptReader(dataDirectory: copy.path).forEachLine(of: chat) { _, record in
            if case .chat(_, _, .message(let message)) = record?.body, let text = message.text {
                words.append(text.string)
            }
        }
        #expect(words.first == "환불이 \u{2028}안 돼요 🙂")
        #expect(words.last == "계속")
    }

    /// A kind that no frozen journal has is one whose reading nothing holds fast.
    @Test func everyKindIsFrozen() throws {
        var kinds: Set<LineKind> = []
        for frozen in Self.all {
            for line in try frozen.copy().lines() {
                if let kind = try line.withUnsafeBytes({ try LineEnvelope(line: $0).kind }) { kinds.insert(kind) }
            }
        }
        // Nothing writes `erased` yet; the others are of the present format.
        #expect(
            Set(LineKind.allCases).subtracting(kinds) == [
                .erased, .inquired, .inquiryTaken, .inquiryReleased, .inquiryReopened,
                .inquiryReminded, .inquiryClosed, .mailReceived, .mailed, .mailBounced, .checkpointInquiry,
            ])
    }
}

extension DeskState {
    fileprivate mutating func take(_ item: RecoveredItem) throws {
        switch item {
        case .checkpoint(let part): try restore(part)
        case .record(let record): try apply(record)
        }
    }

    /// Its checkpoint as text; see above.
    fileprivate func text() throws -> String {
        let folder = try TemporaryFolder()
        let open = try OpenJournal(folder)
        open.journal.beginSegment(checkpoint: checkpoint(), at: morning)
        open.journal.close()
        let head = try Regex(#""format":\d+,("epoch":"\w+",)?"#)
        return try folder.lines().map { bytes in
            let line = String(decoding: bytes, as: UTF8.self)
            let type = try #require(line.range(of: #""type":"#))
            let end = try #require(line.range(of: #","s":"#) ?? line.range(of: #","h":"#))
            return "{" + line[type.lowerBound..<end.lowerBound].replacing(head, with: "") + "}\n"
        }.joined()
    }
}
