// A server that believes it is another hour: openings and closings are seen as they come, in seconds.

import Foundation

/// The wall clock of Tests/Clock/shifted-clock.c, built once for all tests.
enum ShiftedClock {
    private static let folder = Folder(named: "clock")
    private static let source =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Clock/shifted-clock.c"

    private static let library = Task { () throws -> String in
        let path = folder.path + "/shifted-clock.so"
        let built = try await run("gcc", ["-shared", "-fPIC", "-O1", "-o", path, source])
        guard built.status == 0 else { throw TestFailure("shifted-clock.c: \(built.errors)") }
        return path
    }

    /// What stands in front of the server's command, for `Desk.start(under:)`: its clock shows `time` now.
    static func showing(_ time: Date) async throws -> [String] {
        let seconds = Int64(time.timeIntervalSinceNow.rounded())
        return ["env", "LD_PRELOAD=\(try await library.value)", "SHIFTED_CLOCK_SECONDS=\(seconds)"]
    }
}
