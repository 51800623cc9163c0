// The report for people: lines of a name and what is to be said, and a small table of latencies. Plain text.

/// Gathers the lines of a report.
struct ReportTable {
    private(set) var text: String
    private static let nameWidth = 16

    init(title: String) {
        text = title + "\n\n"
    }

    mutating func line(_ name: String, _ words: String) {
        text += Self.padded(name) + words + "\n"
    }

    /// `rows` in milliseconds under their heading.
    mutating func latencies(_ rows: [(name: String, summary: LatencySummary)]) {
        text += "\n" + Self.padded("milliseconds") + ["p50", "p99", "p99.9", "max"].map(Self.column).joined() + "\n"
        for row in rows {
            let values = [row.summary.p50, row.summary.p99, row.summary.p999, row.summary.max]
            text += Self.padded(row.name)
            text += values.map { Self.column(fixed(Double($0) / 1e6, decimals: 3)) }.joined() + "\n"
        }
        text += "\n"
    }

    /// A sentence that is no figure.
    mutating func note(_ sentence: String) {
        text += "note: \(sentence)\n"
    }

    private static func padded(_ name: String) -> String {
        name + String(repeating: " ", count: max(1, nameWidth - name.count))
    }

    private static func column(_ value: String) -> String {
        String(repeating: " ", count: max(1, 12 - value.count)) + value
    }
}
