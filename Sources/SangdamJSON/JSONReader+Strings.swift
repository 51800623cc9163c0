// Strings, eight bytes at a time: where one ends, whether it is Unicode, and its bytes for whoever asked.

package import SangdamCore

// MARK: - For callers

extension JSONReader {
    /// The string's bytes with escapes resolved: valid UTF-8.
    package mutating func string(limitBytes: Int = .max) throws(JSONFault) -> [UInt8] {
        let string = try content(limitBytes: limitBytes)
        return string.resolved ?? Array(string.raw)
    }

    /// The string as words that need no second check.
    package mutating func text(limitBytes: Int = .max) throws(JSONFault) -> Text {
        Text(validated: try string(limitBytes: limitBytes))
    }

    /// The string where it stands, to be compared with what it may be.
    package mutating func word() throws(JSONFault) -> JSONWord {
        try expectString()
        let word = try passString()
        markRead()
        return word
    }

    /// Lends the string's bytes, escapes resolved, for the time of the call; without a copy when it has no escapes.
    @inlinable
    package mutating func withString<Result>(
        limitBytes: Int = .max, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(JSONFault) -> Result {
        let string = try content(limitBytes: limitBytes)
        guard let resolved = string.resolved else { return body(string.raw) }
        return resolved.withUnsafeBytes(body)
    }

    /// A string as a message's id; nil when it is empty or longer than 64 bytes.
    package mutating func messageID() throws(JSONFault) -> ClientMessageID? {
        try withString { ClientMessageID($0) }
    }

    /// A string as a chat's id; nil when it is none.
    package mutating func chatID() throws(JSONFault) -> ChatID? {
        try withString { ChatID($0) }
    }

    /// A string as an offer's id; nil when it is none.
    package mutating func offerID() throws(JSONFault) -> OfferID? {
        try withString { OfferID($0) }
    }
}

/// A string that was passed.
@usableFromInline
struct JSONString {
    /// Where it stands; the same as its value when there are no escapes.
    @usableFromInline let raw: UnsafeRawBufferPointer
    /// Its value when there are escapes.
    @usableFromInline let resolved: [UInt8]?

    init(_ raw: UnsafeRawBufferPointer, resolved: [UInt8]? = nil) {
        self.raw = raw
        self.resolved = resolved
    }
}

// MARK: - Passing

extension JSONReader {
    @usableFromInline
    mutating func content(limitBytes: Int) throws(JSONFault) -> JSONString {
        try expectString()
        let start = offset
        let word = try passString()
        let raw = word.escaped
        guard word.hasEscapes else {
            guard raw.count <= limitBytes else { throw unmoved(.tooLong(limitBytes: limitBytes), to: start) }
            markRead()
            return JSONString(raw)
        }
        // Resolving makes a string shorter, never longer.
        var resolved: [UInt8] = []
        resolved.reserveCapacity(raw.count)
        var units = UnescapedUnits(raw)
        while let byte = units.next() {
            resolved.append(byte)
        }
        guard resolved.count <= limitBytes else { throw unmoved(.tooLong(limitBytes: limitBytes), to: start) }
        markRead()
        return JSONString(raw, resolved: resolved)
    }

    @inline(__always)
    private mutating func expectString() throws(JSONFault) {
        // The common case by itself: within a container, right behind a colon, a comma or a bracket.
        if depth > 0, peek() == UInt8(ascii: "\"") { return }
        try expect(.string)
    }

    /// From the opening quote to behind the closing one, checking all between.
    @inline(__always)
    mutating func passString() throws(JSONFault) -> JSONWord {
        let start = offset &+ 1
        let eight = input.eightBytes(at: start)
        let stops = stopBits(in: eight)
        // The common case by itself: up to seven bytes of ASCII, as most names and words are.
        if stops != 0 {
            let bits = stops.trailingZeroBitCount & ~7
            let end = start &+ bits >> 3
            let head = eight & ((1 &<< UInt64(bits)) &- 1)
            if input.byte(at: end) == UInt8(ascii: "\""), head & highBits == 0 {
                offset = end &+ 1
                return JSONWord(start: input.start + start, count: bits >> 3, hasEscapes: false, head: head)
            }
        }
        return try passLongString(head: eight)
    }

    private mutating func passLongString(head: UInt64) throws(JSONFault) -> JSONWord {
        let (input, quote) = (input, offset)
        let start = quote &+ 1
        var index = start
        var hasEscapes = false
        var seen: UInt64 = 0
        while true {
            var eight = input.eightBytes(at: index)
            var stops = stopBits(in: eight)
            while stops == 0 {
                seen |= eight
                index &+= 8
                eight = input.eightBytes(at: index)
                stops = stopBits(in: eight)
            }
            let bits = stops.trailingZeroBitCount & ~7
            seen |= eight & ((1 &<< UInt64(bits)) &- 1)
            index &+= bits >> 3
            switch input.byte(at: index) {
            case UInt8(ascii: "\""):
                let count = index &- start
                let word = JSONWord(
                    start: input.start + start, count: count, hasEscapes: hasEscapes,
                    head: count < 8 ? head & ((1 &<< UInt64(count &<< 3)) &- 1) : head)
                guard seen & highBits == 0 || isValidUTF8(word.escaped) else {
                    throw unmoved(.badUTF8(at: quote), to: index)
                }
                offset = index &+ 1
                return word
            case UInt8(ascii: "\\"):
                hasEscapes = true
                offset = index &+ 1
                try passEscape(inStringAt: quote)
                index = offset
            default:
                // A control character or the input's end.
                throw unmoved(.notJSON(at: index), to: index)
            }
        }
    }

    /// What follows a backslash. A high surrogate takes its low one with it.
    private mutating func passEscape(inStringAt quote: Int) throws(JSONFault) {
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case UInt8(ascii: "u"):
            offset += 1
            switch try passFourDigits() {
            case 0xD800...0xDBFF:
                guard peek() == UInt8(ascii: "\\"), input.byte(at: offset + 1) == UInt8(ascii: "u") else {
                    throw peek() == nil ? .notJSON(at: offset) : .badUTF8(at: quote)
                }
                offset += 2
                guard case 0xDC00...0xDFFF = try passFourDigits() else { throw .badUTF8(at: quote) }
            case 0xDC00...0xDFFF:
                throw .badUTF8(at: quote)
            default:
                break
            }
        default:
            throw .notJSON(at: offset)
        }
    }

    private mutating func passFourDigits() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = hexDigit(byte) else { throw .notJSON(at: offset) }
            value = value << 4 | digit
            offset += 1
        }
        return value
    }
}

private let highBits: UInt64 = 0x8080_8080_8080_8080

/// The top bit of each byte that ends a run within a string: a quote, a backslash or a control character. Exact up to
/// the first of them.
@inline(__always)
private func stopBits(in eight: UInt64) -> UInt64 {
    let quotes = (eight ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
    let backslashes = (eight ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
    let controls = eight &- 0x2020_2020_2020_2020
    return (quotes | backslashes | controls) & ~eight & 0x8080_8080_8080_8080
}
