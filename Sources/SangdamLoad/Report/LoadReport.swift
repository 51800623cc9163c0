// The result of a run, for people, for programs and as an exit code.

internal import SangdamJSON

/// What a finished run has found.
package enum LoadReport: Sendable {
    case relay(RelayReport)
    case handshakes(HandshakeReport)
    case idle(IdleReport)

    /// A table for people, with its last line's end.
    package var table: String {
        switch self {
        case .relay(let report): report.table
        case .handshakes(let report): report.table
        case .idle(let report): report.table
        }
    }

    /// One JSON object, without a line's end.
    package var json: [UInt8] {
        var writer = JSONWriter(reservingBytes: 1_024)
        writer.beginObject()
        switch self {
        case .relay(let report): report.write(to: &writer)
        case .handshakes(let report): report.write(to: &writer)
        case .idle(let report): report.write(to: &writer)
        }
        writer.endObject()
        return writer.bytes
    }

    /// What is wrong, in one sentence; nil when all is right.
    package var complaint: String? {
        switch self {
        case .relay(let report): report.complaint
        case .handshakes(let report): report.complaint
        case .idle: nil
        }
    }

    package var exitCode: Int32 { complaint == nil ? 0 : 1 }
}

extension JSONWriter {
    /// What the figures are of.
    mutating func speaks(_ spoken: LoadProtocol) {
        key("protocol")
        string(spoken.key)
    }
}
