// The way back as a customer writes it: the digest and the secret are those of the token that was issued.

import SangdamCore
import Testing

@testable import SangdamServer

@Suite("Resume tokens")
struct ResumeTokenTests {
    @Test("A token that was issued is found as it is, and in any form in which people write it")
    func written() {
        for _ in 0..<50 {
            let issued = makeResumeToken()
            let text = issued.secret.string
            let fullWidth = String(
                String.UnicodeScalarView(text.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
            for written in [
                text, text.uppercased(), text.map(String.init).joined(separator: " "), fullWidth,
                "“\(text.prefix(13))-\(text.suffix(13))”", text.replacing("1", with: "l").replacing("0", with: "O"),
            ] {
                let token = resumeToken(written: Text(written))
                #expect(token.secret == issued.secret, "\(written)")
                #expect(token.digest == issued.digest, "\(written)")
            }
        }
    }

    /// What journals hold: the first half of what `printf %s 544k1xk12xrzats6533vme72kd | sha256sum` prints.
    @Test("The digest of a token stays what it was in earlier journals")
    func digest() {
        let token = resumeToken(written: "544K 1XK1 2XRZ ATS6 533V ME72 KD")
        #expect(token.secret == "544k1xk12xrzats6533vme72kd")
        #expect(token.digest == TokenDigest(high: 0x0408_7db3_c06b_d25c, low: 0xed11_3570_f638_9ee7))
    }

    @Test("What is no token is nobody's", arguments: ["", "tok-1", "84k1xk12xrzats6533vme72kdd", "코드", "-"])
    func none(_ text: String) {
        let token = resumeToken(written: Text(text))
        #expect(token.secret == Text(text))
        #expect(token.digest != resumeToken(written: Text(text + " ")).digest)
    }
}
