// What a certificate file says: when each of its certificates is valid, in their order, and for which hosts.

import Foundation
import Testing

@testable import SangdamNet

@Suite(.timeLimit(.minutes(1))) struct CertificateChainTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
    }

    /// A self-signed certificate with these alternative names; none at all when there are none.
    private func chain(_ subject: String, names: String, days: Int = 2) throws -> CertificateChain {
        let name = UUID().uuidString
        let extensions = names.isEmpty ? "" : " -addext subjectAltName=\(names)"
        try certificates.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days \(days) -subj \(subject) -keyout "
                + "\(name).key -out \(name).pem\(extensions)")
        return try TLSContext.certificates(in: "\(certificates.directory)/\(name).pem")
    }

    @Test func readsTimesSubjectsAndOrder() throws {
        let before = Int64(Date().timeIntervalSince1970)
        let one = try chain("/CN=a/O=b", names: "DNS:localhost", days: 3)
        #expect(one.own.subject == "/CN=a/O=b")
        #expect((before - 1...before + 60).contains(one.own.notBefore))
        #expect(one.own.notAfter - one.own.notBefore == 3 * 86_400)
        #expect(one.intermediates.isEmpty)

        let text = try [certificates.certificate, certificates.ca, certificates.otherCA].map {
            try String(contentsOfFile: $0, encoding: .utf8)
        }.joined()
        let three = try TLSContext.certificates(in: certificates.write("three.pem", text))
        #expect(three.own.subject == "/CN=first")
        #expect(three.intermediates.map(\.subject) == ["/CN=Test CA", "/CN=Other CA"])
        #expect(three.names == ["localhost", "127.0.0.1"])
        let alone = try #require(try certificates.serverContext().certificates)
        #expect(alone.own == three.own && alone != three && alone.own != one.own)
        #expect(try certificates.clientContext().certificates == nil)
    }

    struct Row: Sendable {
        let names: String
        let own: [String]
        let foreign: [String]
    }

    @Test(arguments: [
        Row(
            names: "DNS:desk.example,DNS:*.chat.example,IP:192.0.2.7,IP:2001:db8::7,email:a@mail.example",
            own: ["desk.example", "DESK.Example", "desk.example.", "a.chat.example", "192.0.2.7", "2001:DB8:0::7"],
            foreign: [
                "chat.example", "a.b.chat.example", "192.0.2.8", "2001:db8::8", "mail.example", "esk.example",
                "subject",
            ]),
        Row(names: "DNS:a*.desk.example,DNS:127.0.0.1", own: [], foreign: ["ab.desk.example", "127.0.0.1", "subject"]),
        // Browsers look at no subject.
        Row(names: "", own: [], foreign: ["subject"]),
    ])
    func isForTheHostsThatItNames(row: Row) throws {
        let chain = try chain("/CN=subject", names: row.names)
        for host in row.own { #expect(chain.isFor(host), "\(host)") }
        for host in row.foreign { #expect(!chain.isFor(host), "\(host)") }
    }

    @Test func namesAreShownAsTheyAreTyped() throws {
        let chain = try chain("/CN=a", names: "DNS:desk.example,email:a@b.example,IP:::1,DNS:*.example")
        #expect(chain.names == ["desk.example", "::1", "*.example"])
        #expect(try self.chain("/CN=a", names: "").names.isEmpty)
    }

    @Test(
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("0", "0.0.0.0"), ("0:0::0", "::"), ("::1", "::1"),
            ("::ffff:192.0.2.7", "192.0.2.7"), ("localhost", nil), ("", nil), ("1.2.3.4.5", nil), ("[::1]", nil),
        ] as [(String, String?)])
    func tellsAddressesFromNames(host: String, address: String?) {
        #expect(addressText(host) == address)
    }

    @Test func saysWhatIsWrongWithAFile() throws {
        let missing = certificates.directory + "/missing.pem"
        #expect(throws: TLSContextError.fileMissing(missing)) { try TLSContext.certificates(in: missing) }
        let nonsense = try certificates.write("nonsense-chain.pem", "no PEM at all\n")
        #expect(throws: TLSContextError.notPEM(nonsense)) { try TLSContext.certificates(in: nonsense) }
    }
}
