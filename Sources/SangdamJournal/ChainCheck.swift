// What can be said of a line without knowing what it is about: that it is whole, that its hash follows from the line
// before and that its number does. Recovery and verification both go by it.

/// Follows the chain from line to line.
struct ChainCheck {
    /// The last line's link; nil when the next line's predecessor is not there to be compared with.
    private(set) var previous: ChainLink?
    /// The n that the next line must have; nil when any will do.
    private(set) var expected: UInt64?
    /// Lines that were taken by their own hash because they are erased.
    private(set) var erasedLines: UInt64 = 0
    /// Whether the line that was followed last is one of these: that nobody has put words into it must be looked at.
    private(set) var isErased = false
    private var erased: ErasedLines
    /// Whether the line that was followed last is named as erased.
    private var isNamed = false

    init(after previous: ChainLink?, expecting number: UInt64?, erased: ErasedLines = ErasedLines()) {
        self.previous = previous
        expected = number
        self.erased = erased
    }

    /// Makes ready for the next line, which may have to be looked up in the files. Called before `follow`.
    mutating func prepare() throws(JournalError) {
        isNamed = try expected.map { number throws(JournalError) in try erased.names(number) } ?? false
    }

    /// Whether the line is whole and its hash follows; takes it as the chain's new end. The hash of a line that is
    /// named as erased, and has no `s` any more, is taken as it is: what it was computed from is gone. As long as such
    /// a line has its `s`, it is as it was written, and checked like any other.
    mutating func follow(_ line: LineScanner.Line) throws(LineFault) {
        guard !line.isTooLong else { throw .tooLong }
        guard line.hasEnd, let ending = LineEnding.read(line.bytes) else { throw .incomplete }
        isErased = isNamed && !LineEnding.hasSalt(line.bytes)
        if isErased {
            erasedLines += 1
        } else if let previous {
            let hashed = UnsafeRawBufferPointer(rebasing: line.bytes[..<ending.hashed])
            guard ChainLink(after: previous, line: hashed) == ending.link else { throw .brokenChain }
        }
        previous = ending.link
    }

    /// Whether the number is the next one, and whether a line of this kind can have been erased if it is named so.
    /// Called after `follow` with what the line says.
    mutating func count(_ envelope: LineEnvelope) throws(LineFault) {
        let number = envelope.number
        if isNamed, envelope.kind?.canHoldWords == false {
            throw .inconsistent("it is named as erased, but a line of its type holds nobody's words")
        }
        if let expected, number != expected { throw .wrongNumber(number, expected: expected) }
        let (next, overflow) = number.addingReportingOverflow(1)
        guard !overflow else { throw .badValue("n") }
        expected = next
    }

    /// Whether the line names nothing that another line has named before. Called with every `erased` line.
    mutating func note(_ erasure: Erasure) throws(LineFault) {
        if let name = erased.repeats(erasure) {
            throw .inconsistent("it names line \(name) as erased, which another line has done before")
        }
    }
}
