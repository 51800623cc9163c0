// The documentation catalogue as the checks see it: pages by name, their sections as links name them, and what a link
// or a citation points at.

import Foundation

/// The catalogue's pages.
struct Catalogue: Sendable {
    static let folder = "Sources/SangdamServer/Documentation.docc"
    /// The page that lists all others.
    static let start = "SangdamServer"

    /// The texts by the pages' names, such as `Limits`.
    let pages: [String: String]
    private let sections: [String: Set<String>]

    init(pages: [String: String]) {
        self.pages = pages
        sections = pages.mapValues { Set(headings(of: $0).map(anchor)) }
    }

    static func read() throws -> Catalogue {
        let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root + "/" + folder)
        let pages = try names.filter { $0.hasSuffix(".md") }.map { name in
            (String(name.dropLast(3)), try SourceTree.text("\(folder)/\(name)"))
        }
        return Catalogue(pages: Dictionary(uniqueKeysWithValues: pages))
    }

    /// What is wrong with a pointer to this page and section; nil when both are there.
    func fault(page: Substring, section: Substring?) -> String? {
        guard let known = sections[String(page)] else { return "there is no page \(page)" }
        guard let section, !known.contains(String(section)) else { return nil }
        return "the page \(page) has no section \(section); it has \(known.sorted().joined(separator: ", "))"
    }
}

/// The titles of a Markdown text's sections, without the page's own.
func headings(of markdown: String) -> [String] {
    prose(of: markdown).compactMap { line in
        let title = line.drop { $0 == "#" }
        guard line.hasPrefix("##"), title.first == " " else { return nil }
        return title.trimmingCharacters(in: .whitespaces)
    }
}

/// A section's name in `<doc:Page#Section>` and in citations: its title with hyphens for blanks.
func anchor(_ title: String) -> String {
    title.split(separator: " ").map { word in String(word.filter { $0.isLetter || $0.isNumber || $0 == "-" }) }
        .joined(separator: "-")
}

/// The lines of a Markdown text, those within code fences empty.
func prose(of markdown: String) -> [String] {
    var isCode = false
    return markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        guard !line.hasPrefix("```") else {
            isCode.toggle()
            return ""
        }
        return isCode ? "" : String(line)
    }
}

/// A line without its code spans.
func withoutCodeSpans(_ line: String) -> String { pieces(of: line, areCode: false).joined(separator: " ") }

/// What stands in backticks.
func codeSpans(_ line: some StringProtocol) -> [String] { pieces(of: line, areCode: true) }

private func pieces(of line: some StringProtocol, areCode: Bool) -> [String] {
    line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset.isMultiple(of: 2) != areCode }.map { String($0.element) }
}

extension SourceTree {
    /// Every text of the repository by its path: sources, tests, scripts, pages; hidden folders, such as builds, are
    /// none of ours, but for what runs in continuous integration.
    static let texts: [(path: String, text: String)] = {
        var paths = ["README.md", "Package.swift", ".ci/run"]
        for folder in ["Sources", "Tests", "deploy", "Certs"] {
            let found = FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? []
            paths += found.filter { !("/" + $0).contains("/.") }.map { folder + "/" + $0 }
        }
        return paths.sorted().compactMap { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder),
                !isFolder.boolValue, let text = try? text(path)
            else { return nil }
            return (path, text)
        }
    }()
}
