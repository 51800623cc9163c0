// The one rule for what people read, by its table (Tests/Corpora/reading.txt); the page's tests read the same one.

import Foundation
import SangdamCore
import SangdamWire
import Testing

@Suite struct ReadingTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let line: Int
        let written: String
        let read: String
        let isEmpty: Bool

        var testDescription: String { "line \(line)" }
    }

    static let rows: [Row] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Corpora/reading.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
            let columns = line.components(separatedBy: " | ")
            guard columns.count == 3 else { return Row(line: index + 1, written: "", read: "no row", isEmpty: false) }
            return Row(
                line: index + 1, written: unescaped(columns[0]), read: unescaped(columns[1]),
                isEmpty: columns[2] == "empty")
        }
    }()

    @Test func tableIsThere() {
        #expect(Self.rows.count >= 60)
    }

    @Test(arguments: rows)
    func marksWhatNobodySees(_ row: Row) {
        // Compared by scalars: String holds canonical equivalents equal.
        #expect(Array(asRead(row.written).unicodeScalars) == Array(row.read.unicodeScalars))
    }

    /// A terminal differs in what moves its cursor alone.
    @Test(arguments: rows)
    func byHandTheSame(_ row: Row) {
        let read = TerminalText.sanitised(row.written)
        let expected = row.read.unicodeScalars.map { scalar in
            switch scalar {
            case "\t": "    "
            case "\n": "<U+000A>"
            case "\r": "<U+000D>"
            default: String(scalar)
            }
        }
        #expect(Array(read.unicodeScalars) == Array(expected.joined().unicodeScalars))
    }

    @Test(arguments: rows)
    func tellsWordsFromNothing(_ row: Row) {
        #expect(Text(row.written).hasNothingToSee == row.isEmpty)
    }

    /// What the first byte tells is what all of the words tell.
    @Test func everyScalarAloneIsToldAsInCompany() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let alone = Text(String(scalar)).hasNothingToSee
            #expect(alone == Text(" " + String(scalar)).hasNothingToSee, "U+\(String(value, radix: 16))")
        }
    }
}

/// `\u{200B}` is the character, `\|` a bar.
func unescaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
        guard scalar == "\\", let kind = rest.popFirst() else {
            result.append(scalar)
            continue
        }
        guard kind == "u", let end = rest.firstIndex(of: "}") else {
            result.append(kind)
            continue
        }
        let digits = String(String.UnicodeScalarView(rest[rest.index(after: rest.startIndex)..<end]))
        if let value = UInt32(digits, radix: 16), let named = Unicode.Scalar(value) { result.append(named) }
        rest = rest[rest.index(after: end)...]
    }
    return String(result)
}

/// The text with what is shown as its code.
func asRead(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var read = String.UnicodeScalarView()
    for (scalar, isMarked) in zip(scalars, InvisibleCharacters.marked(in: scalars)) {
        guard isMarked else {
            read.append(scalar)
            continue
        }
        read.append(contentsOf: "<U+\(String(format: "%04X", scalar.value))>".unicodeScalars)
    }
    return String(read)
}
