// Flag, environment, file, default: who wins, for every kind of setting.

import SangdamCore
import SangdamNet
import SangdamProtocol
import SangdamServer
import SangdamWire
import Testing

@Suite("Precedence")
struct PrecedenceTests {
    struct Row: Sendable {
        let flag: Bool
        let environment: Bool
        let file: Bool
        let winner: String
    }

    static let rows: [Row] = [
        Row(flag: false, environment: false, file: false, winner: "default"),
        Row(flag: false, environment: false, file: true, winner: "file"),
        Row(flag: false, environment: true, file: false, winner: "environment"),
        Row(flag: false, environment: true, file: true, winner: "environment"),
        Row(flag: true, environment: false, file: false, winner: "flag"),
        Row(flag: true, environment: false, file: true, winner: "flag"),
        Row(flag: true, environment: true, file: false, winner: "flag"),
        Row(flag: true, environment: true, file: true, winner: "flag"),
    ]

    @Test("Flag over environment over file over default", arguments: rows)
    func winner(row: Row) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            listen: 10.0.0.3:3
            data: from-file
            reactors: 3
            durability: interval
            """, to: "sangdam.yaml")
        let configuration = try ServerConfiguration.load(
            file: row.file ? file : nil,
            flags: row.flag
                ? [
                    "listen": .text("10.0.0.1:1"), "data": .text("from-flag"), "reactors": .whole(1),
                    "durability": .text("none"),
                ] : [:],
            environment: row.environment
                ? [
                    "SANGDAM_LISTEN": "10.0.0.2:2", "SANGDAM_DATA": "from-environment", "SANGDAM_REACTORS": "2",
                    "SANGDAM_DURABILITY": "commit",
                ] : [:])
        let expected: (HostPort, String, Int, DurabilitySetting)
        switch row.winner {
        case "flag": expected = (HostPort(host: "10.0.0.1", port: 1), "from-flag", 1, .none)
        case "environment": expected = (HostPort(host: "10.0.0.2", port: 2), "from-environment", 2, .commit)
        case "file": expected = (HostPort(host: "10.0.0.3", port: 3), "from-file", 3, .interval)
        default: expected = (HostPort(host: "127.0.0.1", port: 8443), "./data", 0, .commit)
        }
        #expect(configuration.listen == expected.0)
        #expect(configuration.dataDirectory == expected.1)
        #expect(configuration.reactors == expected.2)
        #expect(configuration.durability == expected.3)
        #expect(configuration.file == (row.file ? file : nil))
    }

    @Test(
        "A file is the same with a byte order mark and with CRLF",
        arguments: [("", "\n"), ("\u{FEFF}", "\n"), ("", "\r\n"), ("\u{FEFF}", "\r\n")])
    func editors(mark: String, end: String) throws {
        let folder = try TemporaryFolder()
        let text = mark + ["listen: 10.0.0.3:3", "data: from-file", "reactors: 3", ""].joined(separator: end)
        let file = try folder.write(text, to: "sangdam.yaml")
        let configuration = try ServerConfiguration.load(file: file, environment: [:])
        #expect(configuration.listen == HostPort(host: "10.0.0.3", port: 3))
        #expect(configuration.dataDirectory == "from-file")
        #expect(configuration.reactors == 3)
    }

    @Test("Every flag reaches its setting")
    func flags() throws {
        let configuration = try ServerConfiguration.load(
            file: nil,
            flags: [
                "listen": .text("[::1]:1"), "admin_listen": .text("localhost:2"), "data": .text("/d"),
                "certificate": .text("/c"), "private_key": .text("/k"), "reactors": .whole(4),
                "durability": .text("interval"),
            ],
            environment: [:])
        var expected = ServerConfiguration()
        expected.listen = HostPort(host: "::1", port: 1)
        expected.adminListen = HostPort(host: "localhost", port: 2)
        expected.dataDirectory = "/d"
        expected.certificateFile = "/c"
        expected.privateKeyFile = "/k"
        expected.reactors = 4
        expected.durability = .interval
        #expect(configuration == expected)
    }

    @Test("Limits come from the environment, each kind of number")
    func environmentLimits() throws {
        let configuration = try ServerConfiguration.load(
            file: nil,
            environment: [
                "SANGDAM_LIMITS_TEXT_BYTES": "1000", "SANGDAM_LIMITS_OFFER_SECONDS": "2.5",
                "SANGDAM_LIMITS_HAND_LATCH_MILLISECONDS": "100", "SANGDAM_LIMITS_MESSAGES_PER_SECOND": "0.5",
                "SANGDAM_LIMITS_EXEMPT_LOOPBACK": "false", "SANGDAM_USER": "belongs to another command",
            ])
        #expect(configuration.desk.limits.textBytes == 1000)
        #expect(configuration.desk.limits.offerTimeout == Interval(milliseconds: 2500))
        #expect(configuration.wire.handLatch == Interval(milliseconds: 100))
        #expect(configuration.desk.limits.messagesPerSecond == 0.5)
        #expect(!configuration.net.exemptLoopback)
    }

    @Test(
        "What the environment cannot be",
        arguments: [
            ("SANGDAM_REACTORS", "two", "a whole number from 0 to 64, not `two`"),
            ("SANGDAM_REACTORS", "-1", "a whole number from 0 to 64, not `-1`"),
            ("SANGDAM_LISTEN", "here", "HOST:PORT"),
            ("SANGDAM_DURABILITY", "Commit", "`commit`, `interval`, `none`"),
            ("SANGDAM_LIMITS_OFFER_SECONDS", "nan", "seconds from 1 to 600"),
            ("SANGDAM_LIMITS_EXEMPT_LOOPBACK", "maybe", "true or false"),
            ("SANGDAM_LIMITS_TEXT_BITES", "5", "did you mean `SANGDAM_LIMITS_TEXT_BYTES`?"),
        ])
    func badEnvironment(name: String, value: String, words: String) throws {
        let errors = try #require(throws: ConfigurationErrors.self) {
            try ServerConfiguration.load(file: nil, environment: [name: value])
        }
        #expect(errors.faults.count == 1)
        #expect(errors.description.hasPrefix("environment \(name): "), "\(errors)")
        #expect(errors.description.contains(words), "\(errors)")
        #expect(errors.exitCode == 78)
    }

    @Test("A bad environment variable is no fault while a flag wins over it")
    func overruled() throws {
        let configuration = try ServerConfiguration.load(
            file: nil, flags: ["reactors": .whole(1)], environment: ["SANGDAM_REACTORS": "two"])
        #expect(configuration.reactors == 1)
    }

    @Test("Faults of flags alone are usage errors")
    func badFlag() throws {
        let errors = try #require(throws: ConfigurationErrors.self) {
            try ServerConfiguration.load(
                file: nil, flags: ["admin_listen": .text("x"), "durability": .text("y")], environment: [:])
        }
        #expect(errors.exitCode == 64)
        let said = errors.faults.map(\.description)
        #expect(said.contains("--admin-listen: must be HOST:PORT, such as 127.0.0.1:8443 or [::1]:8443, not `x`"))
        #expect(said.contains("--durability: must be `commit`, `interval`, `none`, not `y`"))
    }

    @Test("SANGDAM_CONFIG names the file when no flag does")
    func fileVariable() throws {
        let folder = try TemporaryFolder()
        let first = try folder.write("reactors: 1\n", to: "first.yaml")
        let second = try folder.write("reactors: 2\n", to: "second.yaml")
        let environment = [ServerConfiguration.fileVariable: second]
        #expect(try ServerConfiguration.load(file: nil, environment: environment).reactors == 2)
        #expect(try ServerConfiguration.load(file: first, environment: environment).reactors == 1)
    }

    @Test("A reload names what only a restart can change")
    func restart() {
        var other = ServerConfiguration()
        #expect(ServerConfiguration().settingsThatNeedRestart(comparedTo: other).isEmpty)
        other.listen.port = 1
        other.reactors = 3
        other.certificateFile = "new.pem"
        other.desk.limits.textBytes = 5
        #expect(ServerConfiguration().settingsThatNeedRestart(comparedTo: other) == ["listen", "reactors"])
    }

    @Test(
        "Hosts and ports",
        arguments: [
            ("127.0.0.1:8443", "127.0.0.1:8443"), ("localhost:0", "localhost:0"), ("[::1]:443", "[::1]:443"),
            ("", nil), (":1", nil), ("host:", nil), ("host:-1", nil), ("host:+1", nil), ("::1:1", nil),
            ("[host]:1", nil), ("[::1]", nil), ("a b:1", nil), ("한:1", nil), ("host:65536", nil),
        ] as [(String, String?)])
    func hostPort(text: String, written: String?) {
        #expect(HostPort(text)?.description == written)
    }
}
