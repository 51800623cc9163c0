// Base64 (RFC 4648 §4), as far as HTTP needs it here: writing digests, and telling whether a key is one.

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// The bytes in base64, padded.
package func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(group.count)))
        for index in 0..<4 {
            let isPadding = index > group.count
            text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> (18 - 6 * UInt32(index)) & 63)])
        }
    }
    return String(decoding: text, as: UTF8.self)
}

/// Whether the text is 16 bytes in base64: 22 characters of the alphabet and two of padding.
package func isBase64Of16Bytes(_ text: String) -> Bool {
    let text = Array(text.utf8)
    return text.count == 24 && text[..<22].allSatisfy(alphabet.contains) && text[22...].elementsEqual("==".utf8)
}
