// Times as people and programs read them: RFC 3339 in UTC with milliseconds, always 24 characters
// (`2026-11-22T08:00:00.123Z`). Own arithmetic, because Foundation's formatters are too slow beside a message.

extension Instant {
    /// Characters in the written form.
    package static var rfc3339Length: Int { 24 }

    /// Writes the 24 characters through a pointer behind which there is room for them. Years 0000–9999; an instant
    /// outside them is written as the nearest one inside.
    package func writeRFC3339(to destination: UnsafeMutablePointer<UInt8>) {
        let clamped = min(max(milliseconds, Self.firstWritable), Self.lastWritable.milliseconds)
        let sinceYearZero = UInt64(clamped - Self.firstWritable)
        let (days, millisecondOfDay) = sinceYearZero.quotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = civilDate(daysSinceYearZero: UInt32(truncatingIfNeeded: days))
        let (second, millisecond) = UInt32(truncatingIfNeeded: millisecondOfDay).quotientAndRemainder(dividingBy: 1000)
        let (minute, secondOfMinute) = second.quotientAndRemainder(dividingBy: 60)
        let (hour, minuteOfHour) = minute.quotientAndRemainder(dividingBy: 60)
        writePair(year / 100, to: destination)
        writePair(year % 100, to: destination + 2)
        destination[4] = UInt8(ascii: "-")
        writePair(month, to: destination + 5)
        destination[7] = UInt8(ascii: "-")
        writePair(day, to: destination + 8)
        destination[10] = UInt8(ascii: "T")
        writePair(hour, to: destination + 11)
        destination[13] = UInt8(ascii: ":")
        writePair(minuteOfHour, to: destination + 14)
        destination[16] = UInt8(ascii: ":")
        writePair(secondOfMinute, to: destination + 17)
        destination[19] = UInt8(ascii: ".")
        writePair(millisecond / 10, to: destination + 20)
        destination[22] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: millisecond % 10)
        destination[23] = UInt8(ascii: "Z")
    }

    package var rfc3339: String {
        String(unsafeUninitializedCapacity: Self.rfc3339Length) { characters in
            if let destination = characters.baseAddress { writeRFC3339(to: destination) }
            return Self.rfc3339Length
        }
    }

    /// Reads exactly the form that `writeRFC3339(to:)` writes; nil for anything else and for dates that do not exist.
    package init?(rfc3339 text: some Collection<UInt8>) {
        let bytes = Array(text)
        guard bytes.count == 24 else { return nil }
        for (index, character) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")]
        where bytes[index] != Unicode.Scalar(character)!.value {
            return nil
        }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let millisecond = number(20..<23),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = daysSince1970(year: year, month: month, day: day)
        let date = civilDate(daysSinceYearZero: UInt32(truncatingIfNeeded: days + Self.daysFromYearZeroTo1970))
        guard (Int64(date.year), Int64(date.month), Int64(date.day)) == (year, month, day) else { return nil }
        self.init(
            milliseconds: days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond)
    }

    private static let firstWritable: Int64 = -62_167_219_200_000
    /// The end of the year 9999.
    package static let lastWritable = Instant(milliseconds: 253_402_300_799_999)
    private static let daysFromYearZeroTo1970: Int64 = 719_528
}

/// A date, from days since 1970-01-01; one that cannot be written is the nearest one that can.
func civilDate(_ daysSince1970: Int64) -> (year: Int, month: Int, day: Int) {
    let days = min(max(daysSince1970, -719_528), 2_932_896) + 719_528
    let (year, month, day) = civilDate(daysSinceYearZero: UInt32(days))
    return (Int(year), Int(month), Int(day))
}

/// Days since 0000-01-01 to the date in the proleptic Gregorian calendar, for years up to 9999. Source: Cassio Neri and
/// Lorenz Schneider, "Euclidean affine functions and their application to calendar algorithms" (2022), section 9.
private func civilDate(daysSinceYearZero days: UInt32) -> (year: UInt32, month: UInt32, day: UInt32) {
    // The computed year begins on the 1st of March, so that a leap day is its last. What is counted from is 400 years
    // earlier, so that nothing is negative; they are taken off the year again.
    let shifted = days + 146_097 - 60
    let (century, restOfCentury) = (4 * shifted + 3).quotientAndRemainder(dividingBy: 146_097)
    let product = 2_939_745 * UInt64(restOfCentury | 3)
    let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
    let year = 100 * century + UInt32(truncatingIfNeeded: product >> 32)
    let affine = 2141 * dayOfYear + 197_913
    let month = affine >> 16
    let day = (affine & 0xFFFF) / 2141 + 1
    return dayOfYear >= 306 ? (year - 399, month - 12, day) : (year - 400, month, day)
}

/// Date to days since 1970. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
package func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.flooredQuotientAndRemainder(dividingBy: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
}

extension Int64 {
    /// The remainder is never negative.
    package func flooredQuotientAndRemainder(dividingBy divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
