// HTTP/1.1 responses as bytes (RFC 9112 §4). Fields are ours, so nothing of a peer's can get between their lines.

package import SangdamCore

/// The statuses that this program answers with (RFC 9110 §15).
package enum HTTPStatus: Int, Sendable, CaseIterable {
    case switchingProtocols = 101
    case ok = 200
    case notModified = 304
    case badRequest = 400
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case requestTimeout = 408
    case conflict = 409
    case contentTooLarge = 413
    case uriTooLong = 414
    case misdirectedRequest = 421
    case upgradeRequired = 426
    case requestHeaderFieldsTooLarge = 431
    case internalServerError = 500
    case notImplemented = 501
    case serviceUnavailable = 503
    case httpVersionNotSupported = 505

    /// The words behind the number in the status line; nobody relies on them.
    package var reason: String {
        switch self {
        case .switchingProtocols: "Switching Protocols"
        case .ok: "OK"
        case .notModified: "Not Modified"
        case .badRequest: "Bad Request"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .requestTimeout: "Request Timeout"
        case .conflict: "Conflict"
        case .contentTooLarge: "Content Too Large"
        case .uriTooLong: "URI Too Long"
        case .misdirectedRequest: "Misdirected Request"
        case .upgradeRequired: "Upgrade Required"
        case .requestHeaderFieldsTooLarge: "Request Header Fields Too Large"
        case .internalServerError: "Internal Server Error"
        case .notImplemented: "Not Implemented"
        case .serviceUnavailable: "Service Unavailable"
        case .httpVersionNotSupported: "HTTP Version Not Supported"
        }
    }
}

/// A whole response with its body in memory.
package struct HTTPResponse: Sendable {
    package let status: HTTPStatus
    package private(set) var body: [UInt8] = []
    private var fields: [(name: String, value: String)] = []

    /// - Parameter allowed: what a 405 names (RFC 9110 §15.5.6).
    package init(status: HTTPStatus, allowed: String = "GET, HEAD") {
        self.status = status
        if status == .methodNotAllowed { setField("Allow", allowed) }
    }

    /// A response of one line of text.
    package init(status: HTTPStatus, text: String) {
        self.init(status: status)
        setBody(Array((text + "\n").utf8), contentType: "text/plain; charset=utf-8")
    }

    /// Adds a field. A line end in it, which would make another field of the rest, becomes a space.
    package mutating func setField(_ name: String, _ value: String) {
        func oneLine(_ text: String) -> String {
            String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
        }
        fields.append((oneLine(name), oneLine(value)))
    }

    package mutating func setBody(_ body: [UInt8], contentType: String) {
        self.body = body
        setField("Content-Type", contentType)
    }

    /// Appends the response.
    ///
    /// - Parameters:
    ///   - isHead: the request was HEAD: the length is told, the body is left out (RFC 9110 §9.3.2).
    ///   - keepsAlive: the connection stays open for the next request; without meaning for 101.
    ///   - now: for the field `Date`; without it there is none.
    package func write(into output: inout [UInt8], isHead: Bool, keepsAlive: Bool, at now: Instant? = nil) {
        output.append(contentsOf: "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n".utf8)
        if let now { output.append(contentsOf: "Date: \(now.httpDate)\r\n".utf8) }
        for field in fields {
            output.append(contentsOf: "\(field.name): \(field.value)\r\n".utf8)
        }
        // RFC 9110 §8.6: 101 has no length, and that of 304 would be another response's.
        if status != .switchingProtocols && status != .notModified {
            output.append(contentsOf: "Content-Length: \(body.count)\r\n".utf8)
        }
        // RFC 9110 §7.8: whoever sends Upgrade names it in Connection.
        var options = fields.contains { $0.name == "Upgrade" } ? ["Upgrade"] : []
        if status != .switchingProtocols { options.append(keepsAlive ? "keep-alive" : "close") }
        output.append(contentsOf: "Connection: \(options.joined(separator: ", "))\r\n\r\n".utf8)
        if !isHead { output.append(contentsOf: body) }
    }
}
