// A program's side of the protocol: one JSON object a line, or a text message of WebSocket, in either direction. Knows of its peer only whether it has
// said `hello` and which language refusals are written in.

internal import SangdamCore

/// Translates lines to messages and the desk's words to lines.
struct JSONLineSession {
    private enum Greeting {
        case awaited, sent, welcomed
    }

    private let defaultLanguage: Language
    private let limits: ClientMessageLimits
    private var greeting = Greeting.awaited
    private let isWebSocket: Bool
    private var language: Language

    /// - Parameter isWebSocket: messages go out in frames instead of lines.
    init(configuration: WireConfiguration, isWebSocket: Bool = false) {
        self.isWebSocket = isWebSocket
        defaultLanguage = configuration.language
        limits = ClientMessageLimits(textBytes: configuration.textLimitBytes)
        language = configuration.language
    }

    /// Whether the peer still owes its `hello`.
    var awaitsHello: Bool { greeting == .awaited }

    /// Takes one line without its end, or one text message.
    mutating func receive(_ line: UnsafeRawBufferPointer, output: inout [UInt8], input: (Inbound) -> Void) {
        guard !isBlank(line) else { return }
        let envelope = Envelope(line)
        if let code = envelope.fault {
            return refuse(
                Refusal(code, messageID: envelope.id, subject: code == .badField ? "type" : nil),
                output: &output, input: input)
        }
        guard let place = envelope.row else {
            return refuse(Refusal(.unknownType, messageID: envelope.id), output: &output, input: input)
        }
        do throws(FieldFault) {
            var reader = FieldReader(line)
            try reader.beginObject()
            let message = try ClientMessageRow.table[place].decode(&reader, limits)
            take(message, id: envelope.id, output: &output, input: input)
        } catch {
            refuse(
                Refusal(error.code, messageID: envelope.id, subject: error.field), output: &output, input: input)
        }
    }

    private mutating func take(
        _ message: ClientMessage, id: ClientMessageID?, output: inout [UInt8], input: (Inbound) -> Void
    ) {
        switch message {
        case .ping(let number):
            writeLine(to: &output) { writer in ServerMessage.writePong(number, to: &writer) }
        case .customerHello(let wish, let name, let resume):
            guard greets(wish, id: id, output: &output, input: input) else { return }
            input(.customerHello(language: language, name: name, resume: resume))
        case .agentHello(let user, let password, let wish):
            guard greets(wish, id: id, output: &output, input: input) else { return }
            input(.agentHello(user: user, password: password, language: language))
        case .command(let command):
            guard greeting != .awaited else {
                return refuse(Refusal(.helloFirst, messageID: id), output: &output, input: input)
            }
            if case .language(let wish) = command { language = wish }
            input(.command(command))
        }
    }

    /// Notes a `hello`, or refuses a second one.
    private mutating func greets(
        _ wish: Language?, id: ClientMessageID?, output: inout [UInt8], input: (Inbound) -> Void
    ) -> Bool {
        guard greeting == .awaited else {
            refuse(Refusal(.alreadyWelcome, messageID: id), output: &output, input: input)
            return false
        }
        greeting = .sent
        language = wish ?? defaultLanguage
        return true
    }

    /// Answers a refusal and has it counted.
    mutating func refuse(_ refusal: Refusal, output: inout [UInt8], input: (Inbound) -> Void) {
        writeLine(to: &output) { writer in ServerMessage.write(.error(refusal), in: language, to: &writer) }
        input(.refused(refusal.code))
    }

    /// Writes the desk's word as a line. True when it refused the peer's `hello`, who may then try another.
    mutating func deliver(_ outbound: Outbound, output: inout [UInt8]) -> Bool {
        var isHelloRefused = false
        switch outbound {
        case .welcome(let welcome):
            greeting = .welcomed
            language = welcome.language
        case .error(let refusal) where greeting == .sent && refusal.refusesHello:
            greeting = .awaited
            isHelloRefused = true
        default:
            break
        }
        writeLine(to: &output) { writer in ServerMessage.write(outbound, in: language, to: &writer) }
        return isHelloRefused
    }

    @inline(__always)
    private func writeLine(to output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        guard !isWebSocket else {
            let start = WebSocketWriter.begin(&output)
            JSONWriter.append(to: &output, body)
            return WebSocketWriter.end(start, .text, in: &output)
        }
        JSONWriter.append(to: &output) { writer in
            body(&writer)
            writer.raw(UInt8(ascii: "\n"))
        }
    }

    private func isBlank(_ line: UnsafeRawBufferPointer) -> Bool {
        line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
    }
}

/// What must be known of a line before its fields can be read: that it is one JSON object throughout, its `type`, and
/// the `id` that a refusal names.
private struct Envelope {
    private(set) var row: Int?
    private(set) var id: ClientMessageID?
    /// `bad_json`, `bad_utf8`, or `bad_field` when there is no `type`.
    private(set) var fault: RefusalCode?

    init(_ line: UnsafeRawBufferPointer) {
        var hasType = false
        var reader = JSONReader(line)
        do throws(JSONFault) {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                let isString = try reader.nextKind() == .string
                if isString, key == "type" {
                    hasType = true
                    row = try reader.withString { ClientMessageRow.place(of: $0) }
                } else if isString, key == "id" {
                    id = try reader.messageID()
                } else {
                    try reader.skipValue()
                }
            }
            try reader.end()
            if !hasType { fault = .badField }
        } catch {
            if case .badUTF8 = error {
                fault = .badUTF8
            } else {
                fault = isValidUTF8(line) ? .badJSON : .badUTF8
            }
        }
    }
}

extension Refusal {
    /// Whether this refuses a `hello` itself: its sender is still a stranger and may try again.
    fileprivate var refusesHello: Bool {
        switch code {
        case .wrongPassword, .locked, .unknownToken, .notAllowed, .draining: true
        // Commands get these too, and may get them before the welcome that waits for the disk.
        case .busy, .storageFull: answersHello
        case .badJSON, .badUTF8, .badField, .tooLong, .unknownType, .unknownVerb, .helloFirst, .alreadyWelcome,
            .unknownTopic, .unknownQueue, .unknownAgent, .unknownChat, .unknownOffer, .alreadyInChat, .noChat,
            .chatNotActive, .chatsOpen, .agentUnavailable, .unsupported, .nothingToRate, .rateLimited, .queueFull:
            false
        }
    }
}
