// A topic's `intake`: the questions that its customers are asked.

import SangdamCore

/// Counts over all topics, because all of them stand in one message.
struct IntakeReader {
    /// Questions and choices of all topics together: with words as long as they may be, the menu stays a message that
    /// clients take.
    private static let totalLimit = 80
    private static let choiceLimit = 12
    private static let kinds = ["text", "date", "amount", "choice"]

    private var total = 0

    /// An empty list asks nothing; nil is a fault.
    mutating func read(_ node: DocumentNode, with reader: inout FileReader) -> [Question]? {
        if case .list(let nodes) = node.content, nodes.isEmpty { return [] }
        var questions: [Question] = []
        var seen: [String] = []
        for node in reader.list(node, of: "a topic's `intake`", limit: Intake.limit) {
            let keys = ["id", "labels", "required", "kind", "choices"]
            guard let fields = reader.fields(node, of: "a question", allowed: keys) else { continue }
            let id: QuestionID? = DeskReader.identifier(fields, node, of: "question", seen: &seen, with: &reader)
            var labels = Localised([:])
            // A standard question has words already.
            if fields["labels"] != nil || id.map({ IntakeField(rawValue: $0.text) == nil }) ?? false {
                labels = DeskReader.labels(fields, node, of: "question", with: &reader) ?? labels
            }
            let isRequired = reader.truth(fields["required"], of: "a question's `required`")
            let kind = kind(fields, node, with: &reader)
            count(at: node.location, with: &reader)
            if let id, let kind {
                questions.append(Question(id: id, labels: labels, isRequired: isRequired, kind: kind))
            }
        }
        return questions
    }

    private mutating func kind(
        _ fields: [String: DocumentNode.Entry], _ node: DocumentNode, with reader: inout FileReader
    ) -> Question.Kind? {
        var name = "text"
        if let entry = fields["kind"] {
            guard case .scalar(let text, _) = entry.value.content, Self.kinds.contains(text) else {
                let kinds = Self.kinds.map { "`\($0)`" }.joined(separator: ", ")
                reader.fault(
                    entry.value.location, "a question's `kind` must be one of \(kinds), not \(entry.value.kindName)")
                return nil
            }
            name = text
        }
        if let entry = fields["choices"], name != "choice" {
            reader.fault(entry.location, "`choices` belong to a question of the kind `choice`, not `\(name)`")
            return nil
        }
        switch name {
        case "date": return .date
        case "amount": return .amount
        case "choice": return choices(fields, node, with: &reader).map { .choice($0) }
        default: return .text
        }
    }

    private mutating func choices(
        _ fields: [String: DocumentNode.Entry], _ node: DocumentNode, with reader: inout FileReader
    ) -> [Question.Choice]? {
        guard let entry = fields["choices"] else {
            reader.fault(node.location, "this question of the kind `choice` has no `choices`")
            return nil
        }
        var choices: [Question.Choice] = []
        var seen: [String] = []
        for node in reader.list(entry.value, of: "a question's `choices`", limit: Self.choiceLimit) {
            guard let fields = reader.fields(node, of: "a choice", allowed: ["id", "labels"]) else { continue }
            let id: Name<Question.Choice>? = DeskReader.identifier(
                fields, node, of: "choice", seen: &seen, with: &reader)
            let labels = DeskReader.labels(fields, node, of: "choice", with: &reader)
            count(at: node.location, with: &reader)
            if let id, let labels { choices.append(Question.Choice(id: id, labels: labels)) }
        }
        return choices.isEmpty ? nil : choices
    }

    private mutating func count(at location: Location, with reader: inout FileReader) {
        total += 1
        guard total == Self.totalLimit + 1 else { return }
        reader.fault(location, "the topics have more than \(Self.totalLimit) questions and choices together")
    }
}
