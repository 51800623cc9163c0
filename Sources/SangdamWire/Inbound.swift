// What comes out of a session for the rest of the server: whole, decoded, within its limits.

package import SangdamCore

/// What a connection speaks; decided once. The raw value is a label of `sangdam_connections`.
package enum WireMode: String, Sendable, CaseIterable {
    /// Nothing has been seen that decides it.
    case undecided
    case jsonLines = "json"
    case byHand = "hand"
    /// A browser or another HTTP client; this port sends it away with a sentence.
    case http
    /// Another protocol.
    case refused
}

/// One thing that a session asks of the server.
package enum Inbound: Sendable {
    case customerHello(language: Language, name: Text?, resume: ResumeRequest?)
    /// The password is still to be checked; `user` is any text of at most 64 bytes.
    case agentHello(user: String, password: [UInt8], language: Language)
    case command(Command)
    /// For counting: the answer stands in the output already.
    case refused(RefusalCode)
    /// The session is over: the output holds its last words; close once they are flushed. The last input of all.
    case close(Farewell)
}

/// A customer's wish to come back.
package struct ResumeRequest: Sendable, Equatable {
    /// As the peer wrote it, at most 128 bytes.
    package let token: Text
    /// The seq of the last message that the peer has seen.
    package let after: UInt64

    package init(token: Text, after: UInt64) {
        self.token = token
        self.after = after
    }
}
