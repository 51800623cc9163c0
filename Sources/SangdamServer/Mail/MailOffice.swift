// What a server needs to send mails and to know the answers: opened at the start and at a reload, and missing where no mail
// server is configured.

internal import SangdamCore
internal import SangdamMail

/// The way out, and the key that answers are known by.
struct MailOffice: Sendable {
    let postman: SMTPPostman
    let key: ReplyKey

    /// Nil where no mail is sent.
    /// - Parameter dataDirectory: where the key is, or is made: DATA/mail.key.
    init?(_ settings: MailSettings, dataDirectory: String) throws(StartFailure) {
        guard let server = settings.server, let from = settings.from, let replyTo = settings.replyTo else { return nil }
        let bytes = try SecretFile.readOrMake(dataDirectory + "/mail.key", byteCount: ReplyKey.byteCount)
        guard let key = ReplyKey(bytes) else { preconditionFailure("the key was made with its length") }
        let account = SMTPAccount(
            server: server, startTLS: settings.startTLS, authorityFile: settings.authorityFile,
            login: try Self.login(settings))
        self.key = key
        postman = SMTPPostman(
            account, composer: MailComposer(from: from, replyTo: replyTo, key: key), helloName: String(from.domain))
    }

    private static func login(_ settings: MailSettings) throws(StartFailure) -> SMTPAccount.Login? {
        guard let user = settings.user, let file = settings.passwordFile else { return nil }
        guard let bytes = try SecretFile.read(file) else {
            throw StartFailure("mail.password_file: \(file) does not exist.", exitCode: ExitStatus.configuration)
        }
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        guard let password = String(validating: line, as: UTF8.self), !password.isEmpty, !password.contains("\0") else {
            throw StartFailure(
                "mail.password_file: the first line of \(file) is no password.", exitCode: ExitStatus.configuration)
        }
        return SMTPAccount.Login(user: user, password: password)
    }
}

extension SMTPPostman: Postman {}
