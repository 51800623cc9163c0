// Which mode the first bytes of a connection ask for (Protocol.md#The-chat-port). The same bytes give the same
// answer however they are split: as long as they may still become another protocol's opening, more are awaited.

/// What the first bytes say.
enum Latch: Equatable {
    case needsMore
    case jsonLines
    case byHand
    case http
    case otherProtocol

    private static let httpOpenings: [StaticString] = [
        "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "CONNECT ", "TRACE ", "PRI * HTTP/2",
    ]

    private static let otherOpenings: [StaticString] = ["CAP LS", "NICK ", "SSH-2.0"]

    static func decide(_ bytes: UnsafeRawBufferPointer) -> Latch {
        guard let first = bytes.first else { return .needsMore }
        if first == UInt8(ascii: "{") { return .jsonLines }
        if isNoText(first) { return .otherProtocol }
        var mayGrow = false
        for opening in httpOpenings {
            switch match(bytes, opening) {
            case .whole: return .http
            case .part: mayGrow = true
            case .none: break
            }
        }
        for opening in otherOpenings {
            switch match(bytes, opening) {
            case .whole: return .otherProtocol
            case .part: mayGrow = true
            case .none: break
            }
        }
        return mayGrow ? .needsMore : .byHand
    }

    /// First bytes of TLS, SOCKS, MQTT, RDP, telnet and the like. Escape and Backspace are keys that people press, and
    /// what may begin a syllable in an old Korean encoding is a person's too, who is then told about UTF-8.
    private static func isNoText(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x08, 0x09, 0x0A, 0x0D, 0x1B: false
        case 0x00...0x1F, 0x80...0xA0, 0xF8...0xFF: true
        default: false
        }
    }

    private enum Match {
        case whole, part, none
    }

    private static func match(_ bytes: UnsafeRawBufferPointer, _ opening: StaticString) -> Match {
        let length = opening.utf8CodeUnitCount
        for index in 0..<min(bytes.count, length) where bytes[index] != opening.utf8Start[index] {
            return .none
        }
        return bytes.count >= length ? .whole : .part
    }
}
