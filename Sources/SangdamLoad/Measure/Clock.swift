// The clock that latencies are taken from, and what this process has used.

internal import Glibc

enum Clock {
    /// Nanoseconds of CLOCK_MONOTONIC.
    static func nanoseconds() -> UInt64 { read(CLOCK_MONOTONIC) }

    /// Processor time of this process, all threads, user and system.
    static func ownProcessorNanoseconds() -> UInt64 { read(CLOCK_PROCESS_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
