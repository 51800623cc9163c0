// The journal opened and the desk as its records leave it: what a start does before anybody can connect.

internal import SangdamCore
internal import SangdamJournal

struct OpenedDesk {
    let journal: Journal
    var desk: Desk
    /// Counted since the journal was begun.
    private(set) var totals = Totals()
    let report: RecoveryReport

    /// Replays the journal into a new desk.
    init(
        _ settings: JournalConfiguration, desk configuration: DeskConfiguration,
        random: any RandomNumberGenerator & Sendable, progress: @escaping @Sendable (JournalProgress) -> Void
    ) throws(JournalError) {
        var desk = Desk(configuration: configuration, random: random)
        var totals = Totals()
        (journal, report) = try Journal.open(settings, progress: progress) { item in
            switch item {
            case .checkpoint(let part):
                // A head of format 1 has counted nothing: counting begins behind it.
                if case .desk(let head) = part { totals = head.totals ?? Totals() }
                try desk.recover(part)
            case .record(let record):
                totals.count(record, in: desk.state, shortAbandonment: configuration.limits.shortAbandonment)
                try desk.recover(record)
            }
        }
        (self.desk, self.totals) = (desk, totals)
    }
}
