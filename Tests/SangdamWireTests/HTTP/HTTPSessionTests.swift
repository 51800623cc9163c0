// What browsers get: parts, tags, fields that protect, connections that go on or end.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HTTPSessionTests {
    static let host = "Host: chat.example\r\n"

    static func get(_ path: String, _ fields: String = "", method: String = "GET") -> String {
        "\(method) \(path) HTTP/1.1\r\n\(host)\(fields)\r\n"
    }

    /// The only response to a request on a connection of its own.
    static func answer(
        _ request: String, toHEAD: Bool = false, site: HTTPSite = HTTPHarness.site
    ) throws -> ReceivedResponse {
        var harness = HTTPHarness(site: site)
        harness.receive(request)
        let responses = harness.takeResponses(toHEAD: toHEAD)
        #expect(responses?.count == 1)
        return try #require(responses?.first)
    }

    @Test func aPageComesWithItsRules() throws {
        let page = try Self.answer(Self.get("/"))
        #expect(page.status == 200 && page.body == "<!doctype html>")
        #expect(
            page.fields == [
                "Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Content-Type": "text/html; charset=utf-8",
                "Content-Length": "15", "ETag": HTTPHarness.page.entityTag, "Cache-Control": "no-cache",
                "Content-Security-Policy":
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
                    + "trusted-types 'none'; frame-ancestors 'none'",
                "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
                "Permissions-Policy": "camera=(), geolocation=(), microphone=()", "Connection": "keep-alive",
            ])
    }

    @Test func otherPartsNeedNoLeave() throws {
        let script = try Self.answer(Self.get("/widget.js?v=1"))
        #expect(script.body == "export {}" && script.fields["Cache-Control"] == "public, max-age=300")
        #expect(script.fields["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'")
        #expect(script.fields["Permissions-Policy"] == nil)
    }

    @Test func configuredRulesAreTold() throws {
        var site = HTTPHarness.site
        site.frameAncestors = ["https://shop.example", "https://pay.example:8443"].compactMap(WebOrigin.init)
        site.strictTransportSeconds = 31_536_000
        let page = try Self.answer(Self.get("/"), site: site)
        let policy = try #require(page.fields["Content-Security-Policy"])
        #expect(policy.hasSuffix("; frame-ancestors https://shop.example https://pay.example:8443"))
        #expect(page.fields["Strict-Transport-Security"] == "max-age=31536000")
        let missing = try Self.answer(Self.get("/none"), site: site)
        #expect(missing.fields["Strict-Transport-Security"] == "max-age=31536000")
    }

    @Test(arguments: ["/", "/nothing", "/chat"]) func headIsGetWithoutTheBody(_ path: String) throws {
        let get = try Self.answer(Self.get(path))
        let head = try Self.answer(Self.get(path, method: "HEAD"), toHEAD: true)
        #expect(head.status == get.status && head.fields == get.fields)
        #expect(get.fields["Content-Length"] == "\(get.body.utf8.count)")
    }

    static let tag = HTTPHarness.page.entityTag
    @Test(arguments: [
        (tag, 304), ("W/" + tag, 304), ("*", 304), ("\"a\", \(tag)", 304), ("\"a\"\r\nIf-None-Match: \(tag)", 304),
        ("\"a\"", 200), (String(tag.dropFirst().dropLast()), 200), ("", 200),
    ])
    func knownPartsAreNotSentAgain(_ tags: String, _ status: Int) throws {
        let response = try Self.answer(Self.get("/", "If-None-Match: \(tags)\r\n"))
        #expect(response.status == status)
        #expect(response.fields["ETag"] == Self.tag && response.fields["Cache-Control"] == "no-cache")
        if status == 304 { #expect(response.body.isEmpty && response.fields["Content-Length"] == nil) }
    }

    /// Digests of 0, 1, 2, … mod 251. Source: Python's hashlib.
    @Test(
        arguments: [
            (0, "2jmj7l5rSw0yVb/vlWAYkK/YBwk="), (3, "DHpiP9K7wFsGQjvjWeQCHTbnIa0="),
            (55, "iuLUZynP5o/5J69e7Jx9G2bWWsI="), (56, "Y24uxpjayQNJjmSL0vOvZB08iMs="),
            (63, "bZQtoMQ5KxI1KPKQXHE6POKDZL0="), (64, "xhONUU/6ITW/zg7QuPrGVmmRfsc="),
            (65, "ab1yitbhPNdv8ZdR/eQnsA45V0Y="), (119, "QcidBgAbq0q3hza0Tv584Yzmrgg="),
            (120, "09vWU72Fl7dHUyG2CjaJEnjmoEo="),
        ] as [(Int, String)])
    func entityTagsAreDigests(_ count: Int, _ digest: String) {
        let part = StaticPart((0..<count).map { UInt8($0 % 251) }, contentType: "text/plain")
        #expect(part.entityTag == "\"\(digest)\"")
    }

    @Test(
        arguments: [
            (-1_000, "Wed, 31 Dec 1969 23:59:59 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_795_334_400_123, "Sun, 22 Nov 2026 08:00:00 GMT"),
        ] as [(Int64, String)])
    func datesAreWritten(_ milliseconds: Int64, _ date: String) throws {
        var harness = HTTPHarness()
        harness.now = Instant(milliseconds: milliseconds)
        harness.receive(Self.get("/"))
        #expect(harness.takeResponses()?.first?.fields["Date"] == date)
    }

    @Test func connectionsGoOnUntilSomebodyEndsThem() {
        var harness = HTTPHarness()
        harness.wait(seconds: 9)
        harness.receive(Self.get("/"))
        harness.wait(seconds: 9)
        harness.receive(Self.get("/nothing"))
        harness.wait(seconds: 9)
        #expect(harness.takeResponses()?.map(\.status) == [200, 404])
        harness.receive(Self.get("/", "Connection: close\r\n"))
        #expect(harness.takeResponses()?.map { $0.fields["Connection"] } == ["close"])
        #expect(harness.step == .ended && harness.session.nextDeadline == nil)
    }

    @Test func nobodyWaitsForASlowHead() {
        // The first one counts from the opening, however it drips.
        var first = HTTPHarness()
        for byte in Self.get("/").utf8.prefix(9) {
            first.receive([byte])
            first.wait(seconds: 1)
        }
        #expect(first.step == .goesOn)
        first.wait(seconds: 1)
        #expect(first.step == .ended && first.takeResponses()?.map(\.status) == [408])
        var late = HTTPHarness()
        late.wait(seconds: 9)
        late.receive("G")
        late.wait(seconds: 1)
        #expect(late.takeResponses()?.map(\.status) == [408])
        // The next one from its first byte.
        var next = HTTPHarness()
        next.receive(Self.get("/"))
        next.wait(seconds: 9)
        next.receive("G")
        next.wait(seconds: 9)
        next.receive("E")
        #expect(next.takeResponses()?.map(\.status) == [200])
        next.wait(seconds: 1)
        #expect(next.takeResponses()?.map(\.status) == [408])
        // Without one nothing is said.
        var idle = HTTPHarness()
        idle.wait(seconds: 10)
        #expect(idle.step == .ended && idle.takeResponses()?.isEmpty == true)
    }

    @Test func aLateHeadOfHEADGetsNoBody() {
        var harness = HTTPHarness()
        harness.receive("HEAD / HTTP/1.1\r\n")
        harness.wait(seconds: 10)
        #expect(harness.takeResponses(toHEAD: true)?.map(\.status) == [408])
    }

    @Test func requestsAtOnceAreAnsweredUpToANumber() {
        var harness = HTTPHarness()
        harness.receive((0..<8).map { _ in Self.get("/") }.joined())
        #expect(harness.takeResponses()?.map { $0.fields["Connection"] } == Array(repeating: "keep-alive", count: 8))
        harness.receive((0..<9).map { _ in Self.get("/") }.joined())
        let connections = harness.takeResponses()?.map { $0.fields["Connection"] }
        #expect(connections == Array(repeating: "keep-alive", count: 7) + ["close"])
        #expect(harness.step == .ended)
    }

    @Test func requestsAtOnceAreAnsweredUpToASize() {
        var harness = HTTPHarness()
        harness.receive(Self.get("/large") + Self.get("/large") + Self.get("/large"))
        #expect(harness.takeResponses()?.map { $0.fields["Connection"] } == ["keep-alive", "close"])
        var single = HTTPHarness()
        single.receive(Self.get("/large"))
        single.receive(Self.get("/large"))
        #expect(single.takeResponses()?.map { $0.fields["Connection"] } == ["keep-alive", "keep-alive"])
    }

    // MARK: Upgrade

    static let upgrade =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    static let offer = "Sec-WebSocket-Protocol: sangdam.v1\r\n"

    /// RFC 6455 §1.3 has the key and its answer.
    @Test func anUpgradeIsAnsweredAndTheRestIsHandedOn() {
        for size in [Int.max, 1] {
            var harness = HTTPHarness()
            harness.receive(Self.get("/"), size: size)
            harness.receive(Array(Self.get("/chat", Self.upgrade + Self.offer).utf8) + pingFrame("x"), size: size)
            #expect(harness.step == .upgraded && harness.behind == pingFrame("x"))
            let responses = harness.takeResponses()
            #expect(responses?.map(\.status) == [200, 101])
            #expect(
                responses?.last?.fields == [
                    "Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Upgrade": "websocket", "Connection": "Upgrade",
                    "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Sec-WebSocket-Protocol": "sangdam.v1",
                ])
        }
    }

    @Test(arguments: [
        ("https://shop.example", 101), ("https://SHOP.example:443", 101), ("https://chat.example", 101),
        ("https://chat.example:443", 101), ("http://shop.example", 403), ("https://shop.example/", 403),
        ("https://shop.example:8443", 403), ("https://shop.example@evil.example", 403), ("wss://chat.example", 403),
    ])
    func listedOriginsMayConnect(_ origin: String, _ status: Int) throws {
        let request = Self.get("/chat", Self.upgrade + Self.offer + "Origin: \(origin)\r\n")
        #expect(try Self.answer(request).status == status)
    }

    @Test func withoutASubprotocolNoneIsChosen() throws {
        let site = HTTPSite(parts: [:], handshake: WebSocketHandshake(subprotocol: nil))
        for fields in [Self.upgrade, Self.upgrade + Self.offer] {
            let response = try Self.answer(Self.get("/chat", fields), site: site)
            #expect(response.status == 101 && response.fields["Sec-WebSocket-Protocol"] == nil)
        }
    }

    @Test func refusalsSayWhatIsWanted() throws {
        let version = try Self.answer(Self.get("/chat"))
        #expect(version.fields["Upgrade"] == "websocket" && version.fields["Connection"] == "Upgrade, close")
        #expect(version.fields["Sec-WebSocket-Version"] == "13")
        let offer = try Self.answer(Self.get("/chat", Self.upgrade))
        #expect(offer.status == 400 && offer.body == "Offer the subprotocol sangdam.v1.\n")
        let method = try Self.answer(Self.get("/", method: "POST"))
        #expect(method.fields["Allow"] == "GET, HEAD" && method.fields["Cache-Control"] == "no-store")
    }

    // MARK: Hosts and origins

    @Test(
        arguments: [
            ("chat.example", "chat.example", nil), ("CHAT.example:8443", "chat.example", 8443),
            ("127.0.0.1:1", "127.0.0.1", 1),
            ("[::1]", "[::1]", nil), ("[FE80::1]:65535", "[fe80::1]", 65_535), ("a_b", "a_b", nil),
        ] as [(String, String, UInt16?)])
    func authorities(_ text: String, _ host: String, _ port: UInt16?) {
        let authority = HTTPAuthority(text)
        #expect(authority?.host == host && authority?.port == port)
    }

    @Test(arguments: [
        "", ":1", "a:", "a:65536", "a:123456", "a:000443", "a:+1", "a:1:1", "a b", "a/", "a?b", "a#b", "a@b", "a,b",
        "상담.kr", "[]",
        "[::1", "::1", "[::1]a", "[g::1]", "[::1]:", "a%41", "\u{212A}", "[\u{212A}::1]",
    ])
    func noAuthorities(_ text: String) {
        #expect(HTTPAuthority(text) == nil)
        #expect(WebOrigin("https://" + text) == nil)
    }

    @Test(arguments: [
        ("https://Shop.example:443", "https://shop.example"), ("http://a:80", "http://a"),
        ("http://a:443", "http://a:443"), ("https://[::1]:8443", "https://[::1]:8443"),
    ])
    func origins(_ text: String, _ written: String) {
        #expect(WebOrigin(text)?.description == written)
        #expect(WebOrigin(text) == WebOrigin(written))
    }
}
