// A certificate's age as an operator meets it: at start, in a check, at a reload and in the metrics.

import Foundation
import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct CertificateAge {
        struct Row: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// Days from now.
            let from: Double
            let until: Double
            var names = "DNS:localhost,IP:127.0.0.1"
            var listen = "127.0.0.1:0"
            let says: [String]
        }

        static let rows = [
            Row(testDescription: "good", from: -1, until: 90, says: []),
            Row(
                testDescription: "expired", from: -90, until: -2.5,
                says: [" expired 2 days ago, at ", "browsers turn customers away"]),
            Row(testDescription: "soon", from: -80, until: 9.5, says: [" expires in 9 days, at "]),
            Row(testDescription: "early", from: 3.5, until: 90, says: [" is not valid before ", ", in 3 days: "]),
            Row(
                testDescription: "another's", from: -1, until: 90, names: "DNS:chat.example",
                says: [" is not for 127.0.0.1, which `listen` names, but for chat.example: "]),
            Row(
                testDescription: "another's, by name", from: -1, until: 90, names: "DNS:chat.example",
                listen: "localhost:0",
                says: [" is not for localhost, "]),
            Row(
                testDescription: "another's, everywhere", from: -1, until: 90, names: "DNS:chat.example",
                listen: "0.0.0.0:0", says: []),
        ]

        @Test("A start and a check say what is the matter, once, and the server serves all the same", arguments: rows)
        func start(row: Row) async throws {
            try await withDesk(starts: false) { desk in
                let made = try await desk.certificates.make(
                    from: row.from, until: row.until, names: row.names, in: desk.folder)
                try desk.configure(limits: [:], more: "certificate: \(made.certificate)\nlisten: \(row.listen)")
                let check = try await run(Sangdam.binary, ["config", "check", "--config", desk.configurationFile])
                var arguments = desk.arguments
                (arguments[4], arguments[10], arguments[12]) = (row.listen, made.certificate, made.key)
                try await withChild(Sangdam.binary, arguments) { server in
                    let ready = try JSON(parsing: try await server.expect("\"ready\"", within: 30).utf8)
                    let prefix = "certificate: \(made.certificate)"
                    let lines = server.errors.split(separator: "\n").filter { $0.contains(prefix) }
                    #expect(lines.count == (row.says.isEmpty ? 0 : 1), "\(server.errors)")
                    #expect(lines.allSatisfy { $0.contains(" warning ") })
                    for words in row.says {
                        #expect(lines.first?.contains(words) == true, "\(server.errors)")
                        #expect(check.errors.contains("warning: \(prefix)") && check.errors.contains(words), "\(check)")
                    }
                    #expect(check.status == 0 && check.errors.contains("warning: ") == !row.says.isEmpty, "\(check)")
                    let left = try await metrics(at: Desk.Address(ready["admin"].text)).series[
                        "sangdam_certificate_expiry_seconds"]
                    #expect(abs(try #require(left) - row.until * 86_400) < 120, "\(left ?? 0)")
                    // Who does not look at dates, or has pinned it, is served.
                    let client = ["s_client", "-brief", "-nocommands", "-connect"]
                    let address = "127.0.0.1:\(Desk.Address(ready["listen"].text).port)"
                    try await withChild("openssl", client + [address]) { try await $0.expect("시험 상담소입니다") }
                }
            }
        }

        @Test("A reload to an expired certificate, or one that is not valid yet, changes nothing and is an error")
        func reload() async throws {
            try await withDesk { desk in
                for (from, until, says) in [(-9.0, -1.5, " expired 1 day ago"), (1.5, 90, " is not valid before ")] {
                    let before = desk.log.count
                    let made = try await desk.certificates.make(from: from, until: until, in: desk.folder)
                    try replace(desk.certificateFile, by: made.certificate)
                    try replace(desk.privateKeyFile, by: made.key)
                    try desk.configure(name: "새 이름", limits: [:])
                    try desk.process.signal(SIGHUP)
                    func news() -> Substring { desk.log.dropFirst(before) }
                    try await eventually("the fault is logged") { news().contains("The one in service stays.") }
                    #expect(
                        news().contains(" error ")
                            && news().contains("not reloaded: certificate: \(desk.certificateFile)"))
                    #expect(news().contains(says) && !news().contains("certificate reloaded"), "\(news())")
                    // Nothing of it: neither name nor certificate. Clients verify what they are shown.
                    try await withOpenSSLClient(to: desk) { byHand in try await byHand.expect("시험 상담소입니다") }
                    _ = try await Client.customer(at: desk)
                    #expect(try await desk.get("/readyz").status == 200)
                    #expect(try await left(of: desk) > 25 * 86_400)
                }
                // A good one ends it, and all of the reload holds.
                try replace(desk.certificateFile, by: desk.certificates.renewed)
                try replace(desk.privateKeyFile, by: desk.certificates.renewedKey)
                try desk.process.signal(SIGHUP)
                try await eventually("the reload") { desk.log.contains("configuration and certificate reloaded") }
                try await withOpenSSLClient(to: desk) { byHand in try await byHand.expect("새 이름입니다") }
            }
        }

        @Test("The certificate that is in service already, expired or not, keeps nobody from reloading the rest")
        func reloadOfTheRest() async throws {
            try await withDesk(starts: false) { desk in
                let made = try await desk.certificates.make(from: -9, until: -1.5, in: desk.folder)
                try replace(desk.certificateFile, by: made.certificate)
                try replace(desk.privateKeyFile, by: made.key)
                try await desk.start()
                try desk.configure(name: "새 이름", limits: [:])
                try desk.process.signal(SIGHUP)
                try await eventually("the reload") { desk.log.contains("configuration and certificate reloaded") }
                // Said at start, and again now.
                #expect(desk.log.split(separator: " expired 1 day ago").count == 3, "\(desk.log)")
                #expect(try await left(of: desk) < -86_400)
            }
        }

        private func left(of desk: Desk) async throws -> Double {
            try #require(try await desk.metrics().series["sangdam_certificate_expiry_seconds"])
        }

        private func metrics(at address: Desk.Address) async throws -> Metrics {
            let peer = try await Peer(connectingTo: address, tls: nil)
            peer.send(Array("GET /metrics HTTP/1.0\r\n\r\n".utf8))
            return Metrics(try await peer.everything(within: 10))
        }

        private func replace(_ file: String, by other: String) throws {
            let content = try Data(contentsOf: URL(fileURLWithPath: other))
            try content.write(to: URL(fileURLWithPath: file), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }
}
