// What can be wrong before a byte flows: files, ports, names, trust.

import Foundation
import Testing

@testable import SangdamNet

@Suite(.serialized, .timeLimit(.minutes(1))) struct SetupTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
        ignoreBrokenPipeSignals()
    }

    private func fault(certificate: String? = nil, key: String? = nil) -> TLSContextError? {
        do throws(TLSContextError) {
            _ = try TLSContext.server(
                certificateFile: certificate ?? certificates.certificate, privateKeyFile: key ?? certificates.key)
            return nil
        } catch {
            return error
        }
    }

    @Test func namesWhatIsWrongWithFiles() throws {
        let missing = certificates.directory + "/missing.pem"
        #expect(fault() == nil)
        #expect(fault(certificate: missing) == .fileMissing(missing))
        #expect(fault(key: missing) == .fileMissing(missing))
        let nonsense = try certificates.write("nonsense.pem", "no PEM at all\n")
        #expect(fault(certificate: nonsense) == .notPEM(nonsense))
        #expect(fault(key: nonsense) == .notPEM(nonsense))
        let torn = try certificates.write(
            "torn.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        #expect(fault(certificate: torn) == .notPEM(torn))
        #expect(
            fault(key: certificates.secondKey)
                == .keyDoesNotMatch(certificateFile: certificates.certificate, privateKeyFile: certificates.secondKey))
        #expect(fault(certificate: certificates.directory)?.description.contains(certificates.directory) == true)
    }

    @Test func refusesAKeyThatOthersCanRead() throws {
        let text = try String(contentsOfFile: certificates.key, encoding: .utf8)
        for mode in [0o644, 0o640, 0o604] {
            let key = try certificates.write("open.key", text, mode: mode)
            let found = try #require(fault(key: key))
            #expect(found == .keyReadableByOthers(key, mode: UInt32(mode)))
            #expect(found.isPermissionProblem)
            #expect(found.description.contains(String(mode, radix: 8)))
        }
        #expect(fault(key: try certificates.write("open.key", text, mode: 0o400)) == nil)
    }

    @Test func refusesAnEncryptedKeyWithoutAsking() throws {
        try certificates.openssl("ec -in server.key -aes128 -passout pass:x -out encrypted.key")
        let key = certificates.directory + "/encrypted.key"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        #expect(fault(key: key) == .keyEncrypted(key))
    }

    @Test func refusesBadProtocolNames() throws {
        #expect(throws: TLSContextError.badApplicationProtocol("")) {
            try certificates.serverContext(protocols: [""])
        }
    }

    @Test func aPortInUseIsAnError() throws {
        let server = try TestServer(tls: nil)
        defer { server.stop() }
        let configuration = ListenerConfiguration(host: "127.0.0.1", port: server.listener.port, tls: nil) {
            _ in Probe(Record())
        }
        #expect(throws: NetError.addressInUse(server.listener.addressDescription)) {
            try Listener(configuration, on: server.group)
        }
        #expect(NetError.addressInUse("127.0.0.1:1").description == "127.0.0.1:1 is already in use by another program.")
    }

    /// So that a start knows its port early, and nobody waits at it while it is long in getting ready.
    @Test func aBoundSocketRefusesUntilItListensAndServesBehindThat() throws {
        let group = try ReactorGroup(count: 1)
        defer { group.shutDown(withinMilliseconds: 0) }
        let socket = try BoundSocket(host: "127.0.0.1", port: 0)
        let port = socket.address.port
        func connect() -> Record {
            let record = Record()
            Connector.connect(host: "127.0.0.1", port: port, tls: nil, on: group.reactors[0]) { _ in
                let probe = Probe(record)
                probe.onOpen = { $0.send([1]) }
                return probe
            }
            return record
        }
        #expect(connect().waitUntilClosed() == .connectFailed(errno: ECONNREFUSED))
        try socket.listen()
        let waiting = connect()  // the system takes it; it waits to be accepted
        #expect(waiting.wait { $0.openings == 1 })
        let listener = Listener(
            ListenerConfiguration(host: "127.0.0.1", port: 0, tls: nil) { _ in Echo(Record()) }, on: group,
            taking: socket)
        #expect(listener.port == port)
        #expect(waiting.wait { $0.received == [1] })
        #expect(connect().wait { $0.received == [1] })
    }

    @Test func whoBindsFirstHasThePortOnlyOnceItListens() throws {
        let first = try BoundSocket(host: "127.0.0.1", port: 0)
        let port = first.address.port
        let second = try BoundSocket(host: "127.0.0.1", port: port)
        try second.listen()
        #expect(throws: NetError.addressInUse("127.0.0.1:\(port)")) { try first.listen() }
        #expect(throws: NetError.addressInUse("127.0.0.1:\(port)")) {
            _ = try BoundSocket(host: "127.0.0.1", port: port).address
        }
    }

    @Test func aBoundSocketThatNobodyTakesFreesItsPort() throws {
        let port = try BoundSocket(host: "127.0.0.1", port: 0).address.port
        let configuration = ListenerConfiguration(host: "127.0.0.1", port: port, tls: nil) { _ in Probe(Record()) }
        let group = try ReactorGroup(count: 1)
        defer { group.shutDown(withinMilliseconds: 0) }
        #expect(try Listener(configuration, on: group).port == port)
    }

    @Test(arguments: [
        (host: "127.0.0.1", port: 65_536, fault: NetError.badAddress("127.0.0.1:65536")),
        (host: "127.0.0.1", port: -1, fault: .badAddress("127.0.0.1:-1")),
        (host: "192.0.2.1", port: 0, fault: .badAddress("192.0.2.1:0")),
    ])
    func aBadAddressIsAnError(host: String, port: Int, fault: NetError) throws {
        let group = try ReactorGroup(count: 1)
        defer { group.shutDown(withinMilliseconds: 0) }
        let configuration = ListenerConfiguration(host: host, port: port, tls: nil) { _ in Probe(Record()) }
        #expect(throws: fault) { try Listener(configuration, on: group) }
    }

    @Test func aClosedListenerFreesItsPort() throws {
        let server = try TestServer(tls: nil)
        defer { server.stop() }
        let port = server.listener.port
        server.listener.close()
        let configuration = ListenerConfiguration(host: "127.0.0.1", port: port, tls: nil) { _ in Probe(Record()) }
        var again: Listener?
        let end = Date() + 5
        while again == nil, Date() < end { again = try? Listener(configuration, on: server.group) }
        #expect(again?.port == port)
    }

    @Test func replaceTLSServesTheNewCertificate() throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let client = try certificates.clientContext()
        let before = server.connect(tls: client) { $0.onOpen = { $0.send([1]) } }
        #expect(before.wait { $0.received == [1] })
        #expect(try servedSubject(server).contains("CN = first"))
        server.listener.replaceTLS(
            try .server(certificateFile: certificates.secondCertificate, privateKeyFile: certificates.secondKey))
        #expect(try servedSubject(server).contains("CN = second"))
        server.onConnection(before) { $0.send([2]) }  // the old connection goes on
        #expect(before.wait { $0.received == [1, 2] })
    }

    /// Stricter ones and looser ones, while connections are open that the others let in.
    @Test func replaceLimitsHoldsForNewConnections() throws {
        var limits = ConnectionLimits()
        limits.exemptLoopback = false
        limits.connectionsPerAddress = 1
        let server = try TestServer(tls: nil)
        defer { server.stop() }
        func hello() -> Record { server.connect(tls: nil) { $0.onOpen = { $0.send([1]) } } }
        let before = [hello(), hello()]
        for client in before { #expect(client.wait { $0.received == [1] }) }

        server.listener.replaceLimits(limits)
        let counted = hello()  // the exempt ones are not counted for their address
        #expect(counted.wait { $0.received == [1] })
        let refused = hello()
        #expect(refused.waitUntilClosed() != nil)
        #expect(refused.now.received.isEmpty)
        #expect(server.observer.count(.perAddress) == 1)

        limits.exemptLoopback = true
        limits.unsentBytes = 4_096
        server.listener.replaceLimits(limits)
        let exempt = hello()
        #expect(exempt.wait { $0.received == [1] })
        #expect(try #require(server.record(3)).now.openings == 1)
        for (place, bytes) in [(0, 98_304), (3, 4_096)] {  // each keeps what held when it came
            server.onConnection(try #require(server.record(place))) { #expect($0.limits.unsentBytes == bytes) }
        }
        for client in before + [counted, exempt] { server.onConnection(client) { $0.close() } }
        #expect(server.waitUntilEmpty())
        #expect(server.listener.connectionCount == 0)
    }

    @Test func theDescriptorLimitIsTheProcesss() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(descriptorLimit() == Int(clamping: limit.rlim_cur))
        #expect(highestDescriptorLimit() == Int(clamping: limit.rlim_max))
        raiseDescriptorLimit()
        #expect(descriptorLimit() == Int(clamping: limit.rlim_max))
    }

    private func servedSubject(_ server: TestServer) throws -> String {
        try run("openssl", ["s_client", "-connect", server.listener.addressDescription]).output
    }

    // MARK: the client's side

    @Test func anUnknownAuthorityIsUntrusted() throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let client = server.connect(tls: try .client(caFile: certificates.otherCA))
        guard case .untrusted(let reason)? = client.waitUntilClosed() else {
            Issue.record("\(String(describing: client.now.endings))")
            return
        }
        #expect(reason.contains("local issuer certificate"))
        #expect(client.now.openings == 0)
        #expect(server.waitUntilEmpty())
        #expect(server.observer.count(.failed) + server.observer.count(.full) == 1)
    }

    @Test(arguments: ["example.com", "127.0.0.2"]) func anotherNameIsUntrusted(name: String) throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let client = server.connect(tls: try certificates.clientContext(), serverName: name)
        guard case .untrusted(let reason)? = client.waitUntilClosed() else {
            Issue.record("\(String(describing: client.now.endings))")
            return
        }
        #expect(reason.contains("mismatch"))
        #expect(client.now.openings == 0)
    }

    @Test func resolvesNamesAndVerifiesThem() throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let client = server.connect(tls: try certificates.clientContext(), host: "localhost") { probe in
            probe.onOpen = { $0.send([1]) }
        }
        #expect(client.wait { $0.received == [1] })
        #expect(client.now.remoteAddress?.host == "127.0.0.1")
    }

    @Test func saysWhyItCannotConnect() throws {
        let group = try ReactorGroup(count: 1)
        defer { group.shutDown(withinMilliseconds: 0) }
        func reason(_ host: String, _ port: Int, tls: TLSContext? = nil, milliseconds: Int = 5_000) -> CloseReason? {
            let record = Record()
            Connector.connect(
                host: host, port: port, tls: tls, on: group.reactors[0], timeoutMilliseconds: milliseconds
            ) { _ in Probe(record) }
            return record.waitUntilClosed()
        }
        let server = try TestServer(tls: nil)
        let freePort = server.listener.port
        let silent = try TestServer(tls: nil) { _, record in Probe(record) }
        defer { silent.stop() }
        server.stop()
        #expect(reason("127.0.0.1", freePort) == .connectFailed(errno: ECONNREFUSED))
        if case .cannotResolve? = reason("name.invalid", 1) {} else { Issue.record("resolved name.invalid") }
        if case .cannotResolve? = reason("127.0.0.1", 70_000) {} else { Issue.record("took port 70000") }
        let tls = try certificates.clientContext()
        #expect(reason("127.0.0.1", silent.listener.port, tls: tls, milliseconds: 200) == .handshakeTimedOut)
    }

    @Test func missingTrustFileIsNamed() {
        #expect(throws: TLSContextError.fileMissing("/nowhere/ca.pem")) {
            try TLSContext.client(caFile: "/nowhere/ca.pem")
        }
    }
}
