// Where the plain console connects to, as whom, and which descriptors it talks through.

package import SangdamProtocol

/// What the shell needs beside the model's settings.
package struct ConsoleShellConfiguration: Sendable {
    package var server: HostPort
    /// PEM of the CA that the server's certificate must come from; nil: the system's.
    package var caFile: String?
    package var settings: ConsoleSettings
    /// Ring when an offer comes, if there is a terminal to ring.
    package var ringsBell: Bool
    /// Descriptors, so that tests can stand at the other end.
    package var input: Int32 = 0
    package var output: Int32 = 1
    package var faults: Int32 = 2

    package init(server: HostPort, caFile: String?, settings: ConsoleSettings, ringsBell: Bool) {
        self.server = server
        self.caFile = caFile
        self.settings = settings
        self.ringsBell = ringsBell
    }
}
