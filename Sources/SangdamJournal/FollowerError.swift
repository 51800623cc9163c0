// Why a follower cannot go on, and what can be done about it: begin anew with what is there, or stop and have a look.

internal import SangdamCore

/// What a follower tells its consumer instead of lines.
package enum FollowerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The cursor's file is no cursor: cut off, or something else.
    case tornCursor(path: String)
    case cursorNotRead(path: String, errno: Int32)
    case cursorNotKept(path: String, errno: Int32)
    /// The cursor was kept in another journal; `journal` is nil where this one has no name yet.
    case otherJournal(cursor: JournalEpoch, journal: JournalEpoch?)
    /// The cursor stands behind the end: this journal is shorter than the one in which it was kept.
    case beyondTheEnd(number: UInt64, last: UInt64)
    /// The line at the cursor is not the one that was read then.
    case otherLine(number: UInt64)
    /// Lines that were not read yet are not there any more: old segments were deleted.
    case gap(from: UInt64, through: UInt64)
    case journal(JournalError)
    /// `stop` was called, or the journal was closed.
    case stopped

    /// Whether `beginAnew` leads on: with what is there, from its first line.
    package var canBeginAnew: Bool {
        switch self {
        case .tornCursor, .otherJournal, .beyondTheEnd, .otherLine, .gap: true
        case .cursorNotRead, .cursorNotKept, .journal, .stopped: false
        }
    }

    package var description: String {
        switch self {
        case .tornCursor(let path):
            "\(path) is no cursor. \(Self.advice)"
        case .cursorNotRead(let path, let errno):
            "The cursor in \(path) cannot be read: \(reason(errno))."
        case .cursorNotKept(let path, let errno):
            "The cursor cannot be kept in \(path): \(reason(errno))."
        case .otherJournal(let cursor, let journal):
            "The cursor is of the journal \(cursor), this one is \(journal?.description ?? "without a name"). \(Self.advice)"
        case .beyondTheEnd(let number, let last):
            "The cursor is behind line \(number), but the journal ends with line \(last). \(Self.advice)"
        case .otherLine(let number):
            "Line \(number) is not the one that was read when the cursor was kept. \(Self.advice)"
        case .gap(let from, let through):
            "Lines \(from) to \(through) were deleted before they were read. \(Self.advice)"
        case .journal(let error):
            error.description
        case .stopped:
            "The follower was stopped."
        }
    }

    private static let advice = "Begin anew with the first line that is there, or stop and have a look."
}
