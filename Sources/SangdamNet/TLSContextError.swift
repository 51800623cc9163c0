// What can be wrong with certificates, keys and trust files. Each case names the file and says what to do about it.

package enum TLSContextError: Error, Sendable, Equatable, CustomStringConvertible {
    case fileMissing(String)
    case unreadable(String, errno: Int32)
    /// The permission bits of a private key or of ticket keys let group or others read them; `mode` is the bits, such
    /// as 0o644.
    case keyReadableByOthers(String, mode: UInt32)
    case notPEM(String)
    /// The private key needs a pass phrase.
    case keyEncrypted(String)
    case keyDoesNotMatch(certificateFile: String, privateKeyFile: String)
    /// The line of a file of ticket keys is no key.
    case noTicketKey(String, line: Int)
    /// What the file holds cannot be used (a key that is too weak, for example); the text is the reason.
    case refused(String, reason: String)
    /// An ALPN name is empty or longer than 255 bytes.
    case badApplicationProtocol(String)
    /// Not a file's fault: OpenSSL cannot make a context.
    case library(String)

    package var description: String {
        switch self {
        case .fileMissing(let file): "\(file) does not exist."
        case .unreadable(let file, let number): "\(file) cannot be read: \(systemErrorText(number))."
        case .keyReadableByOthers(let file, let mode):
            "The key \(file) can be read by others (mode \(String(mode, radix: 8))): chmod 600 it."
        case .notPEM(let file): "\(file) holds no PEM data of the kind that is needed."
        case .keyEncrypted(let file): "The private key \(file) is encrypted: a server cannot ask for its pass phrase."
        case .keyDoesNotMatch(let certificate, let key):
            "The private key \(key) does not belong to the certificate \(certificate)."
        case .noTicketKey(let file, let line):
            "\(file):\(line) holds no ticket key, which is 48 bytes in base64: openssl rand -base64 48 makes one."
        case .refused(let file, let reason): "\(file) cannot be used: \(reason)."
        case .badApplicationProtocol(let name): "\"\(name)\" is no application protocol: 1 to 255 bytes are."
        case .library(let reason): "TLS cannot be set up: \(reason)."
        }
    }

    /// True for what a change of permissions cures.
    package var isPermissionProblem: Bool {
        switch self {
        case .keyReadableByOthers: true
        case .unreadable(_, let number): number == 13 || number == 1  // EACCES, EPERM
        case .fileMissing, .notPEM, .keyEncrypted, .keyDoesNotMatch, .noTicketKey, .refused, .badApplicationProtocol,
            .library:
            false
        }
    }
}
