// When a password may be tried again: tables of tries and what becomes of each.

import SangdamCore
import SangdamServer
import Testing

@Suite("Login limiter")
struct LoginLimiterTests {
    /// A try at a second, and after how many more seconds it may come; nil when it may come now.
    struct Try: Sendable {
        let second: Int64
        let isRight: Bool
        let tooEarly: Int64?
        var user = "kim"
        var address = "10.0.0.1"

        static func wrong(_ second: Int64, from address: String = "10.0.0.1", as user: String = "kim") -> Try {
            Try(second: second, isRight: false, tooEarly: nil, user: user, address: address)
        }

        static func right(_ second: Int64) -> Try {
            Try(second: second, isRight: true, tooEarly: nil)
        }

        static func refused(_ second: Int64, _ tooEarly: Int64) -> Try {
            Try(second: second, isRight: true, tooEarly: tooEarly)
        }
    }

    static let tables: [(name: String, tries: [Try])] = [
        ("the fourth within a minute is refused", [.wrong(0), .wrong(1), .wrong(2), .refused(3, 57), .refused(59, 1)]),
        ("the window slides", [.wrong(0), .wrong(30), .wrong(50), .refused(59, 1), .wrong(60), .refused(61, 29)]),
        (
            "a right one forgets the wrong ones",
            [.wrong(0), .wrong(1), .right(2), .wrong(3), .wrong(4), .wrong(5), .refused(6, 57)]
        ),
        (
            "each address counts for itself",
            [.wrong(0), .wrong(0), .wrong(0), .wrong(1, from: "10.0.0.2"), .refused(2, 58)]
        ),
        ("each account counts for itself", [.wrong(0), .wrong(0), .wrong(0), .wrong(1, as: "lee"), .refused(2, 58)]),
        (
            "twenty lock for an hour, whatever comes",
            (0..<20).map { .wrong($0 * 30) } + [.refused(571, 3599), .refused(4169, 1), .right(4170)]
        ),
        (
            "refused tries neither count nor prolong",
            [.wrong(0), .wrong(0), .wrong(0)] + (1..<50).map { .refused($0, 60 - $0) } + [.wrong(60)]
        ),
        (
            "an hour without a wrong one forgets",
            (0..<19).map { .wrong($0 * 30) } + [.wrong(540 + 3600), .wrong(540 + 3601)]
        ),
    ]

    @Test("Tries in order", arguments: tables)
    func tries(name: String, tries: [Try]) {
        var limiter = LoginLimiter(LoginSettings())
        for (place, attempt) in tries.enumerated() {
            let key = LoginLimiter.Key(user: attempt.user, address: attempt.address)
            let tooEarly = limiter.begin(key, at: Instant(milliseconds: attempt.second * 1000))
            #expect(tooEarly == attempt.tooEarly.map(Interval.seconds), "\(name): try \(place) at \(attempt.second) s")
            if tooEarly == nil, attempt.isRight { limiter.right(key) }
        }
    }

    @Test("Tries at the same time cannot slip past together")
    func together() {
        var limiter = LoginLimiter(LoginSettings())
        let key = LoginLimiter.Key(user: "kim", address: "10.0.0.1")
        let admitted = (0..<10).filter { _ in limiter.begin(key, at: Instant(milliseconds: 0)) == nil }
        #expect(admitted.count == 3)
    }

    @Test("The table is bounded, and a lock outlives a flood of other names")
    func bound() {
        var settings = LoginSettings()
        settings.wrongUntilLock = 2
        var limiter = LoginLimiter(settings, capacity: 10)
        let locked = LoginLimiter.Key(user: "kim", address: "10.0.0.1")
        _ = limiter.begin(locked, at: Instant(milliseconds: 0))
        _ = limiter.begin(locked, at: Instant(milliseconds: 0))
        for number in 1..<100 {
            _ = limiter.begin(
                LoginLimiter.Key(user: "user\(number)", address: "10.0.0.1"), at: Instant(milliseconds: Int64(number)))
            #expect(limiter.count <= 10)
        }
        #expect(limiter.begin(locked, at: Instant(milliseconds: 200)) == Interval(milliseconds: 3_599_800))
    }

    @Test("New settings hold at once")
    func configure() {
        var limiter = LoginLimiter(LoginSettings())
        let key = LoginLimiter.Key(user: "kim", address: "10.0.0.1")
        for _ in 0..<3 { _ = limiter.begin(key, at: Instant(milliseconds: 0)) }
        var settings = LoginSettings()
        settings.wrongPerMinute = 4
        limiter.configure(settings)
        #expect(limiter.begin(key, at: Instant(milliseconds: 1)) == nil)
        settings.wrongPerMinute = 1
        limiter.configure(settings)
        #expect(limiter.begin(key, at: Instant(milliseconds: 2)) == Interval(milliseconds: 59_999))
    }
}
