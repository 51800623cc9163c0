// Logging in: right and wrong, locked, changed under way, too many at once, and the same work for everybody.

import Foundation
import SangdamCore
import Synchronization
import Testing

@testable import SangdamServer

private func login(
    _ authenticator: Authenticator, _ user: String, _ password: String, second: Int64 = 0,
    address: String = "10.0.0.1"
) async -> AuthenticationResult {
    await withCheckedContinuation { continuation in
        authenticator.authenticate(
            user: user, password: Array(password.utf8), address: address, at: Instant(milliseconds: second * 1000)
        ) { continuation.resume(returning: $0) }
    }
}

@Suite("Authenticator")
struct AuthenticatorTests {
    private let folder: TemporaryFolder
    private let store: AccountStore
    private let directory: AccountDirectory

    init() throws {
        folder = try TemporaryFolder()
        store = AccountStore(directory: folder.path)
        try store.add(account("kim", skills: ["payment"]), by: anEditor)
        directory = AccountDirectory(store: store, changed: { _ in }, failed: { _ in })
    }

    @Test("The right password opens the account's profile")
    func accepted() async throws {
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        let profile = try #require(store.list().first).profile
        #expect(await login(authenticator, "kim", "correct horse") == .accepted(profile, generation: 1))
        #expect(profile.skills == ["payment"] && profile.role == .agent)
    }

    @Test(
        "Anything else does not",
        arguments: [("kim", "wrong"), ("kim", ""), ("nobody", "correct horse"), ("", ""), ("KIM", "correct horse")])
    func wrong(user: String, password: String) async {
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        #expect(await login(authenticator, user, password) == .wrongPassword)
    }

    @Test(
        "After three wrong ones even the right one is refused, for known and unknown names alike",
        arguments: ["kim", "nobody"])
    func locked(user: String) async {
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        for second in 0..<3 {
            #expect(await login(authenticator, user, "wrong", second: Int64(second)) == .wrongPassword)
        }
        #expect(
            await login(authenticator, user, "correct horse", second: 3) == .locked(retryAfter: .seconds(57)))
        let elsewhere = await login(authenticator, user, "correct horse", second: 3, address: "10.0.0.2")
        if user == "kim" {
            guard case .accepted = elsewhere else {
                Issue.record("\(elsewhere)")
                return
            }
        } else {
            #expect(elsewhere == .wrongPassword)
        }
    }

    @Test("Wrong passwords are told to the log, locked tries and right passwords are not, and no password ever is")
    func logged() async {
        let lines = Mutex<[String]>([])
        let authenticator = Authenticator(
            directory: directory, settings: LoginSettings(), cost: cheap,
            warn: { line in lines.withLock { $0.append(line) } })
        _ = await login(authenticator, "kim", "correct horse")
        for second in 0..<5 { _ = await login(authenticator, "kim", "wrong-secret", second: Int64(second)) }
        _ = await login(authenticator, "no body", "wrong-secret", second: 9)
        #expect(
            lines.withLock { $0 } == [
                "wrong password for kim from 10.0.0.1", "wrong password for kim from 10.0.0.1",
                "wrong password for kim from 10.0.0.1 (3 in a minute: locked for 58 s)",
                "wrong password for \"no body\" from 10.0.0.1",
            ])
    }

    @Test("Changes of the file count from the next login on")
    func reload() async throws {
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        #expect(await login(authenticator, "lee", "correct horse") == .wrongPassword)
        try store.add(account("lee"), by: anEditor)
        let lee = try account("lee").profile
        #expect(await login(authenticator, "lee", "correct horse") == .accepted(lee, generation: 2))
        try store.setPassword(account("lee", password: "another one").password, of: "lee", by: anEditor)
        #expect(await login(authenticator, "lee", "correct horse") == .wrongPassword)
        #expect(await login(authenticator, "lee", "another one") == .accepted(lee, generation: 3))
        try store.remove("lee", by: anEditor)
        #expect(await login(authenticator, "lee", "another one", address: "10.0.0.3") == .wrongPassword)
    }

    @Test("A locked account is told so with the right password only, and opens again")
    func accountLocked() async throws {
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        try store.setLocked(true, "kim", by: anEditor)
        #expect(await login(authenticator, "kim", "wrong") == .wrongPassword)
        #expect(await login(authenticator, "kim", "correct horse") == .accountLocked)
        try store.setLocked(false, "kim", by: anEditor)
        guard case .accepted = await login(authenticator, "kim", "correct horse") else {
            Issue.record("stays locked")
            return
        }
    }

    @Test("A file that others can read lets nobody in")
    func unsafeFile() async throws {
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        #expect(await login(authenticator, "kim", "wrong") == .wrongPassword)
        // A new inode with a wrong mode, as a careless copy makes it.
        try FileManager.default.copyItem(atPath: store.path, toPath: store.path + ".copy")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: store.path + ".copy")
        _ = rename(store.path + ".copy", store.path)
        guard case .failed(let reason) = await login(authenticator, "kim", "correct horse") else {
            Issue.record("let in")
            return
        }
        #expect(reason.contains("chmod 600"))
    }

    @Test("Too many at once are told so at once, and the others are answered")
    func busy() async {
        var settings = LoginSettings()
        settings.waiting = 4
        let authenticator = Authenticator(directory: directory, settings: settings, cost: cheap)
        let results = Mutex<[AuthenticationResult]>([])
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            for number in 0..<20 {
                authenticator.authenticate(
                    user: "nobody", password: Array("x".utf8), address: "10.0.1.\(number)", at: Instant(milliseconds: 0)
                ) { result in
                    let count = results.withLock {
                        $0.append(result)
                        return $0.count
                    }
                    if count == 20 { done.resume() }
                }
            }
        }
        let answers = results.withLock { $0 }
        #expect(answers.filter { $0 == .wrongPassword }.count >= 4)
        #expect(answers.allSatisfy { $0 == .wrongPassword || $0 == .busy })
        #expect(answers.contains(.busy))
        #expect(await login(authenticator, "kim", "wrong") == .wrongPassword)
    }

    /// Nothing is hashed before everybody has come: so what waits and what runs is the same in every run.
    @Test("One address that floods neither takes the others' places nor makes them wait")
    func flood() async throws {
        var settings = LoginSettings()
        settings.waiting = 8
        settings.wrongPerMinute = 1000
        settings.wrongUntilLock = 1000
        let names = (0..<12).map { "flood-\($0)" } + ["kim", "lee"]
        let gates = Dictionary(uniqueKeysWithValues: names.map { ($0, DispatchSemaphore(value: 0)) })
        let begun = DispatchSemaphore(value: 0)
        let order = Mutex<[String]>([])
        let authenticator = Authenticator(directory: directory, settings: settings, cost: cheap) { (_, password) in
            let name = password.withBytes { String(decoding: $0, as: UTF8.self) }
            order.withLock { $0.append(name) }
            begun.signal()
            gates[name]?.wait()
            return false
        }
        let answers = Mutex<[String: AuthenticationResult]>([:])
        let finished = DispatchSemaphore(value: 0)
        func come(_ name: String, from address: String) {
            authenticator.authenticate(
                user: name, password: Array(name.utf8), address: address, at: Instant(milliseconds: 0)
            ) { result in
                answers.withLock { $0[name] = result }
                finished.signal()
            }
        }
        // One runs, eight wait, and the rest is too many.
        for number in 0..<12 { come("flood-\(number)", from: "10.0.0.1") }
        #expect(answers.withLock { $0.count } == 3)
        // One takes the second worker, the other one of the flood's places.
        come("kim", from: "10.0.0.2")
        come("lee", from: "10.0.0.3")
        #expect(answers.withLock { $0["kim"] == nil && $0["lee"] == nil && $0["flood-8"] == .busy })
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            DispatchQueue.global().async {
                for _ in 0..<2 { begun.wait() }
                // The flood's own one goes on; whose turn is it when kim's is over?
                gates["kim"]?.signal()
                begun.wait()
                for name in names where name != "kim" { gates[name]?.signal() }
                for _ in 0..<14 { finished.wait() }
                done.resume()
            }
        }
        #expect(answers.withLock { $0.values.filter { $0 == .busy }.count } == 4)
        #expect(answers.withLock { $0["kim"] == .wrongPassword && $0["lee"] == .wrongPassword })
        let hashed = order.withLock { $0 }
        #expect(hashed.count == 10)
        #expect(Set(hashed.prefix(2)) == ["flood-0", "kim"] && hashed[2] == "lee", "\(hashed)")
    }

    @Test("Known and unknown names cost one hash each, and the same one; locked ones cost none")
    func sameWork() async throws {
        let costs = Mutex<[PasswordHash.Cost]>([])
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap) {
            (hash, password) throws(AccountError) in
            costs.withLock { $0.append(hash.cost) }
            return try hash.matches(password)
        }
        for second in 0..<3 {
            for user in ["kim", "nobody"] {
                #expect(await login(authenticator, user, "wrong", second: Int64(second)) == .wrongPassword)
            }
        }
        #expect(costs.withLock { $0 } == [PasswordHash.Cost](repeating: cheap, count: 6))
        for user in ["kim", "nobody"] {
            #expect(await login(authenticator, user, "correct horse", second: 5) == .locked(retryAfter: .seconds(55)))
        }
        #expect(costs.withLock { $0.count } == 6)
    }

    /// What it was when hashes were made of the bytes as they came.
    private func setOldPassword(_ text: String) throws {
        try store.setPassword(PasswordHash(Secret(copying: Array(text.utf8)), cost: cheap), of: "kim", by: anEditor)
    }

    private static let composed = "비밀번호 é"
    private static let decomposed =
        "\u{1107}\u{1175}\u{1106}\u{1175}\u{11AF}\u{1107}\u{1165}\u{11AB}\u{1112}\u{1169} e\u{301}"

    @Test(
        "A password is the same on every machine",
        arguments: [composed, decomposed, "비밀번호　é", "비밀번호\u{A0}e\u{301}", "\u{FEFF}비밀번호 é"],
        [composed, decomposed, "비밀번호　é", "\u{FEFF}비밀번호 é"])
    func everyMachine(made: String, typed: String) async throws {
        try store.setPassword(PasswordHash(checked(Array(made.utf8)), cost: cheap), of: "kim", by: anEditor)
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        let profile = try #require(store.list().first).profile
        #expect(await login(authenticator, "kim", typed) == .accepted(profile, generation: 1))
        #expect(await login(authenticator, "kim", typed + "x") == .wrongPassword)
    }

    @Test(
        "A hash of the bytes as they came stays good for these bytes",
        arguments: [
            composed, decomposed, "비밀번호　é", "\u{FEFF}secret and more", "old\u{200B}tab\t", "old 👨\u{200D}👩\u{200D}👧",
        ])
    func oldHash(password: String) async throws {
        try setOldPassword(password)
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        let profile = try #require(store.list().first).profile
        #expect(await login(authenticator, "kim", password) == .accepted(profile, generation: 1))
    }

    @Test("A hash of composed bytes, as most old ones are, is good from every machine")
    func oldComposedHash() async throws {
        try setOldPassword(Self.composed)
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap)
        let profile = try #require(store.list().first).profile
        #expect(await login(authenticator, "kim", Self.decomposed) == .accepted(profile, generation: 1))
    }

    @Test(
        "How many hashes a wrong password costs depends on the password alone: known and unknown names cost the same",
        arguments: [("wrong", 1), (composed, 1), (decomposed, 2), ("a\u{A0}b", 2), ("\u{FEFF}wrong", 2), ("", 1)])
    func sameWorkInEveryForm(password: String, hashes: Int) async throws {
        let count = Mutex(0)
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap) { (hash, _) in
            #expect(hash.cost == cheap)
            count.withLock { $0 += 1 }
            return false
        }
        for user in ["kim", "nobody", "no name"] {
            count.withLock { $0 = 0 }
            #expect(await login(authenticator, user, password) == .wrongPassword)
            #expect(count.withLock { $0 } == hashes, "\(user)")
        }
    }

    @Test("A locked name is answered at once, takes no place and waits for nobody", arguments: ["kim", "nobody"])
    func lockedAtOnce(user: String) async {
        var settings = LoginSettings()
        settings.waiting = 1
        let gate = Mutex<DispatchSemaphore?>(nil)
        let authenticator = Authenticator(directory: directory, settings: settings, cost: cheap) { (_, _) in
            gate.withLock { $0 }?.wait()
            return false
        }
        for _ in 0..<3 { #expect(await login(authenticator, user, "wrong") == .wrongPassword) }
        let shut = DispatchSemaphore(value: 0)
        gate.withLock { $0 = shut }
        let others = Mutex<[AuthenticationResult]>([])
        for number in 2...4 {  // two run, one waits
            authenticator.authenticate(
                user: "lee", password: [], address: "10.0.0.\(number)", at: Instant(milliseconds: 0)
            ) { result in others.withLock { $0.append(result) } }
        }
        #expect(await login(authenticator, user, "wrong", second: 1) == .locked(retryAfter: .seconds(59)))
        #expect(others.withLock { $0.isEmpty })
        for _ in 0..<3 { shut.signal() }
    }

    /// Those that wait are not yet wrong; when their turn comes, others may have been.
    @Test("Tries at the same time do not slip past the limit together", arguments: ["kim", "nobody"])
    func together(user: String) async {
        let hashes = Mutex(0)
        let authenticator = Authenticator(directory: directory, settings: LoginSettings(), cost: cheap) { (_, _) in
            hashes.withLock { $0 += 1 }
            return false
        }
        let results = await withTaskGroup(of: AuthenticationResult.self) { group in
            for _ in 0..<20 { group.addTask { await login(authenticator, user, "wrong") } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter { $0 == .wrongPassword }.count == 3)
        #expect(results.filter { $0 == .locked(retryAfter: .seconds(60)) }.count == 17)
        #expect(hashes.withLock { $0 } == 3)
    }
}
