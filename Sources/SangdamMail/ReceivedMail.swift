// A mail that came in, as far as a desk is concerned: whose inquiry it may be about, and what it is. Read in a process of
// its own, so that a mail that is made to break its reader breaks nothing else.

internal import COpenSSL
package import SangdamCore

/// What a mail turned out to be.
package struct ReceivedMail: Sendable, Equatable {
    /// Of the whole mail.
    package static let limitBytes = 1 << 20
    /// Of what somebody wrote, without what was quoted.
    package static let textLimitBytes = 65_536
    /// Of what is kept as quoted; what is behind is lost.
    package static let quotedLimitBytes = 65_536
    package static let attachmentNameBytes = 255
    /// Words that may be tokens, of one mail.
    package static let tokenLimit = 20

    /// What may be tokens of inquiries, those of the address that it was sent to first.
    package let tokens: [String]
    package let content: Content

    package enum Content: Sendable, Equatable {
        /// Somebody wrote this.
        case words(Words)
        /// A mail of ours could not be delivered (RFC 3464). The status as in `5.1.1`, where it is said.
        case bounce(status: String?)
        /// Nobody wrote it, or nobody wrote it to us.
        case ignored(Reason)
    }

    package enum Reason: String, Sendable {
        /// An answer of a program (RFC 3834), or anything else that no person has sent.
        case automatic
        /// Sent to many.
        case list
        /// A report about delivery that is not the end of it.
        case report
        /// No words and no attachments.
        case empty
    }

    package struct Words: Sendable, Equatable {
        /// The same for the same mail, however often it comes.
        package let id: ClientMessageID
        package let reference: MailReference?
        package let from: EmailAddress?
        /// At least something to see, or else there are attachments.
        package let text: String
        package let quoted: String?
        package let attachments: [String]
    }
}

/// Why a mail cannot be taken, for whoever sent it.
package enum MailFault: Error, Sendable, Equatable, CustomStringConvertible {
    case tooLong
    case noMail
    case tooManyParts
    case textTooLong(bytes: Int)

    package var description: String {
        switch self {
        case .tooLong: "The mail has more than \(ReceivedMail.limitBytes) bytes."
        case .noMail: "This is no mail: it has no header."
        case .tooManyParts:
            "The mail has more than \(MailReader.partLimit) parts, or parts in parts more than \(MailReader.depthLimit) deep."
        case .textTooLong(let bytes):
            "The text has \(bytes) bytes; at most \(ReceivedMail.textLimitBytes) can be taken. Please attach nothing and write less."
        }
    }
}

extension ReceivedMail {
    /// Reads a mail of RFC 5322 and MIME.
    /// - Parameter recipient: the address of the envelope that it came for; nil: not known.
    package init(_ bytes: [UInt8], recipient: String? = nil) throws(MailFault) {
        guard bytes.count <= Self.limitBytes else { throw .tooLong }
        let mail = try MailReader(bytes)
        let bounce = mail.deliveryReport
        // A report names our mail somewhere inside, in whatever way.
        let texts =
            (recipient.map { [Array($0.utf8)] } ?? []) + mail.recipients + mail.references
            + (bounce == nil ? [] : [bytes])
        tokens = replyTokens(in: texts)
        content =
            if let bounce {
                bounce.hasFailed ? .bounce(status: bounce.status) : .ignored(.report)
            } else if mail.isAutomatic {
                .ignored(.automatic)
            } else if mail.isToMany {
                .ignored(.list)
            } else {
                try Self.words(of: mail, bytes)
            }
    }

    private static func words(of mail: borrowing MailReader, _ bytes: [UInt8]) throws(MailFault) -> Content {
        let (written, attachments) = try mail.contents()
        let text = QuotedText(written)
        guard text.own.utf8.count <= textLimitBytes else { throw .textTooLong(bytes: text.own.utf8.count) }
        let isEmpty = Text(text.own).hasNothingToSee
        if isEmpty, attachments.isEmpty { return .ignored(.empty) }
        let name = mail.messageID.map { Array($0.utf8) } ?? bytes
        let quoted = String(text.quoted[...].prefix(bytes: quotedLimitBytes))
        return .words(
            Words(
                id: messageID(of: name), reference: mail.messageID.flatMap { MailReference($0) }, from: mail.from,
                text: isEmpty ? "" : text.own, quoted: quoted.isEmpty ? nil : quoted, attachments: attachments))
    }

    private static func messageID(of name: [UInt8]) -> ClientMessageID {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(name, name.count, &digest)
        let digits = Array("0123456789abcdef".utf8)
        let text = digest.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        guard let id = ClientMessageID(Array("mail-".utf8) + text) else {
            preconditionFailure("37 characters are an id")
        }
        return id
    }
}

extension Substring {
    /// At most so many bytes, of whole characters of Unicode.
    package func prefix(bytes limit: Int) -> Substring {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return self[..<end]
    }
}

/// What stands where a token of ours would: behind `+` or `<` and before `@`, or before the `.` of a Message-ID. Written
/// in lower case.
private func replyTokens(in texts: [[UInt8]]) -> [String] {
    var tokens: [String] = []
    for text in texts {
        var start = text.startIndex
        while let at = text[start...].firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "<") }) {
            start = at + 1
            let word = text[start...].prefix(ReplyKey.tokenLength).map { $0 | 0x20 }
            let end = start + word.count
            guard word.count == ReplyKey.tokenLength, end < text.count,
                [UInt8(ascii: "@"), UInt8(ascii: ".")].contains(text[end]),
                word.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
            else { continue }
            let token = String(decoding: word, as: UTF8.self)
            if !tokens.contains(token) { tokens.append(token) }
            if tokens.count == ReceivedMail.tokenLimit { return tokens }
        }
    }
    return tokens
}
