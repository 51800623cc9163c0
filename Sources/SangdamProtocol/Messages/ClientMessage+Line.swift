// One line of a client's, read: once if nothing is wrong with it, and else a second time, for what is wrong and for the
// `id` that the refusal names.

package import SangdamCore
internal import SangdamJSON

extension ClientMessage {
    /// The line's message if `type` is its first field and all of it is right, as with most lines: these are read once.
    /// Nil for any other line, which `read` is for.
    package static func readOnce(
        _ line: UnsafeRawBufferPointer, within limits: ClientMessageLimits
    ) -> ClientMessage? {
        do throws(FieldFault) {
            var reader = FieldReader(line)
            try reader.beginObject()
            guard let first = try reader.nextField(), first == "type" else { return nil }
            let message = try ClientMessageRow.decode(reader.word(), &reader, limits)
            return reader.isAtEnd() ? message : nil
        } catch { return nil }
    }

    /// Any line: what is wrong with it is told in the same order wherever its fields stand, and with its `id`.
    package static func read(
        _ line: UnsafeRawBufferPointer, within limits: ClientMessageLimits
    ) throws(Refusal) -> (message: ClientMessage, id: ClientMessageID?) {
        let envelope = Envelope(line)
        guard let type = envelope.type else {
            throw Refusal(
                envelope.fault, messageID: envelope.id, subject: envelope.fault == .badField ? "type" : nil)
        }
        do throws(FieldFault) {
            var reader = FieldReader(line)
            try reader.beginObject()
            if let message = try ClientMessageRow.decode(type, &reader, limits) { return (message, envelope.id) }
        } catch {
            throw Refusal(error.code, messageID: envelope.id, subject: error.field)
        }
        throw Refusal(.unknownType, messageID: envelope.id)
    }
}

/// What must be known of a line before its fields can be read: that it is one JSON object throughout, its `type`, and
/// the `id` that a refusal names.
private struct Envelope {
    /// Nil when there is a fault.
    private(set) var type: JSONWord?
    private(set) var id: ClientMessageID?
    /// `bad_json`, `bad_utf8`, or `bad_field` when there is no `type`.
    private(set) var fault = RefusalCode.badField

    init(_ line: UnsafeRawBufferPointer) {
        var reader = JSONReader(line)
        do throws(JSONFault) {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                let isString = try reader.nextKind() == .string
                if isString, key == "type" {
                    type = try reader.word()
                } else if isString, key == "id" {
                    id = try reader.messageID()
                } else {
                    try reader.skipValue()
                }
            }
            try reader.end()
        } catch {
            type = nil
            if case .badUTF8 = error {
                fault = .badUTF8
            } else {
                fault = isValidUTF8(line) ? .badJSON : .badUTF8
            }
        }
    }
}
