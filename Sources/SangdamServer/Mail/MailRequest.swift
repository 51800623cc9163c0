// A mail that came in, as the control socket carries it: read and taken apart by the command that got it, and led to its
// inquiry by the server, which alone has the key.

internal import Foundation
internal import SangdamCore
package import SangdamMail

/// The body of a request, both ways.
package struct MailRequest: Codable {
    fileprivate struct Words: Codable {
        let id: String
        let reference: String?
        let from: String?
        let text: String
        let quoted: String?
        let attachments: [String]
    }

    private struct Bounce: Codable {
        let status: String?
    }

    private let tokens: [String]
    private let words: Words?
    private let bounce: Bounce?

    /// Nil for a mail that the desk is not told of.
    package init?(_ mail: ReceivedMail) {
        tokens = mail.tokens
        switch mail.content {
        case .words(let written):
            words = Words(
                id: String(decoding: written.id.utf8, as: UTF8.self), reference: written.reference?.text,
                from: written.from?.text,
                text: written.text, quoted: written.quoted, attachments: written.attachments)
            bounce = nil
        case .bounce(let status):
            (words, bounce) = (nil, Bounce(status: status))
        case .ignored: return nil
        }
    }

    package func body() throws -> [UInt8] { [UInt8](try JSONEncoder().encode(self)) }

    enum Fault: Error, Equatable {
        case noMail
        /// None of its tokens was made with this key.
        case unknown
    }

    /// - Parameter textBytes: of one message.
    static func read(_ body: [UInt8], key: ReplyKey, textBytes: Int) throws(Fault) -> Order {
        guard let request = try? JSONDecoder().decode(MailRequest.self, from: Data(body)) else { throw .noMail }
        guard
            let inquiry = request.tokens.prefix(ReceivedMail.tokenLimit).lazy.compactMap({ key.inquiry(of: $0) }).first
        else { throw .unknown }
        if let bounce = request.bounce {
            let status = bounce.status.map { Text($0) }
            guard status.map({ $0.count <= MailBounce.statusLimitBytes }) != false else { throw .noMail }
            return .bounce(MailBounce(inquiry: inquiry, status: status))
        }
        guard let words = request.words, let mail = words.mail(about: inquiry, textBytes: textBytes) else {
            throw .noMail
        }
        return .mail(mail)
    }
}

extension MailRequest.Words {
    /// Nil when it is past a bound that the command keeps to.
    fileprivate func mail(about inquiry: ChatID, textBytes: Int) -> IncomingMail? {
        guard let id = ClientMessageID(id.utf8), text.utf8.count <= ReceivedMail.textLimitBytes,
            quoted.map({ $0.utf8.count <= ReceivedMail.quotedLimitBytes }) != false,
            attachments.count <= IncomingMail.attachmentLimit,
            attachments.allSatisfy({ (1...ReceivedMail.attachmentNameBytes).contains($0.utf8.count) }),
            !text.isEmpty || !attachments.isEmpty
        else { return nil }
        // A mail without words says what came with it.
        let said = text.isEmpty ? attachments.joined(separator: "\n") : text
        return IncomingMail(
            inquiry: inquiry, id: id, reference: reference.flatMap { MailReference($0) },
            from: from.flatMap { EmailAddress($0) }, texts: pieces(of: said, bytes: textBytes).map { Text($0) },
            quoted: quoted.map { Text($0) }, attachments: attachments.map { Text($0) })
    }
}

/// The text in pieces that each fit, broken between lines where that is possible. What is between two pieces is left out
/// if it is nothing but blanks.
func pieces(of text: String, bytes limit: Int) -> [String] {
    var pieces: [String] = []
    var rest = Substring(text)
    while rest.utf8.count > limit {
        var end = rest.prefix(bytes: limit).endIndex
        if let line = rest[..<end].lastIndex(of: "\n"), line > rest.startIndex { end = line }
        pieces.append(String(rest[..<end]))
        rest = rest[end...]
        if rest.first == "\n" { rest.removeFirst() }
    }
    return (pieces + [String(rest)]).filter { !Text($0).hasNothingToSee }
}
