// Colours of the page as sRGB, and how well one can be read on another (WCAG 2.2).

internal import Glibc

/// A colour as `#rrggbb`.
package struct Colour: Sendable, Equatable, CustomStringConvertible {
    private let parts: [Double]

    private init(_ parts: [Double]) {
        self.parts = parts
    }

    /// Nil when it is not `#` and six hex digits.
    package init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6, let number = UInt32(text.dropFirst(), radix: 16),
            digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else { return nil }
        self.init([16, 8, 0].map { Double(number >> $0 & 0xFF) })
    }

    /// For the page's own colours, which tests compare with its style sheets.
    init(_ number: UInt32) {
        self.init([16, 8, 0].map { Double(number >> $0 & 0xFF) })
    }

    package var description: String {
        "#" + parts.map { String(UInt32($0) + 0x100, radix: 16).dropFirst() }.joined()
    }

    /// With so much of another colour in it, 0 to 1.
    func mixed(with other: Colour, _ share: Double) -> Colour {
        Colour(zip(parts, other.parts).map { ($0 + ($1 - $0) * share).rounded() })
    }

    /// WCAG 2.2, "relative luminance": 0 for black, 1 for white.
    private var luminance: Double {
        let linear = parts.map { part in
            let share = part / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// WCAG 2.2, "contrast ratio": 1 to 21.
    func contrast(to other: Colour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }
}
