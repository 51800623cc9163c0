// What the kernel tells about the server's process: processor time and resident memory.
//
// Processor time comes from the process's own clock (clock_getcpuclockid), which is what /proc/PID/stat rounds to
// hundredths of a second: nanoseconds over all threads, also those that have ended. Dispatch ends idle threads, so a
// sum over /proc/PID/task would lose time.

internal import Glibc

/// The process that `--pid` names.
package struct ServerProcess: Sendable {
    /// The kernel's PID_MAX_LIMIT. Beyond it the clock's number overflows into another clock's.
    private static let largestNumber: Int32 = 1 << 22

    private let number: Int32
    private let clock: clockid_t

    /// nil: there is no such process.
    package init?(_ number: Int32) {
        var clock: clockid_t = 0
        guard (1...Self.largestNumber).contains(number), clock_getcpuclockid(number, &clock) == 0 else { return nil }
        self.number = number
        self.clock = clock
    }

    /// Processor time so far, user and system; nil: the process has ended.
    package func processorNanoseconds() -> UInt64? {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return nil }
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Memory in use; nil: the process has ended.
    package func residentKiB() -> Int? {
        let descriptor = open("/proc/\(number)/status", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? Self.residentKiB(inStatus: bytes[..<count]) : nil
    }

    /// Reads `VmRSS:    123456 kB` out of /proc/PID/status (proc(5)); nil when there is none, as for a zombie.
    package static func residentKiB(inStatus status: ArraySlice<UInt8>) -> Int? {
        let field = Array("VmRSS:".utf8)
        guard let line = status.split(separator: UInt8(ascii: "\n")).first(where: { $0.starts(with: field) }) else {
            return nil
        }
        let words = line.dropFirst(field.count).split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard words.count == 2, words[1].elementsEqual("kB".utf8) else { return nil }
        return Int(String(decoding: words[0], as: UTF8.self))
    }
}
