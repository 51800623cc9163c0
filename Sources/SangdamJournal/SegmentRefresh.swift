// What a failed sync leaves behind: the kernel may call pages clean that never reached the disk, and the next process
// reads them from its cache as if all were well. A word that is acknowledged again as already stored must be on the
// disk, so a start writes the open segment over itself, which makes its pages dirty again, and syncs it. Closed
// segments were synced before the next one began.
//
// Source: Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020.

internal import Glibc

/// Writes the first `size` bytes of `path` over themselves and syncs them.
///
/// A crash in the middle does no harm: every byte is replaced by itself.
func refreshSegment(
    _ path: String, size: Int64, descriptor: Int32, disk: any JournalDisk
) throws(JournalError) {
    let reading = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard reading >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    defer { closeDescriptor(reading) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var offset: Int64 = 0
    while offset < size {
        let wanted = min(buffer.count, Int(clamping: size - offset))
        let count = pread(reading, &buffer, wanted, off_t(offset))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw .readFailed(path: path, errno: count == 0 ? EIO : errno) }
        try write(buffer, count: count, to: descriptor, at: offset, disk: disk)
        offset += Int64(count)
    }
    do throws(DiskError) {
        try disk.synchronise(descriptor)
    } catch {
        throw .syncFailed(errno: error.code)
    }
}

private func write(
    _ buffer: [UInt8], count: Int, to descriptor: Int32, at offset: Int64, disk: any JournalDisk
) throws(JournalError) {
    var written = 0
    while written < count {
        let result: Result<Int, DiskError> = buffer.withUnsafeBytes { bytes in
            do throws(DiskError) {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written..<count])
                return .success(try disk.write(rest, to: descriptor, at: offset + Int64(written)))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let more): written += more
        case .failure(let error): throw .writeFailed(errno: error.code)
        }
    }
}
