// The fields of one client message. Every fault becomes a refusal's code and the name of the field at fault, which is a
// name of ours or may be a question's: fields that nobody can know are passed over, not read.

internal import SangdamCore
internal import SangdamJSON

/// A known field is missing, of the wrong kind, out of its range or too long.
struct FieldFault: Error, Equatable {
    let code: RefusalCode
    let field: String

    init(_ code: RefusalCode, _ field: String) {
        self.code = code
        self.field = field
    }
}

/// The value of a field that the message must have.
func required<Value>(_ value: Value?, _ field: String) throws(FieldFault) -> Value {
    guard let value else { throw FieldFault(.badField, field) }
    return value
}

/// Reads a message field by field.
///
/// A field whose value is null counts as missing. Whatever is no JSON counts as the fault of the field where it was
/// met: who reads a line that was not checked before must not tell anybody of that field.
struct FieldReader {
    private var json: JSONReader
    private var lastKey: JSONWord?

    init(_ line: UnsafeRawBufferPointer) {
        json = JSONReader(line)
    }

    /// Whether all of the line was read and was one message.
    mutating func isAtEnd() -> Bool {
        do throws(JSONFault) {
            try json.end()
            return true
        } catch { return false }
    }

    mutating func beginObject() throws(FieldFault) {
        do throws(JSONFault) { try json.beginObject() } catch { throw fault(error) }
    }

    /// The next field that has a value, or nil at the object's end.
    mutating func nextField() throws(FieldFault) -> JSONWord? {
        do throws(JSONFault) {
            while let key = try json.nextKey() {
                lastKey = key
                if try !json.skipNull() { return key }
            }
            return nil
        } catch { throw fault(error) }
    }

    /// Whether the value that comes next is a string.
    mutating func isAtText() throws(FieldFault) -> Bool {
        do throws(JSONFault) { return try json.nextKind() == .string } catch { throw fault(error) }
    }

    /// Passes whatever fields are left.
    mutating func skipFields() throws(FieldFault) {
        while try nextField() != nil { try skip() }
    }

    /// A string that names one of a few things, to be compared where it stands.
    mutating func word() throws(FieldFault) -> JSONWord {
        do throws(JSONFault) { return try json.word() } catch { throw fault(error) }
    }

    mutating func skip() throws(FieldFault) {
        do throws(JSONFault) { try json.skipValue() } catch { throw fault(error) }
    }

    /// A string of at least one byte that nobody reads, such as a password.
    mutating func text(limitBytes: Int) throws(FieldFault) -> Text {
        let text = try string(limitBytes)
        guard !text.isEmpty else { throw bad }
        return text
    }

    /// Words that somebody will read: with something to see.
    mutating func words(limitBytes: Int) throws(FieldFault) -> Text {
        let text = try string(limitBytes)
        guard !text.hasNothingToSee else { throw FieldFault(.empty, bad.field) }
        return text
    }

    /// The same, or nil when nothing at all was written.
    mutating func optionalWords(limitBytes: Int) throws(FieldFault) -> Text? {
        let text = try string(limitBytes)
        guard !text.isEmpty else { return nil }
        guard !text.hasNothingToSee else { throw FieldFault(.empty, bad.field) }
        return text
    }

    private mutating func string(_ limitBytes: Int) throws(FieldFault) -> Text {
        do throws(JSONFault) { return try json.text(limitBytes: limitBytes) } catch { throw fault(error) }
    }

    mutating func unsigned() throws(FieldFault) -> UInt64 {
        do throws(JSONFault) { return try json.unsigned() } catch { throw fault(error) }
    }

    mutating func unsigned(in range: ClosedRange<UInt64>) throws(FieldFault) -> UInt64 {
        let value = try unsigned()
        guard range.contains(value) else { throw bad }
        return value
    }

    mutating func bool() throws(FieldFault) -> Bool {
        do throws(JSONFault) { return try json.bool() } catch { throw fault(error) }
    }

    mutating func instant() throws(FieldFault) -> Instant {
        guard let instant = try Instant(rfc3339: string(limitBytes: 64).utf8) else { throw bad }
        return instant
    }

    mutating func chatID() throws(FieldFault) -> ChatID {
        do throws(JSONFault) {
            if let id = try json.chatID() { return id }
        } catch { throw fault(error) }
        throw bad
    }

    mutating func offerID() throws(FieldFault) -> OfferID {
        do throws(JSONFault) {
            if let id = try json.offerID() { return id }
        } catch { throw fault(error) }
        throw bad
    }

    mutating func messageID() throws(FieldFault) -> ClientMessageID {
        do throws(JSONFault) {
            if let id = try json.messageID() { return id }
        } catch { throw fault(error) }
        throw bad
    }

    mutating func name<Kind>() throws(FieldFault) -> Name<Kind> {
        guard let name = try Name<Kind>(validating: string(limitBytes: 64)) else { throw bad }
        return name
    }

    /// A short word, such as a keyword; longer ones cannot be known and are refused as bad.
    mutating func string(limitBytes: Int) throws(FieldFault) -> String {
        try lend(limitBytes: limitBytes) { String(decoding: $0, as: UTF8.self) }
    }

    mutating func keyword<Word: RawRepresentable<String>>() throws(FieldFault) -> Word {
        guard let word = try Word(rawValue: string(limitBytes: 64)) else { throw bad }
        return word
    }

    /// The words of an array, at most `limit` of at most `limitBytes` bytes each.
    mutating func wordList(limit: Int, limitBytes: Int) throws(FieldFault) -> [Text] {
        var list: [Text] = []
        do throws(JSONFault) { try json.beginArray() } catch { throw fault(error) }
        while try nextElement() {
            let text = try words(limitBytes: limitBytes)
            guard list.count < limit else { throw bad }
            list.append(text)
        }
        return list
    }

    private mutating func nextElement() throws(FieldFault) -> Bool {
        do throws(JSONFault) { return try json.nextElement() } catch { throw fault(error) }
    }

    /// The fault of the field that was read last.
    var bad: FieldFault { FieldFault(.badField, lastKey?.string ?? "type") }

    private mutating func lend<Result>(
        limitBytes: Int, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(FieldFault) -> Result {
        do throws(JSONFault) { return try json.withString(limitBytes: limitBytes, body) } catch { throw fault(error) }
    }

    @inline(never)
    private func fault(_ fault: JSONFault) -> FieldFault {
        if case .tooLong = fault { return FieldFault(.tooLong, bad.field) }
        return bad
    }
}
