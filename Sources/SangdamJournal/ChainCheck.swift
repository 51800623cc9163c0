// What can be said of a line without knowing what it is about: that it is whole, that its hash follows from the line
// before and that its number does. Recovery and verification both go by it.

/// Follows the chain from line to line.
struct ChainCheck {
    /// The last line's link; nil when the next line's predecessor is not there to be compared with.
    private(set) var previous: ChainLink?
    /// The n that the next line must have; nil when any will do.
    private(set) var expected: UInt64?

    init(after previous: ChainLink?, expecting number: UInt64?) {
        self.previous = previous
        expected = number
    }

    /// Whether the line is whole and its hash follows; takes it as the chain's new end.
    mutating func follow(_ line: LineScanner.Line) throws(LineFault) {
        guard !line.isTooLong else { throw .tooLong }
        guard line.hasEnd, let ending = LineEnding.read(line.bytes) else { throw .incomplete }
        if let previous {
            let hashed = UnsafeRawBufferPointer(rebasing: line.bytes[..<ending.hashed])
            guard ChainLink(after: previous, line: hashed) == ending.link else { throw .brokenChain }
        }
        previous = ending.link
    }

    /// Whether the number is the next one. Called after `follow` with what the line says.
    mutating func count(_ number: UInt64) throws(LineFault) {
        if let expected, number != expected { throw .wrongNumber(number, expected: expected) }
        let (next, overflow) = number.addingReportingOverflow(1)
        guard !overflow else { throw .badValue("n") }
        expected = next
    }
}
