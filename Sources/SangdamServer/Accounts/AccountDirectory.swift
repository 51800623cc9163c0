// The account file as the running server knows it. It looks at the file four times a second and at each login, so that
// a command's change is in force within a second and without a signal, whoever wrote the file.

internal import Dispatch
internal import SangdamCore
internal import Synchronization

// @unchecked: all that changes is in `state`; the timer is set up once, and Dispatch's objects may be used on any
// thread.
final class AccountDirectory: @unchecked Sendable {
    private struct State {
        var hasLoaded = false
        var version: AccountStore.Version?
        var content = AccountFile.Content()
        var byName: [String: Account] = [:]
        /// Counts up with each content; 0 before the first.
        var generation: UInt64 = 0
        var passwordSince: [AgentName: UInt64] = [:]
        /// Why the file of this version cannot be used; it is not read again before it is another one.
        var failure: (error: AccountError, version: AccountStore.Version?)?
        /// What was told of it.
        var told: AccountError?
        var isStopped = false
    }

    /// An operator is promised a second; the desk and the disk need some of it.
    static let lookMilliseconds = 250

    private let store: AccountStore
    private let changed: @Sendable (Accounts) -> Void
    private let failed: @Sendable (AccountError?) -> Void
    private let state = Mutex(State())
    private let timer: any DispatchSourceTimer

    /// - Parameters:
    ///   - changed: takes the accounts whenever they are others than before, in order, on any thread; must not block,
    ///     nor come back here.
    ///   - failed: takes why the file cannot be used, once for as long as that is why, and nil once it can.
    init(
        store: AccountStore, changed: @escaping @Sendable (Accounts) -> Void,
        failed: @escaping @Sendable (AccountError?) -> Void
    ) {
        self.store = store
        self.changed = changed
        self.failed = failed
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "sangdam.accounts.file", qos: .utility))
        // It fires only once it is scheduled; one that was never active must not be let go of.
        timer.activate()
    }

    deinit {
        timer.cancel()
    }

    /// Begins to look at the file by itself, the first time before it returns.
    func watch() {
        look()
        let pause = DispatchTimeInterval.milliseconds(Self.lookMilliseconds)
        timer.setEventHandler { [weak self] in self?.look() }
        timer.schedule(deadline: .now() + pause, repeating: pause, leeway: .milliseconds(50))
    }

    func look() {
        var failure: AccountError?
        do throws(AccountError) { try refresh() } catch { failure = error }
        let isNews = state.withLock { state in
            defer { state.told = failure }
            return state.told != failure
        }
        if isNews { failed(failure) }
    }

    /// Nothing more is told of changes from here on; logins go on.
    func stop() {
        timer.cancel()
        state.withLock { $0.isStopped = true }
    }

    /// The account, if there is one, and the generation of all that was looked at.
    func account(named user: String) throws(AccountError) -> (account: Account?, generation: UInt64) {
        try refresh()
        return state.withLock { ($0.byName[user], $0.generation) }
    }

    /// Reads the file again when it is another one than was read last. A file that cannot be used, or that is gone,
    /// changes nobody's standing: an editor or a restore may be at work on it.
    func refresh() throws(AccountError) {
        let version = store.version()
        // The file is read under the lock: whoever waits for it wants to know the same.
        try state.withLock { (state) throws(AccountError) in
            if let failure = state.failure, failure.version == version { throw failure.error }
            if state.hasLoaded, state.version == version { return }
            do throws(AccountError) {
                let loaded = try store.load()
                guard loaded.version != nil || state.version == nil else { throw store.isGone }
                (state.version, state.failure) = (loaded.version, nil)
                if state.hasLoaded, state.content == loaded.content { return }
                let news = Self.take(loaded.content, into: &state)
                if !state.isStopped { changed(news) }
            } catch {
                state.failure = (error, version)
                throw error
            }
        }
    }

    private static func take(_ content: AccountFile.Content, into state: inout State) -> Accounts {
        state.generation += 1
        var passwordSince: [AgentName: UInt64] = [:]
        for account in content.accounts {
            let before = state.byName[account.name.text]
            passwordSince[account.name] =
                before?.password == account.password
                ? state.passwordSince[account.name] ?? state.generation : state.generation
        }
        state.passwordSince = passwordSince
        state.byName = Dictionary(uniqueKeysWithValues: content.accounts.map { ($0.name.text, $0) })
        state.content = content
        state.hasLoaded = true
        return Accounts(
            generation: state.generation,
            standings: Dictionary(
                uniqueKeysWithValues: content.accounts.map { account in
                    (
                        account.name,
                        AccountStanding(
                            profile: account.profile, isLocked: account.isLocked,
                            passwordSince: passwordSince[account.name] ?? state.generation)
                    )
                }),
            edits: content.edits)
    }
}
