// What a segment's first line says of the journal itself, in front of the desk's own part of the checkpoint:
// `"type":"checkpoint","format":5,"epoch":"01m8…",`. Both stand first, so that a version which cannot read what follows
// can still say why.
//
// Formats
// - 1: what was written before heads had a format. Its heads have no epoch either.
// - 2: heads with `format` and `epoch`; the kinds `account` and `erased`; `totals` in heads.
// - 3: outcomes stand in the records (ranks, pauses, tallies, who is forgotten); the kinds `agent_forgotten` and
//   `configured`. What 1 and 2 left unsaid is in SangdamCore/State/OlderRecords.swift.
// - 4: the kinds `hours` and `delayed`.
// - 5: inquiries: the kinds `inquired`, `inquiry_taken`, `inquiry_released`, `inquiry_reopened`, `inquiry_reminded`,
//   `inquiry_closed`, `mail_received`, `mailed`, `mail_bounced` and `checkpoint_inquiry`.
// How much the state remembers (`AckWindow.limit`, `QueueState.recentLimit`) is part of a format, too: it is no outcome
// that a record could say, and another number makes another state of the same lines.
// Fields that a reader does not know are passed over without a new format: a format is new when an older version must
// not go on with the journal.

package import SangdamCore
internal import SangdamJSON

/// Names one journal for good: made when it is begun and repeated at the head of every later segment, so that whoever
/// kept a location in it knows the journal again.
package typealias JournalEpoch = ID<JournalEpochKind>

/// Marks the ids of journals.
package enum JournalEpochKind {}

/// The head of one segment.
package struct SegmentHead: Sendable, Equatable {
    /// The newest format that this version reads, and the one that it writes.
    package static let knownFormat: UInt64 = 5

    package let format: UInt64
    /// Nil in format 1.
    package let epoch: JournalEpoch?

    package init(format: UInt64, epoch: JournalEpoch?) {
        self.format = format
        self.epoch = epoch
    }

    /// The head in a segment's first line; nil when the line is none.
    ///
    /// Throws `newerFormat` for what this version must not read, whatever else stands in the line. Reads no further
    /// than it has to: the rest of the line is `DecodedLine`'s matter.
    package init?(firstLine line: UnsafeRawBufferPointer) throws(LineFault) {
        var reader = JSONReader(line)
        guard let envelope = try? LineEnvelope(&reader), envelope.kind == .checkpoint else { return nil }
        do {
            var format: UInt64?
            var epoch: JournalEpoch?
            while let key = try reader.nextKey() {
                switch key {
                case "format": format = try reader.format()
                case "epoch": epoch = try reader.id("epoch")
                default: try reader.skipValue()
                }
            }
            self.init(format: format ?? 1, epoch: epoch)
        } catch LineFault.newerFormat(let format) {
            throw .newerFormat(format)
        } catch {
            return nil
        }
    }
}

extension JSONReader {
    /// The number of a format that this version knows; 0, what is negative and what is no whole number is damage.
    mutating func format() throws -> UInt64 {
        let format = try count("format")
        guard format > 0 else { throw LineFault.badValue("format") }
        guard format <= SegmentHead.knownFormat else { throw LineFault.newerFormat(format) }
        return format
    }
}
