// Lines by hand, for what no version writes, or not this one.

import SangdamJournal
import Testing

/// The journal's lines of these beginnings, each with its hash in front of its LF. A line whose beginning is whole
/// already, since its words were erased and its hash is not that of what is left, is taken as it is.
func chained(_ beginnings: [String], behind last: [UInt8]? = nil) -> [UInt8] {
    var previous = ChainLink.origin
    if let last, let link = ChainLink(hex: last.suffix(34).dropLast(2)) { previous = link }
    var bytes: [UInt8] = []
    for beginning in beginnings {
        let line = Array(beginning.utf8)
        if beginning.hasSuffix("\"}"), let link = ChainLink(hex: line.suffix(34).dropLast(2)) {
            previous = link
            bytes += line + [0x0A]
        } else {
            previous = line.withUnsafeBytes { ChainLink(after: previous, line: $0) }
            bytes += line + Array(",\"h\":\"\(previous)\"}\n".utf8)
        }
    }
    return bytes
}
