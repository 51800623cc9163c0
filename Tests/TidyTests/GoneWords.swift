// The words that are gone: each once meant several things here, and the glossary has a better one for each of them.

/// Parts of names that no name in the sources has any more: `queuePlace` has `place`.
private let goneParts: [String: String] = [
    "place": "index, rank, position, location or destination", "places": "indices, ranks, positions or locations",
    "seat": "presence", "seats": "customers, or presence", "inbound": "client message, or accepted",
    "outbound": "server message, or dialled", "handoff": "group commit",
]

/// Whole names that have another one now.
private let goneNames: [String: String] = [
    "DeskRunner": "DeskMailbox", "DeskWork": "DeskDriver", "ReactorDesk": "ReactorSessions",
    "HistoryDesk": "HistoryFetcher", "DeskSession": "AttachedSession", "ReactorTurn": "ReactorPass",
    "ConnectionEnding": "ConnectionClosing",
]

/// In comments: what a thread, a lock or a buffer does is said with the field's word for it.
private let gonePhrases: [String: String] = [
    "nobody is at the desk": "nobody drains the mailbox", "works off": "drains", "worked off": "drained",
    "hands over": "passes, gives", "handed over": "passed, given", "stands up": "detaches", "sits down": "attaches",
]

/// What the desk says to people is theirs to be named.
private let sentences = ["Sources/SangdamWire/Phrases/", "Sources/SangdamConsole/Words/"]

let goneWordsRule = TidyRule(
    name: "words that meant several things are gone",
    check: { file in
        guard file.path.hasPrefix("Sources/"), !sentences.contains(where: { file.path.hasPrefix($0) }) else {
            return []
        }
        return file.lines.indices.compactMap { index in
            goneName(in: file.code[index]).map { Finding(path: file.path, line: index + 1, message: $0) }
                ?? gonePhrase(in: file.lines[index]).map { Finding(path: file.path, line: index + 1, message: $0) }
        }
    },
    caught: ("Sources/A/A.swift", "// A.\nlet queuePlace = 1\n"),
    passed: ("Sources/A/A.swift", "// A, changed in place.\nlet inPlace = replace(placeholder)\n"))

private func goneName(in code: String) -> String? {
    for word in words(code) {
        if let instead = goneNames[String(word)] { return "\(word) is \(instead) now" }
        let parts = nameParts(word)
        for (index, part) in parts.enumerated() where goneParts[part] != nil {
            // The idiom: what is changed in place is not copied.
            if part == "place", index > 0, parts[index - 1] == "in" { continue }
            return "\(part) in \(word): \(goneParts[part] ?? "")"
        }
    }
    return nil
}

private func gonePhrase(in line: String) -> String? {
    guard line.drop(while: { $0 == " " }).hasPrefix("//") else { return nil }
    return gonePhrases.first { line.contains($0.key) }.map { "“\($0.key)”: \($0.value)" }
}
