// A program's side of the protocol: one JSON object a line, or a text message of WebSocket, in either direction. Knows
// of its peer only whether it has said `hello`, as whom, and which language refusals are written in.

internal import SangdamCore
internal import SangdamJSON
internal import SangdamProtocol

/// Reads lines as messages and writes the desk's words as lines.
struct JSONLineSession {
    private enum Greeting {
        case awaited, sent, welcomed
    }

    private let limits: ClientMessageLimits
    private let defaultLanguage: Language
    private let hasFAQ: Bool
    private var greeting = Greeting.awaited
    /// What the last `hello` said; without one nothing asks for it.
    private var isCustomer = true
    private let isWebSocket: Bool
    private var language: Language

    /// - Parameter isWebSocket: messages go out in frames instead of lines.
    init(configuration: WireConfiguration, isWebSocket: Bool = false) {
        self.isWebSocket = isWebSocket
        limits = ClientMessageLimits(
            textBytes: configuration.limits.textBytes, inquiryBytes: configuration.limits.inquiryBytes)
        defaultLanguage = configuration.language
        language = configuration.language
        hasFAQ = configuration.hasFAQ
    }

    /// Whether the peer still owes its `hello`.
    var awaitsHello: Bool { greeting == .awaited }

    /// Takes one line without its end, or one text message.
    mutating func receive(
        _ line: UnsafeRawBufferPointer, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        if let message = ClientMessage.readOnce(line, within: limits), refusal(of: message) == nil {
            take(message, output: &output, input: input)
        } else if !isBlank(line) {
            readTwice(line, output: &output, input: input)
        }
    }

    private mutating func readTwice(
        _ line: UnsafeRawBufferPointer, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        do throws(Refusal) {
            let (message, id) = try ClientMessage.read(line, within: limits)
            if let code = refusal(of: message) { throw Refusal(code, messageID: id) }
            take(message, output: &output, input: input)
        } catch {
            refuse(error.code == .unsupported ? refusalOfWarmTransfer(error) : error, output: &output, input: input)
        }
    }

    /// Why a warm transfer, the one thing that is unsupported, is refused: as to any other, strangers are told that
    /// they are strangers, and customers that it is nothing for them.
    private func refusalOfWarmTransfer(_ fault: Refusal) -> Refusal {
        if greeting == .awaited { return Refusal(.helloFirst, messageID: fault.messageID) }
        return isCustomer ? Refusal(.notAllowed, subject: "transfer") : Refusal(.unsupported, subject: fault.subject)
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
        _ message: consuming ClientMessage, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        switch consume message {
        case .ping(let number):
            writeLine(to: &output) { writer in ServerMessageWriter.writePong(number, to: &writer) }
        case .customerHello(let wish, let name, let resume):
            beGreeted(in: wish, asCustomer: true)
            input(.customerHello(language: language, name: name, resume: resume))
        case .agentHello(let user, let password, let wish):
            beGreeted(in: wish, asCustomer: false)
            input(.agentHello(user: user, password: password, language: language))
        case .language(let wish):
            language = wish
            input(.command(.language(wish)))
        case .command(let command):
            input(.command(consume command))
        }
    }

    private mutating func beGreeted(in wish: Language?, asCustomer: Bool) {
        isCustomer = asCustomer
        greeting = .sent
        language = wish ?? defaultLanguage
    }

    /// Answers a refusal and has it counted.
    @inline(never)
    mutating func refuse(_ refusal: Refusal, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        write(.error(refusal), to: &output)
        input(.refused(refusal.code))
    }

    /// Writes the desk's word as a line. True when it refused the peer's `hello`, who may then try another.
    mutating func deliver(_ message: ServerMessage, output: inout [UInt8]) -> Bool {
        var isHelloRefused = false
        switch message {
        case .welcome(let welcome):
            greeting = .welcomed
            language = welcome.language
        case .error(let refusal) where greeting == .sent && refusal.refusesHello:
            greeting = .awaited
            isHelloRefused = true
        default:
            break
        }
        write(message, to: &output)
        return isHelloRefused
    }

    @inline(__always)
    private func write(_ message: ServerMessage, to output: inout [UInt8]) {
        writeLine(to: &output) { writer in
            ServerMessageWriter.write(message, in: language, hasFAQ: hasFAQ, sentence: sentence, to: &writer)
        }
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

extension Refusal {
    /// Whether this refuses a `hello` itself: its sender is still a stranger and may try again.
    fileprivate var refusesHello: Bool {
        switch code {
        case .wrongPassword, .locked, .unknownToken, .notAllowed, .draining: true
        // Commands get these too, and may get them before the welcome that waits for the disk.
        case .busy, .storageFull: answersHello
        case .badJSON, .badUTF8, .badField, .tooLong, .empty, .unknownType, .unknownVerb, .helloFirst, .alreadyWelcome,
            .unknownTopic, .intakeRequired, .unknownQueue, .unknownAgent, .unknownChat, .unknownOffer, .alreadyInChat,
            .noChat, .chatNotActive, .chatsOpen, .agentUnavailable, .unsupported, .nothingToRate, .consentRequired,
            .unknownInquiry, .inquiryTaken, .inquiryNotTaken, .inquiryClosed, .capacityFull, .rateLimited, .queueFull,
            .closed, .unstaffed:
            false
        }
    }
}
