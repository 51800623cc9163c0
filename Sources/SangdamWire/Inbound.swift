// What comes out of a session for the rest of the server: whole, decoded, within its limits.

package import SangdamCore

/// What a connection speaks; decided once, but for HTTP that becomes WebSocket. The raw value is a label of `sangdam_connections`.
package enum WireMode: String, Sendable, CaseIterable {
    /// Nothing has been seen that decides it.
    case undecided
    case jsonLines = "json"
    case byHand = "hand"
    /// A browser or another HTTP client, until it asks for WebSocket.
    case http
    case webSocket = "websocket"
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
    /// The same for a request of HTTP.
    case refusedRequest(HTTPStatus)
    /// The session is over: the output holds its last words; close once they are flushed. The last input of all.
    case close(Farewell)
    /// The same for a browser's connection that ended without a farewell of ours.
    case closeWeb(WebEnding)
}

/// A customer's wish to come back.
package struct ResumeRequest: Sendable, Equatable {
    /// As the peer wrote it, at most `WrittenCode.limitBytes`; whoever looks it up reads it (`WrittenCode`).
    package let token: Text
    /// The seq of the last message that the peer has seen.
    package let after: UInt64

    package init(token: Text, after: UInt64) {
        self.token = token
        self.after = after
    }
}
