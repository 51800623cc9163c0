// Whether the whole journal is as it was written: every line whole, linked to the one before and numbered densely, over
// all segments; each segment beginning with a checkpoint. Reads only, also while a server writes.

package import SangdamCore

/// An `erased` line, by which somebody could have made words unverifiable.
package struct ErasureMark: Sendable, Equatable {
    package let number: UInt64
    package let at: Instant
    package let by: Text?
}

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
    /// Lines whose words are gone: their hash is taken as it stands, because it cannot be computed any more.
    package var erasedLines: UInt64 = 0
    /// The lines that say so.
    package var erasures: [ErasureMark] = []
    /// Lines of kinds that this version does not know: linked and numbered, but not understood.
    package var unknownLines: UInt64 = 0
    /// Bytes behind the last whole line: what a running server is just writing or a crash left unfinished. No fault.
    package var unfinishedBytes: Int64 = 0
    /// Of the newest segment.
    package var format: UInt64?
    /// The journal's name; nil in format 1.
    package var epoch: JournalEpoch?
    package var fault: JournalError?

    package var isSound: Bool { fault == nil }
}

extension Verification {
    /// Throws what kept it from reading; what is wrong with the journal is in the result.
    package init(dataDirectory: String) throws(JournalError) {
        let directory = SegmentDirectory(dataDirectory: dataDirectory)
        let segments = try directory.readableSegments()
        self.init()
        self.segments = segments.count
        guard let first = segments.first, let last = segments.last else { return }
        let erased = try ErasedLines(directory, segments, from: first.firstNumber)
        var chain = ChainCheck(
            after: first.firstNumber == 1 ? .origin : nil, expecting: first.firstNumber, erased: erased)
        for segment in segments {
            let scanner = try SegmentScanner(directory, segment)
            guard try check(segment, scanner, isLast: segment == last, &chain) else { return }
        }
    }

    /// False when there is a fault.
    private mutating func check(
        _ segment: SegmentName, _ scanner: SegmentScanner, isLast: Bool, _ chain: inout ChainCheck
    ) throws(JournalError) -> Bool {
        var checkpointDue = 0
        while let line = try scanner.next() {
            if isLast, !line.hasEnd {
                unfinishedBytes = line.end - line.start
                break
            }
            let isFirst = scanner.lines == 1
            try chain.prepare()
            do throws(LineFault) {
                if isFirst, let expected = chain.expected, expected != segment.firstNumber {
                    throw .wrongNumber(segment.firstNumber, expected: expected)
                }
                try chain.follow(line)
                let envelope = try LineEnvelope(line: line.bytes)
                try chain.count(envelope)
                if envelope.kind == .erased || chain.isErased && envelope.kind != nil {
                    let content = try DecodedLine(line: line.bytes).content
                    if case .erased(let erasure) = content {
                        try chain.note(erasure)
                        erasures.append(ErasureMark(number: envelope.number, at: envelope.at, by: erasure.by))
                    }
                }
                try noteCheckpoint(envelope, line.bytes, isFirst: isFirst, &checkpointDue)
                if isFirst, let head = scanner.head { try note(head) }
                if envelope.kind == nil { unknownLines += 1 }
                firstNumber = firstNumber ?? envelope.number
                lastNumber = envelope.number
                lastAt = envelope.at
                erasedLines = chain.erasedLines
                lines += 1
            } catch {
                fault = try scanner.damage(error)
                return false
            }
        }
        if checkpointDue > 0 { incompleteCheckpoints += 1 }
        guard scanner.lines > 0 || isLast else {
            fault = .damaged(file: segment.description, line: 1, why: "the segment is empty")
            return false
        }
        return true
    }

    private mutating func note(_ head: SegmentHead) throws(LineFault) {
        format = head.format
        guard let found = head.epoch else { return }
        if let epoch, epoch != found { throw .otherEpoch(found, expected: epoch) }
        epoch = found
    }

    /// Counts a checkpoint's parts down; a line of another kind in front of the last part means that a crash cut it.
    private mutating func noteCheckpoint(
        _ envelope: LineEnvelope, _ line: UnsafeRawBufferPointer, isFirst: Bool, _ due: inout Int
    ) throws(LineFault) {
        if isFirst {
            guard envelope.kind == .checkpoint, case .checkpoint(.desk(let desk)) = try DecodedLine(line: line).content
            else { throw .inconsistent("the segment does not begin with a checkpoint") }
            due = desk.entries
        } else if due > 0 {
            if envelope.kind?.isCheckpoint == true {
                due -= 1
            } else {
                due = 0
                incompleteCheckpoints += 1
            }
        }
    }
}
