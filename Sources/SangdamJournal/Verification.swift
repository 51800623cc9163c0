// Whether the whole journal is as it was written: every line whole, linked to the one before and numbered densely, over
// all segments; each segment beginning with a checkpoint. Reads only, also while a server writes.

package import SangdamCore

/// What a verification found; `fault` is the first thing that is wrong.
package struct Verification: Sendable, Equatable {
    package var segments = 0
    package var lines: UInt64 = 0
    /// Above 1 when older segments are not there any more: their chain cannot be followed.
    package var firstNumber: UInt64?
    package var lastNumber: UInt64?
    package var lastAt: Instant?
    /// Checkpoints that a crash cut short: no fault, the lines before them hold everything.
    package var incompleteCheckpoints = 0
    /// Lines of kinds that this version does not know: linked and numbered, but not understood.
    package var unknownLines: UInt64 = 0
    /// Bytes behind the last whole line: what a running server is just writing or a crash left unfinished. No fault.
    package var unfinishedBytes: Int64 = 0
    package var fault: JournalError?

    package var isSound: Bool { fault == nil }
}

extension Verification {
    /// Throws what kept it from reading; what is wrong with the journal is in the result.
    package init(dataDirectory: String) throws(JournalError) {
        let directory = SegmentDirectory(dataDirectory: dataDirectory)
        let segments = try directory.segments()
        self.init()
        self.segments = segments.count
        guard let first = segments.first, let last = segments.last else { return }
        var chain = ChainCheck(after: first.firstNumber == 1 ? .origin : nil, expecting: first.firstNumber)
        for segment in segments {
            let scanner = try LineScanner(path: directory.path(of: segment))
            guard try check(segment, scanner, isLast: segment == last, &chain) else { return }
        }
    }

    /// False when there is a fault.
    private mutating func check(
        _ segment: SegmentName, _ scanner: LineScanner, isLast: Bool, _ chain: inout ChainCheck
    ) throws(JournalError) -> Bool {
        var place: UInt64 = 0
        var checkpointDue = 0
        while let line = try scanner.next() {
            if isLast, !line.hasEnd {
                unfinishedBytes = line.end - line.start
                break
            }
            place += 1
            do throws(LineFault) {
                if place == 1, let expected = chain.expected, expected != segment.firstNumber {
                    throw .wrongNumber(segment.firstNumber, expected: expected)
                }
                try chain.follow(line)
                let frame = try LineFrame(line: line.bytes)
                try chain.count(frame.number)
                try noteCheckpoint(frame, line.bytes, isFirst: place == 1, &checkpointDue)
                if frame.kind == nil { unknownLines += 1 }
                firstNumber = firstNumber ?? frame.number
                lastNumber = frame.number
                lastAt = frame.at
                lines += 1
            } catch {
                fault = .damaged(file: segment.description, line: place, why: error.description)
                return false
            }
        }
        if checkpointDue > 0 { incompleteCheckpoints += 1 }
        guard place > 0 || isLast else {
            fault = .damaged(file: segment.description, line: 1, why: "the segment is empty")
            return false
        }
        return true
    }

    /// Counts a checkpoint's parts down; a line of another kind in front of the last part means that a crash cut it.
    private mutating func noteCheckpoint(
        _ frame: LineFrame, _ line: UnsafeRawBufferPointer, isFirst: Bool, _ due: inout Int
    ) throws(LineFault) {
        if isFirst {
            guard frame.kind == .checkpoint, case .checkpoint(.desk(let desk)) = try DecodedLine(line: line).content
            else { throw .inconsistent("the segment does not begin with a checkpoint") }
            due = desk.entries
        } else if due > 0 {
            if frame.kind?.isCheckpoint == true {
                due -= 1
            } else {
                due = 0
                incompleteCheckpoints += 1
            }
        }
    }
}
