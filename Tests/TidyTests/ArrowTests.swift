// Targets and arrows: the documentation's table is the one source, and Package.swift, the README's diagram and the
// imports are compared with it.

import Testing

@Suite("Arrows")
struct ArrowTests {
    private func documented() throws -> Arrows {
        tableArrows(try SourceTree.text(Catalogue.folder + "/Architecture.md"))
    }

    @Test("Package.swift has the documented targets and arrows, all of them and no others")
    func manifest() throws {
        let found = packageTargets(try SourceTree.text("Package.swift")).filter { !$0.isTest }
        let differences = differences(
            of: Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.dependencies) }), from: try documented())
        #expect(differences.isEmpty, "\(differences)")
    }

    @Test("The README's diagram has the same arrows")
    func diagram() throws {
        let differences = differences(of: diagramArrows(try SourceTree.text("README.md")), from: try documented())
        #expect(differences.isEmpty, "\(differences)")
    }

    /// A manifest does not keep a file from importing what another target has built, and an arrow that nothing uses is
    /// none.
    @Test("Imports follow the arrows, and each arrow is used")
    func imports() throws {
        let documented = try documented()
        var used = documented.mapValues { _ in Set<String>() }
        for file in SourceTree.swiftFiles where file.path.hasPrefix("Sources/") {
            used[file.target]?.formUnion(file.code.compactMap(importedModule).filter { documented[$0] != nil })
        }
        #expect(differences(of: used, from: documented).isEmpty, "\(differences(of: used, from: documented))")
    }

    @Test(
        "A difference is found, whichever it is",
        arguments: [
            (["A": [], "B": ["A"]], []), (["A": [], "B": []], ["the arrow A ← B is missing"]),
            (["A": ["B"], "B": ["A"]], ["the arrow B ← A is one too many"]), (["A": []], ["the target B is missing"]),
            (["A": [], "B": ["A"], "C": []], ["the target C is one too many"]),
        ] as [(Arrows, [String])])
    func comparison(found: Arrows, expected: [String]) {
        #expect(differences(of: found, from: ["A": [], "B": ["A"]]) == expected)
    }

    @Test("Reading tables and diagrams")
    func readers() {
        let table = """
            ## Targets

            | target | what | depends on |
            | --- | --- | --- |
            | `A` | does `x` | |
            | `B` | | `A` |
            | `C` | | `A`, `B` |

            ## Others

            | `D` | | `A` |
            """
        let expected: Arrows = ["A": [], "B": ["A"], "C": ["A", "B"]]
        #expect(tableArrows(table) == expected)
        #expect(diagramArrows("Words: A ← C\n```\nA    ← B, C\nB ← C\n```\n") == expected)
    }
}

/// Targets, each with those that it depends on.
typealias Arrows = [String: Set<String>]

/// From the table in the section “Targets”: the first cell of a row names the target, the last what it depends on.
private func tableArrows(_ page: String) -> Arrows {
    var arrows: Arrows = [:]
    var isWithin = false
    for line in prose(of: page) {
        if line.hasPrefix("## ") { isWithin = line == "## Targets" }
        guard isWithin, line.hasPrefix("| `") else { continue }
        let cells = line.split(separator: "|").map { codeSpans($0) }
        if let name = cells.first?.first { arrows[name] = Set(cells.last ?? []) }
    }
    return arrows
}

/// From lines `A ← B, C` within code fences: B and C depend on A.
private func diagramArrows(_ page: String) -> Arrows {
    var arrows: Arrows = [:]
    let code = zip(page.split(separator: "\n", omittingEmptySubsequences: false), prose(of: page))
        .filter { $0.1.isEmpty }.map(\.0)
    for line in code {
        let halves = line.split(separator: "←").map { words(String($0)).map(String.init) }
        guard halves.count == 2 else { continue }
        for target in halves[0] { arrows[target, default: []].formUnion([]) }
        for target in halves[1] { arrows[target, default: []].formUnion(halves[0]) }
    }
    return arrows
}

/// In words, sorted: what `found` has too few or too many of.
private func differences(of found: Arrows, from documented: Arrows) -> [String] {
    var sentences: [String] = []
    for target in Set(found.keys).union(documented.keys) {
        guard let there = found[target] else {
            sentences.append("the target \(target) is missing")
            continue
        }
        guard let wanted = documented[target] else {
            sentences.append("the target \(target) is one too many")
            continue
        }
        sentences += wanted.subtracting(there).map { "the arrow \($0) ← \(target) is missing" }
        sentences += there.subtracting(wanted).map { "the arrow \($0) ← \(target) is one too many" }
    }
    return sentences.sorted()
}
