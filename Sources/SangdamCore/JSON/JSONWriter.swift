// JSON out: straight into bytes, no tree, no Strings. Used for the protocol and for the journal, which must escape alike.
//
// Beyond RFC 8259 it escapes U+2028, U+2029 and U+007F, so that a line is an event for every reader and a terminal is
// safe from what it shows.

/// Appends one JSON value to a buffer that is kept and reused.
///
/// Commas come by themselves. Unbalanced `begin`/`end` or a value without a key is a bug of ours.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8]
    private var needsComma = false

    package init(reservingBytes capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Writes on behind what `bytes` already holds.
    package init(appendingTo bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    package mutating func beginObject() {
        comma()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    package mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    package mutating func beginArray() {
        comma()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    package mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// A key of ours: it needs no escape.
    @inline(__always)
    package mutating func key(_ key: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A key that is not a literal, such as a field's raw value. Labelled, because a literal prefers String.
    package mutating func key(named key: String) {
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ text: Text) {
        string(utf8: text.utf8)
    }

    package mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string(utf8: $0) }
    }

    package mutating func string(utf8: [UInt8]) {
        utf8.withUnsafeBufferPointer { string(utf8: $0) }
    }

    // One for each kind of id: a generic one would not be specialised in other modules, and these stand on the path of
    // every message.

    package mutating func string(_ id: ChatID) {
        write(id)
    }

    package mutating func string(_ id: OfferID) {
        write(id)
    }

    package mutating func string(_ id: SessionID) {
        write(id)
    }

    package mutating func string(_ id: ClientMessageID) {
        id.withUTF8 { string(utf8: $0) }
    }

    @inline(__always)
    private mutating func write<Kind>(_ id: ID<Kind>) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        id.writeCharacters { bytes.append($0) }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    package mutating func string(_ instant: Instant) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        instant.writeRFC3339(into: &bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    package mutating func number(_ value: Int) {
        comma()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDecimal(UInt64(value.magnitude))
        needsComma = true
    }

    package mutating func number(_ value: UInt64) {
        comma()
        appendDecimal(value)
        needsComma = true
    }

    /// A length of time in seconds with up to three decimals.
    package mutating func seconds(_ interval: Interval) {
        comma()
        let milliseconds = interval.milliseconds.magnitude
        if interval.milliseconds < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDecimal(milliseconds / 1000)
        let rest = milliseconds % 1000
        if rest != 0 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(UInt8(ascii: "0") + UInt8(rest / 100))
            if rest % 100 != 0 { bytes.append(UInt8(ascii: "0") + UInt8(rest / 10 % 10)) }
            if rest % 10 != 0 { bytes.append(UInt8(ascii: "0") + UInt8(rest % 10)) }
        }
        needsComma = true
    }

    package mutating func bool(_ value: Bool) {
        comma()
        bytes.append(contentsOf: value ? Self.trueBytes : Self.falseBytes)
        needsComma = true
    }

    package mutating func null() {
        comma()
        bytes.append(contentsOf: Self.nullBytes)
        needsComma = true
    }

    /// A byte outside JSON, such as the line's end.
    package mutating func raw(_ byte: UInt8) {
        bytes.append(byte)
    }

    private static let trueBytes = Array("true".utf8)
    private static let falseBytes = Array("false".utf8)
    private static let nullBytes = Array("null".utf8)

    @inline(__always)
    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func appendDecimal(_ value: UInt64) {
        var rest = value
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var at = 20
            repeat {
                at -= 1
                digits[at] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[at...]))
        }
    }

    /// `utf8` must be UTF-8. Runs that need no escape are copied whole.
    private mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        var at = 0
        while at < utf8.count {
            let byte = utf8[at]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7F, byte != 0xE2 {
                at += 1
                continue
            }
            let isLineSeparator =
                byte == 0xE2 && at + 2 < utf8.count && utf8[at + 1] == 0x80 && utf8[at + 2] & 0xFE == 0xA8
            if byte == 0xE2, !isLineSeparator {
                at += 1
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<at]))
            if isLineSeparator {
                appendEscape(0x2028 + UInt16(utf8[at + 2] & 1))
                at += 3
            } else {
                appendEscape(byte)
                at += 1
            }
            start = at
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func appendEscape(_ byte: UInt8) {
        let short: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): short = byte
        case 0x08: short = UInt8(ascii: "b")
        case 0x09: short = UInt8(ascii: "t")
        case 0x0A: short = UInt8(ascii: "n")
        case 0x0C: short = UInt8(ascii: "f")
        case 0x0D: short = UInt8(ascii: "r")
        default:
            appendEscape(UInt16(byte))
            return
        }
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(short)
    }

    private mutating func appendEscape(_ scalar: UInt16) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "u"))
        for shift: UInt16 in [12, 8, 4, 0] {
            let digit = UInt8(scalar >> shift & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

extension Text {
    /// About the bytes between the quotes that `JSONWriter` makes of it: what it escapes takes six, at most.
    package var writtenBytes: Int {
        utf8.reduce(0) { count, byte in
            let isPlain = byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            return count + (isPlain ? 1 : 6)
        }
    }
}
