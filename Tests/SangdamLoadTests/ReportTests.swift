// The reports as people and programs get them.

import Testing

@testable import SangdamLoad

private let interval = MeasuredInterval(
    from: Snapshot(nanoseconds: 0, units: 0, serverNanoseconds: 0, ownNanoseconds: 0),
    to: Snapshot(
        nanoseconds: 10_000_000_000, units: 200_000, resumed: 200_000, serverNanoseconds: 2_460_000_000,
        ownNanoseconds: 6_000_000_000))
private let latencies = LatencySummary(count: 200_000, p50: 103_400, p99: 175_000, p999: 1_234_567, max: 12_000_000)

private func counts(lost: UInt64 = 0, duplicates: UInt64 = 0) -> AuditCounts {
    var counts = AuditCounts()
    counts.sent = 220_000
    counts.delivered = 220_000 - lost
    counts.acked = 220_000
    counts.duplicates = duplicates
    return counts
}

private func relay(
    _ pace: RelayPlan.Pace = .window(1), counts: AuditCounts = counts(), firstFault: String? = nil,
    behindMilliseconds: Double = 0, chatsLeft: Int = 0
) -> LoadReport {
    .relay(
        RelayReport(
            speaks: .jsonLines, pairs: 100, agents: 50, pace: pace, textBytes: 100, setupSeconds: 1.25,
            interval: interval,
            messages: latencies, acks: latencies, behindMilliseconds: behindMilliseconds, counts: counts,
            firstFault: firstFault, serverResidentKiB: 46_080, chatsLeft: chatsLeft))
}

private func handshakes(resumes: Bool, resumed: UInt64) -> LoadReport {
    .handshakes(
        HandshakeReport(
            speaks: .webSocket, resumes: resumes, concurrency: 32,
            interval: MeasuredInterval(
                from: Snapshot(nanoseconds: 0, units: 0, serverNanoseconds: 0, ownNanoseconds: 0),
                to: Snapshot(
                    nanoseconds: 5_000_000_000, units: 10_000, resumed: resumed, serverNanoseconds: 3_550_000_000,
                    ownNanoseconds: 4_900_000_000)),
            latencies: latencies, agreement: "TLSv1.3 TLS_AES_128_GCM_SHA256", serverResidentKiB: 46_080))
}

private func text(_ report: LoadReport) -> String { String(decoding: report.json, as: UTF8.self) }

@Suite("Reports")
struct ReportTests {
    @Test("Relay, for people")
    func relayTable() {
        #expect(
            relay().table == """
                relay: 100 pairs with 50 agents, 1 under way in each, 100 bytes a text, JSON lines

                rate            20000 messages/s over 10.0 s
                messages        220000 sent, 220000 delivered, 220000 acknowledged
                wrong           none

                milliseconds             p50         p99       p99.9         max
                say to message         0.103       0.175       1.235      12.000
                say to ack             0.103       0.175       1.235      12.000

                server          12.3 µs of processor a message, 0.25 cores, 45.0 MiB resident
                generator       0.60 cores

                """)
    }

    @Test("Relay, for programs")
    func relayJSON() {
        let latencies = #"{"count":200000,"p50":103.4,"p99":175.0,"p99_9":1234.6,"max":12000.0}"#
        #expect(
            text(relay(.rate(20_000)))
                == #"{"workload":"relay","protocol":"json_lines","pairs":100,"agents":50,"rate":20000.0,"text_bytes":100,"#
                + #""setup_seconds":1.250,"measured_seconds":10.000,"messages":200000,"messages_per_second":20000.0,"#
                + #""behind_schedule_ms":0.0,"latency_us":\#(latencies),"ack_latency_us":\#(latencies),"#
                + #""server_us_per_message":12.30,"server_cores":0.246,"server_rss_kib":46080,"generator_cores":0.600,"#
                + #""sent":220000,"delivered":220000,"acked":220000,"lost":0,"duplicates":0,"gaps":0,"misordered":0,"#
                + #""damaged":0,"misrouted":0,"unacked":0,"ack_duplicates":0,"ack_gaps":0,"ack_misordered":0,"#
                + #""ack_damaged":0,"chats_left":0,"good":true}"#)
    }

    @Test("What is wrong is said, in words, numbers and the exit code")
    func relayFaults() {
        let report = relay(
            counts: counts(lost: 3, duplicates: 1), firstFault: "message 7 of customer 2 was delivered twice")
        #expect(report.exitCode == 1)
        #expect(
            report.complaint
                == "wrong counts: 3 lost, 1 delivered twice; first: message 7 of customer 2 was delivered twice")
        #expect(report.table.contains("wrong           3 lost, 1 delivered twice; first: message 7 of customer 2"))
        #expect(text(report).contains(#""lost":3,"duplicates":1,"#) && text(report).hasSuffix(#""good":false}"#))
        #expect(relay().exitCode == 0 && relay().complaint == nil)
    }

    @Test("Figures that do not mean what they seem to mean carry a note")
    func notes() {
        #expect(!relay(.rate(20_000), behindMilliseconds: 9).table.contains("note:"))
        #expect(relay(.rate(20_000), behindMilliseconds: 250).table.contains("note: 250 ms behind the timetable"))
        #expect(relay(chatsLeft: 2).table.contains("note: 2 chats could not be ended"))
    }

    @Test("Handshakes, for people")
    func handshakeTable() {
        #expect(
            handshakes(resumes: true, resumed: 10_000).table == """
                handshakes: resumed, 32 at once, TLSv1.3 TLS_AES_128_GCM_SHA256, WebSocket

                rate            2000 handshakes/s over 5.0 s
                resumed         100.0 %

                milliseconds             p50         p99       p99.9         max
                to welcome             0.103       0.175       1.235      12.000

                server          355 µs of processor a handshake, 0.71 cores, 45.0 MiB resident
                generator       0.98 cores

                """)
    }

    @Test("Handshakes, for programs")
    func handshakeJSON() {
        #expect(
            text(handshakes(resumes: false, resumed: 0))
                == #"{"workload":"full","protocol":"websocket","concurrency":32,"#
                + #""tls":"TLSv1.3 TLS_AES_128_GCM_SHA256","measured_seconds":5.000,"handshakes":10000,"#
                + #""handshakes_per_second":2000.0,"resumed_share":0.0000,"#
                + #""latency_us":{"count":200000,"p50":103.4,"p99":175.0,"p99_9":1234.6,"max":12000.0},"#
                + #""server_us_per_handshake":355.0,"server_cores":0.710,"server_rss_kib":46080,"#
                + #""generator_cores":0.980,"good":true}"#)
    }

    @Test(
        "Handshakes of the other kind spoil the figures",
        arguments: [(true, 10_000, 0), (true, 9_900, 0), (true, 9_899, 1), (false, 0, 0), (false, 1, 1)])
    func resumption(resumes: Bool, resumed: UInt64, exitCode: Int32) {
        let report = handshakes(resumes: resumes, resumed: resumed)
        #expect(report.exitCode == exitCode)
        #expect((report.complaint == nil) == (exitCode == 0))
    }

    @Test("Idle, for people and for programs")
    func idle() {
        var report = IdleReport(
            speaks: .jsonLines, connections: 1_000, waitsFor: nil, setupSeconds: 0.75, interval: interval,
            residentKiB: (before: 20_480, after: 34_480))
        #expect(
            LoadReport.idle(report).table == """
                idle: 1000 customers, welcomed, JSON lines

                opened in       0.8 s
                held for        10.0 s, all of them
                memory          14.0 KiB a connection (resident 20.0 → 33.7 MiB; the kernel's buffers not counted)
                processor       24.60 % of a core while idle

                """)
        #expect(
            text(.idle(report)) == #"{"workload":"idle","protocol":"json_lines","connections":1000,"waiting":false,"#
                + #""setup_seconds":0.750,"#
                + #""measured_seconds":10.000,"server_rss_before_kib":20480,"server_rss_after_kib":34480,"#
                + #""kib_per_connection":14.00,"idle_server_cores":0.2460,"good":true}"#)
        report.residentKiB = nil
        report.waitsFor = "general"
        #expect(LoadReport.idle(report).table.contains("waiting in the queue of general"))
        #expect(LoadReport.idle(report).table.contains("note: memory and processor are measured with --pid"))
        #expect(LoadReport.idle(report).exitCode == 0)
    }

    @Test("A server that gave memory back costs less than nothing")
    func negative() {
        let report = IdleReport(
            speaks: .jsonLines, connections: 1_000, waitsFor: nil, setupSeconds: 0, interval: interval,
            residentKiB: (before: 2_000, after: 1_500))
        #expect(text(.idle(report)).contains(#""kib_per_connection":-0.50,"#))
    }
}
