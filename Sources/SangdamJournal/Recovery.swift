// From the files back to the state. Replay begins with the last segment whose checkpoint is complete and verifies every
// line that it reads. An unfinished or invalid final record of the last segment was never acknowledged: it is cut off
// and reported. Anything else that is wrong is damage: nothing is changed and the server does not start.

internal import Glibc
internal import SangdamCore

/// Where the journal goes on after replay.
struct JournalEnd {
    var nextNumber: UInt64 = 1
    var link = ChainLink.origin
    /// The journal's name; nil while it has none.
    var epoch: JournalEpoch?
    /// The segment that is appended to; nil when there is none yet.
    var segment: Segment?

    struct Segment {
        let name: SegmentName
        let size: Int64
        /// True when a crash cut the checkpoint short or an older version wrote it: a new segment should follow soon.
        let isStale: Bool
    }
}

/// One replay of one journal folder.
struct Recovery {
    private let directory: SegmentDirectory
    private let disk: any JournalDisk
    private let segments: [SegmentName]
    private var report = RecoveryReport()
    private var end = JournalEnd()

    init(directory: SegmentDirectory, disk: any JournalDisk) throws(JournalError) {
        self.directory = directory
        self.disk = disk
        segments = try directory.segments()
    }

    mutating func run(
        replay: (RecoveredItem) throws -> Void
    ) throws(JournalError) -> (JournalEnd, RecoveryReport) {
        report.segments = segments.count
        guard !segments.isEmpty else { return (end, report) }
        let start = try findStart()
        var chain = try chain(before: start)
        for index in start.index..<segments.count {
            try replaySegment(index, start: start, &chain, replay)
        }
        if end.epoch == nil { end.epoch = epoch(before: start) }
        report.segmentsReplayed = segments.count - start.index
        report.lastNumber = end.nextNumber - 1
        return (end, report)
    }

    /// Cuts the final record that `run` found unfinished. Only now, because only now all else is known to be sound.
    mutating func cutTail(in folder: borrowing OpenFolder) throws(JournalError) -> JournalEnd {
        guard let last = segments.last else { return end }
        let path = directory.path(of: last)
        if let segment = end.segment, segment.name == last {
            guard report.cut != nil else { return end }
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
            defer { close(descriptor) }
            do throws(DiskError) {
                try disk.truncate(descriptor, to: segment.size)
            } catch {
                throw .writeFailed(errno: error.code)
            }
            do throws(DiskError) {
                try disk.synchronise(descriptor)
            } catch {
                throw .syncFailed(errno: error.code)
            }
            return end
        }
        // Not one whole line: the segment never came to be, and its name is needed again.
        guard unlink(path) == 0 else { throw .writeFailed(errno: errno) }
        do throws(DiskError) {
            try folder.synchronise(disk)
        } catch {
            throw .syncFailed(errno: error.code)
        }
        return end
    }

    // MARK: Where to begin

    private struct Start {
        var index: Int
        /// Lines of the checkpoint at the segment's head, the first included; 0 without one.
        var checkpointLines: UInt64
        /// Of this segment and all behind it.
        var erased: ErasedLines
    }

    private func findStart() throws(JournalError) -> Start {
        for index in segments.indices.reversed() {
            let segment = segments[index]
            let erased = try ErasedLines(directory, Array(segments[index...]), from: segment.firstNumber)
            if let lines = try completeCheckpoint(of: segment, erased) {
                return Start(index: index, checkpointLines: lines, erased: erased)
            }
        }
        guard segments[0].firstNumber == 1 else {
            throw .damaged(
                file: segments[0].description, line: 1,
                why: "no segment begins with a complete checkpoint, and the journal's beginning is not there")
        }
        return Start(
            index: 0, checkpointLines: 0, erased: try ErasedLines(directory, segments, from: segments[0].firstNumber))
    }

    /// How many lines the checkpoint at the segment's head has, or nil when it is not complete and sound.
    private func completeCheckpoint(
        of segment: SegmentName, _ erased: ErasedLines
    ) throws(JournalError) -> UInt64? {
        let scanner = try SegmentScanner(directory, segment)
        var chain = ChainCheck(after: nil, expecting: segment.firstNumber, erased: erased)
        var lines: UInt64 = 0
        var due: UInt64 = 1
        while lines < due {
            guard let line = try scanner.next() else { return nil }
            try chain.prepare()
            do throws(LineFault) {
                try chain.follow(line)
                let decoded = try DecodedLine(line: line.bytes)
                try chain.count(decoded.envelope)
                guard case .checkpoint(let part) = decoded.content else { return nil }
                if case .desk(let desk) = part {
                    guard lines == 0 else { return nil }
                    due = UInt64(desk.entries) + 1
                } else if lines == 0 {
                    return nil
                }
            } catch {
                return nil
            }
            lines += 1
        }
        return lines
    }

    /// What the first line to be replayed is linked to.
    private func chain(before start: Start) throws(JournalError) -> ChainCheck {
        let first = segments[start.index].firstNumber
        guard start.index > 0 else {
            // Without older segments there is nothing to compare with, but for the first line ever.
            return ChainCheck(after: first == 1 ? .origin : nil, expecting: first, erased: start.erased)
        }
        let before = segments[start.index - 1]
        let tail = try lastLine(of: before)
        guard tail.number == first - 1 else {
            throw .damaged(
                file: segments[start.index].description, line: 1,
                why: "it begins with number \(first), but the segment before it ends with \(tail.number)")
        }
        return ChainCheck(after: tail.link, expecting: first, erased: start.erased)
    }

    /// The journal's name where what is replayed has none, because an older version has gone on with it. A file that is
    /// not replayed is no reason to refuse a start: one that is gone or cannot be read is passed over.
    private func epoch(before start: Start) -> JournalEpoch? {
        for segment in segments[..<start.index].reversed() {
            if let epoch = try? directory.head(of: segment)?.epoch { return epoch }
        }
        return nil
    }

    private func lastLine(of segment: SegmentName) throws(JournalError) -> (number: UInt64, link: ChainLink) {
        let path = directory.path(of: segment)
        let size = try fileSize(path)
        var last: (number: UInt64, link: ChainLink)?
        // Nearly every line is within the first reach; the second holds the longest one and a piece of another.
        for reach in [64 << 10, 2 * Int64(LineEnvelope.limitBytes)] where last == nil {
            let scanner = try LineScanner(path: path, from: max(0, size - reach))
            while let line = try scanner.next() {
                // Only the end of a line that began earlier is no line: its envelope is missing.
                last = nil
                guard line.hasEnd, !line.isTooLong, let ending = LineEnding.read(line.bytes) else { continue }
                if let envelope = try? LineEnvelope(line: line.bytes) { last = (envelope.number, ending.link) }
            }
        }
        guard let last else {
            throw .damaged(
                file: segment.description, line: try countLines(path), why: "the segment's last line is not whole")
        }
        return last
    }

    private func countLines(_ path: String) throws(JournalError) -> UInt64 {
        let scanner = try LineScanner(path: path)
        var lines: UInt64 = 0
        while try scanner.next() != nil { lines += 1 }
        return lines
    }

    // MARK: Replay

    private mutating func replaySegment(
        _ index: Int, start: Start, _ chain: inout ChainCheck, _ replay: (RecoveredItem) throws -> Void
    ) throws(JournalError) {
        let name = segments[index]
        let isLast = index == segments.count - 1
        let path = directory.path(of: name)
        let size = try fileSize(path)
        let scanner = try SegmentScanner(directory, name)
        // A segment without a line is only ever the last one: its number is checked all the same.
        if let expected = chain.expected, expected != name.firstNumber {
            throw .damaged(
                file: name.description, line: 1,
                why: "it begins with number \(name.firstNumber) where \(expected) was due")
        }
        var lines: UInt64 = 0
        var soundBytes: Int64 = 0
        while let line = try scanner.next() {
            try chain.prepare()
            do throws(LineFault) {
                try chain.follow(line)
            } catch {
                guard isLast else { throw try scanner.damage(error) }
                guard line.end >= size else {
                    let line = scanner.lines
                    throw .damaged(file: name.description, line: line, why: try advice(on: error, before: scanner))
                }
                report.cut = .init(file: name.description, bytes: line.end - line.start, why: error.description)
                break
            }
            do throws(LineFault) {
                let decoded = try DecodedLine(line: line.bytes)
                try chain.count(decoded.envelope)
                if case .erased(let erasure) = decoded.content { try chain.note(erasure) }
                if lines == 0 { try note(scanner.head) }
                let isHead = index == start.index && lines < start.checkpointLines
                try give(decoded, isHead: isHead, to: replay)
                // Not the last line's: an `erased` line bears the time of the tool that wrote it.
                report.lastAt = max(report.lastAt ?? decoded.envelope.at, decoded.envelope.at)
            } catch {
                throw try scanner.damage(error)
            }
            lines += 1
            report.linesReplayed += 1
            soundBytes = line.end
        }
        guard lines > 0 else {
            guard isLast else {
                throw .damaged(file: name.description, line: 1, why: "the segment is empty")
            }
            if report.cut == nil {
                report.cut = .init(file: name.description, bytes: 0, why: "the segment is empty")
            }
            return
        }
        let hasCheckpoint = index == start.index && start.checkpointLines > 0
        let isCurrent = scanner.head?.format == SegmentHead.knownFormat
        end.nextNumber = chain.expected ?? 1
        end.link = chain.previous ?? .origin
        end.segment = .init(name: name, size: soundBytes, isStale: !hasCheckpoint || !isCurrent)
    }

    /// Takes the journal's name from a segment's head.
    private mutating func note(_ head: SegmentHead?) throws(LineFault) {
        guard let epoch = head?.epoch else { return }
        if let known = end.epoch, known != epoch { throw .otherEpoch(epoch, expected: known) }
        end.epoch = epoch
    }

    /// What is wrong in the middle of the last segment and what can be done. After a power loss it may be a hole in
    /// what was never synced, but what stands behind it may also have been acknowledged: only a person can tell.
    ///
    /// - Parameter scanner: stands behind the line that is wrong; is read to the end.
    private func advice(on fault: LineFault, before scanner: SegmentScanner) throws(JournalError) -> String {
        var whole = 0
        while let line = try scanner.next() {
            if line.hasEnd, !line.isTooLong, LineEnding.read(line.bytes) != nil,
                (try? LineEnvelope(line: line.bytes)) != nil
            {
                whole += 1
            }
        }
        return """
            \(fault). Whole lines behind it: \(whole); they may have been acknowledged, so nothing was cut. First keep a \
            copy of \(directory.path); `sangdam transcript verify` shows the place again. Every line before it is sound: \
            once this line and all behind it are cut off by hand, the server starts without them
            """
    }

    private func give(
        _ line: DecodedLine, isHead: Bool, to replay: (RecoveredItem) throws -> Void
    ) throws(LineFault) {
        let item: RecoveredItem
        switch line.content {
        case .record(let record): item = .record(record)
        case .erased: return
        case .checkpoint(let part):
            // A later checkpoint that a crash cut short: it says nothing that replay does not know.
            guard isHead else { return }
            guard !part.isAhead(of: line.envelope.at) else {
                throw .inconsistent("it does not fit what came before: it has a time that is later than its own")
            }
            item = .checkpoint(part)
        }
        do {
            try replay(item)
        } catch {
            throw .inconsistent("it does not fit what came before: \(error)")
        }
    }
}

/// The file's size in bytes.
func fileSize(_ path: String) throws(JournalError) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .readFailed(path: path, errno: errno) }
    return Int64(status.st_size)
}
