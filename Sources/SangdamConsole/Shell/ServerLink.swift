// One connection to the server: bytes to messages for the shell. Lives on the reactor.

internal import Glibc
internal import SangdamNet
internal import SangdamProtocol

/// Forwards what happens on its connection, until the shell lets go of it.
final class ServerLink: ConnectionHandler {
    private let shell: ConsoleShell
    private var lines = LineCutter(limitBytes: ConsoleBounds.lineBytes)
    private var isOpen = false

    init(shell: ConsoleShell) {
        self.shell = shell
    }

    func connectionOpened(_ connection: Connection) {
        isOpen = true
        shell.opened(connection, self)
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while let line = lines.next(&rest) {
            switch line {
            case .inPlace(let line): shell.received(line, from: self)
            case .gathered(let line): line.withUnsafeBytes { shell.received($0, from: self) }
            case .tooLong: shell.receivedTooLong(from: self)
            }
        }
    }

    func connectionDeadline(_ connection: Connection) {}

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        if isOpen {
            shell.lost(self, Self.text(of: reason))
        } else {
            shell.failed(self, Self.fault(of: reason))
        }
    }

    /// What the system says about a connection that stood; nil for an ordinary end.
    private static func text(of reason: CloseReason) -> String? {
        switch reason {
        case .endOfInput, .closedHere, .shutDown, .tooSlow: nil
        case .lost(let number), .connectFailed(let number): systemReason(number)
        case .handshakeFailed(let text), .tlsError(let text), .cannotResolve(let text), .untrusted(let text): text
        case .handshakeTimedOut, .connectTimedOut: systemReason(ETIMEDOUT)
        case .notTLS: nil
        }
    }

    /// Why a connection never stood.
    private static func fault(of reason: CloseReason) -> ConnectFault {
        switch reason {
        case .cannotResolve(let text): .cannotResolve(text)
        case .connectFailed(let number), .lost(let number): .refused(systemReason(number))
        case .connectTimedOut, .handshakeTimedOut: .timedOut
        case .untrusted(let text): .untrusted(text)
        case .handshakeFailed(let text), .tlsError(let text): .noTLS(text)
        case .endOfInput, .notTLS: .noTLS(systemReason(ECONNRESET))
        case .closedHere, .shutDown, .tooSlow: .refused(systemReason(ECANCELED))
        }
    }
}
