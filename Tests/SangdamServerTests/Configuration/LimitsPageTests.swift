// The page about limits against the table of settings: an operator who reads of a bound can rely on its number.

import Foundation
import Testing

@testable import SangdamServer

@Suite("The page about limits")
struct LimitsPageTests {
    /// The first two cells of each row in the tables of settings.
    private static func documented() throws -> [String: String] {
        let path = repositoryPath + "/Sources/SangdamServer/Documentation.docc/Limits.md"
        var isTable = false
        var rows: [String: String] = [:]
        for line in try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            isTable = line.hasPrefix("| setting |") || isTable && line.hasPrefix("|")
            guard isTable, line.hasPrefix("| `") else { continue }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let name = "limits." + cells[0].filter { $0 != "`" }
            rows[name] = (rows[name].map { $0 + " and again " } ?? "") + cells[1].filter { $0 != "," }
        }
        return rows
    }

    @Test("It has every limit once, with its default")
    func complete() throws {
        let defaults = ServerConfiguration()
        let expected = Setting.table.filter { $0.key.first == "limits" }.map { setting in
            let written: String =
                switch setting.value(in: defaults) {
                case .number(let number): number == number.rounded() ? String(Int(number)) : String(number)
                case .text, .whole, .truth: setting.value(in: defaults).written
                }
            return (setting.name, written)
        }
        #expect(expected.count > 30)
        var documented = try Self.documented()
        for (name, value) in expected {
            let stated = documented.removeValue(forKey: name)
            #expect(stated == value, "\(name)")
        }
        #expect(documented.isEmpty)
    }
}
