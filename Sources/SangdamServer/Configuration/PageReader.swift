// The setting `page` of a configuration file: logo, colour, greeting and privacy notice. Everything that could make the
// page unreadable is found here, where the line is known.

internal import SangdamCore
internal import SangdamWire

/// What the file says of the page.
struct PageReader {
    static let key = "page"

    private static let noticeLimitBytes = 2000
    private static let addressLimitBytes = 500

    /// Reads `page`; what is missing or at fault stays as it is.
    static func read(
        _ node: DocumentNode, into configuration: inout ServerConfiguration, with reader: inout FileReader
    ) {
        let keys = ["logo", "accent", "greeting", "privacy"]
        guard let fields = reader.fields(node, of: "`page`", allowed: keys) else { return }
        if let entry = fields["logo"] { configuration.page.logo = logo(entry.value, with: &reader) }
        if let entry = fields["accent"] { configuration.page.accents = accents(entry.value, with: &reader) }
        if let entry = fields["greeting"] {
            configuration.page.greeting = reader.complete(entry, of: "the page's `greeting`")
        }
        if let entry = fields["privacy"] { configuration.desk.privacy = privacy(entry.value, with: &reader) }
    }

    /// A file beside the configuration.
    private static func logo(_ node: DocumentNode, with reader: inout FileReader) -> PageLogo? {
        guard case .scalar(let name, _) = node.content, !name.isEmpty else {
            reader.fault(node.location, "the page's `logo` must be the name of a file, not \(node.kindName)")
            return nil
        }
        do {
            return try PageLogo(readFile(beside(reader.file, name), limitBytes: 2 * PageLogo.limitBytes).bytes)
        } catch let error as PageLogo.Fault {
            reader.fault(node.location, "the page's `logo`, \(node.kindName), \(error.what)")
        } catch {
            reader.fault(node.location, "the page's `logo`, \(node.kindName), cannot be read: \(error)")
        }
        return nil
    }

    /// One colour for both looks, or one for each.
    private static func accents(
        _ node: DocumentNode, with reader: inout FileReader
    ) -> PageSettings.Accents? {
        var nodes = [Accent.Look.light: node, .dark: node]
        if case .mapping = node.content {
            let looks = Accent.Look.allCases.map(\.rawValue)
            guard let fields = reader.fields(node, of: "the page's `accent`", allowed: looks) else { return nil }
            nodes = [:]
            for look in Accent.Look.allCases {
                nodes[look] = fields[look.rawValue]?.value
                if nodes[look] == nil { reader.fault(node.location, "the page's `accent` has no `\(look.rawValue)`") }
            }
        }
        guard let light = nodes[.light].flatMap({ accent($0, in: .light, with: &reader) }),
            let dark = nodes[.dark].flatMap({ accent($0, in: .dark, with: &reader) })
        else { return nil }
        return PageSettings.Accents(light: light, dark: dark)
    }

    private static func accent(
        _ node: DocumentNode, in look: Accent.Look, with reader: inout FileReader
    ) -> Accent? {
        guard case .scalar(let text, _) = node.content, let colour = Colour(text) else {
            reader.fault(
                node.location,
                "the page's `accent` must be a colour like \"#1c5fd0\" (in quotes: `#` begins a comment), or "
                    + "`{light: …, dark: …}`, not \(node.kindName)")
            return nil
        }
        do throws(Accent.Unreadable) {
            return try Accent(colour, in: look)
        } catch {
            reader.fault(
                node.location,
                "the page's `accent` \(colour) cannot be read: its contrast with \(error.what), is "
                    + "\(hundredths(error.ratio)):1 and must be at least \(error.wanted):1; "
                    + "`{light: …, dark: …}` gives each look a colour of its own")
            return nil
        }
    }

    /// Rounded down: what is too little does not look like enough.
    private static func hundredths(_ ratio: Double) -> String {
        let hundredths = Int(ratio * 100)
        let digits = String(hundredths % 100)
        return "\(hundredths / 100)." + (digits.count == 1 ? "0" : "") + digits
    }

    private static func privacy(_ node: DocumentNode, with reader: inout FileReader) -> PrivacyNotice? {
        let what = "the page's `privacy`"
        guard let fields = reader.fields(node, of: what, allowed: ["text", "url", "consent"]) else { return nil }
        guard let entry = fields["text"] else {
            reader.fault(node.location, "\(what) has no `text`")
            return nil
        }
        let text = reader.complete(entry, of: "the `text` of \(what)", limitBytes: noticeLimitBytes)
        var url: String?
        if let entry = fields["url"] { url = address(entry.value, of: "the `url` of \(what)", with: &reader) }
        var needsConsent = false
        if let entry = fields["consent"] {
            if case .truth(let truth) = entry.value.content {
                needsConsent = truth
            } else {
                reader.fault(
                    entry.value.location, "the `consent` of \(what) must be true or false, not \(entry.value.kindName)")
            }
        }
        return text.map { PrivacyNotice(text: $0, url: url, needsConsent: needsConsent) }
    }

    private static func address(
        _ node: DocumentNode, of what: String, with reader: inout FileReader
    ) -> String? {
        let scheme = "https://"
        if case .scalar(let text, _) = node.content, text.hasPrefix(scheme), text.utf8.count <= addressLimitBytes,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"'<>\\`{}".utf8.contains($0) }),
            WebOrigin(scheme + text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }) != nil
        {
            return text
        }
        reader.fault(
            node.location,
            "\(what) must be an address like `https://www.example.com/privacy` of at most \(addressLimitBytes) bytes, "
                + "not \(node.kindName)")
        return nil
    }
}
