// The one clock of the server. Desk time must neither jump with the machine's wall clock (a step of an hour would
// expire every offer and end every chat) nor run backwards, not even over a restart.

internal import Glibc
package import SangdamCore
internal import Synchronization

/// Wall-clock time carried on by the monotonic clock.
///
/// At start it takes the wall clock's time, or the journal's last if that is later. From then on it advances with the
/// monotonic clock and leans towards the wall clock by at most a twentieth of the time that passes.
package final class DeskClock: Sendable {
    /// Reads a clock in milliseconds; replaced in tests.
    package typealias Source = @Sendable () -> Int64

    private struct State {
        var desk: Int64
        var monotonic: Int64
        /// Time that has passed and not yet been leaned for: a twentieth of a few milliseconds is no millisecond.
        var unleaned: Int64 = 0
    }

    private let wall: Source
    private let monotonic: Source
    private let state: Mutex<State>

    /// - Parameter earliest: the time of the journal's last line.
    package init(
        notBefore earliest: Instant?, wall: @escaping Source = DeskClock.wallClock,
        monotonic: @escaping Source = DeskClock.monotonicClock
    ) {
        self.wall = wall
        self.monotonic = monotonic
        state = Mutex(State(desk: max(wall(), earliest?.milliseconds ?? .min), monotonic: monotonic()))
    }

    package func now() -> Instant {
        state.withLock { state in
            let monotonicNow = monotonic()
            let passed = max(0, monotonicNow - state.monotonic)
            state.monotonic = monotonicNow
            let target = state.desk + passed
            state.unleaned += passed
            let lean = state.unleaned / 20
            state.unleaned -= lean * 20
            let drift = wall() - target
            state.desk = max(state.desk, target + min(max(drift, -lean), lean))
            return Instant(milliseconds: state.desk)
        }
    }

    /// What the machine's clock shows, which may be set.
    package var onTheWall: Instant { Instant(milliseconds: wall()) }

    /// How far desk time is ahead of the wall clock; below zero when it is behind.
    package var lead: Interval { now() - onTheWall }

    package static let wallClock: Source = { read(CLOCK_REALTIME) }
    package static let monotonicClock: Source = { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
