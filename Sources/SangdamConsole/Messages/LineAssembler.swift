// Bytes to lines, for both inputs: the connection and standard input. A line ends with LF or CRLF.

/// Collects bytes and hands out whole lines without their ends; never holds more than `limitBytes`.
package struct LineAssembler: Sendable {
    package enum Piece: Sendable, Equatable {
        case line([UInt8])
        /// A line went past the bound: it is dropped up to its end.
        case tooLong
    }

    private let limitBytes: Int
    private var partial: [UInt8] = []
    private var isSkipping = false

    package init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    package mutating func append(_ bytes: some Sequence<UInt8>, _ body: (Piece) -> Void) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if !isSkipping { body(.line(takeLine())) }
                isSkipping = false
                partial.removeAll(keepingCapacity: true)
            } else if !isSkipping {
                if partial.count == limitBytes {
                    isSkipping = true
                    partial.removeAll(keepingCapacity: true)
                    body(.tooLong)
                } else {
                    partial.append(byte)
                }
            }
        }
    }

    /// What stands behind the last line end, when the input is over; nil when that is nothing.
    package mutating func takeRest() -> [UInt8]? {
        defer { partial = [] }
        return partial.isEmpty ? nil : takeLine()
    }

    private func takeLine() -> [UInt8] {
        partial.last == UInt8(ascii: "\r") ? Array(partial.dropLast()) : partial
    }
}
