// The declared families against the documentation, and against promtool where it is installed.

import CoreMetrics
import Foundation
import SangdamCore
import SangdamMetrics
import Testing

@testable import SangdamServer

@Suite("Families")
struct FamiliesTests {
    /// What Metrics.md#Overview promises, written down a second time: name, labels, type.
    static let promised: [(name: String, labels: [String], type: String)] = [
        ("sangdam_chats_offered_total", ["queue"], "counter"),
        ("sangdam_chats_answered_total", ["queue"], "counter"),
        ("sangdam_chats_abandoned_total", ["queue", "short"], "counter"),
        ("sangdam_chats_ended_total", ["queue", "reason"], "counter"),
        ("sangdam_queue_length", ["queue"], "gauge"),
        ("sangdam_queue_oldest_wait_seconds", ["queue"], "gauge"),
        ("sangdam_queue_estimated_wait_seconds", ["queue"], "gauge"),
        ("sangdam_queue_wait_seconds", ["queue", "outcome"], "histogram"),
        ("sangdam_first_response_seconds", ["queue"], "histogram"),
        ("sangdam_handle_seconds", ["queue"], "histogram"),
        ("sangdam_wrapup_seconds", ["queue"], "histogram"),
        ("sangdam_offers_total", ["queue", "result"], "counter"),
        ("sangdam_agents", ["status"], "gauge"),
        ("sangdam_agent_slots", ["state"], "gauge"),
        ("sangdam_transfers_total", ["kind"], "counter"),
        ("sangdam_inquiries_total", ["queue", "result"], "counter"),
        ("sangdam_inquiries_open", ["queue"], "gauge"),
        ("sangdam_inquiries_overdue", ["queue"], "gauge"),
        ("sangdam_inquiry_answer_seconds", ["queue"], "histogram"),
        ("sangdam_mail_total", ["result"], "counter"),
        ("sangdam_mail_waiting", [], "gauge"),
        ("sangdam_requeues_total", ["reason"], "counter"),
        ("sangdam_ratings_total", ["queue", "score"], "counter"),
        ("sangdam_messages_total", ["from"], "counter"),
        ("sangdam_messages_deduplicated_total", [], "counter"),
        ("sangdam_resumes_total", ["role", "result"], "counter"),
        ("sangdam_connections", ["mode"], "gauge"),
        ("sangdam_tls_handshakes_total", ["result"], "counter"),
        ("sangdam_disconnects_total", ["code"], "counter"),
        ("sangdam_refusals_total", ["code"], "counter"),
        ("sangdam_certificate_expiry_seconds", [], "gauge"),
        ("sangdam_journal_commit_seconds", [], "histogram"),
        ("sangdam_journal_bytes_total", [], "counter"),
        ("sangdam_journal_errors_total", [], "counter"),
    ]

    @Test("Every metric that is promised is declared as promised", arguments: promised)
    func declared(name: String, labels: [String], type: String) throws {
        let family = try #require(MetricFamily.all.first { $0.name == name })
        #expect(family.labels == labels)
        switch family.kind {
        case .counter: #expect(type == "counter")
        case .gauge: #expect(type == "gauge")
        case .histogram: #expect(type == "histogram")
        }
        #expect(!family.help.isEmpty)
    }

    /// What an operator reads in /metrics and in the manual is the same sentence, and a true one: disconnects count
    /// every end, and agents who are away are agents too.
    @Test("The manual's page has every family as it is declared", arguments: MetricFamily.all)
    func documented(family: MetricFamily) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        let page = folder.appendingPathComponent("Sources/SangdamServer/Documentation.docc/Metrics.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("| `\(family.name)` |") })
        #expect(line.hasSuffix(" \(family.labels.map { "`\($0)`" }.joined(separator: ", ")) | \(family.help) |"))
    }

    @Test("What is counted is said truly")
    func words() {
        let help = Dictionary(uniqueKeysWithValues: MetricFamily.all.map { ($0.name, $0.help) })
        #expect(help["sangdam_disconnects_total"] == "Connections that ended, by the reason.")
        #expect(help["sangdam_agents"] == "Agents by their status; offline ones are those who are away.")
    }

    @Test("Queue waits have the promised buckets")
    func buckets() throws {
        let family = try #require(MetricFamily.all.first { $0.name == "sangdam_queue_wait_seconds" })
        guard case .histogram(let buckets) = family.kind else {
            Issue.record("no histogram")
            return
        }
        #expect(buckets.first == 1 && buckets.last == 1800 && buckets.contains(20))
    }

    /// A rate over a series that begins at 1 misses that 1.
    @Test("What is known before the first event stands at 0, and nothing else does")
    func zeros() {
        var desk = DeskConfiguration.unconfigured
        desk.queues = [Queue(id: "q", labels: Localised([.english: "Queue"]))]
        let text = String(decoding: MetricsRegistry(for: desk).text(), as: UTF8.self)
        let series = text.split(separator: "\n").filter { $0.hasSuffix("} 0") && !$0.contains("le=") }
        #expect(
            series == [
                #"sangdam_chats_abandoned_total{queue="q",short="false"} 0"#,
                #"sangdam_chats_abandoned_total{queue="q",short="true"} 0"#,
                #"sangdam_chats_answered_total{queue="q"} 0"#,
                #"sangdam_chats_ended_total{queue="q",reason="agent_ended"} 0"#,
                #"sangdam_chats_ended_total{queue="q",reason="customer_left"} 0"#,
                #"sangdam_chats_ended_total{queue="q",reason="customer_lost"} 0"#,
                #"sangdam_chats_ended_total{queue="q",reason="idle"} 0"#,
                #"sangdam_chats_ended_total{queue="q",reason="inquired"} 0"#,
                #"sangdam_chats_offered_total{queue="q"} 0"#,
                #"sangdam_faq_helped_total{helped="false"} 0"#,
                #"sangdam_faq_helped_total{helped="true"} 0"#,
                #"sangdam_mail_total{result="deferred"} 0"#,
                #"sangdam_mail_total{result="given_up"} 0"#,
                #"sangdam_mail_total{result="refused"} 0"#,
                #"sangdam_mail_total{result="sent"} 0"#,
                #"sangdam_mail_total{result="unreachable"} 0"#,
                #"sangdam_messages_total{from="agent"} 0"#,
                #"sangdam_messages_total{from="customer"} 0"#,
            ])
    }

    /// The heads of old journals say them.
    @Test("What lasts has the names that stand in the journal's files")
    func lasting() {
        let names = CountedFamily.allCases.filter { $0.row.kind == .lasting }.map(\.rawValue)
        #expect(
            names == [
                "chats_offered", "chats_answered", "chats_abandoned", "chats_ended", "offers", "transfers", "requeues",
                "ratings", "messages", "inquiries",
            ])
    }

    @Test("No label names a person or a conversation")
    func boundedLabels() {
        let forbidden: Set = ["customer", "chat", "session", "agent", "user", "address", "name", "id"]
        for family in MetricFamily.all { #expect(forbidden.isDisjoint(with: family.labels), "\(family.name)") }
    }

    @Test("promtool finds nothing to complain about", .enabled(if: promtool != nil, "promtool is not installed"))
    func promtoolIsContent() throws {
        let registry = MetricsRegistry()
        registry.declare(MetricFamily.all)
        registry.declareProcessMetrics()
        for family in MetricFamily.all where !family.labels.isEmpty {
            registry.expect(family.name, Dictionary(uniqueKeysWithValues: family.labels.map { ($0, ["a", "b"]) }))
        }
        let (status, complaints) = try check(registry.text())
        #expect(status == 0 && complaints.isEmpty, "\(complaints)")
        // The check itself can fail.
        let (badStatus, badComplaints) = try check(Array("# TYPE bad_total gauge\nbad_total 1\n".utf8))
        #expect(badStatus != 0 && !badComplaints.isEmpty)
    }

    private func check(_ text: [UInt8]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(promtool))
        process.arguments = ["check", "metrics"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        input.fileHandleForWriting.write(Data(text))
        try input.fileHandleForWriting.close()
        let complaints = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: complaints, as: UTF8.self))
    }
}

/// Where promtool is; nil where it is not.
private let promtool: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/promtool" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}()
