// Refusals, farewells and faults of certificates as agents read them: a sentence without the bare code, in Korean in
// the style of the console.

import SangdamConsole
import SangdamCore
import Testing

@Suite struct RefusalWordsTests {
    @Test(
        "A refusal is a sentence in the console's own words, or the server's where it has none",
        arguments: [
            (.korean, "unknown_agent", nil, nil, "그런 상담원이 없습니다."),
            (.korean, "bad_field", "to", nil, "‘to’ 값이 없거나 올바르지 않습니다."),
            (.korean, "rate_limited", nil, 1200, "너무 빠릅니다. 2초 뒤에 다시 시도해 주세요."),
            (.korean, "rate_limited", nil, nil, "너무 빠릅니다. 잠시 뒤에 다시 시도해 주세요."),
            (.korean, "from_a_later_version", nil, nil, "그런 것이 없어요."),
            (.english, "unknown_agent", nil, nil, "그런 것이 없어요."),
        ] as [(ConsoleLanguage, String, String?, Int64?, String)])
    func refusals(
        language: ConsoleLanguage, code: String, field: String?, milliseconds: Int64?, sentence: String
    ) {
        let phrase = Phrase.refusal(
            code: code, message: "그런 것이 없어요.", field: field,
            retryAfter: milliseconds.map { Interval(milliseconds: $0) })
        #expect(language.words(phrase) == sentence)
    }

    /// The reasons are OpenSSL's own words.
    @Test(
        "A certificate that is not trusted comes with what can be done about it",
        arguments: [
            (.english, "certificate has expired", " Its time is over: the server's operator has to renew it, if "),
            (.english, "certificate is not yet valid", " Its time has not begun: check this machine's clock."),
            (.english, "hostname mismatch", " It is for another name: "),
            (.english, "self-signed certificate", " The system's CAs do not know it: "), (.english, "odd", ""),
            (.korean, "certificate has expired", " 유효 기간이 지난 인증서입니다: "),
            (.korean, "certificate is not yet valid", " 유효 기간이 아직 시작되지 않은 인증서입니다: "),
        ] as [(ConsoleLanguage, String, String)])
    func distrust(language: ConsoleLanguage, reason: String, advice: String) {
        let sentence = language.words(.connectFailed(.untrusted(reason), address: "h:1", caFile: nil))
        #expect(sentence.contains("(\(reason)).\(advice)"), "\(sentence)")
        #expect(sentence.hasSuffix(").") == advice.isEmpty, "\(sentence)")
    }

    @Test("Without words from the server the code is better than nothing")
    func bareCode() {
        for language in ConsoleLanguage.allCases {
            #expect(language.words(.refusal(code: "new", message: "", field: nil, retryAfter: nil)) == "new")
            #expect(language.words(.bye(code: "new", message: "")).hasSuffix(": new"))
        }
    }

    @Test("Every Korean sentence is in the console's style, whatever the server says")
    func style() {
        let refusals = RefusalCode.allCases.map {
            Phrase.refusal(code: $0.rawValue, message: "안 돼요.", field: nil, retryAfter: nil)
        }
        let farewells = Farewell.allCases.map { Phrase.bye(code: $0.rawValue, message: "안 돼요.") }
        for sentence in (refusals + farewells).map(ConsoleLanguage.korean.words) {
            let endings = sentence.split(separator: ".").map(String.init)
            #expect(
                endings.allSatisfy { $0.hasSuffix("니다") || $0.hasSuffix("해 주세요") || $0.hasSuffix("보내 주세요") },
                "\(sentence)")
        }
    }
}
