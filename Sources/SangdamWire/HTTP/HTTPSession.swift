// One HTTP/1.1 connection of either port, without the connection, up to its end or to WebSocket.
//
// Rules that it keeps
// - Responses come in the requests' order, each whole. What is no request is answered once, and nothing behind it is
//   looked at: nobody can hide a second request from one who stands between.
// - Requests that come at once are answered up to a number and a size; the last response says that it is the last, and
//   the rest is for a new connection (RFC 9112 §9.3.2). So a kilobyte of requests cannot become megabytes of responses.
// - While an answer is on its way, what comes is kept up to a size; past it nothing more is answered.
// - A head has to be complete in time, from its first byte; so has the first byte, from the last response.
// - After `.ended` it is deaf: the owner flushes and closes.

package import SangdamCore

/// The server's side of one HTTP connection.
package struct HTTPSession: Sendable {
    /// What has become of the connection.
    package enum Step: Sendable {
        /// More bytes are awaited, or the answer to `takeQuestion()`.
        case goesOn
        /// What follows is WebSocket.
        case upgraded
        /// The output holds the last response, if there is one.
        case ended
    }

    /// Requests answered out of one read, and of what comes until the last of them is answered.
    package static let pipelineLimit = 8
    /// Bytes of responses to the same, unless a single one is larger.
    package static let pipelineBytes = 64 * 1024
    /// Bytes kept while an answer is on its way (Limits.md#HTTP-and-WebSocket).
    package static let unreadLimitBytes = 16 * 1024

    private let routes: HTTPRoutes
    private let rules: HTTPRules
    private var reader: HTTPRequestReader
    private var isOver = false
    /// Of the head under way or awaited.
    private var headBy: Instant
    private var hasAnswered = false
    /// How many requests that came at once have been answered or asked, and the bytes of the responses.
    private var answers = 0
    private var answeredBytes = 0
    /// Whose answer takes a while; what came behind it waits in `unread`.
    private var asked: HTTPRequestHead?
    private var question: HTTPQuestion?
    private var unread: [UInt8] = []
    private var inputHasEnded = false
    /// What the last call answered that was no page: statuses from 400 on, for counting.
    package private(set) var refusals: [HTTPStatus] = []

    package init(_ routes: HTTPRoutes, rules: HTTPRules = HTTPRules(), at now: Instant) {
        self.routes = routes
        self.rules = rules
        reader = HTTPRequestReader(rules: rules)
        headBy = now + rules.headTimeout
    }

    /// When `deadlinePassed` wants to be called.
    package var nextDeadline: Instant? { isOver || asked != nil ? nil : headBy }

    /// What the owner is to ask, once; the answer goes to `answer(_:at:output:)`.
    package mutating func takeQuestion() -> HTTPQuestion? { question.take() }

    /// Takes bytes and answers. After `.upgraded`, `rest` begins with what belongs to WebSocket.
    package mutating func receive(
        _ rest: inout UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8]
    ) -> Step {
        refusals = []
        guard !isOver else { return .ended }
        guard asked == nil else { return keep(rest) }
        guard !rest.isEmpty else { return .goesOn }
        // The first head's time runs since the connection opened.
        if hasAnswered, !reader.isWithinHead { headBy = now + rules.headTimeout }
        (answers, answeredBytes) = (0, 0)
        return readOn(&rest, at: now, output: &output)
    }

    private mutating func readOn(
        _ rest: inout UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8]
    ) -> Step {
        do throws(HTTPFault) {
            while let head = try reader.next(&rest) {
                answers += 1
                let step: Step
                switch routes.route(for: head) {
                case .get(let answer):
                    let response = answer(head)
                    step = respond(
                        head, response, mayGoOn: rest.isEmpty || !isLast(response), at: now, output: &output)
                case .getLater(let question):
                    (asked, self.question) = (head, question)
                    return keep(rest)
                case .post(let question):
                    (asked, self.question) = (head, question(head))
                    return keep(rest)
                case .upgrade(let answer):
                    step = respond(head, answer(head), mayGoOn: false, at: now, output: &output)
                }
                guard step == .goesOn else { return step }
            }
            return .goesOn
        } catch {
            return refuse(error.status, at: now, output: &output)
        }
    }

    /// Takes the answer to the question that was asked, and goes on with what came meanwhile.
    package mutating func answer(_ response: HTTPResponse, at now: Instant, output: inout [UInt8]) -> Step {
        refusals = []
        guard !isOver, let head = asked.take() else { return isOver ? .ended : .goesOn }
        let mayGoOn = !inputHasEnded && (unread.isEmpty || !isLast(response))
        let step = respond(head, response, mayGoOn: mayGoOn, at: now, output: &output)
        guard step == .goesOn, !unread.isEmpty else { return step }
        var waiting: [UInt8] = []
        swap(&waiting, &unread)
        return waiting.withUnsafeBytes { bytes in
            var rest = bytes
            return readOn(&rest, at: now, output: &output)
        }
    }

    /// Whether nothing that came with this response's request is answered behind it.
    private func isLast(_ response: HTTPResponse) -> Bool {
        answers == Self.pipelineLimit || answeredBytes + response.body.count > Self.pipelineBytes
    }

    /// A client that shuts down its output still wants the answer that is on its way, and no other.
    /// - Returns: whether there is one.
    package mutating func endInput() -> Bool {
        inputHasEnded = true
        return asked != nil
    }

    /// A head that has begun and is not complete in time is told so (RFC 9110 §15.5.9); an idle connection just ends.
    package mutating func deadlinePassed(at now: Instant, output: inout [UInt8]) -> Step {
        refusals = []
        guard !isOver else { return .ended }
        guard asked == nil, now >= headBy else { return .goesOn }
        guard reader.isWithinHead else {
            isOver = true
            return .ended
        }
        return refuse(.requestTimeout, at: now, output: &output)
    }

    private mutating func keep(_ rest: UnsafeRawBufferPointer) -> Step {
        unread.append(contentsOf: rest)
        isOver = unread.count > Self.unreadLimitBytes
        return isOver ? .ended : .goesOn
    }

    private mutating func respond(
        _ head: HTTPRequestHead, _ response: HTTPResponse, mayGoOn: Bool, at now: Instant, output: inout [UInt8]
    ) -> Step {
        hasAnswered = true
        headBy = now + rules.headTimeout
        let keepsAlive = head.keepsAlive && mayGoOn
        let start = output.count
        write(response, isHead: head.isHead, keepsAlive: keepsAlive, at: now, output: &output)
        answeredBytes += output.count - start
        isOver = !keepsAlive
        if response.status == .switchingProtocols { return .upgraded }
        return keepsAlive ? .goesOn : .ended
    }

    private mutating func refuse(_ status: HTTPStatus, at now: Instant, output: inout [UInt8]) -> Step {
        isOver = true
        write(routes.refusal(status), isHead: reader.isWithinHEAD, keepsAlive: false, at: now, output: &output)
        return .ended
    }

    private mutating func write(
        _ response: HTTPResponse, isHead: Bool, keepsAlive: Bool, at now: Instant, output: inout [UInt8]
    ) {
        if response.status.rawValue >= 400 { refusals.append(response.status) }
        response.write(into: &output, isHead: isHead, keepsAlive: keepsAlive, at: routes.areDated ? now : nil)
    }
}
