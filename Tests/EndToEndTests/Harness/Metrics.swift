// Prometheus text, read by the simplest means: a series and its value.

struct Metrics: Sendable {
    let text: String
    /// `sangdam_chats_offered_total{queue="payment"}` and its value.
    let series: [String: Double]

    init(_ text: String) {
        self.text = text
        var series: [String: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            series[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        self.series = series
    }

    /// The sum over the series of a family whose labels contain all of these, as `name="value"`.
    func sum(_ family: String, _ labels: String...) -> Double {
        series.reduce(0) { sum, entry in
            let name = entry.key.prefix { $0 != "{" }
            guard name == family, labels.allSatisfy({ entry.key.contains($0) }) else { return sum }
            return sum + entry.value
        }
    }
}
