// The desk of a configuration file: name, topics, queues and contact cards. Names are checked against each other here,
// so that the desk itself never meets a topic that leads nowhere.

import SangdamCore

/// What the file says of the desk, as read from its top-level keys.
struct DeskReader {
    static let keys = ["name", "topics", "queues", "contacts"]

    // A menu of more lines than a terminal has helps nobody.
    private static let topicLimit = 50
    private static let queueLimit = 50
    private static let contactLimit = 20

    /// Reads the desk; what is missing or at fault stays as in `desk`.
    /// - Parameter hours: the names of hours that queues and contacts may name.
    static func read(
        _ fields: [String: DocumentNode.Entry], into desk: inout DeskConfiguration, hours: [String],
        with reader: inout FileReader
    ) {
        if let entry = fields["name"], let name = reader.localised(entry.value, of: "`name`") { desk.name = name }
        let contacts = fields["contacts"].map { readContacts($0.value, hours: hours, with: &reader) } ?? Listed()
        guard fields["topics"] != nil || fields["queues"] != nil else {
            desk.contacts = contacts.items
            return
        }
        // Without one of the two the other hangs in the air.
        guard let topicsEntry = fields["topics"], let queuesEntry = fields["queues"] else {
            let (present, absent) = fields["topics"] != nil ? ("topics", "queues") : ("queues", "topics")
            if let entry = fields[present] {
                reader.fault(entry.location, "`\(present)` without `\(absent)`: every topic leads to a queue")
            }
            return
        }
        let queues = readQueues(queuesEntry.value, hours: hours, with: &reader)
        let topics = readTopics(
            topicsEntry.value, queues: queues.names, contacts: contacts.names, with: &reader)
        desk.queues = queues.items
        desk.topics = topics.items
        desk.contacts = contacts.items
    }

    /// What was read, and every name that was seen, also of items that are at fault otherwise: one fault is not to
    /// cause a second one elsewhere.
    private struct Listed<Item> {
        var items: [Item] = []
        var names: [String] = []
    }

    private static func readQueues(
        _ node: DocumentNode, hours: [String], with reader: inout FileReader
    ) -> Listed<Queue> {
        var queues = Listed<Queue>()
        for node in reader.list(node, of: "`queues`", limit: queueLimit) {
            let keys = [
                "id", "labels", "priority", "specialists", "hours", "closed", "unstaffed", "max_wait_seconds",
            ]
            guard let fields = reader.fields(node, of: "a queue", allowed: keys) else { continue }
            let id: QueueID? = identifier(fields, node, of: "queue", seen: &queues.names, with: &reader)
            let labels = labels(fields, node, of: "queue", with: &reader)
            var priority = 0
            if let entry = fields["priority"] {
                if case .scalar(let text, isQuoted: false) = entry.value.content, let number = Int(text),
                    (-100...100).contains(number)
                {
                    priority = number
                } else {
                    reader.fault(
                        entry.value.location,
                        "a queue's `priority` must be a whole number from -100 to 100, not \(entry.value.kindName)")
                }
            }
            let needsSpecialist = reader.truth(fields["specialists"], of: "a queue's `specialists`")
            let name = reference(fields, "hours", node, of: "queue", isRequired: false, among: hours, with: &reader)
            let closed = offering("closed", fields, with: &reader)
            let unstaffed = offering("unstaffed", fields, with: &reader)
            let maxWait = maxWait(fields, with: &reader)
            if let id, let labels {
                queues.items.append(
                    Queue(
                        id: id, labels: labels, priority: priority, needsSpecialist: needsSpecialist, hours: name,
                        closed: closed, unstaffed: unstaffed, maxWait: maxWait))
            }
        }
        return queues
    }

    private static func offering(
        _ key: String, _ fields: [String: DocumentNode.Entry], with reader: inout FileReader
    ) -> Offering {
        guard let entry = fields[key] else { return .chat }
        if case .scalar(let text, _) = entry.value.content, let offering = Offering(rawValue: text) { return offering }
        let words = Offering.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        reader.fault(entry.value.location, "a queue's `\(key)` must be one of \(words), not \(entry.value.kindName)")
        return .chat
    }

    private static func maxWait(
        _ fields: [String: DocumentNode.Entry], with reader: inout FileReader
    ) -> Interval? {
        guard let entry = fields["max_wait_seconds"] else { return nil }
        if case .scalar(let text, isQuoted: false) = entry.value.content, let number = Int64(text),
            (60...86_400).contains(number)
        {
            return .seconds(number)
        }
        reader.fault(
            entry.value.location,
            "a queue's `max_wait_seconds` must be a whole number from 60 to 86400, not \(entry.value.kindName)")
        return nil
    }

    private static func readTopics(
        _ node: DocumentNode, queues: [String], contacts: [String], with reader: inout FileReader
    ) -> Listed<Topic> {
        var topics = Listed<Topic>()
        var intakes = IntakeReader()
        for node in reader.list(node, of: "`topics`", limit: topicLimit) {
            let keys = ["id", "labels", "queue", "contact", "intake"]
            guard let fields = reader.fields(node, of: "a topic", allowed: keys) else { continue }
            let id: TopicID? = identifier(fields, node, of: "topic", seen: &topics.names, with: &reader)
            let labels = labels(fields, node, of: "topic", with: &reader)
            let queue = reference(
                fields, "queue", node, of: "topic", isRequired: true, among: queues, with: &reader)
            let contact = reference(
                fields, "contact", node, of: "topic", isRequired: false, among: contacts, with: &reader)
            let intake = fields["intake"].flatMap { intakes.read($0.value, with: &reader) }
            if let id, let labels, let queue {
                topics.items.append(
                    Topic(id: id, labels: labels, queue: QueueID(queue), contact: contact, intake: intake))
            }
        }
        return topics
    }

    private static func readContacts(
        _ node: DocumentNode, hours names: [String], with reader: inout FileReader
    ) -> Listed<ContactCard> {
        var contacts = Listed<ContactCard>()
        for node in reader.list(node, of: "`contacts`", limit: contactLimit) {
            let keys = ["id", "labels", "phone", "hours", "open"]
            guard let fields = reader.fields(node, of: "a contact", allowed: keys) else { continue }
            let id: Name<ContactCard>? = identifier(fields, node, of: "contact", seen: &contacts.names, with: &reader)
            let labels = labels(fields, node, of: "contact", with: &reader)
            var phone: String?
            if let entry = required("phone", fields, node, of: "contact", with: &reader) {
                phone = reader.words(entry.value, of: "a contact's `phone`", limitBytes: 40)
            }
            var hours: Localised?
            if let entry = required("hours", fields, node, of: "contact", with: &reader) {
                hours = reader.localised(entry.value, of: "a contact's `hours`")
            }
            var opening: OpeningHours?
            var schedule: String?
            if let entry = fields["open"] {
                if isName(entry.value, among: names) {
                    schedule = reference(
                        fields, "open", node, of: "contact", isRequired: false, among: names, with: &reader)
                } else {
                    opening = openingHours(entry.value, with: &reader)
                }
            }
            if let id, let labels, let phone, let hours {
                contacts.items.append(
                    ContactCard(
                        id: id.text, labels: labels, phone: phone, hours: hours, opening: opening, schedule: schedule))
            }
        }
        return contacts
    }

    /// Whether it names hours instead of saying them: one word, and not the one that means all of them.
    private static func isName(_ node: DocumentNode, among names: [String]) -> Bool {
        guard case .scalar(let text, _) = node.content, text.lowercased() != "always" else { return false }
        return names.contains(text) || Name<ContactCard>(validating: text) != nil && text.first?.isLetter == true
    }

    private static func openingHours(_ node: DocumentNode, with reader: inout FileReader) -> OpeningHours? {
        var fault = OpeningHours.Fault.notHours
        if case .scalar(let text, _) = node.content {
            do throws(OpeningHours.Fault) { return try OpeningHours(text) } catch { fault = error }
        }
        let what =
            switch fault {
            case .notHours:
                "must be like `Mon-Fri 09:00-18:00, Sat 10:00-14:00 +09:00` or `always`, not " + node.kindName
            case .noOffset: "needs an offset for its `except`, like `always +09:00 except 2027-01-01`"
            case .noDays: "has no day behind `except`"
            case .tooManyDays: "has more than \(OpeningHours.exceptLimit) days and ranges behind `except`"
            case .notADay(let word):
                "has `\(printable(word))` behind `except`, which is no day like `2027-02-06` and no range like "
                    + "`2027-02-06..2027-02-09`"
            case .endsBeforeItBegins(let word):
                "has `\(printable(word))` behind `except`, which ends before it begins"
            }
        reader.fault(node.location, "a contact's `open` " + what)
        return nil
    }

    private static func required(
        _ key: String, _ fields: [String: DocumentNode.Entry], _ node: DocumentNode, of what: String,
        with reader: inout FileReader
    ) -> DocumentNode.Entry? {
        if let entry = fields[key] { return entry }
        reader.fault(node.location, "this \(what) has no `\(key)`")
        return nil
    }

    static func identifier<Kind>(
        _ fields: [String: DocumentNode.Entry], _ node: DocumentNode, of what: String, seen: inout [String],
        with reader: inout FileReader
    ) -> Name<Kind>? {
        guard let entry = required("id", fields, node, of: what, with: &reader),
            let name: Name<Kind> = reader.name(entry.value, of: "a \(what)'s `id`")
        else { return nil }
        guard !seen.contains(name.text) else {
            reader.fault(entry.value.location, "the \(what) `\(name)` stands twice")
            return nil
        }
        seen.append(name.text)
        return name
    }

    static func labels(
        _ fields: [String: DocumentNode.Entry], _ node: DocumentNode, of what: String, with reader: inout FileReader
    ) -> Localised? {
        guard let entry = required("labels", fields, node, of: what, with: &reader) else { return nil }
        return reader.localised(entry.value, of: "a \(what)'s `labels`")
    }

    /// A name that must be among `names`.
    private static func reference(
        _ fields: [String: DocumentNode.Entry], _ key: String, _ node: DocumentNode, of what: String, isRequired: Bool,
        among names: [String], with reader: inout FileReader
    ) -> String? {
        guard let entry = fields[key] else {
            if isRequired { reader.fault(node.location, "this \(what) has no `\(key)`") }
            return nil
        }
        guard case .scalar(let text, _) = entry.value.content, names.contains(text) else {
            var hint = names.isEmpty ? "there is none" : "there are " + names.map { "`\($0)`" }.joined(separator: ", ")
            if case .scalar(let text, _) = entry.value.content, let close = suggestion(for: text, among: names) {
                hint = "did you mean `\(close)`?"
            }
            reader.fault(
                entry.value.location,
                "the \(what) leads to \(["hours", "open"].contains(key) ? "unknown hours" : "an unknown \(key)"), "
                    + "\(entry.value.kindName) (\(hint))")
            return nil
        }
        return text
    }
}
