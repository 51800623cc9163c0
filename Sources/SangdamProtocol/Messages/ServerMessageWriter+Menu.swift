// What is shown before a chat, or instead of one: topics, the privacy notice, other ways to reach the organisation, and
// frequent questions.

internal import SangdamCore
internal import SangdamJSON

extension ServerMessageWriter {
    static func writeTopics(
        _ notice: TopicsNotice, in language: Language, hasFAQ: Bool,
        _ sentence: (ServerSentence, Language) -> String, to writer: inout JSONWriter
    ) {
        type(.topics, &writer)
        writeDesk(notice.desk, in: language, to: &writer)
        writer.key("topics")
        writer.beginArray()
        for topic in notice.topics {
            writer.beginObject()
            writer.key("id")
            writer.string(topic.id.text)
            writer.key("label")
            writer.string(topic.labels.text(in: language))
            writer.key("queue")
            writer.string(topic.queue.text)
            writer.key("open")
            writer.bool(topic.isOpen)
            writer.key("waiting")
            writer.number(topic.waiting)
            writer.key("state")
            writer.string(topic.reception.status.rawValue)
            if let until = topic.reception.until {
                writer.key("until")
                writer.string(until.at)
                if topic.reception.status == .closed {
                    writer.key("words")
                    writer.string(sentence(.opens(until), language))
                }
            }
            writeOffers(topic.reception.offers, to: &writer)
            if let intake = topic.intake { writeQuestions(intake, in: language, sentence, to: &writer) }
            writer.endObject()
        }
        writer.endArray()
        writeContacts(notice.contacts, in: language, to: &writer)
        if hasFAQ {
            writer.key("faq")
            writer.bool(true)
        }
        if let privacy = notice.privacy { writePrivacy(privacy, in: language, to: &writer) }
    }

    static func writePrivacy(_ notice: PrivacyNotice, in language: Language, to writer: inout JSONWriter) {
        writer.key("privacy")
        writer.beginObject()
        writer.key("version")
        writer.string(notice.version.text)
        writer.key("text")
        writer.string(notice.text.text(in: language))
        if let url = notice.url {
            writer.key("url")
            writer.string(url)
        }
        writer.key("consent")
        writer.bool(notice.needsConsent)
        writer.endObject()
    }

    static func writeOffers(_ offers: [Offering], to writer: inout JSONWriter) {
        writer.key("offers")
        writer.beginArray()
        for offering in offers { writer.string(offering.rawValue) }
        writer.endArray()
    }

    static func writeOpen(_ topics: [TopicID], to writer: inout JSONWriter) {
        if !topics.isEmpty { writeNames("open", topics, to: &writer) }
    }

    static func writeAlternatives(
        _ alternatives: Alternatives, in language: Language, to writer: inout JSONWriter
    ) {
        if let opens = alternatives.opens {
            writer.key("until")
            writer.string(opens.at)
        }
        writeOffers(alternatives.offers, to: &writer)
        writeContacts(alternatives.contacts, in: language, to: &writer)
    }

    static func writeContacts(
        _ contacts: [ContactStatus], in language: Language, to writer: inout JSONWriter
    ) {
        writer.key("contacts")
        writer.beginArray()
        for contact in contacts {
            let (card, isOpen) = (contact.card, contact.isOpen)
            writer.beginObject()
            writer.key("id")
            writer.string(card.id)
            writer.key("label")
            writer.string(card.labels.text(in: language))
            writer.key("phone")
            writer.string(card.phone)
            writer.key("hours")
            writer.string(card.hours.text(in: language))
            if let isOpen {
                writer.key("open")
                writer.bool(isOpen)
            }
            writer.endObject()
        }
        writer.endArray()
    }

    static func writeAnswers(_ answers: [FAQAnswer], to writer: inout JSONWriter) {
        type(.faq, &writer)
        writer.key("results")
        writer.beginArray()
        for answer in answers {
            writer.beginObject()
            writer.key("id")
            writer.string(answer.id.text)
            writer.key("question")
            writer.string(answer.question)
            writer.key("answer")
            writer.string(answer.answer)
            writer.endObject()
        }
        writer.endArray()
    }
}
