// Frames (RFC 6455 §5) as either side reads them, sans-I/O: bytes in, whole messages and control frames out, however
// the stream was split. Nothing that a peer sends can trap or be kept beyond the limits.
//
// Rules that it keeps
// - Every frame of a client is masked, and none of a server; RSV bits are 0, because no extension is ever agreed on;
//   unknown opcodes are refused (§5.2).
// - Lengths are written in as few bytes as they need (§5.2), and go through checked arithmetic only.
// - Control frames have at most 125 bytes and no fragments, and may stand between a message's fragments (§5.4, §5.5).
// - A fault is found as early as its bytes are there: a message too big by its header, bad UTF-8 at the bad byte
//   (§8.1).

package import SangdamCore

/// What a frame is (§11.8).
package enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    var isControl: Bool { rawValue & 0x8 != 0 }
}

/// Which side of a connection one is.
package enum WebSocketRole: Sendable {
    case server, client
}

/// A whole message or control frame, unmasked.
package enum WebSocketInput: Equatable, Sendable {
    /// UTF-8.
    case text([UInt8])
    /// Only where the rules take it.
    case binary([UInt8])
    case ping([UInt8])
    case pong
    /// With the code that the peer gave, which it may send; nil without one. Nothing comes after it.
    case close(WebSocketCloseCode?)
}

/// Cuts the peer's stream into messages.
package struct WebSocketReader: Sendable {
    private struct Frame: Sendable {
        let opcode: WebSocketOpcode
        let isFinal: Bool
        /// Bytes of the payload that are still to come.
        var missing: Int
        var mask: WebSocketMask?
    }

    private let rules: WebSocketRules
    private let role: WebSocketRole
    /// The header under way; 14 bytes is the longest.
    private var header = InlineArray<14, UInt8>(repeating: 0)
    private var headerCount = 0
    private var frame: Frame?
    /// The message under way and how many frames it has had; nil between messages.
    private var message: (opcode: WebSocketOpcode, fragments: Int)?
    private var payload: [UInt8] = []
    /// Complete between messages.
    private var utf8 = UTF8Check()
    private var control: [UInt8] = []
    /// Control frames since `secondBegan`.
    private var controlFrames = 0
    private var secondBegan = Instant(milliseconds: .min)
    /// What the peer's close said besides its code.
    package private(set) var closeReason = Text("")

    /// - Parameter role: ours; the peer has the other one.
    package init(rules: WebSocketRules, as role: WebSocketRole = .server) {
        self.rules = rules
        self.role = role
    }

    /// Takes bytes up to the end of a message or control frame; `rest` then begins behind it. Nil when more are needed.
    package mutating func next(
        _ rest: inout UnsafeRawBufferPointer, at now: Instant
    ) throws(WebSocketFault) -> WebSocketInput? {
        while true {
            if frame == nil {
                guard let begun = try readHeader(&rest, at: now) else { return nil }
                frame = begun
            }
            guard var current = frame else { return nil }
            try readPayload(of: &current, &rest)
            guard current.missing == 0 else {
                frame = current
                return nil
            }
            frame = nil
            if let input = try finish(current) { return input }
        }
    }

    // MARK: Header

    private mutating func readHeader(
        _ rest: inout UnsafeRawBufferPointer, at now: Instant
    ) throws(WebSocketFault) -> Frame? {
        guard takeHeader(upTo: 2, &rest) else { return nil }
        let (first, second) = (header[0], header[1])
        guard first & 0x70 == 0 else { throw .reservedBits }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw .unknownOpcode }
        let isMasked = second & 0x80 != 0
        guard isMasked == (role == .server) else { throw isMasked ? .masked : .unmasked }
        let isFinal = first & 0x80 != 0
        let shortLength = second & 0x7F
        if opcode.isControl {
            guard isFinal else { throw .fragmentedControl }
            guard shortLength <= 125 else { throw .controlTooLong }
        }
        let lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8
        guard takeHeader(upTo: 2 + lengthBytes + (isMasked ? 4 : 0), &rest) else { return nil }
        headerCount = 0
        let length = try length(shortLength, lengthBytes)
        try admit(opcode, length, at: now)
        let mask =
            isMasked
            ? WebSocketMask(
                header[2 + lengthBytes], header[3 + lengthBytes], header[4 + lengthBytes], header[5 + lengthBytes])
            : nil
        return Frame(opcode: opcode, isFinal: isFinal, missing: length, mask: mask)
    }

    /// Whether `count` bytes of the header are there now.
    private mutating func takeHeader(upTo count: Int, _ rest: inout UnsafeRawBufferPointer) -> Bool {
        var taken = 0
        while headerCount < count, taken < rest.count {
            header[headerCount] = rest[taken]
            headerCount += 1
            taken += 1
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
        return headerCount >= count
    }

    private func length(_ shortLength: UInt8, _ lengthBytes: Int) throws(WebSocketFault) -> Int {
        guard lengthBytes > 0 else { return Int(shortLength) }
        var length: UInt64 = 0
        for index in 2..<(2 + lengthBytes) { length = length << 8 | UInt64(header[index]) }
        guard length <= Int64.max else { throw .badLength }
        guard length > (lengthBytes == 2 ? 125 : 65_535) else { throw .lengthNotMinimal }
        guard let length = Int(exactly: length) else { throw .messageTooBig }
        return length
    }

    /// Whether a frame like this may come now. Before its payload is read, so that no more than is allowed is kept.
    private mutating func admit(
        _ opcode: WebSocketOpcode, _ length: Int, at now: Instant
    ) throws(WebSocketFault) {
        switch opcode {
        case .close:
            return
        case .ping, .pong:
            if now - secondBegan >= .seconds(1) { (secondBegan, controlFrames) = (now, 0) }
            controlFrames += 1
            guard controlFrames <= rules.controlFramesPerSecond else { throw .tooManyControlFrames }
            return
        case .continuation:
            guard let (opcode, fragments) = message else { throw .unexpectedContinuation }
            guard fragments < rules.fragmentLimit else { throw .tooManyFragments }
            message = (opcode, fragments + 1)
        case .text, .binary:
            guard message == nil else { throw .messageInterrupted }
            guard opcode == .text || rules.takesBinary else { throw .binary }
            message = (opcode, 1)
        }
        guard length <= rules.messageLimitBytes - payload.count else { throw .messageTooBig }
    }

    // MARK: Payload

    private mutating func readPayload(
        of frame: inout Frame, _ rest: inout UnsafeRawBufferPointer
    ) throws(WebSocketFault) {
        let count = min(frame.missing, rest.count)
        guard count > 0 else { return }
        let piece = UnsafeRawBufferPointer(rebasing: rest[..<count])
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        frame.missing -= count
        if frame.opcode.isControl {
            Self.append(piece, to: &control, unmaskedBy: &frame.mask)
            return
        }
        let start = payload.count
        Self.append(piece, to: &payload, unmaskedBy: &frame.mask)
        guard message?.opcode == .text else { return }
        let isText = payload.withUnsafeBytes { utf8.take(UnsafeRawBufferPointer(rebasing: $0[start...])) }
        guard isText else { throw .badUTF8 }
    }

    private static func append(
        _ piece: UnsafeRawBufferPointer, to bytes: inout [UInt8], unmaskedBy mask: inout WebSocketMask?
    ) {
        let start = bytes.count
        bytes.append(contentsOf: piece)
        bytes.withUnsafeMutableBytes { mask?.apply(to: UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
    }

    private mutating func finish(_ frame: Frame) throws(WebSocketFault) -> WebSocketInput? {
        if frame.opcode.isControl {
            var body: [UInt8] = []
            swap(&body, &control)
            switch frame.opcode {
            case .ping: return .ping(body)
            case .pong: return .pong
            case .close, .continuation, .text, .binary: return .close(try closeCode(body))
            }
        }
        guard frame.isFinal, let opcode = message?.opcode else { return nil }
        message = nil
        var whole: [UInt8] = []
        swap(&whole, &payload)
        if opcode == .binary { return .binary(whole) }
        guard utf8.isComplete else { throw .badUTF8 }
        return .text(whole)
    }

    /// §5.5.1: two bytes of code, then words in UTF-8, or nothing at all.
    private mutating func closeCode(_ body: [UInt8]) throws(WebSocketFault) -> WebSocketCloseCode? {
        guard !body.isEmpty else { return nil }
        guard body.count >= 2 else { throw .badCloseLength }
        let code = WebSocketCloseCode(rawValue: UInt16(body[0]) << 8 | UInt16(body[1]))
        guard code.maySend else { throw .badCloseCode }
        guard let reason = Text(validating: Array(body[2...])) else { throw .badUTF8 }
        closeReason = reason
        return code
    }
}
