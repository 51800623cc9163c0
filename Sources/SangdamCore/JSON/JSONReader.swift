// JSON in, by RFC 8259 and stricter where the RFC leaves a choice: a reader that is asked for one value after the other
// and builds no tree. It takes untrusted bytes, so whatever they are it answers with a value or a typed fault: it never
// traps, never reads past their end, and its work grows with their length only.
//
// Rules that it keeps
// - Everything passed is checked, also what nobody asked for (`skipValue`): grammar, UTF-8, escapes, depth, field count.
// - A key may occur once in an object, whatever escapes it is written with.
// - A string is Unicode text: bad UTF-8 and lone surrogates are `badUTF8`, not `notJSON`.
// - Numbers are exact: an integer is written without fraction or exponent and fits its type.
// - `wrongKind`, `tooLong` and `outOfRange` leave the reader in front of the value: the caller may `skipValue()` and go
//   on. After any other fault it stands where the input broke, and only the fault is of use.

/// Reads one JSON text from first to last byte.
///
/// The bytes must stay where they are for as long as the reader and its keys are in use. Reading an object:
/// ```swift
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///     switch key {
///     case "text": text = try reader.text(limitBytes: 4000)
///     default: try reader.skipValue()
///     }
/// }
/// try reader.end()
/// ```
/// Exactly one value is read for each key and for each `true` of `nextElement()`. Nothing is allocated unless an object
/// nest holds more than 16 keys or a string is asked for as an array.
package struct JSONReader {
    /// The deepest nesting that any caller may ask for.
    package static let depthCeiling = 32
    package static let defaultFieldLimit = 64

    /// How far the input was read, in bytes.
    package private(set) var offset = 0

    private let input: UnsafeRawBufferPointer
    private let depthLimit: Int
    private let fieldLimit: Int

    /// Containers that are open now.
    private var depth = 0
    /// Bit n: container n is an object / has had an entry; bit 0 stands for the whole input.
    private var isObject: UInt64 = 0
    private var hasEntry: UInt64 = 0
    /// Where the keys of container n begin in `keys`.
    private var firstKey = InlineArray<33, Int32>(repeating: 0)
    private var keys = KeyList()

    /// - Parameters:
    ///   - depthLimit: containers within containers, at most `depthCeiling`.
    ///   - fieldLimit: keys in one object.
    package init(_ input: UnsafeRawBufferPointer, depthLimit: Int = 16, fieldLimit: Int = defaultFieldLimit) {
        self.input = input
        self.depthLimit = min(max(depthLimit, 0), Self.depthCeiling)
        self.fieldLimit = fieldLimit
    }

    // MARK: Containers

    package mutating func beginObject() throws(JSONFault) {
        try begin(.object)
    }

    /// The next key of the innermost object with its value to be read, or nil once the object is closed.
    package mutating func nextKey() throws(JSONFault) -> JSONKey? {
        guard try !closes(with: UInt8(ascii: "}")) else { return nil }
        guard peek() == UInt8(ascii: "\"") else { throw .notJSON(at: offset) }
        let span = try passString()
        let key = JSONKey(
            escaped: UnsafeRawBufferPointer(rebasing: input[span.content]), hasEscapes: span.hasEscapes)
        let first = Int(firstKey[depth])
        guard keys.count - first < fieldLimit else { throw .tooManyFields }
        for place in first..<keys.count where keys[place] == key {
            throw .duplicateKey
        }
        keys.append(key)
        skipWhitespace()
        guard peek() == UInt8(ascii: ":") else { throw .notJSON(at: offset) }
        offset += 1
        return key
    }

    package mutating func beginArray() throws(JSONFault) {
        try begin(.array)
    }

    /// Whether the innermost array has another element to be read; false once it is closed.
    package mutating func nextElement() throws(JSONFault) -> Bool {
        try !closes(with: UInt8(ascii: "]"))
    }

    /// Nothing but white space may be left.
    package mutating func end() throws(JSONFault) {
        skipWhitespace()
        guard depth == 0, hasEntry & 1 != 0, offset == input.count else { throw .notJSON(at: offset) }
    }

    // MARK: Strings

    /// The string's bytes with escapes resolved: valid UTF-8.
    package mutating func string(limitBytes: Int = .max) throws(JSONFault) -> [UInt8] {
        try withString(limitBytes: limitBytes) { Array($0) }
    }

    /// The string as words that need no second check.
    package mutating func text(limitBytes: Int = .max) throws(JSONFault) -> Text {
        Text(validated: try string(limitBytes: limitBytes))
    }

    /// Lends the string's bytes, escapes resolved, for the time of the call; without a copy when it has no escapes.
    package mutating func withString<Result>(
        limitBytes: Int = .max, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(JSONFault) -> Result {
        try expect(.string)
        let start = offset
        let span = try passString()
        let raw = UnsafeRawBufferPointer(rebasing: input[span.content])
        guard span.hasEscapes else {
            guard raw.count <= limitBytes else {
                offset = start
                throw .tooLong(limitBytes: limitBytes)
            }
            markRead()
            return body(raw)
        }
        // Resolving makes a string shorter, never longer.
        var resolved: [UInt8] = []
        resolved.reserveCapacity(raw.count)
        var units = UnescapedUnits(raw)
        while let byte = units.next() {
            resolved.append(byte)
        }
        guard resolved.count <= limitBytes else {
            offset = start
            throw .tooLong(limitBytes: limitBytes)
        }
        markRead()
        return resolved.withUnsafeBytes(body)
    }

    // The ids of the message path are read here, where their generic initialisers can be specialised: called from
    // another module they cost ten times as much.

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

    // MARK: Numbers, truth and nothing

    package mutating func unsigned() throws(JSONFault) -> UInt64 {
        let (integer, start) = try passInteger()
        guard !integer.isNegative, let magnitude = integer.magnitude else { throw unmoved(.outOfRange, to: start) }
        markRead()
        return magnitude
    }

    package mutating func signed() throws(JSONFault) -> Int64 {
        let (integer, start) = try passInteger()
        guard let magnitude = integer.magnitude else { throw unmoved(.outOfRange, to: start) }
        let value: Int64?
        if integer.isNegative {
            value = magnitude == Int64.min.magnitude ? .min : Int64(exactly: magnitude).map { -$0 }
        } else {
            value = Int64(exactly: magnitude)
        }
        guard let value else { throw unmoved(.outOfRange, to: start) }
        markRead()
        return value
    }

    /// A length of time written in seconds, such as `1.5`: exact to the millisecond or `outOfRange`.
    package mutating func seconds() throws(JSONFault) -> Interval {
        try expect(.number)
        let start = offset
        let number = try passNumber()
        guard !number.hasExponent, input[number.fraction.dropFirst(3)].allSatisfy({ $0 == UInt8(ascii: "0") })
        else { throw unmoved(.outOfRange, to: start) }
        var milliseconds: Int64 = 0
        var isExact = true
        func shift(by digit: UInt8) {
            let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 10)
            let (difference, underflow) = product.subtractingReportingOverflow(Int64(digit))
            // Counted below zero, where Int64 has one value more.
            milliseconds = difference
            isExact = isExact && !overflow && !underflow
        }
        for byte in input[number.whole] { shift(by: byte - UInt8(ascii: "0")) }
        for place in 0..<3 {
            let at = number.fraction.lowerBound + place
            shift(by: at < number.fraction.upperBound ? input[at] - UInt8(ascii: "0") : 0)
        }
        guard isExact, number.isNegative || milliseconds > .min else { throw unmoved(.outOfRange, to: start) }
        markRead()
        return Interval(milliseconds: number.isNegative ? milliseconds : -milliseconds)
    }

    package mutating func bool() throws(JSONFault) -> Bool {
        try expect(.bool)
        let value = peek() == UInt8(ascii: "t")
        try passWord(value ? "true" : "false")
        markRead()
        return value
    }

    /// Whether the next value is null; reads nothing.
    package mutating func isNull() throws(JSONFault) -> Bool {
        try nextKind() == .null
    }

    /// Passes a null and says true, or stays in front of any other value.
    package mutating func skipNull() throws(JSONFault) -> Bool {
        guard try isNull() else { return false }
        try passWord("null")
        markRead()
        return true
    }

    // MARK: Anything

    /// What comes next, judged by its first byte; reads nothing.
    package mutating func nextKind() throws(JSONFault) -> JSONKind {
        skipWhitespace()
        guard depth > 0 || hasEntry & 1 == 0 else { throw .notJSON(at: offset) }
        guard let byte = peek() else { throw .notJSON(at: offset) }
        switch byte {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        default: throw .notJSON(at: offset)
        }
    }

    /// Passes one value of any kind and all that is in it, checking everything.
    package mutating func skipValue() throws(JSONFault) {
        let outside = depth
        repeat {
            if depth > outside {
                if isObject & bit(depth) != 0 {
                    guard try nextKey() != nil else { continue }
                } else {
                    guard try nextElement() else { continue }
                }
            }
            switch try nextKind() {
            case .object: try beginObject()
            case .array: try beginArray()
            case .string:
                _ = try passString()
                markRead()
            case .number:
                _ = try passNumber()
                markRead()
            case .bool: _ = try bool()
            case .null: _ = try skipNull()
            }
        } while depth > outside
    }
}

// MARK: - Structure

extension JSONReader {
    @inline(__always)
    private func peek() -> UInt8? {
        offset < input.count ? input[offset] : nil
    }

    @inline(__always)
    private func bit(_ depth: Int) -> UInt64 { 1 << UInt64(depth) }

    /// A value of the innermost container, or of the whole input, was read.
    private mutating func markRead() {
        if depth == 0 { hasEntry |= 1 }
    }

    private mutating func unmoved(_ fault: JSONFault, to start: Int) -> JSONFault {
        offset = start
        return fault
    }

    private mutating func skipWhitespace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func expect(_ kind: JSONKind) throws(JSONFault) {
        guard try nextKind() == kind else { throw .wrongKind }
    }

    private mutating func begin(_ kind: JSONKind) throws(JSONFault) {
        try expect(kind)
        guard depth < depthLimit else { throw .tooDeep }
        markRead()
        depth += 1
        offset += 1
        if kind == .object { isObject |= bit(depth) } else { isObject &= ~bit(depth) }
        hasEntry &= ~bit(depth)
        firstKey[depth] = Int32(truncatingIfNeeded: keys.count)
    }

    /// Passes the innermost container's end and says true, or passes the comma in front of its next entry.
    private mutating func closes(with closer: UInt8) throws(JSONFault) -> Bool {
        skipWhitespace()
        let wantsObject = closer == UInt8(ascii: "}")
        guard depth > 0, (isObject & bit(depth) != 0) == wantsObject, let byte = peek() else {
            throw .notJSON(at: offset)
        }
        if byte == closer {
            keys.removeLast(keys.count - Int(firstKey[depth]))
            depth -= 1
            offset += 1
            return true
        }
        guard hasEntry & bit(depth) != 0 else {
            hasEntry |= bit(depth)
            return false
        }
        guard byte == UInt8(ascii: ",") else { throw .notJSON(at: offset) }
        offset += 1
        skipWhitespace()
        return false
    }

    private mutating func passWord(_ word: StaticString) throws(JSONFault) {
        for place in 0..<word.utf8CodeUnitCount {
            guard peek() == word.utf8Start[place] else { throw .notJSON(at: offset) }
            offset += 1
        }
    }
}

// MARK: - Strings

extension JSONReader {
    /// From the opening quote to behind the closing one, checking all between.
    private mutating func passString() throws(JSONFault) -> (content: Range<Int>, hasEscapes: Bool) {
        let quote = offset
        offset += 1
        let start = offset
        var hasEscapes = false
        var highBits: UInt64 = 0
        while true {
            // Eight bytes at a time while none is a quote, a backslash or a control character.
            while offset + 8 <= input.count {
                let eight = input.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let quotes = (eight ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
                let backslashes = (eight ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
                let controls = eight &- 0x2020_2020_2020_2020
                guard (quotes | backslashes | controls) & ~eight & 0x8080_8080_8080_8080 == 0 else { break }
                highBits |= eight
                offset += 8
            }
            guard let byte = peek() else { throw .notJSON(at: offset) }
            switch byte {
            case UInt8(ascii: "\""):
                let content = start..<offset
                if highBits & 0x8080_8080_8080_8080 != 0,
                    !isValidUTF8(UnsafeRawBufferPointer(rebasing: input[content]))
                {
                    throw .badUTF8(at: quote)
                }
                offset += 1
                return (content, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                offset += 1
                try passEscape(inStringAt: quote)
            case 0..<0x20:
                throw .notJSON(at: offset)
            default:
                highBits |= UInt64(byte)
                offset += 1
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
                guard peek() == UInt8(ascii: "\\"), offset + 1 < input.count, input[offset + 1] == UInt8(ascii: "u")
                else {
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

// MARK: - Numbers

extension JSONReader {
    private struct Number {
        var isNegative: Bool
        /// The digits before and behind the point, as places in the input.
        var whole: Range<Int>
        var fraction: Range<Int>
        var hasExponent: Bool
    }

    private mutating func passDigits() throws(JSONFault) -> Range<Int> {
        let start = offset
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            offset += 1
        }
        guard offset > start else { throw .notJSON(at: offset) }
        return start..<offset
    }

    /// RFC 8259 §6. A leading zero stands alone: what follows it is the next token's fault.
    private mutating func passNumber() throws(JSONFault) -> Number {
        let isNegative = peek() == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let whole: Range<Int>
        if peek() == UInt8(ascii: "0") {
            whole = offset..<(offset + 1)
            offset += 1
        } else {
            whole = try passDigits()
        }
        var fraction = offset..<offset
        if peek() == UInt8(ascii: ".") {
            offset += 1
            fraction = try passDigits()
        }
        let hasExponent = peek().map { $0 | 0x20 } == UInt8(ascii: "e")
        if hasExponent {
            offset += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { offset += 1 }
            _ = try passDigits()
        }
        return Number(isNegative: isNegative, whole: whole, fraction: fraction, hasExponent: hasExponent)
    }

    /// `magnitude` is nil when the number is no integer or exceeds UInt64; `start` is where to go back to.
    private mutating func passInteger() throws(JSONFault) -> (
        integer: (isNegative: Bool, magnitude: UInt64?), start: Int
    ) {
        try expect(.number)
        let start = offset
        let number = try passNumber()
        guard !number.hasExponent, number.fraction.isEmpty else { return ((number.isNegative, nil), start) }
        var magnitude: UInt64 = 0
        for byte in input[number.whole] {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else { return ((number.isNegative, nil), start) }
            magnitude = sum
        }
        return ((number.isNegative, magnitude), start)
    }
}
