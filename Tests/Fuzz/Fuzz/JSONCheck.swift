// The JSON reader asked for every value one by one, and asked to skip the whole: both must say the same.

internal import SangdamCore
internal import SangdamJSON

func checkJSON(_ text: [UInt8]) {
    text.withUnsafeBytes { bytes in
        var walker = JSONReader(bytes)
        var skipper = JSONReader(bytes)
        var walked: JSONFault?
        var skipped: JSONFault?
        do throws(JSONFault) {
            try walk(&walker)
            try walker.end()
        } catch {
            walked = error
        }
        do throws(JSONFault) {
            try skipper.skipValue()
            try skipper.end()
        } catch {
            skipped = error
        }
        precondition(
            (walked == nil) == (skipped == nil), "walking and skipping differ: \(walked as Any) \(skipped as Any)")
    }
}

private func walk(_ reader: inout JSONReader) throws(JSONFault) {
    switch try reader.nextKind() {
    case .object:
        try reader.beginObject()
        while try reader.nextKey() != nil { try walk(&reader) }
    case .array:
        try reader.beginArray()
        while try reader.nextElement() { try walk(&reader) }
    case .string:
        let text = try reader.text()
        precondition(Text(validating: text.utf8) != nil, "a string that is no text")
    case .number: try walkNumber(&reader)
    case .bool: _ = try reader.bool()
    case .null: _ = try reader.skipNull()
    }
}

/// An integer where it is one, which leaves the reader in front of it otherwise.
private func walkNumber(_ reader: inout JSONReader) throws(JSONFault) {
    do throws(JSONFault) {
        _ = try reader.signed()
    } catch {
        switch error {
        case .outOfRange, .wrongKind: try reader.skipValue()
        case .notJSON, .badUTF8, .duplicateKey, .tooManyFields, .tooDeep, .tooLong: throw error
        }
    }
}
