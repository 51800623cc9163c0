// What sources, tests and scripts appeal to is in the repository: a citation names a page of the catalogue and a
// section of it, as `Page.md#Section`, and a link leads to something that is there. Each rule is a pure function from a
// text to its findings.

import Foundation

/// One rule over texts that point at pages.
struct DocumentationRule: Sendable, CustomStringConvertible {
    let name: String
    let check: @Sendable (_ path: String, _ text: String, Catalogue) -> [Finding]
    /// Texts of which each must give a finding, and texts of which none must, beside `sampleCatalogue`.
    let caught: [String]
    let passed: [String]

    var description: String { name }
}

let sampleCatalogue = Catalogue(pages: ["Limits": "# Limits\n\n## Queues and offers\n\n```\n## No section\n```\n"])

let documentationRules: [DocumentationRule] = [
    DocumentationRule(
        name: "citations name a page and a section that are there",
        check: { path, text, catalogue in
            guard path != ownPath, text.contains(".md") else { return [] }
            return lines(of: text).flatMap { number, line in
                line.matches(of: #/([A-Z][A-Za-z]*)\.md(?:#([A-Za-z0-9\-]*[A-Za-z0-9]))?/#).compactMap { match in
                    let (page, section) = (match.output.1, match.output.2)
                    guard page != "README" else { return nil }
                    // A path to the file itself, for those who read or link it.
                    let isPath = line[..<match.range.lowerBound].last == "/"
                    if section == nil, !isPath {
                        return Finding(path: path, line: number, message: "\(page).md without a section")
                    }
                    return catalogue.fault(page: page, section: isPath ? nil : section)
                        .map { Finding(path: path, line: number, message: $0) }
                }
            }
        },
        caught: [
            "// See Limits.md#Queues.", "// See Limits.md#No-section.", "// See Bounds.md#Queues-and-offers.",
            "// See Limits.md.", "let page = \"Documentation.docc/Bounds.md\"",
        ],
        passed: [
            "// See Limits.md#Queues-and-offers.", "// (Limits.md#Queues-and-offers): so", "// See README.md.",
            "let page = \"Documentation.docc/Limits.md\"",
        ]),
    DocumentationRule(
        name: "nothing appeals to what is not in the repository",
        check: { path, text, _ in
            guard path != ownPath, goneWords.contains(where: { text.contains($0) }) else { return [] }
            return lines(of: text).compactMap { number, line in
                words(String(line)).first { goneWords.contains(String($0)) }
                    .map { Finding(path: path, line: number, message: "\($0) is none of the repository's pages") }
            }
        },
        caught: ["// Bounded (CONTRACT §7).", "// ARCHITECTURE.md says so", "// see FINDINGS.md", "// CONTRACT's"],
        passed: ["// The contract of every call: on the reactor.", "let CONTRACTS = 1", "// The architecture says so."]),
    DocumentationRule(
        name: "links between pages lead somewhere",
        check: { path, text, catalogue in
            guard path.hasSuffix(".md"), text.contains("<doc:") else { return [] }
            return prose(of: text).enumerated().flatMap { number, line in
                withoutCodeSpans(line).matches(of: #/<doc:([^>#]+)(?:#([^>]+))?>/#).compactMap { match in
                    catalogue.fault(page: match.output.1, section: match.output.2)
                        .map { Finding(path: path, line: number + 1, message: $0) }
                }
            }
        },
        caught: ["See <doc:Bounds>.", "See <doc:Limits#Queues>.", "a <doc:Limits>, <doc:Limits#No-section>"],
        passed: ["See <doc:Limits>, <doc:Limits#Queues-and-offers>, `<doc:Page>`.", "```\n<doc:Bounds>\n```"]),
    DocumentationRule(
        name: "links to files lead somewhere",
        check: { path, text, _ in
            guard path.hasSuffix(".md") else { return [] }
            return prose(of: text).enumerated().flatMap { number, line in
                withoutCodeSpans(line).matches(of: #/\]\(([^)\s]+)\)/#).compactMap { match in
                    linkFault(String(match.output.1), from: path)
                        .map { Finding(path: path, line: number + 1, message: $0) }
                }
            }
        },
        caught: ["[a](Sources/None.md)", "[a](README.md#no-such-section)", "[a](#no-such-section)"],
        passed: [
            "[a](README.md)", "[a](README.md#two-commands)", "[a](https://example.org/x)", "[a](Sources)",
            "`[a](b)`", "```\n[a](b)\n```",
        ]),
    DocumentationRule(
        name: "files that pages name are there",
        check: { path, text, _ in
            guard path.hasSuffix(".md") else { return [] }
            return prose(of: text).enumerated().flatMap { number, line in
                codeSpans(line).flatMap { $0.split(separator: " ") }.filter(isFileOfOurs).compactMap { name in
                    SourceTree.texts.contains { $0.path == name || $0.path.hasSuffix("/" + name) }
                        ? nil : Finding(path: path, line: number + 1, message: "there is no file \(name)")
                }
            }
        },
        caught: ["Read `Sources/SangdamCore/None.swift`.", "`deploy/none.sh 60`", "`a` and `None.swift`"],
        passed: ["Read `Desk/Desk.swift`, `Desk.swift`, `deploy/test.sh --fast`, `/etc/none.yaml`, None.swift"]),
]

/// A path within the repository, or the end of one.
private func isFileOfOurs(_ name: Substring) -> Bool {
    !name.hasPrefix("/") && !name.hasPrefix("..")
        && [".swift", ".sh", ".md", ".yaml", ".service"].contains { name.hasSuffix($0) && name != $0 }
}

/// Where the plan of the house was written down before the house stood.
private let goneWords = ["CONTRACT", "ARCHITECTURE", "FINDINGS", "MISSION", "STYLE"]

/// Here are the citations of nothing by which the rules are shown to work.
private let ownPath = "Tests/TidyTests/DocumentationRules.swift"

private func lines(of text: String) -> [(number: Int, line: Substring)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0.offset + 1, $0.element) }
}

/// What is wrong with a link out of the Markdown file at `path`; a section is named as GitHub shows it, in lower case.
private func linkFault(_ link: String, from path: String) -> String? {
    guard !link.contains("://"), !link.hasPrefix("mailto:") else { return nil }
    let halves = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let folder = (path as NSString).deletingLastPathComponent
    let file =
        halves[0].isEmpty
        ? path : ((folder as NSString).appendingPathComponent(halves[0]) as NSString).standardizingPath
    guard FileManager.default.fileExists(atPath: SourceTree.root + "/" + file) else { return "there is no \(file)" }
    guard halves.count > 1 else { return nil }
    let known = (try? SourceTree.text(file)).map { headings(of: $0).map { anchor($0).lowercased() } } ?? []
    return known.contains(halves[1]) ? nil : "\(file) has no section \(halves[1])"
}
