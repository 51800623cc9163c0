// Right password or not, off the reactors: hashing has threads of its own, so that a login never holds up a message.
// Whoever asks learns nothing from the time that the answer takes: unknown names and wrong passwords cost the same, one
// hash for each form in which the password is compared, and a name is locked for an address, without any, whether or
// not somebody has it.

internal import Dispatch
package import SangdamCore
internal import Synchronization

/// What became of a login.
package enum AuthenticationResult: Sendable, Equatable {
    /// The generation is that of the accounts that were looked at.
    case accepted(AgentProfile, generation: UInt64)
    case wrongPassword
    /// The password was right, but somebody has locked the account.
    case accountLocked
    /// Too many wrong passwords; even the right one is refused until then.
    case locked(retryAfter: Interval)
    /// Too many logins are waiting; try again.
    case busy
    /// The account file cannot be used; the text is for the log, not for the peer.
    case failed(String)
}

/// Checks passwords against the account file.
package final class Authenticator: Sendable {
    private struct Job: Sendable {
        let key: LoginLimiter.Key
        let user: String
        let password: Secret
        let at: Instant
        let completion: @Sendable (AuthenticationResult) -> Void
    }

    private struct State {
        var limiter: LoginLimiter
        var log = LoginLog()
        var queue: LoginQueue<Job>
        var idle: [DispatchQueue]
    }

    /// What `authenticate` leaves to do once the lock is given back.
    private enum Begun {
        case locked(Interval)
        case waits(displaced: Job?)
    }

    typealias Matcher = @Sendable (PasswordHash, Secret) throws(AccountError) -> Bool

    private let directory: AccountDirectory
    private let cost: PasswordHash.Cost
    private let matches: Matcher
    private let warn: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - workers: hashes at once; each takes a core and 32 MiB while it runs. With fewer than two, one address that
    ///     floods makes everybody else wait for a hash of its own.
    ///   - cost: what an unknown name costs; that of new accounts.
    ///   - warn: takes lines for the operator's log about wrong passwords, on any thread.
    convenience init(
        directory: AccountDirectory, settings: LoginSettings, workers: Int = 2, cost: PasswordHash.Cost = .standard,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.init(directory: directory, settings: settings, workers: workers, cost: cost, warn: warn) {
            (hash, password) throws(AccountError) in try hash.matches(password)
        }
    }

    /// - Parameter matches: the hashing itself, so that a test can see how often it is done.
    init(
        directory: AccountDirectory, settings: LoginSettings, workers: Int = 2, cost: PasswordHash.Cost,
        warn: @escaping @Sendable (String) -> Void = { _ in }, matches: @escaping Matcher
    ) {
        self.directory = directory
        self.cost = cost
        self.matches = matches
        self.warn = warn
        state = Mutex(
            State(
                limiter: LoginLimiter(settings), queue: LoginQueue(limit: settings.waiting),
                // Serial queues have threads of their own; a concurrent one shares a pool that others may have used up.
                idle: (0..<max(1, workers)).map { DispatchQueue(label: "sangdam.password.\($0)", qos: .utility) }))
    }

    /// New limits, as after a reload; what was counted stays counted.
    package func configure(_ settings: LoginSettings) {
        state.withLock { state in
            state.limiter.configure(settings)
            state.queue.limit = settings.waiting
        }
    }

    /// Returns at once and calls `completion` once, on any thread: `locked` and `busy`, which cost no hash, perhaps
    /// before it returns; `busy` also for one that waited and had to make room for another address.
    ///
    /// - Parameters:
    ///   - address: whom limits count, without a port: the same text for all addresses that one peer can take on
    ///     (`SocketAddress.limitKey`).
    ///   - now: desk time, for the limits.
    package func authenticate(
        user: String, password: [UInt8], address: String, at now: Instant,
        completion: @escaping @Sendable (AuthenticationResult) -> Void
    ) {
        let key = LoginLimiter.Key(user: String(decoding: user.utf8.prefix(64), as: UTF8.self), address: address)
        let job = Job(key: key, user: user, password: Secret(copying: password), at: now, completion: completion)
        let begun: Begun = state.withLock { state in
            if let tooEarly = state.limiter.refusal(of: key, at: now) { return .locked(tooEarly) }
            return .waits(displaced: state.queue.add(job, from: address))
        }
        switch begun {
        case .locked(let retryAfter): completion(.locked(retryAfter: retryAfter))
        case .waits(let displaced):
            displaced?.completion(.busy)
            startWorkers()
        }
    }

    /// Gives waiting jobs to idle workers, as far as both are there.
    private func startWorkers() {
        while let (worker, address, job) = takeJob() {
            worker.async { [self] in
                let result = check(job)
                state.withLock { state in
                    state.queue.finish(address)
                    state.idle.append(worker)
                }
                job.completion(result)
                startWorkers()
            }
        }
    }

    private func takeJob() -> (worker: DispatchQueue, address: String, job: Job)? {
        state.withLock { state in
            guard let worker = state.idle.last, let next = state.queue.next() else { return nil }
            state.idle.removeLast()
            return (worker, next.address, next.job)
        }
    }

    private func check(_ job: Job) -> AuthenticationResult {
        do {
            let (account, generation) = try directory.account(named: job.user)
            // Again: those that waited before this one may have been wrong.
            if let tooEarly = state.withLock({ $0.limiter.begin(job.key, at: job.at) }) {
                return .locked(retryAfter: tooEarly)
            }
            let hash = account?.password ?? .nobody(cost: cost)
            var isRight = false
            for form in job.password.comparedForms where !isRight { isRight = try matches(hash, form) }
            guard isRight, let account else {
                let lines = state.withLock { state in
                    state.log.wrong(job.key, state.limiter.standing(of: job.key, at: job.at), at: job.at)
                }
                for line in lines { warn(line) }
                return .wrongPassword
            }
            state.withLock { $0.limiter.right(job.key) }
            return account.isLocked ? .accountLocked : .accepted(account.profile, generation: generation)
        } catch {
            return .failed(error.description)
        }
    }
}
