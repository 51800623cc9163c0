// Lines to records: the exact inverse of `LineEncoder`. Unknown fields are passed over, so that an older version reads
// what a newer one added to a kind; an unknown kind is a fault, because nobody may leave out what happened.

package import SangdamCore
internal import SangdamJSON

/// One line with all that it says.
package struct DecodedLine: Sendable, Equatable {
    package let envelope: LineEnvelope
    package let content: Content

    /// News, or a part of what was known already.
    package enum Content: Sendable, Equatable {
        case record(Record)
        case checkpoint(CheckpointPart)
        /// Lines whose words are gone: nothing that the desk's state knows of.
        case erased(Erasure)
    }

    /// `line` is the line without its LF. Whether its hash and number are right is `ChainCheck`'s matter.
    package init(line: UnsafeRawBufferPointer) throws(LineFault) {
        var reader = JSONReader(line)
        let envelope = try LineEnvelope(&reader)
        guard let kind = envelope.kind else { throw .unknownKind(envelope.type) }
        self.envelope = envelope
        do {
            content = try Self.content(kind, envelope, &reader, isSalted: LineEnding.hasSalt(line))
            try reader.end()
        } catch let fault as LineFault {
            throw fault
        } catch let fault as JSONFault {
            throw .notJSON(fault)
        } catch {
            throw .badEnvelope
        }
    }

    /// Throws `LineFault` or `JSONFault`.
    private static func content(
        _ kind: LineKind, _ envelope: LineEnvelope, _ reader: inout JSONReader, isSalted: Bool
    ) throws -> Content {
        switch kind {
        case .agentStatus:
            return .record(Record(at: envelope.at, body: .agent(try reader.agentRecord())))
        case .agentForgotten:
            return .record(Record(at: envelope.at, body: .agentForgotten(try reader.agentForgotten())))
        case .account:
            return .record(Record(at: envelope.at, body: .account(try reader.accountRecord())))
        case .configured:
            return .record(Record(at: envelope.at, body: .configured(try reader.configurationRecord())))
        case .hours:
            return .record(Record(at: envelope.at, body: .hours(try reader.hoursRecord())))
        case .restarted:
            try reader.skipFields()
            return .record(Record(at: envelope.at, body: .restarted))
        case .erased:
            return .erased(try reader.erasure(before: envelope.number))
        case .checkpoint:
            return .checkpoint(.desk(try reader.deskCheckpoint()))
        case .checkpointQueue:
            return .checkpoint(.queue(try reader.queueCheckpoint()))
        case .checkpointAgent:
            return .checkpoint(.agent(try reader.agentCheckpoint()))
        case .checkpointChat:
            let (chat, seq) = try chatAndSeq(envelope)
            return .checkpoint(.chat(try reader.chatCheckpoint(chat, lastSeq: seq, isSalted: isSalted)))
        case .checkpointInquiry:
            let (inquiry, seq) = try chatAndSeq(envelope)
            return .checkpoint(.inquiry(try reader.inquiryCheckpoint(inquiry, lastSeq: seq, isSalted: isSalted)))
        case .opened, .intake, .queued, .offered, .offerClosed, .started, .message, .note, .transferred, .away, .back,
            .reminded, .delayed, .language, .ended, .wrappedUp, .rated, .closed, .inquired, .inquiryTaken,
            .inquiryReleased,
            .inquiryReopened, .inquiryReminded, .inquiryClosed, .mailReceived, .mailed, .mailBounced:
            let (chat, seq) = try chatAndSeq(envelope)
            let event = try reader.chatRecord(kind, isSalted: isSalted)
            guard isSalted || !event.mayOnlyBeSalted else { throw LineFault.missing("s") }
            return .record(Record(at: envelope.at, body: .chat(chat, seq: seq, event)))
        }
    }

    private static func chatAndSeq(_ envelope: LineEnvelope) throws(LineFault) -> (ChatID, UInt64) {
        guard let chat = envelope.chat, let seq = envelope.seq else { throw .badEnvelope }
        return (chat, seq)
    }
}

/// Somebody's words, which are there exactly when the line has its `s`: nil once they are erased.
func words<Words>(_ words: Words?, _ field: String, isSalted: Bool) throws(LineFault) -> Words? {
    guard (words != nil) == isSalted else { throw .missing(isSalted ? field : "s") }
    return words
}

/// A value that the line must have.
func required<Value>(_ value: Value?, _ field: String) throws(LineFault) -> Value {
    guard let value else { throw .missing(field) }
    return value
}

// MARK: - One value: each names its field when the value is none that the field can have

extension JSONReader {
    mutating func name<Kind>(_ field: String) throws -> Name<Kind> {
        // Whatever was recorded as a name is read back as one, the empty and the odd too.
        Name(try withString { String(decoding: $0, as: UTF8.self) })
    }

    mutating func id<Kind>(_ field: String) throws -> ID<Kind> {
        guard let id = try withString({ ID<Kind>($0) }) else { throw LineFault.badValue(field) }
        return id
    }

    mutating func word<Word: RawRepresentable<String>>(_ field: String) throws -> Word {
        guard let word = Word(rawValue: try withString { String(decoding: $0, as: UTF8.self) }) else {
            throw LineFault.badValue(field)
        }
        return word
    }

    mutating func messageID(_ field: String) throws -> ClientMessageID {
        guard let id = try withString({ ClientMessageID($0) }) else { throw LineFault.badValue(field) }
        return id
    }

    mutating func instant(_ field: String) throws -> Instant {
        guard let instant = try withString({ Instant(rfc3339: $0) }) else { throw LineFault.badValue(field) }
        return instant
    }

    mutating func integer<Integer: FixedWidthInteger>(_ field: String) throws -> Integer {
        guard let value = Integer(exactly: try signed()) else { throw LineFault.badValue(field) }
        return value
    }

    mutating func token(_ field: String) throws -> TokenDigest {
        guard let (high, low) = try withString({ twoWords(hex: $0) }) else { throw LineFault.badValue(field) }
        return TokenDigest(high: high, low: low)
    }

    mutating func receipt(_ field: String) throws -> Receipt {
        guard let receipt = Receipt(try withString { String(decoding: $0, as: UTF8.self) }) else {
            throw LineFault.badValue(field)
        }
        return receipt
    }

    mutating func intakeValue() throws -> Intake {
        var intake = Intake()
        try beginObject()
        while let key = try nextKey() {
            if let question = QuestionID(validating: key.string), try nextKind() == .string {
                intake[question] = try text()
            } else {
                try skipValue()
            }
        }
        return intake
    }

    mutating func list<Element>(_ element: (inout JSONReader) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        try beginArray()
        while try nextElement() { elements.append(try element(&self)) }
        return elements
    }

    /// Passes the rest of the innermost object.
    mutating func skipFields() throws {
        while try nextKey() != nil { try skipValue() }
    }
}
