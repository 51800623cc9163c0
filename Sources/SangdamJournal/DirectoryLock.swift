// One server a data folder: an exclusive flock on `DATA/lock`, which the kernel lets go with the process however it
// ends. The file holds the process's id, for whoever wonders who it is.

internal import Glibc

/// Holds the lock as long as it lives.
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    init(dataDirectory: String) throws(JournalError) {
        let path = dataDirectory + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        guard Self.lock(descriptor) else {
            let code = errno
            defer { close(descriptor) }
            throw code == EWOULDBLOCK
                ? .locked(path: path, pid: Self.readPID(descriptor)) : .cannotOpen(path: path, errno: code)
        }
        // The id is a courtesy: the lock holds without it, on a full disk too.
        var text = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, &text, text.count, 0) }
        self.descriptor = descriptor
    }

    /// Waits a little: a server that is just ending, or a child of somebody's between fork(2) and exec(2), holds the
    /// lock for a moment longer. False: errno says why.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<20 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK else { return false }
            poll(nil, 0, 25)
        }
        errno = EWOULDBLOCK
        return false
    }

    deinit {
        close(descriptor)
    }

    private static func readPID(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
