// A program's side of the protocol: one JSON object a line, or a text message of WebSocket, in either direction. Knows of
// its peer only whether it has said `hello` and which language refusals are written in.

internal import SangdamCore
internal import SangdamJSON

/// Translates lines to messages and the desk's words to lines.
struct JSONLineSession {
    private enum Greeting {
        case awaited, sent, welcomed
    }

    private let limits: ClientMessageLimits
    private let defaultLanguage: Language
    private var greeting = Greeting.awaited
    private let isWebSocket: Bool
    private var language: Language

    /// - Parameter isWebSocket: messages go out in frames instead of lines.
    init(configuration: WireConfiguration, isWebSocket: Bool = false) {
        self.isWebSocket = isWebSocket
        limits = ClientMessageLimits(textBytes: configuration.limits.textBytes)
        defaultLanguage = configuration.language
        language = configuration.language
    }

    /// Whether the peer still owes its `hello`.
    var awaitsHello: Bool { greeting == .awaited }

    /// Takes one line without its end, or one text message.
    mutating func receive(_ line: UnsafeRawBufferPointer, output: inout [UInt8], input: (consuming Inbound) -> Void) {
        // Most lines begin with their type and have no fault: these are read once.
        if let message = readOnce(line), refusal(of: message) == nil {
            take(message, output: &output, input: input)
        } else if !isBlank(line) {
            readTwice(line, output: &output, input: input)
        }
    }

    /// The line's message if `type` is its first field and all of it is right.
    private func readOnce(_ line: UnsafeRawBufferPointer) -> ClientMessage? {
        do throws(FieldFault) {
            var reader = FieldReader(line)
            try reader.beginObject()
            guard let first = try reader.nextField(), first == "type" else { return nil }
            let message = try ClientMessageRow.decode(reader.word(), &reader, limits)
            return reader.isAtEnd() ? message : nil
        } catch { return nil }
    }

    /// Any line: what is wrong with it is told in the same order wherever its fields stand, and with its `id`.
    private mutating func readTwice(
        _ line: UnsafeRawBufferPointer, output: inout [UInt8], input: (consuming Inbound) -> Void
    ) {
        let envelope = Envelope(line)
        guard let type = envelope.type else {
            return refuse(
                Refusal(
                    envelope.fault, messageID: envelope.id, subject: envelope.fault == .badField ? "type" : nil),
                output: &output, input: input)
        }
        do throws(FieldFault) {
            var reader = FieldReader(line)
            try reader.beginObject()
            guard let message = try ClientMessageRow.decode(type, &reader, limits) else {
                return refuse(Refusal(.unknownType, messageID: envelope.id), output: &output, input: input)
            }
            if let code = refusal(of: message) {
                return refuse(Refusal(code, messageID: envelope.id), output: &output, input: input)
            }
            take(message, output: &output, input: input)
        } catch {
            refuse(
                Refusal(error.code, messageID: envelope.id, subject: error.field), output: &output, input: input)
        }
    }

    /// Why the message may not be said now; nil when it may.
    private func refusal(of message: ClientMessage) -> RefusalCode? {
        switch message {
        case .ping: nil
        case .customerHello, .agentHello: greeting == .awaited ? nil : .alreadyWelcome
        case .language, .command: greeting == .awaited ? .helloFirst : nil
        }
    }

    private mutating func take(
        _ message: consuming ClientMessage, output: inout [UInt8], input: (consuming Inbound) -> Void
    ) {
        switch consume message {
        case .ping(let number):
            writeLine(to: &output) { writer in ServerMessageWriter.writePong(number, to: &writer) }
        case .customerHello(let wish, let name, let resume):
            beGreeted(in: wish)
            input(.customerHello(language: language, name: name, resume: resume))
        case .agentHello(let user, let password, let wish):
            beGreeted(in: wish)
            input(.agentHello(user: user, password: password, language: language))
        case .language(let wish):
            language = wish
            input(.command(.language(wish)))
        case .command(let command):
            input(.command(consume command))
        }
    }

    private mutating func beGreeted(in wish: Language?) {
        greeting = .sent
        language = wish ?? defaultLanguage
    }

    /// Answers a refusal and has it counted.
    @inline(never)
    mutating func refuse(_ refusal: Refusal, output: inout [UInt8], input: (consuming Inbound) -> Void) {
        writeLine(to: &output) { writer in ServerMessageWriter.write(.error(refusal), in: language, to: &writer) }
        input(.refused(refusal.code))
    }

    /// Writes the desk's word as a line. True when it refused the peer's `hello`, who may then try another.
    mutating func deliver(_ outbound: ServerMessage, output: inout [UInt8]) -> Bool {
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
        writeLine(to: &output) { writer in ServerMessageWriter.write(outbound, in: language, to: &writer) }
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
    /// Nil when there is a fault.
    private(set) var type: JSONWord?
    private(set) var id: ClientMessageID?
    /// `bad_json`, `bad_utf8`, or `bad_field` when there is no `type`.
    private(set) var fault = RefusalCode.badField

    init(_ line: UnsafeRawBufferPointer) {
        var reader = JSONReader(line)
        do throws(JSONFault) {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                let isString = try reader.nextKind() == .string
                if isString, key == "type" {
                    type = try reader.word()
                } else if isString, key == "id" {
                    id = try reader.messageID()
                } else {
                    try reader.skipValue()
                }
            }
            try reader.end()
        } catch {
            type = nil
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
        case .badJSON, .badUTF8, .badField, .tooLong, .empty, .unknownType, .unknownVerb, .helloFirst, .alreadyWelcome,
            .unknownTopic, .unknownQueue, .unknownAgent, .unknownChat, .unknownOffer, .alreadyInChat, .noChat,
            .chatNotActive, .chatsOpen, .agentUnavailable, .unsupported, .nothingToRate, .rateLimited, .queueFull:
            false
        }
    }
}
