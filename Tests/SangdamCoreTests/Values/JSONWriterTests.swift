// What is escaped and what is not: lines must be events for every reader, and a terminal safe from what it shows.

import SangdamCore
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
            writer.string(Instant.opening)
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
    }
}
