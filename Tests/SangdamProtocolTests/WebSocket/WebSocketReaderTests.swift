// Frames as RFC 6455 has them, and as nobody should send them, whole and in every piece.

import SangdamCore
import SangdamProtocol
import Testing

@Suite struct WebSocketReaderTests {
    /// A stream and what comes of it.
    struct Row<Expected: Sendable>: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let stream: [UInt8]
        let expected: Expected

        init(_ name: String, _ stream: [UInt8], _ expected: Expected) {
            (testDescription, self.stream, self.expected) = (name, stream, expected)
        }
    }

    /// How streams are split: sizes of the pieces, the last one again and again.
    static let pieces = [[1], [2], [7], [1, 3, 8, 9]]

    static let good: [Row<[WebSocketInput]>] = [
        Row("the RFC's example", [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58], [text("Hello")]),
        Row("empty", textFrame(""), [text("")]),
        Row("Korean", textFrame("환불이 안 돼요 🙏"), [text("환불이 안 돼요 🙏")]),
        Row("125 bytes", frame(0x1, letters(125)), [.text(letters(125))]),
        Row("126 bytes", frame(0x1, letters(126)), [.text(letters(126))]),
        Row("the limit", frame(0x1, letters(16_384)), [.text(letters(16_384))]),
        Row("two at once", textFrame("a") + textFrame("b"), [text("a"), text("b")]),
        Row(
            "fragments", textFrame("a", isFinal: false) + moreFrame("b", isFinal: false) + moreFrame("c"), [text("abc")]
        ),
        Row(
            "empty fragments", textFrame("", isFinal: false) + moreFrame("", isFinal: false) + moreFrame(""), [text("")]
        ),
        Row(
            "a character over a fragment's end",
            frame(0x1, [0xED, 0x99], isFinal: false) + frame(0x0, [0x98, 0xEB], isFinal: false)
                + frame(0x0, [0xB6, 0x88]), [text("환불")]
        ),
        Row(
            "control frames between fragments",
            textFrame("a", isFinal: false) + pingFrame("p") + frame(0xA, [1]) + moreFrame("b"),
            [.ping(Array("p".utf8)), .pong, text("ab")]
        ),
        Row("a ping of 125 bytes", frame(0x9, letters(125)), [.ping(letters(125))]),
        Row("close without a code", frame(0x8), [.close(nil)]),
        Row("close with words", closeFrame(1000, Array("안녕히".utf8)), [.close(.normal)]),
        Row("close with a code of an application", closeFrame(4999), [.close(WebSocketCloseCode(rawValue: 4999))]),
        Row(
            "64 fragments",
            textFrame("a", isFinal: false) + (0..<62).flatMap { _ in moreFrame("", isFinal: false) } + moreFrame("b"),
            [text("ab")]
        ),
    ]

    static func text(_ text: String) -> WebSocketInput { .text(Array(text.utf8)) }
    static func letters(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) } }

    @Test(arguments: good) func reads(_ row: Row<[WebSocketInput]>) {
        #expect(Reading(row.stream).inputs == row.expected)
        #expect(Reading(row.stream).fault == nil)
        for sizes in Self.pieces { #expect(Reading(row.stream, sizes: sizes) == Reading(row.stream)) }
    }

    static let bad: [Row<WebSocketFault>] = [
        Row("RSV1", frame(0x1, reserved: 4), .reservedBits), Row("RSV2", frame(0x1, reserved: 2), .reservedBits),
        Row("RSV3 of a ping", frame(0x9, reserved: 1), .reservedBits),
        Row("opcode 3", frame(0x3), .unknownOpcode), Row("opcode 7", frame(0x7), .unknownOpcode),
        Row("opcode B", frame(0xB), .unknownOpcode), Row("opcode F", frame(0xF), .unknownOpcode),
        Row("no mask", frame(0x1, letters(5), isMasked: false), .unmasked),
        Row("an unmasked ping", frame(0x9, isMasked: false), .unmasked),
        Row("a ping in fragments", frame(0x9, isFinal: false), .fragmentedControl),
        Row("a close in fragments", frame(0x8, isFinal: false), .fragmentedControl),
        Row("a ping of 126 bytes", frame(0x9, letters(126)), .controlTooLong),
        Row("a close of 126 bytes", frame(0x8, [3, 232] + letters(124)), .controlTooLong),
        Row("a ping with a long length", frame(0x9, letters(3), lengthBytes: 2), .controlTooLong),
        Row("125 in two bytes", frame(0x1, letters(125), lengthBytes: 2), .lengthNotMinimal),
        Row("0 in two bytes", frame(0x1, lengthBytes: 2), .lengthNotMinimal),
        Row("125 in eight bytes", frame(0x1, letters(125), lengthBytes: 8), .lengthNotMinimal),
        Row("65,535 in eight bytes", frame(0x1, letters(65_535), lengthBytes: 8), .lengthNotMinimal),
        Row("a length of 2^63", longLength([0x80, 0, 0, 0, 0, 0, 0, 0]), .badLength),
        Row("a length of 2^64-1", longLength(Array(repeating: 0xFF, count: 8)), .badLength),
        Row("a length of 2^63-1", longLength([0x7F] + Array(repeating: 0xFF, count: 7)), .messageTooBig),
        Row("a length of 65,536", longLength([0, 0, 0, 0, 0, 1, 0, 0]), .messageTooBig),
        Row("one byte over the limit", frame(0x1, letters(16_385)), .messageTooBig),
        Row(
            "fragments over the limit", frame(0x1, letters(16_384), isFinal: false) + frame(0x0, letters(1)),
            .messageTooBig
        ),
        Row(
            "2^63-1 behind a fragment",
            frame(0x1, letters(9), isFinal: false) + longLength([0x7F] + Array(repeating: 0xFF, count: 7), opcode: 0),
            .messageTooBig
        ),
        Row(
            "65 fragments", textFrame("", isFinal: false) + (0..<64).flatMap { _ in moreFrame("", isFinal: false) },
            .tooManyFragments
        ),
        Row("a continuation of nothing", moreFrame("a"), .unexpectedContinuation),
        Row("a continuation of what is complete", textFrame("a") + moreFrame("b"), .unexpectedContinuation),
        Row("text within text", textFrame("a", isFinal: false) + textFrame("b"), .messageInterrupted),
        Row("binary", frame(0x2, letters(1)), .binary),
        Row("binary in fragments", frame(0x2, isFinal: false), .binary),
        Row("bad UTF-8", frame(0x1, [0xC0, 0xAF]), .badUTF8),
        Row("a surrogate", frame(0x1, [0xED, 0xA0, 0x80]), .badUTF8),
        Row("above U+10FFFF", frame(0x1, [0xF4, 0x90, 0x80, 0x80]), .badUTF8),
        Row("overlong", frame(0x1, [0xE0, 0x80, 0xAF]), .badUTF8),
        Row("overlong in four", frame(0x1, [0xF0, 0x8F, 0xBF, 0xBF]), .badUTF8),
        Row("a follower alone", frame(0x1, [0x80]), .badUTF8), Row("FF", frame(0x1, letters(20) + [0xFF]), .badUTF8),
        Row("words within a character", frame(0x1, [0xC3] + letters(8) + [0xA9]), .badUTF8),
        Row("a character within a character", frame(0x1, [0xC3, 0xED, 0x99, 0x98, 0xA9]), .badUTF8),
        Row("a character cut off", frame(0x1, letters(8) + [0xED, 0x99]), .badUTF8),
        Row(
            "a character cut off in a fragment",
            frame(0x1, [0xED], isFinal: false) + pingFrame() + frame(0x0, [0x99], isFinal: false) + moreFrame(""),
            .badUTF8
        ),
        Row(
            "bad UTF-8 that begins in another fragment",
            frame(0x1, [0xED], isFinal: false) + frame(0x0, [0xA0], isFinal: false), .badUTF8
        ),
        Row("a close of one byte", frame(0x8, [3]), .badCloseLength),
        Row("a close with bad UTF-8", closeFrame(1000, [0xFF]), .badUTF8),
        Row("eleven pings in a second", (0..<11).flatMap { _ in pingFrame() }, .tooManyControlFrames),
        Row("eleven pings and pongs", (0..<11).flatMap { frame($0 % 2 == 0 ? 0x9 : 0xA) }, .tooManyControlFrames),
    ]

    /// A text frame's header alone.
    static func longLength(_ length: [UInt8], opcode: UInt8 = 1) -> [UInt8] {
        [0x80 | opcode, 0xFF] + length + [0, 0, 0, 0]
    }

    @Test(arguments: bad) func refuses(_ row: Row<WebSocketFault>) {
        #expect(Reading(row.stream).fault == row.expected)
        for sizes in Self.pieces { #expect(Reading(row.stream, sizes: sizes) == Reading(row.stream)) }
    }

    @Test(
        arguments: [
            (1002, [.reservedBits, .unknownOpcode, .unmasked, .fragmentedControl, .controlTooLong, .lengthNotMinimal]),
            (1002, [.badLength, .unexpectedContinuation, .messageInterrupted, .badCloseLength, .badCloseCode]),
            (1003, [.binary]), (1007, [.badUTF8]), (1008, [.tooManyControlFrames]),
            (1009, [.messageTooBig, .tooManyFragments]),
        ] as [(UInt16, [WebSocketFault])])
    func tellsWhy(_ code: UInt16, _ faults: [WebSocketFault]) {
        #expect(faults.allSatisfy { $0.code.rawValue == code && $0.code.maySend })
    }

    @Test(
        arguments: [
            0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
        ] as [UInt16]) func refusesTheCode(_ code: UInt16)
    {
        #expect(Reading(closeFrame(code)).fault == .badCloseCode)
    }

    @Test(
        arguments: [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000]
            as [UInt16])
    func takesTheCode(_ code: UInt16) {
        #expect(Reading(closeFrame(code)).inputs == [.close(WebSocketCloseCode(rawValue: code))])
    }

    /// Fast failing: the fault is there with the byte that makes it certain, not with the frame's end.
    @Test(
        arguments: [
            (frame(0x1, [0x61, 0xFF] + letters(100)).prefix(8), .badUTF8),
            (frame(0x1, letters(16_385)).prefix(8), .messageTooBig), (frame(0x3).prefix(2), .unknownOpcode),
        ] as [(ArraySlice<UInt8>, WebSocketFault)])
    func findsFaultsEarly(_ start: ArraySlice<UInt8>, _ fault: WebSocketFault) {
        #expect(Reading(Array(start)).fault == fault)
        #expect(Reading(Array(start.dropLast())).fault == nil)
    }

    /// Every first byte with seconds around every border, and followers inside and outside their range.
    @Test func utf8IsWhatTheStandardLibrarySaysItIs() {
        for first in UInt8(0x80)...0xFF {
            for second in [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF] as [UInt8] {
                for rest in [[], [0x80], [0x7F], [0xC0], [0xBF, 0xBF], [0xBF, 0x7F], [0x80, 0x80, 0x61]] as [[UInt8]] {
                    let text = [first, second] + rest
                    let isText = String(validating: text, as: UTF8.self) != nil
                    #expect(Reading(frame(0x1, text)).fault == (isText ? nil : .badUTF8), "\(text)")
                }
            }
        }
    }

    @Test func unmasksEveryLengthAtEveryOffset() {
        for count in 0..<40 {
            for offset in 0..<9 {
                // The payload begins at different addresses and in different places of the key.
                let stream = frame(0x1, Self.letters(offset)) + frame(0x1, Self.letters(count), key: [1, 2, 3, 4])
                for sizes in [
                    [.max], [6 + offset, 6 + count / 2, .max], [6 + offset + 6 + offset % (count + 1), .max],
                ] {
                    #expect(
                        Reading(stream, sizes: sizes).inputs
                            == [.text(Self.letters(offset)), .text(Self.letters(count))])
                }
            }
        }
    }

    @Test func tenControlFramesASecondAreBorne() {
        var harness = WebSocketHarness()
        for _ in 0..<3 {
            harness.receive((0..<10).flatMap { _ in pingFrame() })
            #expect(harness.takeFrames() == Array(repeating: "pong", count: 10))
            harness.now = harness.now + .seconds(1)
        }
        #expect(harness.takeEvents().isEmpty)
    }

    @Test func binaryIsTakenWhereTheRulesSayIt() {
        var rules = WebSocketRules()
        rules.takesBinary = true
        let stream = frame(0x2, [0xFF], isFinal: false) + frame(0x0, [0x00])
        #expect(Reading(stream, rules: rules).inputs == [.binary([0xFF, 0x00])])
    }

    /// Rows of frames, some of them spoilt, in random pieces: what is read never depends on the pieces.
    @Test func piecesMakeNoDifference() {
        let seed = announcedSeed()
        var random = Seeded(seed)
        let frames = Self.good.map(\.stream) + Self.bad.map(\.stream)
        for round in 0..<1500 {
            var stream: [UInt8] = []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                stream += (round % 2 == 0 ? Self.good.map(\.stream) : frames).randomElement(using: &random) ?? []
            }
            if round % 3 == 0, !stream.isEmpty {
                for _ in 0..<3 {
                    stream[Int.random(in: 0..<stream.count, using: &random)] = .random(in: 0...255, using: &random)
                }
            }
            let sizes = (0..<50).map { _ in Int.random(in: 1...40, using: &random) }
            let whole = Reading(stream)
            #expect(Reading(stream, sizes: sizes) == whole, "seed \(seed), round \(round)")
            #expect(Reading(stream, sizes: [1]) == whole, "seed \(seed), round \(round)")
        }
    }

    @Test func inventedBytesNeverTrap() {
        let seed = announcedSeed()
        var random = Seeded(seed)
        for _ in 0..<20_000 {
            var stream = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            // Past the first checks, where lengths are read.
            if stream.count > 1, Bool.random(using: &random) {
                (stream[0], stream[1]) = (stream[0] & 0x8F, stream[1] | 0x80)
            }
            #expect(Reading(stream) == Reading(stream, sizes: [1, 2, 3]), "seed \(seed)")
        }
    }
}
