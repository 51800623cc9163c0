// What is said of a certificate at which time, and how often. The certificates below are fixed, and the clock is an
// argument.

import Logging
import SangdamCore
import SangdamMetrics
import SangdamNet
import SangdamProtocol
import Synchronization
import Testing

@testable import SangdamServer

@Suite("A certificate's age and names")
struct CertificateConcernTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let now: String
        var file = "one"
        var host = "desk.example"
        /// How the sentences go on behind `certificate: `.
        let says: [String]

        var testDescription: String { "\(now) \(file) \(host)" }
    }

    static let rows = [
        Row(
            now: "2025-12-31T22:59:59",
            says: [
                """
                one.pem is not valid before 2026-01-01T00:00:00Z, in 1 hour: until then browsers turn customers away. Is \
                this machine's clock right?
                """
            ]),
        Row(now: "2026-01-01T00:00:00", says: []),
        Row(now: "2026-12-17T00:00:00", says: []),
        Row(
            now: "2026-12-17T00:00:01",
            says: [
                """
                one.pem expires in 13 days, at 2026-12-31T00:00:00Z. Put a renewed one in its place and reload (SIGHUP).
                """
            ]),
        Row(now: "2026-12-29T23:00:00", says: ["one.pem expires in 1 day, at "]),
        Row(now: "2026-12-30T22:00:00", says: ["one.pem expires in 2 hours, at "]),
        Row(now: "2026-12-31T00:00:00", says: ["one.pem expires in less than an hour, at "]),
        Row(
            now: "2026-12-31T00:00:01",
            says: [
                """
                one.pem expired less than an hour ago, at 2026-12-31T00:00:00Z: browsers turn customers away. Put a \
                renewed one in its place and reload (SIGHUP).
                """
            ]),
        Row(now: "2027-01-02T01:00:00", says: ["one.pem expired 2 days ago, at "]),
        // Names
        Row(now: "2026-02-01T00:00:00", host: "DESK.example.", says: []),
        Row(now: "2026-02-01T00:00:00", host: "a.chat.example", says: []),
        Row(now: "2026-02-01T00:00:00", host: "192.0.2.7", says: []),
        Row(now: "2026-02-01T00:00:00", host: "2001:db8:0::7", says: []),
        Row(now: "2026-02-01T00:00:00", host: "0.0.0.0", says: []),
        Row(now: "2026-02-01T00:00:00", host: "::", says: []),
        Row(now: "2026-02-01T00:00:00", host: "0::0", says: []),
        Row(
            now: "2026-02-01T00:00:00", host: "127.0.0.1",
            says: [
                """
                one.pem is not for 127.0.0.1, which `listen` names, but for desk.example, *.chat.example, c.example and 3 \
                more: browsers warn whoever connects to 127.0.0.1.
                """
            ]),
        Row(now: "2026-02-01T00:00:00", host: "a.b.chat.example", says: ["one.pem is not for a.b.chat.example, "]),
        Row(
            now: "2027-01-02T00:00:00", host: "desk",
            says: ["one.pem expired 2 days ago", "one.pem is not for desk, "]),
        // What stands behind it in the file
        Row(now: "2026-04-01T00:00:00", file: "two", says: []),
        Row(
            now: "2026-02-01T00:00:00", file: "two",
            says: ["/CN=Between (behind the server's own in two.pem) is not valid before 2026-03-01T00:00:00Z, "]),
        Row(
            now: "2026-05-31T00:00:00", file: "two",
            says: ["/CN=Between (behind the server's own in two.pem) expires in 1 day, at 2026-06-01T00:00:00Z."]),
        Row(
            now: "2027-01-01T00:00:00", file: "two",
            says: [
                "two.pem expired 1 day ago", "/CN=Between (behind the server's own in two.pem) expired 214 days ago",
            ]),
    ]

    @Test("What is said, to the second", arguments: rows)
    func concerns(row: Row) throws {
        let concerns = try Self.chain(row.file).concerns(
            file: row.file + ".pem", host: row.host, at: try Self.seconds(row.now))
        #expect(concerns.count == row.says.count, "\(concerns.map(\.sentence))")
        for (concern, words) in zip(concerns, row.says) {
            #expect(concern.sentence.hasPrefix("certificate: " + words), "\(concern.sentence)")
        }
    }

    static let reloads: [(file: String, shown: String, now: String, says: String?)] = [
        ("one", "other", "2025-12-31T23:59:59", "c.pem is not valid before 2026-01-01T00:00:00Z"),
        ("one", "other", "2026-01-01T00:00:00", nil), ("one", "other", "2026-12-31T00:00:00", nil),
        ("one", "other", "2026-12-31T02:00:00", "c.pem expired 2 hours ago, at 2026-12-31T00:00:00Z"),
        ("one", "one", "2026-12-31T02:00:00", nil),
        // What stands behind it
        ("two", "one", "2026-04-01T00:00:00", nil),
        (
            "two", "one", "2026-02-01T00:00:00",
            "/CN=Between (behind the server's own in c.pem) is not valid before 2026-03-01T00:00:00Z"
        ),
        (
            "two", "one", "2026-07-01T00:00:00",
            "/CN=Between (behind the server's own in c.pem) expired 30 days ago, at 2026-06-01T00:00:00Z"
        ),
        ("two", "two", "2026-07-01T00:00:00", nil),
    ]

    @Test(
        "Only what is outside its time and not shown already is unfit to be changed to; another host is the operator's decision",
        arguments: reloads)
    func unfitness(row: (file: String, shown: String, now: String, says: String?)) throws {
        let says = try Self.chain(row.file).unfitness(
            file: "c.pem", insteadOf: Self.chain(row.shown), at: try Self.seconds(row.now))
        #expect(says == row.says.map { "certificate: " + $0 })
    }

    @Test("A file that cannot be used is told by a check, one that is not there is told elsewhere")
    func unusable() throws {
        let folder = try TemporaryFolder()
        var configuration = ServerConfiguration()
        configuration.certificateFile = folder.path + "/none.pem"
        #expect(configuration.certificateWarnings(at: 0).isEmpty)
        configuration.certificateFile = try folder.write("no PEM", to: "some.pem")
        #expect(
            configuration.certificateWarnings(at: 0).first?.hasPrefix("certificate: \(folder.path)/some.pem ") == true)
        configuration.certificateFile = try folder.write(Self.own, to: "own.pem")
        configuration.listen.host = "desk.example"
        #expect(configuration.certificateWarnings(at: try Self.seconds("2026-02-01T00:00:00")).isEmpty)
        #expect(configuration.certificateWarnings(at: try Self.seconds("2027-02-01T00:00:00")).count == 1)
    }

    // MARK: How often

    /// What is the matter at which hour, and whether it is said.
    @Test(
        "Once a day by the wall clock, at once when there is something new, and never late because a clock was set",
        arguments: [
            [(0, "s", true), (1, "s", false), (23, "s", false), (24, "s", true), (25, "s", false), (48, "s", true)],
            [(0, "", false), (1, "s", true), (2, "e", true), (3, "e", false), (4, "", false), (5, "e", true)],
            [(0, "s", true), (1, "sn", true), (2, "s", false), (3, "n", false), (25, "n", true)],
            // A clock that jumps ahead, and one that is set back from a year that was wrong.
            [(0, "s", true), (9000, "s", true), (9001, "s", false)],
            [(9000, "s", true), (10, "s", false), (33, "s", false), (34, "s", true)],
        ] as [[(Int, String, Bool)]])
    func reminders(day: [(hour: Int, matter: String, isSaid: Bool)]) {
        let kinds: [Character: CertificateConcern.Kind] = ["s": .expiresSoon, "e": .expired, "n": .otherName]
        var reminder = DailyReminder()
        for (hour, matter, isSaid) in day {
            let topics = matter.compactMap { kinds[$0] }.map { CertificateConcern.Topic(kind: $0, subject: "/CN=a") }
            #expect(reminder.isDue(Set(topics), at: Int64(hour) * 3600) == isSaid, "\(hour) \(matter)")
        }
    }

    @Test("A server says it at start, when it is reloaded, once a day by the clock, and counts it down in its metrics")
    func watch() async throws {
        let now = Mutex(try Self.seconds("2026-05-30T00:00:00"))
        let registry = MetricsRegistry()
        registry.declare(MetricFamily.all)
        let lines = LoggedLines()
        let watch = CertificateWatch(
            try Self.chain("two"), file: "two.pem", host: "desk.example", registry: registry, log: lines.logger,
            clock: { now.withLock { $0 } }, lookMilliseconds: 5)
        func left() -> Bool {
            let seconds = 2 * 86_400 - (now.withLock { $0 } - 1_780_099_200)
            return String(decoding: registry.text(), as: UTF8.self).contains(
                "\nsangdam_certificate_expiry_seconds \(seconds)\n")
        }
        let begin = "warning certificate: /CN=Between (behind the server's own in two.pem) "
        watch.tell()
        #expect(lines.all.count == 1 && lines.all[0].hasPrefix(begin + "expires in 2 days, "), "\(lines.all)")
        #expect(left())
        watch.tell()
        #expect(lines.all.count == 2)
        now.withLock { $0 += 86_400 }
        try await lines.wait(for: 3)
        #expect(lines.all[2].hasPrefix(begin + "expires in 1 day, "), "\(lines.all)")
        // It is news that it has expired, and no news ten minutes later.
        now.withLock { $0 += 86_401 }
        try await lines.wait(for: 4)
        #expect(lines.all[3].hasPrefix(begin + "expired less than an hour ago, "), "\(lines.all)")
        #expect(left())
        try await Task.sleep(for: .milliseconds(50))
        #expect(lines.all.count == 4)
        // Another chain, which is shown from now on.
        #expect(watch.objection(to: try Self.chain("one"), file: "one.pem") == nil)
        watch.replace(try Self.chain("one"), file: "one.pem")
        now.withLock { $0 += 86_400 }
        try await Task.sleep(for: .milliseconds(50))
        #expect(lines.all.count == 4)
        now.withLock { $0 += 365 * 86_400 }
        try await lines.wait(for: 5)
        #expect(lines.all[4].hasPrefix("warning certificate: one.pem expired "), "\(lines.all)")
        // What is shown already stands in nobody's way.
        #expect(watch.objection(to: try Self.chain("one"), file: "one.pem") == nil)
        #expect(
            watch.objection(to: try Self.chain("other"), file: "b.pem")?.hasPrefix("certificate: b.pem exp") == true)
    }

    // MARK: The certificates

    /// Its own alone; with another one behind it; that one alone.
    private static func chain(_ name: String) throws -> CertificateChain {
        let text = ["one": own, "two": own + between, "other": between][name]
        let file = try TemporaryFolder()
        return try TLSContext.certificates(in: file.write(try #require(text), to: "chain.pem"))
    }

    private static func seconds(_ text: String) throws -> Int64 {
        try #require(Instant(rfc3339: (text + ".000Z").utf8)).milliseconds / 1000
    }

    /// For 2026, until the 31st of December at midnight.
    private static let own = """
        -----BEGIN CERTIFICATE-----
        MIIBvjCCAWSgAwIBAgIUXQmfYqJRgL6LwjdOW7WY6TFs6kswCgYIKoZIzj0EAwIw
        EjEQMA4GA1UEAwwHSGFuZCBDQTAeFw0yNjAxMDEwMDAwMDBaFw0yNjEyMzEwMDAw
        MDBaMA8xDTALBgNVBAMMBGRlc2swWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASR
        jXtcjSBPq4x+rI/ZWTThAS/MQKpu4HV6Owz4OCtIDAcU3amIe4ZfHfcZdOYm0Wcf
        daelSMRBcLOrHPhILCFjo4GaMIGXMFUGA1UdEQROMEyCDGRlc2suZXhhbXBsZYIO
        Ki5jaGF0LmV4YW1wbGWCCWMuZXhhbXBsZYIJZC5leGFtcGxlhwTAAAIHhxAgAQ24
        AAAAAAAAAAAAAAAHMB0GA1UdDgQWBBQCJWKGnK5/SWg0gaC+vqZdLabD2TAfBgNV
        HSMEGDAWgBRZLaVPyNANlNLKd7l0NzFPpIQ3JTAKBggqhkjOPQQDAgNIADBFAiBB
        ecDOzh1DCGHZ5XI5I2RTzmaldKMw/HYCD3LTLe9f3gIhAMntge9GLrrijJiVozuF
        KlHfY1F0hXn02vtJhMC5N1El
        -----END CERTIFICATE-----

        """

    /// From March to June 2026.
    private static let between = """
        -----BEGIN CERTIFICATE-----
        MIIBgzCCASqgAwIBAgIUKk6qrA2mfWjwqQlHzpraN7zyUOEwCgYIKoZIzj0EAwIw
        EjEQMA4GA1UEAwwHSGFuZCBDQTAeFw0yNjAzMDEwMDAwMDBaFw0yNjA2MDEwMDAw
        MDBaMBIxEDAOBgNVBAMMB0JldHdlZW4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
        AAQD0RWmy8rd7niaPBKNgW892LmKb7XDT3qZAM7R78Jgmv9FGLYOLm4s2BJzUrbs
        D28g7uIfXSXY8Y9HKAeoDRP/o14wXDAaBgNVHREEEzARgg9iZXR3ZWVuLmV4YW1w
        bGUwHQYDVR0OBBYEFKJj6I/IrddS9qgDuM0Rsd2nw+frMB8GA1UdIwQYMBaAFFkt
        pU/I0A2U0sp3uXQ3MU+khDclMAoGCCqGSM49BAMCA0cAMEQCIB6fZzP0CXEaBhh3
        5raaV8ymMzQz9OyCQ9DZnICoSbfHAiBKEaiWdOfJRgLKL0WnJcELSu5x8REWoIKf
        3ZcX5Pypdw==
        -----END CERTIFICATE-----

        """
}
