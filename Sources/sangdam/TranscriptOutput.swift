// Where `sangdam transcript` writes: stdout in large pieces for what was asked for, stderr for what went wrong.

import Glibc
import SangdamJournal

/// Lines on their way to stdout.
final class TranscriptOutput {
    private static let pieceBytes = 64 << 10

    private var bytes: [UInt8] = []

    func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    func line(_ line: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: line)
        bytes.append(UInt8(ascii: "\n"))
    }

    func flushIfLarge() throws {
        if bytes.count >= Self.pieceBytes { try flush() }
    }

    func flush() throws {
        guard Self.write(bytes, to: STDOUT_FILENO) else {
            throw TranscriptFailure(sentence: "Cannot write to stdout.", exitCode: EX_IOERR)
        }
        bytes.removeAll(keepingCapacity: true)
    }

    static func complain(_ sentence: String) {
        _ = write(Array("\(sentence)\n".utf8), to: STDERR_FILENO)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { all in
            var written = 0
            while written < all.count {
                let rest = UnsafeRawBufferPointer(rebasing: all[written...])
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 && errno != EINTR { return false }
                written += max(0, count)
            }
            return true
        }
    }
}
