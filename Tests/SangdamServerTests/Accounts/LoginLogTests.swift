// What the log says of wrong passwords: who and from where, what follows, never more than so many lines.

import SangdamCore
import Testing

@testable import SangdamServer

@Suite("Wrong passwords in the log")
struct LoginLogTests {
    private func key(_ user: String, _ address: String = "192.0.2.7") -> LoginLimiter.Key {
        LoginLimiter.Key(user: user, address: address)
    }

    private func standing(
        lately: Int = 1, sinceRight: Int = 1, refusedFor milliseconds: Int64? = nil, isLocked: Bool = false
    ) -> LoginLimiter.Standing {
        LoginLimiter.Standing(
            lately: lately, sinceRight: sinceRight, refusedFor: milliseconds.map { Interval(milliseconds: $0) },
            isLocked: isLocked)
    }

    @Test(
        "Names as they are, or quoted and harmless",
        arguments: [
            ("sora", "sora"), ("nobody", "nobody"), ("", "\"\""), ("two words", "\"two words\""),
            ("kim from 10.0.0.1", "\"kim from 10.0.0.1\""), ("a\"b", "\"a\\\"b\""),
            ("x\n2026 error", "\"x<U+000A>2026 error\""), ("\u{1B}[2J", "\"<U+001B>[2J\""),
            ("a\u{202E}b", "\"a<U+202E>b\""), ("상담원", "\"상담원\""),
        ])
    func names(user: String, shown: String) {
        var log = LoginLog()
        let said = log.wrong(key(user), standing(), at: Instant(milliseconds: 0))
        #expect(said == ["wrong password for \(shown) from 192.0.2.7"])
    }

    @Test("What follows from it stands behind it")
    func consequences() {
        var log = LoginLog()
        var said: [String] = []
        for standing in [
            standing(lately: 2), standing(lately: 3, refusedFor: 58_001),
            standing(lately: 3, sinceRight: 20, refusedFor: 3_600_000, isLocked: true),
        ] {
            said += log.wrong(key("sora", "2001:db8::/64"), standing, at: Instant(milliseconds: 0))
        }
        #expect(
            said == [
                "wrong password for sora from 2001:db8::/64",
                "wrong password for sora from 2001:db8::/64 (3 in a minute: locked for 59 s)",
                "wrong password for sora from 2001:db8::/64 (20 since the last right one: locked for 3600 s)",
            ])
    }

    @Test("A flood is counted past a bound, and the next minute begins afresh")
    func flood() {
        var log = LoginLog()
        var said: [String] = []
        for number in 0..<1000 {
            said += log.wrong(key("u\(number)"), standing(), at: Instant(milliseconds: Int64(number)))
        }
        #expect(said.count == LoginLog.linesPerMinute + 1)
        #expect(said.last == "20 wrong passwords within a minute: until it is over, further ones are only counted")
        #expect(log.wrong(key("sora"), standing(), at: Instant(milliseconds: 59_999)).isEmpty)
        #expect(
            log.wrong(key("sora"), standing(), at: Instant(milliseconds: 60_000)) == [
                "981 more wrong passwords in the minute before", "wrong password for sora from 192.0.2.7",
            ])
    }

    @Test("How a key stands, as the limiter counts it")
    func standings() {
        var settings = LoginSettings()
        settings.wrongUntilLock = 4
        var limiter = LoginLimiter(settings)
        func tried(second: Int64) -> LoginLimiter.Standing {
            let now = Instant(milliseconds: second * 1000)
            #expect(limiter.begin(key("sora"), at: now) == nil)
            return limiter.standing(of: key("sora"), at: now)
        }
        #expect(limiter.standing(of: key("sora"), at: Instant(milliseconds: 0)) == standing(lately: 0, sinceRight: 0))
        #expect(tried(second: 0) == standing())
        #expect(tried(second: 10) == standing(lately: 2, sinceRight: 2))
        #expect(tried(second: 20) == standing(lately: 3, sinceRight: 3, refusedFor: 40_000))
        #expect(tried(second: 65) == standing(lately: 3, sinceRight: 4, refusedFor: 3_600_000, isLocked: true))
    }
}
