// Two looks at the counters and what lies between them.

/// The counters at one moment.
package struct Snapshot: Sendable, Equatable {
    package var nanoseconds: UInt64
    /// Messages delivered, or handshakes done.
    package var units: UInt64
    package var resumed: UInt64
    /// nil without `--pid`.
    package var serverNanoseconds: UInt64?
    package var ownNanoseconds: UInt64

    package init(
        nanoseconds: UInt64, units: UInt64, resumed: UInt64 = 0, serverNanoseconds: UInt64?, ownNanoseconds: UInt64
    ) {
        self.nanoseconds = nanoseconds
        self.units = units
        self.resumed = resumed
        self.serverNanoseconds = serverNanoseconds
        self.ownNanoseconds = ownNanoseconds
    }
}

/// What happened between two snapshots.
package struct MeasuredInterval: Sendable, Equatable {
    package let seconds: Double
    package let units: UInt64
    package let unitsPerSecond: Double
    /// 0 to 1.
    package let resumedShare: Double
    /// Processor time of the server, user and system; nil without `--pid`.
    package let serverMicrosecondsPerUnit: Double?
    package let serverCores: Double?
    package let ownCores: Double

    package init(from first: Snapshot, to last: Snapshot) {
        let nanoseconds = Double(Self.difference(first.nanoseconds, last.nanoseconds))
        let units = Self.difference(first.units, last.units)
        let server: Double? =
            if let before = first.serverNanoseconds, let after = last.serverNanoseconds {
                Double(Self.difference(before, after))
            } else {
                nil
            }
        self.units = units
        seconds = nanoseconds / 1e9
        unitsPerSecond = nanoseconds > 0 ? Double(units) / nanoseconds * 1e9 : 0
        resumedShare = units > 0 ? Double(Self.difference(first.resumed, last.resumed)) / Double(units) : 0
        serverMicrosecondsPerUnit = units > 0 ? server.map { $0 / 1e3 / Double(units) } : nil
        serverCores = nanoseconds > 0 ? server.map { $0 / nanoseconds } : nil
        ownCores =
            nanoseconds > 0 ? Double(Self.difference(first.ownNanoseconds, last.ownNanoseconds)) / nanoseconds : 0
    }

    private static func difference(_ first: UInt64, _ last: UInt64) -> UInt64 {
        last > first ? last - first : 0
    }
}
