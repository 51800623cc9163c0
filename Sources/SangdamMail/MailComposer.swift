// A mail of ours from the desk's values to the bytes of RFC 5322. What is in its headers is the organisation's and ours:
// of what strangers wrote, only the address and the Message-ID that the desk has checked, as values of checked types.

internal import CGMime
package import SangdamCore

/// A mail as it goes out, with its envelope (RFC 5321, 2.3.1).
package struct ComposedMail: Sendable, Equatable {
    /// Where bounces go: the same address that customers reply to, so that a bounce finds its inquiry.
    package let sender: String
    package let recipient: EmailAddress
    /// With CR LF, in seven bits, without the dots of SMTP.
    package let bytes: [UInt8]
}

/// Writes mails. Pure: the same mail makes the same bytes.
package struct MailComposer: Sendable {
    private let from: EmailAddress
    private let replyTo: EmailAddress
    private let key: ReplyKey

    package init(from: EmailAddress, replyTo: EmailAddress, key: ReplyKey) {
        (self.from, self.replyTo, self.key) = (from, replyTo, key)
    }

    package func compose(_ mail: OutgoingMail) -> ComposedMail {
        let token = key.token(of: mail.inquiry)
        let replyAddress = "\(replyTo.localPart)+\(token)@\(replyTo.domain)"
        let name = { (number: UInt64) in "\(token).\(number)@\(from.domain)" }
        let words = MailWords.of(mail.language)
        let isFirst = mail.number == mail.firstNumber
        let subject = filled(words.subject, mail)

        let message = MIMEMessage()
        message.addMailbox(.from, name: mail.desk.text(in: mail.language), address: from.text)
        message.addMailbox(.replyTo, name: nil, address: replyAddress)
        message.addMailbox(.to, name: nil, address: mail.to.text)
        message.setSubject(isFirst ? subject : "Re: \(subject)")
        message.setDate(mail.date)
        message.setHeader("Message-ID", "<\(name(mail.number))>")
        let earlier = (isFirst ? [] : [name(mail.firstNumber)]) + (mail.inReplyTo.map { [$0.text] } ?? [])
        if let last = earlier.last {
            message.setHeader("In-Reply-To", "<\(last)>")
            message.setHeader("References", earlier.map { "<\($0)>" }.joined(separator: " "))
        }
        message.setHeader("Content-Language", mail.language.rawValue)
        if case .acknowledgement = mail.content { message.setHeader("Auto-Submitted", "auto-generated") }
        message.setText(body(of: mail, words))
        return ComposedMail(sender: replyAddress, recipient: mail.to, bytes: message.bytes())
    }

    private func body(of mail: OutgoingMail, _ words: MailWords) -> String {
        let paragraphs: [[String]] =
            switch mail.content {
            case .acknowledgement(let due):
                [
                    [words.hasCome],
                    [words.receipt, words.topic, words.due.replacing("{due}", with: due.text)],
                    [words.willAnswer, words.replyToAdd, words.notYours],
                    ["-- ", "{desk}"],
                ].map { $0.map { filled($0, mail) } }
            case .answer(let text, let agent):
                [
                    [text.string],
                    ["-- ", words.answeredBy.replacing("{agent}", with: agent.text), words.receipt, words.replyToAdd]
                        .map { filled($0, mail) },
                ]
            }
        let text = ([[words.replyAbove]] + paragraphs).map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
        // Whatever a program wrote: GMime's texts end at a NUL, and lines end in CR LF, also within base64 (RFC 2045, 6.8).
        return text.replacing("\0", with: "\u{FFFD}").replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .replacing("\n", with: "\r\n") + "\r\n"
    }

    private func filled(_ sentence: String, _ mail: OutgoingMail) -> String {
        sentence.replacing("{receipt}", with: mail.receipt.description)
            .replacing("{topic}", with: mail.topic.text(in: mail.language))
            .replacing("{desk}", with: mail.desk.text(in: mail.language))
    }
}

/// A message that GMime writes.
private struct MIMEMessage: ~Copyable {
    enum Mailbox {
        case from, replyTo, to

        var type: sangdam_address_type {
            switch self {
            case .from: sangdam_address_from
            case .replyTo: sangdam_address_reply_to
            case .to: sangdam_address_to
            }
        }
    }

    private static let charset = "utf-8"
    private let message: OpaquePointer

    init() {
        startGMime()
        message = g_mime_message_new(0)
    }

    deinit { sangdam_release_message(message) }

    func addMailbox(_ mailbox: Mailbox, name: String?, address: String) {
        g_mime_message_add_mailbox(message, Int32(mailbox.type.rawValue), name, address)
    }

    func setSubject(_ text: String) {
        g_mime_message_set_subject(message, text, Self.charset)
    }

    func setDate(_ instant: Instant) {
        guard let date = g_date_time_new_from_unix_utc((instant.milliseconds / 1000)) else { return }
        g_mime_message_set_date(message, date)
        g_date_time_unref(date)
    }

    func setHeader(_ name: String, _ value: String) {
        g_mime_object_set_header(sangdam_message_object(message), name, value, Self.charset)
    }

    func setText(_ text: String) {
        let part = g_mime_text_part_new_with_subtype("plain")
        g_mime_text_part_set_charset(part, Self.charset)
        g_mime_text_part_set_text(part, text)
        g_mime_message_set_mime_part(message, sangdam_text_object(part))
        sangdam_release_text(part)
    }

    func bytes() -> [UInt8] {
        let object = sangdam_message_object(message)
        g_mime_object_encode(object, sangdam_seven_bits)
        let options = g_mime_format_options_new()
        defer { g_mime_format_options_free(options) }
        g_mime_format_options_set_newline_format(options, sangdam_dos_lines)
        let stream = g_mime_stream_mem_new()
        defer { sangdam_release_stream(stream) }
        g_mime_object_write_to_stream(object, options, stream)
        return memory(of: stream)
    }
}
