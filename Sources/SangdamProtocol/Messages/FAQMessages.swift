// The bytes of what clients say about frequent questions (Protocol.md#Frequent-questions).

internal import SangdamCore
internal import SangdamJSON

extension ClientMessageRow {
    static func faq(
        _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage {
        var words: Text?
        var topic: TopicID?
        var language: Language?
        while let field = try reader.nextField() {
            switch field {
            case "q": words = try reader.words(limitBytes: limits.textBytes)
            case "topic": topic = try reader.name()
            case "lang": language = Language(tag: try reader.string(limitBytes: ClientMessageLimits.userBytes))
            default: try reader.skip()
            }
        }
        return .command(.faq(FAQQuery(try required(words, "q"), topic: topic, language: language)))
    }

    static func faqHelped(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var isHelped: Bool?
        while let field = try reader.nextField() {
            switch field {
            case "helped": isHelped = try reader.bool()
            default: try reader.skip()
            }
        }
        return .command(.faqHelped(try required(isHelped, "helped")))
    }
}

extension FAQQuery {
    func write(to writer: inout JSONWriter) {
        writer.key("q")
        writer.string(words)
        if let topic {
            writer.key("topic")
            writer.string(topic.text)
        }
        if let language {
            writer.key("lang")
            writer.string(language.rawValue)
        }
    }
}
