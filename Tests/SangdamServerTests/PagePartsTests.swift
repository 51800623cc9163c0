// The table of the page's files against the folder that they come from.

import Foundation
import SangdamCore
import SangdamWire
import Testing

@testable import SangdamServer

@Suite("The page's parts")
struct PagePartsTests {
    private static let folder = repositoryPath + "/Sources/SangdamServer/Page"

    /// Paths under the folder.
    private static let files: [String] = {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }()

    @Test("Every file is served under its own path, so are the words, and nothing else is")
    func complete() {
        #expect(Self.files.count > 20)
        let paths = Self.files.map { $0 == "index.html" ? "/" : "/" + $0 }
        let words = ["ko", "en", "ja", "zh"].flatMap { ["/words/page-\($0).js", "/words/talk-\($0).js"] }
        #expect(Set(PageParts.all.keys) == Set(paths + words))
    }

    @Test("Each path has its own file's bytes, with the type that browsers want", arguments: files)
    func part(file: String) throws {
        let part = try #require(PageParts.all[file == "index.html" ? "/" : "/" + file])
        let bytes = try #require(FileManager.default.contents(atPath: "\(Self.folder)/\(file)"))
        // As a truth: two files are nothing to print.
        let kind = (file as NSString).pathExtension
        let source = Array(bytes)
        let sent = kind == "js" ? SentSource.reduced(source) : kind == "css" ? SentSource.reducedStyle(source) : source
        let isSame = part.body == sent
        #expect(isSame)
        let types = [
            "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
            "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
            "webmanifest": "application/manifest+json",
        ]
        #expect(part.contentType == types[kind])
        #expect(part.lifetimeSeconds == 0)
    }

    @Test(
        "Of a source only what is for its readers is left out, and no line moves",
        arguments: [
            ("// a\n/** b\n * c */\n  /* d */\n  e(); // f\n", "\n\n\n\ne(); // f\n"),
            ("/* a\n   b\n*/\n\n.c {\n  d: e; /* f */\n}", "\n\n\n\n.c {\nd: e; /* f */\n}"),
            ("a = b\n  // c\n  / d;\n", "a = b\n\n/ d;\n"), ("", ""), ("a", "a"), ("/* never closed\na", "\n"),
        ])
    func reduced(source: String, sent: String) {
        #expect(String(decoding: SentSource.reduced(Array(source.utf8)), as: UTF8.self) == sent)
    }

    @Test(
        "Of a style sheet besides the blanks that part nothing",
        arguments: [
            ("a > b, c :is(d) { e: f 1px, g; h: calc(1px + 2px) }\n", "a > b,c :is(d){e:f 1px,g;h:calc(1px + 2px)}\n"),
            ("@media (a: b) { .c { d: ', { } ' ; } }", "@media (a:b){.c{d:', { } ' ;}}"),
            ("a {\n  b: c;\n}\n", "a{\nb:c;\n}\n"),
            ("a ", "a "),
        ])
    func reducedStyle(source: String, sent: String) {
        #expect(String(decoding: SentSource.reducedStyle(Array(source.utf8)), as: UTF8.self) == sent)
    }

    @Test("Quotes in style sheets are single ones and end in their line", arguments: files)
    func quotes(file: String) throws {
        guard file.hasSuffix(".css") else { return }
        for line in try String(contentsOfFile: "\(Self.folder)/\(file)", encoding: .utf8).split(separator: "\n") {
            #expect(!line.contains("\"") && line.count { $0 == "'" } % 2 == 0, "\(file): \(line)")
        }
    }

    @Test(
        "No template literal holds a line that begins like a comment, and no comment has code behind it",
        arguments: files)
    func reducible(file: String) throws {
        guard file.hasSuffix(".js") else { return }
        let text = try String(contentsOfFile: "\(Self.folder)/\(file)", encoding: .utf8)
        var isInTemplate = false
        for line in text.split(separator: "\n") {
            let words = line.drop { $0 == " " }
            let isComment = ["//", "/*", "* "].contains { words.hasPrefix($0) }
            if isComment {
                #expect(!isInTemplate || file == "widget.js", "\(file): \(line)")
                #expect(!words.hasPrefix("/*") || !words.contains("*/") || words.hasSuffix("*/"), "\(file): \(line)")
            } else if isInTemplate ? line.contains("`") : line.hasSuffix("`") {
                isInTemplate.toggle()
            }
        }
    }

    @Test("The words are a module of one object in the language's own words", arguments: Language.allCases)
    func words(language: Language) throws {
        for part in Phrases.PagePart.allCases {
            let module = try #require(PageParts.all["/words/\(part.rawValue)-\(language.rawValue).js"])
            #expect(module.contentType == "text/javascript; charset=utf-8" && module.lifetimeSeconds == 0)
            let text = String(decoding: module.body, as: UTF8.self)
            #expect(text.hasPrefix("export default {") && text.hasSuffix("};\n"))
            let object = Data(text.dropFirst("export default ".count).dropLast(2).utf8)
            let words = try #require(try JSONSerialization.jsonObject(with: object) as? [String: String])
            let table = language.phrases.table(part)
            #expect(table.count > 20 && words == Dictionary(uniqueKeysWithValues: table.map { ($0.key, $0.sentence) }))
        }
    }

    static let names: [(Localised, name: String, lang: String)] = [
        (Localised([:]), "상담", "ko"), (Localised([.korean: "우리 상담", .english: "Our desk"]), "우리 상담", "ko"),
        (Localised([.japanese: "窓口", .english: "A \"desk\" \\ 상담"]), "A \"desk\" \\ 상담", "en"),
    ]

    @Test("The manifest has the desk's name", arguments: names)
    func manifest(desk: Localised, name: String, lang: String) throws {
        let parts = PageParts.all(named: desk, page: PageSettings())
        let manifest = try #require(parts["/manifest.webmanifest"])
        let fields = try #require(try JSONSerialization.jsonObject(with: Data(manifest.body)) as? [String: Any])
        #expect(fields["name"] as? String == name && fields["lang"] as? String == lang)
        #expect(fields["display"] as? String == "standalone")
        let isNew = manifest.entityTag != PageParts.all["/manifest.webmanifest"]?.entityTag
        #expect(isNew == (name != "상담"))
        #expect(parts.count == PageParts.all.count)
    }
}
