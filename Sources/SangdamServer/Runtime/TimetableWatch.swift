// Keeps the desk's timetable up to date: it is computed anew from time to time and given to the desk when it is another
// one, which it is once a day, after a reload, and while desk time and the machine's clock do not agree: hours follow the
// machine's clock, whatever desk time makes of it. For the whole life of a server.

internal import Dispatch
internal import SangdamCore
internal import SangdamHours
internal import Synchronization

final class TimetableWatch: Sendable {
    private struct State {
        var plan: HoursPlan
        var given: Timetable
        var isStopped = false
    }

    private let state: Mutex<State>
    private let clock: DeskClock
    private let give: @Sendable ([Event]) -> Void
    private let lookMilliseconds: Int
    private let queue = DispatchQueue(label: "sangdam.timetable", qos: .utility)

    /// - Parameters:
    ///   - given: what the desk has.
    ///   - lookMilliseconds: how often to look. Not once a day: such a timer would stand still while the machine sleeps.
    ///   - give: takes what the desk is to be told, in order, on any thread; must not block.
    init(
        _ plan: HoursPlan, given: Timetable, clock: DeskClock, lookMilliseconds: Int = 60_000,
        give: @escaping @Sendable ([Event]) -> Void
    ) {
        state = Mutex(State(plan: plan, given: given))
        (self.clock, self.lookMilliseconds, self.give) = (clock, lookMilliseconds, give)
    }

    /// Begins to look by itself, the first time before it returns.
    func watch() {
        look()
        queue.asyncAfter(deadline: .now() + .milliseconds(lookMilliseconds)) { [weak self] in self?.watch() }
    }

    func look() {
        state.withLock { state in
            let timetable = state.plan.timetable(by: clock, lead: state.given.lead)
            guard timetable != state.given, !state.isStopped else { return }
            state.given = timetable
            give([.timetable(timetable)])
        }
    }

    /// The desk gets another configuration, and the hours that belong to it at the same time: under the lock, so that
    /// older hours do not come behind it.
    func replace(_ plan: HoursPlan, with desk: DeskConfiguration) {
        state.withLock { state in
            state.plan = plan
            state.given = plan.timetable(by: clock, lead: state.given.lead)
            give([.configured(desk, state.given)])
        }
    }

    /// Nothing more is given from here on.
    func stop() {
        state.withLock { $0.isStopped = true }
    }
}

extension HoursPlan {
    /// Two clocks that are read one behind the other never agree quite.
    private static let tolerance = Interval.seconds(1)

    /// What the desk is to know now.
    /// - Parameter lead: what it goes by; a difference too small to matter leaves it as it is.
    func timetable(by clock: DeskClock, lead: Interval = .zero) -> Timetable {
        let newLead = clock.lead
        var timetable = timetable(at: clock.onTheWall)
        timetable.lead = abs(newLead.milliseconds - lead.milliseconds) < Self.tolerance.milliseconds ? lead : newLead
        return timetable
    }
}
