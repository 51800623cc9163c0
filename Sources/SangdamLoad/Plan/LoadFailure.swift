// Why a run ends without a result. Each is somebody's: the address, the server's refusal, or words that nobody
// understands.

/// A run that came to nothing: one sentence for people, and the exit code.
package enum LoadFailure: Error, Sendable, Equatable {
    /// No connection, a lost one, no progress, or the time is over.
    case unavailable(String)
    /// The server said no; its own words are in the text.
    case refused(String)
    /// What came is nothing that this server says.
    case notUnderstood(String)

    package var sentence: String {
        switch self {
        case .unavailable(let text), .refused(let text), .notUnderstood(let text): text
        }
    }

    /// By sysexits: EX_UNAVAILABLE, EX_NOPERM, EX_PROTOCOL.
    package var exitCode: Int32 {
        switch self {
        case .unavailable: 69
        case .refused: 77
        case .notUnderstood: 76
        }
    }
}
