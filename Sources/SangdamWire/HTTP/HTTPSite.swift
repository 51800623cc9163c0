// What the chat port shows a browser: static parts, made once, and the way to WebSocket, as a table of routes whose
// answers have the fields that keep a page from doing, and being used for, anything else.
//
// - A page loads scripts, styles, images and its manifest from this server only, connects to this server only, sends no
//   forms, and stands in frames of the listed sites only (CSP 3). `'self'` covers wss of the same host and port.
// - Scripts cannot make elements of text (Trusted Types): words of a chat partner stay words.
// - Every part has an entity tag; what may be kept without asking is for each part to say.

internal import SangdamProtocol

/// One file of the site.
package struct StaticPart: Sendable {
    package let body: [UInt8]
    package let contentType: String
    /// Of the body, with its quotes (RFC 9110 §8.8.3).
    package let entityTag: String
    /// How long it may be shown without asking for a newer one; zero asks every time, which mostly costs a 304.
    package let lifetimeSeconds: Int

    package init(_ body: [UInt8], contentType: String, lifetimeSeconds: Int = 0) {
        self.body = body
        self.contentType = contentType
        self.lifetimeSeconds = lifetimeSeconds
        entityTag = "\"" + base64(sha1(body)) + "\""
    }

    /// A page gets leave for its own parts; everything else needs none.
    var isPage: Bool { contentType.hasPrefix("text/html") }
}

/// The site with its rules.
package struct HTTPSite: Sendable {
    /// By path, such as `/` or `/widget.js`.
    package var parts: [String: StaticPart]
    /// Where WebSocket is.
    package var chatPath: String
    package var handshake: WebSocketHandshake
    /// Other sites that may show the page in a frame.
    package var frameAncestors: [WebOrigin]
    /// For how long browsers shall come by TLS only; nil says nothing about it (RFC 6797).
    package var strictTransportSeconds: Int?

    package init(
        parts: [String: StaticPart], chatPath: String = "/chat", handshake: WebSocketHandshake,
        frameAncestors: [WebOrigin] = [], strictTransportSeconds: Int? = nil
    ) {
        self.parts = parts
        self.chatPath = chatPath
        self.handshake = handshake
        self.frameAncestors = frameAncestors
        self.strictTransportSeconds = strictTransportSeconds
    }

    /// A row for each part and one for WebSocket; every answer comes at once.
    package func routes() -> HTTPRoutes {
        var routes: [String: HTTPRoutes.Route] = parts.mapValues { part in .get { answer($0, with: part) } }
        routes[chatPath] = .upgrade { head in
            let response = handshake.answer(head)
            return response.status == .switchingProtocols ? response : secured(response)
        }
        return HTTPRoutes(
            routes, unknown: secured(HTTPResponse(status: .notFound, text: "There is no such page here.")),
            refusal: { secured(HTTPResponse(status: $0, text: $0.reason + ".")) })
    }

    private func answer(_ head: HTTPRequestHead, with part: StaticPart) -> HTTPResponse {
        var response: HTTPResponse
        if isKnown(part.entityTag, to: head) {
            response = HTTPResponse(status: .notModified)
        } else {
            response = HTTPResponse(status: .ok)
            response.setBody(part.body, contentType: part.contentType)
        }
        response.setField("ETag", part.entityTag)
        let lifetime = part.lifetimeSeconds
        response.setField("Cache-Control", lifetime > 0 ? "public, max-age=\(lifetime)" : "no-cache")
        secure(&response, policy: part.isPage ? pagePolicy : Self.strictPolicy)
        if part.isPage { response.setField("Permissions-Policy", "camera=(), geolocation=(), microphone=()") }
        return response
    }

    private func secured(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.setField("Cache-Control", "no-store")
        secure(&response, policy: Self.strictPolicy)
        return response
    }

    private func secure(_ response: inout HTTPResponse, policy: String) {
        response.setField("Content-Security-Policy", policy)
        response.setField("X-Content-Type-Options", "nosniff")
        response.setField("Referrer-Policy", "no-referrer")
        if let strictTransportSeconds {
            response.setField("Strict-Transport-Security", "max-age=\(strictTransportSeconds)")
        }
    }

    private static let strictPolicy = "default-src 'none'; frame-ancestors 'none'"

    private var pagePolicy: String {
        let ancestors = frameAncestors.isEmpty ? "'none'" : frameAncestors.map(\.description).joined(separator: " ")
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
            + "trusted-types 'none'; frame-ancestors \(ancestors)"
    }

    /// RFC 9110 §13.1.2. Our tags hold no comma, so that a list can be cut at its commas.
    private func isKnown(_ entityTag: String, to head: HTTPRequestHead) -> Bool {
        head.elements(of: "if-none-match").contains { element in
            element == "*" || element == entityTag || element == "W/" + entityTag
        }
    }
}
