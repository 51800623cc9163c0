// Logging in: right and wrong, locked, changed under way, too many at once, and the same work for everybody.

import Foundation
import SangdamCore
import Synchronization
import Testing

@testable import SangdamServer

@Suite("Authenticator")
struct AuthenticatorTests {
    private let folder: TemporaryFolder
    private let store: AccountStore

    init() throws {
        folder = try TemporaryFolder()
        store = AccountStore(directory: folder.path)
        try store.add(account("kim", skills: ["payment"]))
    }

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

    @Test("The right password opens the account's profile")
    func accepted() async throws {
        let authenticator = Authenticator(store: store, settings: LoginSettings(), cost: cheap)
        let profile = try #require(store.list().first).profile
        #expect(await login(authenticator, "kim", "correct horse") == .accepted(profile))
        #expect(profile.skills == ["payment"] && profile.role == .agent)
    }

    @Test(
        "Anything else does not",
        arguments: [("kim", "wrong"), ("kim", ""), ("nobody", "correct horse"), ("", ""), ("KIM", "correct horse")])
    func wrong(user: String, password: String) async {
        let authenticator = Authenticator(store: store, settings: LoginSettings(), cost: cheap)
        #expect(await login(authenticator, user, password) == .wrongPassword)
    }

    @Test(
        "After three wrong ones even the right one is refused, for known and unknown names alike",
        arguments: ["kim", "nobody"])
    func locked(user: String) async {
        let authenticator = Authenticator(store: store, settings: LoginSettings(), cost: cheap)
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

    @Test("Changes of the file count from the next login on")
    func reload() async throws {
        let authenticator = Authenticator(store: store, settings: LoginSettings(), cost: cheap)
        #expect(await login(authenticator, "lee", "correct horse") == .wrongPassword)
        try store.add(account("lee"))
        let lee = try account("lee").profile
        #expect(await login(authenticator, "lee", "correct horse") == .accepted(lee))
        try store.setPassword(account("lee", password: "another one").password, of: "lee")
        #expect(await login(authenticator, "lee", "correct horse") == .wrongPassword)
        #expect(await login(authenticator, "lee", "another one") == .accepted(lee))
        try store.remove("lee")
        #expect(await login(authenticator, "lee", "another one", address: "10.0.0.3") == .wrongPassword)
    }

    @Test("A file that others can read lets nobody in")
    func unsafeFile() async throws {
        let authenticator = Authenticator(store: store, settings: LoginSettings(), cost: cheap)
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
        let authenticator = Authenticator(store: store, settings: settings, cost: cheap)
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

    @Test("Known, unknown and locked names cost one hash each, and the same one")
    func sameWork() async throws {
        let costs = Mutex<[PasswordHash.Cost]>([])
        let authenticator = Authenticator(store: store, settings: LoginSettings(), cost: cheap) {
            (hash, password) throws(AccountError) in
            costs.withLock { $0.append(hash.cost) }
            return try hash.matches(password)
        }
        for second in 0..<5 {
            _ = await login(authenticator, "kim", "wrong", second: Int64(second))
            _ = await login(authenticator, "nobody", "wrong", second: Int64(second))
        }
        #expect(await login(authenticator, "kim", "wrong", second: 5) == .locked(retryAfter: .seconds(55)))
        #expect(costs.withLock { $0 } == [PasswordHash.Cost](repeating: cheap, count: 11))
    }
}
