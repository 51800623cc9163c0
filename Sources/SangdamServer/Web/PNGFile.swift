// Whether a PNG file is whole, and how large its picture is. Source: W3C, PNG Specification (Third Edition), §5.

enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static let longestSide = 4096

    /// Bits a sample, by colour type (§11.2.1).
    private static let depths: [UInt8: Set<UInt8>] = [
        0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]

    /// Walks the chunks with their checks: a file that was cut short or changed on its way is found.
    static func size(_ bytes: [UInt8]) throws(PageLogo.Fault) -> (width: Double, height: Double) {
        var size: (width: Int, height: Int)?
        var hasData = false
        var offset = signature.count
        while let length = number(bytes, at: offset) {
            let (body, end) = (offset + 8, offset + 12 + length)
            guard length < 1 << 31, end <= bytes.count else { break }
            guard number(bytes, at: end - 4) == Int(checksum(bytes[(offset + 4)..<(end - 4)])) else {
                throw PageLogo.Fault("is a PNG file with a broken chunk")
            }
            let type = String(decoding: bytes[(offset + 4)..<body], as: UTF8.self)
            guard (type == "IHDR") == (offset == signature.count) else { throw badHeader }
            switch type {
            case "IHDR":
                guard length == 13, let width = number(bytes, at: body), let height = number(bytes, at: body + 4),
                    depths[bytes[body + 9]]?.contains(bytes[body + 8]) == true
                else { throw badHeader }
                size = (width, height)
            case "IDAT":
                hasData = true
            case "IEND":
                guard hasData, let size else { throw PageLogo.Fault("is a PNG file without a picture") }
                guard (1...longestSide).contains(size.width), (1...longestSide).contains(size.height) else {
                    throw PageLogo.Fault(
                        "is \(size.width) by \(size.height) pixels; a logo has at most \(longestSide) by \(longestSide)"
                    )
                }
                return (Double(size.width), Double(size.height))
            default:
                break
            }
            offset = end
        }
        throw PageLogo.Fault("is a PNG file that was cut short")
    }

    private static let badHeader = PageLogo.Fault("is a PNG file with a broken header")

    private static func number(_ bytes: [UInt8], at offset: Int) -> Int? {
        guard offset + 4 <= bytes.count else { return nil }
        return bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
    }

    /// CRC-32 as of §5.5; a few kilobytes need no table.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
