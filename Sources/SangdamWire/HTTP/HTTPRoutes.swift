// Which request gets which answer: a table by method and path, and what is said where the table has nothing. A port is
// a table; how requests are read and responses follow each other is `HTTPSession`'s.

/// The table of a port. All its connections share one.
package final class HTTPRoutes: Sendable {
    /// What becomes of a request.
    package enum Route: Sendable {
        /// GET, and HEAD, which is GET without the body.
        case get(@Sendable (HTTPRequestHead) -> HTTPResponse)
        /// The same, where the answer takes a while.
        case getLater(HTTPQuestion)
        /// POST, whose answer takes a while.
        case post(@Sendable (HTTPRequestHead) -> HTTPQuestion)
        /// GET that may be answered with 101; after any other answer the connection ends, because a client that was
        /// refused may have sent frames already.
        case upgrade(@Sendable (HTTPRequestHead) -> HTTPResponse)
    }

    private let routes: [String: Route]
    private let gate: (@Sendable (HTTPRequestHead) -> HTTPResponse?)?
    private let unknown: HTTPResponse
    let refusal: @Sendable (HTTPStatus) -> HTTPResponse
    /// Whether responses say when they were made.
    let areDated: Bool

    /// - Parameters:
    ///   - routes: by path, such as `/` or `/metrics`.
    ///   - gate: whom nothing here is for gets its answer, whatever the path; nil lets a request through.
    ///   - unknown: the answer to any other path.
    ///   - refusal: the answer to what is no request, or none in time.
    package init(
        _ routes: [String: Route], gate: (@Sendable (HTTPRequestHead) -> HTTPResponse?)? = nil, unknown: HTTPResponse,
        refusal: @escaping @Sendable (HTTPStatus) -> HTTPResponse, areDated: Bool = true
    ) {
        self.routes = routes
        self.gate = gate
        self.unknown = unknown
        self.refusal = refusal
        self.areDated = areDated
    }

    package func route(for head: HTTPRequestHead) -> Route {
        if let response = gate?(head) { return .get { _ in response } }
        guard let found = routes[head.path] else { return .get { [unknown] _ in unknown } }
        switch (found, head.isPost) {
        case (.post, true), (.get, false), (.getLater, false), (.upgrade, false): return found
        case (.post, false): return .get { _ in HTTPResponse(status: .methodNotAllowed, allowed: "POST") }
        case (_, true): return .get { _ in HTTPResponse(status: .methodNotAllowed) }
        }
    }
}

/// Finds an answer that takes a while, and calls back once, from any thread.
package typealias HTTPQuestion = @Sendable (_ answer: @escaping @Sendable (HTTPResponse) -> Void) -> Void
