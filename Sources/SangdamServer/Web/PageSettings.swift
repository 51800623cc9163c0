// What makes the page the organisation's own: the setting `page`, but for the privacy notice, which is the desk's.

package import SangdamCore

/// How the page looks and greets.
package struct PageSettings: Sendable, Equatable {
    /// Nil: the page's own mark.
    package var logo: PageLogo?
    /// Nil: the page's own blue.
    package var accents: Accents?
    /// Nil: the page's own words, also in a language that is not among these.
    package var greeting: Localised?

    package init() {}

    /// The organisation's colour by day and by night.
    package struct Accents: Sendable, Equatable {
        let light: Accent
        let dark: Accent
    }
}

extension PageSettings {
    /// Rules behind those of chat.css, whose variables they set anew.
    var styles: String {
        var rules = ""
        if let accents {
            rules += ":root{\(Self.variables(accents.light))}\n"
            rules += "@media (prefers-color-scheme: dark){:root{\(Self.variables(accents.dark))}}\n"
        }
        if let logo {
            rules += ".mark{width:\(Int(Self.markPixels * logo.shownRatio))px;border-radius:0;"
            rules += "background:url('\(logo.path.dropFirst())') center / contain no-repeat}\n"
        }
        return rules
    }

    /// The height of the mark in the header.
    private static let markPixels = 30.0

    private static func variables(_ accent: Accent) -> String {
        "--accent:\(accent.fill);--accent-ink:\(accent.ink);--accent-text:\(accent.text);--accent-soft:\(accent.soft)"
    }
}
