// The desk that tests open: small, with every kind of queue there is.

import SangdamCore

extension Instant {
    /// 2026-11-22T08:00:00Z, when every test's day begins.
    static let opening = Instant(milliseconds: 1_795_334_400_000)

    /// So many seconds after opening.
    static func opening(plus seconds: Double) -> Instant {
        opening + Interval(milliseconds: Int64((seconds * 1000).rounded()))
    }
}

extension DeskConfiguration {
    /// `pay` and `refund` alike, `fraud` ahead of them, `tech` for specialists.
    static let sample = DeskConfiguration(
        name: Localised([.english: "Sample"]),
        topics: [
            Topic(id: "pay", labels: Localised([.english: "Payment"]), queue: "pay"),
            Topic(id: "refund", labels: Localised([.english: "Refund"]), queue: "refund"),
            Topic(id: "fraud", labels: Localised([.english: "Fraud"]), queue: "fraud"),
            Topic(id: "tech", labels: Localised([.english: "Technical"]), queue: "tech"),
        ],
        queues: [
            Queue(id: "pay", labels: Localised([.english: "Payment"])),
            Queue(id: "refund", labels: Localised([.english: "Refund"])),
            Queue(id: "fraud", labels: Localised([.english: "Fraud"]), priority: 10),
            Queue(id: "tech", labels: Localised([.english: "Technical"]), needsSpecialist: true),
        ])
}

extension [Question] {
    /// Of each kind one; two must be answered.
    static let fraud = [
        Question(id: "when", isRequired: true, kind: .date),
        Question(id: "transactions", labels: Localised([.english: "Which transactions?"]), isRequired: true),
        Question(id: "sum", labels: Localised([.english: "How much?"]), kind: .amount),
        Question(
            id: "card", labels: Localised([.english: "Which card?"]),
            kind: .choice(["credit", "debit"].map { .init(id: $0, labels: Localised([.english: $0.text])) })),
    ]
}

extension AgentProfile {
    init(
        _ name: AgentName, skills: [QueueID] = [], languages: [Language] = [.korean], capacity: Int = 1,
        role: Role = .agent
    ) {
        self.init(name: name, role: role, skills: skills, languages: languages, capacity: capacity)
    }
}
