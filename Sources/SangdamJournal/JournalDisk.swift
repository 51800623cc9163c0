// The few system calls through which the journal changes the disk while it works: a seam, so that tests can fill and
// break the disk. Blocking; called on the journal's queue only.

internal import Glibc

/// What a system call answered: an error number.
package struct DiskError: Error, Sendable, Equatable {
    package let code: Int32

    package init(code: Int32) {
        self.code = code
    }

    /// There is no room: no failure, it may come back.
    package var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
    /// The process or the system has no descriptor or no memory to spare: no failure of the disk, and it passes. Says
    /// so only of opening a file, where nothing has happened yet.
    package var isShortage: Bool { code == EMFILE || code == ENFILE || code == ENOMEM }
    /// The file system cannot do it at all.
    package var isUnsupported: Bool { code == EOPNOTSUPP || code == ENOSYS || code == EINVAL }
}

/// What a writing journal wants of the disk.
package protocol JournalDisk: Sendable {
    /// A new file for writing, 0600; an error when there is one already.
    func create(_ path: String) throws(DiskError) -> Int32
    /// How many bytes it wrote, at least one.
    func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int64) throws(DiskError) -> Int
    /// `fdatasync`. An error is final: the kernel may have dropped what it could not write
    /// (Durability.md#A-failed-sync).
    func synchronise(_ descriptor: Int32) throws(DiskError)
    /// `fsync` of an open folder, so that a new file's name is there after a crash.
    func synchroniseFolder(_ descriptor: Int32) throws(DiskError)
    /// Reserves room without changing the file's size.
    func allocate(_ descriptor: Int32, from offset: Int64, length: Int64) throws(DiskError)
    /// Cuts the file to this size and gives reserved room behind it back.
    func truncate(_ descriptor: Int32, to size: Int64) throws(DiskError)
}

/// The disk as it is.
package struct SystemDisk: JournalDisk {
    package init() {}

    package func create(_ path: String) throws(DiskError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DiskError(code: errno) }
        return descriptor
    }

    package func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int64
    ) throws(DiskError) -> Int {
        while true {
            let count = pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
            if count > 0 { return count }
            if count == 0 { throw DiskError(code: ENOSPC) }
            guard errno == EINTR else { throw DiskError(code: errno) }
        }
    }

    package func synchronise(_ descriptor: Int32) throws(DiskError) {
        guard fdatasync(descriptor) == 0 else { throw DiskError(code: errno) }
    }

    package func synchroniseFolder(_ descriptor: Int32) throws(DiskError) {
        guard fsync(descriptor) == 0 else { throw DiskError(code: errno) }
    }

    package func allocate(_ descriptor: Int32, from offset: Int64, length: Int64) throws(DiskError) {
        guard let fallocate = Self.fallocate else { throw DiskError(code: ENOSYS) }
        while fallocate(descriptor, Self.keepSize, off_t(offset), off_t(length)) != 0 {
            guard errno == EINTR else { throw DiskError(code: errno) }
        }
    }

    package func truncate(_ descriptor: Int32, to size: Int64) throws(DiskError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw DiskError(code: errno) }
    }

    private typealias Fallocate = @convention(c) (Int32, Int32, off_t, off_t) -> Int32

    /// Glibc declares it only to GNU programs, which its Swift module does not say it is: so it is asked for by name.
    private static let fallocate: Fallocate? = dlsym(nil, "fallocate").map { unsafeBitCast($0, to: Fallocate.self) }

    /// FALLOC_FL_KEEP_SIZE of <linux/falloc.h>.
    private static let keepSize: Int32 = 1
}

/// `close`, by a name that a type with a `close` of its own can reach.
func closeDescriptor(_ descriptor: Int32) {
    close(descriptor)
}
