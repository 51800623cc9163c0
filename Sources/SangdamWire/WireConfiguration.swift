// What the wire is told when a connection comes in. Values only; a changed configuration holds for new connections.

package import SangdamCore

/// How sessions greet and what they bear; the defaults are the contract's.
package struct WireConfiguration: Sendable {
    /// The desk's own name, for the greeting by hand.
    package var deskName: Localised
    /// Before a customer has chosen one.
    package var language = Language.korean
    /// A JSON line without its end; longer ones are refused whole and the session lives.
    package var jsonLineLimitBytes = 16 * 1024
    /// A line by hand without its end; longer ones are refused whole and the session lives.
    package var handLineLimitBytes = 4096
    /// What one message may say.
    package var textLimitBytes = 4000
    /// Lines by hand that wait for the desk's answer before they can be understood.
    package var heldLinesLimit = 64
    package var heldBytesLimit = 8 * 1024
    /// A connection that says nothing for this long is a person's.
    package var handLatch = Interval(milliseconds: 300)
    /// A program has this long for its complete `hello`.
    package var helloTimeout = Interval.seconds(10)
    /// For browsers.
    package var web = WebRules.withoutPage

    package init(deskName: Localised) {
        self.deskName = deskName
    }
}
