// The admin port and who calls it by which name.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct AdminPort {
        @Test("Its own names are answered, a foreign one gets 421, is counted, and is in the log once")
        func names() async throws {
            try await withDesk { desk in
                let rows: [(request: String, status: Int)] = [
                    ("GET /healthz HTTP/1.1\r\nHost: localhost:9464\r\n", 200),
                    ("GET /healthz HTTP/1.1\r\nHost: [::1]:9464\r\n", 200),
                    ("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n", 200),
                    ("GET /healthz HTTP/1.0\r\n", 200), ("GET /healthz HTTP/1.1\r\n", 400),
                    ("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n", 421),
                    ("HEAD /readyz HTTP/1.1\r\nHost: evil.example:\(desk.admin.port)\r\n", 421),
                    ("GET /metrics HTTP/1.0\r\nHost: worse.example\r\n", 421),
                    // An absolute target says whom it is for, whatever connection it came by.
                    ("GET http://evil.example/metrics HTTP/1.1\r\nHost: evil.example\r\n", 421),
                    ("GET http://evil.example/metrics HTTP/1.0\r\n", 421),
                    ("GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\n", 200),
                    ("GET http://evil.example/metrics HTTP/1.1\r\nHost: localhost\r\n", 400),
                ]
                for (request, status) in rows {
                    let answer = try await ask(desk, request)
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(request): \(answer)")
                    #expect(status == 200 || !answer.contains("sangdam_") && !answer.contains("ready"), "\(answer)")
                }
                #expect(try await desk.metrics().sum("sangdam_refusals_total", "code=\"http_421\"") == 5)
                let lines = desk.log.split(separator: "requests to the admin port are refused (http_421)")
                #expect(lines.count == 2 && lines.last?.contains("they call it evil.example, ") == true, "\(desk.log)")
            }
        }

        @Test("admin_hosts lists more names, and a reload makes them hold; the name in admin_listen needs no list")
        func listed() async throws {
            try await withDesk(starts: false) { desk in
                try desk.configure(limits: [:], more: "admin_hosts: chat-1.internal")
                try await desk.start()
                func status(_ host: String) async throws -> String {
                    let answer = try await ask(desk, "GET /healthz HTTP/1.1\r\nHost: \(host)\r\n")
                    return String(answer.split(separator: " ")[1])
                }
                #expect(try await status("Chat-1.Internal.:9464") == "200")
                #expect(try await status("chat-2.internal") == "421")
                try desk.configure(limits: [:], more: "admin_hosts: chat-2.internal prometheus")
                try desk.process.signal(SIGHUP)
                try await eventually("the reload") { try await status("chat-2.internal") == "200" }
                #expect(try await status("prometheus") == "200")
                #expect(try await status("chat-1.internal") == "421")
                #expect(!desk.log.contains("only a restart can change it"), "\(desk.log)")
            }
        }

        private func ask(_ desk: Desk, _ request: String) async throws -> String {
            let peer = try await Peer(connectingTo: desk.admin, tls: nil)
            peer.send(Array("\(request)Connection: close\r\n\r\n".utf8))
            return try await peer.everything(within: 10)
        }
    }
}
