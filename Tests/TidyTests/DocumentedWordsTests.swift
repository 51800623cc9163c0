// A refusal names what was sent: each word in it is one that the documentation has.

import Testing

@Suite("Words of refusals")
struct DocumentedWordsTests {
    private static func found(in path: String, _ pattern: Regex<(Substring, Substring)>) throws -> [String] {
        try SourceTree.text(path).matches(of: pattern).map { String($0.output.1) }
    }

    /// What stands in backticks in Protocol.md, word by word.
    private static func documented() throws -> Set<String> {
        let text = try SourceTree.text("Sources/SangdamServer/Documentation.docc/Protocol.md")
        let spans = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        return Set(spans.flatMap { words(String($0)).map(String.init) })
    }

    @Test("Types, fields and codes that refusals name stand in Protocol.md")
    func documentedWords() throws {
        let core = "Sources/SangdamCore/"
        var found = try Self.found(in: core + "Protocol/CommandTable.swift", #/CommandRule\(\s*name: "([a-z_]+)"/#)
        #expect(found.count >= 19, "the command table was not read")
        found += try Self.found(in: "Sources/SangdamWire/JSONLines/ClientMessage.swift", #/case "([a-z_]+)":/#)
        found += try Self.found(
            in: "Sources/SangdamWire/JSONLines/ClientMessage.swift", #/required\(\w+, "([a-z_]+)"\)/#)
        for file in SourceTree.swiftFiles where file.path.hasPrefix("Sources/") {
            found += try Self.found(in: file.path, #/subject: "([a-z_]+)"/#)
        }
        let codes = try Self.found(in: core + "Protocol/Refusal.swift", #/case \w+ = "([a-z_]+)"/#)
        #expect(codes.count >= 30, "the codes were not read")
        let missing = Set(found + codes).subtracting(try Self.documented())
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
}
