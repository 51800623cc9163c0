// What an organisation says about its mail server and its own addresses.

package import SangdamCore
package import SangdamProtocol

/// Where mails go out, and what they are sent as.
package struct MailSettings: Sendable, Equatable {
    /// Words of the configuration.
    package enum StartTLS: String, Sendable, CaseIterable {
        /// No mail goes over a connection that is not encrypted.
        case required
        /// Everything goes in the clear, over `smtp:`.
        case off
    }

    /// Nil: no mail is sent.
    package var server: MailServer?
    package var startTLS = StartTLS.required
    package var user: String?
    package var passwordFile: String?
    package var from: EmailAddress?
    /// What customers reply to: a token stands in it between `+` and `@`.
    package var replyTo: EmailAddress?
    /// The authorities that the mail server's certificate is trusted by, PEM; nil: those of the system.
    package var authorityFile: String?

    package init() {}

    /// Nothing on the way to the mail server is encrypted.
    package var isInTheClear: Bool { startTLS == .off && server?.isImplicitTLS != true }

    /// What is right by itself but not beside the rest.
    package var faults: [String] {
        guard let server else { return [] }
        var faults: [String] = []
        if from == nil { faults.append("`mail.smtp` needs `mail.from`, the address that mails come from") }
        if let replyTo {
            if replyTo.localPart.utf8.count > Self.replyLocalLimitBytes {
                faults.append(
                    """
                    `mail.reply_to` may have at most \(Self.replyLocalLimitBytes) characters before `@`: `+` and a token \
                    of \(ReplyKey.tokenLength) come behind them
                    """)
            }
        } else {
            faults.append("`mail.smtp` needs `mail.reply_to`, the address that customers reply to")
        }
        if (user == nil) != (passwordFile == nil) {
            faults.append("`mail.user` and `mail.password_file` go together")
        }
        if user != nil, isInTheClear, !server.address.isLoopback {
            faults.append(
                "`mail.user` needs `mail.starttls: required`: the password would go over the network in the clear")
        }
        return faults
    }

    /// Of `reply_to`, so that `local+TOKEN` is a local part (RFC 5321, 4.5.3.1.1).
    package static let replyLocalLimitBytes = 64 - 1 - ReplyKey.tokenLength
}

/// The next mail server, written `smtp://HOST:PORT` or `smtps://HOST:PORT`.
package struct MailServer: Sendable, Hashable, CustomStringConvertible {
    /// TLS from the first byte on (RFC 8314, 3.3).
    package let isImplicitTLS: Bool
    package let address: HostPort

    /// Nil when it is neither. Without a port it is 587, or 465 for `smtps:`.
    package init?(_ text: String) {
        let schemes = [("smtp://", false, 587), ("smtps://", true, 465)]
        guard let (scheme, isImplicitTLS, port) = schemes.first(where: { text.hasPrefix($0.0) }) else { return nil }
        let rest = String(text.dropFirst(scheme.count))
        guard let address = HostPort(toConnect: rest) ?? HostPort(toConnect: "\(rest):\(port)"),
            address.host.utf8.allSatisfy({ Self.hostBytes.contains($0) })
        else { return nil }
        (self.isImplicitTLS, self.address) = (isImplicitTLS, address)
    }

    /// Of names and addresses: nothing that means something else in a URL.
    private static let hostBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:".utf8)

    package var description: String { "\(isImplicitTLS ? "smtps" : "smtp")://\(address)" }
}
