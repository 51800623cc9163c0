// JSON in, by RFC 8259 and stricter where the RFC leaves a choice: a reader that is asked for one value after the other
// and builds no tree. It takes untrusted bytes, so whatever they are it answers with a value or a typed fault: it never
// traps, never reads past their end, and its work grows with their length only.
//
// Rules that it keeps
// - Everything passed is checked, also what nobody asked for (`skipValue`): grammar, UTF-8, escapes, depth, field
//   count.
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
///
/// Public only because the compiler specialises a function for another module if its type is: `package` does not do.
public struct JSONReader {
    /// The deepest nesting that any caller may ask for.
    package static let depthCeiling = 32
    package static let defaultFieldLimit = 64

    /// How far the input was read, in bytes.
    package internal(set) var offset = 0

    let input: JSONInput
    private let depthLimit: Int
    private let fieldLimit: Int

    /// Containers that are open now.
    private(set) var depth = 0
    /// Bit n: container n is an object / has had an entry; bit 0 stands for the whole input.
    private var isObject: UInt64 = 0
    private var hasEntry: UInt64 = 0
    private var keys = KeyList()

    /// - Parameters:
    ///   - depthLimit: containers within containers, at most `depthCeiling`.
    ///   - fieldLimit: keys in one object.
    package init(_ input: UnsafeRawBufferPointer, depthLimit: Int = 16, fieldLimit: Int = defaultFieldLimit) {
        self.input = JSONInput(input)
        self.depthLimit = min(max(depthLimit, 0), Self.depthCeiling)
        self.fieldLimit = fieldLimit
    }

    // MARK: Containers

    package mutating func beginObject() throws(JSONFault) {
        try begin(.object)
    }

    /// The next key of the innermost object with its value to be read, or nil once the object is closed.
    package mutating func nextKey() throws(JSONFault) -> JSONWord? {
        guard try !closes(with: UInt8(ascii: "}")) else { return nil }
        guard peek() == UInt8(ascii: "\"") else { throw .notJSON(at: offset) }
        let key = try passString()
        guard keys.count < fieldLimit else { throw .tooManyFields }
        guard keys.insert(key) else { throw .duplicateKey }
        skipWhitespace()
        guard peek() == UInt8(ascii: ":") else { throw .notJSON(at: offset) }
        offset &+= 1
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

    // MARK: Truth and nothing

    package mutating func bool() throws(JSONFault) -> Bool {
        try expect(.bool)
        let value = peek() == UInt8(ascii: "t")
        try passLiteral(value ? "true" : "false")
        markRead()
        return value
    }

    /// Whether the next value is null; reads nothing.
    package mutating func isNull() throws(JSONFault) -> Bool {
        try nextKind() == .null
    }

    /// Passes a null and says true, or stays in front of any other value.
    package mutating func skipNull() throws(JSONFault) -> Bool {
        skipWhitespace()
        guard peek() == UInt8(ascii: "n") || depth == 0, try isNull() else { return false }
        try passLiteral("null")
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
            case .string: _ = try word()
            case .number: try skipNumber()
            case .bool: _ = try bool()
            case .null: _ = try skipNull()
            }
        } while depth > outside
    }
}

// MARK: - Structure

extension JSONReader {
    @inline(__always)
    func peek() -> UInt8? { input.byte(at: offset) }

    @inline(__always)
    private func bit(_ depth: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: depth) }

    /// A value of the innermost container, or of the whole input, was read.
    @inline(__always)
    mutating func markRead() {
        if depth == 0 { hasEntry |= 1 }
    }

    mutating func unmoved(_ fault: JSONFault, to start: Int) -> JSONFault {
        offset = start
        return fault
    }

    @inline(__always)
    mutating func skipWhitespace() {
        if let byte = peek(), byte <= 0x20 { passWhitespace() }
    }

    private mutating func passWhitespace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset &+= 1
        }
    }

    mutating func expect(_ kind: JSONKind) throws(JSONFault) {
        guard try nextKind() == kind else { throw .wrongKind }
    }

    private mutating func begin(_ kind: JSONKind) throws(JSONFault) {
        try expect(kind)
        guard depth < depthLimit else { throw .tooDeep }
        markRead()
        depth += 1
        offset += 1
        hasEntry &= ~bit(depth)
        if kind == .object {
            isObject |= bit(depth)
            keys.open()
        } else {
            isObject &= ~bit(depth)
        }
    }

    /// Passes the innermost container's end and says true, or passes the comma in front of its next entry.
    @inline(__always)
    private mutating func closes(with closer: UInt8) throws(JSONFault) -> Bool {
        skipWhitespace()
        let wantsObject = closer == UInt8(ascii: "}")
        guard depth > 0, (isObject & bit(depth) != 0) == wantsObject, let byte = peek() else {
            throw .notJSON(at: offset)
        }
        if byte == closer {
            if wantsObject { keys.close() }
            depth &-= 1
            offset &+= 1
            return true
        }
        guard hasEntry & bit(depth) != 0 else {
            hasEntry |= bit(depth)
            return false
        }
        guard byte == UInt8(ascii: ",") else { throw .notJSON(at: offset) }
        offset &+= 1
        skipWhitespace()
        return false
    }

    private mutating func passLiteral(_ word: StaticString) throws(JSONFault) {
        for index in 0..<word.utf8CodeUnitCount {
            guard peek() == word.utf8Start[index] else { throw .notJSON(at: offset) }
            offset += 1
        }
    }
}
