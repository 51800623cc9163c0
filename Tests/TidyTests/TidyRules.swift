// The rules, each a pure function from a file to its findings, so that every one of them can be shown to find
// something.

/// One rule over the sources.
struct TidyRule: Sendable, CustomStringConvertible {
    let name: String
    let check: @Sendable (SourceFile) -> [Finding]
    /// A path and a text in which the rule must find something, and one in which it must not.
    let caught: (path: String, text: String)
    let passed: (path: String, text: String)

    var description: String { name }
}

/// What a target must not import.
struct ImportRule: Sendable {
    let target: String
    let forbidden: Set<String>
    let why: String
}

private let foundation: Set = ["Foundation", "FoundationEssentials"]
private let system: Set = ["Dispatch", "Glibc", "Musl", "Synchronization", "Logging", "COpenSSL"]

/// What the targets keep away from; which of ours each may import is the affair of `ArrowTests`.
let importRules: [ImportRule] = [
    ImportRule(
        target: "SangdamCore", forbidden: foundation.union(system), why: "the core decides and touches nothing"),
    ImportRule(
        target: "SangdamJSON", forbidden: foundation.union(system), why: "JSON is bytes and values"),
    ImportRule(
        target: "SangdamProtocol", forbidden: foundation.union(system), why: "the protocol is bytes and values"),
    ImportRule(
        target: "SangdamWire", forbidden: foundation.union(system), why: "the wire translates and does no I/O"),
    ImportRule(
        target: "SangdamHours", forbidden: foundation.union(["Dispatch", "Glibc", "Synchronization", "Logging"]),
        why: "hours are bytes and values; Foundation's zones are not the machine's"),
    ImportRule(target: "SangdamNet", forbidden: foundation, why: "the net moves bytes and knows no chat"),
    ImportRule(target: "SangdamJournal", forbidden: foundation, why: "the journal remembers the core's records"),
    ImportRule(
        target: "SangdamFAQ", forbidden: system, why: "whoever searches chooses the thread"),
    ImportRule(
        target: "SangdamMetrics", forbidden: foundation.union(["Dispatch"]), why: "metrics count and know no chat"),
    ImportRule(
        target: "SangdamLoad", forbidden: foundation.union(["ArgumentParser"]), why: "the load generator is a client"),
    ImportRule(target: "SangdamServer", forbidden: ["ArgumentParser"], why: "commands are above it"),
]

/// The module that a line imports.
func importedModule(_ line: String) -> String? {
    var words = line.split(separator: " ").map(String.init)[...]
    while let first = words.first, first.hasPrefix("@") || accessWords.contains(first) { words = words.dropFirst() }
    guard words.first == "import" else { return nil }
    words = words.dropFirst()
    if let kind = words.first, ["struct", "class", "enum", "func", "protocol", "typealias", "var"].contains(kind) {
        words = words.dropFirst()
    }
    return words.first.map { String($0.prefix { $0 != "." }) }
}

private let accessWords: Set = ["public", "package", "internal", "fileprivate", "private"]

/// Words of code: runs of letters, digits and underscores, all of ASCII.
func words(_ line: String) -> [Substring] {
    line.utf8.split { byte in !isLetter(byte) && !isDigit(byte) && byte != UInt8(ascii: "_") }.map(Substring.init)
}

/// The parts of a name: `isChatOpen` has `is`, `chat`, `open`.
func nameParts(_ word: Substring) -> [String] {
    var parts: [[UInt8]] = [[]]
    for byte in word.utf8 {
        if byte == UInt8(ascii: "_") {
            parts.append([])
        } else if isUppercase(byte) {
            parts.append([byte | 0x20])
        } else {
            parts[parts.count - 1].append(byte)
        }
    }
    return parts.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
}

private func isUppercase(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool {
    isUppercase(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}
private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// Findings in code (without comments and strings), line by line.
private func perLine(
    _ file: SourceFile, _ message: (_ line: String, _ number: Int) -> String?
) -> [Finding] {
    file.code.enumerated().compactMap { number, line in
        message(line, number).map { Finding(path: file.path, line: number + 1, message: $0) }
    }
}

private func isUnder(_ file: SourceFile, _ folders: String...) -> Bool {
    folders.contains { file.path.hasPrefix($0 + "/") }
}

let tidyRules: [TidyRule] = [
    TidyRule(
        name: "imports follow the architecture",
        check: { file in
            guard let rule = importRules.first(where: { isUnder(file, "Sources/" + $0.target) }) else { return [] }
            return perLine(file) { line, _ in
                guard let module = importedModule(line), rule.forbidden.contains(module) else { return nil }
                return "\(rule.target) must not import \(module): \(rule.why)"
            }
        },
        caught: ("Sources/SangdamCore/A.swift", "// A.\ninternal import struct Foundation.Date\n"),
        passed: ("Sources/SangdamCore/A.swift", "// A.\ninternal import HeapModule\n// import Foundation\n")),
    TidyRule(
        name: "the core reads no clock and rolls no dice",
        check: { file in
            guard isUnder(file, "Sources/SangdamCore") else { return [] }
            let banned: Set<Substring> = [
                "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "Date", "clock_gettime",
                "gettimeofday", "arc4random", "getrandom", "DispatchTime", "random_device", "UUID",
            ]
            return perLine(file) { line, _ in
                if let word = words(line).first(where: { banned.contains($0) }) { return "\(word) in the core" }
                for call in [".random(", ".randomElement(", ".shuffled(", ".shuffle("] {
                    var rest = line[...]
                    while let place = rest.range(of: call) {
                        rest = rest[place.upperBound...]
                        let argument = rest.prefix { $0 != ")" }
                        if !argument.contains("using:") { return "\(call)) without `using:` in the core" }
                    }
                }
                return nil
            }
        },
        caught: ("Sources/SangdamCore/A.swift", "// A.\nlet x = Int.random(in: 0..<5)\n"),
        passed: ("Sources/SangdamCore/A.swift", "// A Date.\nlet x = Int.random(in: 0..<5, using: &random)\n")),
    TidyRule(
        name: "the net knows no chat",
        check: { file in
            guard isUnder(file, "Sources/SangdamNet") else { return [] }
            let banned: Set = [
                "chat", "chats", "customer", "customers", "agent", "agents", "topic", "topics", "offer", "offers",
                "transcript", "transcripts", "intake", "wrapup",
            ]
            // Comments count too: a word there is a thought in the wrong place.
            return file.lines.enumerated().compactMap { number, line in
                let found = words(line).flatMap(nameParts).first { banned.contains($0) }
                return found.map {
                    Finding(path: file.path, line: number + 1, message: "the chat's word `\($0)` in SangdamNet")
                }
            }
        },
        caught: ("Sources/SangdamNet/A.swift", "// A.\nvar openChats = 0\n"),
        passed: ("Sources/SangdamNet/A.swift", "// A.\nvar openConnections = 0\n")),
    TidyRule(
        name: "unchecked promises give their reason",
        check: { file in
            guard isUnder(file, "Sources") else { return [] }
            let promises = ["@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency", "unsafeBitCast"]
            return perLine(file) { line, number in
                guard let promise = promises.first(where: { line.contains($0) }) else { return nil }
                let above = number > 0 ? file.lines[number - 1].drop { $0 == " " } : ""
                let isReasoned = above.hasPrefix("//") || file.lines[number].contains(" // ")
                return isReasoned ? nil : "\(promise) without its reason beside it"
            }
        },
        caught: ("Sources/A/A.swift", "// A.\n\nfinal class A: @unchecked Sendable {}\n"),
        passed: ("Sources/A/A.swift", "// A.\n\n/// Its queue owns it.\nfinal class A: @unchecked Sendable {}\n")),
    TidyRule(
        name: "the desk's switches are exhaustive",
        check: { file in
            guard isUnder(file, "Sources/SangdamCore/Desk", "Sources/SangdamCore/State") else { return [] }
            return perLine(file) { line, _ in
                let line = line.drop { $0 == " " }
                return line.hasPrefix("default:") || line.hasPrefix("@unknown default")
                    ? "`default:` hides what a new case needs" : nil
            }
        },
        caught: ("Sources/SangdamCore/Desk/A.swift", "// A.\nswitch a {\n    default: break\n}\n"),
        passed: ("Sources/SangdamCore/JSON/A.swift", "// A.\nswitch a {\n    default: break\n}\n")),
    TidyRule(
        name: "no traps but preconditions",
        check: { file in
            guard isUnder(file, "Sources") else { return [] }
            return perLine(file) { line, _ in
                if line.contains("fatalError(") { return "fatalError: say which precondition it is" }
                if line.contains("try!") { return "try!" }
                if line.contains(" as! ") { return "as!" }
                return nil
            }
        },
        caught: ("Sources/A/A.swift", "// A.\nlet a = try! b()\n"),
        passed: ("Sources/A/A.swift", "// A: try! is banned.\nlet a = \"try!\"\n")),
    TidyRule(
        name: "nothing is left for later",
        check: { file in
            file.lines.enumerated().compactMap { number, line in
                let isTidyItself = file.path.hasPrefix("Tests/TidyTests/")
                let word = words(line).first { ["TODO", "FIXME", "XXX", "HACK"].contains($0) }
                guard !isTidyItself, let word else { return nil }
                return Finding(path: file.path, line: number + 1, message: "\(word): do it, or make it an issue")
            }
        },
        caught: ("Sources/A/A.swift", "// A.\n// TODO: later\n"),
        passed: ("Sources/A/A.swift", "// A.\n// Done.\n")),
    TidyRule(
        name: "files stay short",
        check: { file in
            let limit = 500
            return file.lines.count <= limit + 1
                ? []
                : [
                    Finding(
                        path: file.path, line: limit + 1, message: "\(file.lines.count) lines: split it along a name")
                ]
        },
        caught: ("Sources/A/A.swift", "// A.\n" + String(repeating: "\n", count: 501)),
        passed: ("Sources/A/A.swift", "// A.\n" + String(repeating: "\n", count: 499))),
    TidyRule(
        name: "files open with their contract",
        check: { file in
            let first = file.lines.first ?? ""
            return first.hasPrefix("// ") || first.hasPrefix("/// ")
                ? [] : [Finding(path: file.path, line: 1, message: "the first line is no comment")]
        },
        caught: ("Sources/A/A.swift", "import B\n// A.\n"),
        passed: ("Sources/A/A.swift", "// A.\nimport B\n")),
    TidyRule(
        name: "what other targets see is documented",
        check: { file in
            guard isUnder(file, "Sources") else { return [] }
            return perLine(file) { line, number in
                let parts = line.split(separator: " ").map(String.init)
                guard let kind = declaredKind(parts), line.prefix(while: { $0 == " " }).isEmpty else { return nil }
                var above = number - 1
                while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
                let isDocumented = above >= 0 && file.lines[above].drop { $0 == " " }.hasPrefix("///")
                return isDocumented || isOnlyOfItsFile(file) ? nil : "a \(kind) that other targets see has no `///`"
            }
        },
        caught: ("Sources/A/A.swift", "// A.\n\npackage struct B {}\n\npackage struct C {}\n"),
        passed: ("Sources/A/A.swift", "// A.\n\n/// B.\n@frozen\npackage struct B {}\nstruct C {}\n")),
    goneWordsRule,
]

private func declaredKind(_ parts: [String]) -> String? {
    guard let access = parts.first, ["package", "public"].contains(access) else { return nil }
    return parts.dropFirst().first { ["struct", "class", "enum", "protocol", "actor"].contains($0) }
}

/// The one type of a file is documented by the file's opening comment.
private func isOnlyOfItsFile(_ file: SourceFile) -> Bool {
    file.code.filter { $0.first != " " && declaredKind($0.split(separator: " ").map(String.init)) != nil }.count == 1
}

extension StringProtocol {
    /// Where `text` first stands.
    fileprivate func range(of text: String) -> Range<Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
            place = index(after: place)
        }
        return nil
    }
}
