// A logger that keeps what is logged, for tests that read it.

import Logging
import Synchronization
import Testing

final class LoggedLines: Sendable {
    private struct Handler: LogHandler {
        let owner: LoggedLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            owner.lines.withLock { $0.append("\(event.level) \(event.message)") }
        }
    }

    private let lines = Mutex<[String]>([])

    /// Level and words of each.
    var all: [String] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(owner: self) } }

    /// Waits until there are so many, and not more.
    func wait(for count: Int) async throws {
        for _ in 0..<500 where all.count < count { try await Task.sleep(for: .milliseconds(10)) }
        try #require(all.count == count, "\(all)")
    }
}
