// By which names the admin port may be called.

import SangdamProtocol
import SangdamWire
import Testing

@testable import SangdamServer

@Suite("The admin port's own names")
struct AdminHostsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let host: String?
        let isOwn: Bool

        init(_ host: String?, _ isOwn: Bool) {
            (self.host, self.isOwn) = (host, isOwn)
        }

        var testDescription: String { host ?? "none" }
    }

    static let rows = [
        Row(nil, true),
        // Loopback's
        Row("localhost", true), Row("localhost:9464", true), Row("LocalHost.", true), Row("a.b.localhost:1", true),
        Row("xlocalhost", false), Row("localhost.example", false), Row("localhost..", false),
        // Addresses
        Row("127.0.0.1", true), Row("127.0.0.1:9464", true), Row("192.0.2.7", true), Row("[::1]:9464", true),
        Row("[2001:db8::7]", true), Row("127.0.0.1.evil.example", false), Row("127.0.0.256", false),
        Row("1.2.3", false),
        Row("0x7f.0.0.1", false), Row("[1]", false),
        // The one in `admin_listen`, and those that are listed
        Row("desk.internal", true), Row("DESK.internal.:80", true), Row("a.desk.internal", false),
        Row("chat-1.internal:9464", true), Row("Metrics.example.", true),
        // Everybody else's
        Row("evil.example", false), Row("evil.example:9464", false), Row("desk", false), Row("..", false),
    ]

    @Test(
        "Addresses, loopback's names, the port's own and the listed ones; nothing that only looks like them",
        arguments: rows)
    func own(row: Row) throws {
        let listed = ["Chat-1.Internal", "metrics.example."].compactMap { HostName($0) }
        let hosts = AdminHosts(listed, listen: HostPort(host: "Desk.internal", port: 9464))
        let authority = try row.host.map { try #require(HTTPAuthority($0)) }
        #expect((hosts.foreignHost(in: authority) == nil) == row.isOwn)
    }

    @Test("A reload replaces what is listed, and nothing else")
    func replace() throws {
        let hosts = AdminHosts([], listen: HostPort(host: "::1", port: 9464))
        let name = try #require(HTTPAuthority("chat-1:9464"))
        #expect(hosts.foreignHost(in: name) == "chat-1")
        hosts.replace([try #require(HostName("chat-1"))])
        #expect(hosts.foreignHost(in: name) == nil)
        hosts.replace([])
        #expect(hosts.foreignHost(in: name) == "chat-1")
        #expect(hosts.foreignHost(in: HTTPAuthority("[::1]")) == nil)
    }

    @Test(
        "The setting is names with spaces between",
        arguments: [
            ("", []), ("a b.example", ["a", "b.example"]), ("  A.  ", ["a"]), ("[::1]", ["[::1]"]), ("a:80", nil),
            ("a, b", nil), ("http://a", nil), ("가.example", nil), ("*", nil),
        ] as [(String, [String]?)])
    func setting(text: String, hosts: [String]?) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("admin_hosts: \"\(text)\"\n", to: "sangdam.yaml")
        let configuration = try? ServerConfiguration.load(file: file, environment: [:])
        #expect(configuration?.adminHosts.map(\.text) == hosts)
        let fromEnvironment = try? ServerConfiguration.load(
            file: nil, environment: ["SANGDAM_ADMIN_HOSTS": text])
        #expect(fromEnvironment?.adminHosts.map(\.text) == hosts)
    }
}
