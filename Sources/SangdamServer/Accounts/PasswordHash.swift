// scrypt (RFC 7914) by OpenSSL: what the account file keeps of a password. The parameters stand beside the hash, so
// that they can grow without making old accounts invalid.

internal import COpenSSL
internal import SangdamCore

/// A salted hash, written `$scrypt$ln=15,r=8,p=3$SALT$HASH` (base64 without padding).
package struct PasswordHash: Sendable, Equatable {
    package static let minimumPasswordBytes = 8
    /// Longer ones would only cost the hasher time; a client could not send them.
    package static let maximumPasswordBytes = PasswordLine.limitBytes

    /// How much work a hash is.
    package struct Cost: Sendable, Hashable {
        /// log₂ of N.
        package var logN: Int
        package var r: Int
        package var p: Int

        /// OWASP's recommendation for scrypt: 32 MiB, three passes.
        package static let standard = Cost(logN: 15, r: 8, p: 3)

        /// What a file may ask of us: more than 1 GiB or 64 passes is damage, not caution.
        var isReasonable: Bool {
            (10...20).contains(logN) && (1...32).contains(r) && (1...64).contains(p) && memoryBytes <= 1 << 30
        }

        /// RFC 7914 §2: 128·r·N for the large array, 128·r·p for the blocks, and a little.
        fileprivate var memoryBytes: UInt64 {
            128 * UInt64(r) * (UInt64(1) << UInt64(logN)) + 128 * UInt64(r) * UInt64(p) + 1 << 20
        }
    }

    package let cost: Cost
    let salt: [UInt8]
    let hash: [UInt8]

    static let saltBytes = 16
    static let hashBytes = 32

    init(cost: Cost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Hashes a new password with a fresh salt. Takes as long as a login on purpose.
    package init(_ password: Secret, cost: Cost = .standard) throws(AccountError) {
        var salt = [UInt8](repeating: 0, count: Self.saltBytes)
        guard RAND_bytes(&salt, Int32(salt.count)) == 1 else { throw .hashing("no randomness") }
        self.init(cost: cost, salt: salt, hash: try scrypt(password, salt: salt, cost: cost))
    }

    /// A hash that no password has, for names that nobody has: comparing with it costs what a real one costs.
    static func nobody(cost: Cost) -> PasswordHash {
        PasswordHash(
            cost: cost, salt: [UInt8](repeating: 0, count: saltBytes), hash: [UInt8](repeating: 0, count: hashBytes))
    }

    /// Whether `password` is the one. Takes the same time whatever the answer.
    package func matches(_ password: Secret) throws(AccountError) -> Bool {
        let other = try scrypt(password, salt: salt, cost: cost)
        return other.count == hash.count && CRYPTO_memcmp(other, hash, hash.count) == 0
    }
}

private func scrypt(_ password: Secret, salt: [UInt8], cost: PasswordHash.Cost) throws(AccountError) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: PasswordHash.hashBytes)
    ERR_clear_error()
    let isDone = password.withBytes { bytes in
        EVP_PBE_scrypt(
            bytes.assumingMemoryBound(to: CChar.self).baseAddress, bytes.count, salt, salt.count,
            UInt64(1) << UInt64(cost.logN), UInt64(cost.r), UInt64(cost.p), cost.memoryBytes, &key, key.count)
    }
    guard isDone == 1 else {
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(ERR_get_error(), &text, text.count)
        throw .hashing(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return key
}

extension PasswordHash: CustomStringConvertible {
    package var description: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(base64(salt))$\(base64(hash))"
    }

    /// Reads the written form; nil when it is none or asks for unreasonable work.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
        var numbers: [Int] = []
        for (part, name) in zip(parts[2].split(separator: ",", omittingEmptySubsequences: false), ["ln", "r", "p"]) {
            guard part.hasPrefix("\(name)="), let number = Int(part.dropFirst(name.count + 1)), number > 0 else {
                return nil
            }
            numbers.append(number)
        }
        guard numbers.count == 3, parts[2].split(separator: ",").count == 3,
            (10...20).contains(numbers[0])
        else { return nil }
        let cost = Cost(logN: numbers[0], r: min(numbers[1], 1000), p: min(numbers[2], 1000))
        guard cost.isReasonable, let salt = fromBase64(parts[3]), let hash = fromBase64(parts[4]),
            (8...64).contains(salt.count), hash.count == Self.hashBytes
        else { return nil }
        self.init(cost: cost, salt: salt, hash: hash)
    }
}

private let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

private func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
        bits = bits << 8 | UInt32(byte)
        count += 8
        while count >= 6 {
            count -= 6
            text.append(base64Alphabet[Int(bits >> UInt32(count) & 63)])
        }
    }
    if count > 0 { text.append(base64Alphabet[Int(bits << UInt32(6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
}

private func fromBase64(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
        guard let digit = base64Alphabet.firstIndex(of: character) else { return nil }
        bits = bits << 6 | UInt32(digit)
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
    }
    return bytes
}
