// One mail as GMime has read it, asked for what a desk wants to know. How deep parts stand in parts and how many there are
// is up to a stranger, so both have a bound.

internal import CGMime
internal import SangdamCore

/// A mail's parts and fields.
struct MailReader: ~Copyable {
    static let partLimit = 200
    static let depthLimit = 20

    private let bytes: [UInt8]
    private let message: OpaquePointer

    init(_ bytes: [UInt8]) throws(MailFault) {
        startGMime()
        let stream = bytes.withUnsafeBytes { buffer in
            g_mime_stream_mem_new_with_buffer(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        let parser = g_mime_parser_new_with_stream(stream)
        defer {
            sangdam_release_parser(parser)
            sangdam_release_stream(stream)
        }
        guard let message = g_mime_parser_construct_message(parser, nil) else { throw .noMail }
        guard g_mime_header_list_get_count(g_mime_object_get_header_list(sangdam_message_object(message))) > 0 else {
            sangdam_release_message(message)
            throw .noMail
        }
        (self.bytes, self.message) = (bytes, message)
    }

    deinit { sangdam_release_message(message) }

    // MARK: Fields

    var messageID: String? { g_mime_message_get_message_id(message).map { String(cString: $0) } }

    var from: EmailAddress? {
        sangdam_first_address(g_mime_message_get_from(message)).flatMap { EmailAddress(String(cString: $0)) }
    }

    /// Fields that name whom it came for, and those that name what it answers: as they stand there.
    var recipients: [[UInt8]] {
        values(of: ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc"])
    }

    var references: [[UInt8]] { values(of: ["in-reply-to", "references"]) }

    /// A program has sent it: RFC 3834, 2 and 5, and what was in use before it.
    var isAutomatic: Bool {
        let submitted = field("auto-submitted")
        if let submitted, submitted != "no", !submitted.hasPrefix("no "), !submitted.hasPrefix("no;") { return true }
        if field("return-path") == "<>" { return true }
        if let precedence = field("precedence"), ["junk", "auto_reply", "auto-reply"].contains(precedence) {
            return true
        }
        if has(anyOf: ["x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply"]) { return true }
        // RFC 8098 and RFC 5965: that a mail was read, that it was complained about.
        if Part(g_mime_message_get_mime_part(message)).isType("multipart", "report") { return true }
        return from?.localPart.lowercased() == "mailer-daemon"
    }

    /// RFC 2919 and RFC 2369.
    var isToMany: Bool {
        if let precedence = field("precedence"), ["bulk", "list"].contains(precedence) { return true }
        return has(anyOf: ["list-id", "list-post", "list-unsubscribe", "mailing-list"])
    }

    /// What a report about delivery says of the first address.
    var deliveryReport: (hasFailed: Bool, status: String?)? {
        let whole = Part(g_mime_message_get_mime_part(message))
        guard whole.isType("multipart", "report"), whole.parameter("report-type")?.lowercased() == "delivery-status"
        else { return nil }
        // Its fields stand as they are, whatever else the mail holds.
        let lines = bytes.split(separator: UInt8(ascii: "\n")).lazy.map { String(decoding: $0, as: UTF8.self) }
        let value = { (name: String) in
            lines.first { $0.lowercased().hasPrefix(name) }.map {
                $0.dropFirst(name.count).filter { !$0.isWhitespace }.lowercased()
            }
        }
        let status = value("status:").flatMap { text in
            let isStatus =
                text.utf8.count <= MailBounce.statusLimitBytes
                && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
            return isStatus && !text.isEmpty ? text : nil
        }
        return (value("action:") == "failed", status)
    }

    private var top: OpaquePointer { sangdam_message_object(message) }

    /// Its first value, in lower case and without blanks around it.
    private func field(_ name: String) -> String? {
        g_mime_object_get_header(top, name).map { value in
            let text = String(cString: value).lowercased().split(whereSeparator: \.isWhitespace)
            return text.joined(separator: " ")
        }
    }

    private func has(anyOf names: [String]) -> Bool { names.contains { field($0) != nil } }

    private func values(of names: [String]) -> [[UInt8]] {
        let list = g_mime_object_get_header_list(top)
        let fields = (0..<g_mime_header_list_get_count(list)).map { g_mime_header_list_get_header_at(list, $0) }
        return names.flatMap { name in
            fields.compactMap { field in
                guard let called = g_mime_header_get_name(field), String(cString: called).lowercased() == name,
                    let value = g_mime_header_get_raw_value(field)
                else { return nil }
                return Array(String(cString: value).utf8)
            }
        }
    }

    // MARK: Parts

    /// The words of all parts that are text, and the names of the others.
    func contents() throws(MailFault) -> (text: String, attachments: [String]) {
        var gathering = Gathering()
        let found = try gathering.gather(Part(g_mime_message_get_mime_part(message)), depth: 0)
        let limit = IncomingMail.attachmentLimit
        let names = found.attachments
        guard names.count > limit else { return (found.text, names) }
        return (found.text, Array(names.prefix(limit - 1)) + ["(+\(names.count - limit + 1))"])
    }

    private struct Gathering {
        private var parts = 0

        mutating func gather(
            _ part: Part, depth: Int
        ) throws(MailFault) -> (text: String, attachments: [String]) {
            parts += 1
            guard parts <= partLimit, depth <= depthLimit else { throw .tooManyParts }
            guard let children = part.children else {
                return part.isWords ? (part.text, []) : ("", part.name.map { [$0] } ?? [])
            }
            var texts: [String] = []
            var attachments: [String] = []
            for child in children {
                let found = try gather(child, depth: depth + 1)
                if !Text(found.text).hasNothingToSee { texts.append(found.text) }
                attachments += found.attachments
            }
            // Of several ways to say the same, the first is the plainest (RFC 2046, 5.1.4).
            let text = part.isType("multipart", "alternative") ? texts.first ?? "" : texts.joined(separator: "\n")
            return (text, attachments)
        }
    }
}

/// One part of a mail, as long as its mail.
private struct Part {
    private let object: OpaquePointer?

    init(_ object: OpaquePointer?) {
        self.object = object
    }

    /// Nil for what has none.
    var children: [Part]? {
        guard let object, let multipart = sangdam_multipart(object) else { return nil }
        return (0..<g_mime_multipart_get_count(multipart)).map { Part(g_mime_multipart_get_part(multipart, $0)) }
    }

    func isType(_ type: String, _ subtype: String) -> Bool {
        guard let object else { return false }
        return g_mime_content_type_is_type(g_mime_object_get_content_type(object), type, subtype) != 0
    }

    /// Of its `Content-Type`.
    func parameter(_ name: String) -> String? {
        guard let object else { return nil }
        return g_mime_object_get_content_type_parameter(object, name).map { String(cString: $0) }
    }

    /// To be read, and not beside the mail.
    var isWords: Bool {
        guard let object, sangdam_part(object) != nil, isType("text", "plain") || isType("text", "html") else {
            return false
        }
        let disposition = g_mime_object_get_disposition(object).map { String(cString: $0).lowercased() }
        return disposition != "attachment" && fileName == nil
    }

    /// What an attachment is called: its file's name, or what kind of thing it is.
    var name: String? {
        guard let object else { return nil }
        if let fileName { return shown(fileName) }
        guard sangdam_part(object) != nil || sangdam_is_enclosed_message(object) != 0,
            let type = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(object))
        else { return nil }
        defer { g_free(type) }
        return shown(String(cString: type))
    }

    private var fileName: String? {
        guard let object, let part = sangdam_part(object), let name = g_mime_part_get_filename(part) else { return nil }
        return String(cString: name)
    }

    private func shown(_ name: String) -> String? {
        let text = readable(name).filter { !$0.isNewline && $0 != "\t" }
        return Text(text).hasNothingToSee ? nil : String(text[...].prefix(bytes: ReceivedMail.attachmentNameBytes))
    }

    var text: String {
        guard let object, let part = sangdam_part(object), let content = g_mime_part_get_content(part) else {
            return ""
        }
        let stream = g_mime_stream_mem_new()
        defer { sangdam_release_stream(stream) }
        g_mime_data_wrapper_write_to_stream(content, stream)
        let charset = Charset(parameter("charset"))
        let bytes = charset.text(memory(of: stream))
        return readable(isType("text", "html") ? WrittenHTML(bytes).text : String(decoding: bytes, as: UTF8.self))
    }

    /// Lines end in LF, and there are no other control characters but TAB.
    private func readable(_ text: String) -> String {
        let scalars = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").unicodeScalars
        var kept = String.UnicodeScalarView()
        kept.append(
            contentsOf: scalars.filter {
                $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            })
        return String(kept)
    }
}
