// The keys that TLS session tickets are sealed with (RFC 5077, 4; RFC 8446, 4.6.1). The first seals; all of them open
// tickets, and a ticket that is not the first one's is renewed, so that keys can be changed without a full handshake.
//
// From a file: a key a line, 48 bytes in base64 (`openssl rand -base64 48`): 16 of name, 16 of AES key, 16 of HMAC key.
// The newest is the first line. Empty lines and lines that begin with # say nothing. At most `maximumCount` keys.
// Several servers, or one before and after a restart, open each other's tickets if they have a key in common.
//
// Without a file: made by this process and unknown to any other. RFC 9325, 3.4: ticket keys must be changed regularly,
// so a new one is made every 12 hours; the one before still opens, as tickets live 2 hours.

internal import COpenSSL
internal import Glibc
internal import Synchronization

/// Ticket keys, for as many contexts as want them. From any thread.
final class TicketKeys: Sendable {
    struct Key: Sendable, Equatable {
        /// Stands in the ticket, readable: which key opens it.
        let name: [UInt8]
        let cipher: [UInt8]
        let authentication: [UInt8]

        static let partBytes = 16
        static let byteCount = 3 * partBytes

        init?(_ bytes: [UInt8]) {
            guard bytes.count == Self.byteCount else { return nil }
            name = Array(bytes[..<Self.partBytes])
            cipher = Array(bytes[Self.partBytes..<2 * Self.partBytes])
            authentication = Array(bytes[(2 * Self.partBytes)...])
        }

        /// nil: OpenSSL has no random bytes.
        static func random() -> Key? {
            var bytes = [UInt8](repeating: 0, count: byteCount)
            guard RAND_priv_bytes(&bytes, Int32(bytes.count)) == 1 else { return nil }
            return Key(bytes)
        }
    }

    static let maximumCount = 8
    static let lifeMilliseconds: UInt64 = 12 * 3_600_000
    private static let fileLimitBytes = 8_192

    /// Those that this process makes for itself: contexts that follow each other open each other's tickets.
    static let ofThisProcess = TicketKeys([], changesAfterMilliseconds: lifeMilliseconds)

    private struct State {
        var keys: [Key]
        var madeAt: UInt64 = 0
    }

    private let state: Mutex<State>
    /// nil: the keys are those of the file.
    private let lifeMilliseconds: UInt64?
    /// Fetched once: looking algorithms up is a good part of what a ticket costs.
    let algorithms: TicketAlgorithms?

    init(_ keys: [Key], changesAfterMilliseconds life: UInt64? = nil) {
        state = Mutex(State(keys: keys))
        lifeMilliseconds = life
        algorithms = TicketAlgorithms()
    }

    /// The key to seal with; nil when there is none to be had.
    func keyToSeal(atMilliseconds now: UInt64 = MonotonicClock.milliseconds()) -> Key? {
        state.withLock { state in
            if let lifeMilliseconds, state.keys.isEmpty || now >= state.madeAt + lifeMilliseconds,
                let new = Key.random()
            {
                state.keys = [new] + state.keys.prefix(1)
                state.madeAt = now
            }
            return state.keys.first
        }
    }

    /// The key of that name, and whether what it sealed is to be renewed.
    func key(named name: UnsafeBufferPointer<UInt8>) -> (key: Key, isFirst: Bool)? {
        state.withLock { state in
            guard let index = state.keys.firstIndex(where: { $0.name.elementsEqual(name) }) else { return nil }
            return (state.keys[index], index == 0)
        }
    }

    // MARK: from a file

    /// The file's keys, if it is one that only its owner can read.
    static func read(_ file: String) throws(TLSContextError) -> TicketKeys {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == ENOENT ? .fileMissing(file) : .unreadable(file, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(file, errno: errno) }
        let mode = status.st_mode & 0o777
        guard mode & 0o077 == 0 else { throw .keyReadableByOthers(file, mode: mode) }
        var bytes = [UInt8](repeating: 0, count: fileLimitBytes)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress! + count, $0.count - count)
            }
            if more < 0 && errno == EINTR { continue }
            guard more >= 0 else { throw .unreadable(file, errno: errno) }
            guard more > 0 else { return TicketKeys(try parse(bytes[..<count], file: file)) }
            count += more
        }
        throw .refused(file, reason: "it is longer than \(fileLimitBytes) bytes")
    }

    static func parse(_ text: ArraySlice<UInt8>, file: String) throws(TLSContextError) -> [Key] {
        var keys: [Key] = []
        var number = 0
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            guard let key = base64(line).flatMap(Key.init) else { throw .noTicketKey(file, line: number) }
            guard !keys.contains(where: { $0.name == key.name }) else {
                throw .refused(file, reason: "line \(number) holds a key a second time")
            }
            guard keys.count < maximumCount else {
                throw .refused(file, reason: "it holds more than \(maximumCount) keys")
            }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw .refused(file, reason: "it holds no key") }
        return keys
    }

    /// 48 bytes are 64 characters without padding: nothing else is a key.
    private static func base64(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        let characters = Array(line)
        guard characters.count == Key.byteCount / 3 * 4, !characters.contains(UInt8(ascii: "=")) else { return nil }
        var bytes = [UInt8](repeating: 0, count: Key.byteCount)
        guard EVP_DecodeBlock(&bytes, characters, Int32(characters.count)) == Int32(bytes.count) else { return nil }
        return bytes
    }
}

/// What a ticket is sealed with: AES-128-CBC, then HMAC with SHA-256 over it (RFC 5077, 4).
// @unchecked: EVP_CIPHER is immutable and reference-counted atomically.
struct TicketAlgorithms: @unchecked Sendable {
    private let cipher: OpaquePointer

    /// nil: this OpenSSL has them not, and there are no tickets then.
    init?() {
        guard let cipher = EVP_CIPHER_fetch(nil, "AES-128-CBC", nil) else { return nil }
        self.cipher = cipher
    }

    /// Prepares OpenSSL's contexts to seal or to open with the key and `vector`, 16 bytes.
    func prepare(
        _ encryption: OpaquePointer, _ authentication: OpaquePointer, with key: TicketKeys.Key,
        vector: UnsafePointer<UInt8>, seals: Bool
    ) -> Bool {
        sangdam_prepare_ticket(
            encryption, authentication, cipher, key.cipher, key.authentication, key.authentication.count, vector,
            seals ? 1 : 0) == 1
    }
}

extension TLSContext {
    /// Makes the context seal its tickets with these keys, which live as long as it.
    func useTicketKeys(_ keys: TicketKeys) {
        SSL_CTX_set_ex_data(pointer, 0, Unmanaged.passUnretained(keys).toOpaque())
        SSL_CTX_set_tlsext_ticket_key_evp_cb(pointer, ticketKeyCallback)
    }
}

/// OpenSSL's callback, to seal a new ticket (`seals` 1) or open one: SSL_CTX_set_tlsext_ticket_key_evp_cb(3).
private func ticketKeyCallback(
    _ ssl: OpaquePointer?, _ name: UnsafeMutablePointer<UInt8>?, _ vector: UnsafeMutablePointer<UInt8>?,
    _ encryption: OpaquePointer?, _ authentication: OpaquePointer?, _ seals: Int32
) -> Int32 {
    let (failed, unknownKey, opened, openedToRenew): (Int32, Int32, Int32, Int32) = (-1, 0, 1, 2)
    guard let ssl, let name, let vector, let encryption, let authentication,
        let context = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0)
    else { return failed }
    let keys = Unmanaged<TicketKeys>.fromOpaque(context).takeUnretainedValue()
    guard let algorithms = keys.algorithms else { return unknownKey }
    if seals == 1 {
        // 0: no ticket this time, the connection goes on without.
        guard let key = keys.keyToSeal() else { return unknownKey }
        guard RAND_bytes(vector, Int32(TicketKeys.Key.partBytes)) == 1 else { return failed }
        for (index, byte) in key.name.enumerated() { name[index] = byte }
        return algorithms.prepare(encryption, authentication, with: key, vector: vector, seals: true) ? 1 : failed
    }
    let wanted = UnsafeBufferPointer(start: UnsafePointer(name), count: TicketKeys.Key.partBytes)
    guard let found = keys.key(named: wanted) else { return unknownKey }
    guard algorithms.prepare(encryption, authentication, with: found.key, vector: vector, seals: false) else {
        return failed
    }
    // TLS 1.3 tickets are for one use (RFC 8446, C.4): whoever used one gets another.
    return found.isFirst && SSL_version(ssl) != TLS1_3_VERSION ? opened : openedToRenew
}
