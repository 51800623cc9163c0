// Numbers with a fixed number of decimals, for people and for JSON, without Foundation's formatter.

internal import SangdamJSON

/// The value rounded to so many decimals, such as "12.3"; "0.0" for what is no finite number from 0 to a million
/// billions.
func fixed(_ value: Double, decimals: Int) -> String {
    var scale: UInt64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let isShown = value.isFinite && abs(value) < 1e15
    let scaled = isShown ? UInt64((abs(value) * Double(scale)).rounded()) : 0
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % scale)
    return "\(sign)\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
}

extension JSONWriter {
    mutating func decimal(_ key: StaticString, _ value: Double, decimals: Int) {
        self.key(key)
        let text = fixed(value, decimals: decimals)
        // The writer's own numbers are integers: the whole part brings the comma with it, the rest follows as it is.
        let parts = text.split(separator: ".")
        let isNegativeFraction = text.hasPrefix("-0")
        if isNegativeFraction { raw(UInt8(ascii: "-")) }
        number(parts.first.flatMap { Int($0) } ?? 0)
        guard parts.count == 2 else { return }
        raw(UInt8(ascii: "."))
        for byte in parts[1].utf8 { raw(byte) }
    }

    mutating func decimal(_ key: StaticString, _ value: Double?, decimals: Int) {
        guard let value else { return }
        decimal(key, value, decimals: decimals)
    }

    mutating func whole(_ key: StaticString, _ value: UInt64) {
        self.key(key)
        number(value)
    }

    mutating func whole(_ key: StaticString, _ value: Int) {
        self.key(key)
        number(value)
    }

    /// Microseconds with one decimal.
    mutating func latencies(_ key: StaticString, _ summary: LatencySummary) {
        self.key(key)
        beginObject()
        whole("count", summary.count)
        decimal("p50", Double(summary.p50) / 1e3, decimals: 1)
        decimal("p99", Double(summary.p99) / 1e3, decimals: 1)
        decimal("p99_9", Double(summary.p999) / 1e3, decimals: 1)
        decimal("max", Double(summary.max) / 1e3, decimals: 1)
        endObject()
    }
}
