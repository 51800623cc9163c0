// What stands between the tags and in the attributes of an SVG file: which character an entity is, and that a style
// brings nothing from elsewhere.

enum SVGText {
    /// Those that an XML file without a DTD has (XML 1.0, §4.6).
    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    /// Without a semicolon within so many characters, an ampersand is none of an entity.
    private static let entityLimit = 10

    /// The text as it is meant.
    @discardableResult
    static func check(_ written: Substring.UnicodeScalarView) throws(PageLogo.Fault) -> String {
        let text = try resolve(written)
        let style = text.lowercased()
        if style.contains("@import") { throw PageLogo.Fault("has `@import`; a logo needs nothing from elsewhere") }
        for target in style.split(separator: "url(", omittingEmptySubsequences: false).dropFirst() {
            guard target.drop(while: { $0.isWhitespace || $0 == "\"" || $0 == "'" }).hasPrefix("#") else {
                throw PageLogo.Fault("has `url(` to elsewhere; in a logo it names a part of itself, as in `url(#a)`")
            }
        }
        return text
    }

    private static func resolve(_ written: Substring.UnicodeScalarView) throws(PageLogo.Fault) -> String {
        var text = String.UnicodeScalarView()
        var rest = written
        while let start = rest.firstIndex(of: "&") {
            text.append(contentsOf: rest[..<start])
            let name = rest[start...].dropFirst().prefix(entityLimit).prefix {
                $0 != ";" && !$0.properties.isWhitespace
            }
            guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == ";" else {
                throw PageLogo.Fault("has a bare `&`, which is written `&amp;`")
            }
            guard let meant = character(String(name)) else {
                throw PageLogo.Fault("has `&\(String(name));`, which is no character")
            }
            text.append(contentsOf: meant.unicodeScalars)
            rest = rest[name.endIndex...].dropFirst()
        }
        text.append(contentsOf: rest)
        return String(text)
    }

    private static func character(_ name: String) -> String? {
        guard name.hasPrefix("#") else { return entities[name] }
        let digits = name.dropFirst()
        let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}
