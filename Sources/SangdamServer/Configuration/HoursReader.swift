// `time_zone` and `hours` of a configuration file, with the holiday files and the zone data that they name. All of it
// is read when the configuration is, at a start, at SIGHUP and in `sangdam config check`, and never in between.

internal import SangdamCore
internal import SangdamHours

struct HoursReader {
    static let keys = ["time_zone", "hours"]

    // What an organisation has of each.
    private static let hoursLimit = 20
    private static let weeklyLimit = 50
    private static let fileLimit = 10
    private static let exceptLimit = 400
    /// An event that repeats each year is written out for so many.
    private static let yearsAhead = 10

    let zones: ZoneFolder
    /// What year it is decides for which years repeating holidays are written out.
    let now: Instant

    /// What is missing or at fault stays out of `plan`.
    /// - Returns: every name of hours that was seen, also of those that are at fault otherwise.
    func read(
        _ fields: [String: DocumentNode.Entry], into plan: inout HoursPlan, with reader: inout FileReader
    ) -> [String] {
        if let entry = fields["time_zone"] { plan.zone = zone(entry.value, with: &reader) }
        guard let entry = fields["hours"], let entries = reader.entries(entry.value, of: "`hours`") else { return [] }
        if fields["time_zone"] == nil {
            reader.fault(entry.location, "`hours` without `time_zone`: in which zone are they?")
        }
        guard (1...Self.hoursLimit).contains(entries.count) else {
            reader.fault(entry.value.location, "`hours` must have 1 to \(Self.hoursLimit) names, not \(entries.count)")
            return []
        }
        let year = Int(now.rfc3339.prefix(4)) ?? 1970
        var files = HolidayFiles(configurationFile: reader.file, years: year - 1...year + Self.yearsAhead)
        for entry in entries {
            guard Name<Hours>(validating: entry.key) != nil, entry.key != "always" else {
                reader.fault(
                    entry.location,
                    "a name of hours must be 1 to 64 of `A-Z a-z 0-9 . _ -` and not `always`, not "
                        + "`\(printable(entry.key))`")
                continue
            }
            plan.named[entry.key] = hours(entry, files: &files, remarks: &plan.remarks, with: &reader)
        }
        plan.remarks += files.remarks
        return entries.map(\.key)
    }

    private func zone(_ node: DocumentNode, with reader: inout FileReader) -> Zone? {
        guard case .scalar(let name, _) = node.content else {
            reader.fault(node.location, "`time_zone` must be a name like `Asia/Seoul`, not \(node.kindName)")
            return nil
        }
        do {
            return try zones.zone(named: name)
        } catch {
            reader.fault(node.location, "`time_zone`: `\(printable(name))` \(error.message)")
            return nil
        }
    }

    private func hours(
        _ entry: DocumentNode.Entry, files: inout HolidayFiles, remarks: inout [HoursPlan.Remark],
        with reader: inout FileReader
    ) -> Hours? {
        let what = "the hours `\(entry.key)`"
        guard let fields = reader.fields(entry.value, of: what, allowed: ["weekly", "holidays", "except"]) else {
            return nil
        }
        guard let weekly = fields["weekly"] else {
            reader.fault(entry.location, "\(what) have no `weekly`")
            return nil
        }
        var hours = Hours(weekly: week(weekly.value, with: &reader))
        if let holidays = fields["holidays"] {
            for node in reader.list(holidays.value, of: "`holidays`", limit: Self.fileLimit) {
                guard case .scalar(let name, _) = node.content, !name.isEmpty else {
                    reader.fault(node.location, "a holiday file must be a file's name, not \(node.kindName)")
                    continue
                }
                hours.holidays += files.holidays(name, at: node.location, with: &reader)
            }
        }
        if let except = fields["except"] {
            readExceptions(except.value, into: &hours, remarks: &remarks, with: &reader)
        }
        return hours
    }

    private func week(_ node: DocumentNode, with reader: inout FileReader) -> WeeklyHours {
        let nodes = reader.list(node, of: "`weekly`", limit: Self.weeklyLimit)
        let lines = nodes.map { node in
            if case .scalar(let text, _) = node.content { text } else { "" }
        }
        return WeeklyHours(lines) { line, fault in
            switch fault {
            case .notHours:
                reader.fault(
                    nodes[line].location, "`weekly` has lines like `Mon-Fri 09:00-18:00`, not \(nodes[line].kindName)")
            case .overlap(let one, let other):
                reader.fault(
                    nodes[line].location, "`\(printable(one))` and `\(printable(other))` overlap each other")
            }
        }
    }

    private func readExceptions(
        _ node: DocumentNode, into hours: inout Hours, remarks: inout [HoursPlan.Remark], with reader: inout FileReader
    ) {
        guard let entries = reader.entries(node, of: "`except`") else { return }
        guard entries.count <= Self.exceptLimit else {
            return reader.fault(node.location, "`except` has more than \(Self.exceptLimit) days")
        }
        for entry in entries {
            guard let day = Day(entry.key) else {
                reader.fault(
                    entry.location, "`except` has days like `2027-01-02: closed`, not `\(printable(entry.key))`")
                continue
            }
            guard case .scalar(let written, _) = entry.value.content, hours.add(written, on: day) else {
                reader.fault(
                    entry.value.location,
                    "the hours of a day must be `closed` or like `09:00-13:00`, not \(entry.value.kindName)")
                continue
            }
            remarks.append(
                HoursPlan.Remark(
                    "\(reader.file):\(entry.location.line): the exception for \(day.text) is over and can go",
                    since: day + 1))
        }
    }
}

/// The holiday files of one configuration, each read once.
private struct HolidayFiles {
    let configurationFile: String
    let years: ClosedRange<Int>
    private(set) var remarks: [HoursPlan.Remark] = []
    private var read: [String: [Holiday]] = [:]

    init(configurationFile: String, years: ClosedRange<Int>) {
        self.configurationFile = configurationFile
        self.years = years
    }

    mutating func holidays(_ name: String, at location: Location, with reader: inout FileReader) -> [Holiday] {
        if let known = read[name] { return known }
        read[name] = []
        let path = beside(configurationFile, name)
        let bytes: [UInt8]
        do {
            bytes = try readFile(path, limitBytes: HolidayFile.limitBytes).bytes
        } catch {
            reader.fault(location, "the holiday file \(printable(path)) cannot be read: \(error)")
            return []
        }
        let file = HolidayFile(bytes, years: years)
        reader.faults += file.faults.map { fault in
            ConfigurationFault(.file(path, line: fault.line, column: nil), fault.message)
        }
        remarks += file.warnings.map { HoursPlan.Remark("\(path):\($0.line): \($0.message)") }
        if let last = file.holidays.map(\.days.upperBound).max() {
            remarks.append(
                HoursPlan.Remark("\(path) names no day behind \(last.text): it wants the next year's", since: last + 1))
        } else if file.faults.isEmpty {
            remarks.append(HoursPlan.Remark("\(path) names no day from \(years.lowerBound) to \(years.upperBound)"))
        }
        read[name] = file.holidays
        return file.holidays
    }
}
