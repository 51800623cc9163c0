// What a topic asks, as the file says it.

import SangdamCore
import SangdamServer
import Testing

@Suite("A topic's questions in the file")
struct IntakeConfigurationTests {
    private func topics(_ lines: String) throws -> [Topic] {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "queues:\n  - {id: q, labels: {ko: 일반}}\ntopics:\n" + lines, to: "intake.yaml")
        return try ServerConfiguration.load(file: file, environment: [:]).desk.topics
    }

    @Test("Of every kind, in order; a standard question has words already")
    func kinds() throws {
        let topics = try topics(
            """
              - {id: a, labels: {ko: 가}, queue: q}
              - {id: b, labels: {ko: 가}, queue: q, intake: []}
              - id: c
                labels: {ko: 가}
                queue: q
                intake:
                  - {id: when, required: true, kind: date}
                  - {id: what, labels: {ko: 무슨 일인가요?}, required: false, kind: text}
                  - {id: sum, labels: {ko: 얼마?, en: How much?}, kind: amount}
                  - id: card
                    labels: {en: Which card?}
                    required: true
                    kind: choice
                    choices: [{id: credit, labels: {en: Credit}}, {id: debit, labels: {ko: 체크, en: Debit}}]

            """)
        #expect(topics[0].intake == nil)
        #expect(topics[1].intake == [])
        #expect(
            topics[2].intake == [
                Question(id: "when", isRequired: true, kind: .date),
                Question(id: "what", labels: Localised([.korean: "무슨 일인가요?"])),
                Question(id: "sum", labels: Localised([.korean: "얼마?", .english: "How much?"]), kind: .amount),
                Question(
                    id: "card", labels: Localised([.english: "Which card?"]), isRequired: true,
                    kind: .choice([
                        .init(id: "credit", labels: Localised([.english: "Credit"])),
                        .init(id: "debit", labels: Localised([.korean: "체크", .english: "Debit"])),
                    ])),
            ])
    }

    @Test("As many as may be")
    func most() throws {
        func intake(_ count: Int) -> String {
            "[" + (1...count).map { "{id: q\($0), labels: {ko: 가}}" }.joined(separator: ", ") + "]"
        }
        let topics = try topics(
            (1...7).map { "  - {id: t\($0), labels: {ko: 가}, queue: q, intake: \(intake($0 < 7 ? 12 : 8))}\n" }.joined()
        )
        #expect(topics.map { $0.questions.count } == [12, 12, 12, 12, 12, 12, 8])
    }
}
