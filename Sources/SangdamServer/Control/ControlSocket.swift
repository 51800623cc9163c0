// Where the control socket is: DATA/control.sock. Whoever may read the data folder may give commands, and nobody else:
// folder and socket are the owner's alone.

/// The control socket of a data folder.
package enum ControlSocket {
    package static func path(in dataDirectory: String) -> String { dataDirectory + "/control.sock" }

    /// Of the body of one request; past it 413 (Limits.md#HTTP-and-WebSocket). The longest is a mail: 64 KiB of words and
    /// 64 KiB of what is quoted, each byte of which may take two in JSON.
    static let bodyLimitBytes = 512 * 1024
    /// At once; further ones are closed at accept.
    static let connections = 16
}
