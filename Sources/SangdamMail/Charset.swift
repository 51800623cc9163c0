// Bytes of a mail's part as text. Mails name a charset by its family and mean what browsers take it for: the WHATWG's
// Encoding standard, 4.2 ("Names and labels"), says which.

internal import CGMime
internal import Glibc

/// Text in whatever charset a mail says that it is in.
struct Charset {
    private let name: String

    /// - Parameter label: as the mail names it; nil: it does not.
    init(_ label: String?) {
        let label = label?.lowercased() ?? "utf-8"
        name = Self.meanings[label] ?? label
    }

    private static let meanings = [
        "us-ascii": "utf-8", "ascii": "utf-8", "utf8": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252",
        "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "ms949": "cp949", "gb2312": "gb18030",
        "gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932", "big5": "big5-hkscs",
    ]

    /// What cannot be read becomes U+FFFD, byte by byte. A charset that nobody knows is taken for UTF-8, or else for
    /// what reads every byte.
    func text(_ bytes: [UInt8]) -> [UInt8] {
        if name == "utf-8" { return Array(String(decoding: bytes, as: UTF8.self).utf8) }
        if let text = converted(bytes) { return text }
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return Charset("iso-8859-1").converted(bytes) ?? []
    }

    /// Nil when the system does not know the charset.
    private func converted(_ bytes: [UInt8]) -> [UInt8]? {
        let isName = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || "-_.:".utf8.contains($0)
        }
        guard isName, let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1) else {
            return nil
        }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output: [UInt8] = []
        var chunk = [CChar](repeating: 0, count: 16_384)
        var at = 0
        while at < input.count {
            var (read, written) = (0, 0)
            let isWhole = input.withUnsafeMutableBufferPointer { input in
                chunk.withUnsafeMutableBufferPointer { chunk in
                    var (source, target) = (input.baseAddress?.advanced(by: at), chunk.baseAddress)
                    var (left, room) = (input.count - at, chunk.count)
                    let result = iconv(converter, &source, &left, &target, &room)
                    (read, written) = (input.count - at - left, chunk.count - room)
                    return result != -1 || errno == E2BIG
                }
            }
            output += chunk[..<written].map { UInt8(bitPattern: $0) }
            at += read
            if !isWhole {
                output += Array("\u{FFFD}".utf8)
                at += 1
            }
        }
        return output
    }
}
