// From flags, environment and file to one configuration: flag > environment > file > default, by swift-configuration's
// chain of providers. Reading happens at start, at SIGHUP and in `sangdam config check`, never in between.

import Configuration
package import SangdamCore
internal import SangdamHours
internal import SangdamMail
import SangdamNet
internal import SangdamProtocol
import SangdamWire

extension ServerConfiguration {
    /// Environment variable that names the file when no flag does.
    package static let fileVariable = "SANGDAM_CONFIG"

    /// No sensible configuration is longer.
    private static let fileLimitBytes = 1_048_576

    /// Reads everything.
    /// - Parameters:
    ///   - file: nil: `SANGDAM_CONFIG`, or else defaults only.
    ///   - flags: what the command line says, by the names of the settings.
    ///   - now: for which years holidays that repeat are written out.
    package static func load(
        file: String?, flags: [String: SettingValue] = [:], environment: [String: String],
        now: Instant = Instant(milliseconds: DeskClock.wallClock())
    ) throws(ConfigurationErrors) -> ServerConfiguration {
        var faults: [ConfigurationFault] = []
        var configuration = ServerConfiguration()
        var fileValues: [String: SettingValue] = [:]
        if let path = file ?? environment[fileVariable].flatMap({ $0.isEmpty ? nil : $0 }) {
            configuration.file = path
            let hours = HoursReader(zones: ZoneFolder(environment: environment), now: now)
            fileValues = readSettings(path, into: &configuration, hours: hours, faults: &faults)
        }
        let flagValues = checked(flags, faults: &faults)
        checkEnvironment(environment, faults: &faults)

        let reader = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: providerValues(flagValues)),
            EnvironmentVariablesProvider(environmentVariables: environment),
            InMemoryProvider(name: "file", values: providerValues(fileValues)),
            InMemoryProvider(name: "defaults", values: providerValues(defaults)),
        ])
        for setting in Setting.table {
            // Flags and file were checked where they were read; so what fails here is the environment's.
            guard let value = setting.read(from: reader), setting.apply(value, to: &configuration) else {
                let given = environment[setting.environmentName] ?? ""
                faults.append(
                    ConfigurationFault(
                        .environment(setting.environmentName),
                        "\(setting.meaning): must be \(setting.expectation), not `\(printable(given))`"))
                continue
            }
        }
        configuration.desk.inquiry.isMailed = configuration.mail.server != nil
        checkTogether(configuration, faults: &faults)
        let faultsOfFAQ = configuration.readFAQ(isDeskSound: faults.isEmpty)
        guard faults.isEmpty, faultsOfFAQ.isEmpty else {
            throw ConfigurationErrors(
                faults.enumerated().sorted { order($0, in: configuration) < order($1, in: configuration) }
                    .map(\.element) + faultsOfFAQ)
        }
        return configuration
    }

    /// Reads the frequent questions, if there are any.
    private mutating func readFAQ(isDeskSound: Bool) -> [ConfigurationFault] {
        guard let faqFile else { return [] }
        let read = FAQReader.read(faqFile, of: self, topics: isDeskSound ? desk.topics.map(\.id.text) : nil)
        faq = read.entries
        return read.faults
    }

    /// By lines, those of further files behind the configuration's.
    private static func order(
        _ fault: (offset: Int, element: ConfigurationFault), in configuration: ServerConfiguration
    ) -> (Int, Int, Int) {
        let isElsewhere = fault.element.file != nil && fault.element.file != configuration.file
        return (isElsewhere ? 1 : 0, fault.element.line ?? 0, fault.offset)
    }

    /// The settings that differ and that only a restart can change, as they are named in the file.
    package func settingsThatNeedRestart(comparedTo other: ServerConfiguration) -> [String] {
        Setting.table.filter { !$0.isReloadable && $0.value(in: self) != $0.value(in: other) }.map(\.name)
    }

    private static var defaults: [String: SettingValue] {
        let configuration = ServerConfiguration()
        return Dictionary(Setting.table.map { ($0.name, $0.value(in: configuration)) }) { first, _ in first }
    }

    private static func providerValues(_ values: [String: SettingValue]) -> [AbsoluteConfigKey: ConfigValue] {
        var result: [AbsoluteConfigKey: ConfigValue] = [:]
        for setting in Setting.table {
            guard let value = values[setting.name] else { continue }
            let content: ConfigContent =
                switch value {
                case .text(let text): .string(text)
                case .whole(let number): .int(number)
                case .number(let number): .double(number)
                case .truth(let truth): .bool(truth)
                }
            result[AbsoluteConfigKey(setting.providerKey)] = ConfigValue(content, isSecret: false)
        }
        return result
    }

    private static func readSettings(
        _ path: String, into configuration: inout ServerConfiguration, hours: HoursReader,
        faults: inout [ConfigurationFault]
    ) -> [String: SettingValue] {
        var roomBytes = fileLimitBytes
        guard let document = ConfigurationDocument.read(path, roomBytes: &roomBytes, faults: &faults) else {
            return [:]
        }
        if case .nothing = document.content { return [:] }
        var reader = FileReader(file: path)
        let values = reader.readDocument(document, into: &configuration, hours: hours)
        faults += reader.faults
        return values
    }

    /// The flags that are what their settings expect; others are faults.
    private static func checked(
        _ flags: [String: SettingValue], faults: inout [ConfigurationFault]
    ) -> [String: SettingValue] {
        var right = flags
        var trial = ServerConfiguration()
        for setting in Setting.table {
            guard let value = flags[setting.name], !setting.apply(value, to: &trial) else { continue }
            right[setting.name] = nil
            faults.append(
                ConfigurationFault(
                    .flag(setting.flagName), "must be \(setting.expectation), not `\(value.written)`"))
        }
        return right
    }

    /// A mistyped variable would be silently without effect. Other `SANGDAM_…` words may belong to other commands.
    private static func checkEnvironment(_ environment: [String: String], faults: inout [ConfigurationFault]) {
        let known = Setting.table.map(\.environmentName)
        let prefixes = Setting.sections.map { "SANGDAM_\($0.uppercased())_" }
        for name in environment.keys.sorted() where prefixes.contains(where: name.hasPrefix) && !known.contains(name) {
            let hint = suggestion(for: name, among: known).map { " (did you mean `\($0)`?)" } ?? ""
            faults.append(ConfigurationFault(.environment(name), "no such setting\(hint)"))
        }
    }

    /// What is right by itself but not beside the rest.
    private static func checkTogether(_ configuration: ServerConfiguration, faults: inout [ConfigurationFault]) {
        let limits = configuration.desk.limits
        func fault(_ message: String) {
            let origin: ConfigurationFault.Origin =
                configuration.file.map { .file($0, line: nil, column: nil) } ?? .environment("SANGDAM_LIMITS_…")
            faults.append(ConfigurationFault(origin, message))
        }
        if limits.idleReminder >= limits.idleEnd {
            fault("`limits.idle_reminder_seconds` must be below `limits.idle_end_seconds`")
        }
        if limits.textBytes > configuration.wire.jsonLineBytes {
            fault("`limits.text_bytes` must not be above `limits.message_bytes`")
        }
        if configuration.wire.jsonLineBytes > configuration.net.unsentBytes {
            fault("`limits.message_bytes` must not be above `limits.unsent_bytes`")
        }
        if configuration.desk.inquiry.textBytes > configuration.wire.jsonLineBytes {
            fault("`limits.inquiry_bytes` must not be above `limits.message_bytes`")
        }
        for message in configuration.mail.faults { fault(message) }
        if configuration.listen.port != 0, configuration.listen == configuration.adminListen {
            fault("`listen` and `admin_listen` must differ")
        }
    }
}

extension Setting {
    /// The mappings that settings stand in.
    fileprivate static var sections: [String] {
        table.filter { $0.key.count == 2 }.map { $0.key[0] }.reduce(into: []) { sections, name in
            if !sections.contains(name) { sections.append(name) }
        }
    }

    /// swift-configuration makes `SANGDAM_LIMITS_TEXT_BYTES` of `sangdam.limits.text_bytes`.
    fileprivate var providerKey: [String] { ["sangdam"] + key }

    /// Nil when the first provider that has the setting cannot make the wanted kind of it.
    fileprivate func read(from reader: ConfigReader) -> SettingValue? {
        let key = ConfigKey(providerKey)
        do {
            switch form {
            case .text: return .text(try reader.requiredString(forKey: key))
            case .whole: return .whole(try reader.requiredInt(forKey: key))
            case .number: return .number(try reader.requiredDouble(forKey: key))
            case .truth: return .truth(try reader.requiredBool(forKey: key))
            }
        } catch {
            return nil
        }
    }
}

extension FileReader {
    /// The whole document: lists into `configuration`, single values by setting.
    fileprivate mutating func readDocument(
        _ document: DocumentNode, into configuration: inout ServerConfiguration, hours: HoursReader
    ) -> [String: SettingValue] {
        let single = Setting.table.filter { $0.key.count == 1 }
        let sections = Setting.sections
        let allowed = single.map(\.name) + HoursReader.keys + DeskReader.keys + [PageReader.key] + sections
        guard let fields = fields(document, of: "the file", allowed: allowed) else { return [:] }
        var values = settings(single, in: fields)
        for section in sections {
            let rows = Setting.table.filter { $0.key.count == 2 && $0.key[0] == section }
            guard let entry = fields[section],
                let within = self.fields(entry.value, of: "`\(section)`", allowed: rows.map { $0.key[1] })
            else { continue }
            values.merge(settings(rows, in: within)) { first, _ in first }
        }
        let names = hours.read(fields, into: &configuration.hours, with: &self)
        DeskReader.read(fields, into: &configuration.desk, hours: names, with: &self)
        if let entry = fields[PageReader.key] { PageReader.read(entry.value, into: &configuration, with: &self) }
        return values
    }

    private mutating func settings(
        _ settings: [Setting], in fields: [String: DocumentNode.Entry]
    ) -> [String: SettingValue] {
        var values: [String: SettingValue] = [:]
        for setting in settings {
            guard let entry = setting.key.last.flatMap({ fields[$0] }) else { continue }
            values[setting.name] = value(entry, for: setting)
        }
        return values
    }
}
