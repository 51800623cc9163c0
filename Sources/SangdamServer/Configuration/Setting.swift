// One row of the table of settings: key, kind, range, meaning. Flags, environment and file all read through it, so
// that a setting is declared once and behaves alike wherever it comes from.

import SangdamCore
import SangdamWire

/// A setting with a single value.
struct Setting: Sendable {
    typealias Path<Value> = any WritableKeyPath<ServerConfiguration, Value> & Sendable

    /// What the setting holds and where in the configuration it lives.
    enum Kind: Sendable {
        case text(Path<String>)
        /// Empty: not set.
        case optionalText(Path<String?>)
        case address(Path<HostPort>)
        case durability(Path<DurabilitySetting>)
        /// Web sites, with spaces between them; empty: none.
        case origins(Path<[WebOrigin]>)
        /// Host names, with spaces between them; empty: none.
        case hosts(Path<[HostName]>)
        case truth(Path<Bool>)
        case whole(Path<Int>, ClosedRange<Int>)
        /// A number of seconds, with up to three decimals.
        case seconds(Path<Interval>, ClosedRange<Int>)
        /// A number of milliseconds.
        case milliseconds(Path<Interval>, ClosedRange<Int>)
        case number(Path<Double>, ClosedRange<Double>)
    }

    /// The path of keys in the file, such as `["limits", "text_bytes"]`.
    let key: [String]
    let kind: Kind
    /// Whether SIGHUP can change it; the others need a restart.
    let isReloadable: Bool
    /// For the person who reads an error or a help text.
    let meaning: String

    init(_ key: String, _ kind: Kind, reloadable: Bool = true, _ meaning: String) {
        self.key = key.split(separator: ".").map(String.init)
        self.kind = kind
        isReloadable = reloadable
        self.meaning = meaning
    }

    var name: String { key.joined(separator: ".") }

    /// `limits.text_bytes` is `SANGDAM_LIMITS_TEXT_BYTES`.
    var environmentName: String { (["sangdam"] + key).joined(separator: "_").uppercased() }

    /// `admin_listen` is `--admin-listen`.
    var flagName: String { "--" + key.joined(separator: "-").split(separator: "_").joined(separator: "-") }

    /// What may stand there, for messages.
    var expectation: String {
        switch kind {
        case .text, .optionalText: "a text"
        case .address: "HOST:PORT, such as 127.0.0.1:8443 or [::1]:8443"
        case .durability: DurabilitySetting.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        case .origins: "web sites with spaces between, such as `https://www.example.com`"
        case .hosts: "host names without ports, with spaces between, such as `chat-1.internal`"
        case .truth: "true or false"
        case .whole(_, let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .seconds(_, let range): "seconds from \(range.lowerBound) to \(range.upperBound)"
        case .milliseconds(_, let range): "whole milliseconds from \(range.lowerBound) to \(range.upperBound)"
        case .number(_, let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        }
    }
}

/// A setting's value on its way from a source into the configuration.
enum SettingValue: Sendable, Equatable {
    case text(String)
    case whole(Int)
    case number(Double)
    case truth(Bool)

    /// As somebody typed it, for messages.
    var written: String {
        switch self {
        case .text(let text): printable(text)
        case .whole(let number): String(number)
        case .number(let number): String(number)
        case .truth(let truth): String(truth)
        }
    }
}

extension Setting {
    /// The default, read from the configuration's own initial values.
    func value(in configuration: ServerConfiguration) -> SettingValue {
        switch kind {
        case .text(let path): .text(configuration[keyPath: path])
        case .optionalText(let path): .text(configuration[keyPath: path] ?? "")
        case .address(let path): .text(configuration[keyPath: path].description)
        case .durability(let path): .text(configuration[keyPath: path].rawValue)
        case .origins(let path): .text(configuration[keyPath: path].map(\.description).joined(separator: " "))
        case .hosts(let path): .text(configuration[keyPath: path].map(\.text).joined(separator: " "))
        case .truth(let path): .truth(configuration[keyPath: path])
        case .whole(let path, _): .whole(configuration[keyPath: path])
        case .seconds(let path, _): .number(configuration[keyPath: path].seconds)
        case .milliseconds(let path, _): .whole(Int(configuration[keyPath: path].milliseconds))
        case .number(let path, _): .number(configuration[keyPath: path])
        }
    }

    /// Puts `value` in its place; false when it is not what the setting expects.
    func apply(_ value: SettingValue, to configuration: inout ServerConfiguration) -> Bool {
        switch (kind, value) {
        case (.text(let path), .text(let text)):
            guard !text.isEmpty, Self.isPrintable(text) else { return false }
            configuration[keyPath: path] = text
        case (.optionalText(let path), .text(let text)):
            guard Self.isPrintable(text) else { return false }
            configuration[keyPath: path] = text.isEmpty ? nil : text
        case (.address(let path), .text(let text)):
            guard let address = HostPort(text) else { return false }
            configuration[keyPath: path] = address
        case (.durability(let path), .text(let text)):
            guard let durability = DurabilitySetting(rawValue: text) else { return false }
            configuration[keyPath: path] = durability
        case (.origins(let path), .text(let text)):
            let words = text.split(separator: " ")
            let origins = words.compactMap { WebOrigin(String($0)) }
            guard Self.isPrintable(text), origins.count == words.count else { return false }
            configuration[keyPath: path] = origins
        case (.hosts(let path), .text(let text)):
            let words = text.split(separator: " ")
            let hosts = words.compactMap { HostName(String($0)) }
            guard Self.isPrintable(text), hosts.count == words.count else { return false }
            configuration[keyPath: path] = hosts
        case (.truth(let path), .truth(let truth)):
            configuration[keyPath: path] = truth
        case (.whole(let path, let range), .whole(let number)):
            guard range.contains(number) else { return false }
            configuration[keyPath: path] = number
        case (.seconds(let path, let range), .number(let seconds)):
            guard seconds >= Double(range.lowerBound), seconds <= Double(range.upperBound) else { return false }
            configuration[keyPath: path] = Interval(milliseconds: Int64((seconds * 1000).rounded()))
        case (.milliseconds(let path, let range), .whole(let milliseconds)):
            guard range.contains(milliseconds) else { return false }
            configuration[keyPath: path] = Interval(milliseconds: Int64(milliseconds))
        case (.number(let path, let range), .number(let number)):
            guard range.contains(number) else { return false }
            configuration[keyPath: path] = number
        case (.text, _), (.optionalText, _), (.address, _), (.durability, _), (.origins, _), (.hosts, _), (.truth, _),
            (.whole, _), (.seconds, _), (.milliseconds, _), (.number, _):
            return false
        }
        return true
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.utf8.count <= 4096 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
