// What an HTTP connection bears (Limits.md#HTTP-and-WebSocket). Values only.

package import SangdamCore

/// The bounds that requests are read within.
package struct HTTPRules: Sendable, Equatable {
    /// Request line and fields with their line ends; past it 431.
    package var headLimitBytes = 8 * 1024
    /// Fields of one request; past it 431.
    package var fieldLimit = 64
    /// Of a request of POST; past it 413. 0: POST is answered with 405.
    package var bodyLimitBytes = 0
    /// For a whole head with its body, and for the wait before the next one; past it 408, or the end where no head had begun.
    package var headTimeout = Interval.seconds(10)

    package init() {}
}
