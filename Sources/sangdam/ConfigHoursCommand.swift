// `sangdam config hours`: what comes of weeks, holidays and exceptions, day by day, so that a holiday file can be
// checked before customers find out.

import ArgumentParser
import Foundation
import SangdamCore
import SangdamHours
import SangdamJSON
import SangdamServer

extension ConfigCommand {
    struct HoursCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hours", abstract: "Print when queues and contacts are open, day by day.",
            discussion: """
                Days and hours are those of the configuration's time zone. A closed day says why: the holiday by its \
                name in the file, or an exception.
                """)

        @Option(help: "The YAML file. Default: SANGDAM_CONFIG, or no file.")
        var config: String?

        @Option(help: ArgumentHelp("Only the hours of this queue.", valueName: "id"))
        var queue: String?

        @Option(help: ArgumentHelp("From today on. Default: 14.", valueName: "number"))
        var days = 14

        @Flag(help: "Print a list as JSON on stdout, with times in UTC.")
        var json = false

        func validate() throws {
            guard (1...366).contains(days) else { throw ValidationError("--days must be from 1 to 366.") }
        }

        func run() throws {
            let configuration = try loaded()
            let names = try named(in: configuration)
            guard let zone = configuration.hours.zone else {
                if json { print("[]") }
                writeError("There are no hours: every queue is always open.")
                return
            }
            let today = zone.day(at: Instant(milliseconds: DeskClock.wallClock()))
            let named = names.compactMap { name in configuration.hours.named[name].map { (name, $0) } }
            let table = HoursTable(zone: zone, days: today...(today + (days - 1)))
            if json {
                print(table.json(of: named))
            } else {
                for (name, hours) in named {
                    print(heading(name, zone, in: configuration.desk))
                    for line in table.lines(of: hours) { print("  " + line) }
                }
            }
            for queue in configuration.desk.queues where queue.hours == nil {
                guard self.queue == nil || self.queue == queue.id.text else { continue }
                writeError("The queue \(queue.id) has no hours: it is always open.")
            }
        }

        private func loaded() throws -> ServerConfiguration {
            do {
                return try ServerConfiguration.load(file: config, environment: ProcessInfo.processInfo.environment)
            } catch {
                writeError(error.description)
                throw ExitCode(error.exitCode)
            }
        }

        private func named(in configuration: ServerConfiguration) throws -> [String] {
            guard let queue else { return configuration.hours.named.keys.sorted() }
            guard let found = configuration.desk.queues.first(where: { $0.id.text == queue }) else {
                let known = configuration.desk.queues.map { "`\($0.id)`" }.joined(separator: ", ")
                throw ValidationError("There is no queue `\(queue)`; there are \(known).")
            }
            return found.hours.map { [$0] } ?? []
        }

        private func heading(_ name: String, _ zone: Zone, in desk: DeskConfiguration) -> String {
            let queues = desk.queues.filter { $0.hours == name }.map(\.id.text)
            let contacts = desk.contacts.filter { $0.schedule == name }.map(\.id)
            let users = [("queues", queues), ("contacts", contacts)].filter { !$0.1.isEmpty }
                .map { "\($0.0) \($0.1.joined(separator: ", "))" }
            return "\(name) (\(zone.name)): " + (users.isEmpty ? "nobody names it" : users.joined(separator: "; "))
        }
    }
}

/// Days of hours, for people and for programs.
private struct HoursTable {
    let zone: Zone
    let days: ClosedRange<Day>

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    func lines(of hours: Hours) -> [String] {
        hours.days(days).map { day in
            let spans = day.spans.map { "\(time($0.lowerBound))-\(time($0.upperBound))" }.joined(separator: ", ")
            let (from, until) = (offset(at: day.day), offset(at: day.day + 1))
            return "\(day.day.text) \(Self.weekdays[day.day.weekday])  " + (spans.isEmpty ? "closed" : spans)
                + (reason(day).map { " (\($0))" } ?? "")
                + (from == until ? "" : ", clocks change by \(until - from) min")
        }
    }

    private func reason(_ day: Hours.DayHours) -> String? {
        switch day.reason {
        case .weekly: nil
        case .holiday(let name): name.isEmpty ? "holiday" : name
        case .exception: "exception"
        }
    }

    /// Minutes ahead of UTC at the day's midnight.
    private func offset(at day: Day) -> Int { zone.offset(at: zone.opening(of: day, minute: 0)) / 60 }

    /// `09:00`; behind midnight the next day's.
    private func time(_ minute: Int) -> String {
        func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let shown = minute > 24 * 60 ? minute - 24 * 60 : minute
        return "\(pair(shown / 60)):\(pair(shown % 60))"
    }

    func json(of named: [(String, Hours)]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for (name, hours) in named {
            for day in hours.days(days) { write(day, of: name, to: &writer) }
        }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(_ day: Hours.DayHours, of name: String, to writer: inout JSONWriter) {
        func member(_ key: StaticString, _ value: String) {
            writer.key(key)
            writer.string(value)
        }
        writer.beginObject()
        member("hours", name)
        member("zone", zone.name)
        member("day", day.day.text)
        switch day.reason {
        case .weekly: member("reason", "weekly")
        case .holiday(let holiday):
            member("reason", "holiday")
            member("holiday", holiday)
        case .exception: member("reason", "exception")
        }
        writer.key("spans")
        writer.beginArray()
        for span in day.spans {
            let from = zone.opening(of: day.day, minute: span.lowerBound)
            let until = zone.closing(of: day.day, minute: span.upperBound)
            guard from < until else { continue }
            writer.beginObject()
            member("from", from.rfc3339)
            member("until", until.rfc3339)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
