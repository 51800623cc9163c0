// Every metric of Sangdam, declared once; what else a new one needs stands in Contributing.md#A-metric. No label may
// ever name a customer, a chat or a session.

extension MetricFamily {
    /// The families of Metrics.md#Overview; among them `sangdam_journal_durability`, which says how much an
    /// acknowledgement promises, and `sangdam_certificate_expiry_seconds`, which says how long customers can still
    /// come.
    package static let all: [MetricFamily] = chats + people + network + journal

    private static let chats: [MetricFamily] = [
        MetricFamily(
            "sangdam_chats_offered_total", .counter, help: "Chats that entered a queue.", labels: ["queue"]),
        MetricFamily(
            "sangdam_chats_answered_total", .counter, help: "Chats that an agent took.", labels: ["queue"]),
        MetricFamily(
            "sangdam_chats_abandoned_total", .counter,
            help: "Customers who left a queue before an agent came; short: they hardly waited.",
            labels: ["queue", "short"]),
        MetricFamily(
            "sangdam_chats_ended_total", .counter, help: "Chats that ended, by the reason.",
            labels: ["queue", "reason"]),
        MetricFamily("sangdam_queue_length", .gauge, help: "Customers waiting now.", labels: ["queue"]),
        MetricFamily(
            "sangdam_queue_oldest_wait_seconds", .gauge,
            help: "How long the customer who has waited longest is waiting.", labels: ["queue"]),
        MetricFamily(
            "sangdam_queue_estimated_wait_seconds", .gauge,
            help: "What a customer who came now would be told; absent while nobody is on duty.", labels: ["queue"]),
        MetricFamily(
            "sangdam_queue_wait_seconds", .histogram(buckets: [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800]),
            help: "Time in the queue until an agent came or the customer left.", labels: ["queue", "outcome"]),
        MetricFamily(
            "sangdam_first_response_seconds", .histogram(buckets: [1, 2, 5, 10, 20, 30, 60, 120, 300, 600]),
            help: "Time from the start of a chat to its agent's first words.", labels: ["queue"]),
        MetricFamily(
            "sangdam_handle_seconds",
            .histogram(buckets: [30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200]),
            help: "Time from the start of a chat to the end of its wrap-up.", labels: ["queue"]),
        MetricFamily(
            "sangdam_wrapup_seconds", .histogram(buckets: [1, 5, 10, 20, 30, 60, 90, 120, 300, 600]),
            help: "Time in wrap-up.", labels: ["queue"]),
        MetricFamily(
            "sangdam_transfers_total", .counter, help: "Chats handed over to a queue or an agent.", labels: ["kind"]),
        MetricFamily(
            "sangdam_requeues_total", .counter, help: "Chats that went back to the head of their queue.",
            labels: ["reason"]),
        MetricFamily(
            "sangdam_ratings_total", .counter, help: "Ratings by customers, by the score.",
            labels: ["queue", "score"]),
        MetricFamily(
            "sangdam_messages_total", .counter, help: "Messages stored and relayed, by their author's role.",
            labels: ["from"]),
        MetricFamily(
            "sangdam_messages_deduplicated_total", .counter,
            help: "Messages that were sent again and acknowledged again without being stored twice."),
    ]

    private static let people: [MetricFamily] = [
        MetricFamily(
            "sangdam_offers_total", .counter, help: "Offers to agents, by how they ended.",
            labels: ["queue", "result"]),
        MetricFamily(
            "sangdam_agents", .gauge, help: "Agents by their status; offline ones are those who are away.",
            labels: ["status"]),
        MetricFamily(
            "sangdam_agent_slots", .gauge, help: "Slots of agents on duty, by what holds them.", labels: ["state"]),
        MetricFamily(
            "sangdam_resumes_total", .counter, help: "Parties that came back to what they had open.",
            labels: ["role", "result"]),
    ]

    private static let network: [MetricFamily] = [
        MetricFamily("sangdam_connections", .gauge, help: "Connections open now.", labels: ["mode"]),
        MetricFamily("sangdam_tls_handshakes_total", .counter, help: "TLS handshakes.", labels: ["result"]),
        MetricFamily(
            "sangdam_disconnects_total", .counter, help: "Connections that ended, by the reason.",
            labels: ["code"]),
        MetricFamily(
            "sangdam_refusals_total", .counter, help: "Requests that were refused, by the error's code.",
            labels: ["code"]),
        MetricFamily(
            "sangdam_certificate_expiry_seconds", .gauge,
            help: "Seconds until the certificate in service, or one behind it, expires; below zero once it has."),
    ]

    private static let journal: [MetricFamily] = [
        MetricFamily(
            "sangdam_journal_commit_seconds",
            .histogram(buckets: [
                0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1,
            ]),
            help: "Time of a group commit: one write and one flush."),
        MetricFamily("sangdam_journal_bytes_total", .counter, help: "Bytes appended to the journal."),
        MetricFamily("sangdam_journal_errors_total", .counter, help: "Writes and flushes of the journal that failed."),
        MetricFamily(
            "sangdam_journal_durability", .gauge, help: "1 for the durability that is in force.",
            labels: ["durability"]),
    ]
}
