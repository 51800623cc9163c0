// The documentation catalogue and everything that points at it.

import Testing

@Suite("Documentation")
struct DocumentationTests {
    @Test("Sources, tests, scripts and pages point at what is there", arguments: documentationRules)
    func repository(rule: DocumentationRule) throws {
        let catalogue = try Catalogue.read()
        let texts = SourceTree.texts
        #expect(catalogue.pages.count >= 9 && texts.count > 400, "pages or texts were not found")
        let findings = texts.flatMap { rule.check($0.path, $0.text, catalogue) }
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test("Every rule can find something, and does not find what is right", arguments: documentationRules)
    func rulesWork(rule: DocumentationRule) {
        for text in rule.caught { #expect(!rule.check("Sample" + ".md", text, sampleCatalogue).isEmpty, "\(text)") }
        for text in rule.passed { #expect(rule.check("Sample" + ".md", text, sampleCatalogue).isEmpty, "\(text)") }
    }

    @Test("The start page lists every page, and the README leads to each")
    func everyPageIsListed() throws {
        let catalogue = try Catalogue.read()
        let start = try #require(catalogue.pages[Catalogue.start])
        let readme = try SourceTree.text("README.md")
        for page in catalogue.pages.keys.sorted() where page != Catalogue.start {
            // As truths: two whole pages are nothing to print.
            let isListed = start.contains("\n- <doc:\(page)>\n")
            let isLinked = readme.contains("](\(Catalogue.folder)/\(page).md")
            #expect(isListed && isLinked, "\(page)")
        }
    }

    @Test("Pages and sections have names that links can use", arguments: ["a `b` c", "What an ack promises"])
    func anchors(title: String) throws {
        #expect(["a-b-c", "What-an-ack-promises"].contains(anchor(title)))
        for (page, text) in try Catalogue.read().pages {
            let anchors = headings(of: text).map(anchor)
            #expect(Set(anchors).count == anchors.count, "\(page) has two sections of one name")
        }
    }
}
