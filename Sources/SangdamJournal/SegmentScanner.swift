// One segment's lines with where they are, for everybody who reads the journal: recovery, verification, history,
// transcripts and followers. It knows where a fault is to be told, and refuses what a newer version wrote.

internal import SangdamCore

/// Passes the lines of one segment by, from its beginning or from an offset at which a line begins.
///
/// Confined to whoever made it.
final class SegmentScanner {
    let segment: SegmentName
    /// What the first line says of the journal; nil before it was read, when it says nothing, and when the scan began
    /// behind it.
    private(set) var head: SegmentHead?
    /// The line that `next` returned last, counted from 1 and from where the scan began.
    private(set) var lines: UInt64 = 0
    private let directory: SegmentDirectory
    private let scanner: LineScanner
    private let offset: Int64
    private var lastStart: Int64

    init(_ directory: SegmentDirectory, _ segment: SegmentName, from offset: Int64 = 0) throws(JournalError) {
        self.directory = directory
        self.segment = segment
        self.offset = offset
        lastStart = offset
        scanner = try LineScanner(path: directory.path(of: segment), from: offset)
    }

    /// The next line, whatever it holds; nil at the end that the file has now.
    func next() throws(JournalError) -> LineScanner.Line? {
        guard let line = try scanner.next() else { return nil }
        lines += 1
        lastStart = line.start
        if line.start == 0, line.hasEnd {
            do throws(LineFault) {
                head = try SegmentHead(firstLine: line.bytes)
            } catch {
                throw try damage(error)
            }
        }
        return line
    }

    /// The next line that has an end: what stands behind the last one is just being written, or was left by a crash.
    func nextWhole() throws(JournalError) -> LineScanner.Line? {
        guard let line = try next(), line.hasEnd else { return nil }
        return line
    }

    /// What is wrong with the line that `next` returned last, and where it is.
    func damage(_ fault: LineFault) throws(JournalError) -> JournalError {
        if case .newerFormat(let format) = fault {
            return .newerFormat(file: segment.description, format: format, known: SegmentHead.knownFormat)
        }
        return .damaged(file: segment.description, line: try lineNumber(), why: fault.description)
    }

    /// The number of the last line in its file. Counts the lines in front where the scan began behind them.
    func lineNumber() throws(JournalError) -> UInt64 {
        guard offset > 0 else { return lines }
        let before = try LineScanner(path: directory.path(of: segment))
        var number: UInt64 = 1
        while let line = try before.next(), line.start < lastStart { number += 1 }
        return number
    }
}

extension SegmentDirectory {
    /// What the segment's first line says of the journal; nil while it has none that can be read.
    func head(of segment: SegmentName) throws(JournalError) -> SegmentHead? {
        let scanner = try SegmentScanner(self, segment)
        _ = try scanner.next()
        return scanner.head
    }

    /// All segments, for readers who want to be told at once when the newest was written by a newer version, and not
    /// after all that they can read.
    func readableSegments() throws(JournalError) -> [SegmentName] {
        let segments = try segments()
        if let newest = segments.last { _ = try head(of: newest) }
        return segments
    }
}
