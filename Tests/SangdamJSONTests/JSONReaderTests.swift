// Values as the reader hands them out, the faults that leave it in front of a value, and input that was cut or
// invented.

import SangdamCore
import SangdamJSON
import Testing

/// Runs `body` over the text with a reader of its own and returns its result or the fault.
func reading<Value>(
    _ text: String, _ body: (inout JSONReader) throws(JSONFault) -> Value
) -> Result<Value, JSONFault> {
    var text = text
    return text.withUTF8 { utf8 -> Result<Value, JSONFault> in
        var reader = JSONReader(UnsafeRawBufferPointer(utf8))
        do throws(JSONFault) {
            let value = try body(&reader)
            try reader.end()
            return .success(value)
        } catch {
            return .failure(error)
        }
    }
}

@Suite struct JSONReaderTests {
    @Test func readsAnObjectFieldByField() throws {
        let text = #" { "type" : "say", "n":7, "tags":["a","b"], "to":{"queue":"q"}, "x":null, "on":true } "#
        var seen: [String] = []
        let result = reading(text) { (reader: inout JSONReader) throws(JSONFault) in
            try reader.beginObject()
            while let key = try reader.nextKey() {
                switch key {
                case "type": seen.append("type=" + String(decoding: try reader.string(), as: UTF8.self))
                case "n": seen.append("n=\(try reader.unsigned())")
                case "tags":
                    try reader.beginArray()
                    while try reader.nextElement() { seen.append("tag=" + (try reader.text()).string) }
                case "x": seen.append("x null \(try reader.skipNull())")
                case "on": seen.append("on=\(try reader.bool())")
                default:
                    seen.append("skipped \(key.string)")
                    try reader.skipValue()
                }
            }
        }
        #expect(throws: Never.self) { try result.get() }
        #expect(seen == ["type=say", "n=7", "tag=a", "tag=b", "skipped to", "x null true", "on=true"])
    }

    @Test(
        arguments: [
            ("abcdefgh", "abcdefgh", true), ("abcdefghi", "abcdefghi", true), ("abcdefghi", "abcdefghj", false),
            ("abcdefgh", "abcdefghi", false), ("abcdefghi", "abcdefgh", false),
            (##"abcd\u0065fghi"##, "abcdefghi", true),
            (##"abcd\u0065fghj"##, "abcdefghi", false), ("", "", true), ("a", "", false), ("이름", "이름", true),
        ] as [(String, StaticString, Bool)])
    func comparesWordsOfAnyLength(_ written: String, _ word: StaticString, _ isSame: Bool) {
        let asKey = reading("{\"\(written)\":1}") { (reader: inout JSONReader) throws(JSONFault) -> Bool in
            try reader.beginObject()
            var matches = false
            while let key = try reader.nextKey() {
                matches = key == word
                try reader.skipValue()
            }
            return matches
        }
        #expect(asKey == .success(isSame))
        let asValue = reading("\"\(written)\"") { (reader: inout JSONReader) throws(JSONFault) in
            try reader.word() == word
        }
        #expect(asValue == .success(isSame))
    }

    /// What ends a run of plain bytes is found wherever it stands, and what follows the input is not read.
    @Test func stringsOfEveryLengthEndWhereTheyEnd() {
        let quote = UInt8(ascii: "\"")
        for length in 0...40 {
            let plain = Array(repeating: UInt8(ascii: "x"), count: length)
            #expect(faultOfPassing([quote] + plain + [quote]) == nil)
            #expect(faultOfPassing([quote] + plain) == .notJSON(at: length + 1))
            for place in 0..<length {
                func with(_ bytes: [UInt8]) -> [UInt8] { [quote] + plain[..<place] + bytes + plain[place...] + [quote] }
                #expect(faultOfPassing(with([0x1F])) == .notJSON(at: place + 1))
                #expect(faultOfPassing(with([0x00])) == .notJSON(at: place + 1))
                #expect(faultOfPassing(with([quote])) == .notJSON(at: place + 2))
                #expect(faultOfPassing(with([0xFF])) == .badUTF8(at: 0))
                #expect(faultOfPassing(with(Array(#"\q"#.utf8))) == .notJSON(at: place + 2))
                for (written, value) in [(#"\n"#, "\n"), ("é", "é"), (#"\ud83d\ude00"#, "😀"), ("환", "환"), (" ", " ")] {
                    let text = String(decoding: with(Array(written.utf8)), as: UTF8.self)
                    let expected =
                        String(repeating: "x", count: place) + value
                        + String(repeating: "x", count: length - place)
                    let read = reading(text) { (reader: inout JSONReader) throws(JSONFault) in try reader.text().string
                    }
                    #expect(read == .success(expected))
                }
            }
        }
    }

    @Test(
        arguments: [
            ("b", "b"), (#"\u0062"#, "b"), ("한글", "한글"), ("", nil),
            (String(repeating: "c", count: 64), String(repeating: "c", count: 64)),
            (String(repeating: "c", count: 65), nil), (#"\u0063"# + String(repeating: "c", count: 64), nil),
            (#"\u0063"# + String(repeating: "c", count: 63), String(repeating: "c", count: 64)),
        ] as [(String, String?)])
    func readsAMessageID(_ written: String, _ expected: String?) {
        let id = reading("\"\(written)\"") { (reader: inout JSONReader) throws(JSONFault) in
            try reader.messageID()
        }
        #expect(id == .success(expected.flatMap { ClientMessageID($0) }))
    }

    @Test(arguments: [
        (#""""#, ""), (#""가나다""#, "가나다"), (#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{c}\n\r\t"),
        (#""\u0041\u00e9\u20AC\ud83d\ude00\uDBFF\uDFFF\u0000z""#, "Aé€😀\u{10FFFF}\u{0}z"),
        (#""\u007f\u0080\u07ff\u0800\ud7ff\ue000""#, "\u{7f}\u{80}\u{7ff}\u{800}\u{d7ff}\u{e000}"),
        (#""환불\u0020요청""#, "환불 요청"), (#""\\u0041""#, #"\u0041"#),
    ])
    func resolvesEscapes(_ json: String, _ expected: String) {
        #expect(
            reading(json) { (reader: inout JSONReader) throws(JSONFault) in try reader.text() }
                == .success(Text(expected)))
    }

    @Test func comparesKeysWithAndWithoutEscapes() {
        let matched = reading(##"{"text":1,"\u0074ype":2,"typ":3,"types":4}"##) {
            (reader: inout JSONReader) throws(JSONFault) -> [String] in
            var names: [String] = []
            try reader.beginObject()
            while let key = try reader.nextKey() {
                names.append(key == "type" ? "TYPE" : key.string)
                try reader.skipValue()
            }
            return names
        }
        #expect(matched == .success(["text", "TYPE", "typ", "types"]))
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", nil), ("18446744073709551615", .max), ("18446744073709551616", nil), ("-1", nil),
            ("1.0", nil),
            ("1e3", nil), ("1E0", nil), ("99999999999999999999999999", nil), ("7", 7),
        ] as [(String, UInt64?)])
    func unsignedIsExact(_ json: String, _ expected: UInt64?) {
        let result = reading(json) { (reader: inout JSONReader) throws(JSONFault) in try reader.unsigned() }
        #expect(result == expected.map { .success($0) } ?? .failure(.outOfRange))
    }

    /// Within a container most numbers are read by a shorter way, which must refuse and leave the same.
    @Test(
        arguments: [
            ("0", 0), ("00", nil), ("01", nil), ("7 ", 7), ("123456789012345678", 123_456_789_012_345_678),
            ("1234567890123456789", 1_234_567_890_123_456_789), ("18446744073709551615", .max),
            ("18446744073709551616", nil), ("1.0", nil), ("1e3", nil), ("-1", nil), ("1x", nil), ("", nil),
            ("\"1\"", nil),
        ] as [(String, UInt64?)])
    func unsignedIsExactWithinContainers(_ json: String, _ expected: UInt64?) {
        let inObject = reading("{\"n\":\(json)}") { (reader: inout JSONReader) throws(JSONFault) -> UInt64 in
            try reader.beginObject()
            _ = try reader.nextKey()
            let value = try reader.unsigned()
            _ = try reader.nextKey()
            return value
        }
        #expect((try? inObject.get()) == expected)
        let inArray = reading("[\(json),1]") { (reader: inout JSONReader) throws(JSONFault) -> UInt64 in
            try reader.beginArray()
            _ = try reader.nextElement()
            let value = try reader.unsigned()
            _ = try reader.nextElement()
            _ = try reader.unsigned()
            _ = try reader.nextElement()
            return value
        }
        #expect((try? inArray.get()) == expected)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", .max), ("9223372036854775808", nil),
            ("-9223372036854775808", .min),
            ("-9223372036854775809", nil), ("-5", -5), ("5.5", nil), ("-1e2", nil),
        ] as [(String, Int64?)])
    func signedIsExact(_ json: String, _ expected: Int64?) {
        let result = reading(json) { (reader: inout JSONReader) throws(JSONFault) in try reader.signed() }
        #expect(result == expected.map { .success($0) } ?? .failure(.outOfRange))
    }

    @Test(
        arguments: [
            ("0", 0), ("1", 1000), ("1.5", 1500), ("0.001", 1), ("1.2340000", 1234), ("1.2345", nil), ("-2.25", -2250),
            ("1e3", nil), ("9223372036854775.807", .max), ("9223372036854775.808", nil),
            ("-9223372036854775.808", .min),
            ("-9223372036854775.809", nil), ("99999999999999999999", nil),
        ] as [(String, Int64?)])
    func secondsAreExactToTheMillisecond(_ json: String, _ expected: Int64?) {
        let result = reading(json) { (reader: inout JSONReader) throws(JSONFault) in try reader.seconds() }
        #expect(result == expected.map { .success(Interval(milliseconds: $0)) } ?? .failure(.outOfRange))
    }

    @Test func secondsAreWhatTheWriterWrites() {
        for milliseconds: Int64 in [0, 1, 10, 100, 999, 1000, 1001, 20_000, 123_456_789, -1, -1500, .max, .min] {
            var writer = JSONWriter()
            writer.seconds(Interval(milliseconds: milliseconds))
            let result = reading(String(decoding: writer.bytes, as: UTF8.self)) {
                (reader: inout JSONReader) throws(JSONFault) in try reader.seconds()
            }
            #expect(result == .success(Interval(milliseconds: milliseconds)))
        }
    }

    @Test func staysInFrontOfAValueThatItRefuses() {
        var faults: [JSONFault] = []
        func note(_ attempt: () throws(JSONFault) -> Void) {
            do throws(JSONFault) { try attempt() } catch { faults.append(error) }
        }
        let rest = reading(#"["words",1.5,true,{},null,"longer",-3]"#) {
            (reader: inout JSONReader) throws(JSONFault) -> String in
            try reader.beginArray()
            _ = try reader.nextElement()
            note { () throws(JSONFault) in _ = try reader.unsigned() }
            _ = try reader.string()
            _ = try reader.nextElement()
            note { () throws(JSONFault) in _ = try reader.signed() }
            _ = try reader.seconds()
            _ = try reader.nextElement()
            note { () throws(JSONFault) in _ = try reader.string() }
            _ = try reader.bool()
            _ = try reader.nextElement()
            note { () throws(JSONFault) in try reader.beginArray() }
            try reader.skipValue()
            _ = try reader.nextElement()
            note { () throws(JSONFault) in try reader.beginObject() }
            _ = try reader.skipNull()
            _ = try reader.nextElement()
            note { () throws(JSONFault) in _ = try reader.string(limitBytes: 5) }
            let string = try reader.text(limitBytes: 6).string
            _ = try reader.nextElement()
            note { () throws(JSONFault) in _ = try reader.unsigned() }
            try reader.skipValue()
            _ = try reader.nextElement()
            return string
        }
        #expect(rest == .success("longer"))
        #expect(
            faults == [
                .wrongKind, .outOfRange, .wrongKind, .wrongKind, .wrongKind, .tooLong(limitBytes: 5), .outOfRange,
            ])
    }

    @Test func countsLimitsAfterEscapes() {
        let read = { (limit: Int) in
            reading(#""\u0061\ud83d\ude00""#) { (reader: inout JSONReader) throws(JSONFault) in
                try reader.string(limitBytes: limit).count
            }
        }
        #expect(read(5) == .success(5))
        #expect(read(4) == .failure(.tooLong(limitBytes: 4)))
    }

    @Test func lendsStringsInPlace() {
        #expect(
            reading(#""01arz3ndektsv4rrffq69g5fav""#) { (reader: inout JSONReader) throws(JSONFault) in
                try reader.withString { ChatID($0) != nil }
            } == .success(true))
    }

    static let document = """
        {"type":"enter","topic":"refund","intake":{"what":"두 번 결제\\n됐어요 \\ud83d\\ude00","when":null,"n":[1,-2.5e+3,true,false]}}
        """

    @Test func refusesEveryBeginningOfADocument() {
        let bytes = Array(Self.document.utf8)
        #expect(faultOfPassing(bytes) == nil)
        for length in 0..<bytes.count {
            #expect(faultOfPassing(Array(bytes[..<length])) != nil, "first \(length) bytes")
        }
    }

    /// Flips, cuts and inserts; whatever comes out is read or refused. The seed is printed by a failing expectation.
    @Test func survivesInventedBytes() {
        let seed = announcedSeed()
        var random = Seeded(seed)
        let structural = Array(#"{}[]",:\u0123dD8nullte-.+ "#.utf8)
        for round in 0..<20_000 {
            var bytes: [UInt8]
            if round % 3 == 0 {
                bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                    structural.randomElement(using: &random) ?? 0
                }
            } else {
                bytes = Array(Self.document.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let at = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: bytes[at] = .random(in: 0...255, using: &random)
                    case 1: bytes.insert(structural.randomElement(using: &random) ?? 0, at: at)
                    default: bytes.removeSubrange(at..<min(bytes.count, at + 3))
                    }
                    if bytes.isEmpty { bytes = [0] }
                }
            }
            let isAccepted = faultOfPassing(bytes) == nil
            // What is accepted is Unicode, and reading its pieces agrees with passing it.
            #expect(!isAccepted || Text(validating: bytes) != nil, "seed \(seed), round \(round)")
            #expect(readsEverything(bytes) == isAccepted, "seed \(seed), round \(round)")
        }
    }

    /// Reads every value by its own method instead of passing it.
    private func readsEverything(_ bytes: [UInt8]) -> Bool {
        func value(_ reader: inout JSONReader) throws(JSONFault) {
            switch try reader.nextKind() {
            case .object:
                try reader.beginObject()
                while let key = try reader.nextKey() {
                    _ = key.string
                    try value(&reader)
                }
            case .array:
                try reader.beginArray()
                while try reader.nextElement() { try value(&reader) }
            case .string: _ = try reader.text()
            case .number:
                do throws(JSONFault) {
                    _ = try reader.signed()
                } catch .outOfRange {
                    try reader.skipValue()
                } catch { throw error }
            case .bool: _ = try reader.bool()
            case .null: _ = try reader.skipNull()
            }
        }
        return bytes.withUnsafeBytes { buffer -> Bool in
            var reader = JSONReader(buffer)
            do throws(JSONFault) {
                try value(&reader)
                try reader.end()
                return true
            } catch {
                return false
            }
        }
    }
}
