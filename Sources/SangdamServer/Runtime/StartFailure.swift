// Why a server does not start, or stops: one clear sentence and the exit code that belongs to it.

internal import Glibc
internal import SangdamJournal
internal import SangdamNet

/// The world's fault, for whoever typed the command.
package struct StartFailure: Error, Sendable, CustomStringConvertible {
    /// A sentence for people.
    package let description: String
    /// From sysexits.h.
    package let exitCode: Int32

    package init(_ description: String, exitCode: Int32) {
        self.description = description
        self.exitCode = exitCode
    }

    init(_ error: TLSContextError) {
        let code = error.isPermissionProblem ? ExitStatus.permission : ExitStatus.configuration
        self.init(error.description, exitCode: code)
    }

    init(_ error: NetError) {
        let code =
            switch error {
            case .addressInUse, .inTheWay, .other: ExitStatus.unavailable
            case .permissionDenied: ExitStatus.permission
            case .badAddress, .cannotResolve, .pathTooLong: ExitStatus.configuration
            }
        self.init(error.description, exitCode: code)
    }

    init(_ error: JournalError) {
        let code =
            switch error {
            case .locked: ExitStatus.unavailable
            case .damaged, .newerFormat: ExitStatus.dataError
            case .cannotOpen(_, let number), .readFailed(_, let number):
                number == EACCES || number == EPERM ? ExitStatus.permission : ExitStatus.disk
            case .nothingThere, .syncFailed, .writeFailed: ExitStatus.disk
            }
        self.init(error.description, exitCode: code)
    }
}

/// The exit codes of sysexits.h that we use.
package enum ExitStatus {
    package static let usage: Int32 = 64
    package static let dataError: Int32 = 65
    package static let noUser: Int32 = 67
    package static let unavailable: Int32 = 69
    package static let disk: Int32 = 74
    package static let tryAgain: Int32 = 75
    package static let permission: Int32 = 77
    package static let configuration: Int32 = 78
}
