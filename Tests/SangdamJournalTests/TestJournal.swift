// A journal in a folder of its own, and what tests want to know about it.

import Dispatch
import Glibc
import SangdamCore
import SangdamJournal
import Synchronization
import Testing

/// A folder that goes when the test is over.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/sangdam-journal-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made))
    }

    deinit {
        _ = removeTree(path)
    }

    var journal: String { path + "/journal" }

    /// The journal's files by name, oldest first.
    func files() throws -> [String] {
        try SegmentDirectory(dataDirectory: path).segments().map(\.description)
    }

    func read(_ file: String) throws -> [UInt8] { try readFile("\(journal)/\(file)") }

    func write(_ bytes: [UInt8], to file: String) throws {
        mkdir(journal, 0o700)
        let descriptor = open("\(journal)/\(file)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            try #require(count > 0)
            written += count
        }
    }

    /// All lines of all segments, each without its LF.
    func lines() throws -> [[UInt8]] {
        try files().flatMap { try read($0).split(separator: 0x0A).map(Array.init) }
    }
}

func readFile(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0, "\(path)")
    defer { close(descriptor) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        try #require(count >= 0)
        if count == 0 { return all }
        all += buffer[..<count]
    }
}

private func removeTree(_ path: String) -> Bool {
    if unlink(path) == 0 { return true }
    guard let directory = opendir(path) else { return false }
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        }
        if name != ".", name != ".." { _ = removeTree("\(path)/\(name)") }
    }
    closedir(directory)
    return rmdir(path) == 0
}

/// Everything the journal told, in order; lets a test wait for it instead of sleeping.
final class ProgressLog: Sendable {
    private let entries = Mutex<[JournalProgress]>([])
    private let news = DispatchSemaphore(value: 0)

    func note(_ progress: JournalProgress) {
        entries.withLock { $0.append(progress) }
        news.signal()
    }

    var all: [JournalProgress] { entries.withLock { $0 } }

    /// Returns once `isThere` holds; records an issue after ten seconds.
    func wait(_ isThere: ([JournalProgress]) -> Bool, _ location: SourceLocation = #_sourceLocation) {
        while !isThere(all) {
            guard news.wait(timeout: .now() + 10) == .success else {
                Issue.record("never told; told so far: \(all)", sourceLocation: location)
                return
            }
        }
    }

    func wait(for ticket: JournalTicket, _ location: SourceLocation = #_sourceLocation) {
        wait({ $0.contains { if case .durable(let told) = $0 { told >= ticket } else { false } } }, location)
    }
}

/// An open journal with all that it told and replayed.
struct OpenJournal {
    let journal: Journal
    let report: RecoveryReport
    let progress: ProgressLog
    let replayed: [RecoveredItem]

    init(_ configuration: JournalConfiguration) throws {
        let progress = ProgressLog()
        var replayed: [RecoveredItem] = []
        (journal, report) = try Journal.open(configuration, progress: { progress.note($0) }) { replayed.append($0) }
        self.progress = progress
        self.replayed = replayed
    }

    init(_ folder: TemporaryFolder) throws {
        try self.init(JournalConfiguration(dataDirectory: folder.path))
    }

    var records: [Record] {
        replayed.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }
}

/// 2026-11-22T08:00:00.000Z.
let morning = Instant(milliseconds: 1_795_334_400_000)

/// A message of one chat, so many seconds into the morning.
func message(_ text: String, chat: ChatID = chatA, seq: UInt64, second: Int64 = 0) -> Record {
    Record(
        at: morning + .seconds(second),
        body: .chat(
            chat, seq: seq,
            .message(
                StoredMessage(from: .customer, name: nil, id: ClientMessageID("c-\(seq)"), text: Text(text)))))
}

let chatA = ChatID(high: UInt64(morning.milliseconds) << 16 | 1, low: 0xAAAA)
let chatB = ChatID(high: UInt64(morning.milliseconds) << 16 | 2, low: 0xBBBB)
