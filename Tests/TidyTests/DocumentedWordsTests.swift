// Words that go out are words that the documentation has: those that refusals name, and the kinds of the journal's
// lines.

import Testing

@Suite("Documented words")
struct DocumentedWordsTests {
    private static func found(in path: String, _ pattern: Regex<(Substring, Substring)>) throws -> [String] {
        try SourceTree.text(path).matches(of: pattern).map { String($0.output.1) }
    }

    /// What stands in backticks on a page, word by word.
    private static func documented(on page: String) throws -> Set<String> {
        let text = try SourceTree.text("\(Catalogue.folder)/\(page).md")
        return Set(codeSpans(text).flatMap { words($0).map(String.init) })
    }

    @Test("Types, fields and codes that refusals name stand on the page about the protocol")
    func documentedWords() throws {
        let core = "Sources/SangdamCore/"
        var found = try Self.found(in: core + "Desk/CommandTable.swift", #/CommandRule\(\s*"([a-z_]+)"/#)
        #expect(found.count >= 19, "the command table was not read")
        found += try Self.found(in: "Sources/SangdamProtocol/Messages/ClientMessageCodec.swift", #/case "([a-z_]+)":/#)
        found += try Self.found(
            in: "Sources/SangdamProtocol/Messages/ClientMessageCodec.swift", #/required\(\w+, "([a-z_]+)"\)/#)
        for file in SourceTree.swiftFiles where file.path.hasPrefix("Sources/") {
            found += try Self.found(in: file.path, #/subject: "([a-z_]+)"/#)
        }
        let codes = try Self.found(in: core + "Protocol/Refusal.swift", #/case \w+ = "([a-z_]+)"/#)
        #expect(codes.count >= 30, "the codes were not read")
        let missing = Set(found + codes).subtracting(try Self.documented(on: "Protocol"))
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
    @Test("Kinds of the journal's lines stand on the page about transcripts")
    func kinds() throws {
        let path = "Sources/SangdamJournal/LineKind.swift"
        let found = try Self.found(in: path, #/\n    case (?:[a-zA-Z]+ = ")?([a-z_]+)"?(?=\n)/#)
        #expect(found.count >= 24, "the kinds were not read")
        let missing = Set(found).subtracting(try Self.documented(on: "Transcripts"))
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
}
