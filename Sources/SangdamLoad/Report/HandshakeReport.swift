// What a run of handshakes has found.

internal import SangdamJSON

/// Rate and latencies of TLS handshakes.
package struct HandshakeReport: Sendable {
    package var speaks: LoadProtocol
    package var resumes: Bool
    package var concurrency: Int
    package var interval: MeasuredInterval
    /// From the connect to the answer to `hello`.
    package var latencies: LatencySummary
    /// Such as "TLSv1.3 TLS_AES_128_GCM_SHA256".
    package var agreement: String?
    package var serverResidentKiB: Int?

    package init(
        speaks: LoadProtocol, resumes: Bool, concurrency: Int, interval: MeasuredInterval, latencies: LatencySummary,
        agreement: String?,
        serverResidentKiB: Int?
    ) {
        self.speaks = speaks
        self.resumes = resumes
        self.concurrency = concurrency
        self.interval = interval
        self.latencies = latencies
        self.agreement = agreement
        self.serverResidentKiB = serverResidentKiB
    }

    /// Fewer resumptions than this and the figures are not those of resumptions.
    private static let resumedShare = 0.99

    var complaint: String? {
        let percent = fixed(100 * interval.resumedShare, decimals: 1)
        if resumes, interval.resumedShare < Self.resumedShare {
            return "only \(percent) % of the handshakes were resumptions"
        }
        return !resumes && interval.resumedShare > 0 ? "\(percent) % of the full handshakes were resumptions" : nil
    }

    var table: String {
        let kind = resumes ? "resumed" : "full"
        var table = ReportTable(
            title: "handshakes: \(kind), \(concurrency) at once, \(agreement ?? "TLS"), \(speaks.name)")
        table.line(
            "rate",
            "\(fixed(interval.unitsPerSecond, decimals: 0)) handshakes/s over \(fixed(interval.seconds, decimals: 1)) s"
        )
        table.line("resumed", "\(fixed(100 * interval.resumedShare, decimals: 1)) %")
        table.latencies([("to welcome", latencies)])
        if let microseconds = interval.serverMicrosecondsPerUnit, let cores = interval.serverCores {
            table.line(
                "server",
                "\(fixed(microseconds, decimals: 0)) µs of processor a handshake, \(fixed(cores, decimals: 2)) cores, "
                    + "\(fixed(Double(serverResidentKiB ?? 0) / 1024, decimals: 1)) MiB resident")
        }
        table.line("generator", "\(fixed(interval.ownCores, decimals: 2)) cores")
        return table.text
    }

    func write(to writer: inout JSONWriter) {
        writer.key("workload")
        writer.string(resumes ? "resumed" : "full")
        writer.speaks(speaks)
        writer.whole("concurrency", concurrency)
        if let agreement {
            writer.key("tls")
            writer.string(agreement)
        }
        writer.decimal("measured_seconds", interval.seconds, decimals: 3)
        writer.whole("handshakes", interval.units)
        writer.decimal("handshakes_per_second", interval.unitsPerSecond, decimals: 1)
        writer.decimal("resumed_share", interval.resumedShare, decimals: 4)
        writer.latencies("latency_us", latencies)
        writer.decimal("server_us_per_handshake", interval.serverMicrosecondsPerUnit, decimals: 1)
        writer.decimal("server_cores", interval.serverCores, decimals: 3)
        if let serverResidentKiB { writer.whole("server_rss_kib", serverResidentKiB) }
        writer.decimal("generator_cores", interval.ownCores, decimals: 3)
        writer.key("good")
        writer.bool(complaint == nil)
    }
}
