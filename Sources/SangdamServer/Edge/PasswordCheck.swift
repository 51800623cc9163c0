// What a chat session needs in order to let an agent in: a seam, because hashing has threads of its own.

internal import SangdamCore

/// Tells whether a password is right. The contract of `authenticate` is `Authenticator`'s.
protocol PasswordCheck: Sendable {
    func authenticate(
        user: String, password: [UInt8], address: String, at now: Instant,
        completion: @escaping @Sendable (AuthenticationResult) -> Void)
}

extension Authenticator: PasswordCheck {}
