// One HTTP/1.1 connection of the chat port, without the connection, up to its end or to WebSocket.
//
// Rules that it keeps
// - Responses come in the requests' order, each whole. What is no request is answered once, and nothing behind it is
//   looked at: nobody can hide a second request from one who stands between.
// - Requests that come at once are answered up to a number and a size; the last response says that it is the last, and
//   the rest is for a new connection (RFC 9112 §9.3.2). So a kilobyte of requests cannot become megabytes of responses.
// - A head has to be complete in time, from its first byte; so has the first byte, from the last response.
// - After `.ended` it is deaf: the owner flushes and closes.

package import SangdamCore

/// The server's side of one HTTP connection.
package struct HTTPSession: Sendable {
    /// What has become of the connection.
    package enum Step: Sendable {
        /// More bytes are awaited.
        case goesOn
        /// What follows is WebSocket.
        case upgraded
        /// The output holds the last response, if there is one.
        case ended
    }

    /// Requests answered out of one read.
    package static let pipelineLimit = 8
    /// Bytes of responses to one read, unless a single one is larger.
    package static let pipelineBytes = 64 * 1024

    private let site: HTTPSite
    private let rules: HTTPRules
    private var reader: HTTPRequestReader
    private var isOver = false
    /// Of the head under way or awaited.
    private var headBy: Instant
    private var hasAnswered = false
    /// What the last call answered that was no page: statuses from 400 on, for counting.
    package private(set) var refusals: [HTTPStatus] = []

    package init(site: HTTPSite, rules: HTTPRules = HTTPRules(), at now: Instant) {
        self.site = site
        self.rules = rules
        reader = HTTPRequestReader(rules: rules)
        headBy = now + rules.headTimeout
    }

    /// When `deadlinePassed` wants to be called.
    package var nextDeadline: Instant? { isOver ? nil : headBy }

    /// Takes bytes and answers. After `.upgraded`, `rest` begins with what belongs to WebSocket.
    package mutating func receive(
        _ rest: inout UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8]
    ) -> Step {
        refusals = []
        guard !isOver else { return .ended }
        guard !rest.isEmpty else { return .goesOn }
        // The first head's time runs since the connection opened.
        if hasAnswered, !reader.isWithinHead { headBy = now + rules.headTimeout }
        let start = output.count
        var answers = 0
        do throws(HTTPFault) {
            while let head = try reader.next(&rest) {
                answers += 1
                let response = site.answer(head)
                let isLast =
                    answers == Self.pipelineLimit
                    || output.count - start + response.body.count > Self.pipelineBytes
                let step = answer(head, response, mayGoOn: rest.isEmpty || !isLast, at: now, output: &output)
                guard step == .goesOn else { return step }
            }
            return .goesOn
        } catch {
            return refuse(error.status, at: now, output: &output)
        }
    }

    /// A head that has begun and is not complete in time is told so (RFC 9110 §15.5.9); an idle connection just ends.
    package mutating func deadlinePassed(at now: Instant, output: inout [UInt8]) -> Step {
        refusals = []
        guard !isOver else { return .ended }
        guard now >= headBy else { return .goesOn }
        guard reader.isWithinHead else {
            isOver = true
            return .ended
        }
        return refuse(.requestTimeout, at: now, output: &output)
    }

    private mutating func answer(
        _ head: HTTPRequestHead, _ response: HTTPResponse, mayGoOn: Bool, at now: Instant, output: inout [UInt8]
    ) -> Step {
        hasAnswered = true
        headBy = now + rules.headTimeout
        // A client that was refused an upgrade may have sent frames already.
        let isChat = head.path == site.chatPath
        let keepsAlive = head.keepsAlive && mayGoOn && !isChat
        response.write(into: &output, isHead: head.isHead, keepsAlive: keepsAlive, at: now)
        isOver = !keepsAlive
        note(response.status)
        if response.status == .switchingProtocols { return .upgraded }
        return keepsAlive ? .goesOn : .ended
    }

    private mutating func note(_ status: HTTPStatus) {
        if status.rawValue >= 400 { refusals.append(status) }
    }

    private mutating func refuse(_ status: HTTPStatus, at now: Instant, output: inout [UInt8]) -> Step {
        isOver = true
        note(status)
        site.refusal(status).write(into: &output, isHead: reader.isWithinHEAD, keepsAlive: false, at: now)
        return .ended
    }
}
