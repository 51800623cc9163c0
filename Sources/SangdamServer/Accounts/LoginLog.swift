// Wrong passwords, for the operator's log. Pure: the time is an argument, the lines are returned.
//
// Never a password. A name is the peer's word: what is no account name is quoted, and nothing in it can forge a line or
// reach a terminal. A flood of wrong passwords is no flood of lines: each minute has a bound, past which they are
// counted.

internal import SangdamCore
internal import SangdamWire

/// Makes the lines about wrong passwords.
struct LoginLog: Sendable {
    static let linesPerMinute = 20
    private static let minute = Interval.seconds(60)

    private var since: Instant?
    private var lines = 0
    private var unsaid = 0

    /// What the log is to say of a wrong password that `standing` counts already.
    mutating func wrong(_ key: LoginLimiter.Key, _ standing: LoginLimiter.Standing, at now: Instant) -> [String] {
        var said: [String] = []
        if since.map({ now - $0 >= Self.minute }) ?? true {
            if unsaid > 0 { said.append("\(unsaid) more wrong passwords in the minute before") }
            (since, lines, unsaid) = (now, 0, 0)
        }
        guard lines < Self.linesPerMinute else {
            unsaid += 1
            return said
        }
        lines += 1
        said.append("wrong password for \(Self.shown(key.user)) from \(key.address)\(Self.consequence(standing))")
        if lines == Self.linesPerMinute {
            said.append("\(lines) wrong passwords within a minute: until it is over, further ones are only counted")
        }
        return said
    }

    private static func shown(_ user: String) -> String {
        AgentName(validating: user) == nil ? TerminalText.sanitised(user).debugDescription : user
    }

    private static func consequence(_ standing: LoginLimiter.Standing) -> String {
        guard let interval = standing.refusedFor else { return "" }
        let seconds = (interval.milliseconds + 999) / 1000
        return standing.isLocked
            ? " (\(standing.sinceRight) since the last right one: locked for \(seconds) s)"
            : " (\(standing.lately) in a minute: locked for \(seconds) s)"
    }
}
