// The table of settings against itself: what no compiler sees of a row that stands twice, or writes where another does.

import Testing

@testable import SangdamServer

@Suite("The table of settings")
struct SettingsTableTests {
    @Test("No setting has two rows, and no two share a variable or a flag")
    func rowsDiffer() {
        for names in [Setting.table.map(\.name), Setting.table.map(\.environmentName), Setting.table.map(\.flagName)] {
            let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }
            #expect(twice.isEmpty)
        }
    }

    @Test("All parts that need a value begin with the same", arguments: Setting.table.map(\.name))
    func oneDefault(name: String) throws {
        let values = try Self.row(name).values(in: ServerConfiguration())
        #expect(values.allSatisfy { $0 == values[0] }, "\(values)")
    }

    @Test("A setting reaches all its parts, and nothing of any other", arguments: Setting.table.map(\.name))
    func reachesItsOwn(name: String) throws {
        let setting = try Self.row(name)
        let defaults = ServerConfiguration()
        var changed = defaults
        let value = try #require(
            Self.others(setting.value(in: defaults)).first { value in
                var trial = defaults
                guard setting.apply(value, to: &trial), setting.value(in: trial) == value else { return false }
                changed = trial
                return true
            }, "no other value is right")
        #expect(setting.values(in: changed).allSatisfy { $0 == value })
        let touched = Setting.table.filter { $0.values(in: changed) != $0.values(in: defaults) }
        #expect(touched.map(\.name) == [name])
    }

    @Test("A text is printable and bounded, whatever kind of text it is", arguments: ["\u{7F}", "a\nb"])
    func printableTexts(text: String) {
        var configuration = ServerConfiguration()
        for setting in Setting.table where setting.form == .text {
            #expect(!setting.apply(.text(text), to: &configuration), "\(setting.name)")
            #expect(
                !setting.apply(.text(String(repeating: "a ", count: 2049)), to: &configuration), "\(setting.name)")
        }
        #expect(configuration == ServerConfiguration())
    }

    private static func row(_ name: String) throws -> Setting {
        try #require(Setting.table.first { $0.name == name })
    }

    /// Values of the same form that differ from `value`; of texts one for each kind.
    private static func others(_ value: SettingValue) -> [SettingValue] {
        switch value {
        case .text:
            [
                "10.0.0.1:1", "interval", "https://www.example.com", "chat.example.com", "smtp://mail.example.com:25",
                "desk@example.com", "off", "hours",
            ].map { .text($0) }.filter { $0 != value }
        case .whole(let number): [.whole(number + 1), .whole(number - 1)]
        case .number(let number): [.number(number + 1), .number(number - 1)]
        case .truth(let truth): [.truth(!truth)]
        }
    }
}
