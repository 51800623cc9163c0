// Nobody enters without having agreed to the privacy notice of today, where that is asked for; what was agreed to
// stands in the chat's first record.

import SangdamCore
import Testing

@Suite struct ConsentTests {
    private static func notice(_ text: String, needsConsent: Bool = true) -> PrivacyNotice {
        PrivacyNotice(
            text: Localised([.korean: text]), url: "https://www.example.com/privacy", needsConsent: needsConsent)
    }

    private static func desk(_ privacy: PrivacyNotice?) -> DeskScenario {
        var configuration = DeskConfiguration.sample
        configuration.privacy = privacy
        return DeskScenario(configuration)
    }

    private static let version: String = notice("안내").version.text

    /// What a customer enters with, and what comes of it: the version in the record, or a refusal.
    @Test(
        arguments: [
            (notice("안내"), "c1 enters pay agreeing \(version)", "queued", version),
            (notice("안내"), "c1 enters pay what=card agreeing \(version)", "queued", version),
            (notice("안내"), "c1 enters pay", "error consent_required", nil),
            (notice("안내"), "c1 enters pay agreeing 0123456789abcdef", "error consent_required", nil),
            (notice("새 안내"), "c1 enters pay agreeing \(version)", "error consent_required", nil),
            (notice("안내", needsConsent: false), "c1 enters pay", "queued", nil),
            (notice("안내", needsConsent: false), "c1 enters pay agreeing \(version)", "queued", version),
            (notice("안내", needsConsent: false), "c1 enters pay agreeing another", "queued", nil),
            (nil, "c1 enters pay", "queued", nil),
            (nil, "c1 enters pay agreeing \(version)", "queued", nil),
        ] as [(PrivacyNotice?, String, String, String?)])
    func entering(_ privacy: PrivacyNotice?, _ step: String, _ answer: String, _ recorded: String?) throws {
        var day = Self.desk(privacy)
        let came = answer == "queued" ? "c1 ← queued pay 1 nobody" : "c1 ← \(answer)"
        try day.play("0 c1 arrives | c1 ← welcome ko\n1 \(step) | \(came)")
        let opened = day.journal.compactMap { record -> Opened? in
            if case .chat(_, _, .opened(let opened)) = record.body { opened } else { nil }
        }
        #expect(opened.map(\.consent) == (answer == "queued" ? [recorded.map { NoticeVersion($0) }] : []))
    }

    @Test("A notice that changes while the desk runs is asked about anew")
    func changed() throws {
        var day = Self.desk(Self.notice("안내"))
        try day.play("0 c1 arrives | c1 ← welcome ko")
        var configuration = day.configuration
        configuration.privacy = Self.notice("새 안내")
        _ = day.handle(.configured(configuration))
        try day.play(
            """
            1 c1 enters pay agreeing \(Self.version)                    | c1 ← error consent_required
            2 c1 enters pay agreeing \(Self.notice("새 안내").version) | c1 ← queued pay 1 nobody
            """)
    }

    @Test("The version is of the text in every language and of the address, and of nothing else")
    func versions() {
        let notices = [
            Self.notice("안내"), Self.notice("안내.", needsConsent: false),
            PrivacyNotice(text: Localised([.korean: "안내"]), url: nil, needsConsent: true),
            PrivacyNotice(
                text: Localised([.english: "안내"]), url: "https://www.example.com/privacy", needsConsent: true),
        ]
        #expect(Set(notices.map(\.version)).count == notices.count)
        #expect(Self.notice("안내", needsConsent: false).version == notices[0].version)
        #expect(notices.allSatisfy { $0.version.text.count == 16 && NoticeVersion(validating: $0.version.text) != nil })
    }
}
