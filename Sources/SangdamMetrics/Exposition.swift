// The Prometheus text format, version 0.0.4, straight into bytes.
// Source: https://prometheus.io/docs/instrumenting/exposition_formats/

/// What `Content-Type` says of the exposition.
package let expositionContentType = "text/plain; version=0.0.4; charset=utf-8"

struct Exposition {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ series: FamilySeries, sampled: [[String]: Double]) {
        let family = series.family
        if !family.help.isEmpty {
            append("# HELP \(family.name) ")
            appendEscaped(family.help, quotes: false)
            append("\n")
        }
        let type =
            switch family.kind {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        append("# TYPE \(family.name) \(type)\n")
        let labelSets = Set(series.series.keys).union(sampled.keys)
        for values in labelSets.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            precondition(
                values.count == family.labels.count, "\(family.name) has the labels \(family.labels), not \(values)")
            if let value = sampled[values] {
                line(family, "", values, value)
                continue
            }
            switch series.series[values] {
            case .counter(let counter)?: line(family, "", values, counter.value)
            case .gauge(let gauge)?: line(family, "", values, gauge.value)
            case .histogram(let histogram)?: write(family, values, histogram)
            case nil: break
            }
        }
    }

    private mutating func write(_ family: MetricFamily, _ values: [String], _ histogram: HistogramSeries) {
        let counts = histogram.snapshot
        var total: UInt64 = 0
        for (index, count) in counts.buckets.enumerated() {
            total += count
            let bound = index < histogram.bounds.count ? number(histogram.bounds[index]) : "+Inf"
            line(family, "_bucket", values, Double(total), le: bound)
        }
        line(family, "_sum", values, counts.sum)
        line(family, "_count", values, Double(total))
    }

    private mutating func line(
        _ family: MetricFamily, _ suffix: String, _ values: [String], _ value: Double, le bound: String? = nil
    ) {
        append(family.name)
        append(suffix)
        var pairs = Array(zip(family.labels, values))
        if let bound { pairs.append(("le", bound)) }
        for (index, pair) in pairs.enumerated() {
            append(index == 0 ? "{" : ",")
            append(pair.0)
            append("=\"")
            appendEscaped(pair.1, quotes: true)
            append("\"")
        }
        append(pairs.isEmpty ? " " : "} ")
        append(number(value))
        append("\n")
    }

    /// Whole numbers without a point, as Prometheus' own clients write them.
    private func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
        return value.description
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Help escapes `\` and line feed; label values also `"`.
    private mutating func appendEscaped(_ text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\"") where quotes: append("\\\"")
            default: bytes.append(byte)
            }
        }
    }
}
