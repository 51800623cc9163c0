// Small secrets in files of their own that only their owner may read: the mail server's password, and the key that reply
// addresses are made with, which is made here the first time.

internal import COpenSSL
internal import Glibc

/// Files of the server's secrets.
enum SecretFile {
    private static let limitBytes = 4096

    /// The file's bytes; nil when there is none.
    static func read(_ path: String) throws(StartFailure) -> [UInt8]? {
        let (bytes, status): ([UInt8], stat)
        do {
            (bytes, status) = try readFile(path, limitBytes: limitBytes)
        } catch {
            if error.code == ENOENT { return nil }
            throw StartFailure(
                "\(path) cannot be read: \(error)",
                exitCode: isPermissionError(error.code) ? ExitStatus.permission : ExitStatus.configuration)
        }
        guard UInt32(status.st_mode) & 0o077 == 0 else {
            throw StartFailure(
                "\(path) can be read by others. Make it its owner's alone: chmod 600 \(path)",
                exitCode: ExitStatus.permission)
        }
        return bytes
    }

    /// The random bytes that the file holds; made and on the disk, if there is no such file.
    static func readOrMake(_ path: String, byteCount: Int) throws(StartFailure) -> [UInt8] {
        if let bytes = try read(path) {
            guard bytes.count == byteCount else {
                throw StartFailure(
                    "\(path) is damaged: it has \(bytes.count) bytes instead of \(byteCount).",
                    exitCode: ExitStatus.dataError)
            }
            return bytes
        }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        guard RAND_priv_bytes(&bytes, Int32(byteCount)) == 1 else {
            throw StartFailure("OpenSSL has no random bytes", exitCode: ExitStatus.unavailable)
        }
        try make(path, bytes)
        return bytes
    }

    /// Under another name first: a file of that name is whole.
    private static func make(_ path: String, _ bytes: [UInt8]) throws(StartFailure) {
        func failure(_ what: String) -> StartFailure {
            let code = errno
            return StartFailure(
                "\(path) cannot be \(what): \(systemMessage(code))",
                exitCode: isPermissionError(code) ? ExitStatus.permission : ExitStatus.disk)
        }
        let temporary = path + ".new"
        // What an interrupted start left behind is nobody's: we hold the data folder's lock.
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure("made") }
        let isWritten = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        guard close(file) == 0, isWritten, rename(temporary, path) == 0 else { throw failure("written") }
        let folder = open(
            path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex) + "/.", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("flushed") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("flushed") }
    }
}
