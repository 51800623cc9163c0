// YAML with its locations: what Yams composes, as a tree in which every key and value still knows its line. Duplicate
// keys are faults of their own and do not hide the others.

internal import Yams

/// A location in the file, counted from 1.
struct Location: Sendable, Equatable {
    var line: Int
    var column: Int
}

/// A node of the tree.
struct DocumentNode: Sendable {
    /// A plain scalar is what YAML makes of it; a quoted one is text.
    enum Content: Sendable {
        case nothing
        case truth(Bool)
        case scalar(String, isQuoted: Bool)
        case list([DocumentNode])
        case mapping([Entry])
    }

    struct Entry: Sendable {
        let key: String
        let location: Location
        let value: DocumentNode
    }

    let location: Location
    let content: Content

    /// For messages: `a list`.
    var kindName: String {
        switch content {
        case .nothing: "nothing"
        case .truth: "true or false"
        case .scalar(let text, let isQuoted): isQuoted ? "the text \"\(printable(text))\"" : "`\(printable(text))`"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// Text from a file as it may stand in a message: no control characters, and not too long.
func printable(_ text: String) -> String {
    let shown = String(
        String.UnicodeScalarView(text.unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    return text.unicodeScalars.count > 60 ? shown + "…" : shown
}

enum ConfigurationDocument {
    /// Values of one file. What an alias stands for counts each time: ten lines of aliases of aliases are billions.
    private static let valueLimit = 1_000_000

    /// Reads and composes a file; nil when it is empty or broken, which is then among the faults. Its bytes are taken off
    /// `roomBytes`.
    static func read(_ path: String, roomBytes: inout Int, faults: inout [ConfigurationFault]) -> DocumentNode? {
        let bytes: [UInt8]
        do {
            bytes = try readFile(path, limitBytes: roomBytes).bytes
            roomBytes -= bytes.count
        } catch {
            faults.append(ConfigurationFault(.file(path, line: nil, column: nil), "cannot be read: \(error)"))
            return nil
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            let line = 1 + firstInvalidLine(bytes)
            faults.append(ConfigurationFault(.file(path, line: line, column: nil), "not UTF-8"))
            return nil
        }
        // A byte order mark, as some editors leave it (YAML 1.2 §5.2), is a scalar that the parser stumbles over.
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        return compose(text, file: path, faults: &faults)
    }

    /// The number of line ends before the first byte that is not UTF-8.
    private static func firstInvalidLine(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    }

    /// Composes the document; nil when it is empty or broken, which is then among the faults.
    static func compose(_ text: String, file: String, faults: inout [ConfigurationFault]) -> DocumentNode? {
        var text = text
        // Each attempt makes one duplicate key unique, so that composing can go on behind it.
        for attempt in 0..<100 {
            do {
                guard let node = try Yams.compose(yaml: text) else { return nil }
                var room = valueLimit
                let document = convert(node, file: file, room: &room, faults: &faults)
                return room < 0 ? nil : document
            } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
                let first = Location(line: context.mark.line, column: context.mark.column)
                let key = duplicates.first ?? ""
                guard let second = renameSecond(key, after: first, in: &text, attempt: attempt) else {
                    faults.append(fault(file, first, "the key `\(printable(key))` stands more than once"))
                    return nil
                }
                faults.append(
                    fault(
                        file, second,
                        "the key `\(printable(key))` stands twice; the first is in line \(first.line)"))
            } catch let error as YamlError {
                let (location, problem) = describe(error, in: text)
                faults.append(ConfigurationFault(.file(file, line: location?.line, column: location?.column), problem))
                return nil
            } catch {
                faults.append(ConfigurationFault(.file(file, line: nil, column: nil), "not readable as YAML: \(error)"))
                return nil
            }
        }
        return nil
    }

    /// Marks keys that `renameSecond` made unique. No key that anybody types holds it.
    static let duplicateMark: Character = "\u{E000}"

    /// The first key of this name behind `first` and at the same depth gets a name of its own.
    private static func renameSecond(
        _ key: String, after first: Location, in text: inout String, attempt: Int
    ) -> Location? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        let name = Array(key.unicodeScalars)
        for line in max(0, first.line - 1)..<lines.count {
            let isFirstLine = line == first.line - 1
            // In block style a sibling begins in the same column; in flow style it may stand in the same line.
            let columns = isFirstLine ? Array(first.column..<max(first.column, lines[line].count)) : [first.column - 1]
            for column in columns where column + name.count <= lines[line].count {
                guard lines[line][column..<(column + name.count)].elementsEqual(name) else { continue }
                let rest = lines[line][(column + name.count)...].drop { $0 == " " }
                guard rest.first == ":" else { continue }
                let mark = "\(duplicateMark)\(attempt)".unicodeScalars
                lines[line].insert(contentsOf: mark, at: column + name.count)
                text = lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
                return Location(line: line + 1, column: column + 1)
            }
        }
        return nil
    }

    private static func fault(_ file: String, _ location: Location, _ message: String) -> ConfigurationFault {
        ConfigurationFault(.file(file, line: location.line, column: location.column), message)
    }

    private static func describe(_ error: YamlError, in text: String) -> (Location?, String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let while_ = context.map { " (\($0.text) in line \($0.mark.line))" } ?? ""
            let advice = adviceOnQuotes(line: mark.line, of: text).map { ": \($0)" } ?? ""
            return (Location(line: mark.line, column: mark.column), "not YAML: \(problem)\(while_)\(advice)")
        case .reader(let problem, _, _, _):
            return (nil, "not YAML: \(problem)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded, .duplicatedKeysInMapping:
            return (nil, "not readable as YAML: \(error)")
        }
    }

    /// For a line such as `listen: [::]:8443`, whose value begins with a sign that means something to YAML.
    private static func adviceOnQuotes(line: Int, of text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1), let colon = lines[line - 1].firstRange(of: ": ") else { return nil }
        guard let sign = lines[line - 1][colon.upperBound...].first(where: { $0 != " " }), "[*&@%`".contains(sign)
        else { return nil }
        return "put a value that begins with \(sign) into quotes"
    }

    /// - Parameter room: for how many values there is; negative once there were more, which is then among the faults.
    private static func convert(
        _ node: Node, file: String, room: inout Int, faults: inout [ConfigurationFault]
    ) -> DocumentNode {
        let location = Location(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        if room == 0 { faults.append(fault(file, location, "more than \(valueLimit) values, with those of aliases")) }
        room -= 1
        guard room >= 0 else { return DocumentNode(location: location, content: .nothing) }
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style != .plain && scalar.style != .any
            if !isQuoted, node.null != nil { return DocumentNode(location: location, content: .nothing) }
            if !isQuoted, scalar.string == "true" || scalar.string == "false" {
                return DocumentNode(location: location, content: .truth(scalar.string == "true"))
            }
            return DocumentNode(location: location, content: .scalar(scalar.string, isQuoted: isQuoted))
        case .sequence(let sequence):
            var list: [DocumentNode] = []
            for value in sequence where room >= 0 {
                list.append(convert(value, file: file, room: &room, faults: &faults))
            }
            return DocumentNode(location: location, content: .list(list))
        case .mapping(let mapping):
            var entries: [DocumentNode.Entry] = []
            for (key, value) in mapping where room >= 0 {
                let keyLocation = Location(
                    line: key.mark?.line ?? location.line, column: key.mark?.column ?? location.column)
                guard let name = key.scalar?.string else {
                    faults.append(fault(file, keyLocation, "a key must be a word"))
                    continue
                }
                // A duplicate was reported when it was renamed.
                guard !name.contains(duplicateMark) else { continue }
                entries.append(
                    DocumentNode.Entry(
                        key: name, location: keyLocation,
                        value: convert(value, file: file, room: &room, faults: &faults)))
            }
            return DocumentNode(location: location, content: .mapping(entries))
        case .alias:
            faults.append(fault(file, location, "aliases are not supported here"))
            return DocumentNode(location: location, content: .nothing)
        }
    }
}
