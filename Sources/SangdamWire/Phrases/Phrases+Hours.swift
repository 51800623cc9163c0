// When something opens, and what is said to those who come or wait while it is closed. Times are those of the desk's
// own clock, whatever the clock of the reader's machine says.

internal import SangdamCore

extension Phrases {
    /// Until when an inquiry is answered.
    func due(_ time: LocalTime) -> String { inquiries.due.with(["when": when(time)]) }

    /// `Opens tomorrow at 9 AM`, without a full stop.
    func opens(_ time: LocalTime) -> String { hours.opens.with(["when": when(time)]) }

    /// Up to a week ahead by the day's name, then by its date.
    private func when(_ time: LocalTime) -> String {
        let day =
            switch time.daysAhead {
            case 0: hours.today
            case 1: hours.tomorrow
            case 2...6: hours.onWeekday.with(["weekday": hours.weekdays[time.weekday]])
            default: hours.onDate.with(["month": hours.months[time.month - 1], "day": "\(time.day)"])
            }
        return day.with(["time": clock(time)])
    }

    private func clock(_ time: LocalTime) -> String {
        switch (time.hour, time.minute) {
        case (0, 0): return hours.midnight
        case (12, 0): return hours.noon
        default: break
        }
        let isMorning = time.hour < 12
        let sentence =
            time.minute == 0
            ? (isMorning ? hours.morning : hours.afternoon)
            : (isMorning ? hours.morningMinutes : hours.afternoonMinutes)
        let minute = time.minute < 10 ? "0\(time.minute)" : "\(time.minute)"
        return sentence.with(["hour": "\((time.hour + 11) % 12 + 1)", "minute": minute])
    }

    func menuLine(number: Int, label: String, closedUntil opens: LocalTime?) -> String {
        let line = opens == nil ? hours.menuClosed : hours.menuClosedUntil
        return line.with(["number": "\(number)", "label": label, "opens": opens.map { self.opens($0) } ?? ""])
    }

    func delay(_ notice: DelayNotice) -> String {
        let sentence =
            switch notice.reason {
            case .closed: notice.onDuty ? hours.closedServed : hours.closedAlone
            case .waited: hours.waited
            }
        return sentence + rest(notice.alternatives)
    }

    /// Behind a sentence: when it opens.
    func rest(_ alternatives: Alternatives) -> String {
        alternatives.opens.map { hours.opensBehind.with(["opens": opens($0)]) } ?? ""
    }

    /// For programs, whose readers see one sentence: with the contacts in it.
    func refusalWithContacts(_ refusal: Refusal) -> String {
        guard let contacts = refusal.alternatives?.contacts.map(\.card), !contacts.isEmpty else {
            return self.refusal(refusal)
        }
        let lines = contacts.map { "\($0.labels.text(in: language)) \($0.phone)" }
        return self.refusal(refusal) + hours.contactsBehind.with(["contacts": lines.joined(separator: ", ")])
    }
}
