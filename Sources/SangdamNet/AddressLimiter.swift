// How many connections an address may have. Pure: time is an argument, nothing is read or logged; bounded: at most
// `maximumEntries` addresses are remembered.
//
// The minute is a sliding one, estimated from two fixed windows (this minute's count and the last one's, weighted by
// how much of it still lies within the past 60 s), which needs two counters an address and never lets twice the limit
// through at a boundary as a single fixed window would.

/// What the limiter says of a connection. Who was admitted gives this back with `release`.
enum Admission: Sendable, Equatable {
    /// Counted for its address.
    case counted
    /// Loopback while that is exempt: only the sum counts it.
    case exempt
    case refused(RefusalReason)
}

struct AddressLimiter: Sendable {
    private struct Entry {
        var open = 0
        var windowStart: UInt64
        var countInWindow = 0
        var countInLastWindow = 0
    }

    private static let windowMilliseconds: UInt64 = 60_000

    /// May be replaced: whoever was admitted stays, newcomers are held against the new ones.
    var limits: ConnectionLimits
    private let maximumEntries: Int
    private var entries: [AddressKey: Entry] = [:]
    private(set) var openConnections = 0

    var rememberedAddresses: Int { entries.count }

    init(limits: ConnectionLimits, maximumEntries: Int = 65_536) {
        self.limits = limits
        self.maximumEntries = maximumEntries
    }

    /// Admits a connection and counts it until `release`, or says why not. A refused connection is not counted: an
    /// address that keeps trying gets in again as soon as its minute allows.
    mutating func admit(_ address: SocketAddress, atMilliseconds now: UInt64) -> Admission {
        guard openConnections < limits.maximumConnections else { return .refused(.atCapacity) }
        if limits.exemptLoopback && address.isLoopback {
            openConnections += 1
            return .exempt
        }
        let key = address.addressKey
        guard makeRoom(for: key) else { return .refused(.atCapacity) }
        var entry = entries[key] ?? Entry(windowStart: now)
        Self.advance(&entry, to: now)
        defer { entries[key] = entry }
        if entry.open >= limits.connectionsPerAddress { return .refused(.perAddress) }
        let recent = Self.recentCount(entry, at: now)
        if recent >= Double(limits.connectionsPerAddressMinute) { return .refused(.perMinute) }
        entry.open += 1
        entry.countInWindow += 1
        openConnections += 1
        return .counted
    }

    /// A connection has ended that was admitted as `admission`, whatever the limits are now.
    mutating func release(_ address: SocketAddress, _ admission: Admission) {
        precondition(openConnections > 0, "released more connections than were admitted")
        openConnections -= 1
        guard admission == .counted else { return }
        guard let open = entries[address.addressKey]?.open, open > 0 else {
            preconditionFailure("released a connection of an address that has none")
        }
        entries[address.addressKey]?.open = open - 1
    }

    /// A full table forgets the minutes of all addresses that have nothing open; a newcomer is refused only when
    /// every remembered address has a connection.
    private mutating func makeRoom(for key: AddressKey) -> Bool {
        guard entries.count >= maximumEntries, entries[key] == nil else { return true }
        entries = entries.filter { $0.value.open > 0 }
        return entries.count < maximumEntries
    }

    private static func advance(_ entry: inout Entry, to now: UInt64) {
        let age = now &- entry.windowStart
        guard now >= entry.windowStart, age >= windowMilliseconds else { return }
        entry.countInLastWindow = age < 2 * windowMilliseconds ? entry.countInWindow : 0
        entry.countInWindow = 0
        entry.windowStart += age / windowMilliseconds * windowMilliseconds
    }

    private static func recentCount(_ entry: Entry, at now: UInt64) -> Double {
        let age = now >= entry.windowStart ? now - entry.windowStart : 0
        let weight = 1 - Double(min(age, windowMilliseconds)) / Double(windowMilliseconds)
        return Double(entry.countInWindow) + Double(entry.countInLastWindow) * weight
    }
}
