// The journal for later reference: lists, single chats and verification.

import Dispatch
import Glibc
import SangdamCore
import SangdamJournal
import Synchronization
import Testing

@Suite struct TranscriptTests {
    private let folder: TemporaryFolder
    private let reader: TranscriptReader

    init() throws {
        folder = try TemporaryFolder()
        reader = TranscriptReader(dataDirectory: folder.path)
    }

    private let opened = Opened(
        topic: "refund", language: .korean, name: "김", token: TokenDigest(high: 1, low: 2), receipt: Receipt(bits: 3))

    private func append(_ events: [ChatRecord], of chat: ChatID, to journal: Journal, from seq: UInt64 = 1) {
        for (index, event) in events.enumerated() {
            let at = morning + .seconds(Int64(seq) + Int64(index))
            journal.append(Record(at: at, body: .chat(chat, seq: seq + UInt64(index), event)))
        }
    }

    private func said(_ text: Text, by agent: AgentName? = nil) -> ChatRecord {
        .message(StoredMessage(from: agent == nil ? .customer : .agent, name: agent, id: nil, text: text))
    }

    private func list() throws -> [ChatSummary] {
        var chats: [ChatSummary] = []
        try reader.forEachChat { chats.append($0) }
        return chats
    }

    @Test func aListSaysWhatBecameOfEachChat() throws {
        let open = try OpenJournal(folder)
        append(
            [
                .opened(opened), .queued(Queued(queue: "general", cause: .entered)), said("a"),
                .started(Started(agent: "kim", offer: nil, waited: .zero)), said("b", by: "kim"),
            ], of: chatA, to: open.journal)
        append([.opened(opened), .queued(Queued(queue: "general", cause: .entered))], of: chatB, to: open.journal)
        open.journal.beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))], at: morning)
        append(
            [
                .transferred(Transferred(from: "kim", to: .queue("fraud"), kind: .cold)),
                .started(Started(agent: "lee", offer: nil, waited: .zero)), said("c", by: "lee"), .language(.english),
                .ended(.agentEnded, by: .agent, abandonedAt: nil), .closed,
            ], of: chatA, to: open.journal, from: 6)
        open.journal.close()
        let chats = try list()
        try #require(chats.map(\.id) == [chatA, chatB])
        #expect(chats[0].receipt == opened.receipt)
        #expect(chats[0].openedAt == morning + .seconds(1))
        #expect(chats[0].endedAt == morning + .seconds(10))
        #expect(chats[0].endReason == .agentEnded)
        #expect(chats[0].queue == "fraud")
        #expect(chats[0].agents == ["kim", "lee"])
        #expect(chats[0].messages == 3)
        #expect(chats[0].language == .english)
        #expect(chats[1].endedAt == nil)
        #expect(chats[1].queue == "general")
        #expect(chats[1].messages == 0)
    }

    @Test func aChatWhoseBeginningIsGoneIsTakenFromTheCheckpoint() throws {
        let open = try OpenJournal(folder)
        open.journal.append(message("gone", seq: 1))
        var chat = Chat(
            id: chatA, opened: opened, at: morning, lastSeq: 5, queue: "fraud", phase: .active("kim", since: morning))
        chat.language = .japanese
        open.journal.beginSegment(
            checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 1)), .chat(chat)], at: morning)
        append([said("here")], of: chatA, to: open.journal, from: 6)
        open.journal.close()
        #expect(unlink("\(folder.journal)/\(try folder.files()[0])") == 0)
        let chats = try list()
        try #require(chats.count == 1)
        #expect(chats[0].receipt == opened.receipt)
        #expect(try reader.chats(named: opened.receipt.description, limit: 2) == [chatA])
        #expect(chats[0].openedAt == morning)
        #expect(chats[0].agents == ["kim"])
        #expect(chats[0].messages == 1)
        #expect(chats[0].language == .japanese)
    }

    @Test func anInquiryIsFoundByItsReceiptAndSaysWhichChatItCameOutOf() throws {
        let open = try OpenJournal(folder)
        let due = morning + .seconds(86_400)
        let inquired = Inquired(
            topic: "refund", queue: "payment", language: .korean, name: nil, email: nil, isMailed: false,
            token: opened.token, receipt: Receipt(bits: 9),
            clock: InquiryClock(due: due, reminders: [due, due, due]), of: chatA)
        append([.opened(opened), said("기다리는 중")], of: chatA, to: open.journal)
        append([.inquiry(.inquired(inquired)), said("내일요")], of: chatB, to: open.journal)
        var inquiry = Inquiry(id: chatB, inquired, at: morning)
        (inquiry.lastSeq, inquiry.phase) = (2, .open)
        open.journal.beginSegment(
            checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 1)), .inquiry(inquiry)], at: morning)
        append(
            [said("네", by: "kim"), .inquiry(.closed(by: "kim", WrapUpReport()))], of: chatB, to: open.journal, from: 3)
        open.journal.close()
        #expect(try reader.origin(of: chatB) == chatA && reader.origin(of: chatA) == nil)
        // Also once its beginning is gone.
        #expect(unlink("\(folder.journal)/\(try folder.files()[0])") == 0)
        #expect(try reader.origin(of: chatB) == chatA)
        #expect(try reader.chats(named: inquired.receipt.description, limit: 2) == [chatB])
        let rows = try list()
        #expect(rows.map(\.id) == [chatB] && rows[0].inquiry == .closed && rows[0].agents == ["kim"])
    }

    @Test func oneChatLineByLine() throws {
        let open = try OpenJournal(folder)
        let words: [Text] = [
            "따옴표 \" \\", "줄\u{2028}바꿈\u{2029}\n", "🙂👩‍👩‍👧‍👦", Text(String(repeating: "가", count: 1333)),
        ]
        append([.opened(opened)] + words.map { said($0) } + [.closed], of: chatA, to: open.journal)
        append([said("other")], of: chatB, to: open.journal)
        open.journal.close()
        var texts: [Text] = []
        var lines: [[UInt8]] = []
        let count = try reader.forEachLine(of: chatA) { line, record in
            lines.append(Array(line))
            if case .chat(_, _, .message(let message)) = record?.body { texts += [message.text].compactMap { $0 } }
        }
        #expect(count == 6)
        #expect(texts == words)
        #expect(lines == (try folder.lines().filter { $0.firstRange(of: Array(chatA.description.utf8)) != nil }))
        #expect(try reader.forEachLine(of: ChatID(high: 1, low: 1)) { _, _ in } == 0)
    }

    @Test func aPrefixFindsTheChatsThatBeginWithIt() throws {
        let open = try OpenJournal(folder)
        append([.opened(opened)], of: chatA, to: open.journal)
        append([.opened(opened)], of: chatB, to: open.journal)
        open.journal.close()
        let common = String(zip(chatA.description, chatB.description).prefix { $0 == $1 }.map(\.0))
        #expect(try reader.chats(named: common, limit: 2) == [chatA, chatB])
        #expect(try reader.chats(named: chatB.description, limit: 2) == [chatB])
        #expect(try reader.chats(named: chatB.description.uppercased(), limit: 2) == [chatB])
        let unique = chatB.description.prefix(common.count + 1)
        #expect(try reader.chats(named: String(unique), limit: 2) == [chatB])
        let spaced = String(unique.uppercased().flatMap { [$0, " "] }).replacing("0", with: "O").replacing(
            "1", with: "l")
        #expect(try reader.chats(named: spaced, limit: 2) == [chatB])
        #expect(try reader.chats(named: "zz", limit: 2) == [])
    }

    @Test func aReceiptFindsItsChat() throws {
        let open = try OpenJournal(folder)
        var other = opened
        other.receipt = try #require(Receipt("REZ2-2Q2R-CW0W"))
        append([.opened(opened)], of: chatA, to: open.journal)
        append([.opened(other), said("REZ2-2Q2R-CW0W")], of: chatB, to: open.journal)
        open.journal.close()
        for written in [
            "REZ2-2Q2R-CW0W", "rez2-2q2r-cw0w", "REZ22Q2RCW0W", "rez22q2rcw0w", "rez2 2q2r cwow", "ＲＥＺ２ー２Ｑ２Ｒ　ＣＷ０Ｗ",
        ] {
            #expect(try reader.chats(named: written, limit: 2) == [chatB], "\(written)")
        }
        #expect(try reader.chats(named: "REZ2-2Q2R-CW0X", limit: 2) == [])
        #expect(try reader.chats(named: "REZ2-2Q2R", limit: 2) == [])
        // Nothing written is no beginning of everything.
        for nothing in ["", " ", "-", "접수번호"] { #expect(try reader.chats(named: nothing, limit: 2) == []) }
    }

    @Test func whatIsOneChatsBeginningAndAnothersReceiptFindsBoth() throws {
        let open = try OpenJournal(folder)
        let laterChat = ChatID(high: chatA.high &+ 1 << 40, low: 1)
        let twelve = String(chatA.description.prefix(12))
        var other = opened
        other.receipt = try #require(Receipt(twelve))
        append([.opened(opened)], of: chatA, to: open.journal)
        append([.opened(other)], of: laterChat, to: open.journal)
        open.journal.close()
        #expect(try reader.chats(named: twelve, limit: 2) == [chatA, laterChat])
        #expect(try reader.chats(named: other.receipt.description, limit: 2) == [laterChat])
    }

    @Test func withoutAJournalThereIsOneSentence() {
        #expect(throws: JournalError.nothingThere(path: folder.journal)) { try list() }
        #expect(throws: JournalError.nothingThere(path: folder.journal)) { try reader.chats(named: "", limit: 2) }
        #expect(throws: JournalError.nothingThere(path: folder.journal)) {
            _ = try Verification(dataDirectory: folder.path)
        }
        #expect(JournalError.nothingThere(path: "/x").description == "There is no journal in /x.")
    }

    @Test func everyChangedByteIsFound() throws {
        let open = try OpenJournal(folder)
        append([.opened(opened), said("하나")], of: chatA, to: open.journal)
        open.journal.beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))], at: morning)
        append([said("둘")], of: chatA, to: open.journal, from: 3)
        open.journal.close()
        let sound = try Verification(dataDirectory: folder.path)
        #expect(sound.isSound)
        #expect(sound.lines == 5)
        #expect(sound.segments == 2)
        #expect(sound.unfinishedBytes == 0)
        let files = try folder.files()
        for file in files {
            let bytes = try folder.read(file)
            for byte in bytes.indices {
                var damaged = bytes
                damaged[byte] ^= 0x20
                try folder.write(damaged, to: file)
                let verification = try Verification(dataDirectory: folder.path)
                let isLastLineFeed = byte == bytes.count - 1 && file == files.last
                if isLastLineFeed {
                    // What is left looks like a line that is just being written.
                    #expect(verification.unfinishedBytes > 0)
                } else {
                    #expect(!verification.isSound, "\(file) byte \(byte)")
                }
            }
            try folder.write(bytes, to: file)
        }
    }

    @Test func anUnfinishedLastLineIsNoFault() throws {
        let open = try OpenJournal(folder)
        append([said("하나"), said("둘")], of: chatA, to: open.journal)
        open.journal.close()
        let file = try folder.files()[0]
        let bytes = try folder.read(file)
        try folder.write(Array(bytes.dropLast(10)), to: file)
        let verification = try Verification(dataDirectory: folder.path)
        #expect(verification.isSound)
        #expect(verification.lines == 2)
        #expect(verification.unfinishedBytes > 100)
        #expect(try list().isEmpty)
        #expect(try reader.forEachLine(of: chatA) { _, _ in } == 1)
    }

    /// Verifies, lists and reads as fast as it can while another thread writes through many segments.
    @Test func aWritingServerDisturbsNobody() throws {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.durability = .none
        configuration.segmentBytes = 20_000
        let open = try OpenJournal(configuration)
        open.journal.append(message("first", seq: 1))
        let first = DispatchSemaphore(value: 0)
        open.journal.afterWritten(open.journal.commit()) { first.signal() }
        try #require(first.wait(timeout: .now() + 10) == .success)
        let isOver = Atomic<Bool>(false)
        let ended = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            for seq in 2...3000 as ClosedRange<UInt64> {
                if open.journal.wantsNewSegment(at: morning) {
                    open.journal.beginSegment(
                        checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))], at: morning)
                }
                open.journal.append(message("말 \(seq)", seq: seq))
                open.journal.commit()
            }
            open.journal.close()
            isOver.store(true, ordering: .sequentiallyConsistent)
            ended.signal()
        }
        var rounds = 0
        var lines: UInt64 = 0
        while !isOver.load(ordering: .sequentiallyConsistent) {
            let verification = try Verification(dataDirectory: folder.path)
            #expect(verification.isSound, "\(verification)")
            #expect(verification.lines >= lines)
            lines = verification.lines
            _ = try list()
            rounds += 1
        }
        try #require(ended.wait(timeout: .now() + 10) == .success)
        #expect(rounds > 0)
        #expect(try reader.forEachLine(of: chatA) { _, _ in } == 3000)
        #expect(try Verification(dataDirectory: folder.path).segments > 20)
    }
}
