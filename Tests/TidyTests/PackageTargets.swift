// Targets and their arrows, read out of Package.swift's text: evaluating a manifest needs a toolchain and seconds.

/// A target as the manifest writes it.
struct PackageTarget: Equatable {
    let name: String
    /// Targets of this package; products of others are left out.
    let dependencies: Set<String>
    /// Also for what only tests are built with: its folder is among theirs.
    let isTest: Bool
}

func packageTargets(_ manifest: String) -> [PackageTarget] {
    let kinds: [(opening: String, isTest: Bool)] = [
        (".systemLibrary(", false), (".target(", false), (".executableTarget(", false), (".testTarget(", true),
    ]
    let text = manifest.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
    var targets: [PackageTarget] = []
    var rest = text[...]
    while let (opening, isTest, place) = firstOpening(of: kinds, in: rest) {
        rest = rest[place...].dropFirst(opening.count)
        let call = argumentList(rest)
        guard let name = literals(call).first else { continue }
        var dependencies: Set<String> = []
        if let list = firstOpening(of: [("dependencies: [", false)], in: call) {
            let items = argumentList(call[list.place...].dropFirst(list.opening.count))
            dependencies = Set(literals(withoutCalls(items)))
        }
        let isInTests = literals(call).contains { $0.hasPrefix("Tests/") }
        targets.append(PackageTarget(name: name, dependencies: dependencies, isTest: isTest || isInTests))
    }
    return targets
}

private func firstOpening(
    of kinds: [(opening: String, isTest: Bool)], in text: Substring
) -> (opening: String, isTest: Bool, place: Substring.Index)? {
    var place = text.startIndex
    while place < text.endIndex {
        if let kind = kinds.first(where: { text[place...].hasPrefix($0.opening) }) {
            return (kind.opening, kind.isTest, place)
        }
        place = text.index(after: place)
    }
    return nil
}

/// Up to the bracket that closes what was opened just before.
private func argumentList(_ text: Substring) -> Substring {
    var depth = 1
    for place in text.indices {
        switch text[place] {
        case "(", "[": depth += 1
        case ")", "]":
            depth -= 1
            if depth == 0 { return text[..<place] }
        default: break
        }
    }
    return text
}

/// The text without what stands in round brackets.
private func withoutCalls(_ text: Substring) -> Substring {
    var depth = 0
    return Substring(
        text.filter { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return depth == 0
        })
}

private func literals(_ text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element) }
}
