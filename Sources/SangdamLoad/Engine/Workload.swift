// What the three kinds of load have in common as the stage sees them. Every call comes on the reactor.

internal import SangdamNet
internal import SangdamProtocol

/// A kind of load.
protocol Workload: AnyObject {
    /// Of each client: made before anything is opened.
    var clients: [LoadClient] { get }

    /// The server can be reached; begin.
    func start()

    /// TLS stands.
    func opened(_ client: LoadClient)

    func received(_ line: ServerFields, from client: LoadClient, at now: UInt64)

    /// The connection is gone. Returns whether that was expected; otherwise the run fails.
    func closed(_ client: LoadClient, _ reason: CloseReason) -> Bool

    /// Twenty times a second.
    func tick(at now: UInt64)

    /// After all that a pass of the reactor has read.
    func passEnded()

    /// A number that changes as long as the run goes on.
    var progress: UInt64 { get }

    /// What the server still owes, for the sentence of a run that stands still: empty, or with a comma at its end.
    var owed: String { get }

    /// What the line for the terminal says; empty for nothing.
    func progressText(at now: UInt64) -> String
}
