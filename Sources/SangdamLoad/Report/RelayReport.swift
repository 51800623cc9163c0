// What a relay run has found.

internal import SangdamJSON

/// Throughput, latencies and the audit of a relay run.
package struct RelayReport: Sendable {
    package var speaks: LoadProtocol
    package var pairs: Int
    package var agents: Int
    package var pace: RelayPlan.Pace
    package var textBytes: Int
    package var setupSeconds: Double
    package var interval: MeasuredInterval
    /// `say` to the agent's `message`, and `say` to its `ack`.
    package var messages: LatencySummary
    package var acks: LatencySummary
    /// Open loop: how far behind its timetable the generator was at the end.
    package var behindMilliseconds: Double
    package var counts: AuditCounts
    package var firstFault: String?
    package var serverResidentKiB: Int?
    /// Chats that could not be ended at the end of the run.
    package var chatsLeft: Int

    package init(
        speaks: LoadProtocol, pairs: Int, agents: Int, pace: RelayPlan.Pace, textBytes: Int, setupSeconds: Double,
        interval: MeasuredInterval, messages: LatencySummary, acks: LatencySummary, behindMilliseconds: Double,
        counts: AuditCounts, firstFault: String?, serverResidentKiB: Int?, chatsLeft: Int
    ) {
        self.speaks = speaks
        self.pairs = pairs
        self.agents = agents
        self.pace = pace
        self.textBytes = textBytes
        self.setupSeconds = setupSeconds
        self.interval = interval
        self.messages = messages
        self.acks = acks
        self.behindMilliseconds = behindMilliseconds
        self.counts = counts
        self.firstFault = firstFault
        self.serverResidentKiB = serverResidentKiB
        self.chatsLeft = chatsLeft
    }

    /// An open loop that is later than this has not been one.
    private static let lateMilliseconds = 10.0
    /// A closed loop whose generator was busier than this measures the generator.
    private static let busyCores = 0.95

    var complaint: String? {
        guard !counts.isRight else { return nil }
        let list = counts.faults.filter { $0.count > 0 }.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        return "wrong counts: \(list)" + (firstFault.map { "; first: \($0)" } ?? "")
    }

    var table: String {
        let pace =
            switch self.pace {
            case .window(let window): "\(window) under way in each"
            case .rate(let rate): "\(fixed(rate, decimals: 0)) a second in all"
            }
        var table = ReportTable(
            title: "relay: \(pairs) pairs with \(agents) agents, \(pace), \(textBytes) bytes a text, \(speaks.name)")
        table.line(
            "rate",
            "\(fixed(interval.unitsPerSecond, decimals: 0)) messages/s over \(fixed(interval.seconds, decimals: 1)) s")
        table.line("messages", "\(counts.sent) sent, \(counts.delivered) delivered, \(counts.acked) acknowledged")
        table.line("wrong", complaint.map { String($0.dropFirst("wrong counts: ".count)) } ?? "none")
        table.latencies([("say to message", messages), ("say to ack", acks)])
        if let microseconds = interval.serverMicrosecondsPerUnit, let cores = interval.serverCores {
            table.line(
                "server",
                "\(fixed(microseconds, decimals: 1)) µs of processor a message, \(fixed(cores, decimals: 2)) cores, "
                    + "\(fixed(Double(serverResidentKiB ?? 0) / 1024, decimals: 1)) MiB resident")
        }
        table.line("generator", "\(fixed(interval.ownCores, decimals: 2)) cores")
        for note in notes { table.note(note) }
        return table.text
    }

    private var notes: [String] {
        var notes: [String] = []
        switch pace {
        case .rate where behindMilliseconds > Self.lateMilliseconds:
            notes.append(
                "\(fixed(behindMilliseconds, decimals: 0)) ms behind the timetable at the end: this rate is more "
                    + "than the server or this generator can do")
        case .window where interval.ownCores > Self.busyCores:
            notes.append("the generator was busy all the time: the rate is its own limit, not the server's")
        case .rate, .window: break
        }
        if chatsLeft > 0 { notes.append("\(chatsLeft) chats could not be ended and may disturb the next run") }
        return notes
    }

    func write(to writer: inout JSONWriter) {
        writer.key("workload")
        writer.string("relay")
        writer.speaks(speaks)
        writer.whole("pairs", pairs)
        writer.whole("agents", agents)
        switch pace {
        case .window(let window): writer.whole("window", window)
        case .rate(let rate): writer.decimal("rate", rate, decimals: 1)
        }
        writer.whole("text_bytes", textBytes)
        writer.decimal("setup_seconds", setupSeconds, decimals: 3)
        writer.decimal("measured_seconds", interval.seconds, decimals: 3)
        writer.whole("messages", interval.units)
        writer.decimal("messages_per_second", interval.unitsPerSecond, decimals: 1)
        writer.decimal("behind_schedule_ms", behindMilliseconds, decimals: 1)
        writer.latencies("latency_us", messages)
        writer.latencies("ack_latency_us", acks)
        writer.decimal("server_us_per_message", interval.serverMicrosecondsPerUnit, decimals: 2)
        writer.decimal("server_cores", interval.serverCores, decimals: 3)
        if let serverResidentKiB { writer.whole("server_rss_kib", serverResidentKiB) }
        writer.decimal("generator_cores", interval.ownCores, decimals: 3)
        writer.whole("sent", counts.sent)
        writer.whole("delivered", counts.delivered)
        writer.whole("acked", counts.acked)
        for fault in counts.faults { writer.whole(fault.key, fault.count) }
        writer.whole("chats_left", chatsLeft)
        writer.key("good")
        writer.bool(counts.isRight)
    }
}
