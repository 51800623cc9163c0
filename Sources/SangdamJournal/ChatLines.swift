// Finding one chat's lines without parsing the others: the envelope's fields stand in a fixed order, so that a chat's
// id is found by position, and a chat's id tells its birth, so that older segments need not be opened.

internal import SangdamCore

/// The chat that a line is about, read by position; nil when the line is of no chat (or of none that we write).
func chatID(of line: UnsafeRawBufferPointer) -> ChatID? {
    // The type, `","chat":"`, 26 characters
    guard let type = typePosition(in: line),
        let quote = position(of: UInt8(ascii: "\""), in: line, from: type, within: 32)
    else { return nil }
    let id = quote + chatKey.count
    guard id + ChatID.length < line.count, line[quote..<id].elementsEqual(chatKey) else { return nil }
    return ChatID(line[id..<(id + ChatID.length)])
}

/// Where the line's type begins, if it is a line of ours.
func typePosition(in line: UnsafeRawBufferPointer) -> Int? {
    // `{"n":`, digits, `,"at":"`, 24 characters, `","type":"`
    guard let comma = position(of: UInt8(ascii: ","), in: line, from: 5, within: 21) else { return nil }
    return comma + 7 + 24 + 10
}

private let chatKey = Array("\",\"chat\":\"".utf8)

private func position(of byte: UInt8, in line: UnsafeRawBufferPointer, from start: Int, within reach: Int) -> Int? {
    guard start < line.count else { return nil }
    return line[start..<min(line.count, start + reach)].firstIndex(of: byte)
}

extension SegmentDirectory {
    /// The segments that can hold lines of something born at `birth`, oldest first. Desk time never runs backwards, so
    /// that these are the last one that began before, and all after it.
    func segments(since birth: Instant) throws(JournalError) -> ArraySlice<SegmentName> {
        let all = try segments()
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if try firstInstant(of: all[middle]).map({ $0 < birth }) ?? false {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return all[max(0, low - 1)...]
    }

    /// When the segment's first line happened; nil while it has none that can be read.
    private func firstInstant(of segment: SegmentName) throws(JournalError) -> Instant? {
        let scanner = try LineScanner(path: path(of: segment))
        guard let line = try scanner.next(), line.hasEnd else { return nil }
        return (try? LineEnvelope(line: line.bytes))?.at
    }
}
