// What is escaped and what is not: lines must be events for every reader, and a terminal safe from what it shows.

import SangdamCore
import SangdamJSON
import Testing

@Suite struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), (#"say "hi""#, #""say \"hi\"""#), (#"a\b"#, #""a\\b""#),
        ("a/b", #""a/b""#),
        ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#), ("\u{7F}", #""\u007f""#),
        ("\u{2028}\u{2029}", #""\u2028\u2029""#),
        // Neighbours that begin with the same byte stay as they are.
        ("\u{2027}\u{202A}\u{20AC}\u{2068}", "\"\u{2027}\u{202A}\u{20AC}\u{2068}\""),
        ("환불이 안 돼요", "\"환불이 안 돼요\""), ("😀é", "\"😀é\""), ("a\u{2028}", #""a\u2028""#),
    ])
    func strings(_ text: String, _ json: String) {
        #expect(written { $0.string(text) } == json)
        #expect(written { $0.string(Text(text)) } == json)
    }

    @Test func everyControlCharacterIsEscaped() {
        for code in UInt8(0)..<0x20 {
            let json = written { $0.string(utf8: [0x61, code, 0x62]) }
            #expect(json.utf8.allSatisfy { $0 >= 0x20 })
            if ![8, 9, 10, 12, 13].contains(code) {
                let hex = String(code, radix: 16)
                #expect(json == "\"a\\u00\(hex.count == 1 ? "0" : "")\(hex)b\"")
            }
        }
    }

    /// The writer looks at sixteen, eight or four bytes at a time: wherever a byte stands, it must be seen.
    @Test(arguments: [
        "\u{0}", "\u{1F}", " ", "!", "\"", "#", "\\", "]", "~", "\u{7F}", "\u{80}", "\u{2028}", "\u{2030}", "한",
    ])
    func everyPlaceOfEveryLength(_ special: String) {
        let escaped: String
        switch special {
        case "\u{0}": escaped = #"\u0000"#
        case "\u{1F}": escaped = #"\u001f"#
        case "\"": escaped = #"\""#
        case "\\": escaped = #"\\"#
        case "\u{7F}": escaped = #"\u007f"#
        case "\u{2028}": escaped = #"\u2028"#
        default: escaped = special
        }
        let plain = (0..<50).map { String(Unicode.Scalar(UInt8(ascii: "0") + UInt8($0))) }
            .map { $0 == "\\" ? "z" : $0 }
        for length in 0...40 {
            for place in 0...length {
                let before = plain[..<place].joined()
                let behind = plain[place..<length].joined()
                #expect(written { $0.string(before + special + behind) } == "\"\(before)\(escaped)\(behind)\"")
                // Two of them, so that a run begins in the middle.
                #expect(
                    written { $0.string(special + before + special + behind) }
                        == "\"\(escaped)\(before)\(escaped)\(behind)\"")
            }
        }
    }

    /// However little room there was in the beginning, and wherever it ends.
    @Test(arguments: [0, 1, 2, 3, 7, 16, 64])
    func growsAsItMust(_ capacity: Int) {
        for length in [0, 1, 15, 16, 17, 100, 3000] {
            var writer = JSONWriter(reservingBytes: capacity)
            writer.beginArray()
            writer.string(utf8: [UInt8](repeating: 0x01, count: length))
            writer.string(utf8: [UInt8](repeating: UInt8(ascii: "x"), count: length))
            writer.number(UInt64.max)
            writer.endArray()
            let expected =
                #"[""# + String(repeating: #"\u0001"#, count: length) + #"",""# + String(repeating: "x", count: length)
                + #"",18446744073709551615]"#
            #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
            #expect(writer.count == expected.utf8.count)
            writer.removeAll()
            writer.word("again")
            #expect(String(decoding: writer.written, as: UTF8.self) == #""again""#)
        }
    }

    @Test(arguments: [0, 1, 1000, 1021, 1022, 1023, 1024, 5000])
    func writesBehindWhatIsThere(_ length: Int) {
        var output = Array("before".utf8)
        JSONWriter.append(to: &output) { $0.string(utf8: [UInt8](repeating: UInt8(ascii: "x"), count: length)) }
        #expect(output == Array("before\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: length) + [0x22])
    }

    @Test func commasComeByThemselves() {
        let json = written { writer in
            writer.beginObject()
            writer.key("a")
            writer.number(1)
            writer.key("b")
            writer.beginArray()
            writer.bool(true)
            writer.null()
            writer.beginObject()
            writer.endObject()
            writer.endArray()
            writer.key(named: "c")
            writer.string(ChatID(high: 0, low: 1))
            writer.key("d")
            writer.string(Instant(milliseconds: 1_795_334_400_000))
            writer.endObject()
        }
        #expect(
            json == #"{"a":1,"b":[true,null,{}],"c":"00000000000000000000000001","d":"2026-11-22T08:00:00.000Z"}"#)
    }

    @Test(arguments: [
        (Int64(0), "0"), (1, "0.001"), (10, "0.01"), (100, "0.1"), (120, "0.12"), (123, "0.123"), (1000, "1"),
        (1005, "1.005"), (61_500, "61.5"), (-1500, "-1.5"), (-1, "-0.001"), (.min, "-9223372036854775.808"),
        (.max, "9223372036854775.807"),
    ])
    func seconds(_ milliseconds: Int64, _ json: String) {
        #expect(written { $0.seconds(Interval(milliseconds: milliseconds)) } == json)
    }

    @Test func numbers() {
        #expect(written { $0.number(Int.min) } == "-9223372036854775808")
        #expect(written { $0.number(UInt64.max) } == "18446744073709551615")
        #expect(written { $0.number(Int(0)) } == "0")
        var power: UInt64 = 1
        for _ in 0..<19 {
            power *= 10
            for value in [power - 1, power, power + 1, power / 10 * 7] {
                #expect(written { $0.number(value) } == String(value))
                #expect(written { $0.number(-Int(value / 10)) } == String(-Int(value / 10)))
            }
        }
    }
}
