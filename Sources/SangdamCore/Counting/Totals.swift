// How often each thing has happened since the journal was begun: what the counters of chats in `/metrics` show. A
// running desk counts what it observes; a start counts the records, and comes to the same numbers. The head of a
// journal segment keeps what was counted before it, so that a start reads the last segment only.

/// One series of a family: the values of its labels, in the family's order.
package struct CountedSeries: Sendable, Hashable, Comparable {
    package let family: CountedFamily
    package let labels: [String]

    package init(_ family: CountedFamily, _ labels: [String]) {
        self.family = family
        self.labels = labels
    }

    package static func < (left: CountedSeries, right: CountedSeries) -> Bool {
        if left.family != right.family { return left.family.rawValue < right.family.rawValue }
        return left.labels.lexicographicallyPrecedes(right.labels)
    }
}

/// What an observation adds to one series: 1, or a length of time.
package struct Counted: Sendable, Equatable {
    package let series: CountedSeries
    /// Nil for counters.
    package let lasted: Interval?

    init(_ family: CountedFamily, _ labels: String..., lasted: Interval? = nil) {
        series = CountedSeries(family, labels)
        self.lasted = lasted
    }
}

/// Counts by family and labels, of the families that last.
package struct Totals: Sendable, Equatable {
    /// Counters that are kept; one more is not counted. Far above what queues, reasons and scores can make.
    package static let limit = 10_000

    /// Apart from the others, because each message passes here.
    private var fromCustomers: UInt64 = 0
    private var fromAgents: UInt64 = 0
    private var others: [CountedSeries: UInt64] = [:]

    package init() {}

    /// All counters that are not 0, in a fixed order.
    package var counters: [(counter: CountedSeries, count: UInt64)] {
        var all = others.map { ($0.key, $0.value) }
        if fromCustomers > 0 { all.append((Self.messages(.customer), fromCustomers)) }
        if fromAgents > 0 { all.append((Self.messages(.agent), fromAgents)) }
        return all.sorted { $0.0 < $1.0 }
    }

    private static func messages(_ party: Party) -> CountedSeries { CountedSeries(.messages, [party.rawValue]) }

    package mutating func add(_ count: UInt64, to counter: CountedSeries) {
        if counter == Self.messages(.customer) {
            fromCustomers &+= count
        } else if counter == Self.messages(.agent) {
            fromAgents &+= count
        } else if others[counter] != nil || others.count < Self.limit {
            others[counter, default: 0] &+= count
        }
    }

    /// Counts what lasts of what was observed, and passes on what begins anew.
    package mutating func count(_ observation: Observation, rest: (Counted) -> Void = { _ in }) {
        if case .message(let party) = observation {
            if party == .customer { fromCustomers &+= 1 } else { fromAgents &+= 1 }
            return
        }
        for counted in observation.counted {
            if counted.series.family.row.kind == .lasting { add(1, to: counted.series) } else { rest(counted) }
        }
    }
}
