// Where segments are and what they are called: `DATA/journal/<first n, 12 digits>-<date in UTC>.jsonl`. Their order is
// the order of their first n.

internal import Glibc
package import SangdamCore

/// One segment's file name.
package struct SegmentName: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let firstNumber: UInt64
    /// Days since 1970-01-01 in UTC.
    package let day: Int64

    package init(firstNumber: UInt64, day: Int64) {
        self.firstNumber = firstNumber
        self.day = day
    }

    package init(firstNumber: UInt64, at instant: Instant) {
        self.init(firstNumber: firstNumber, day: Self.day(of: instant))
    }

    /// Nil for anything that is not exactly a segment's name, such as an editor's copy.
    package init?(_ fileName: String) {
        let bytes = Array(fileName.utf8)
        // 12 digits or more, hyphen, ten characters of date, ending.
        guard let hyphen = bytes.firstIndex(of: UInt8(ascii: "-")), hyphen >= 12,
            bytes[..<hyphen].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let number = UInt64(String(decoding: bytes[..<hyphen], as: UTF8.self)), number > 0,
            let instant = Instant(rfc3339: bytes[(hyphen + 1)...].prefix(10) + Array("T00:00:00.000Z".utf8))
        else { return nil }
        self.init(firstNumber: number, at: instant)
        guard description == fileName else { return nil }
    }

    package var description: String {
        let digits = String(firstNumber)
        let padding = String(repeating: "0", count: max(0, 12 - digits.count))
        // Beyond the year 9999 the date stands still; the number keeps the order.
        let (milliseconds, overflow) = day.multipliedReportingOverflow(by: Self.millisecondsPerDay)
        let date = Instant(milliseconds: overflow ? (day < 0 ? .min : .max) : milliseconds).rfc3339.prefix(10)
        return "\(padding)\(digits)-\(date).jsonl"
    }

    package static func < (left: SegmentName, right: SegmentName) -> Bool {
        (left.firstNumber, left.day) < (right.firstNumber, right.day)
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    static func day(of instant: Instant) -> Int64 {
        let (quotient, remainder) = instant.milliseconds.quotientAndRemainder(dividingBy: millisecondsPerDay)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// The folder with the segments.
package struct SegmentDirectory: Sendable, Hashable {
    package let path: String

    package init(dataDirectory: String) {
        path = dataDirectory + "/journal"
    }

    package func path(of segment: SegmentName) -> String {
        "\(path)/\(segment)"
    }

    /// All segments, oldest first. Files of other names are nobody's business here.
    package func segments() throws(JournalError) -> [SegmentName] {
        guard let directory = opendir(path) else {
            throw errno == ENOENT || errno == ENOTDIR
                ? .nothingThere(path: path) : .cannotOpen(path: path, errno: errno)
        }
        defer { closedir(directory) }
        var names: [SegmentName] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                guard errno == 0 else { throw .readFailed(path: path, errno: errno) }
                break
            }
            let fileName = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if let name = SegmentName(fileName) { names.append(name) }
        }
        return names.sorted()
    }
}
