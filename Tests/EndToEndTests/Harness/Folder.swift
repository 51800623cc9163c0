// Temporary folders that are gone when the test run is.

import Foundation
import Synchronization

/// A temporary folder that goes when nobody holds it any more, at the latest with the test run.
final class Folder: Sendable {
    let path: String

    /// All that there are, for the end of the test run: what a static variable holds is never let go.
    private static let paths = Mutex<Set<String>>([])
    private static let prepared: Void = {
        _ = atexit { for path in Folder.paths.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) } }
    }()

    init(named name: String = "data") {
        _ = Self.prepared
        path =
            NSTemporaryDirectory()
            + "sangdam-test-\(ProcessInfo.processInfo.processIdentifier)-\(name)-\(UUID().uuidString.prefix(8))"
        let path = path
        _ = Self.paths.withLock { $0.insert(path) }
        // A folder that cannot be made is a failure of whatever is then written into it.
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        let path = path
        _ = Self.paths.withLock { $0.remove(path) }
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Mounts a file system of 4 MiB at `path` for as long as `body` takes, which takes root; the desk ends before it goes.
func withSmallDisk(at path: String, of desk: Desk, _ body: () async throws -> Void) async throws {
    let mount = try await run("mount", ["-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", path])
    guard mount.status == 0 else { throw TestFailure("mount: \(mount.errors)") }
    var failure: (any Error)?
    do { try await body() } catch { failure = error }
    await desk.end()
    _ = try await run("umount", ["-l", path])
    if let failure { throw failure }
}

/// Writes until the disk has no room, to the byte.
func fillDisk(with file: String) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
    guard descriptor >= 0 else { throw TestFailure("cannot write \(file)") }
    defer { close(descriptor) }
    for size in [65_536, 4_096, 1] {
        let piece = [UInt8](repeating: 0, count: size)
        while write(descriptor, piece, size) > 0 {}
    }
}
