// The message that is counted, as bytes: a line that the protocol's writer made, whose digits change from message to
// message and nothing else. Its text says whose it is: eight hexadecimal digits for the pair, eight for the number,
// then the alphabet over and over. So a single changed, missing or added byte shows.

internal import SangdamCore
internal import SangdamProtocol

/// Writes and recognises the counted messages of a run.
package struct SayTemplate: Sendable {
    /// Digits that the text begins with.
    package static let digits = 16

    /// `{"type":"say","id":"…","text":"…"}` and the line's end; valid until the next `fill`.
    package private(set) var line: [UInt8]
    private let idStart: Int
    private let textStart: Int
    private let textBytes: Int

    /// - Parameter textBytes: at least `digits`.
    package init(textBytes: Int) {
        precondition(textBytes >= Self.digits, "no room for the digits")
        self.textBytes = textBytes
        let id = Array(repeating: UInt8(ascii: "0"), count: 8)
        let text = (0..<textBytes).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        let say = Command.say(chat: nil, id: ClientMessageID(id), text: Text(validated: text))
        line = ClientMessage.command(say).line
        guard let idRange = line.firstRange(of: id), let textRange = line.firstRange(of: text) else {
            preconditionFailure("what was said stands in the line as it is")
        }
        (idStart, textStart) = (idRange.lowerBound, textRange.lowerBound)
    }

    /// Makes `line` that message.
    package mutating func fill(_ mark: AuditLedger.Mark) {
        line.withUnsafeMutableBytes { bytes in
            Self.write(mark.number, to: bytes, at: idStart)
            Self.write(mark.pair, to: bytes, at: textStart)
            Self.write(mark.number, to: bytes, at: textStart + 8)
        }
    }

    /// What a delivered text says it is; nil when it is not, byte for byte, a text of this run.
    package func mark(of text: UnsafeRawBufferPointer) -> AuditLedger.Mark? {
        guard text.count == textBytes, let pair = Self.number(text[..<8]), let number = Self.number(text[8..<16]),
            text[16...].elementsEqual(line[(textStart + 16)..<(textStart + textBytes)])
        else { return nil }
        return AuditLedger.Mark(pair: pair, number: number)
    }

    /// Reads eight lower-case hexadecimal digits; nil for anything else.
    package static func number(_ digits: some Collection<UInt8>) -> UInt32? {
        guard digits.count == 8 else { return nil }
        var value: UInt32 = 0
        for byte in digits {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }

    private static func write(_ number: UInt32, to bytes: UnsafeMutableRawBufferPointer, at start: Int) {
        for index in 0..<8 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt32(28 - 4 * index) & 0xF)
            bytes[start + index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }
}
