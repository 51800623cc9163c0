// Folders, and that the names in them survive a crash.

internal import Glibc

/// A folder kept open: its names can be synced when the process has no descriptor left.
struct OpenFolder: ~Copyable {
    private let descriptor: Int32

    init(_ path: String) throws(JournalError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    func synchronise(_ disk: any JournalDisk) throws(DiskError) {
        try disk.synchroniseFolder(descriptor)
    }
}

/// Makes sure that a folder is there, only its owner's, and that its name survives a crash.
func makeDirectory(_ path: String, disk: any JournalDisk) throws(JournalError) {
    if mkdir(path, 0o700) == 0 {
        let parent = try OpenFolder(path + "/..")
        do throws(DiskError) {
            try parent.synchronise(disk)
        } catch {
            throw .cannotOpen(path: path, errno: error.code)
        }
        return
    }
    guard errno == EEXIST else { throw .cannotOpen(path: path, errno: errno) }
}
