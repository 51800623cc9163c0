// What the wire is told when a connection comes in. A changed configuration is another one, for new connections.

package import SangdamCore
package import SangdamProtocol

/// What sessions bear; the defaults are those of Limits.md#Messages. Values only.
package struct WireLimits: Sendable, Equatable {
    /// A JSON line without its end; longer ones are refused whole and the session lives.
    package var jsonLineBytes = 16 * 1024
    /// A line by hand without its end; longer ones are refused whole and the session lives.
    package var handLineBytes = 4096
    /// What one message may say.
    package var textBytes = 4000
    /// What a question that is answered later may say, and each answer to it.
    package var inquiryBytes = InquiryRules().textBytes
    /// Lines by hand that wait for the desk's answer before they can be understood.
    package let heldLines = 64
    package let heldBytes = 8 * 1024
    /// A connection that says nothing for this long is a person's.
    package var handLatch = Interval(milliseconds: 300)
    /// A program has this long for its complete `hello`.
    package var helloTimeout = Interval.seconds(10)
    package var http = HTTPRules()
    package var webSocket = WebSocketRules()

    package init() {}
}

/// How sessions greet, what they bear and what browsers are given. All sessions share one.
package final class WireConfiguration: Sendable {
    /// The desk's own name, for the greeting by hand.
    package let deskName: Localised
    /// Before a customer has chosen one.
    package static let defaultLanguage = Language.korean
    package let language = defaultLanguage
    package let limits: WireLimits
    /// Whether there are frequent questions, which people by hand are then told about.
    package let hasFAQ: Bool
    /// What browsers get; all of it at once.
    package let routes: HTTPRoutes

    /// - Parameter site: without one there is no page, and WebSocket for programs and for pages of this very server.
    package init(
        deskName: Localised, limits: WireLimits = WireLimits(), hasFAQ: Bool = false,
        site: HTTPSite = HTTPSite(parts: [:], handshake: WebSocketHandshake(subprotocol: WebSocketOpening.subprotocol))
    ) {
        self.deskName = deskName
        self.limits = limits
        self.hasFAQ = hasFAQ
        routes = site.routes()
    }
}
