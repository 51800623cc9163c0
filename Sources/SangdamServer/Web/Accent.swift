// The organisation's colour: what fills buttons and one's own words, by day and by night, with the shades that follow
// from it. It is taken only where everything that the page does with it can be read (WCAG 2.2, 1.4.3 and 1.4.11).

/// One colour in one of the page's two looks, with its shades.
package struct Accent: Sendable, Equatable {
    /// The surfaces that it stands on, and the ink that one reads there.
    package enum Look: String, Sendable, CaseIterable {
        case light, dark

        /// `--ground`, `--paper` and `--raised` of chat.css.
        var surfaces: [Colour] {
            switch self {
            case .light: [Colour(0xF2F5F9), Colour(0xFFFFFF)]
            case .dark: [Colour(0x0E1218), Colour(0x171C25), Colour(0x1E2530)]
            }
        }

        /// `--paper`.
        fileprivate var paper: Colour { surfaces[1] }

        /// What text is mixed with until it can be read.
        fileprivate var ink: Colour {
            switch self {
            case .light: Colour(0x17202C)
            case .dark: Colour(0xFFFFFF)
            }
        }

        /// How much of the colour tints a surface: as much as leaves what stands on it readable.
        fileprivate var tint: Double {
            switch self {
            case .light: 0.1
            case .dark: 0.14
            }
        }
    }

    /// Why a colour is not taken.
    package struct Unreadable: Error, Sendable, Equatable {
        /// What cannot be told from what, such as `the light background #f2f5f9`.
        package let what: String
        /// As it is and as it should be at least.
        package let ratio: Double
        package let wanted: Double
    }

    /// WCAG 2.2: 1.4.3 for text, 1.4.11 for what is no text.
    private static let textRatio = 4.5
    private static let shapeRatio = 3.0

    package let fill: Colour
    /// On `fill`: white or the page's ink, whichever is read better.
    package let ink: Colour
    /// For text on the page's surfaces.
    package let text: Colour
    /// A surface.
    package let soft: Colour

    package init(_ fill: Colour, in look: Look) throws(Unreadable) {
        let inks = [Colour(0xFFFFFF), Colour(0x17202C)]
        let ink = fill.contrast(to: inks[0]) >= fill.contrast(to: inks[1]) ? inks[0] : inks[1]
        try Self.check(fill, Self.textRatio, ink, "the text on it, \(ink)")
        for surface in look.surfaces {
            try Self.check(fill, Self.shapeRatio, surface, "the \(look.rawValue) background \(surface)")
        }
        self.fill = fill
        self.ink = ink
        let soft = look.paper.mixed(with: fill, look.tint)
        self.soft = soft
        // In whole hundredths, so that the last is the ink itself.
        let shades = (0...100).lazy.map { fill.mixed(with: look.ink, Double($0) / 100) }
        text =
            shades.first { shade in
                (look.surfaces + [soft]).allSatisfy { shade.contrast(to: $0) >= Self.textRatio }
            } ?? look.ink
    }

    private static func check(
        _ fill: Colour, _ wanted: Double, _ other: Colour, _ what: String
    ) throws(Unreadable) {
        let ratio = fill.contrast(to: other)
        guard ratio < wanted else { return }
        throw Unreadable(what: what, ratio: ratio, wanted: wanted)
    }
}
