// The chat port as browsers see it: the page with its parts and fields, and what no request is answered with.

import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct HTTPRequests {
        private func connect(_ desk: Desk, offers protocols: [String] = ["h2", "http/1.1"]) async throws -> Peer {
            let tls = try TLSContext.client(caFile: desk.certificates.ca, applicationProtocols: protocols)
            return try await Peer(connectingTo: desk.chat, tls: tls)
        }

        private func get(
            _ peer: Peer, _ path: String, _ field: String = ""
        ) async throws -> (head: String, body: [UInt8]) {
            peer.send(Array("GET \(path) HTTP/1.1\r\nHost: desk.example\r\n\(field)\r\n".utf8))
            let head = try await peer.responseHead()
            let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }?.dropFirst(16)
            return (head, try await peer.body(length.flatMap { Int($0) } ?? 0))
        }

        @Test("The page and its parts over one connection, with the fields that keep them safe")
        func page() async throws {
            try await withDesk { desk in
                let peer = try await connect(desk)
                let page = try await get(peer, "/?lang=en&topic=payment")
                #expect(page.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(String(decoding: page.body, as: UTF8.self).hasPrefix("<!doctype html>"))
                for field in [
                    "Content-Type: text/html; charset=utf-8", "Cache-Control: no-cache",
                    "X-Content-Type-Options: nosniff",
                    "Referrer-Policy: no-referrer", "Content-Security-Policy: default-src 'none'; script-src 'self';",
                    "frame-ancestors 'none'",
                ] {
                    #expect(page.head.contains(field), "\(field) in \(page.head)")
                }
                #expect(!page.head.contains("Strict-Transport-Security"))
                let script = try await get(peer, "/widget.js")
                #expect(script.head.contains("Content-Type: text/javascript; charset=utf-8\r\n"))
                #expect(script.body.count > 1_000)
                let tag = try #require(script.head.split(separator: "\r\n").first { $0.hasPrefix("ETag: ") }).dropFirst(
                    6)
                let known = try await get(peer, "/widget.js", "If-None-Match: \(tag)\r\n")
                #expect(known.head.hasPrefix("HTTP/1.1 304 "))
                #expect(known.body.isEmpty)
                for path in ["/words/page-ko.js", "/view/dom.js", "/chat.css", "/icon.svg", "/manifest.webmanifest"] {
                    #expect(try await get(peer, path).head.hasPrefix("HTTP/1.1 200 "), "\(path)")
                }
                #expect(try await get(peer, "/favicon.ico").head.hasPrefix("HTTP/1.1 404 "))
                #expect(try await desk.metrics().sum("sangdam_connections", "mode=\"http\"") == 1)
                #expect(try await desk.metrics().sum("sangdam_refusals_total", "code=\"http_404\"") == 1)
            }
        }

        @Test("Settings of browsers: who may frame the page, TLS only, and how long a head may be")
        func settings() async throws {
            try await withDesk(starts: false) { desk in
                try desk.configure(
                    limits: ["http_head_bytes": "1024", "http_fields": "16"],
                    more: "frame_ancestors: https://shop.example https://a.example:444\nstrict_transport_seconds: 600")
                try await desk.start()
                let page = try await get(connect(desk), "/")
                #expect(page.head.contains("frame-ancestors https://shop.example https://a.example:444\r\n"))
                #expect(page.head.contains("Strict-Transport-Security: max-age=600\r\n"))
                let field = "X: \(String(repeating: "x", count: 1_000))\r\n"
                #expect(try await get(connect(desk), "/", field).head.hasPrefix("HTTP/1.1 431 "))
                let many = String(repeating: "X: y\r\n", count: 16)
                #expect(try await get(connect(desk), "/", many).head.hasPrefix("HTTP/1.1 431 "))
            }
        }

        @Test("Hostile requests get one response at most, and no connection outlives its time")
        func hostile() async throws {
            #expect(HostileRequest.all.count > 110)
            try await withDesk(limits: ["first_bytes_seconds": "1"]) { desk in
                let clock = ContinuousClock()
                let start = clock.now
                for offers in [["http/1.1"], []] {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        var waiting = HostileRequest.all[...]
                        for _ in 0..<16 {
                            if let row = waiting.popFirst() { group.addTask { try await send(row, to: desk, offers) } }
                        }
                        while try await group.next() != nil {
                            if let row = waiting.popFirst() { group.addTask { try await send(row, to: desk, offers) } }
                        }
                    }
                }
                #expect(clock.now - start < .seconds(90))
                // And the desk is what it was.
                let pair = try await Pair(at: desk, over: .webSocket)
                try await pair.customer.say("무사합니다", id: "c-1")
            }
        }

        private func send(_ row: HostileRequest, to desk: Desk, _ offers: [String]) async throws {
            // Without ALPN it is HTTP only if it begins like it.
            let opening = String(decoding: row.bytes.prefix(5), as: UTF8.self)
            guard !offers.isEmpty || ["GET ", "HEAD ", "POST ", "PUT "].contains(where: { opening.hasPrefix($0) })
            else {
                return
            }
            let peer = try await connect(desk, offers: offers)
            peer.send(row.bytes)
            let isUpgrade = row.status == 101
            if isUpgrade {
                let head = try await peer.responseHead()
                #expect(head.hasPrefix("HTTP/1.1 101 "), "\(row): \(head)")
                // Whoever upgrades and never says hello ends like everybody else.
            }
            let text = try await peer.everything(within: 20)
            guard !isUpgrade else { return }
            let responses = text.components(of: "HTTP/1.1 ")
            if row.status == 0 {
                #expect(text.isEmpty, "\(row): \(text)")
            } else {
                #expect(responses.count == 1 && responses.first?.hasPrefix("\(row.status) ") == true, "\(row): \(text)")
            }
        }
    }
}

extension String {
    /// What stands behind each occurrence of `mark`.
    fileprivate func components(of mark: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            rest = rest[range.upperBound...]
            found.append(rest)
        }
        return found
    }
}
