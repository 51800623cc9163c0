// Connections that are closed at accept and requests of the admin port that are not answered: one line when it begins,
// one when it is over.

import SangdamNet
import Testing

@testable import SangdamServer

@Suite("Refused connections in the log")
struct RefusalLogTests {
    @Test("Many refusals make two lines for each reason, and the next ones begin afresh")
    func episodes() async throws {
        let lines = LoggedLines()
        let log = RefusalLog(lines.logger, quietMilliseconds: 50)
        let begin = "warning connections are refused (at_capacity): as many are open as limits.connections and"
        for _ in 0..<1000 { log.refused(.atCapacity) }
        log.refused(.fileDescriptors)
        #expect(lines.all.count == 2)
        #expect(lines.all.first?.hasPrefix(begin) == true, "\(lines.all)")
        #expect(lines.all.last?.contains("LimitNOFILE") == true, "\(lines.all)")
        try await lines.wait(for: 4)
        #expect(lines.all.contains("notice no connection is refused any more (at_capacity); 1000 were"), "\(lines.all)")
        #expect(lines.all.contains("notice no connection is refused any more (out_of_descriptors); 1 were"))
        log.refused(.atCapacity)
        #expect(lines.all.last?.hasPrefix(begin) == true)
        try await lines.wait(for: 6)
        #expect(lines.all.last == "notice no connection is refused any more (at_capacity); 1 were")
    }

    @Test("Requests under a foreign name are told once, with the first name, beside refused connections")
    func foreignHosts() async throws {
        let lines = LoggedLines()
        let log = RefusalLog(lines.logger, quietMilliseconds: 50)
        for host in ["evil.example", "worse.example", "evil.example"] { log.refused(foreignHost: host) }
        log.refused(.atCapacity)
        #expect(
            lines.all.first == """
                warning requests to the admin port are refused (http_421): they call it evil.example, which is none of its \
                names; if it is yours, list it in admin_hosts
                """)
        #expect(lines.all.count == 2, "\(lines.all)")
        try await lines.wait(for: 4)
        #expect(lines.all.contains("notice no request to the admin port is refused any more (http_421); 3 were"))
    }
}
