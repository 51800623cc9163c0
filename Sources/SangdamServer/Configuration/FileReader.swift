// Reading typed things out of the document. Every method takes what is right and notes what is wrong, so that one pass
// finds all faults.

import SangdamCore
internal import SangdamWire

/// A document's file name and the faults found so far.
struct FileReader {
    let file: String
    var faults: [ConfigurationFault] = []

    mutating func fault(_ location: Location, _ message: String) {
        faults.append(ConfigurationFault(.file(file, line: location.line, column: location.column), message))
    }

    /// The entries of a mapping; anything else is a fault.
    mutating func entries(_ node: DocumentNode, of what: String) -> [DocumentNode.Entry]? {
        if case .mapping(let entries) = node.content { return entries }
        fault(node.location, "\(what) must be a mapping of keys to values, not \(node.kindName)")
        return nil
    }

    /// The entries by key; keys outside `allowed` are faults.
    mutating func fields(
        _ node: DocumentNode, of what: String, allowed: [String]
    ) -> [String: DocumentNode.Entry]? {
        guard let entries = entries(node, of: what) else { return nil }
        var fields: [String: DocumentNode.Entry] = [:]
        for entry in entries {
            if allowed.contains(entry.key) {
                fields[entry.key] = entry
            } else {
                unknownKey(entry, allowed: allowed, in: what)
            }
        }
        return fields
    }

    mutating func unknownKey(_ entry: DocumentNode.Entry, allowed: [String], in what: String) {
        let hint =
            suggestion(for: entry.key, among: allowed).map { "did you mean `\($0)`?" }
            ?? "\(what) has \(allowed.map { "`\($0)`" }.joined(separator: ", "))"
        fault(entry.location, "unknown key `\(printable(entry.key))` (\(hint))")
    }

    mutating func list(_ node: DocumentNode, of what: String, limit: Int) -> [DocumentNode] {
        guard case .list(let nodes) = node.content else {
            fault(node.location, "\(what) must be a list, not \(node.kindName)")
            return []
        }
        guard (1...limit).contains(nodes.count) else {
            fault(node.location, "\(what) must be a list of 1 to \(limit), not \(nodes.count)")
            return []
        }
        return nodes
    }

    /// How many lines words may have.
    enum Lines {
        case one, several
    }

    /// Words that people will read: 1 to `limitBytes` bytes, with something to see and nothing that nobody could.
    mutating func words(
        _ node: DocumentNode, of what: String, limitBytes: Int = 200, lines: Lines = .one
    ) -> String? {
        guard case .scalar(var text, _) = node.content else {
            fault(node.location, "\(what) must be a text, not \(node.kindName)")
            return nil
        }
        // What a block of several lines ends in.
        if lines == .several { while text.last == "\n" { text.removeLast() } }
        guard (1...limitBytes).contains(text.utf8.count) else {
            fault(node.location, "\(what) must be 1 to \(limitBytes) bytes long, not \(text.utf8.count)")
            return nil
        }
        let scalars = Array(text.unicodeScalars)
        let isAllowed = { (scalar: Unicode.Scalar) in scalar.value >= 0x20 || lines == .several && scalar == "\n" }
        guard scalars.allSatisfy(isAllowed), !InvisibleCharacters.marked(in: scalars).contains(true) else {
            let ends = lines == .one ? "line ends, control" : "control"
            fault(node.location, "\(what) must not hold \(ends), direction or invisible characters")
            return nil
        }
        guard !Text(text).hasNothingToSee else {
            fault(node.location, "\(what) has nothing to see")
            return nil
        }
        return text
    }

    mutating func name<Kind>(_ node: DocumentNode, of what: String) -> Name<Kind>? {
        if case .scalar(let text, _) = node.content, let name = Name<Kind>(validating: text) { return name }
        fault(
            node.location,
            "\(what) must be a name of 1 to 64 of `A-Z a-z 0-9 . _ -`, not \(node.kindName)")
        return nil
    }

    /// Words by language.
    mutating func localised(
        _ node: DocumentNode, of what: String, limitBytes: Int = 200, lines: Lines = .one
    ) -> Localised? {
        let languages = Language.allCases.map(\.rawValue)
        guard let fields = fields(node, of: what, allowed: languages) else { return nil }
        if case .mapping(let entries) = node.content, entries.isEmpty {
            fault(node.location, "\(what) needs words in at least one of \(languages.joined(separator: ", "))")
            return nil
        }
        var words: [Language: String] = [:]
        for language in Language.allCases {
            guard let entry = fields[language.rawValue] else { continue }
            words[language] = self.words(
                entry.value, of: "\(what) in \(language.rawValue)", limitBytes: limitBytes, lines: lines)
        }
        return Localised(words)
    }

    /// Words by language, in the default one at least.
    mutating func complete(
        _ entry: DocumentNode.Entry, of what: String, limitBytes: Int = 200, lines: Lines = .one
    ) -> Localised? {
        let before = faults.count
        let text = localised(entry.value, of: what, limitBytes: limitBytes, lines: lines)
        let language = WireConfiguration.defaultLanguage
        // Only one fault for each mistake.
        if let text, text.byLanguage[language] == nil, faults.count == before {
            fault(entry.location, "\(what) is missing in \(language.rawValue), the default language")
            return nil
        }
        return text
    }

    /// False where there is no entry.
    mutating func truth(_ entry: DocumentNode.Entry?, of what: String) -> Bool {
        guard let entry else { return false }
        if case .truth(let truth) = entry.value.content { return truth }
        fault(entry.value.location, "\(what) must be true or false, not \(entry.value.kindName)")
        return false
    }

    /// A setting's value of the kind that the setting wants; nil is a fault.
    mutating func value(_ entry: DocumentNode.Entry, for setting: Setting) -> SettingValue? {
        let value: SettingValue?
        switch (setting.form, entry.value.content) {
        case (.text, .scalar(let text, _)):
            value = .text(text)
        case (.truth, .truth(let truth)):
            value = .truth(truth)
        case (.whole, .scalar(let text, isQuoted: false)):
            value = Int(text).map { .whole($0) }
        case (.number, .scalar(let text, isQuoted: false)):
            value = Double(text).flatMap { $0.isFinite ? .number($0) : nil }
        default:
            value = nil
        }
        // What the setting makes of it is tried here, where the line is known.
        var trial = ServerConfiguration()
        guard let value, setting.apply(value, to: &trial) else {
            fault(
                entry.value.location,
                "`\(setting.name)` (\(setting.meaning)) must be \(setting.expectation), not \(entry.value.kindName)")
            return nil
        }
        return value
    }
}
