// HTTP/1.1 request heads (RFC 9112), sans-I/O and strict: what two readers could understand differently is refused, not
// guessed, so that nothing can be smuggled past a proxy in front of us.
//
// A request of POST has a body, of which its Content-Length says how long it is, where the rules allow one.
//
// Refused with 400: bare LF or CR (§2.2), anything but one space between the parts of the request line (§3), folded
// fields (§5.2), white space in front of a colon (§5.1), control characters, bytes above ASCII in a field that decides
// something here, a missing, repeated or malformed Host or one that the target contradicts (§3.2), any
// Transfer-Encoding, a repeated or malformed Content-Length (§6.3), and a body of GET or HEAD. 405: other methods than
// these, and POST where the rules allow no body. 413: a longer body than they allow. 414: target over 2 KiB. 431: more
// fields or a longer head than the rules allow. 505: not HTTP/1.0 or 1.1.

/// Why a request is refused. After one the connection is of no more use: answer with `status` and close.
package enum HTTPFault: Error, Hashable, Sendable {
    case badRequestLine
    case badLineEnd
    case badField
    case foldedField
    case missingHost
    case repeatedHost
    case badHost
    case badContentLength
    case transferEncoding
    case bodyRefused
    case bodyTooLarge
    case methodNotAllowed
    case versionNotSupported
    case targetTooLong
    case tooManyFields
    case headTooLarge

    package var status: HTTPStatus {
        switch self {
        case .badRequestLine, .badLineEnd, .badField, .foldedField, .missingHost, .repeatedHost, .badHost,
            .badContentLength, .transferEncoding, .bodyRefused:
            .badRequest
        case .bodyTooLarge: .contentTooLarge
        case .methodNotAllowed: .methodNotAllowed
        case .versionNotSupported: .httpVersionNotSupported
        case .targetTooLong: .uriTooLong
        case .tooManyFields, .headTooLarge: .requestHeaderFieldsTooLarge
        }
    }
}

/// One request.
package struct HTTPRequestHead: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        /// In lower case.
        package let name: String
        /// Without the white space around it.
        package let value: String
    }

    /// HEAD wants the fields only, and POST brings a body; otherwise the method is GET.
    package let isHead: Bool
    package var isPost = false
    /// HTTP/1.1; otherwise 1.0.
    package let isVersion11: Bool
    /// Whom the request is for: what an absolute target names, or else Host; nil when HTTP/1.0 names nobody.
    package let authority: HTTPAuthority?
    /// Begins with `/`, percent-escapes as they came.
    package let path: String
    /// What stands behind the `?`; nil without one.
    package let query: String?
    /// In the order in which they came.
    package let fields: [Field]
    /// Whether the client wants to go on with this connection (RFC 9112 §9.3).
    package let keepsAlive: Bool
    package var body: [UInt8] = []

    /// The first field of this name, given in lower case.
    package func value(of name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// All fields of this name, given in lower case.
    package func values(of name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The elements of a list that may stand in several fields (RFC 9110 §5.6.1); empty ones are left out.
    package func elements(of name: String) -> [String] {
        values(of: name).flatMap(listElements)
    }
}

/// Reads request heads from a stream, however it is split.
package struct HTTPRequestReader: Sendable {
    package static let targetLimitBytes = 2 * 1024

    private struct RequestLine: Sendable {
        let isHead: Bool
        let isPost: Bool
        /// What the absolute form names; nil for the usual form.
        let server: Server?
        let target: String
        let isVersion11: Bool
    }

    private struct Server: Sendable {
        /// `http://` or `https://`.
        let scheme: String
        let authority: String
    }

    private let rules: HTTPRules
    private var line: [UInt8] = []
    private var headBytes = 0
    private var mayBeEmpty = true
    private var requestLine: RequestLine?
    private var fields: [HTTPRequestHead.Field] = []
    /// A request whose body is not all there, and the bytes that it lacks.
    private var awaitsBody: (head: HTTPRequestHead, missing: Int)?

    package init(rules: HTTPRules = HTTPRules()) {
        self.rules = rules
    }

    /// Whether a head has begun, or its body is not all there: the time for it is running.
    package var isWithinHead: Bool { headBytes > 0 || awaitsBody != nil }
    /// Whether the head under way, or the one that was just refused, is one of HEAD: its answer has no body.
    package var isWithinHEAD: Bool { requestLine?.isHead ?? false }

    /// Takes bytes up to a request's end; `rest` then begins behind it. Nil when more are needed.
    package mutating func next(_ rest: inout UnsafeRawBufferPointer) throws(HTTPFault) -> HTTPRequestHead? {
        if awaitsBody == nil {
            guard let head = try nextHead(&rest) else { return nil }
            // It was checked with the head.
            let length = head.value(of: "content-length").flatMap { Int($0) } ?? 0
            guard head.isPost, length > 0 else { return head }
            awaitsBody = (head, length)
        }
        guard var (head, missing) = awaitsBody else { return nil }
        let taken = min(missing, rest.count)
        head.body.append(contentsOf: rest.prefix(taken))
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(taken))
        missing -= taken
        awaitsBody = missing == 0 ? nil : (head, missing)
        return missing == 0 ? head : nil
    }

    private mutating func nextHead(_ rest: inout UnsafeRawBufferPointer) throws(HTTPFault) -> HTTPRequestHead? {
        for (index, byte) in rest.enumerated() {
            headBytes += 1
            guard headBytes <= rules.headLimitBytes else {
                throw requestLine == nil ? .targetTooLong : .headTooLarge
            }
            guard byte == UInt8(ascii: "\n") else {
                // A carriage return belongs to a line's end or nowhere.
                guard line.last != UInt8(ascii: "\r") else { throw .badLineEnd }
                line.append(byte)
                continue
            }
            guard line.popLast() == UInt8(ascii: "\r") else { throw .badLineEnd }
            let isEmpty = line.isEmpty
            try takeLine()
            line.removeAll(keepingCapacity: true)
            if isEmpty, let requestLine {
                rest = UnsafeRawBufferPointer(rebasing: rest[(index + 1)...])
                let head = try finish(requestLine)
                self = HTTPRequestReader(rules: rules)
                return head
            }
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[rest.endIndex...])
        return nil
    }

    private mutating func takeLine() throws(HTTPFault) {
        guard requestLine != nil else {
            // RFC 9112 §2.2: one empty line in front of a request is passed over.
            if line.isEmpty, mayBeEmpty {
                mayBeEmpty = false
                return
            }
            requestLine = try readRequestLine()
            return
        }
        guard !line.isEmpty else { return }
        fields.append(try readField())
        guard fields.count <= rules.fieldLimit else { throw .tooManyFields }
    }

    private func readRequestLine() throws(HTTPFault) -> RequestLine {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(isTokenByte), !parts[1].isEmpty,
            parts[1].allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { throw .badRequestLine }
        let version = Array(parts[2])
        guard version.count == 8, version.starts(with: Array("HTTP/".utf8)), isDigit(version[5]),
            version[6] == UInt8(ascii: "."), isDigit(version[7])
        else { throw .badRequestLine }
        guard version[5] == UInt8(ascii: "1"), version[7] <= UInt8(ascii: "1") else { throw .versionNotSupported }
        let isHead = parts[0].elementsEqual("HEAD".utf8)
        let isPost = parts[0].elementsEqual("POST".utf8) && rules.bodyLimitBytes > 0
        guard isHead || isPost || parts[0].elementsEqual("GET".utf8) else { throw .methodNotAllowed }
        guard parts[1].count <= Self.targetLimitBytes else { throw .targetTooLong }
        guard let (server, target) = split(target: String(decoding: parts[1], as: UTF8.self)) else {
            throw .badRequestLine
        }
        return RequestLine(
            isHead: isHead, isPost: isPost, server: server, target: target, isVersion11: version[7] == UInt8(ascii: "1")
        )
    }

    /// RFC 9112 §3.2: the origin form as it is; the absolute form, which a server must take too, in its parts.
    private func split(target: String) -> (server: Server?, target: String)? {
        if target.hasPrefix("/") { return (nil, target) }
        let lowercase = target.lowercased()
        guard let scheme = ["http://", "https://"].first(where: { lowercase.hasPrefix($0) }) else { return nil }
        let rest = target.dropFirst(scheme.count)
        let path = rest.drop { $0 != "/" && $0 != "?" }
        guard path.startIndex > rest.startIndex else { return nil }
        let server = Server(scheme: scheme, authority: String(rest[..<path.startIndex]))
        return (server, path.hasPrefix("/") ? String(path) : "/" + path)
    }

    /// What is compared with words of ours. Strings are equal, and change case, by Unicode's rules: a Kelvin sign would
    /// be a `k` here and nowhere else.
    private static let decisiveFields: Set<String> = [
        "host", "connection", "upgrade", "origin", "if-none-match", "sec-websocket-key", "sec-websocket-protocol",
        "sec-websocket-version",
    ]

    private func readField() throws(HTTPFault) -> HTTPRequestHead.Field {
        guard let first = line.first, first != 0x20, first != 0x09 else { throw .foldedField }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            line[..<colon].allSatisfy(isTokenByte),
            line[(colon + 1)...].allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
        else { throw .badField }
        var value = line[(colon + 1)...]
        while let byte = value.first, byte == 0x20 || byte == 0x09 { value.removeFirst() }
        while let byte = value.last, byte == 0x20 || byte == 0x09 { value.removeLast() }
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        guard !Self.decisiveFields.contains(name) || value.allSatisfy({ $0 < 0x80 }) else { throw .badField }
        return HTTPRequestHead.Field(name: name, value: String(decoding: value, as: UTF8.self))
    }

    private func finish(_ requestLine: RequestLine) throws(HTTPFault) -> HTTPRequestHead {
        let parts = requestLine.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let head = HTTPRequestHead(
            isHead: requestLine.isHead, isPost: requestLine.isPost, isVersion11: requestLine.isVersion11,
            authority: try authority(requestLine),
            path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil, fields: fields,
            keepsAlive: keepsAlive(requestLine))
        guard head.value(of: "transfer-encoding") == nil else { throw .transferEncoding }
        let lengths = head.values(of: "content-length")
        guard lengths.count <= 1 else { throw .badContentLength }
        if let length = lengths.first {
            guard !length.isEmpty, length.utf8.allSatisfy(isDigit) else { throw .badContentLength }
            let isNothing = length.utf8.allSatisfy { $0 == UInt8(ascii: "0") }
            guard requestLine.isPost || isNothing else { throw .bodyRefused }
            guard isNothing || Int(length).map({ $0 <= rules.bodyLimitBytes }) ?? false else { throw .bodyTooLarge }
        }
        return head
    }

    private func keepsAlive(_ requestLine: RequestLine) -> Bool {
        let options = fields.filter { $0.name == "connection" }.flatMap { listElements($0.value.lowercased()) }
        return !options.contains("close") && (requestLine.isVersion11 || options.contains("keep-alive"))
    }

    /// One host, well-formed, and the target's own if that names one, the scheme's own port written or not: whoever
    /// reads the other one is not misled.
    private func authority(_ requestLine: RequestLine) throws(HTTPFault) -> HTTPAuthority? {
        let hosts = fields.filter { $0.name == "host" }.map(\.value)
        guard hosts.count <= 1 else { throw .repeatedHost }
        let host = hosts.first
        guard host != nil || !requestLine.isVersion11 else { throw .missingHost }
        let authority = host.flatMap { HTTPAuthority($0) }
        if host != nil, authority == nil { throw .badHost }
        guard let server = requestLine.server else { return authority }
        guard let named = WebOrigin(server.scheme + server.authority) else { throw .badHost }
        if let host, WebOrigin(server.scheme + host) != named { throw .badHost }
        return HTTPAuthority(server.authority)
    }
}

/// The elements of a comma-separated list, without the white space around them; empty ones are left out.
func listElements(_ value: String) -> [String] {
    value.utf8.split(separator: UInt8(ascii: ",")).compactMap { element in
        var element = element
        while let byte = element.first, byte == 0x20 || byte == 0x09 { element.removeFirst() }
        while let byte = element.last, byte == 0x20 || byte == 0x09 { element.removeLast() }
        return element.isEmpty ? nil : String(Substring(element))
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// RFC 9110 §5.6.2, `tchar`.
func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
        UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
        true
    default:
        false
    }
}
