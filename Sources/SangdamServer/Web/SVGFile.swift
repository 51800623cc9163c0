// Whether an SVG file is whole, does nothing but show, and how large its picture is. Not a parser of XML: it knows
// tags, attributes, comments and the entities that need no DTD (XML 1.0, §2 to §4; Namespaces in XML 1.0), and refuses
// what goes beyond.

struct SVGFile {
    private var rest: Substring.UnicodeScalarView
    /// The elements that are open, each with the prefixes that hold in it.
    private var open: [(name: String, prefixes: Set<String>)] = []
    private var root: [String: String] = [:]
    private var isOver = false

    /// A drawing of a few kilobytes has no deeper ones.
    private static let depthLimit = 64

    static func size(_ bytes: [UInt8]) throws(PageLogo.Fault) -> (width: Double, height: Double) {
        guard let text = String(validating: bytes, as: UTF8.self), text.contains("<svg") else {
            throw PageLogo.Fault("is neither a PNG nor an SVG file")
        }
        var file = SVGFile(rest: text.unicodeScalars[...])
        try file.readAll()
        return try file.size()
    }

    private init(rest: Substring.UnicodeScalarView) {
        self.rest = rest
    }

    private mutating func readAll() throws(PageLogo.Fault) {
        if rest.first == "\u{FEFF}" { rest = rest.dropFirst() }
        if rest.starts(with: "<?xml".unicodeScalars), rest.dropFirst(5).first?.properties.isWhitespace == true {
            rest = rest.dropFirst()
            guard skip("?", to: "?>") else { throw Self.notWhole }
        }
        while let start = rest.firstIndex(of: "<") {
            let between = rest[..<start]
            rest = rest[start...].dropFirst()
            if open.isEmpty {
                guard between.allSatisfy(\.properties.isWhitespace) else { throw Self.notWhole }
            } else {
                try SVGText.check(between)
            }
            if skip("!--", to: "-->") { continue }
            if rest.first == "?" {
                rest = rest.dropFirst()
                let name = word()
                if name == "xml" { throw Self.notWhole }
                throw PageLogo.Fault("has the instruction `\(name)`; a logo only shows")
            }
            if rest.first == "!" { throw PageLogo.Fault("has a DTD or CDATA, which a drawing does not need") }
            if rest.first == "/" { try close() } else { try begin() }
        }
        guard isOver, rest.allSatisfy(\.properties.isWhitespace) else { throw Self.notWhole }
    }

    private static let notWhole = PageLogo.Fault("is an SVG file that is not whole")

    private mutating func skip(_ begin: String, to end: String) -> Bool {
        guard rest.starts(with: begin.unicodeScalars) else { return false }
        let text = Substring(rest)
        guard let close = text.firstRange(of: end) else { return false }
        rest = text[close.upperBound...].unicodeScalars
        return true
    }

    private mutating func close() throws(PageLogo.Fault) {
        rest = rest.dropFirst()
        let name = word()
        skipBlanks()
        guard let last = open.popLast(), last.name == name, rest.first == ">" else { throw Self.notWhole }
        rest = rest.dropFirst()
        isOver = open.isEmpty
    }

    private mutating func begin() throws(PageLogo.Fault) {
        let name = word()
        guard !name.isEmpty, !isOver, open.count < Self.depthLimit else { throw Self.notWhole }
        guard !["script", "foreignobject"].contains(Self.localName(name)) else {
            throw PageLogo.Fault("has the element `\(name)`; a logo only shows")
        }
        let attributes = try attributes()
        var prefixes = open.last?.prefixes ?? ["xml", "xmlns"]
        for attribute in attributes.keys where attribute.hasPrefix("xmlns:") {
            prefixes.insert(String(attribute.dropFirst("xmlns:".count)))
        }
        for used in [name] + attributes.keys.sorted() {
            guard let colon = used.firstIndex(of: ":"), !prefixes.contains(String(used[..<colon])) else { continue }
            throw PageLogo.Fault("has `\(used[...colon])` without `xmlns:\(used[..<colon])`")
        }
        if open.isEmpty {
            guard name == "svg", attributes["xmlns"] == "http://www.w3.org/2000/svg" else {
                throw PageLogo.Fault("does not begin with `<svg xmlns=\"http://www.w3.org/2000/svg\"`")
            }
            root = attributes
        }
        if rest.first == "/" {
            rest = rest.dropFirst()
            isOver = open.isEmpty
        } else {
            open.append((name, prefixes))
        }
        guard rest.first == ">" else { throw Self.notWhole }
        rest = rest.dropFirst()
    }

    private mutating func attributes() throws(PageLogo.Fault) -> [String: String] {
        var attributes: [String: String] = [:]
        skipBlanks()
        while let first = rest.first, first != ">", first != "/" {
            let name = word()
            skipBlanks()
            guard !name.isEmpty, rest.first == "=" else { throw Self.notWhole }
            rest = rest.dropFirst()
            skipBlanks()
            guard let quote = rest.first, quote == "\"" || quote == "'" else { throw Self.notWhole }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: quote) else { throw Self.notWhole }
            let value = try SVGText.check(rest[..<end])
            rest = rest[end...].dropFirst()
            let isHandler = Self.localName(name).hasPrefix("on")
            let leadsAway = Self.localName(name) == "href" && !value.hasPrefix("#") && !value.hasPrefix("data:image/")
            guard !isHandler, !leadsAway else {
                throw PageLogo.Fault("has the attribute `\(name)`; a logo only shows, and nothing from elsewhere")
            }
            guard attributes.updateValue(value, forKey: name) == nil else {
                throw PageLogo.Fault("has the attribute `\(name)` twice")
            }
            skipBlanks()
        }
        return attributes
    }

    private static func localName(_ name: String) -> String {
        name.split(separator: ":").last?.lowercased() ?? ""
    }

    private mutating func word() -> String {
        let word = rest.prefix { !$0.properties.isWhitespace && !"=<>/\"'".unicodeScalars.contains($0) }
        rest = rest[word.endIndex...]
        return String(word)
    }

    private mutating func skipBlanks() {
        rest = rest.drop(while: \.properties.isWhitespace)
    }

    /// By its view box, or else by its width and height.
    private func size() throws(PageLogo.Fault) -> (width: Double, height: Double) {
        let box = (root["viewBox"] ?? "").split { $0.isWhitespace || $0 == "," }.compactMap { Double($0) }
        let sides = [root["width"], root["height"]].compactMap { side in
            side.flatMap { Double($0.hasSuffix("px") ? $0.dropLast(2) : $0[...]) }
        }
        let size = box.count == 4 ? (box[2], box[3]) : sides.count == 2 ? (sides[0], sides[1]) : (0, 0)
        guard size.0 > 0, size.1 > 0, size.0.isFinite, size.1.isFinite else {
            throw PageLogo.Fault("says neither `viewBox` nor `width` and `height` in pixels")
        }
        return size
    }
}
