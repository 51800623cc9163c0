// Mails that wait to be sent, by when they are tried next. Made of the state at a restart: that a mail has been tried is
// nowhere, that it was sent is in the journal.

internal import HeapModule

struct Postbox: Sendable {
    private struct Entry: Sendable, Comparable {
        let at: Instant
        let since: Instant
        let mail: MailKey

        static func < (left: Entry, right: Entry) -> Bool {
            (left.at, left.since, left.mail) < (right.at, right.since, right.mail)
        }
    }

    /// Times after a mail was written at which it is tried, in minutes; then every hour (RFC 5321, 4.5.4.1, wants
    /// retries spaced out, and several days for them).
    private static let firstMinutes: [Int64] = [1, 5, 15, 60, 240]
    /// A mail that could not be sent for so long is given up.
    static let patience = Interval.seconds(48 * 3600)

    private var entries = Heap<Entry>()
    /// One at a time, so that a mail server that hangs holds up nothing but mails.
    private(set) var underWay: MailKey?

    var next: Instant? { underWay == nil ? entries.min?.at : nil }

    mutating func put(_ mail: MailKey, since: Instant, at instant: Instant) {
        entries.insert(Entry(at: instant, since: since, mail: mail))
    }

    /// The next mail whose time has come, which is under way from here on.
    mutating func take(at now: Instant) -> MailKey? {
        guard underWay == nil, let first = entries.min, first.at <= now else { return nil }
        entries.removeMin()
        underWay = first.mail
        return first.mail
    }

    /// Not a mail to be sent after all, or one whose try is over.
    mutating func isDone(_ mail: MailKey) {
        if underWay == mail { underWay = nil }
    }

    /// No mail gets through at present: whatever is due waits for its own next time.
    mutating func putOff(at now: Instant) {
        while let first = entries.min, first.at <= now {
            entries.removeMin()
            put(first.mail, since: first.since, at: Self.nextTry(of: first.since, after: now))
        }
    }

    /// Everything is tried at once: the way to the mail server may be another one.
    mutating func hurry(at now: Instant) {
        let all = entries.unordered
        entries = Heap(all.map { Entry(at: min($0.at, now), since: $0.since, mail: $0.mail) })
    }

    static func nextTry(of since: Instant, after now: Instant) -> Instant {
        for minutes in firstMinutes where since + .seconds(minutes * 60) > now { return since + .seconds(minutes * 60) }
        let hours = (now - since).milliseconds / 3_600_000
        return since + .seconds((hours + 1) * 3600)
    }
}

/// A mail by the inquiry and the number of the line that it is about.
struct MailKey: Sendable, Hashable, Comparable {
    let inquiry: ChatID
    let number: UInt64

    static func < (left: MailKey, right: MailKey) -> Bool {
        (left.inquiry, left.number) < (right.inquiry, right.number)
    }
}
