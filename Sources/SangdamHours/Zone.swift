// A time zone, read from the machine's own data (TZif, RFC 9636): the data of Debian's package tzdata, which is updated
// with the system. Foundation on Linux carries data of its own, as old as the toolchain.

package import SangdamCore

/// How far a zone's clocks are ahead of UTC, and when.
package struct Zone: Sendable, Equatable {
    /// Its IANA name, such as `Asia/Seoul`.
    package let name: String

    /// Why bytes are no zone.
    package enum Fault: Error, Sendable, Equatable {
        case notTZif
        /// Version 1 ends in 2037 and no longer stands in any package.
        case olderFormat
        /// A zone of the folder `right`, whose clock is not the machine's.
        case countsLeapSeconds
    }

    private struct Change: Sendable, Equatable {
        let at: Int64
        let offset: Int
    }

    /// In their order, in seconds since 1970.
    private let changes: [Change]
    private let first: Int
    private let rule: ZoneRule?

    /// Whether `name` may be looked up below the folder of zone data.
    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                part.first?.isLetter == true
                    && part.utf8.allSatisfy { byte in
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-_".utf8.contains(byte)
                    }
            }
    }

    /// Reads the file's bytes.
    package init(name: String, tzif bytes: [UInt8]) throws(Fault) {
        self.name = name
        var file = TZifReader(bytes)
        guard let old = file.header() else { throw .notTZif }
        guard old.version >= 2 else { throw .olderFormat }
        guard file.skip(old.bytes(timeBytes: 4)), let header = file.header(), header.types > 0 else { throw .notTZif }
        guard header.leaps == 0 else { throw .countsLeapSeconds }
        guard let body = file.take(header.bytes(timeBytes: 8)), let footer = file.footer() else { throw .notTZif }
        let types = 9 * header.changes
        let offsets = (0..<header.types).map { index in
            Int(Int32(truncatingIfNeeded: TZifReader.number(body, at: types + 6 * index, bytes: 4)))
        }
        var changes: [Change] = []
        for index in 0..<header.changes {
            let type = Int(body[body.startIndex + 8 * header.changes + index])
            let at = TZifReader.number(body, at: 8 * index, bytes: 8)
            guard offsets.indices.contains(type), changes.last.map({ $0.at < at }) ?? true else { throw .notTZif }
            changes.append(Change(at: at, offset: offsets[type]))
        }
        // RFC 9636 §3.2: 25 hours and 26 hours are what an offset has at most.
        guard offsets.allSatisfy({ (-89_999...93_599).contains($0) }) else { throw .notTZif }
        self.changes = changes
        first = offsets[0]
        rule = footer.isEmpty ? nil : ZoneRule(footer)
        guard footer.isEmpty || rule != nil else { throw .notTZif }
    }

    /// Seconds by which clocks are ahead of UTC.
    package func offset(at instant: Instant) -> Int {
        offset(atSecond: instant.milliseconds.flooredQuotientAndRemainder(dividingBy: 1000).quotient)
    }

    /// The day that it is there.
    package func day(at instant: Instant) -> Day {
        let second = instant.milliseconds.flooredQuotientAndRemainder(dividingBy: 1000).quotient
        let local = second + Int64(offset(atSecond: second))
        return Day(number: local.flooredQuotientAndRemainder(dividingBy: Day.seconds).quotient)
    }

    /// When clocks show this minute of `day`, which may lie behind its 24:00. Where they show it twice, the first time;
    /// where they never do, because they go forward over it, the moment in which they do so.
    package func opening(of day: Day, minute: Int) -> Instant {
        Instant(milliseconds: readings(of: day.number * Day.seconds + Int64(minute) * 60).lowerBound * 1000)
    }

    /// The same, but the second time where clocks show it twice: what closes in an hour that comes twice is open in
    /// both until then.
    package func closing(of day: Day, minute: Int) -> Instant {
        Instant(milliseconds: readings(of: day.number * Day.seconds + Int64(minute) * 60).upperBound * 1000)
    }

    /// How the zone's clocks stand from the beginning of `first` to the end of `last`.
    func offsets(from first: Day, through last: Day) -> [UTCOffset] {
        let (from, until) = (first.number * Day.seconds, (last.number + 1) * Day.seconds)
        return ([Change(at: from, offset: offset(atSecond: from))] + changes(from: from + 1, through: until)).map {
            UTCOffset(since: Instant(milliseconds: $0.at * 1000), minutesEastOfUTC: $0.offset / 60)
        }
    }

    /// The first and the last second at which clocks show the local second.
    private func readings(of local: Int64) -> ClosedRange<Int64> {
        // No offset is more than 26 hours.
        let near = changes(from: local - 26 * 3600, through: local + 26 * 3600)
        var before = offset(atSecond: local - 26 * 3600 - 1)
        var found = [local - Int64(before)]
        var gapEnd: Int64?
        for change in near {
            if change.at + Int64(before) <= local, local < change.at + Int64(change.offset) { gapEnd = change.at }
            before = change.offset
            found.append(local - Int64(before))
        }
        let real = found.filter { $0 + Int64(offset(atSecond: $0)) == local }
        if let first = real.min(), let last = real.max() { return first...last }
        let end = gapEnd ?? local - Int64(before)
        return end...end
    }

    private func offset(atSecond second: Int64) -> Int {
        if let rule, changes.last.map({ second >= $0.at }) ?? true {
            // A change early or late in a year may lie in another one by UTC.
            let year = Self.year(ofSecond: second)
            let passed = (year - 1...year + 1).flatMap(ruledChanges).last { $0.at <= second }
            return passed?.offset ?? changes.last?.offset ?? rule.standard
        }
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= second { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : changes[low - 1].offset
    }

    private static func year(ofSecond second: Int64) -> Int64 {
        Int64(Day(number: second.flooredQuotientAndRemainder(dividingBy: Day.seconds).quotient).year)
    }

    private func changes(from: Int64, through: Int64) -> [Change] {
        let years = Self.year(ofSecond: from) - 1...Self.year(ofSecond: through) + 1
        return (changes + years.flatMap(ruledChanges)).filter { (from...through).contains($0.at) }
    }

    /// Only those that the table does not have itself.
    private func ruledChanges(in year: Int64) -> [Change] {
        guard let rule else { return [] }
        return rule.changes(in: year).map { Change(at: $0.at, offset: $0.offset) }
            .filter { change in changes.last.map { change.at > $0.at } ?? true }
    }
}

/// Takes a TZif file apart.
private struct TZifReader {
    struct Header {
        let version: Int
        let isUTCs, isStandards, leaps, changes, types, letters: Int

        func bytes(timeBytes: Int) -> Int {
            changes * (timeBytes + 1) + types * 6 + letters + leaps * (timeBytes + 4) + isStandards + isUTCs
        }
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    mutating func header() -> Header? {
        guard let bytes = take(44), bytes.prefix(4).elementsEqual("TZif".utf8) else { return nil }
        let counts = (0..<6).map { Self.number(bytes, at: 20 + 4 * $0, bytes: 4) }
        // No zone has so many: the sums below cannot overflow.
        guard counts.allSatisfy({ $0 <= 100_000 }) else { return nil }
        let version = bytes[bytes.startIndex + 4]
        return Header(
            version: version == 0 ? 1 : Int(version) - Int(UInt8(ascii: "0")), isUTCs: Int(counts[0]),
            isStandards: Int(counts[1]), leaps: Int(counts[2]), changes: Int(counts[3]), types: Int(counts[4]),
            letters: Int(counts[5]))
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// The text between two line ends.
    mutating func footer() -> String? {
        guard let first = take(1), first.first == 0x0A, let end = rest.firstIndex(of: 0x0A) else { return nil }
        return String(validating: rest[..<end], as: UTF8.self)
    }

    /// Big-endian; of 8 bytes with its sign.
    static func number(_ bytes: ArraySlice<UInt8>, at offset: Int, bytes count: Int) -> Int64 {
        var value: UInt64 = 0
        for byte in bytes[(bytes.startIndex + offset)..<(bytes.startIndex + offset + count)] {
            value = value << 8 | UInt64(byte)
        }
        return Int64(bitPattern: value)
    }
}
