// What comes out of a session for the rest of the server: whole, decoded, within its limits.

package import SangdamCore
package import SangdamProtocol

/// What a connection speaks; decided once, but for HTTP that becomes WebSocket. The raw value is a label of
/// `sangdam_connections`.
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
package enum SessionInput: Sendable {
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
