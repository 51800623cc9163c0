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
