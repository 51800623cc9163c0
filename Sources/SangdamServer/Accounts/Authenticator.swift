// Right password or not, off the reactors: hashing has a queue of its own, so that a login never holds up a message.
// Whoever asks learns nothing from the time that the answer takes: unknown names, wrong passwords and locked accounts
// all cost one hash.

internal import Dispatch
package import SangdamCore
internal import Synchronization

/// What became of a login.
package enum AuthenticationResult: Sendable, Equatable {
    case accepted(AgentProfile)
    case wrongPassword
    /// Too many wrong passwords; even the right one is refused until then.
    case locked(retryAfter: Interval)
    /// Too many logins are waiting; try again.
    case busy
    /// The account file cannot be used; the text is for the log, not for the peer.
    case failed(String)
}

/// Checks passwords against the account file, which is read again whenever it has changed.
package final class Authenticator: Sendable {
    private struct State {
        var limiter: LoginLimiter
        var accounts: [String: Account] = [:]
        var version: AccountStore.Version?
        var hasLoaded = false
        var waiting = 0
        var waitingLimit: Int
        /// The worker that takes the next password.
        var next = 0
    }

    typealias Matcher = @Sendable (PasswordHash, Secret) throws(AccountError) -> Bool

    private let store: AccountStore
    private let cost: PasswordHash.Cost
    private let matches: Matcher
    private let state: Mutex<State>
    /// Serial queues, one for each hash that may run at once.
    private let workers: [DispatchQueue]

    /// - Parameters:
    ///   - workers: hashes at once; each takes a core and 32 MiB while it runs.
    ///   - cost: what an unknown name costs; that of new accounts.
    package convenience init(
        store: AccountStore, settings: LoginSettings, workers: Int = 1, cost: PasswordHash.Cost = .standard
    ) {
        self.init(store: store, settings: settings, workers: workers, cost: cost) {
            (hash, password) throws(AccountError) in try hash.matches(password)
        }
    }

    /// - Parameter matches: the hashing itself, so that a test can see how often it is done.
    init(
        store: AccountStore, settings: LoginSettings, workers: Int = 1, cost: PasswordHash.Cost,
        matches: @escaping Matcher
    ) {
        self.store = store
        self.cost = cost
        self.matches = matches
        state = Mutex(State(limiter: LoginLimiter(settings), waitingLimit: settings.waiting))
        self.workers = (0..<max(1, workers)).map { DispatchQueue(label: "sangdam.accounts.\($0)", qos: .utility) }
    }

    /// New limits, as after a reload; what was counted stays counted.
    package func configure(_ settings: LoginSettings) {
        state.withLock { state in
            state.limiter.configure(settings)
            state.waitingLimit = settings.waiting
        }
    }

    /// Returns at once and calls `completion` later on a queue of the authenticator's; only `busy` is answered before it
    /// returns.
    ///
    /// - Parameters:
    ///   - address: the peer's address without its port.
    ///   - now: desk time, for the limits.
    package func authenticate(
        user: String, password: [UInt8], address: String, at now: Instant,
        completion: @escaping @Sendable (AuthenticationResult) -> Void
    ) {
        let worker: Int? = state.withLock { state in
            guard state.waiting < state.waitingLimit else { return nil }
            state.waiting += 1
            state.next = (state.next + 1) % workers.count
            return state.next
        }
        guard let worker else {
            completion(.busy)
            return
        }
        let secret = Secret(copying: password)
        let key = LoginLimiter.Key(user: String(decoding: user.utf8.prefix(64), as: UTF8.self), address: address)
        workers[worker].async { [self] in
            let result = check(key, user, secret, at: now)
            state.withLock { $0.waiting -= 1 }
            completion(result)
        }
    }

    private func check(
        _ key: LoginLimiter.Key, _ user: String, _ password: Secret, at now: Instant
    ) -> AuthenticationResult {
        do {
            let account = try account(named: user)
            let tooEarly = state.withLock { $0.limiter.begin(key, at: now) }
            let hash = account?.password ?? .nobody(cost: cost)
            let isRight = try matches(hash, password)
            if let tooEarly { return .locked(retryAfter: tooEarly) }
            guard isRight, let account else { return .wrongPassword }
            state.withLock { $0.limiter.right(key) }
            return .accepted(account.profile)
        } catch {
            return .failed(error.description)
        }
    }

    /// Reads the file again when it is not the one that was read last.
    private func account(named user: String) throws(AccountError) -> Account? {
        let version = store.version()
        let known: (isCurrent: Bool, account: Account?) = state.withLock { state in
            (state.hasLoaded && state.version == version, state.accounts[user])
        }
        if known.isCurrent { return known.account }
        let loaded = try store.load()
        return state.withLock { state in
            state.accounts = Dictionary(uniqueKeysWithValues: loaded.accounts.map { ($0.name.text, $0) })
            state.version = loaded.version
            state.hasLoaded = true
            return state.accounts[user]
        }
    }
}
