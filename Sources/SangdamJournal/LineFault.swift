// What can be wrong with one line. Readers add the file and the line's number.

package import SangdamJSON

/// Why a line cannot be taken for what it claims to be.
package enum LineFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line does not end with `,"h":"32 hex digits"}` and LF.
    case incomplete
    /// `h` does not follow from the line before and this line's bytes.
    case brokenChain
    case wrongNumber(UInt64, expected: UInt64)
    case notJSON(JSONFault)
    /// n, at, type and, for chats, chat and seq do not stand first and in this order.
    case badEnvelope
    case unknownKind(String)
    case missing(String)
    case badValue(String)
    /// The line is longer than any that is written.
    case tooLong
    /// What the line says does not fit what came before.
    case inconsistent(String)
    /// A segment's head names another journal than the segments before it.
    case otherEpoch(JournalEpoch, expected: JournalEpoch)
    /// The segment was written by a version that knows more than this one: no damage.
    case newerFormat(UInt64)

    package var description: String {
        switch self {
        case .incomplete: "the line does not end with its hash"
        case .brokenChain: "the line's hash does not follow from the line before it"
        case .wrongNumber(let number, let expected): "the line's number is \(number) where \(expected) was due"
        case .notJSON(let fault): "the line is not what JSON allows here (\(fault))"
        case .badEnvelope: "the line does not begin with n, at, type and what its type demands"
        case .unknownKind(let kind): "the type \(kind.debugDescription) is unknown to this version"
        case .missing(let field): "the field \(field) is missing"
        case .badValue(let field): "the field \(field) has a value that it cannot have"
        case .tooLong: "the line is longer than any that is written"
        case .inconsistent(let why): why
        case .otherEpoch(let epoch, let expected):
            "the segment is of the journal \(epoch), the segments before it are of \(expected)"
        case .newerFormat(let format): "the format \(format) is newer than this version"
        }
    }
}
