// What is wrong with a configuration, in words that lead to where it is. Loading reports all faults at once: nobody
// likes to mend a file one restart at a time.

/// One fault and where it is.
package struct ConfigurationFault: Sendable, Equatable {
    /// Where a setting came from.
    package enum Origin: Sendable, Equatable {
        case flag(String)
        case environment(String)
        case file(String, line: Int?, column: Int?)
    }

    package let origin: Origin
    package let message: String

    package init(_ origin: Origin, _ message: String) {
        self.origin = origin
        self.message = message
    }

    package var file: String? {
        if case .file(let path, _, _) = origin { path } else { nil }
    }

    package var line: Int? {
        if case .file(_, let line, _) = origin { line } else { nil }
    }

    package var column: Int? {
        if case .file(_, _, let column) = origin { column } else { nil }
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `deploy/sangdam.yaml:41: unknown key …`
    package var description: String {
        switch origin {
        case .flag(let name): "\(name): \(message)"
        case .environment(let name): "environment \(name): \(message)"
        case .file(let path, let line?, _): "\(path):\(line): \(message)"
        case .file(let path, nil, _): "\(path): \(message)"
        }
    }
}

/// All faults of a configuration, in the order of their lines.
package struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
    package let faults: [ConfigurationFault]

    package init(_ faults: [ConfigurationFault]) {
        self.faults = faults
    }

    /// 64 when only flags are at fault, else 78 (sysexits: EX_USAGE, EX_CONFIG).
    package var exitCode: Int32 {
        let allAreFlags = faults.allSatisfy { if case .flag = $0.origin { true } else { false } }
        return allAreFlags && !faults.isEmpty ? 64 : 78
    }

    package var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}
