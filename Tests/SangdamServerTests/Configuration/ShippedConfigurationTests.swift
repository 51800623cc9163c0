// deploy/sangdam.yaml against the code and Limits.md#Overview: it is what operators start from.

import Foundation
import SangdamCore
import SangdamHours
import SangdamNet
import SangdamProtocol
import SangdamWire
import Testing

@testable import SangdamServer

@Suite("The shipped configuration")
struct ShippedConfigurationTests {
    private func shipped() throws -> ServerConfiguration {
        try ServerConfiguration.load(
            file: repositoryPath + "/deploy/sangdam.yaml", environment: [:])
    }

    @Test("It is valid, and beside the sample desk it changes nothing")
    func defaults() throws {
        var configuration = try shipped()
        let desk = configuration.desk
        configuration.file = nil
        configuration.desk.name = DeskConfiguration.unconfigured.name
        configuration.desk.topics = DeskConfiguration.unconfigured.topics
        configuration.desk.queues = DeskConfiguration.unconfigured.queues
        configuration.desk.contacts = []
        #expect(configuration.faqFile == "faq.yaml")
        #expect(configuration.faq.count == 20)
        (configuration.faqFile, configuration.faq) = (nil, [])
        configuration.hours = HoursPlan()
        #expect(configuration == ServerConfiguration())
        #expect(desk.limits == DeskLimits())
    }

    @Test("It holds every setting, so that nobody has to look for one elsewhere")
    func complete() throws {
        // Without its line, each key must be missed: so each stands there, exactly once.
        let text = try String(contentsOfFile: repositoryPath + "/deploy/sangdam.yaml", encoding: .utf8)
        let folder = try TemporaryFolder()
        let broken = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let key = line.prefix { $0 != ":" }.trimmingCharacters(in: .whitespaces)
            let isSetting =
                !line.hasPrefix("#") && !line.hasPrefix("   ") && line.contains(": ") && !key.hasPrefix("- ")
            return isSetting && !["name", "time_zone"].contains(key) && !key.hasPrefix("#")
                ? line.replacingOccurrences(of: "\(key):", with: "x_\(key):") : String(line)
        }.joined(separator: "\n")
        let file = try folder.write(broken, to: "broken.yaml")
        try FileManager.default.copyItem(
            atPath: repositoryPath + "/deploy/holidays-kr.ics", toPath: folder.path + "/holidays-kr.ics")
        let errors = try #require(throws: ConfigurationErrors.self) {
            try ServerConfiguration.load(file: file, environment: [:])
        }
        #expect(errors.faults.count == Setting.table.count, "\(errors)")
    }

    /// The bounds of Limits.md#Connections and behind, as numbers of their own.
    @Test("The documented defaults")
    func documentedDefaults() throws {
        let configuration = try shipped()
        let limits = configuration.desk.limits
        #expect(configuration.listen.description == "127.0.0.1:8443")
        #expect(configuration.adminListen.description == "127.0.0.1:9464")
        #expect(configuration.adminHosts.isEmpty)
        #expect(configuration.dataDirectory == "./data")
        #expect(configuration.durability == .commit)
        #expect(configuration.net.handshakeMilliseconds == 5000)
        #expect(configuration.net.unsentBytes == 96 * 1024)
        #expect(configuration.net.connectionsPerAddress == 64)
        #expect(configuration.net.connectionsPerAddressMinute == 120)
        #expect(configuration.net.exemptLoopback)
        #expect(configuration.wire.helloTimeout == .seconds(10))
        #expect(configuration.wire.handLatch == Interval(milliseconds: 300))
        #expect(configuration.wire.handLineBytes == 4096)
        #expect(configuration.wire.jsonLineBytes == 16 * 1024)
        #expect(configuration.wire.webSocket.fragmentLimit == 64)
        #expect(configuration.wire.webSocket.controlFramesPerSecond == 10)
        #expect(configuration.wire.http.headLimitBytes == 8 * 1024)
        #expect(configuration.wire.http.fieldLimit == 64)
        #expect(configuration.web == WebSettings())
        #expect(configuration.login.wrongPerMinute == 3)
        #expect(configuration.login.wrongUntilLock == 20)
        #expect(configuration.login.lock == .seconds(3600))
        #expect(limits.textBytes == 4000)
        #expect(limits.messageBurst == 20)
        #expect(limits.messagesPerSecond == 5)
        #expect(limits.idleReminder == .seconds(180))
        #expect(limits.idleEnd == .seconds(600))
        #expect(limits.queueLength == 10_000)
        #expect(limits.customerHold == .seconds(300))
        #expect(limits.agentHold == .seconds(60))
        #expect(limits.offerTimeout == .seconds(20))
        #expect(limits.wrapUp == .seconds(120))
    }

    @Test("Who asks for no number of connections gets the network's own")
    func connectionsByDefault() {
        let configuration = ServerConfiguration()
        #expect(configuration.connections == 0 && configuration.net.maximumConnections == 20_000)
        #expect(configuration.connectionLimits(descriptors: .max) == configuration.net)
    }

    @Test("No more connections than the process has descriptors for", arguments: [0, 1, 20_000, 1_000_000])
    func descriptors(connections: Int) {
        var configuration = ServerConfiguration()
        configuration.connections = connections
        let allowed = configuration.connectionLimits.maximumConnections
        #expect(allowed >= 1 && (allowed <= connections || connections == 0) && allowed < descriptorLimit())
    }

    @Test("What nothing reads cannot be set")
    func withoutEffect() throws {
        let folder = try TemporaryFolder()
        for key in ["http_body_bytes", "websocket_fragments"] {
            let file = try folder.write("limits: {\(key): 64}\n", to: "\(key).yaml")
            let errors = try #require(throws: ConfigurationErrors.self) {
                try ServerConfiguration.load(file: file, environment: [:])
            }
            #expect(errors.description.contains(key), "\(errors)")
        }
    }

    @Test("The sample desk is the one of the mission")
    func desk() throws {
        let desk = try shipped().desk
        #expect(desk.topics.map(\.id) == ["payment", "refund", "account", "service", "fraud", "general"])
        let fraud = try #require(desk.queues.first { $0.id == "fraud" })
        #expect(fraud.needsSpecialist)
        #expect(desk.queues.allSatisfy { $0.id == "fraud" || $0.priority < fraud.priority && !$0.needsSpecialist })
        #expect(desk.contacts.map(\.phone) == ["1588-3819", "1588-3816"])
        #expect(desk.topics.first { $0.id == "fraud" }?.contact == "fraud")
        // Chats at any hour, telephones on working days.
        #expect(desk.queues.allSatisfy { $0.hours == nil && $0.unstaffed == .chat })
        #expect(desk.contacts.allSatisfy { $0.schedule == "office" })
        let questions = try #require(desk.topics.first { $0.id == "fraud" }?.intake)
        #expect(questions.filter(\.isRequired).map(\.id) == ["when", "transactions"])
        #expect(desk.topics.allSatisfy { $0.id == "fraud" || $0.intake == nil })
        for labels in questions.dropFirst().map(\.labels) {
            #expect(Set(labels.byLanguage.keys) == Set(Language.allCases))
        }
        for labels in desk.topics.map(\.labels) + desk.queues.map(\.labels) + desk.contacts.map(\.hours) + [desk.name] {
            #expect(Set(labels.byLanguage.keys) == Set(Language.allCases))
        }
    }

    @Test(
        "Its telephones keep Korea's working days: lunar days, substitutes, elections",
        arguments: [
            ("2026-02-17", "설날"), ("2026-03-02", "삼일절 대체 휴일"), ("2026-06-03", "지방선거일"), ("2026-09-25", "추석"),
            ("2027-02-09", "설날 대체 휴일"), ("2028-04-12", "국회의원 선거일"), ("2028-10-05", "추석 대체 휴일"),
            ("2026-12-24", nil),
        ])
    func holidays(text: String, name: String?) throws {
        let hours = try #require(try shipped().hours.named["office"])
        let day = try #require(Day(text))
        let found = try #require(hours.days(day...day).first)
        #expect(found.reason == (name.map { .holiday($0) } ?? .weekly))
        #expect(found.spans == (name == nil ? [540..<1080] : []))
    }

    @Test("A desk works before it is configured")
    func unconfigured() throws {
        let configuration = try ServerConfiguration.load(file: nil, environment: [:])
        #expect(configuration == ServerConfiguration())
        #expect(configuration.desk == .unconfigured)
        let folder = try TemporaryFolder()
        let empty = try folder.write("# nothing yet\n", to: "empty.yaml")
        #expect(
            try ServerConfiguration.load(file: empty, environment: [:]).desk == .unconfigured)
    }
}
