// The words of a mail that was written as HTML: what a reader sees, in lines. libxml2 reads it as browsers do, whatever
// is wrong with it; nothing is fetched.

internal import CXML2

/// Text out of HTML. What is quoted gets `>` in front, as in plain mails.
struct WrittenHTML {
    let text: String

    /// - Parameter bytes: UTF-8.
    init(_ bytes: [UInt8]) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue
            | HTML_PARSE_NOWARNING.rawValue
        let document = bytes.withUnsafeBytes { buffer in
            htmlReadMemory(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count), nil, "UTF-8",
                Int32(options))
        }
        defer { xmlFreeDoc(document) }
        var lines = Lines()
        // Without recursion: how deep elements stand in each other is up to a stranger.
        var next = document.flatMap { xmlDocGetRootElement($0) }
        while let node = next {
            let isEntered = lines.enter(node)
            if isEntered, let child = node.pointee.children {
                next = child
                continue
            }
            var last = node
            if isEntered { lines.leave(last) }
            while last.pointee.next == nil, let parent = last.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE {
                last = parent
                lines.leave(last)
            }
            next = last.pointee.next
        }
        text = lines.end()
    }

    /// Lines as they grow.
    private struct Lines {
        private static let hidden: Set<String> = ["head", "script", "style", "title", "template", "noscript"]
        private static let blocks: Set<String> = [
            "address", "article", "blockquote", "div", "dl", "dt", "dd", "footer", "form", "h1", "h2", "h3", "h4", "h5",
            "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
        ]
        private static let spaced: Set<String> = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"]
        /// Deeper quoting says nothing more.
        private static let quoteLimit = 3

        private var lines: [String] = []
        private var line = ""
        private var quotes = 0

        /// False where nothing inside is seen.
        mutating func enter(_ node: xmlNodePtr) -> Bool {
            switch node.pointee.type {
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = node.pointee.content { append(String(cString: content)) }
                return true
            case XML_ELEMENT_NODE:
                let name = Self.name(of: node)
                if Self.hidden.contains(name) { return false }
                if Self.blocks.contains(name) { breakLine() }
                if Self.spaced.contains(name) { leaveRoom() }
                if name == "br" { endLine() }
                if name == "blockquote" { quotes += 1 }
                if name == "li" { line = "- " }
                if (name == "td" || name == "th") && !line.isEmpty { line += " " }
                return true
            default: return false
            }
        }

        mutating func leave(_ node: xmlNodePtr) {
            guard node.pointee.type == XML_ELEMENT_NODE else { return }
            let name = Self.name(of: node)
            if Self.blocks.contains(name) { breakLine() }
            if name == "blockquote" { quotes -= 1 }
            if Self.spaced.contains(name) { leaveRoom() }
        }

        mutating func end() -> String {
            breakLine()
            return lines.joined(separator: "\n")
        }

        private static func name(of node: xmlNodePtr) -> String {
            node.pointee.name.map { String(cString: $0).lowercased() } ?? ""
        }

        /// Any run of blanks is one.
        private mutating func append(_ content: String) {
            for character in content.unicodeScalars {
                if character == " " || character == "\n" || character == "\t" || character == "\r" {
                    if !line.isEmpty, line.last != " " { line += " " }
                } else {
                    line.unicodeScalars.append(character == "\u{A0}" ? " " : character)
                }
            }
        }

        private mutating func endLine() {
            let mark = quotes == 0 ? "" : String(repeating: ">", count: min(quotes, Self.quoteLimit)) + " "
            while line.last == " " { line.removeLast() }
            lines.append(mark + line)
            line = ""
        }

        private mutating func breakLine() {
            if line.contains(where: { $0 != " " }) { endLine() } else { line = "" }
        }

        private mutating func leaveRoom() {
            if let last = lines.last, last.contains(where: { $0 != " " && $0 != ">" }) { lines.append("") }
        }
    }
}
