// One row of the table of settings: key, kind with its range, where the value goes, the flag if it has one, whether a
// reload can change it, and what it means. File, environment and flags all read through the row, so that a setting is
// declared once and behaves alike wherever it comes from.

internal import SangdamCore

/// A setting with a single value.
package struct Setting: Sendable {
    /// Where in the configuration a value goes; what stands there at first is the default.
    typealias Destination<Value> = any WritableKeyPath<ServerConfiguration, Value> & Sendable

    /// A flag of `sangdam serve`.
    package struct Flag: Sendable {
        /// For the help text, which names the default.
        package fileprivate(set) var help: String
        /// For the help text, such as `file`.
        package let valueName: String?

        /// `{default}` in `help` becomes the default.
        init(_ help: String, valueName: String? = nil) {
            self.help = help
            self.valueName = valueName
        }
    }

    /// The path of keys in the file, such as `["limits", "text_bytes"]`.
    let key: [String]
    /// How the value is written.
    package let form: SettingValue.Form
    /// What may stand there, for messages.
    let expectation: String
    /// Whether SIGHUP can change it; the others need a restart.
    let isReloadable: Bool
    package let flag: Flag?
    /// For the person who reads an error.
    let meaning: String
    private let read: @Sendable (ServerConfiguration) -> [SettingValue]
    private let write: @Sendable (SettingValue, inout ServerConfiguration) -> Bool

    /// - Parameter also: further parts that need the value.
    init<Value>(
        _ key: String, _ kind: SettingKind<Value>, _ destination: Destination<Value>,
        also: [Destination<Value>] = [], flag: Flag? = nil, reloadable: Bool = true, _ meaning: String
    ) {
        self.key = key.split(separator: ".").map(String.init)
        form = kind.form
        expectation = kind.expectation
        isReloadable = reloadable
        self.meaning = meaning
        let destinations = [destination] + also
        read = { configuration in destinations.map { kind.written(configuration[keyPath: $0]) } }
        write = { written, configuration in
            guard let value = kind.value(written) else { return false }
            for destination in destinations { configuration[keyPath: destination] = value }
            return true
        }
        var flag = flag
        flag?.help.replace("{default}", with: kind.written(ServerConfiguration()[keyPath: destination]).text)
        self.flag = flag
    }

    /// As it is named in the file, in environments' names and by flags.
    package var name: String { key.joined(separator: ".") }

    /// `limits.text_bytes` is `SANGDAM_LIMITS_TEXT_BYTES`.
    var environmentName: String { (["sangdam"] + key).joined(separator: "_").uppercased() }

    /// `admin_listen` is `--admin-listen`.
    package var flagName: String { "--" + key.joined(separator: "-").replacing("_", with: "-") }

    /// The value in each part that needs it, its own first. In a `ServerConfiguration()` they are the default.
    func values(in configuration: ServerConfiguration) -> [SettingValue] { read(configuration) }

    func value(in configuration: ServerConfiguration) -> SettingValue { read(configuration)[0] }

    /// Puts `value` where it belongs; false when it is not what the setting expects.
    func apply(_ value: SettingValue, to configuration: inout ServerConfiguration) -> Bool {
        write(value, &configuration)
    }
}

/// A setting's value on its way from a source into the configuration.
package enum SettingValue: Sendable, Equatable {
    case text(String)
    case whole(Int)
    case number(Double)
    case truth(Bool)

    /// Which of the cases.
    package enum Form: Sendable {
        case text, whole, number, truth
    }

    var text: String {
        switch self {
        case .text(let text): text
        case .whole(let number): String(number)
        case .number(let number): String(number)
        case .truth(let truth): String(truth)
        }
    }

    /// As somebody typed it, for messages.
    var written: String { printable(text) }
}
