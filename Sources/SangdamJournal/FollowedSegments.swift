// The follower's place in the files: which segment it reads, and which line comes next.

internal import SangdamCore

/// Passes a journal's lines by number, over its segments.
///
/// Confined to the follower's queue.
struct FollowedSegments {
    /// The n of the line that comes next.
    private(set) var nextNumber: UInt64
    private let directory: SegmentDirectory
    private var epoch: JournalEpoch?
    private var link: ChainLink
    private var scanner: SegmentScanner?

    /// - Parameter last: the journal's last line that may be read.
    init(
        _ directory: SegmentDirectory, behind cursor: JournalCursor?, through last: UInt64
    ) throws(FollowerError) {
        self.directory = directory
        let segments = try directory.forFollowers()
        guard let cursor else {
            nextNumber = segments.first?.firstNumber ?? 1
            link = .origin
            return
        }
        (epoch, link) = (cursor.epoch, cursor.link)
        nextNumber = cursor.number + 1
        if let name = cursor.epoch {
            let journal = try directory.epoch(segments)
            guard journal == name else { throw .otherJournal(cursor: name, journal: journal) }
        }
        guard cursor.number <= last else { throw .beyondTheEnd(number: cursor.number, last: last) }
        guard cursor.number > 0 else { return }
        try find(cursor, in: segments)
    }

    /// Stands behind the cursor's line, if it is the one.
    private mutating func find(_ cursor: JournalCursor, in segments: [SegmentName]) throws(FollowerError) {
        guard let segment = segments.last(where: { $0.firstNumber <= cursor.number }) else {
            // The line itself may be gone, as long as all behind it is there.
            guard let first = segments.first, first.firstNumber > nextNumber else { return }
            throw .gap(from: nextNumber, through: first.firstNumber - 1)
        }
        nextNumber = segment.firstNumber
        do throws(JournalError) {
            scanner = try SegmentScanner(directory, segment)
        } catch {
            throw .journal(error)
        }
        while nextNumber <= cursor.number {
            guard try pass() != nil else { throw .otherLine(number: cursor.number) }
        }
        guard link == cursor.link else { throw .otherLine(number: cursor.number) }
    }

    /// The next lines up to `last`, as many as the limits allow; nil when there is none.
    mutating func batch(
        through last: UInt64, _ limits: JournalFollower.Limits
    ) throws(FollowerError) -> FollowedLines? {
        var lines: [FollowedLine] = []
        var bytes = 0
        while nextNumber <= last, lines.count < limits.lines, bytes < limits.bytes {
            guard let line = try pass() else {
                try open(nextNumber)
                continue
            }
            bytes += line.bytes.count
            lines.append(line)
        }
        guard !lines.isEmpty else { return nil }
        return FollowedLines(lines: lines, end: JournalCursor(epoch: epoch, number: nextNumber - 1, link: link))
    }

    /// The next line of the present segment; nil at its end. Only called for lines that are whole.
    private mutating func pass() throws(FollowerError) -> FollowedLine? {
        guard let scanner else { return nil }
        do throws(JournalError) {
            guard let line = try scanner.next() else { return nil }
            do throws(LineFault) {
                guard !line.isTooLong else { throw .tooLong }
                guard line.hasEnd, let ending = LineEnding.read(line.bytes) else { throw .incomplete }
                let number = try LineFrame(line: line.bytes).number
                guard number == nextNumber else { throw .wrongNumber(number, expected: nextNumber) }
                epoch = scanner.head?.epoch ?? epoch
                link = ending.link
                nextNumber += 1
                return FollowedLine(number: number, bytes: Array(line.bytes))
            } catch {
                throw try scanner.damage(error)
            }
        } catch {
            throw .journal(error)
        }
    }

    /// Begins with the segment in which the line is the first.
    private mutating func open(_ number: UInt64) throws(FollowerError) {
        let segments = try directory.forFollowers()
        guard let segment = segments.first(where: { $0.firstNumber >= number }) else {
            // The writer said that the line is there: the file was taken away.
            throw .gap(from: number, through: number)
        }
        guard segment.firstNumber == number else {
            throw .gap(from: number, through: segment.firstNumber - 1)
        }
        do throws(JournalError) {
            scanner = try SegmentScanner(directory, segment)
        } catch {
            throw .journal(error)
        }
    }
}

extension SegmentDirectory {
    /// All segments, with the follower's kind of error.
    fileprivate func forFollowers() throws(FollowerError) -> [SegmentName] {
        do throws(JournalError) {
            return try segments()
        } catch {
            throw .journal(error)
        }
    }

    /// The journal's name, as its newest segment that has one says it.
    fileprivate func epoch(_ segments: [SegmentName]) throws(FollowerError) -> JournalEpoch? {
        do throws(JournalError) {
            return try newestEpoch(of: segments[...])
        } catch {
            throw .journal(error)
        }
    }
}
