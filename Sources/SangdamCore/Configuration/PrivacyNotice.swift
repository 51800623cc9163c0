// What customers are told about their data before they enter, and whether they must agree to it first.

/// Names the very words that somebody agreed to: `PrivacyNotice.version`.
package typealias NoticeVersion = Name<PrivacyNotice>

/// The organisation's notice about customers' data.
package struct PrivacyNotice: Sendable, Equatable {
    package let text: Localised
    /// Where all of it can be read; nil when the text is all there is.
    package let url: String?
    /// Nobody enters without having agreed to this very version.
    package let needsConsent: Bool
    /// 16 hex digits that change with the text in any language and with the address: whoever agreed to other words has
    /// not agreed to these.
    package let version: NoticeVersion

    package init(text: Localised, url: String?, needsConsent: Bool) {
        self.text = text
        self.url = url
        self.needsConsent = needsConsent
        var print = Fingerprint()
        print.add(text)
        print.add(url)
        let digits = String(print.value, radix: 16)
        version = NoticeVersion(String(repeating: "0", count: 16 - digits.count) + digits)
    }
}
