// The account file as the server knows it: what it tells of changes, in which order, and of a file that cannot be read.

import Foundation
import SangdamCore
import Synchronization
import Testing

@testable import SangdamServer

@Suite("Account directory")
struct AccountDirectoryTests {
    private final class Told: Sendable {
        let accounts = Mutex<[Accounts]>([])
        let failures = Mutex<[AccountError?]>([])
    }

    private let folder: TemporaryFolder
    private let store: AccountStore
    private let told = Told()
    private let directory: AccountDirectory

    init() throws {
        folder = try TemporaryFolder()
        store = AccountStore(directory: folder.path)
        directory = AccountDirectory(
            store: store, changed: { [told] news in told.accounts.withLock { $0.append(news) } },
            failed: { [told] error in told.failures.withLock { $0.append(error) } })
    }

    private var generations: [UInt64] { told.accounts.withLock { $0.map(\.generation) } }
    private var last: Accounts? { told.accounts.withLock { $0.last } }

    @Test("Every content is told once, with who made what is new in it")
    func tellsOnce() throws {
        try directory.refresh()
        #expect(generations == [1] && last?.standings == [:])
        try store.add(account("kim"), by: anEditor)
        try directory.refresh()
        try directory.refresh()
        #expect(generations == [1, 2])
        #expect(last?.standings["kim"] == AccountStanding(profile: try account("kim").profile, passwordSince: 2))
        #expect(last?.edits.map(\.change) == [.added] && last?.edits.last?.by == "root")
        try store.remove("kim", by: AccountEditor(name: "sora", now: anEditor.now))
        try directory.refresh()
        #expect(last?.edits.map(\.change) == [.added, .removed] && last?.edits.last?.by == "sora")
        #expect(last?.standings == [:])
    }

    @Test("Only another password makes sessions old; another profile, a lock or a colleague does not")
    func passwordSince() throws {
        try store.add(account("kim"), by: anEditor)
        try directory.refresh()
        _ = try store.edit("kim", by: anEditor) { $0.capacity = 9 }
        try directory.refresh()
        try store.setLocked(true, "kim", by: anEditor)
        try store.add(account("lee"), by: anEditor)
        try directory.refresh()
        #expect(last?.standings["kim"]?.passwordSince == 1)
        #expect(last?.standings["kim"]?.isLocked == true && last?.standings["kim"]?.profile.capacity == 9)
        try store.setPassword(account("kim", password: "another one").password, of: "kim", by: anEditor)
        try directory.refresh()
        #expect(last?.standings["kim"]?.passwordSince == 4 && last?.standings["lee"]?.passwordSince == 3)
    }

    @Test("The same accounts in a file that was written again are no news")
    func sameContent() throws {
        try store.add(account("kim"), by: anEditor)
        try directory.refresh()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: store.path))
        try bytes.write(to: URL(fileURLWithPath: store.path + ".copy"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: store.path + ".copy")
        _ = rename(store.path + ".copy", store.path)
        try directory.refresh()
        #expect(generations == [1])
    }

    @Test("A file that others can read is told once, changes nobody's standing, and is read once it can be")
    func failure() throws {
        try store.add(account("kim"), by: anEditor)
        directory.look()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: store.path)
        for _ in 0..<3 { directory.look() }
        let unsafe = AccountError.unsafeMode(path: store.path, mode: 0o644)
        #expect(told.failures.withLock { $0 } == [unsafe])
        #expect(throws: unsafe) { try directory.account(named: "kim") }
        #expect(generations == [1])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: store.path)
        for _ in 0..<2 { directory.look() }
        #expect(told.failures.withLock { $0 } == [unsafe, nil])
        #expect(try directory.account(named: "kim").account != nil)
        #expect(generations == [1])
    }

    /// An editor or a restore may be at work; the last account that is removed leaves a file.
    @Test("A file that is gone changes nobody's standing; one that is empty of accounts does")
    func gone() throws {
        try store.add(account("kim"), by: anEditor)
        directory.look()
        try FileManager.default.moveItem(atPath: store.path, toPath: store.path + ".bak")
        for _ in 0..<3 { directory.look() }
        #expect(generations == [1] && told.failures.withLock { $0 } == [store.isGone])
        try FileManager.default.moveItem(atPath: store.path + ".bak", toPath: store.path)
        directory.look()
        #expect(generations == [1] && told.failures.withLock { $0 } == [store.isGone, nil])
        try store.remove("kim", by: anEditor)
        directory.look()
        #expect(generations == [1, 2] && last?.standings == [:])
    }

    @Test("A change in place of the same size is seen, whatever time the file is given")
    func inPlace() throws {
        try store.add(account("kim"), by: anEditor)
        directory.look()
        var before = stat()
        try #require(stat(store.path, &before) == 0)
        let text = try String(contentsOfFile: store.path, encoding: .utf8)
        let file = try #require(FileHandle(forWritingAtPath: store.path))
        try file.write(contentsOf: Data(text.replacing("\"capacity\":3", with: "\"capacity\":1").utf8))
        try file.close()
        // To the nanosecond: only the time of the change itself, which nobody can set, is another one.
        try #require(utimensat(AT_FDCWD, store.path, [before.st_atim, before.st_mtim], 0) == 0)
        directory.look()
        #expect(last?.standings["kim"]?.profile.capacity == 1)
    }

    @Test("By itself it looks often enough for the second that an operator is promised")
    func watches() throws {
        #expect(AccountDirectory.lookMilliseconds <= 500)
        directory.watch()
        defer { directory.stop() }
        try store.add(account("kim"), by: anEditor)
        try waitUntil { generations == [1, 2] }
    }

    @Test("Nothing is told once it was stopped, and logins go on")
    func stopped() throws {
        directory.watch()
        directory.stop()
        try store.add(account("kim"), by: anEditor)
        #expect(try directory.account(named: "kim").account != nil)
        #expect(generations == [1])
    }

    /// The watcher's own pace is bounded by what an operator is promised.
    private func waitUntil(_ condition: () -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: 20)
        while !condition() {
            try #require(Date() < deadline)
            Thread.sleep(forTimeInterval: 0.01)
        }
    }
}
