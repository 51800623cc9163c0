// The account file: its modes, its form, changes that cross each other, and what is refused.

import Dispatch
import Foundation
import SangdamCore
import Synchronization
import Testing

@testable import SangdamServer

/// Cheap enough for tests, and still scrypt.
let cheap = PasswordHash.Cost(logN: 10, r: 8, p: 1)

func account(
    _ name: String, password: String = "correct horse", skills: [QueueID] = [], capacity: Int = 3
) throws -> Account {
    Account(
        name: AgentName(name), role: .agent, skills: skills, languages: [.korean, .english], capacity: capacity,
        password: try PasswordHash(Secret(copying: Array(password.utf8)), cost: cheap),
        created: Instant(milliseconds: 1_763_800_000_123))
}

let anEditor = AccountEditor(name: "root", now: Instant(milliseconds: 1_763_900_000_456))

@Suite("Account store")
struct AccountStoreTests {
    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("What is added is read back; the file and a new folder are the owner's alone")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path + "/data")
        #expect(try store.list().isEmpty)
        let lee = try account("lee", skills: ["fraud", "payment"], capacity: 5)
        let kim = try account("kim")
        try store.add(lee, by: anEditor)
        try store.add(kim, by: anEditor)
        #expect(try store.list() == [kim, lee])
        #expect(try mode(store.directory) == 0o700)
        #expect(try mode(store.path) == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: store.directory).sorted() == [
                "accounts.json", "accounts.lock",
            ])
        try store.remove("lee", by: anEditor)
        #expect(try store.list() == [kim])
    }

    @Test("Edits change what they name, and the file says whose they were")
    func edits() throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path)
        try store.add(account("kim"), by: anEditor)
        let edited = try store.edit("kim", by: anEditor) { account in
            account.role = .supervisor
            account.skills = ["fraud"]
        }
        try store.setLocked(true, "kim", by: anEditor)
        // Nothing is changed by this, so nobody has changed it.
        try store.setLocked(true, "kim", by: AccountEditor(name: "another", now: anEditor.now))
        var expected = edited
        expected.isLocked = true
        let content = try store.load().content
        #expect(content.accounts == [expected] && expected.role == .supervisor && expected.capacity == 3)
        #expect(
            content.edits.map(\.change) == [.added, .edited, .locked] && content.edits.map(\.mark.number) == [1, 2, 3])
        #expect(content.edits.allSatisfy { $0.by == "root" && $0.account == "kim" && $0.mark.given == anEditor.now })
        #expect(throws: AccountError.unknown("lee")) { try store.setLocked(false, "lee", by: anEditor) }
    }

    @Test("A version that knows no locks does not read a file with one")
    func lockedVersion() throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path)
        try store.add(account("kim"), by: anEditor)
        func head() throws -> String { String(try String(contentsOfFile: store.path, encoding: .utf8).prefix(12)) }
        #expect(try head() == #"{"version":1"#)
        try store.setLocked(true, "kim", by: anEditor)
        #expect(try head() == #"{"version":2"#)
        try store.setLocked(false, "kim", by: anEditor)
        #expect(try head() == #"{"version":1"#)
    }

    @Test("Of the edits the last 32 are kept, and their numbers go on")
    func boundedEdits() throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path)
        try store.add(account("kim"), by: anEditor)
        for number in 0..<40 { try store.setLocked(number.isMultiple(of: 2), "kim", by: anEditor) }
        let edits = try store.load().content.edits
        #expect(edits.count == 32 && edits.last?.mark.number == 41 && !edits.contains { $0.change == .added })
    }

    @Test("Names that exist, names that do not")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path)
        try store.add(account("kim"), by: anEditor)
        #expect(throws: AccountError.exists("kim")) { try store.add(account("kim"), by: anEditor) }
        #expect(throws: AccountError.unknown("lee")) { try store.remove("lee", by: anEditor) }
        #expect(throws: AccountError.unknown("lee")) {
            try store.setPassword(account("x").password, of: "lee", by: anEditor)
        }
        #expect(AccountError.exists("kim").exitCode == 73)
        #expect(AccountError.unknown("lee").exitCode == 67)
    }

    @Test("A file that others can read is refused", arguments: [0o640, 0o604, 0o660, 0o602, 0o601])
    func unsafeModes(mode: Int) throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path)
        try store.add(account("kim"), by: anEditor)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: store.path)
        let error = try #require(throws: AccountError.self) { try store.list() }
        #expect(error == .unsafeMode(path: store.path, mode: UInt32(mode)))
        #expect(error.exitCode == 77)
        #expect(error.description.contains("chmod 600"))
        // A change must not launder the mode.
        #expect(throws: AccountError.self) { try store.add(account("lee"), by: anEditor) }
    }

    static let good =
        #"{"name":"kim","role":"agent","skills":[],"languages":["ko"],"capacity":3,"password":"HASH","created":"2026-11-22T08:00:00.123Z"}"#

    @Test(
        "A damaged file is refused in words, without a trap",
        arguments: [
            ("", "not JSON"), ("{", "not JSON"), ("[]", "wrong kind"), (#"{"version":1}"#, "`accounts` is missing"),
            (#"{"version":3,"accounts":[]}"#, "version 3"),
            (#"{"version":1,"accounts":[{"name":"kim"}]}"#, "`role` is missing"),
            (#"{"version":1,"accounts":[GOOD,GOOD]}"#, "`kim` stands twice"),
            (#"{"version":1,"accounts":[GOOD]}"# + "name→k m", "`k m` is damaged"),
            (#"{"version":1,"accounts":[GOOD]}"# + "agent→boss", "`kim` is damaged"),
            (#"{"version":1,"accounts":[GOOD]}"# + "3→101", "`kim` is damaged"),
            (#"{"version":1,"accounts":[GOOD]}"# + "ko→xx", "`kim` is damaged"),
            (#"{"version":1,"accounts":[GOOD]}"# + "ln=10→ln=63", "`kim` is damaged"),
            (#"{"version":1,"accounts":[GOOD]}"# + "r=8→r=9223372036854775807", "`kim` is damaged"),
            (#"{"version":1,"accounts":[GOOD]}"# + "$scrypt→$bcrypt", "`kim` is damaged"),
            (#"{"version":1,"accounts":[GOOD]}"# + "2026-11-22→2026-02-30", "`kim` is damaged"),
        ])
    func damaged(content: String, words: String) throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path)
        var text = content
        var change: (String, String)?
        if let end = content.lastIndex(of: "}"), content[end...].contains("→") {
            let parts = content[content.index(after: end)...].split(separator: "→")
            change = (parts[0] == "name" ? "kim" : String(parts[0]), String(parts[1]))
            text = String(content[...end])
        }
        let hash = try account("kim").password.description
        text = text.replacingOccurrences(of: "GOOD", with: Self.good.replacingOccurrences(of: "HASH", with: hash))
        if let change {
            let place = try #require(
                text.range(of: change.0, range: text.index(text.startIndex, offsetBy: 12)..<text.endIndex))
            text.replaceSubrange(place, with: change.1)
        }
        _ = try folder.write(text, to: "accounts.json")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: store.path)
        let error = try #require(throws: AccountError.self) { try store.list() }
        #expect(error.exitCode == 65)
        #expect(error.description.contains(words), "\(error)")
    }

    @Test("Changes at the same time do not lose each other")
    func concurrentChanges() throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path + "/new")
        let accounts = try (0..<16).map { try account("agent\($0)") }
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: accounts.count) { place in
            do {
                try store.add(accounts[place], by: anEditor)
            } catch {
                failures.withLock { $0 += 1 }
            }
        }
        #expect(failures.withLock { $0 } == 0)
        #expect(try store.list().map(\.name).sorted() == accounts.map(\.name).sorted())
    }

    @Test("A change waits for a lock that is given back, and not for ever for one that is not")
    func lockedFile() throws {
        let folder = try TemporaryFolder()
        let store = AccountStore(directory: folder.path, lockPatience: .milliseconds(50))
        try store.add(account("kim"), by: anEditor)
        let lock = open(folder.path + "/accounts.lock", O_RDWR)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        let error = try #require(throws: AccountError.self) { try store.setLocked(true, "kim", by: anEditor) }
        #expect(error == .busy(path: folder.path + "/accounts.lock") && error.exitCode == 75)
        #expect(error.description.hasPrefix("The accounts are locked by another program, and nothing was changed"))
        #expect(try store.list().map(\.isLocked) == [false])
        let given = DispatchSemaphore(value: 0)
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) {
            flock(lock, LOCK_UN)
            given.signal()
        }
        try AccountStore(directory: folder.path, lockPatience: .seconds(60)).setLocked(true, "kim", by: anEditor)
        given.wait()
        #expect(try store.list().map(\.isLocked) == [true])
    }

    @Test("A temporary file that a killed command left behind is no hindrance")
    func leftover() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("half", to: "accounts.json.new")
        let store = AccountStore(directory: folder.path)
        try store.add(account("kim"), by: anEditor)
        #expect(try store.list().count == 1)
    }

    @Test("A folder that cannot be written")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("a file", to: "data")
        let error = try #require(throws: AccountError.self) {
            try AccountStore(directory: folder.path + "/data").add(account("kim"), by: anEditor)
        }
        #expect(error.exitCode == 74)
    }
}
