// Which lines the journal says are erased. An `erased` line names older lines whose words and `s` are gone: their `h`
// stays and counts for the chain, but can no longer be computed from what is left. Whoever follows the chain meets such
// a line before the one that names it, so the names are gathered first, in a pass of their own over the lines still to
// come.
//
// Memory is bounded whatever the journal holds: at most `windowLimit` names are kept, those of the next lines, and
// twice as many and one line's more while they are gathered. Past the last of them a further pass gathers the next
// ones. A pass looks at each line's kind by position and parses only the `erased` ones, and believes those only if
// their own hash follows from the line before.

package import SangdamCore

/// What an `erased` line says.
package struct Erasure: Sendable, Equatable {
    /// The numbers of the lines whose words are gone, each once, all below the line's own.
    package let lines: [UInt64]
    /// Whoever gave the command.
    package let by: Text?

    package init(lines: [UInt64], by: Text?) {
        self.lines = lines
        self.by = by
    }
}

/// The names that lie ahead of somebody who passes the lines in their order.
package struct ErasedLines {
    /// Names kept at once: 8 MB.
    package static let windowLimit = 1 << 20

    private let directory: SegmentDirectory
    private let segments: [SegmentName]
    private let limit: Int
    /// Sorted; all names there are from the present line up to `through`.
    private var window: [UInt64] = []
    private var position = 0
    private var through: UInt64 = 0
    /// The first name that was found twice, and whether the first line that has it was passed.
    private var twice: (name: UInt64, isPassed: Bool)?

    /// Nothing is erased: for lines that nobody follows from the beginning.
    init() {
        (directory, segments, limit) = (SegmentDirectory(dataDirectory: ""), [], 0)
        through = .max
    }

    /// Gathers the names in `segments` of lines from `first` on.
    package init(
        _ directory: SegmentDirectory, _ segments: [SegmentName], from first: UInt64, limit: Int = windowLimit
    ) throws(JournalError) {
        self.directory = directory
        self.segments = segments
        self.limit = limit
        try gather(from: first)
    }

    /// Whether the line is named. Asked of one line after the other.
    package mutating func names(_ number: UInt64) throws(JournalError) -> Bool {
        if number > through { try gather(from: number) }
        while position < window.count, window[position] < number { position += 1 }
        return position < window.count && window[position] == number
    }

    /// Whether the line that was passed just now names what another has named before. Asked of every `erased` line in
    /// its order.
    mutating func repeats(_ erasure: Erasure) -> UInt64? {
        guard let (name, isPassed) = twice, erasure.lines.contains(name) else { return nil }
        twice = (name, true)
        return isPassed ? name : nil
    }

    // MARK: Gathering

    private mutating func gather(from first: UInt64) throws(JournalError) {
        window.removeAll(keepingCapacity: true)
        position = 0
        through = .max
        // The end of the line before, read only where somebody asks for it: nearly all lines are passed by.
        var last = [UInt8](repeating: 0, count: LineEnding.length)
        for segment in segments {
            let scanner = try LineScanner(path: directory.path(of: segment))
            while let line = try scanner.next(), line.hasEnd {
                if kindIsErased(line.bytes), let erasure = erasure(in: line.bytes, behind: last) {
                    for name in erasure.lines where name >= first && name <= through { keep(name) }
                }
                guard let end = line.bytes.baseAddress, line.bytes.count >= LineEnding.length else { continue }
                last.withUnsafeMutableBytes { copy in
                    copy.baseAddress?.copyMemory(
                        from: end + line.bytes.count - LineEnding.length, byteCount: LineEnding.length)
                }
            }
        }
        settle()
    }

    /// What the line says, if its hash follows from the end of the line before.
    private func erasure(in line: UnsafeRawBufferPointer, behind end: [UInt8]) -> Erasure? {
        guard let last = end.span.withUnsafeBytes({ LineEnding.read($0) })?.link, let ending = LineEnding.read(line),
            ChainLink(after: last, line: UnsafeRawBufferPointer(rebasing: line[..<ending.hashed])) == ending.link,
            case .erased(let erasure) = try? DecodedLine(line: line).content
        else { return nil }
        return erasure
    }

    private mutating func keep(_ name: UInt64) {
        window.append(name)
        if window.count >= 2 * limit { settle() }
    }

    /// Sorts, notes what is there twice, and drops what is beyond the limit.
    private mutating func settle() {
        window.sort()
        var kept = 0
        for name in window {
            if kept > 0, window[kept - 1] == name {
                if twice == nil { twice = (name, false) }
                continue
            }
            window[kept] = name
            kept += 1
        }
        window.removeSubrange(kept...)
        guard window.count > limit else { return }
        window.removeSubrange(limit...)
        through = window.last ?? .max
    }
}

/// Whether the line is an `erased` one, told by position: `{"n":`, digits, `,"at":"`, 24 characters,
/// `","type":"erased"`.
private func kindIsErased(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let type = typePosition(in: line), type + erasedType.count <= line.count else { return false }
    return line[type..<(type + erasedType.count)].elementsEqual(erasedType)
}

private let erasedType = Array("erased\"".utf8)
