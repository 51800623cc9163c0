// From HTTP to WebSocket (RFC 6455 §4.2): a pure function from a request to 101 or a refusal.
//
// Rules that it keeps
// - A page of another site must be listed: browsers send Origin with every WebSocket, and nothing else keeps a foreign
//   page from speaking with a visitor's network. Programs send none and are let in. A page of this very server is let
//   in by its Host, which a foreign page cannot choose behind a certificate that is not ours.
// - Our subprotocol must be among those offered, so that client and server know that they mean the same messages, also
//   when there is a second version some day. Without any rule for it, none is chosen.
// - No extension is ever agreed on.

internal import SangdamProtocol

/// Whom to let in.
package struct WebSocketHandshake: Sendable {
    /// The one subprotocol to agree on; nil agrees on none, whatever is offered.
    package var subprotocol: String?
    /// Other sites whose pages may connect.
    package var allowedOrigins: Set<WebOrigin>

    package init(subprotocol: String?, allowedOrigins: Set<WebOrigin> = []) {
        self.subprotocol = subprotocol
        self.allowedOrigins = allowedOrigins
    }

    /// The answer to a request: with the status 101 the connection speaks WebSocket from then on, with any other one it
    /// is to be closed.
    package func answer(_ head: HTTPRequestHead) -> HTTPResponse {
        guard head.isVersion11, !head.isHead, names(head, "upgrade", "websocket") else { return versionRefusal }
        guard names(head, "connection", "upgrade") else {
            return HTTPResponse(status: .badRequest, text: "Connection does not name Upgrade.")
        }
        guard isAllowed(head) else {
            return HTTPResponse(status: .forbidden, text: "Pages of this origin may not connect here.")
        }
        guard head.values(of: "sec-websocket-version") == ["13"] else { return versionRefusal }
        let keys = head.values(of: "sec-websocket-key")
        guard keys.count == 1, let key = keys.first, isBase64Of16Bytes(key) else {
            return HTTPResponse(status: .badRequest, text: "Sec-WebSocket-Key is to be 16 bytes in base64.")
        }
        var response = HTTPResponse(status: .switchingProtocols)
        response.setField("Upgrade", "websocket")
        response.setField("Sec-WebSocket-Accept", WebSocketOpening.accept(key))
        if let subprotocol {
            guard head.elements(of: "sec-websocket-protocol").contains(subprotocol) else {
                return HTTPResponse(status: .badRequest, text: "Offer the subprotocol \(subprotocol).")
            }
            response.setField("Sec-WebSocket-Protocol", subprotocol)
        }
        return response
    }

    private func names(_ head: HTTPRequestHead, _ field: String, _ option: String) -> Bool {
        head.elements(of: field).contains { $0.lowercased() == option }
    }

    private func isAllowed(_ head: HTTPRequestHead) -> Bool {
        let origins = head.values(of: "origin")
        guard let text = origins.first else { return true }
        guard origins.count == 1, let origin = WebOrigin(text) else { return false }
        return allowedOrigins.contains(origin)
            || head.value(of: "host").flatMap { WebOrigin("https://" + $0) } == origin
    }

    /// Here is nothing but WebSocket, version 13 (§4.4).
    private var versionRefusal: HTTPResponse {
        var response = HTTPResponse(status: .upgradeRequired, text: "Here is WebSocket, version 13, and nothing else.")
        response.setField("Upgrade", "websocket")
        response.setField("Sec-WebSocket-Version", "13")
        return response
    }
}
