// Contrast as WCAG 2.2 defines it, and that whatever colour is taken leaves everything on the page readable.

import Foundation
import Testing

@testable import SangdamServer

@Suite("The organisation's colour")
struct AccentTests {
    /// Worked out by other programs, to hundredths.
    @Test(arguments: [
        ("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54), ("#0000ff", "#ffffff", 8.59), ("#ff0000", "#000000", 5.25),
    ])
    func contrast(one: String, other: String, ratio: Double) throws {
        let (one, other) = (try #require(Colour(one)), try #require(Colour(other)))
        #expect((one.contrast(to: other) * 100).rounded() == (ratio * 100).rounded())
        #expect(one.contrast(to: other) == other.contrast(to: one))
    }

    @Test("Every colour of a grid is refused or makes a page that can be read", arguments: Accent.Look.allCases)
    func grid(look: Accent.Look) throws {
        let soft = Colour(look == .light ? 0x566273 : 0xA2AEBE)
        var taken = 0
        let steps: [UInt32] = [0, 0x33, 0x66, 0x99, 0xCC, 0xFF]
        for red in steps {
            for green in steps {
                for blue in steps {
                    guard let accent = try? Accent(Colour(red << 16 | green << 8 | blue), in: look) else { continue }
                    taken += 1
                    #expect(accent.ink.contrast(to: accent.fill) >= 4.5)
                    for surface in look.surfaces + [accent.soft] {
                        #expect(accent.text.contrast(to: surface) >= 4.5, "\(accent)")
                    }
                    #expect(soft.contrast(to: accent.soft) >= 4.5, "\(accent)")
                }
            }
        }
        #expect((50..<216).contains(taken))
    }

    @Test("The surfaces are those of chat.css, and so is the page's own colour")
    func surfaces() throws {
        let text = try String(contentsOfFile: repositoryPath + "/Sources/SangdamServer/Page/chat.css", encoding: .utf8)
        let looks = text.components(separatedBy: "@media (prefers-color-scheme: dark)")
        for (look, part) in zip(Accent.Look.allCases, looks) {
            let names = ["ground", "paper", "raised"]
            let values = names.compactMap { name in
                part.firstRange(of: "--\(name): ").map { range in String(part[range.upperBound...].prefix { $0 != ";" })
                }
            }
            let colours = values.map { $0 == "#fff" ? "#ffffff" : $0 }.compactMap { Colour($0) }
            #expect(colours.count == 3 && Set(colours.map(\.description)) == Set(look.surfaces.map(\.description)))
        }
        #expect(looks[0].contains("--accent: \(PageParts.ownAccent);"))
    }
}
