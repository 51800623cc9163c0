// What the wire is told when a connection comes in. A changed configuration is another one, for new connections.

package import SangdamCore

/// How sessions greet and what they bear; the defaults are those of Limits.md#Messages. All sessions share one.
package final class WireConfiguration: Sendable {
    /// The desk's own name, for the greeting by hand.
    package let deskName: Localised
    /// Before a customer has chosen one.
    package let language = Language.korean
    /// A JSON line without its end; longer ones are refused whole and the session lives.
    package let jsonLineLimitBytes: Int
    /// A line by hand without its end; longer ones are refused whole and the session lives.
    package let handLineLimitBytes: Int
    /// What one message may say.
    package let textLimitBytes: Int
    /// Lines by hand that wait for the desk's answer before they can be understood.
    package let heldLinesLimit = 64
    package let heldBytesLimit = 8 * 1024
    /// A connection that says nothing for this long is a person's.
    package let handLatch: Interval
    /// A program has this long for its complete `hello`.
    package let helloTimeout: Interval
    /// For browsers.
    package let web: WebRules

    package init(
        deskName: Localised, jsonLineLimitBytes: Int = 16 * 1024, handLineLimitBytes: Int = 4096,
        textLimitBytes: Int = 4000, handLatch: Interval = Interval(milliseconds: 300),
        helloTimeout: Interval = .seconds(10), web: WebRules = .withoutPage
    ) {
        self.deskName = deskName
        self.jsonLineLimitBytes = jsonLineLimitBytes
        self.handLineLimitBytes = handLineLimitBytes
        self.textLimitBytes = textLimitBytes
        self.handLatch = handLatch
        self.helloTimeout = helloTimeout
        self.web = web
    }
}
