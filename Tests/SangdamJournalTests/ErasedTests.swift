// Lines whose words are gone: the chain goes by what stays, and every reader says that something was there.

import Dispatch
import SangdamCore
import SangdamJournal
import Synchronization
import Testing

@Suite struct ErasedTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// One line of each kind that can hold words, and some that can't, in two segments; n as in the file.
    private func write() throws -> [String] {
        let open = try OpenJournal(folder)
        var random = SeededGenerator(seed: 3)
        var intake = Intake()
        intake["what"] = "결제 오류"
        let opened = Opened(
            topic: "refund", language: .korean, name: "김철수", token: TokenDigest(high: 1, low: 2),
            receipt: Receipt(bits: 1))
        let events: [ChatRecord] = [
            .opened(opened), .intake(intake), .queued(Queued(queue: "general", cause: .entered)),
            .offerClosed(OfferClosed(random.id(), "kim", .declined, reason: "점심")),
            .message(StoredMessage(from: .customer, name: nil, id: ClientMessageID("c-1"), text: "비밀")),
            .note(by: "kim", id: nil, text: "비밀 메모"), .rated(score: 5, comment: "감사합니다"),
            .message(StoredMessage(from: .agent, name: "kim", id: nil, text: "남는 말")),
        ]
        var chat = random.chat(.active("kim", since: morning))
        chat.intake = intake
        for (index, event) in events.enumerated() {
            open.journal.append(Record(at: morning, body: .chat(chatA, seq: UInt64(index) + 1, event)))
        }
        open.journal.beginSegment(
            checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 1)), .chat(chat)], at: morning)
        open.journal.append(message("danach", seq: 9))
        open.journal.close()
        return try folder.lines().map { String(decoding: $0, as: UTF8.self) }
    }

    /// The line without its words and its salt, as the eraser is to leave it.
    private func erased(_ line: String) throws -> String {
        var line = line
        for pattern in [
            #","s":"[^"]*""#, #","text":"[^"]*""#, #","name":"[^"]*""#, #","reason":"[^"]*""#, #","comment":"[^"]*""#,
            #","intake":\{[^}]*\}"#,
        ] {
            line = line.replacing(try Regex(pattern), with: "")
        }
        return line
    }

    /// Puts the lines into the files again, the first ten into the first, with others behind them.
    private func put(_ lines: [String], then more: [String]) throws {
        let files = try folder.files()
        try folder.write(Array(lines[..<9].map { $0 + "\n" }.joined().utf8), to: files[0])
        let rest = Array(lines[9...].map { $0 + "\n" }.joined().utf8)
        try folder.write(rest + chained(more, behind: Array(lines[lines.count - 1].utf8)), to: files[1])
    }

    private func erasure(_ number: Int, _ lines: String) -> String {
        #"{"n":\#(number),"at":"2026-11-22T09:00:00.000Z","type":"erased","lines":[\#(lines)],"by":"root""#
    }

    private func refusal() -> JournalError? {
        do {
            try OpenJournal(folder).journal.close()
            return nil
        } catch {
            return error as? JournalError
        }
    }

    /// n of the lines that hold words: all but the heads, `queued` and what no test erases.
    private static let withWords = [2, 3, 5, 6, 7, 8, 11]

    @Test(arguments: withWords)
    func everyKindThatHoldsWordsCanBeErased(number: Int) throws {
        var lines = try write()
        let whole = lines[number - 1]
        lines[number - 1] = try erased(whole)
        #expect(lines[number - 1].count < whole.count - 25, "\(whole)")
        // Without a word about it, it is a line that somebody changed.
        try put(lines, then: [])
        let why = "the line's hash does not follow from the line before it"
        let file = try folder.files()[number < 10 ? 0 : 1]
        let line = UInt64(number < 10 ? number : number - 9)
        #expect(try Verification(dataDirectory: folder.path).fault == .damaged(file: file, line: line, why: why))

        try put(lines, then: [erasure(13, "\(number)")])
        let verification = try Verification(dataDirectory: folder.path)
        #expect(verification.isSound, "\(verification)")
        #expect(verification.erasedLines == 1)
        #expect(verification.lines == 13)
        #expect(verification.unknownLines == 0)
        let open = try OpenJournal(folder)
        #expect(open.report.segmentsReplayed == 1)
        #expect(open.report.lastNumber == 13)
        open.journal.append(message("weiter", seq: 10))
        #expect(open.journal.close() == nil)
        #expect(try Verification(dataDirectory: folder.path).isSound)
    }

    /// The whole journal is replayed, as where the newest checkpoint was cut off.
    @Test func allOfItCanBeErasedAndIsReplayed() throws {
        var lines = try write()
        for number in Self.withWords { lines[number - 1] = try erased(lines[number - 1]) }
        lines.removeLast(2)
        try put(lines, then: [#"{"n":11,"at":"2026-11-22T09:00:00.000Z","type":"erased","lines":[8,7,6,5,3,2]"#])
        let open = try OpenJournal(folder)
        #expect(open.report.segmentsReplayed == 2)
        let events = open.records.compactMap { if case .chat(_, _, let event) = $0.body { event } else { nil } }
        #expect(events.count == 8)
        #expect(events.contains(.intake(Intake())))
        #expect(
            events.contains(
                .message(
                    StoredMessage(from: .customer, name: nil, id: ClientMessageID("c-1"), text: nil))))
        #expect(events.contains(.note(by: "kim", id: nil, text: nil)))
        #expect(events.contains(.rated(score: 5, comment: nil)))
        #expect(events.last == .message(StoredMessage(from: .agent, name: "kim", id: nil, text: "남는 말")))
        open.journal.close()
    }

    /// Between the word about it and the deed, a line is as it was, and nobody can say something else in its stead.
    @Test func whatIsNamedAndStillThereIsChecked() throws {
        let lines = try write()
        try put(lines, then: [erasure(13, "6")])
        let verification = try Verification(dataDirectory: folder.path)
        #expect(verification.isSound)
        #expect(verification.erasedLines == 0)
        var other = lines
        other[5] = lines[5].replacing("비밀", with: "거짓")
        try put(other, then: [erasure(13, "6")])
        #expect(try Verification(dataDirectory: folder.path).fault != nil)
        // Words without a salt are nobody's: the name alone does not let them in.
        other[5] = lines[5].replacing(try Regex(#","s":"[^"]*""#), with: "")
        try put(other, then: [erasure(13, "6")])
        #expect(
            try Verification(dataDirectory: folder.path).fault
                == .damaged(file: try folder.files()[0], line: 6, why: "the field s is missing"))
    }

    /// What an `erased` line must not name, where the fault is told and in which words.
    private static let damage: [(lines: [String], file: Int, line: UInt64, why: String)] = [
        (["13"], 1, 4, "it names itself as erased"), (["14"], 1, 4, "it names line 14 as erased, which comes later"),
        (["6,6"], 1, 4, "it names a line twice as erased, or one that cannot be"),
        (["0"], 1, 4, "it names a line twice as erased, or one that cannot be"),
        (["6", "2,6"], 1, 5, "it names line 6 as erased, which another line has done before"),
        (["4"], 0, 4, "it is named as erased, but a line of its type holds nobody's words"),
        (["10"], 1, 1, "it is named as erased, but a line of its type holds nobody's words"),
        (["6", "13"], 1, 4, "it is named as erased, but a line of its type holds nobody's words"),
        ([""], 1, 4, "the field lines has a value that it cannot have"),
    ]

    @Test(arguments: damage)
    func whatCannotBeErasedIsDamage(lines: [String], file: Int, line: UInt64, why: String) throws {
        let written = try write()
        try put(
            written,
            then: lines.enumerated().map { erasure(13 + $0.offset, $0.element) } + [
                #"{"n":\#(13 + lines.count),"at":"2026-11-22T09:00:00.000Z","type":"restarted""#
            ])
        let damaged = JournalError.damaged(file: try folder.files()[file], line: line, why: why)
        #expect(try Verification(dataDirectory: folder.path).fault == damaged)
        // A start looks at the names of lines that it reads, which are those of the second file.
        let isReplayed = file == 1 && !lines.contains("2,6")
        #expect(refusal() == (isReplayed ? damaged : nil))
    }

    /// An `erased` line whose own hash does not follow names nothing: it is a torn tail, or somebody's invention.
    @Test func anInventedLineErasesNothing() throws {
        var lines = try write()
        lines[5] = try erased(lines[5])
        try put(lines, then: [erasure(13, "6") + #","h":"00000000000000000000000000000000"}"#])
        guard case .damaged(_, 6, _) = try Verification(dataDirectory: folder.path).fault else {
            Issue.record("the line counts as erased")
            return
        }
    }

    @Test func whoReadsBackIsToldThatSomethingWasThere() throws {
        var lines = try write()
        for number in [6, 7] { lines[number - 1] = try erased(lines[number - 1]) }
        try put(lines, then: [erasure(13, "6,7")])
        let found = Mutex<Result<[HistoryAnswer], JournalError>?>(nil)
        let done = DispatchSemaphore(value: 0)
        let request = HistoryRequest(chat: chatA, after: 0, through: 9, includesNotes: true, isTranscript: false)
        HistoryReader(dataDirectory: folder.path, queue: DispatchJournalQueue(label: "history")).read([request]) {
            result in
            found.withLock { $0 = result }
            done.signal()
        }
        try #require(done.wait(timeout: .now() + 10) == .success)
        let items = try #require(try found.withLock { try $0?.get() }?.first?.items)
        #expect(
            items.map(\.body) == [
                .message(StoredMessage(from: .customer, name: nil, id: ClientMessageID("c-1"), text: nil)),
                .note(by: "kim", text: nil),
                .message(StoredMessage(from: .agent, name: "kim", id: nil, text: "남는 말")),
                .message(StoredMessage(from: .customer, name: nil, id: ClientMessageID("c-9"), text: "danach")),
            ])
        let reader = TranscriptReader(dataDirectory: folder.path)
        var events: [ChatRecord] = []
        try reader.forEachLine(of: chatA) { _, record in
            if case .chat(_, _, let event) = record?.body { events.append(event) }
        }
        #expect(events.count == 9)
        #expect(events.contains(.note(by: "kim", id: nil, text: nil)))
        var summaries: [ChatSummary] = []
        try reader.forEachChat { summaries.append($0) }
        #expect(summaries.first { $0.id == chatA }?.messages == 3)
    }

    /// Whatever the window holds, every name is met, and each that is there twice is told.
    @Test(arguments: [1, 2, 3, 7, 1000])
    func aSmallWindowFindsEveryName(limit: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let open = try OpenJournal(folder)
        for seq in 1...200 { open.journal.append(message("\(seq)", seq: UInt64(seq))) }
        open.journal.close()
        let lines = try folder.lines()
        let named = (2...201).filter { _ in random.chance(30) }.shuffled(using: &random)
        var more: [String] = []
        for start in stride(from: 0, to: named.count, by: 5) {
            let names = named[start..<min(start + 5, named.count)]
            more.append(erasure(202 + more.count, names.map(String.init).joined(separator: ",")))
        }
        // Named twice, which is damage that is told elsewhere: the name is found all the same.
        more.append(erasure(202 + more.count, "\(named[0])"))
        let file = try folder.files()[0]
        try folder.write(try folder.read(file) + chained(more, behind: lines.last), to: file)
        let directory = SegmentDirectory(dataDirectory: folder.path)
        var erased = try ErasedLines(directory, try directory.segments(), from: 1, limit: limit)
        var found: [Int] = []
        for number in 1...300 where try erased.names(UInt64(number)) { found.append(number) }
        #expect(found == named.sorted(), "seed \(seed)")
    }
}
