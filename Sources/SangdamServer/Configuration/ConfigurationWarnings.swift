// What a configuration may say and yet hardly means. Nothing of it is a fault: a start goes on, where it can.

internal import Glibc
internal import SangdamCore
internal import SangdamHours
internal import SangdamMail
internal import SangdamProtocol

extension ServerConfiguration {
    /// What everybody should know who runs a server with it.
    package var warnings: [String] {
        var warnings: [String] = []
        if !adminListen.isLoopback {
            warnings.append(
                """
                admin_listen is \(adminListen): whoever reaches this machine there can read the metrics. Keep it on \
                loopback (127.0.0.1:\(adminListen.port)) or behind a firewall.
                """)
        }
        if let server = mail.server, mail.isInTheClear, !server.address.isLoopback {
            warnings.append(
                """
                mail.starttls is off: what customers and agents write goes to \(server) in the clear. Use \
                `starttls: required`, or a mail server on this machine.
                """)
        }
        return warnings
    }

    /// All that a start from here would say, or fail of, beyond faults of the configuration itself.
    /// - Parameter now: seconds since 1970, by the wall clock.
    package func warningsOfAStart(at now: Int64) -> [String] {
        missingFiles + warnings + hours.remarks(at: Instant(milliseconds: now * 1000)) + certificateWarnings(at: now)
            + descriptorWarnings
    }

    /// The files that it names and that are not there: a start would fail on the first.
    package var missingFiles: [String] {
        let named = [
            ("certificate", certificateFile), ("private_key", privateKeyFile), ("ticket_keys", ticketKeyFile),
            ("mail.password_file", mail.passwordFile), ("mail.ca_file", mail.authorityFile),
        ]
        return named.compactMap { setting, path in
            guard let path, access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR else { return nil }
            let isOfCertificate = ["certificate", "private_key"].contains(setting)
            return "\(setting): \(path) does not exist." + (isOfCertificate ? " " + Self.certificateAdvice : "")
        }
    }

    /// Whoever has no certificate yet is told how to come to one.
    static let certificateAdvice =
        "Make development certificates with deploy/certificates.sh, or name yours: certificate and private_key."
}
