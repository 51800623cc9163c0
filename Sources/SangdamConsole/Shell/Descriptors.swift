// Writing to terminals, pipes and files, and reading from them on a thread that may block.

internal import Dispatch
internal import Glibc
internal import SangdamCore
internal import SangdamNet
internal import Synchronization

/// The system's text for an errno.
func systemReason(_ number: Int32) -> String { systemErrorText(number) }

/// Writes all bytes; false when that is not possible any more. Waits when the reader is slow.
@discardableResult
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
            waitUntilReady(descriptor, for: Int16(POLLOUT))
        } else if errno != EINTR {
            return false
        }
    }
    return true
}

private func waitUntilReady(_ descriptor: Int32, for events: Int16) {
    var wish = pollfd(fd: descriptor, events: events, revents: 0)
    poll(&wish, 1, -1)
}

/// Reads a descriptor on a queue of its own, one piece at a time and only when asked: standard input may be a terminal,
/// a pipe or a file, and only a blocking read suits them all.
final class InputReader: Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "sangdam.console.input")
    private let isWanted = DispatchSemaphore(value: 0)
    private let isStopped = Atomic(false)

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Begins to read; `receive` gets each piece on the reader's queue, and an empty one at the end. Each piece, the
    /// first too, waits for a call of `next()`.
    func start(_ receive: @escaping @Sendable ([UInt8]) -> Void) {
        queue.async { [self] in
            while true {
                isWanted.wait()
                if isStopped.load(ordering: .relaxed) { return }
                let piece = readPiece()
                if isStopped.load(ordering: .relaxed) { return }
                receive(piece)
                if piece.isEmpty { return }
            }
        }
    }

    /// Asks for the next piece.
    func next() {
        isWanted.signal()
    }

    /// Nothing is received any more once a read that is under way has come back.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        isWanted.signal()
    }

    /// Empty at the end, and when the descriptor cannot be read.
    private func readPiece() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return Array(bytes.prefix(count)) }
            if errno == EAGAIN {
                waitUntilReady(descriptor, for: Int16(POLLIN))
            } else if errno != EINTR {
                return []
            }
        }
    }
}

/// Two clocks and the local time of day.
enum SystemTime {
    static func now() -> Moment {
        Moment(wall: read(CLOCK_REALTIME), steady: read(CLOCK_BOOTTIME))
    }

    private static func read(_ clock: clockid_t) -> Instant {
        var time = timespec()
        clock_gettime(clock, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// `10:31:07` where this machine stands.
    static func timeOfDay(_ instant: Instant) -> String {
        var seconds = time_t(instant.milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
