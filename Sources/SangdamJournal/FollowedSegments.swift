// Where the follower is in the files: which segment it reads, and which line comes next.

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
        if try find(cursor, in: segments) { return }
        if try find(cursor, in: try directory.forFollowers()) { return }
        throw .gap(from: nextNumber, through: nextNumber)
    }

    /// Stands behind the cursor's line, if it is the one. False when the file was deleted after it was listed.
    private mutating func find(
        _ cursor: JournalCursor, in segments: [SegmentName]
    ) throws(FollowerError) -> Bool {
        guard let segment = segments.last(where: { $0.firstNumber <= cursor.number }) else {
            // The line itself may be gone, as long as all behind it is there.
            guard let first = segments.first, first.firstNumber > nextNumber else { return true }
            throw .gap(from: nextNumber, through: first.firstNumber - 1)
        }
        guard try begin(segment) else { return false }
        nextNumber = segment.firstNumber
        while nextNumber <= cursor.number {
            guard try pass() != nil else { throw .otherLine(number: cursor.number) }
        }
        guard link == cursor.link else { throw .otherLine(number: cursor.number) }
        return true
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
                let number = try LineEnvelope(line: line.bytes).number
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
        // Twice, because a file may be deleted after it was listed.
        for _ in 1...2 {
            let segments = try directory.forFollowers()
            guard let segment = segments.first(where: { $0.firstNumber >= number }) else { break }
            guard segment.firstNumber == number else {
                throw .gap(from: number, through: segment.firstNumber - 1)
            }
            if try begin(segment) { return }
        }
        // The writer said that the line is there: the file was taken away.
        throw .gap(from: number, through: number)
    }

    /// Begins with this segment; false when its file is not there any more.
    private mutating func begin(_ segment: SegmentName) throws(FollowerError) -> Bool {
        do throws(JournalError) {
            scanner = try SegmentScanner(directory, segment)
            return true
        } catch {
            if case .nothingThere = error { return false }
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

    /// The journal's name, as its newest segment that has one says it: a head of format 1 has none, also behind others,
    /// where an older version has gone on with the journal.
    fileprivate func epoch(_ segments: [SegmentName]) throws(FollowerError) -> JournalEpoch? {
        for segment in segments.reversed() {
            do throws(JournalError) {
                if let epoch = try head(of: segment)?.epoch { return epoch }
            } catch {
                // Deleted since it was listed.
                if case .nothingThere = error { continue }
                throw .journal(error)
            }
        }
        return nil
    }
}
