// The hours of an ordinary week, in local time: `Mon-Fri 09:00-18:00`, `Fri 22:00-02:00`, `Mon-Sun 00:00-24:00`.

/// Spans of a week that begins on Monday; none of them overlaps another.
package struct WeeklyHours: Sendable, Equatable {
    /// What is wrong with one line of them.
    package enum Fault: Error, Sendable, Equatable {
        case notHours(String)
        /// Two that overlap, as they are written.
        case overlap(String, String)
    }

    /// By weekday, 0 is Monday: minutes since that day's midnight. An end behind 24:00 is on the next day.
    let byWeekday: [[Range<Int>]]

    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    static let minutesOfDay = 24 * 60
    private static let minutesOfWeek = 7 * minutesOfDay

    /// Reads the lines of `weekly`. A line is days and hours; behind a comma stand further hours of the same days, or
    /// other days with theirs.
    /// - Parameter fault: takes the number of the line, from 0, and what is wrong with it.
    package init(_ lines: [String], fault: (Int, Fault) -> Void) {
        var byWeekday: [[Range<Int>]] = Array(repeating: [], count: 7)
        var taken: [(minutes: Range<Int>, written: String)] = []
        for (number, line) in lines.enumerated() {
            guard let rules = Self.rules(line) else {
                fault(number, .notHours(line))
                continue
            }
            for rule in rules {
                for day in rule.days {
                    let minutes = rule.hours.shifted(by: day * Self.minutesOfDay)
                    if let other = taken.first(where: { Self.overlap($0.minutes, minutes) }) {
                        fault(number, .overlap(other.written, rule.written))
                        break
                    }
                    taken.append((minutes, rule.written))
                    byWeekday[day].append(rule.hours)
                }
            }
        }
        self.byWeekday = byWeekday.map { $0.sorted { $0.lowerBound < $1.lowerBound } }
    }

    private static func overlap(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        // What goes over the end of Sunday is seen on Monday, too.
        [-minutesOfWeek, 0, minutesOfWeek].contains { one.overlaps(other.shifted(by: $0)) }
    }

    private struct Rule {
        let days: [Int]
        let hours: Range<Int>
        let written: String
    }

    private static func rules(_ line: String) -> [Rule]? {
        var rules: [Rule] = []
        for part in line.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ")
            guard let hours = words.last.flatMap({ hours($0) }) else { return nil }
            let written = words.joined(separator: " ")
            switch words.count {
            case 1:
                guard let days = rules.last?.days else { return nil }
                rules.append(Rule(days: days, hours: hours, written: written))
            case 2:
                guard let days = days(words[0]) else { return nil }
                rules.append(Rule(days: days, hours: hours, written: written))
            default: return nil
            }
        }
        return rules.isEmpty ? nil : rules
    }

    /// `mon` or `mon-fri`; days may go over the week's end.
    private static func days(_ text: Substring) -> [Int]? {
        let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), let first = days.firstIndex(of: String(ends[0])),
            let last = days.firstIndex(of: String(ends[ends.count - 1]))
        else { return nil }
        return (0...(last + 7 - first) % 7).map { (first + $0) % 7 }
    }

    /// Hours of one day, `09:00-12:00,13:00-18:00`, in their order; nil when they are none or overlap.
    static func ofDay(_ text: String) -> [Range<Int>]? {
        var spans: [Range<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ")
            guard words.count == 1, let hours = hours(words[0]), !spans.contains(where: hours.overlaps) else {
                return nil
            }
            spans.append(hours)
        }
        return spans.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// `09:00-18:00`; an end before its beginning is on the next day.
    private static func hours(_ text: Substring) -> Range<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = minutes(ends[0]), let until = minutes(ends[1]), from != until,
            from < minutesOfDay
        else { return nil }
        return from..<(until > from ? until : until + minutesOfDay)
    }

    /// `09:00` up to `24:00`.
    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= minutesOfDay
        else { return nil }
        return hour * 60 + minute
    }
}

extension Range<Int> {
    fileprivate func shifted(by distance: Int) -> Self { lowerBound + distance..<upperBound + distance }
}
