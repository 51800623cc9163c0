// What a topic asks, as part of `topics` (Protocol.md#Intake): each question with its words in the asker's language.

internal import SangdamCore
internal import SangdamJSON

extension ServerMessageWriter {
    static func writeQuestions(
        _ questions: [Question], in language: Language, _ sentence: (ServerSentence, Language) -> String,
        to writer: inout JSONWriter
    ) {
        writer.key("intake")
        writer.beginArray()
        for question in questions {
            writer.beginObject()
            writer.key("id")
            writer.string(question.id.text)
            writer.key("label")
            writer.string(question.label(in: language) { sentence(.question($0), language) })
            writer.key("required")
            writer.bool(question.isRequired)
            writer.key("kind")
            writer.string(question.kind.name)
            if case .choice(let choices) = question.kind {
                writer.key("choices")
                writer.beginArray()
                for choice in choices {
                    writer.beginObject()
                    writer.key("id")
                    writer.string(choice.id.text)
                    writer.key("label")
                    writer.string(choice.labels.text(in: language))
                    writer.endObject()
                }
                writer.endArray()
            }
            writer.endObject()
        }
        writer.endArray()
    }
}
