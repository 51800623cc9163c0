// Sends mails to the next mail server, one after the other, on a queue of its own: it may block there as long as its
// times allow, and nobody else waits for it.

internal import CCurl
internal import Dispatch
package import SangdamCore

/// How the next mail server is reached.
package struct SMTPAccount: Sendable, Equatable {
    package let server: MailServer
    package let startTLS: MailSettings.StartTLS
    package let authorityFile: String?
    /// Name and password; nil: it takes mails without.
    package let login: Login?

    package struct Login: Sendable, Equatable {
        let user: String
        let password: String

        package init(user: String, password: String) {
            (self.user, self.password) = (user, password)
        }
    }

    package init(
        server: MailServer, startTLS: MailSettings.StartTLS, authorityFile: String? = nil, login: Login? = nil
    ) {
        (self.server, self.startTLS, self.authorityFile, self.login) = (server, startTLS, authorityFile, login)
    }
}

/// How long the next mail server may take.
package struct SMTPPatience: Sendable, Equatable {
    /// Until it has greeted us.
    package var connectSeconds = 20
    /// For each of its answers. RFC 5321, 4.5.3.2, allows a server ten minutes behind the end of a mail; one that is
    /// ours and takes more than this one is out of order.
    package var answerSeconds = 120
    /// For one mail altogether.
    package var mailSeconds = 300

    package init() {}
}

/// Carries mails to one mail server, over a connection that it keeps while there are more.
///
/// Sendable unchecked: `connection` belongs to `queue`, which is serial.
package final class SMTPPostman: @unchecked Sendable {
    private let account: SMTPAccount
    private let composer: MailComposer
    private let helloName: String
    private let patience: SMTPPatience
    private let queue = DispatchQueue(label: "sangdam.mail", qos: .utility)
    /// Made for the first mail.
    private var connection: SMTPConnection?

    /// - Parameter helloName: what it calls itself to the mail server (RFC 5321, 4.1.1.1).
    package init(
        _ account: SMTPAccount, composer: MailComposer, helloName: String, patience: SMTPPatience = SMTPPatience()
    ) {
        (self.account, self.composer, self.helloName, self.patience) = (account, composer, helloName, patience)
    }

    /// `then` is called once, on the postman's queue.
    package func send(_ mail: OutgoingMail, then: @escaping @Sendable (MailResult) -> Void) {
        queue.async { then(self.carry(mail)) }
    }

    private func carry(_ mail: OutgoingMail) -> MailResult {
        dispatchPrecondition(condition: .onQueue(queue))
        if connection == nil { connection = SMTPConnection(account, helloName: helloName, patience) }
        return connection?.send(composer.compose(mail)) ?? .unreachable("out of memory")
    }
}
