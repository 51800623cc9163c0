// The world's faults as the journal meets them: one clear sentence each.

internal import Glibc

/// Why the journal cannot be opened, read or written.
package enum JournalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another server works in this folder.
    case locked(path: String, pid: Int32?)
    /// There is no journal where one should be read.
    case nothingThere(path: String)
    case cannotOpen(path: String, errno: Int32)
    case readFailed(path: String, errno: Int32)
    /// Damage that is not the unfinished end of the last record. Nothing was changed.
    case damaged(file: String, line: UInt64, why: String)
    /// A version that knows more than this one has written here. Nothing was changed.
    case newerFormat(file: String, format: UInt64, known: UInt64)
    case syncFailed(errno: Int32)
    case writeFailed(errno: Int32)

    package var description: String {
        switch self {
        case .locked(let path, let pid):
            if let pid {
                "Another server, process \(pid), holds \(path)."
            } else {
                "Another server holds \(path)."
            }
        case .nothingThere(let path):
            "There is no journal in \(path)."
        case .cannotOpen(let path, let errno):
            "Cannot open \(path): \(reason(errno))."
        case .readFailed(let path, let errno):
            "Cannot read \(path): \(reason(errno))."
        case .damaged(let file, let line, let why):
            "The journal is damaged at \(file) line \(line): \(why)."
        case .newerFormat(let file, let format, let known):
            """
            The journal's \(file) was written by a newer sangdam (format \(format); this one knows up to \(known)): start \
            that version, or put back a copy of the data folder from before it. Nothing was changed.
            """
        case .syncFailed(let errno):
            "The disk failed to keep the journal: \(reason(errno))."
        case .writeFailed(let errno):
            "The journal cannot be written: \(reason(errno))."
        }
    }
}

/// The system's words for an error number.
func reason(_ code: Int32) -> String {
    guard let words = strerror(code) else { return "error \(code)" }
    return String(cString: words)
}
