// A line's envelope, in: what stands before and behind the fields of its kind. See `LineEncoder` for the shape.

package import SangdamCore
internal import SangdamJSON

/// What every line says before its kind's own fields.
package struct LineEnvelope: Sendable, Equatable {
    package let number: UInt64
    package let at: Instant
    package let type: String
    package let chat: ChatID?
    package let seq: UInt64?

    /// Nil when this version does not know the type.
    package var kind: LineKind? { LineKind(rawValue: type) }
}

extension LineEnvelope {
    /// No line that is written is longer. The longest is a checkpoint's chat whose `AckWindow` is full: for the
    /// customer, and twice for each of `agentLimit` agents, `limit` ids of at most 408 bytes (64 escaped six-fold,
    /// quotes, a seq of 20 digits, commas). That is below 1 MB; the rest lets the window grow without older readers
    /// refusing the line.
    package static let limitBytes = 4 << 20

    /// Reads n, at, type and, where the type demands them, chat and seq; `reader` then stands before the next key.
    init(_ reader: inout JSONReader) throws(LineFault) {
        do {
            try reader.beginObject()
            guard let n = try reader.nextKey(), n == "n" else { throw LineFault.badEnvelope }
            number = try reader.count("n")
            guard let at = try reader.nextKey(), at == "at" else { throw LineFault.badEnvelope }
            guard let instant = try reader.withString({ Instant(rfc3339: $0) }) else { throw LineFault.badValue("at") }
            self.at = instant
            guard let type = try reader.nextKey(), type == "type" else { throw LineFault.badEnvelope }
            self.type = try reader.withString { String(decoding: $0, as: UTF8.self) }
            guard let kind = LineKind(rawValue: self.type), kind.isOfChat else {
                chat = nil
                seq = nil
                return
            }
            guard let chat = try reader.nextKey(), chat == "chat" else { throw LineFault.badEnvelope }
            guard let id = try reader.withString({ ChatID($0) }) else { throw LineFault.badValue("chat") }
            self.chat = id
            guard let seq = try reader.nextKey(), seq == "seq" else { throw LineFault.badEnvelope }
            self.seq = try reader.count("seq")
        } catch let fault as LineFault {
            throw fault
        } catch let fault as JSONFault {
            throw .notJSON(fault)
        } catch {
            throw .badEnvelope
        }
    }

    /// The envelope of a whole line (without its LF), everything in it checked for being JSON.
    package init(line: UnsafeRawBufferPointer) throws(LineFault) {
        var reader = JSONReader(line)
        try self.init(&reader)
        do throws(JSONFault) {
            while try reader.nextKey() != nil { try reader.skipValue() }
            try reader.end()
        } catch {
            throw .notJSON(error)
        }
    }
}

extension JSONReader {
    /// A number that counts up by one from the first on: below 2⁶³, so that there is always another after it.
    mutating func count(_ field: String) throws -> UInt64 {
        let number = try unsigned()
        guard number < 1 << 63 else { throw LineFault.badValue(field) }
        return number
    }
}

/// The end of every line, `,"h":"32 hex digits"}`, and in front of it, on lines that hold somebody's words, the salt.
enum LineEnding {
    static let length = 40
    private static let saltOpening = Array(",\"s\":\"".utf8)
    /// Of `,"s":"22 characters"`.
    private static let saltLength = 29
    private static let opening = Array(",\"h\":\"".utf8)
    private static let closing = Array("\"}".utf8)

    /// The line's own link and how many bytes stand before it; nil when the line does not end so.
    static func read(_ line: UnsafeRawBufferPointer) -> (link: ChainLink, hashed: Int)? {
        guard line.count >= length else { return nil }
        let end = line[(line.count - length)...]
        guard end.starts(with: opening), end.suffix(2).elementsEqual(closing),
            let link = ChainLink(hex: end.dropFirst(opening.count).prefix(32))
        else { return nil }
        return (link, line.count - length)
    }

    /// Whether the line has its `s`: without it, nobody's words are in it any more.
    static func hasSalt(_ line: UnsafeRawBufferPointer) -> Bool {
        let start = line.count - length - saltLength
        // Within a string the quotes would be escaped.
        return start > 0 && line[start...].starts(with: saltOpening)
    }
}
