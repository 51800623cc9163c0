// Hours in a running server: from the configuration and its holiday file to what a customer is told, and at a reload.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct OpeningHoursOfAServer {
        private static let plan = """
            time_zone: Asia/Seoul
            hours:
              office: {weekly: [Mon-Sun 00:00-24:00], holidays: [days.ics]}
            """

        /// The queue `general` keeps office hours, and a holiday of decades closes them.
        private func configure(_ desk: Desk, _ more: String = plan, holiday: String = "STATUS:CONFIRMED") throws {
            try desk.configure(limits: [:], more: more)
            let yaml = try String(contentsOfFile: desk.configurationFile, encoding: .utf8)
                .replacingOccurrences(of: "일반, en: General}", with: "일반, en: General}, hours: office")
            try yaml.write(toFile: desk.configurationFile, atomically: true, encoding: .utf8)
            let days = """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                DTSTART;VALUE=DATE:20200101
                DTEND;VALUE=DATE:20990101
                SUMMARY:긴 휴일
                \(holiday)
                END:VEVENT
                END:VCALENDAR

                """
            try days.write(toFile: desk.folder.path + "/days.ics", atomically: true, encoding: .utf8)
        }

        private func state(at desk: Desk) async throws -> String {
            let (customer, _) = try await Client.customer("a", at: desk)
            let topics = try await customer.ask(["type": "topics"], for: "topics")["topics"]
            return topics.items.first { $0["id"] == "general" }?["state"].text ?? ""
        }

        @Test("A holiday closes from the start on; a reload reads its file again, and a broken one changes nothing")
        func reload() async throws {
            try await withDesk(starts: false) { desk in
                try configure(desk)
                try await desk.start()
                #expect(try await state(at: desk) == "closed")
                #expect(try await desk.metrics().sum("sangdam_queue_open", "queue=\"general\"") == 0)

                try configure(desk, holiday: "RRULE:FREQ=DAILY")
                try desk.process.signal(SIGHUP)
                let fault = "configuration not reloaded: \(desk.folder.path)/days.ics:6: only `FREQ=YEARLY` is"
                try await eventually("the refusal of the broken file") { desk.log.contains(fault) }
                #expect(try await state(at: desk) == "closed")

                try configure(desk, holiday: "STATUS:CANCELLED")
                try desk.process.signal(SIGHUP)
                try await eventually("the reload") { try await state(at: desk) == "unstaffed" }
                #expect(try await desk.metrics().sum("sangdam_queue_open", "queue=\"general\"") == 1)
            }
        }

        @Test("After a clock that was wrong by hours, hours follow the right one at once")
        func wrongClock() async throws {
            try await withDesk(starts: false) { desk in
                let plan = Self.plan.replacing("00:00-24:00", with: "09:00-18:00")
                try configure(desk, plan, holiday: "STATUS:CANCELLED")
                // Noon in Seoul, of a day to come.
                let days = (Date().timeIntervalSince1970 / 86_400).rounded(.up) + 1
                let noon = Date(timeIntervalSince1970: days * 86_400 + 3 * 3600)
                try await desk.start(under: ShiftedClock.showing(noon + 8 * 3600))
                #expect(try await state(at: desk) == "closed")
                try await desk.stop()
                try await desk.start(under: ShiftedClock.showing(noon))
                #expect(desk.log.contains("opening hours follow the clock"))
                #expect(try await state(at: desk) == "unstaffed")
                // The time of day is the machine's, too: six o'clock is to come.
                let told = try await run(
                    Sangdam.binary, ["override", "general", "closed", "--until", "18:00", "--data", desk.data])
                #expect(told.errors.hasSuffix(" 18:00, by the desk's clock.\n"), "\(told)")
                #expect(try await state(at: desk) == "closed")
            }
        }

        @Test("The hours can be looked at before, day by day")
        func shown() async throws {
            try await withDesk(starts: false) { desk in
                func hours(_ arguments: String...) async throws -> (status: Int32, output: String, errors: String) {
                    try await run(
                        Sangdam.binary, ["config", "hours", "--config", desk.configurationFile] + arguments)
                }
                try configure(desk)
                let closed = try await hours("--days", "3", "--queue", "general").output.split(separator: "\n")
                #expect(closed.count == 4 && closed[0] == "office (Asia/Seoul): queues general", "\(closed)")
                #expect(closed.dropFirst().allSatisfy { $0.hasSuffix("  closed (긴 휴일)") }, "\(closed)")
                try configure(desk, holiday: "STATUS:CANCELLED")
                let open = try await hours("--days", "1", "--json")
                let day = try JSON(parsing: open.output.utf8)[0]
                #expect(day["reason"] == "weekly" && day["zone"] == "Asia/Seoul", "\(open)")
                #expect(day["spans"][0]["from"].text.hasSuffix("T15:00:00.000Z"), "\(open)")
                #expect(try await hours("--queue", "payment").errors.contains("payment has no hours"))
                #expect(try await hours("--queue", "nosuch").status == 64)
                #expect(try await hours("--days", "0").status == 64)
            }
        }

        @Test("Without zone data there is no start, and it says which package is missing")
        func noZoneData() async throws {
            try await withDesk(starts: false) { desk in
                try configure(desk)
                let child = try await run(
                    Sangdam.binary, desk.arguments, environment: ["TZDIR": desk.folder.path + "/none"])
                #expect(child.status == 78)
                #expect(child.errors.contains("sangdam.yaml:1: `time_zone`: `Asia/Seoul` cannot be looked up"))
                #expect(child.errors.contains("Install the package tzdata"), "\(child.errors)")
            }
        }
    }
}
