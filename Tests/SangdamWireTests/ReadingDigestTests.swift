// Invented texts and how Swift reads them. Tests/Page/digests.js makes the same ones and reads them as the page does;
// Tests/Corpora/reading-alphabet.txt says how, and has the digests that both must come to.

import Foundation
import SangdamCore
import Testing

@Suite struct ReadingDigestTests {
    private static let chances = 16_384
    private static let block = 64

    private let groups: [[String]]
    private let draws: [String]
    private let digests: [String]

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Corpora/reading-alphabet.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("# ") && $0 != "#" }
        let isDigests = { (line: Substring) in line.hasPrefix("digests ") }
        groups = lines.filter { !isDigests($0) }.map { $0.split(separator: " ").map { unescaped(String($0)) } }
        draws = groups.flatMap { $0 }
        digests = lines.filter(isDigests).flatMap { $0.split(separator: " ").dropFirst().map(String.init) }
    }

    @Test func inventedTextsAreReadAsOnThePage() {
        let count = draws.count * draws.count + Self.chances
        #expect(draws.count > 100)
        #expect(digests.count == (count + Self.block - 1) / Self.block)
        for (number, expected) in digests.enumerated() {
            let begin = number * Self.block
            let readings = (begin..<min(begin + Self.block, count)).map { Reading(of: invented($0)) }
            guard Self.digest(readings) != expected else { continue }
            let rows = readings.map(\.row).joined(separator: "\n")
            Issue.record("from text \(begin) on, read otherwise than their digest says:\n\(rows)")
            return
        }
    }

    private func invented(_ number: Int) -> String {
        if number < draws.count * draws.count { return draws[number / draws.count] + draws[number % draws.count] }
        var chance = Seeded(UInt64(number))
        func next(_ below: Int) -> Int { Int(chance.next() % UInt64(below)) }
        var text = ""
        for _ in 0...next(8) {
            let group = groups[next(groups.count)]
            text += group[next(group.count)]
        }
        return text
    }

    private struct Reading {
        let written: String
        let read: String
        let seen: String

        init(of text: String) {
            written = text
            read = asRead(text)
            seen = Text(text).hasNothingToSee ? "empty" : "seen"
        }

        /// Of Tests/Corpora/reading.txt.
        var row: String { "\(Self.escaped(written)) | \(Self.escaped(read)) | \(seen)" }

        private static func escaped(_ text: String) -> String {
            text.unicodeScalars.map { scalar in
                let isPlain = (0x21..<0x7F).contains(scalar.value) && scalar != "\\" && scalar != "|"
                return isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }.joined()
        }
    }

    /// FNV-1a. Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm".
    private static func digest(_ readings: [Reading]) -> String {
        var hash: UInt32 = 0x811C_9DC5
        for reading in readings {
            for byte in "\(reading.read)\n\(reading.seen)\n".utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
