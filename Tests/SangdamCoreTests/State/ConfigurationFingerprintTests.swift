// Two configurations that differ anywhere have different fingerprints; one has the same on every machine.

import SangdamCore
import Testing

@Suite struct ConfigurationFingerprintTests {
    private static let full: DeskConfiguration = {
        var configuration = DeskConfiguration.sample
        configuration.contacts = [
            ContactCard(
                id: "hotline", labels: Localised([.korean: "전화"]), phone: "1588-0000", hours: Localised([:]),
                opening: try? OpeningHours("Mon-Fri 09:00-18:00 +09:00 except 2027-01-01"))
        ]
        configuration.topics[2].intake = [Question].fraud
        configuration.privacy = notice("개인정보", "https://a.example/", true)
        return configuration
    }()

    private static func question(
        _ id: QuestionID = "when", _ labels: [Language: String] = [:], isRequired: Bool = true,
        kind: Question.Kind = .date
    ) -> Question {
        Question(id: id, labels: Localised(labels), isRequired: isRequired, kind: kind)
    }

    private static func choice(_ ids: String..., label: String = "credit") -> Question {
        question(
            "card", [.english: "Which card?"], isRequired: false,
            kind: .choice(ids.map { .init(id: .init($0), labels: Localised([.english: label])) }))
    }

    private static let changes: [(String, @Sendable (inout DeskConfiguration) -> Void)] = [
        ("name", { $0.name = Localised([.korean: "Sample"]) }),
        ("inquiry's due", { $0.inquiry.due = .seconds(1) }),
        ("inquiry's clock", { $0.inquiry.clock = .hours }),
        ("inquiry's capacity", { $0.inquiry.capacity = 11 }),
        ("inquiry's lapse", { $0.inquiry.lapse = .seconds(1) }),
        ("inquiry's memory", { $0.inquiry.memory = .seconds(1) }),
        ("inquiry's perHour", { $0.inquiry.perHour = 6 }),
        ("inquiry's perOriginHour", { $0.inquiry.perOriginHour = 61 }),
        ("inquiry's repliesPerHour", { $0.inquiry.repliesPerHour = 21 }),
        ("inquiry's openLimit", { $0.inquiry.openLimit = 1 }),
        ("inquiry's textBytes", { $0.inquiry.textBytes = 1 }),
        ("inquiry's isMailed", { $0.inquiry.isMailed = true }),
        ("a topic less", { $0.topics.removeLast() }),
        ("topic's id", { $0.topics[0].id = "paying" }),
        ("topic's label", { $0.topics[0].labels = Localised([:]) }),
        ("topic's queue", { $0.topics[0].queue = "fraud" }),
        ("topic's contact", { $0.topics[0].contact = "hotline" }),
        ("topic's empty contact", { $0.topics[0].contact = "" }),
        ("topic that asks nothing", { $0.topics[0].intake = [] }),
        ("topic that asks the standard questions", { $0.topics[2].intake = nil }),
        ("a question less", { $0.topics[2].intake?.removeLast() }),
        ("question's id", { $0.topics[2].intake?[0] = question("since") }),
        ("question's label", { $0.topics[2].intake?[0] = question("when", [.korean: "언제?"]) }),
        ("question that may be left out", { $0.topics[2].intake?[0] = question(isRequired: false) }),
        ("question's kind", { $0.topics[2].intake?[0] = question(kind: .text) }),
        ("a choice less", { $0.topics[2].intake?[3] = choice("credit") }),
        ("choice's id", { $0.topics[2].intake?[3] = choice("credit", "bank") }),
        ("choices' labels", { $0.topics[2].intake?[3] = choice("credit", "debit") }),
        ("another order of topics", { $0.topics.swapAt(0, 1) }),
        ("queue's id", { $0.queues[0].id = "paying" }),
        ("queue's label", { $0.queues[0].labels = Localised([:]) }),
        ("queue's priority", { $0.queues[0].priority = 1 }),
        ("queue's specialists", { $0.queues[0].needsSpecialist = true }),
        ("queue's hours", { $0.queues[0].hours = "office" }),
        ("queue's empty hours", { $0.queues[0].hours = "" }),
        ("queue's closed", { $0.queues[0].closed = .inquiry }),
        ("queue's unstaffed", { $0.queues[0].unstaffed = .inquiry }),
        ("queue's longest wait", { $0.queues[0].maxWait = .seconds(1800) }),
        ("no contact", { $0.contacts = [] }),
        ("contact's id", { $0.contacts[0].id = "x" }),
        ("contact's label", { $0.contacts[0].labels = Localised([:]) }),
        ("contact's phone", { $0.contacts[0].phone = "x" }),
        ("contact's hours", { $0.contacts[0].hours = Localised([.english: "always"]) }),
        ("no opening", { $0.contacts[0].opening = nil }),
        ("contact's schedule", { $0.contacts[0].schedule = "office" }),
        ("opening's hours", { $0.contacts[0].opening = opening("Mon-Fri 09:00-17:00 +09:00 except 2027-01-01") }),
        ("opening's zone", { $0.contacts[0].opening = opening("Mon-Fri 09:00-18:00 +08:00 except 2027-01-01") }),
        ("opening's days", { $0.contacts[0].opening = opening("Mon-Fri 09:00-18:00 +09:00 except 2027-01-02") }),
        ("no notice", { $0.privacy = nil }),
        ("notice's text", { $0.privacy = notice("다른 안내", "https://a.example/", true) }),
        ("notice's address", { $0.privacy = notice("개인정보", "https://b.example/", true) }),
        ("no address", { $0.privacy = notice("개인정보", nil, true) }),
        ("notice's consent", { $0.privacy = notice("개인정보", "https://a.example/", false) }),
        ("offerTimeout", { $0.limits.offerTimeout = .zero }),
        ("unansweredUntilBreak", { $0.limits.unansweredUntilBreak += 1 }),
        ("declinePause", { $0.limits.declinePause = .zero }),
        ("pausesPerChat", { $0.limits.pausesPerChat += 1 }),
        ("agentMemory", { $0.limits.agentMemory = .zero }),
        ("wrapUp", { $0.limits.wrapUp = .zero }),
        ("customerHold", { $0.limits.customerHold = .zero }),
        ("waitingHold", { $0.limits.waitingHold = .zero }),
        ("agentHold", { $0.limits.agentHold = .zero }),
        ("idleReminder", { $0.limits.idleReminder = .zero }),
        ("idleEnd", { $0.limits.idleEnd = .zero }),
        ("shortAbandonment", { $0.limits.shortAbandonment = .zero }),
        ("rating", { $0.limits.rating = .zero }),
        ("queueLength", { $0.limits.queueLength += 1 }),
        ("textBytes", { $0.limits.textBytes += 1 }),
        ("messageBurst", { $0.limits.messageBurst += 1 }),
        ("messagesPerSecond", { $0.limits.messagesPerSecond += 0.5 }),
        ("sessionsPerParty", { $0.limits.sessionsPerParty += 1 }),
        ("idleSession", { $0.limits.idleSession = .zero }),
        ("expectedHandling", { $0.limits.expectedHandling = .zero }),
    ]

    private static func notice(_ text: String, _ url: String?, _ needsConsent: Bool) -> PrivacyNotice {
        PrivacyNotice(text: Localised([.korean: text]), url: url, needsConsent: needsConsent)
    }

    private static func opening(_ text: String) -> OpeningHours? { try? OpeningHours(text) }

    @Test func everyPartCounts() {
        var seen = [Self.full.fingerprint: "nothing"]
        for (name, change) in Self.changes {
            var configuration = Self.full
            change(&configuration)
            #expect(configuration != Self.full, "\(name)")
            let other = seen.updateValue(name, forKey: configuration.fingerprint)
            #expect(other == nil, "\(name)")
        }
        // A field that is new has to be among them.
        let limits = Mirror(reflecting: DeskLimits()).children.compactMap(\.label)
        #expect(Set(limits).isSubset(of: Self.changes.map(\.0)))
        let parts: [(Any, Int)] = [
            (Self.full, 7), (Self.full.inquiry, 11), (Self.full.topics[0], 5), (Self.full.topics[2].questions[0], 4),
            (Self.full.queues[0], 8), (Self.full.contacts[0], 6),
        ]
        for (part, count) in parts { #expect(Mirror(reflecting: part).children.count == count) }
    }

    /// The same in every process, on every machine; worked out by a program in another language.
    @Test func itIsANumberForGood() {
        #expect(String(DeskConfiguration.sample.fingerprint, radix: 16) == "14f0e57e821d98ff")
    }
}
