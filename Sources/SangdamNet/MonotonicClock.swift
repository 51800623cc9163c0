// The clock of deadlines: never set back, stands still while the machine is suspended.

internal import Glibc

enum MonotonicClock {
    /// Milliseconds of CLOCK_MONOTONIC: the same clock that timerfd fires by.
    static func milliseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
