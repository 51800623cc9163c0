// The setting `page`: what it takes, and every fault with its line and words that help.

import SangdamCore
import SangdamWire
import Testing

@testable import SangdamServer

@Suite("The page's settings")
struct PageSettingsTests {
    static let picture =
        #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><rect width="9" height="9"/></svg>"#

    private static func load(_ yaml: String, logo: [UInt8] = Array(picture.utf8)) throws -> ServerConfiguration {
        let folder = try TemporaryFolder()
        try writeBytes(logo, to: folder.path + "/logo.svg")
        let file = try folder.write(yaml, to: "sangdam.yaml")
        return try ServerConfiguration.load(file: file, environment: [:])
    }

    @Test("All of it")
    func complete() throws {
        let configuration = try Self.load(
            """
            page:
              logo: logo.svg
              accent: {light: "#0A7A3D", dark: "#2f9e62"}
              greeting: {ko: 우리 은행입니다, en: "Our bank"}
              privacy:
                text: {ko: 1년 동안 보관해요}
                url: https://www.example.com/privacy?lang=ko
                consent: true
            """)
        let page = configuration.page
        #expect(page.logo?.bytes == Array(Self.picture.utf8) && page.logo?.shownRatio == 2)
        #expect(page.accents?.light.fill.description == "#0a7a3d" && page.accents?.dark.fill.description == "#2f9e62")
        #expect(page.greeting?.byLanguage == [.korean: "우리 은행입니다", .english: "Our bank"])
        #expect(
            configuration.desk.privacy
                == PrivacyNotice(
                    text: Localised([.korean: "1년 동안 보관해요"]), url: "https://www.example.com/privacy?lang=ko",
                    needsConsent: true))
        let parts = PageParts.all(named: configuration.desk.name, page: page)
        func text(_ path: String) -> String { String(decoding: parts[path]?.body ?? [], as: UTF8.self) }
        #expect(parts["/logo.svg"]?.body == page.logo?.bytes && parts["/logo.svg"]?.contentType == "image/svg+xml")
        #expect(
            text("/chat.css").hasSuffix(page.styles) && page.styles.contains("--accent:#0a7a3d;--accent-ink:#ffffff;"))
        #expect(page.styles.contains("url('logo.svg')") && page.styles.contains("width:60px"))
        #expect(text("/words/page-ko.js").contains(#""greeting":"우리 은행입니다""#))
        #expect(text("/words/page-ja.js").contains(#""greeting":"どのようなご用件でしょうか。""#))
        for path in ["/widget.js", "/icon.svg", "/manifest.webmanifest"] {
            #expect(text(path).contains("#0a7a3d") && !text(path).contains(PageParts.ownAccent), "\(path)")
        }
    }

    @Test("One colour for both looks; without a page all is as it was")
    func little() throws {
        let blue = try Self.load("page: {accent: \"#2a6fdb\"}\n")
        #expect(blue.page.accents?.light.fill == blue.page.accents?.dark.fill)
        #expect(blue.page.accents?.light.soft != blue.page.accents?.dark.soft)
        let none = try Self.load("reactors: 1\n")
        #expect(none.page == PageSettings() && none.desk.privacy == nil)
        #expect(PageSettings().styles.isEmpty)
    }

    static let faults: [(String, line: Int, words: [String])] = [
        ("page: blue\n", 1, ["`page` must be a mapping"]),
        ("page:\n  colour: red\n", 2, ["unknown key `colour`"]),
        ("page:\n  accent: blue\n", 2, ["must be a colour like \"#1c5fd0\"", "`blue`"]),
        ("page:\n  accent: \"#12345\"\n", 2, ["must be a colour", "#12345"]),
        ("page:\n  accent: \"#+12345\"\n", 2, ["must be a colour"]),
        ("page:\n  accent: #1c5fd0\n", 2, ["in quotes", "nothing"]),
        (
            "page:\n  accent: {light: \"#fee500\", dark: \"#fee500\"}\n", 2,
            ["the light background #f2f5f9, is 1.16:1 and must be at least 3.0:1"]
        ),
        (
            "page:\n  accent: \"#1c2f5c\"\n", 2,
            ["`accent` #1c2f5c cannot be read", "the dark background #0e1218, is 1.44:1", "`{light: …, dark: …}`"]
        ),
        (
            "page:\n  accent: {light: \"#777b80\", dark: \"#2f9e62\"}\n", 2,
            ["the text on it, #ffffff, is 4.26:1 and must be at least 4.5:1"]
        ),
        ("page:\n  accent: {light: \"#1c5fd0\"}\n", 2, ["`accent` has no `dark`"]),
        ("page:\n  greeting: {ko: \"\"}\n", 2, ["`greeting` in ko", "1 to 200 bytes"]),
        ("page:\n  greeting: {en: Hello}\n", 2, ["`greeting` is missing in ko, the default language"]),
        ("page:\n  privacy:\n    text: {en: A}\n", 3, ["`privacy` is missing in ko, the default language"]),
        ("page:\n  privacy: {url: \"https://a.example\"}\n", 2, ["`privacy` has no `text`"]),
        (
            "page:\n  privacy:\n    text: {ko: \"\(String(repeating: "가", count: 667))\"}\n", 3,
            ["`privacy` in ko must be 1 to 2000 bytes long, not 2001"]
        ),
        ("page:\n  privacy:\n    text: {ko: 가}\n    consent: 1\n", 4, ["`consent`", "true or false"]),
        (
            "page:\n  privacy:\n    text: {ko: 가}\n    url: http://a.example/\n", 4,
            ["https://www.example.com", "http://"]
        ),
        ("page:\n  privacy:\n    text: {ko: 가}\n    url: \"https://a.example/ b\"\n", 4, ["must be an address"]),
        ("page:\n  privacy:\n    text: {ko: 가}\n    url: https:///b\n", 4, ["must be an address"]),
        ("page:\n  logo: none.svg\n", 2, ["`logo`, `none.svg`, cannot be read: No such file"]),
        ("page:\n  logo: [a]\n", 2, ["must be the name of a file", "a list"]),
    ]

    @Test("One fault, its line, its words", arguments: faults)
    func fault(yaml: String, line: Int, words: [String]) throws {
        let errors = try #require(throws: ConfigurationErrors.self) { try Self.load(yaml) }
        #expect(errors.faults.map(\.line) == [line], "\(errors)")
        for word in words { #expect(errors.description.contains(word), "\(errors)") }
    }

    private static let begin = #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">"#

    static let broken: [(String, [UInt8], String)] = [
        ("no picture", Array("hello".utf8), "is neither a PNG nor an SVG file"),
        ("not UTF-8", [0x3C, 0xFF] + Array("<svg".utf8), "is neither a PNG nor an SVG file"),
        ("cut short", Array((begin + "<g><path d='M0 0'").utf8), "not whole"),
        ("not closed", Array((begin + "<g></svg>").utf8), "not whole"),
        ("two roots", Array((begin + "</svg>" + begin + "</svg>").utf8), "not whole"),
        ("no quotes", Array("<svg xmlns=x></svg>".utf8), "not whole"),
        ("too deep", Array((begin + String(repeating: "<g>", count: 64)).utf8), "not whole"),
        ("another root", Array("<html><svg/></html>".utf8), "does not begin with `<svg xmlns="),
        ("no size", Array(#"<svg xmlns="http://www.w3.org/2000/svg"></svg>"#.utf8), "says neither `viewBox`"),
        ("a script", Array((begin + "<script>alert(1)</script></svg>").utf8), "has the element `script`"),
        ("a hidden script", Array((begin + "<x:SCRIPT/></svg>").utf8), "has the element `x:SCRIPT`"),
        ("a page", Array((begin + "<foreignObject></foreignObject></svg>").utf8), "has the element `foreignObject`"),
        ("a handler", Array((begin + "<g onload='alert(1)'/></svg>").utf8), "has the attribute `onload`"),
        ("from elsewhere", Array((begin + "<use href='https://a.example/x'/></svg>").utf8), "has the attribute `href`"),
        ("an entity", Array(("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + begin + "</svg>").utf8), "has a DTD"),
        ("too long", Array((begin + String(repeating: " ", count: 5_000) + "</svg>").utf8), "at most 3500"),
        ("far too long", [UInt8](repeating: 0x20, count: 30_000), "longer than 7000 bytes"),
        (
            "a style sheet", Array(("<?xml-stylesheet href='a.css'?>" + begin + "</svg>").utf8),
            "instruction `xml-stylesheet`"
        ),
        ("a late prolog", Array((" <?xml version='1.0'?>" + begin + "</svg>").utf8), "not whole"),
        (
            "a paint elsewhere", Array((begin + "<g fill='URL( https://a.example/x)'/></svg>").utf8),
            "has `url(` to elsewhere"
        ),
        ("hidden", Array((begin + "<g fill='u&#x72;l&#40;//a.example)'/></svg>").utf8), "has `url(` to elsewhere"),
        ("in a style", Array((begin + "<style>g{fill:url(a.svg)}</style></svg>").utf8), "has `url(` to elsewhere"),
        ("an import", Array((begin + "<style>@Import 'a.css';</style></svg>").utf8), "has `@import`"),
        ("an unknown entity", Array((begin + "<title>a&nbsp;b</title></svg>").utf8), "has `&nbsp;`"),
        ("no character", Array((begin + "<title>&#xD800;</title></svg>").utf8), "has `&#xD800;`"),
        ("a bare &", Array((begin + "<g id='a & b'/></svg>").utf8), "has a bare `&`"),
        ("twice", Array((begin + "<g id='a' id='b'/></svg>").utf8), "has the attribute `id` twice"),
        ("no namespace", Array((begin + "<use xlink:href='#a'/></svg>").utf8), "has `xlink:` without `xmlns:xlink`"),
        (
            "a namespace of elsewhere",
            Array((begin + "<g xmlns:xlink='http://www.w3.org/1999/xlink'/><use xlink:href='#a'/></svg>").utf8),
            "has `xlink:` without `xmlns:xlink`"
        ),
        (
            "PNG, data first", Array(png[..<8] + png[33..<(png.count - 12)] + png[8..<33] + png[(png.count - 12)...]),
            "header"
        ),
        ("PNG, depth", header(depth: 3, colour: 0, [0x4D, 0xAE, 0xAA, 0x44]), "header"),
        ("PNG, colour", header(depth: 8, colour: 1, [0x82, 0xC2, 0xFC, 0x30]), "header"),
        ("PNG, both", header(depth: 4, colour: 6, [0xDA, 0xE5, 0x29, 0x88]), "header"),
        ("PNG, cut short", Array(png.dropLast(5)), "is a PNG file that was cut short"),
        ("PNG, changed", png.enumerated().map { $0 == 20 ? $1 ^ 1 : $1 }, "broken chunk"),
        ("PNG, no picture", Array(png[..<33] + png[(png.count - 12)...]), "without a picture"),
        ("PNG, only a signature", Array(png[..<8]), "cut short"),
    ]

    /// One pixel.
    static let png: [UInt8] = {
        let hex =
            "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
            + "3a7e9b550000000a49444154789c63680000008200" + "81" + "77cd72b60000000049454e44ae426082"
        return stride(from: 0, to: hex.count, by: 2).compactMap { index in
            UInt8(hex.dropFirst(index).prefix(2), radix: 16)
        }
    }()

    /// The same with another header, whose check is right.
    private static func header(depth: UInt8, colour: UInt8, _ check: [UInt8]) -> [UInt8] {
        png[..<24] + [depth, colour] + png[26..<29] + check + png[33...]
    }

    @Test("A logo that is none", arguments: broken)
    func brokenLogo(name: String, bytes: [UInt8], words: String) throws {
        let errors = try #require(throws: ConfigurationErrors.self) {
            try Self.load("page:\n  logo: logo.svg\n", logo: bytes)
        }
        #expect(errors.faults.map(\.line) == [2], "\(errors)")
        #expect(errors.description.contains("the page's `logo`, `logo.svg`, "), "\(errors)")
        #expect(errors.description.contains(words), "\(errors)")
    }

    @Test(
        "Logos as programs write them",
        arguments: [
            ("PNG", png, 1.0),
            (
                "a prolog and comments",
                Array(("<?xml version='1.0'?>\n<!-- <a> -->\n" + begin + "<a/><!-- b --></svg>\n").utf8), 1.0
            ),
            (
                "what programs write",
                Array(
                    ("\u{FEFF}<?xml\nversion='1.0'?>\n<svg viewBox='0\t0\n30, 30' xmlns='http://www.w3.org/2000/svg' "
                        + "xmlns:xlink='http://www.w3.org/1999/xlink'><!-- A & B --><title>A &amp; B &#169;</title>"
                        + "<use xlink:href='#a' xml:space='preserve' fill='url(#b)' style=\"fill:url( '#c')\"/></svg>")
                        .utf8),
                1.0
            ),
            ("pixels", Array(#"<svg width="90px" height="30" xmlns="http://www.w3.org/2000/svg"/>"#.utf8), 3.0),
            ("a long one", Array(#"<svg viewBox="0,0,900 30" xmlns="http://www.w3.org/2000/svg"/>"#.utf8), 4.0),
            ("a high one", Array(#"<svg viewBox="0 0 30 900" xmlns="http://www.w3.org/2000/svg"/>"#.utf8), 1.0),
        ])
    func logo(name: String, bytes: [UInt8], ratio: Double) throws {
        let logo = try PageLogo(bytes)
        #expect(logo.shownRatio == ratio && logo.bytes == bytes)
        #expect(logo.path == (name == "PNG" ? "/logo.png" : "/logo.svg"))
    }
}
