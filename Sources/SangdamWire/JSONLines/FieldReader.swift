// The fields of one client message. Every fault becomes a refusal's code and the name of the field at fault, which is
// always a name of ours: fields that nobody knows are passed over, not read.

internal import SangdamCore

/// A known field is missing, of the wrong kind, out of its range or too long.
struct FieldFault: Error, Equatable {
    let code: RefusalCode
    let field: String

    init(_ code: RefusalCode, _ field: String) {
        self.code = code
        self.field = field
    }
}

/// Reads a message field by field.
///
/// A field whose value is null counts as missing. Whatever is no JSON counts as the fault of the field where it was met:
/// who reads a line that was not checked before must not tell anybody of that field.
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

    /// Words of at least one byte.
    mutating func text(limitBytes: Int) throws(FieldFault) -> Text {
        guard let text = try optionalText(limitBytes: limitBytes) else { throw bad }
        return text
    }

    /// Words, or nil when they are empty.
    mutating func optionalText(limitBytes: Int) throws(FieldFault) -> Text? {
        do throws(JSONFault) {
            let text = try json.text(limitBytes: limitBytes)
            return text.utf8.isEmpty ? nil : text
        } catch { throw fault(error) }
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

    /// The strings of an array, at most `limit` of 1 to `limitBytes` bytes each.
    mutating func texts(limit: Int, limitBytes: Int) throws(FieldFault) -> [Text] {
        var texts: [Text] = []
        do throws(JSONFault) {
            try json.beginArray()
            while try json.nextElement() {
                let text = try json.text(limitBytes: limitBytes)
                guard !text.isEmpty, texts.count < limit else { throw .outOfRange }
                texts.append(text)
            }
        } catch { throw fault(error) }
        return texts
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
