// The secrets that let customers come back: made of the system's randomness, given to the customer once, and known to
// the rest of the server by their digest alone.

internal import COpenSSL
internal import SangdamCore

/// A fresh token: 128 random bits in the 26 characters of our ids.
func makeResumeToken() -> IssuedToken {
    var random = SystemRandomNumberGenerator()
    return token(canonical: Text(ID<SessionKind>(high: random.next(), low: random.next()).description))
}

/// The token that a customer came back with, in the form in which it was issued, however it was written. What cannot be
/// one stays as it is: nobody was ever given it.
func resumeToken(written text: Text) -> IssuedToken {
    let id = WrittenCode(text.string).flatMap { ID<SessionKind>($0) }
    return token(canonical: id.map { Text($0.description) } ?? text)
}

private func token(canonical secret: Text) -> IssuedToken {
    IssuedToken(secret: secret, digest: digest(of: secret))
}

/// The first 128 bits of SHA-256 over the token as it was issued.
private func digest(of token: Text) -> TokenDigest {
    var hash = [UInt8](repeating: 0, count: 32)
    _ = token.utf8.withUnsafeBufferPointer { SHA256($0.baseAddress, $0.count, &hash) }
    func word(_ start: Int) -> UInt64 {
        hash[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return TokenDigest(high: word(0), low: word(8))
}
