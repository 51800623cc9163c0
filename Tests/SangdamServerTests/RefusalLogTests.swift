// Connections that are closed at accept: one line when it begins, one when it is over.

import Logging
import SangdamNet
import Synchronization
import Testing

@testable import SangdamServer

@Suite("Refused connections in the log")
struct RefusalLogTests {
    /// Keeps what is logged.
    private struct Lines: LogHandler {
        final class Store: Sendable {
            let lines = Mutex<[String]>([])
        }

        let store: Store
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            store.lines.withLock { $0.append("\(event.level) \(event.message)") }
        }
    }

    @Test("Many refusals make two lines for each reason, and the next ones begin afresh")
    func episodes() async throws {
        let store = Lines.Store()
        let log = RefusalLog(Logger(label: "test") { _ in Lines(store: store) }, quietMilliseconds: 50)
        func lines() -> [String] { store.lines.withLock { $0 } }
        func wait(for count: Int) async throws {
            for _ in 0..<500 where lines().count < count { try await Task.sleep(for: .milliseconds(10)) }
            #expect(lines().count == count, "\(lines())")
        }
        let begin = "warning connections are refused (at_capacity): as many are open as limits.connections and"
        for _ in 0..<1000 { log.refused(.atCapacity) }
        log.refused(.fileDescriptors)
        #expect(lines().count == 2)
        #expect(lines().first?.hasPrefix(begin) == true, "\(lines())")
        #expect(lines().last?.contains("LimitNOFILE") == true, "\(lines())")
        try await wait(for: 4)
        #expect(lines().contains("notice no connection is refused any more (at_capacity); 1000 were"), "\(lines())")
        #expect(lines().contains("notice no connection is refused any more (out_of_descriptors); 1 were"))
        log.refused(.atCapacity)
        #expect(lines().last?.hasPrefix(begin) == true)
        try await wait(for: 6)
        #expect(lines().last == "notice no connection is refused any more (at_capacity); 1 were")
    }
}
