// Totals in a segment's head, out and in: `"totals":[["chats_offered","payment",12],["ratings","payment","5",3]]`, the
// family, its labels, and the count.

internal import SangdamCore
internal import SangdamJSON

extension JSONWriter {
    mutating func field(_ key: StaticString, _ totals: Totals?) {
        guard let totals else { return }
        self.key(key)
        beginArray()
        for (counter, count) in totals.counters {
            beginArray()
            string(counter.family.rawValue)
            for label in counter.labels { string(label) }
            number(count)
            endArray()
        }
        endArray()
    }
}

extension JSONReader {
    /// A family that this version does not know is left out: a newer one counts it.
    mutating func totals() throws -> Totals {
        var totals = Totals()
        try beginArray()
        while try nextElement() {
            try beginArray()
            guard try nextElement() else { throw LineFault.badValue("totals") }
            let name = try withString { String(decoding: $0, as: UTF8.self) }
            guard let family = CountedFamily(rawValue: name), family.row.kind == .lasting else {
                while try nextElement() { try skipValue() }
                continue
            }
            var labels: [String] = []
            for _ in 0..<family.row.labels.count {
                guard try nextElement() else { throw LineFault.badValue("totals") }
                labels.append(try withString { String(decoding: $0, as: UTF8.self) })
            }
            guard try nextElement() else { throw LineFault.badValue("totals") }
            totals.add(try unsigned(), to: CountedSeries(family, labels))
            guard try !nextElement() else { throw LineFault.badValue("totals") }
        }
        return totals
    }
}
