// What RFC 8259 says is JSON and what is not, one case a row: the behaviour that the public JSONTestSuite checks with
// its y_ and n_ files, in this project's own table. Where the RFC leaves a choice, the reader's choice is a row too.

import SangdamCore
import SangdamJSON
import Testing

@Suite struct JSONConformanceTests {
    static let accepted: [String] = [
        // Arrays
        "[[]   ]", "[\"\"]", "[]", "[\"a\"]", "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\n]", " [1]",
        "[1,null,null,null,2]", "[2] ",
        // Numbers
        "[123e65]", "[0e+1]", "[0e1]", "[ 4]", "[-0.000000000000000000000000000000000000000000000000000000000000001]\n",
        "[20e1]", "[-0]", "[-123]", "[-1]", "[-0]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]",
        "[1e+2]", "[123]", "[123.456789]",
        // Objects
        "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{}", "{\"\":0}", "{\"foo\\u0000bar\": 42}",
        "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
        "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"x\"}",
        "{\"a\":[]}", "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\"}", "{\n\"a\": \"b\"\n}",
        // Strings
        "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\\"\"]", "[\"a/*b*/c/*d//e\"]", "[\"\\\\a\"]",
        "[\"\\\\n\"]", "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[\"asd\"]", "[ \"asd\"]", "[\"\\uDBFF\\uDFFF\"]",
        "[\"new\\u00A0line\"]", "[\"\u{10FFFF}\"]", "[\"\u{FFFF}\"]", "[\"\\u0000\"]", "[\"\\u002c\"]", "[\"π\"]",
        "[\"\u{1BFFF}\"]", "[\"asd \"]", "\" \"", "[\"\\uD834\\uDd1e\"]", "[\"\\u0821\"]", "[\"\\u0123\"]",
        "[\"\u{2028}\"]", "[\"\u{2029}\"]", "[\"\\u0061\\u30af\\u30EA\\u30b9\"]", "[\"new\\u000Aline\"]",
        "[\"\u{7F}\"]", "[\"\\uA66D\"]", "[\"\\u005C\"]", "[\"⍂㈴⍂\"]", "[\"\\u200B\"]", "[\"\\u2064\"]",
        "[\"\\uFDD0\"]", "[\"\\uFFFE\"]", "[\"\\u0022\"]", "[\"€𝄞\"]", "[\"a\u{7F}a\"]",
        // Structure
        "false", "42", "-0.1", "null", "\"asd\"", "true", "\"\"", "[\"a\"]\n", "[true]", " [] ", "\t\r\n []",
    ]

    @Test(arguments: accepted) func accepts(_ text: String) {
        #expect(faultOfPassing(Array(text.utf8)) == nil)
    }

    static let refused: [String] = [
        // Arrays
        "[1 true]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x",
        "[3[4]]",
        "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]", "[\"\u{0B}a\"\\f]", "[*]", "[\"\"",
        "[1,",
        "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]", "[false", "[falsee]", "[nulll]", "[truetrue]",
        // Numbers
        "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]",
        "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]",
        "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[１]", "[1+2]", "[0x1]", "[0x42]", "[Infinity]",
        "[0e+-1]", "[-123.123foo]", "[-foo]", "[- 1]", "[-Infinity]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1.]",
        "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]", "[00]", "[1e1.5]", "[1_000]", "[1e]",
        // Objects
        "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{🇨🇭}", "{\"a\":\"a\" 123}",
        "{key: 'value'}",
        "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}",
        "{null:null,null:null}",
        "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//",
        "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }",
        "{\"a\":\"b\"}#", "{\"a\":1 \"b\":2}", "{\"a\":}", "{,}", "{\"a\":1,}",
        // Strings
        " ", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]", "[é]", "[\"\\\u{0}\"]",
        "[\"\\x00\"]", "[\"\\\\\\\"]", "[\"\\\t\"]", "[\"\\🌀\"]", "[\"\\\"]", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]",
        "[\"\\uD800\\uD800\\x\"]", "[\"\\a\"]", "[\"\\uqqqq\"]", "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']",
        "abc", "[\"\\", "[\"a\u{0}a\"]", "[\"new\nline\"]", "[\"\t\"]", "\"\\UA66D\"", "\"\"x", "[\"\\u 123\"]",
        "[\"\\u+123\"]", "\"abc",
        // Structure
        "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "aå", "[True]", "1]", "{\"x\": true,", "[][]", "]", "[",
        "", "{", "2@", "{}}", "{\"\":", "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,", "[{", "[\"a",
        "[\"a\"", "{]", "{,", "{[", "{\"a", "{'a'", "[\"\\{[\"\\{[\"\\{[\"\\{", "*", "{\"a\":\"b\"}#{}",
        "[\\u000A\"\"]",
        "[1", "[ false, nul", "[ true, fals", "[ false, tru", "{\"asd\":\"asd\"", "å", "[\u{2060}]", "\u{FEFF}",
        "\u{FEFF}{}", "[\u{0C}]", "\u{0B}[]", "[\u{A0}1]", "1 2", "\"a\"\"b\"", "{}{}", "nul", "tru", "-", "[1}",
        "{\"a\":1]",
        "[\"a\" \"b\"]", "{\"a\" 1}", "// x\n1",
    ]

    @Test(arguments: refused) func refuses(_ text: String) {
        let fault = faultOfPassing(Array(text.utf8))
        switch fault {
        case .notJSON, .badUTF8: break
        default: Issue.record("\(text): \(String(describing: fault))")
        }
    }

    /// Bytes in a string that are no UTF-8, and escapes that are no Unicode scalar.
    static let notText: [[UInt8]] = [
        [0xFF], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xFC, 0x80, 0x80, 0x80, 0x80, 0xAF], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF4, 0xBF, 0xBF, 0xBF], [0xE5], [0x81], [0xC3, 0x28],
        [0xEA, 0xB0], Array("가나다라".utf8.dropLast()), Array("\\uD800".utf8), Array("\\uDC00".utf8),
        Array("\\uDBFF".utf8), Array("\\uDFFF".utf8), Array("\\uD83Dx".utf8), Array("\\uD83D\\n".utf8),
        Array("\\uD83D\\uD83D".utf8), Array("\\uD83D\\u0041".utf8), Array("\\uDE00\\uD83D".utf8),
        Array("\\ud83d\\ude00\\ud83d".utf8), Array("0123456789abcdef".utf8) + [0x80],
    ]

    @Test(arguments: notText) func tellsBadTextFromBadJSON(_ bytes: [UInt8]) {
        let quoted = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
        #expect(faultOfPassing([UInt8(ascii: "[")] + quoted + [UInt8(ascii: "]")]) == .badUTF8(at: 1))
        #expect(faultOfPassing(Array("{".utf8) + quoted + Array(":1}".utf8)) == .badUTF8(at: 1))
    }

    @Test func refusesRepeatedKeysHoweverTheyAreWritten() {
        for text in [
            #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"\u0061":1}"#, #"{"\u0061":1,"a":1}"#, #"{"":1,"":2}"#,
            #"{"long name 1":1,"long name 1":2}"#, #"{"long name 1":1,"long n\u0061me 1":2}"#,
            #"{"a":1,"b":{"a":1,"b":{}},"b":2}"#, #"{"a":{"b":[{"c":1}]},"c":1,"a":2}"#,
            #"[{"b":{"k":1,"k":2}}]"#, #"{"가":1,"\uac00":2}"#, #"{"\ud83d\ude00":1,"😀":2}"#,
        ] {
            #expect(faultOfPassing(Array(text.utf8)) == .duplicateKey, "\(text)")
        }
        // The same key in another object is another key, also after a nested object was closed.
        for text in [
            #"{"long name 1":1,"long name 2":1,"long nam":1,"long name":1}"#,
            #"{"a":{"b":{"c":1},"c":1},"b":{"c":1},"c":1}"#,
            #"{"a":{"a":1},"b":{"a":2}}"#, #"[{"a":1},{"a":2}]"#, #"{"a":1,"A":2}"#, #"{"a":1,"ab":2,"a\\":3}"#,
        ] {
            #expect(faultOfPassing(Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test func boundsFieldsOfEachObject() {
        func object(_ range: Range<Int>, last: String = "1") -> String {
            "{" + range.map { "\"k\($0)\":\($0 == range.upperBound - 1 ? last : "1")" }.joined(separator: ",") + "}"
        }
        #expect(faultOfPassing(Array(object(0..<64).utf8)) == nil)
        #expect(faultOfPassing(Array(object(0..<65).utf8)) == .tooManyFields)
        // A full object within a full object: more keys than fit without a heap, and all are remembered.
        let nested = object(0..<64, last: object(0..<64))
        #expect(faultOfPassing(Array(nested.utf8)) == nil)
        #expect(faultOfPassing(Array((nested.dropLast() + ",\"k3\":1}").utf8)) == .tooManyFields)
        let repeated = object(0..<40, last: object(0..<20)).dropLast() + ",\"k39\":1}"
        #expect(faultOfPassing(Array(repeated.utf8)) == .duplicateKey)
    }

    @Test func boundsDepth() {
        func nest(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(faultOfPassing(nest(16)) == nil)
        #expect(faultOfPassing(nest(17)) == .tooDeep)
        #expect(faultOfPassing(nest(2), depthLimit: 1) == .tooDeep)
        #expect(faultOfPassing(nest(32), depthLimit: 1000) == nil)
        #expect(faultOfPassing(nest(33), depthLimit: 1000) == .tooDeep)
        #expect(faultOfPassing(Array(String(repeating: "[", count: 100_000).utf8)) == .tooDeep)
        #expect(faultOfPassing(Array(String(repeating: "{\"\":", count: 100_000).utf8)) == .tooDeep)
    }
}
