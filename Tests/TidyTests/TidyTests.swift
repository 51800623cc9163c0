// The house rules that no compiler knows, checked on the sources themselves.

import Testing

@Suite("Tidy")
struct TidyTests {
    @Test("The sources keep every rule", arguments: tidyRules)
    func sources(rule: TidyRule) {
        let files = SourceTree.swiftFiles
        #expect(files.count > 50, "the sources were not found")
        let findings = files.flatMap(rule.check)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test("Every rule can find something, and does not find what is right", arguments: tidyRules)
    func rulesWork(rule: TidyRule) {
        #expect(!rule.check(SourceFile(path: rule.caught.path, text: rule.caught.text)).isEmpty)
        #expect(rule.check(SourceFile(path: rule.passed.path, text: rule.passed.text)).isEmpty)
    }

    @Test("Every folder of sources is a target, or a package of its own")
    func folders() throws {
        let names = Set(packageTargets(try SourceTree.text("Package.swift")).map(\.name))
        let packages = SourceTree.swiftFiles.filter { $0.path == "Tests/\($0.target)/Package.swift" }.map(\.target)
        let folders = Set(SourceTree.swiftFiles.map(\.target))
        #expect(folders.subtracting(names).subtracting(packages).isEmpty)
    }

    @Test("Reading Package.swift")
    func packageReader() {
        let found = packageTargets(
            """
            .systemLibrary(name: "C", pkgConfig: "c"),
            // .target(name: "No"),
            .target(
                name: "A",
                dependencies: [.product(name: "X", package: "x"), "B", "C"], swiftSettings: strict),
            .target(name: "ASupport", dependencies: ["A"], path: "Tests/ASupport"),
            .testTarget(name: "ATests", dependencies: ["A"]),
            """)
        #expect(
            found == [
                PackageTarget(name: "C", dependencies: [], isTest: false),
                PackageTarget(name: "A", dependencies: ["B", "C"], isTest: false),
                PackageTarget(name: "ASupport", dependencies: ["A"], isTest: true),
                PackageTarget(name: "ATests", dependencies: ["A"], isTest: true),
            ])
    }

    @Test(
        "Code without comments and strings",
        arguments: [
            ("a // b", "a     "), ("a /* b /* c */ d */ e", "a                   e"), (#"a("b") c"#, "a(   ) c"),
            (##"a(#"b"c"#) d"##, "a(       ) d"), (#"a("\"b") c"#, "a(     ) c"), ("\"a\n b", "  \n b"),
            ("\"\"\"\na\n\"\"\" b", "   \n \n    b"), ("#if a", "#if a"),
        ])
    func code(text: String, expected: String) {
        #expect(codeOnly(text) == expected)
    }

    @Test(
        "Imported modules",
        arguments: [
            ("import A", "A"), ("internal import A", "A"), ("@testable import A", "A"),
            ("package import struct A.B", "A"), ("@preconcurrency internal import A", "A"), ("important(A)", nil),
        ] as [(String, String?)])
    func imports(line: String, module: String?) {
        #expect(importedModule(line) == module)
    }
}
