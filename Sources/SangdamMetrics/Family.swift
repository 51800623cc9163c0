// What a metric is before anything was counted: name, kind, help and label names, as data.

/// All series of one name.
package struct MetricFamily: Sendable, Equatable {
    /// What the exposition's TYPE line says.
    package enum Kind: Sendable, Equatable {
        case counter
        case gauge
        /// Upper bounds in rising order; `+Inf` comes by itself.
        case histogram(buckets: [Double])
    }

    package let name: String
    package let kind: Kind
    package let help: String
    /// Label names in the order in which they are written.
    package let labels: [String]

    /// - Precondition: name and labels are what Prometheus allows, buckets rise. Families are literals of ours, so that
    ///   a wrong one is a bug that shows at the first start.
    package init(_ name: String, _ kind: Kind, help: String, labels: [String] = []) {
        precondition(isMetricName(name), "\(name) is no metric name")
        precondition(labels.allSatisfy(isLabelName), "\(name) has a label that is none: \(labels)")
        precondition(Set(labels).count == labels.count, "\(name) has a label twice")
        if case .histogram(let buckets) = kind {
            precondition(zip(buckets, buckets.dropFirst()).allSatisfy { $0 < $1 }, "\(name): buckets must rise")
        }
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
    }
}

/// Prometheus data model: `[a-zA-Z_:][a-zA-Z0-9_:]*`.
func isMetricName(_ name: String) -> Bool {
    !name.isEmpty
        && name.utf8.enumerated().allSatisfy { index, byte in
            isLetterOrUnderscore(byte) || byte == UInt8(ascii: ":") || index > 0 && isDigit(byte)
        }
}

/// `[a-zA-Z_][a-zA-Z0-9_]*`, but not `le` and nothing that begins with two underscores: those are Prometheus' own.
func isLabelName(_ name: String) -> Bool {
    name != "le" && !name.isEmpty && !name.hasPrefix("__")
        && name.utf8.enumerated().allSatisfy { index, byte in
            isLetterOrUnderscore(byte) || index > 0 && isDigit(byte)
        }
}

/// A name that a library chose for another system, as Prometheus would write it.
func sanitised(_ name: String, allowsColon: Bool) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 {
        let isAllowed = isLetterOrUnderscore(byte) || isDigit(byte) || allowsColon && byte == UInt8(ascii: ":")
        if bytes.isEmpty, isDigit(byte) { bytes.append(UInt8(ascii: "_")) }
        bytes.append(isAllowed ? byte : UInt8(ascii: "_"))
    }
    return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
}

private func isLetterOrUnderscore(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || byte == UInt8(ascii: "_")
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
