// Which inquiry a mail is about, in words that nobody else can make: they stand in the address that a customer replies to
// and in the Message-IDs of what we sent.

internal import COpenSSL
package import SangdamCore

/// The secret that inquiries' tokens are made with.
///
/// A token is the inquiry's id and 16 characters of HMAC-SHA-256 over it: 80 bits (RFC 2104, 5, wants at least half of
/// the digest for a free choice of messages, and no fewer than 80 bits). All of it survives a mail server that writes
/// local parts in lower case.
package struct ReplyKey: Sendable {
    package static let byteCount = 32
    /// Of a token.
    package static let tokenLength = ChatID.length + proofLength
    private static let proofLength = 16

    private let bytes: [UInt8]

    /// Nil when there are more or fewer than `byteCount`.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    package func token(of inquiry: ChatID) -> String {
        inquiry.description + String(decoding: proof(of: inquiry), as: UTF8.self)
    }

    /// The inquiry that the token was made of; nil when it was not made with this key.
    package func inquiry(of token: String) -> ChatID? {
        let bytes = Array(token.utf8)
        guard bytes.count == Self.tokenLength, let inquiry = ChatID(bytes[..<ChatID.length]) else { return nil }
        let right = proof(of: inquiry)
        let isRight = bytes[ChatID.length...].withUnsafeBytes {
            CRYPTO_memcmp($0.baseAddress, right, right.count) == 0
        }
        return isRight ? inquiry : nil
    }

    private func proof(of inquiry: ChatID) -> [UInt8] {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let text = Array(inquiry.description.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        _ = HMAC(EVP_sha256(), bytes, Int32(bytes.count), text, text.count, &digest, nil)
        // Eight characters hold five bytes.
        return (0..<Self.proofLength).map { index in
            let bit = index * 5
            let pair = UInt16(digest[bit / 8]) << 8 | UInt16(digest[bit / 8 + 1])
            return alphabet[Int(pair >> UInt16(11 - bit % 8)) & 31]
        }
    }
}
