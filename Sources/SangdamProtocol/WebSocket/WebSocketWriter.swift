// Frames (RFC 6455 §5): whole messages, their length in as few bytes as it needs; unmasked from a server, masked from a
// client.

/// Writes frames into an output buffer.
///
/// A message is written in place: `begin` leaves room for the usual header, the payload is appended by whoever writes
/// it, and `end` fills the header in. Only a payload of up to 125 bytes, or of over 65,535, is moved then.
package enum WebSocketWriter {
    /// The header of a payload of 126 to 65,535 bytes.
    private static let room = 4

    /// Leaves room for a header.
    ///
    /// - Returns: where the frame begins, for `end`.
    package static func begin(_ output: inout [UInt8]) -> Int {
        let start = output.count
        output.append(contentsOf: [0, 0, 0, 0])
        return start
    }

    /// Makes a frame of what was appended since `begin`.
    package static func end(_ start: Int, _ opcode: WebSocketOpcode, in output: inout [UInt8]) {
        let length = output.count - start - room
        output[start] = 0x80 | opcode.rawValue
        switch length {
        case ...125:
            output[start + 1] = UInt8(length)
            output.withUnsafeMutableBytes { bytes in
                let target = UnsafeMutableRawBufferPointer(rebasing: bytes[(start + 2)...])
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[(start + room)...]))
            }
            output.removeLast(2)
        case ...65_535:
            output[start + 1] = 126
            output[start + 2] = UInt8(length >> 8)
            output[start + 3] = UInt8(length & 0xFF)
        default:
            let header: [UInt8] = [127] + (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
            output.replaceSubrange((start + 1)..<(start + room), with: header)
        }
    }

    /// Appends a whole frame.
    package static func write(_ opcode: WebSocketOpcode, _ payload: some Sequence<UInt8>, into output: inout [UInt8]) {
        let start = begin(&output)
        output.append(contentsOf: payload)
        end(start, opcode, in: &output)
    }

    /// Appends a whole frame of a client's, masked by `key`.
    package static func write(
        _ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer, maskedBy key: UInt32, into output: inout [UInt8]
    ) {
        output.append(0x80 | opcode.rawValue)
        switch payload.count {
        case ...125: output.append(0x80 | UInt8(payload.count))
        case ...65_535:
            output.append(0x80 | 126)
            append(payload.count, bytes: 2, to: &output)
        default:
            output.append(0x80 | 127)
            append(payload.count, bytes: 8, to: &output)
        }
        append(Int(key.byteSwapped), bytes: 4, to: &output)
        let start = output.count
        output.append(contentsOf: payload)
        output.withUnsafeMutableBytes { bytes in
            var mask = WebSocketMask(key)
            mask.apply(to: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
        }
    }

    /// The lowest bytes of a number, the highest of them first.
    private static func append(_ number: Int, bytes: Int, to output: inout [UInt8]) {
        for index in 1...bytes { output.append(UInt8(truncatingIfNeeded: number >> (8 * (bytes - index)))) }
    }

    /// Appends a close frame; without a code when there is none to give.
    ///
    /// - Parameter reason: for developers, not for people; what is over 123 bytes is cut off.
    package static func writeClose(_ code: WebSocketCloseCode?, reason: String = "", into output: inout [UInt8]) {
        var body: [UInt8] = []
        if let code {
            body = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
            for scalar in reason.unicodeScalars {
                let bytes = UTF8.encode(scalar).map(Array.init) ?? []
                guard body.count + bytes.count <= 125 else { break }
                body += bytes
            }
        }
        write(.close, body, into: &output)
    }
}
