// Cutting lines: the same ones however the bytes arrive, and a bound that is told once.

import SangdamProtocol
import Testing

@Suite struct LineCutterTests {
    private struct Cut {
        private var framer: LineCutter
        private(set) var lines: [String] = []

        init(limitBytes: Int) {
            framer = LineCutter(limitBytes: limitBytes)
        }

        mutating func take(_ piece: ArraySlice<UInt8>) {
            piece.withUnsafeBytes { bytes in
                var rest = bytes
                while let line = framer.next(&rest) { note(line) }
            }
        }

        mutating func finish() {
            if let line = framer.finish() { note(line) }
        }

        private mutating func note(_ line: LineCutter.Line) {
            switch line {
            case .inPlace(let bytes): lines.append(String(decoding: bytes, as: UTF8.self))
            case .gathered(let bytes): lines.append(String(decoding: bytes, as: UTF8.self))
            case .tooLong: lines.append("too long")
            }
        }
    }

    private func cut(_ text: String, limitBytes: Int, every size: Int) -> [String] {
        let stream = Array(text.utf8)
        var cut = Cut(limitBytes: limitBytes)
        for start in stride(from: 0, to: stream.count, by: size) {
            cut.take(stream[start..<min(start + size, stream.count)])
        }
        cut.finish()
        return cut.lines
    }

    @Test(arguments: 1...9) func linesAreTheSameHoweverTheBytesArrive(_ size: Int) {
        #expect(
            cut("one\r\n\ntwo둘\nthree\n끝없는", limitBytes: 64, every: size) == ["one", "", "two둘", "three", "끝없는"])
    }

    @Test(arguments: [1, 3, 100]) func aLineTooLongIsToldOnceAndTheNextOneRead(_ size: Int) {
        let text = String(repeating: "x", count: 50) + "\nok\n" + String(repeating: "y", count: 10)
        #expect(cut(text, limitBytes: 8, every: size) == ["too long", "ok", "too long"])
    }

    @Test(arguments: [1, 3, 100]) func theCarriageReturnDoesNotCount(_ size: Int) {
        #expect(cut("12345678\r\n123456789\r\n", limitBytes: 8, every: size) == ["12345678", "too long"])
    }

    @Test(arguments: [("12345678\r", "12345678"), ("123456789\r", "too long"), ("\r", ""), ("1\r\r", "1\r")])
    func theLastLineEndsLikeAnyOther(_ text: String, _ line: String) {
        for size in [1, 3, 100] { #expect(cut(text, limitBytes: 8, every: size) == [line]) }
    }
}
