// Words read back: exactly those asked for, over segments, next to a writing journal, within bounds.

import Dispatch
import SangdamCore
import SangdamJournal
import Synchronization
import Testing

@Suite struct HistoryReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func request(
        _ chat: ChatID = chatA, after: UInt64 = 0, through: UInt64, notes: Bool = false
    ) -> HistoryRequest {
        HistoryRequest(chat: chat, after: after, through: through, includesNotes: notes, isTranscript: false)
    }

    private func read(_ requests: [HistoryRequest], _ reader: HistoryReader? = nil) throws -> [HistoryAnswer] {
        let found = Mutex<Result<[HistoryAnswer], JournalError>?>(nil)
        let done = DispatchSemaphore(value: 0)
        (reader ?? HistoryReader(dataDirectory: folder.path, queue: DispatchJournalQueue(label: "history"))).read(
            requests
        ) { result in
            found.withLock { $0 = result }
            done.signal()
        }
        try #require(done.wait(timeout: .now() + 10) == .success)
        return try #require(found.withLock { $0 }).get()
    }

    /// Two chats by turns, seqs 1 to 30 each, a note at every tenth, in five segments, with checkpoints that repeat
    /// chat A.
    private func writeTwoChats() throws {
        let open = try OpenJournal(folder)
        var random = SeededGenerator(seed: 5)
        var known = random.chat(.active("kim", since: morning))
        known = Chat(
            id: chatA,
            opened: Opened(
                topic: "t", language: .korean, name: nil, token: known.token, receipt: known.receipt),
            at: morning, lastSeq: 1, queue: "q", phase: known.phase)
        for seq in 1...30 as ClosedRange<UInt64> {
            let at = morning + .seconds(Int64(seq))
            if seq % 7 == 0 {
                known.lastSeq = seq - 1
                open.journal.beginSegment(
                    checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 1)), .chat(known)], at: at)
            }
            for chat in [chatA, chatB] {
                let event: ChatRecord =
                    switch seq % 10 {
                    case 0: .note(by: "kim", id: nil, text: Text("note \(seq)"))
                    case 1: .away(.customer)
                    default:
                        .message(
                            StoredMessage(
                                from: .customer, name: nil, id: nil,
                                // Words that look like another chat's envelope.
                                text: Text(
                                    "\(seq),\"chat\":\"\(chat == chatA ? chatB : chatA)\",\"seq\":\(seq) \u{2028}🙂")))
                    }
                open.journal.append(Record(at: at, body: .chat(chat, seq: seq, event)))
            }
        }
        open.journal.close()
        #expect(try folder.files().count == 5)
    }

    private func isMessage(_ seq: UInt64) -> Bool { seq % 10 > 1 }
    private func isWord(_ seq: UInt64) -> Bool { seq % 10 != 1 }

    @Test(arguments: [(0, 30), (0, 1), (5, 5), (7, 3), (6, 8), (13, 29), (29, 30), (0, 1000), (30, 40)])
    func exactlyWhatWasAskedFor(after: UInt64, through: UInt64) throws {
        try writeTwoChats()
        let answers = try read([
            request(after: after, through: through), request(chatB, after: after, through: through, notes: true),
        ])
        let range = after < through ? Array((after + 1)...min(max(through, 1), 30 + after)) : []
        let seqs = range.filter { $0 <= 30 && $0 <= through }
        #expect(answers.count == 2)
        #expect(answers[0].items.map(\.seq) == seqs.filter(isMessage))
        #expect(answers[1].items.map(\.seq) == seqs.filter(isWord))
        for answer in answers {
            #expect(answer.isComplete)
            for item in answer.items {
                #expect(item.chat == answer.request.chat)
                #expect(item.at == morning + .seconds(Int64(item.seq)))
                switch item.body {
                case .message(let message): #expect(message.text?.string.hasPrefix("\(item.seq),\"chat\"") == true)
                case .note(let by, let text):
                    #expect(by == "kim")
                    #expect(text?.string == "note \(item.seq)")
                }
            }
        }
    }

    @Test func aChatThatIsNotThereHasNoWords() throws {
        try writeTwoChats()
        let unborn = ChatID(high: chatA.high + (1 << 40), low: 0)
        let answers = try read([request(ChatID(high: 0, low: 0), through: 9), request(unborn, through: 9)])
        #expect(answers.map(\.items) == [[], []])
    }

    @Test func aboundEndsTheAnswerEarlyAndItCanBeGoneOnWith() throws {
        try writeTwoChats()
        var byItems = HistoryReader.Limits()
        byItems.items = 4
        var byBytes = HistoryReader.Limits()
        byBytes.bytes = 200
        var byOne = HistoryReader.Limits()
        byOne.bytes = 1
        for limits in [byItems, byBytes, byOne] {
            let reader = HistoryReader(
                dataDirectory: folder.path, limits: limits, queue: DispatchJournalQueue(label: "history"))
            var seqs: [UInt64] = []
            var after: UInt64 = 0
            for round in 0..<100 {
                let answer = try #require(try read([request(after: after, through: 30, notes: true)], reader).first)
                seqs += answer.items.map(\.seq)
                after = answer.items.last?.seq ?? after
                #expect(answer.items.count <= 4)
                if answer.isComplete { break }
                try #require(round < 99)
            }
            #expect(seqs == (1...30).filter(isWord))
        }
    }

    /// What lies in front of the bookmark is not even looked at: it may have become unreadable.
    @Test func whoGoesOnBeginsWhereTheAnswerEnded() throws {
        try writeTwoChats()
        var limits = HistoryReader.Limits()
        limits.items = 4
        let reader = HistoryReader(
            dataDirectory: folder.path, limits: limits, queue: DispatchJournalQueue(label: "history"))
        let first = try #require(try read([request(through: 30)], reader).first)
        let last = try #require(first.items.last)
        // The chat's second line, in the first segment, still a line of this chat but no JSON.
        let file = try #require(folder.files().first)
        var bytes = try folder.read(file)
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        bytes[ends[3] - 1] = UInt8(ascii: "x")
        try folder.write(bytes, to: file)
        let next = try #require(try read([request(after: last.seq, through: 30)], reader).first)
        #expect(next.items.first.map { $0.seq > last.seq } == true)
        #expect(throws: JournalError.self) { try read([request(through: 30)], reader) }
    }

    @Test func everybodyWhoAsksAtOnceIsAnswered() throws {
        try writeTwoChats()
        let reader = HistoryReader(dataDirectory: folder.path, queue: DispatchJournalQueue(label: "history"))
        let counts = Mutex<[Int]>([])
        let done = DispatchSemaphore(value: 0)
        for through in 1...30 as ClosedRange<UInt64> {
            reader.read([request(through: through)]) { result in
                if case .success(let answers) = result { counts.withLock { $0.append(answers[0].items.count) } }
                done.signal()
            }
        }
        for _ in 1...30 { try #require(done.wait(timeout: .now() + 10) == .success) }
        #expect(counts.withLock { $0 } == (1...30).map { through in (1...through).filter { isMessage($0) }.count })
    }

    @Test func aWritingJournalIsReadUpToWhatWasHandedOver() throws {
        for durability in Durability.allCases {
            let own = try TemporaryFolder()
            var configuration = JournalConfiguration(dataDirectory: own.path)
            configuration.durability = durability
            let open = try OpenJournal(configuration)
            let reader = HistoryReader(dataDirectory: own.path, queue: DispatchJournalQueue(label: "history"))
            for seq in 1...20 as ClosedRange<UInt64> {
                open.journal.append(message("말 \(seq)", seq: seq))
                let ticket = open.journal.commit()
                let written = DispatchSemaphore(value: 0)
                open.journal.afterWritten(ticket) { written.signal() }
                try #require(written.wait(timeout: .now() + 10) == .success)
                #expect(try read([request(through: seq)], reader)[0].items.count == Int(seq), "\(durability)")
            }
            open.journal.close()
        }
    }

    @Test func damageIsToldWithItsPlace() throws {
        try writeTwoChats()
        let file = try folder.files()[1]
        var bytes = try folder.read(file)
        let text = Array("\"from\"".utf8)
        let index = try #require(bytes.indices.first { bytes[$0...].starts(with: text) })
        bytes[index + 1] = UInt8(ascii: "x")
        try folder.write(bytes, to: file)
        #expect(throws: JournalError.damaged(file: file, line: 3, why: "the field from is missing")) {
            _ = try read([request(through: 30)])
        }
    }
}
