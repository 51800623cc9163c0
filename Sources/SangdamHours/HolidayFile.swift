// Holidays out of an iCalendar file (RFC 5545). The file is cut into its events here, so that every fault has a line
// and a file of any size a bound; what an event says is read by libical.
//
// An event of whole days closes them, under its SUMMARY. One with STATUS:CANCELLED is switched off. One that repeats
// each year does so for the years that are asked for. Any other repetition is a fault: a day that is quietly left out
// would be a day on which customers wait for nobody. Events with a time of day are left out, with a warning.

internal import CIcal

/// Days that are closed, and why.
package struct Holiday: Sendable, Equatable {
    package let days: ClosedRange<Day>
    /// As the file says it; empty when it says nothing.
    package let name: String
}

/// What came of a file.
package struct HolidayFile: Sendable, Equatable {
    /// About one line, from 1.
    package struct Remark: Sendable, Equatable {
        package let line: Int
        package let message: String
    }

    package private(set) var holidays: [Holiday] = []
    /// Why the file cannot be used; empty when it can.
    package private(set) var faults: [Remark] = []
    package private(set) var warnings: [Remark] = []

    package static let limitBytes = 4 << 20
    /// Those of a country for centuries are fewer.
    package static let eventLimit = 10_000
    /// One that begins in the year 1 and is every day of a year is no holiday.
    private static let repetitionLimit = 10_000
    private static let faultLimit = 20

    /// - Parameter years: for which those that repeat each year are written out.
    package init(_ bytes: [UInt8], years: ClosedRange<Int>) {
        var cutter = EventCutter()
        // Errors are values here; libical is built to abort in some places otherwise.
        icalerror_set_errors_are_fatal(0)
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            switch cutter.take(line) {
            case .nothing: continue
            case .event(let event): read(event, years: years)
            case .fault(let remark):
                faults.append(remark)
                // A file of another kind has this one fault.
                guard cutter.hasCalendar else { return }
            }
            guard faults.count < Self.faultLimit else { return }
            if cutter.events > Self.eventLimit {
                faults.append(Remark(line: cutter.line, message: "more than \(Self.eventLimit) events"))
                return
            }
        }
        if let remark = cutter.end() { faults.append(remark) }
    }

    private mutating func read(_ event: CutEvent, years: ClosedRange<Int>) {
        func fault(_ name: String, _ message: String) {
            faults.append(Remark(line: event.lines[name]?.first ?? event.line, message: message))
        }
        guard let component = icalparser_parse_string(event.text) else {
            return faults.append(Remark(line: event.line, message: "this event is not understood"))
        }
        defer { icalcomponent_free(component) }
        for (name, kind) in Self.understood {
            let found = icalcomponent_count_properties(component, kind)
            guard Int(found) == event.lines[name]?.count ?? 0 else {
                return fault(name, "`\(name)` is not understood")
            }
            guard found <= 1 else { return fault(name, "`\(name)` stands more than once in one event") }
        }
        if icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED { return }
        if let name = Self.refused.first(where: { event.lines[$0] != nil }) {
            return fault(name, "`\(name)` is not understood here: write the days as events of their own")
        }
        guard event.lines["DTSTART"] != nil else { return fault("BEGIN", "this event has no `DTSTART`") }
        let start = icalcomponent_get_dtstart(component)
        guard start.is_date != 0 else {
            let message = "left out, because it has a time of day: `except` is for part of a day"
            return warnings.append(Remark(line: event.line, message: message))
        }
        guard let first = Day(start) else { return fault("DTSTART", "`DTSTART` is no day of the calendar") }
        var last = first
        if event.lines["DTEND"] != nil || event.lines["DURATION"] != nil {
            let name = event.lines["DTEND"] != nil ? "DTEND" : "DURATION"
            // `DTEND` is the day behind the last one (RFC 5545 §3.6.1); some programs write the first one there.
            guard let end = Day(icalcomponent_get_dtend(component)), end >= first else {
                return fault(name, "`\(name)` ends before the event begins")
            }
            last = max(first, end + -1)
        }
        let name = icalcomponent_get_summary(component).map { Self.oneLine(String(cString: $0)) } ?? ""
        guard let rule = icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY) else {
            holidays.append(Holiday(days: first...last, name: name))
            return
        }
        let length = Int(last.number - first.number)
        do throws(RuleFault) {
            let repeated = try Self.firstDays(of: icalproperty_get_rrule(rule), from: start, years: years)
            holidays += repeated.map { Holiday(days: $0...($0 + length), name: name) }
        } catch {
            fault("RRULE", error.message)
        }
    }

    /// As it may stand in a list: no control characters, and not longer than anybody reads.
    private static func oneLine(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.prefix(200).map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    /// What an event may say once and is asked of libical.
    private static let understood: [(String, icalproperty_kind)] = [
        ("DTSTART", ICAL_DTSTART_PROPERTY), ("DTEND", ICAL_DTEND_PROPERTY), ("DURATION", ICAL_DURATION_PROPERTY),
        ("RRULE", ICAL_RRULE_PROPERTY), ("STATUS", ICAL_STATUS_PROPERTY), ("SUMMARY", ICAL_SUMMARY_PROPERTY),
    ]

    /// What makes other days of an event, in ways that are not followed.
    private static let refused = ["RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"]

    fileprivate static let names = Set(understood.map(\.0) + refused)

    /// Why a repetition is not followed.
    private enum RuleFault: Error {
        case notYearly
        case never
        case tooMany

        var message: String {
            switch self {
            case .notYearly: "only `FREQ=YEARLY` is understood here: write the days as events of their own"
            case .never: "this repetition has no day in the calendar, like a 30 February"
            case .tooMany:
                "this repetition has more than \(HolidayFile.repetitionLimit) days since its `DTSTART`: begin it later"
            }
        }
    }

    private static func firstDays(
        of rule: icalrecurrencetype, from start: icaltimetype, years: ClosedRange<Int>
    ) throws(RuleFault) -> [Day] {
        guard rule.freq == ICAL_YEARLY_RECURRENCE, rule.rscale == nil else { throw .notYearly }
        // What libical finds no first day for. What it cannot parse never was a property.
        guard let iterator = icalrecur_iterator_new(rule, start) else { throw .never }
        defer { icalrecur_iterator_free(iterator) }
        var days: [Day] = []
        for _ in 0..<repetitionLimit {
            let next = icalrecur_iterator_next(iterator)
            guard icaltime_is_null_time(next) == 0, let day = Day(next), day.year <= years.upperBound else {
                return days
            }
            if day.year >= years.lowerBound { days.append(day) }
        }
        throw .tooMany
    }
}

extension Day {
    fileprivate init?(_ time: icaltimetype) {
        self.init(year: Int(time.year), month: Int(time.month), day: Int(time.day))
    }
}

/// One event's text, and in which lines what is said in it.
private struct CutEvent {
    let line: Int
    var text = ""
    /// By the property's name: the lines of those that matter, but not of what lies within (alarms).
    var lines: [String: [Int]] = [:]
}

/// Cuts a file into its events, line by line.
private struct EventCutter {
    enum Step {
        case nothing
        case event(CutEvent)
        case fault(HolidayFile.Remark)
    }

    private(set) var line = 0
    private(set) var events = 0
    /// The names of what was begun and not ended, with the lines.
    private var open: [(name: String, line: Int)] = []
    private var event: CutEvent?
    private(set) var hasCalendar = false

    mutating func take(_ bytes: ArraySlice<UInt8>) -> Step {
        line += 1
        var bytes = bytes
        if bytes.last == 0x0D { bytes = bytes.dropLast() }
        if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            return .fault(.init(line: line, message: "not UTF-8"))
        }
        if !text.isEmpty { event?.text += text + "\r\n" }
        // A line that begins with a blank goes on with the one before.
        guard let first = bytes.first, first != 0x20, first != 0x09 else { return .nothing }
        let name = text.prefix { $0 != ":" && $0 != ";" }.uppercased()
        let value = text.drop { $0 != ":" }.dropFirst().uppercased()
        switch name {
        case "BEGIN": return begin(value, text)
        case "END": return end(value)
        default:
            guard hasCalendar else { return .fault(.init(line: line, message: Self.noCalendar)) }
            if open.last?.name == "VEVENT", HolidayFile.names.contains(name) {
                event?.lines[name, default: []].append(line)
            }
            return .nothing
        }
    }

    private static let noCalendar = "no iCalendar file: it does not begin with `BEGIN:VCALENDAR`"

    private mutating func begin(_ name: String, _ text: String) -> Step {
        guard hasCalendar || name == "VCALENDAR" else { return .fault(.init(line: line, message: Self.noCalendar)) }
        guard open.count < 8 else { return .fault(.init(line: line, message: "too deep within each other")) }
        hasCalendar = true
        if name == "VEVENT" {
            guard open.count == 1 else {
                return .fault(.init(line: line, message: "an event may stand in a calendar only"))
            }
            events += 1
            event = CutEvent(line: line, text: text + "\r\n")
        }
        open.append((name, line))
        return .nothing
    }

    private mutating func end(_ name: String) -> Step {
        guard let last = open.popLast(), last.name == name else {
            return .fault(.init(line: line, message: "`END:\(name.prefix(20))` ends nothing that was begun before it"))
        }
        guard name == "VEVENT", let event else { return .nothing }
        self.event = nil
        return .event(event)
    }

    /// What is missing at the end of the file.
    func end() -> HolidayFile.Remark? {
        if !hasCalendar { return .init(line: line, message: Self.noCalendar) }
        return open.last.map { .init(line: $0.line, message: "`BEGIN:\($0.name.prefix(20))` has no end") }
    }
}
