// What a run of idle connections has found.

internal import SangdamJSON

/// What connections cost that say nothing.
package struct IdleReport: Sendable {
    package var speaks: LoadProtocol
    package var connections: Int
    package var waitsFor: String?
    package var setupSeconds: Double
    package var interval: MeasuredInterval
    /// Resident memory before the first connection and after the last; nil without `--pid`.
    package var residentKiB: (before: Int, after: Int)?

    package init(
        speaks: LoadProtocol, connections: Int, waitsFor: String?, setupSeconds: Double, interval: MeasuredInterval,
        residentKiB: (before: Int, after: Int)?
    ) {
        self.speaks = speaks
        self.connections = connections
        self.waitsFor = waitsFor
        self.setupSeconds = setupSeconds
        self.interval = interval
        self.residentKiB = residentKiB
    }

    private var kibibytesEach: Double? {
        residentKiB.map { Double($0.after - $0.before) / Double(connections) }
    }

    var table: String {
        let what = waitsFor.map { "waiting in the queue of \($0)" } ?? "welcomed"
        var table = ReportTable(title: "idle: \(connections) customers, \(what), \(speaks.name)")
        table.line("opened in", "\(fixed(setupSeconds, decimals: 1)) s")
        table.line("held for", "\(fixed(interval.seconds, decimals: 1)) s, all of them")
        if let residentKiB, let kibibytesEach, let cores = interval.serverCores {
            table.line(
                "memory",
                "\(fixed(kibibytesEach, decimals: 1)) KiB a connection (resident "
                    + "\(fixed(Double(residentKiB.before) / 1024, decimals: 1)) → "
                    + "\(fixed(Double(residentKiB.after) / 1024, decimals: 1)) MiB; the kernel's buffers not counted)")
            table.line("processor", "\(fixed(100 * cores, decimals: 2)) % of a core while idle")
        } else {
            table.note("memory and processor are measured with --pid, on the server's machine")
        }
        return table.text
    }

    func write(to writer: inout JSONWriter) {
        writer.key("workload")
        writer.string("idle")
        writer.speaks(speaks)
        writer.whole("connections", connections)
        writer.key("waiting")
        writer.bool(waitsFor != nil)
        writer.decimal("setup_seconds", setupSeconds, decimals: 3)
        writer.decimal("measured_seconds", interval.seconds, decimals: 3)
        if let residentKiB {
            writer.whole("server_rss_before_kib", residentKiB.before)
            writer.whole("server_rss_after_kib", residentKiB.after)
        }
        writer.decimal("kib_per_connection", kibibytesEach, decimals: 2)
        writer.decimal("idle_server_cores", interval.serverCores, decimals: 4)
        writer.key("good")
        writer.bool(true)
    }
}
