// Why a WebSocket connection ends, as numbers that both sides know (RFC 6455 §7.4).

/// A status code of the close handshake.
package struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let normal = WebSocketCloseCode(rawValue: 1000)
    package static let goingAway = WebSocketCloseCode(rawValue: 1001)
    package static let protocolError = WebSocketCloseCode(rawValue: 1002)
    package static let unacceptableData = WebSocketCloseCode(rawValue: 1003)
    package static let invalidData = WebSocketCloseCode(rawValue: 1007)
    package static let policyViolation = WebSocketCloseCode(rawValue: 1008)
    package static let tooBig = WebSocketCloseCode(rawValue: 1009)
    /// The server restarts; come back after a little while (IANA registry).
    package static let serviceRestart = WebSocketCloseCode(rawValue: 1012)
    /// The server has too much to do; come back later (IANA registry).
    package static let tryAgainLater = WebSocketCloseCode(rawValue: 1013)

    /// Whether a peer may send it: registered and not reserved for use inside programs (§7.4.1, §7.4.2).
    package var maySend: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

/// What a peer did against the rules. After one the connection is of no more use: send `code` and end it.
package enum WebSocketFault: Error, Hashable, Sendable {
    case reservedBits
    case unknownOpcode
    case unmasked
    case masked
    case fragmentedControl
    case controlTooLong
    case lengthNotMinimal
    /// The most significant bit of a 64-bit length is set.
    case badLength
    case unexpectedContinuation
    /// A message began before the last one was complete.
    case messageInterrupted
    /// The body of a close frame is one byte.
    case badCloseLength
    case badCloseCode
    case binary
    case badUTF8
    case tooManyControlFrames
    case messageTooBig
    case tooManyFragments

    package var code: WebSocketCloseCode {
        switch self {
        case .reservedBits, .unknownOpcode, .unmasked, .masked, .fragmentedControl, .controlTooLong, .lengthNotMinimal,
            .badLength, .unexpectedContinuation, .messageInterrupted, .badCloseLength, .badCloseCode:
            .protocolError
        case .binary: .unacceptableData
        case .badUTF8: .invalidData
        case .tooManyControlFrames: .policyViolation
        case .messageTooBig, .tooManyFragments: .tooBig
        }
    }

    /// For the peer's developer, in the close frame.
    package var reason: String {
        switch self {
        case .reservedBits: "no extension was agreed on"
        case .unknownOpcode: "unknown opcode"
        case .unmasked: "frames from clients are masked"
        case .masked: "frames from servers are not masked"
        case .fragmentedControl: "a control frame in fragments"
        case .controlTooLong: "a control frame over 125 bytes"
        case .lengthNotMinimal: "a length in more bytes than it needs"
        case .badLength: "a length over 63 bits"
        case .unexpectedContinuation: "a continuation of nothing"
        case .messageInterrupted: "a message within a message"
        case .badCloseLength: "a close code of one byte"
        case .badCloseCode: "a close code that nobody may send"
        case .binary: "text messages only"
        case .badUTF8: "not UTF-8"
        case .tooManyControlFrames: "too many pings and pongs"
        case .messageTooBig: "message too big"
        case .tooManyFragments: "too many fragments"
        }
    }
}
