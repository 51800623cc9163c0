// Every fault that a file can have is told with its line and in words that help.

import SangdamServer
import Testing

@Suite("Broken configuration files")
struct BrokenConfigurationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let yaml: String
        let line: Int?
        /// All of them stand in the message.
        let words: [String]

        init(_ yaml: String, _ line: Int?, _ words: String...) {
            self.yaml = yaml
            self.line = line
            self.words = words
        }

        var testDescription: String { yaml.split(separator: "\n").last.map(String.init) ?? "empty" }
    }

    static let queues = """
        queues:
          - id: general
            labels: {ko: 일반}

        """

    private static func openRow(_ hours: String) -> String {
        "contacts:\n  - {id: a, labels: {ko: 가}, phone: \"1\", hours: {ko: 나}, open: \(hours)}\n"
    }

    private static func intakeRow(_ intake: String) -> String {
        queues + "topics:\n  - {id: pay, labels: {ko: 가}, queue: general,\n     intake: \(intake)}\n"
    }

    private static func mailRow(_ more: String, without key: String = "") -> String {
        let lines = ["smtp: smtp://mail.example.com", "from: desk@example.com", "reply_to: replies@example.com"]
        return "mail:\n" + (lines.filter { !$0.hasPrefix("\(key):") } + [more]).map { "  \($0)\n" }.joined()
    }

    static let rows: [Row] = [
        // Keys
        Row("listne: 127.0.0.1:1\n", 1, "unknown key `listne`", "did you mean `listen`?"),
        Row("# a comment\n\nlimits:\n  text_byte: 4000\n", 4, "unknown key `text_byte`", "`text_bytes`"),
        Row("colour: red\n", 1, "unknown key `colour`", "the file has `listen`"),
        Row("data: a\nreactors: 2\ndata: b\n", 3, "`data` stands twice", "line 1"),
        Row(
            "limits:\n  text_bytes: 4000\n  queue_length: 1\n  text_bytes: 4\n", 4, "`text_bytes` stands twice",
            "line 2"),
        Row("name: {ko: 가, en: a, ko: 나}\n", 1, "`ko` stands twice"),
        Row("[a, b]: c\n", 1, "a key must be a word"),
        // Kinds
        Row("- listen\n", 1, "the file must be a mapping", "not a list"),
        Row("just words\n", 1, "the file must be a mapping", "`just words`"),
        Row("limits: 5\n", 1, "`limits` must be a mapping", "`5`"),
        Row("data:\n", 1, "`data`", "must be a text", "nothing"),
        Row("data: [a]\n", 1, "`data`", "a list"),
        Row("reactors: two\n", 1, "`reactors`", "a whole number from 0 to 64", "`two`"),
        Row("reactors: \"2\"\n", 1, "a whole number", "the text \"2\""),
        Row("reactors: 2.5\n", 1, "a whole number", "`2.5`"),
        Row("reactors: 0x2\n", 1, "a whole number", "`0x2`"),
        Row("limits:\n  exempt_loopback: yes\n", 2, "true or false", "`yes`"),
        Row("topics: general\n" + queues, 1, "`topics` must be a list"),
        // Values
        Row("reactors: 65\n", 1, "from 0 to 64", "`65`"),
        Row("reactors: 99999999999999999999\n", 1, "from 0 to 64"),
        Row("listen: 8443\n", 1, "`listen`", "HOST:PORT", "`8443`"),
        Row("listen: ::1:8443\n", 1, "HOST:PORT", "[::1]:8443"),
        Row("listen: 127.0.0.1:65536\n", 1, "HOST:PORT"),
        Row("admin_hosts: chat-1:9464\n", 1, "`admin_hosts`", "host names without ports", "`chat-1:9464`"),
        Row("durability: always\n", 1, "`commit`, `interval`, `none`", "`always`"),
        Row("limits:\n  handshake_seconds: 0\n", 2, "seconds from 1 to 60", "`0`"),
        Row("limits:\n  handshake_seconds: .nan\n", 2, "seconds from 1 to 60"),
        Row("limits:\n  messages_per_second: .inf\n", 2, "a number from 0.1"),
        Row("limits:\n  hand_latch_milliseconds: 300.5\n", 2, "whole milliseconds"),
        // Together
        Row("limits:\n  idle_reminder_seconds: 600\n", nil, "idle_reminder_seconds", "below", "idle_end_seconds"),
        Row("limits:\n  text_bytes: 20000\n", nil, "text_bytes", "not be above", "message_bytes"),
        Row("limits:\n  message_bytes: 200000\n", nil, "message_bytes", "not be above", "unsent_bytes"),
        Row("listen: 127.0.0.1:9464\n", nil, "`listen` and `admin_listen` must differ"),
        Row("limits:\n  inquiry_bytes: 20000\n", nil, "inquiry_bytes", "not be above", "message_bytes"),
        // Inquiries and mail
        Row("inquiry: {due_hours: 0}\n", 1, "`inquiry.due_hours`", "whole hours from 1 to 720"),
        Row("inquiry: {clock: sun}\n", 1, "`inquiry.clock`", "`wall`, `hours`"),
        Row("inquiry: {due_hour: 24}\n", 1, "unknown key `due_hour`", "did you mean `due_hours`?"),
        Row("mail: {smtp: mail.example.com}\n", 1, "`mail.smtp`", "smtp://mail.example.com:587"),
        Row("mail: {smtp: \"smtp://a@b/c\"}\n", 1, "`mail.smtp`"),
        Row("mail: {from: desk}\n", 1, "`mail.from`", "an e-mail address"),
        Row("mail: {from: \"a@b.example, c@d.example\"}\n", 1, "`mail.from`"),
        Row(mailRow("", without: "from"), nil, "`mail.smtp` needs `mail.from`"),
        Row(mailRow("", without: "reply_to"), nil, "`mail.smtp` needs `mail.reply_to`"),
        Row(
            mailRow("reply_to: a-name-of-22-letters--@example.com", without: "reply_to"), nil, "`mail.reply_to`",
            "at most 21 characters"),
        Row(mailRow("user: desk"), nil, "`mail.user` and `mail.password_file` go together"),
        Row(
            mailRow("user: desk\n  password_file: p\n  starttls: \"off\""), nil,
            "`mail.user` needs `mail.starttls: required`",
            "in the clear"),
        // The desk
        Row("topics: []\n" + queues, 1, "a list of 1 to 50"),
        Row(queues, 1, "`queues` without `topics`"),
        Row("topics:\n  - {id: a, labels: {ko: 가}, queue: general}\n", 1, "`topics` without `queues`"),
        Row(
            queues + "topics:\n  - id: pay\n    labels: {ko: 가}\n    queue: genral\n", 7, "unknown queue, `genral`",
            "did you mean `general`?"),
        Row(
            queues + "topics:\n  - id: pay\n    labels: {ko: 가}\n    queue: x\n", 7, "unknown queue",
            "there are `general`"),
        Row(
            queues + "topics:\n  - id: pay\n    labels: {ko: 가}\n    queue: general\n    contact: help\n", 8,
            "unknown contact", "there is none"),
        Row(queues + "topics:\n  - labels: {ko: 가}\n    queue: general\n", 5, "this topic has no `id`"),
        Row(queues + "topics:\n  - id: pay\n    labels: {ko: 가}\n", 5, "this topic has no `queue`"),
        Row(queues + "topics:\n  - id: pay\n    queue: general\n", 5, "this topic has no `labels`"),
        Row(
            queues
                + "topics:\n  - {id: a, labels: {ko: 가}, queue: general}\n  - {id: a, labels: {ko: 나}, queue: general}\n",
            6, "the topic `a` stands twice"),
        Row(
            queues + "  - id: general\n    labels: {ko: 둘}\ntopics:\n  - {id: a, labels: {ko: 가}, queue: general}\n", 4,
            "the queue `general` stands twice"),
        Row(
            queues + "    prioritiy: 3\ntopics:\n  - {id: a, labels: {ko: 가}, queue: general}\n", 4,
            "unknown key `prioritiy`", "did you mean `priority`?"),
        Row(
            queues + "    priority: 101\ntopics:\n  - {id: a, labels: {ko: 가}, queue: general}\n", 4,
            "`priority`", "-100 to 100"),
        Row(
            queues + "    specialists: 1\ntopics:\n  - {id: a, labels: {ko: 가}, queue: general}\n", 4,
            "`specialists`", "true or false"),
        Row(
            queues + "topics:\n  - {id: 결제, labels: {ko: 가}, queue: general}\n", 5, "a topic's `id`", "A-Z a-z 0-9"),
        // What topics ask
        Row(intakeRow("what"), 6, "a topic's `intake` must be a list", "`what`"),
        Row(intakeRow("[{labels: {ko: 가}}]"), 6, "this question has no `id`"),
        Row(intakeRow("[{id: shop}]"), 6, "this question has no `labels`"),
        Row(intakeRow("[{id: 가게, labels: {ko: 가}}]"), 6, "a question's `id`", "A-Z a-z 0-9"),
        Row(intakeRow("[{id: what}, {id: what}]"), 6, "the question `what` stands twice"),
        Row(intakeRow("[{id: what, require: true}]"), 6, "unknown key `require`", "did you mean `required`?"),
        Row(intakeRow("[{id: what, required: 1}]"), 6, "a question's `required` must be true or false", "`1`"),
        Row(intakeRow("[{id: what, kind: number}]"), 6, "`kind` must be one of `text`, `date`", "`number`"),
        Row(intakeRow("[{id: what, kind: choice}]"), 6, "this question of the kind `choice` has no `choices`"),
        Row(intakeRow("[{id: what, choices: [{id: a, labels: {ko: 가}}]}]"), 6, "`choices` belong to", "not `text`"),
        Row(intakeRow("[{id: what, kind: choice, choices: []}]"), 6, "`choices` must be a list of 1 to 12"),
        Row(intakeRow("[{id: what, kind: choice, choices: [{id: a}]}]"), 6, "this choice has no `labels`"),
        Row(
            intakeRow("[{id: what, kind: choice, choices: [{id: a, labels: {ko: 가}}, {id: a, labels: {ko: 나}}]}]"), 6,
            "the choice `a` stands twice"),
        Row(
            intakeRow("[" + (1...13).map { "{id: q\($0), labels: {ko: 가}}" }.joined(separator: ", ") + "]"), 6,
            "a topic's `intake` must be a list of 1 to 12, not 13"),
        Row(
            queues + "topics:\n"
                + (1...7).map { topic in
                    let intake = (1...12).map { "{id: q\($0), labels: {ko: 가}}" }.joined(separator: ", ")
                    return "  - {id: t\(topic), labels: {ko: 가}, queue: general, intake: [\(intake)]}\n"
                }.joined(), 11, "more than 80 questions and choices together"),
        Row("name: {}\n", 1, "at least one of ko, en, ja, zh"),
        Row("name: {fr: Bureau}\n", 1, "unknown key `fr`"),
        Row("name: {ko: \"\"}\n", 1, "`name` in ko", "1 to 200 bytes"),
        Row("name: {ko: \"a\\nb\"}\n", 1, "line ends, control"),
        Row("name: {ko: \"a\\u202Eb\"}\n", 1, "direction or invisible characters"),
        Row("name: {ko: \"a\\u200Bb\"}\n", 1, "direction or invisible characters"),
        Row("name: {ko: \"\\u3000\"}\n", 1, "nothing to see"),
        Row("contacts:\n  - id: a\n    labels: {ko: 가}\n    hours: {ko: 나}\n", 2, "this contact has no `phone`"),
        Row(openRow("9-18"), 2, "a contact's `open` must be like `Mon-Fri 09:00-18:00", "not `9-18`"),
        Row(openRow("always except 2027-01-01"), 2, "a contact's `open` needs an offset"),
        Row(openRow("always +09:00 except"), 2, "a contact's `open` has no day behind `except`"),
        Row(openRow("always +09:00 except 2027-02-30"), 2, "has `2027-02-30` behind `except`, which is no day"),
        Row(openRow("always +09:00 except 2027-02-09..2027-02-06"), 2, "which ends before it begins"),
        Row(
            openRow("always +09:00 except" + String(repeating: " 2027-01-01", count: 201)), 2,
            "more than 200 days and ranges"),
        // Not YAML
        Row("listen: [\n", 2, "not YAML"),
        Row("a: b: c\n", 1, "not YAML", "mapping values are not allowed"),
        Row("\tlisten: a\n", 1, "not YAML"),
        Row("reactors: 1\nlisten: [::]:8443\n", 2, "not YAML", "put a value that begins with [ into quotes"),
        Row("frame_ancestors:  *.example.com\n", 1, "not YAML", "put a value that begins with * into quotes"),
        Row("data: @home\n", 1, "not YAML", "put a value that begins with @ into quotes"),
    ]

    @Test("One fault, its line, its words", arguments: rows)
    func fault(row: Row) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(row.yaml, to: "sangdam.yaml")
        let errors = try #require(throws: ConfigurationErrors.self) {
            try ServerConfiguration.load(file: file, environment: [:])
        }
        #expect(errors.faults.count == 1, "\(errors)")
        let fault = try #require(errors.faults.first)
        #expect(fault.file == file)
        #expect(fault.line == row.line, "\(fault)")
        for word in row.words { #expect(fault.message.contains(word), "\(fault)") }
        let origin = row.line.map { "\(file):\($0): " } ?? "\(file): "
        #expect(fault.description == origin + fault.message)
        #expect(errors.exitCode == 78)
    }

    @Test("All faults are told, in the order of their lines")
    func allFaults() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            reactors: many
            listne: 127.0.0.1:1
            durability: sometimes
            durability: commit
            limits:
              text_bytes: 1
              unsent: 5
            topics:
              - id: a
                queue: nowhere
            queues:
              - labels: {ko: 가}
            """, to: "sangdam.yaml")
        let errors = try #require(throws: ConfigurationErrors.self) {
            try ServerConfiguration.load(
                file: file, flags: ["listen": .text("nowhere")], environment: ["SANGDAM_REACTORS": "some"])
        }
        #expect(errors.faults.compactMap(\.line) == [1, 2, 3, 4, 6, 7, 9, 10, 12])
        #expect(
            errors.faults.filter { $0.line == nil }.map(\.description).sorted() == [
                "--listen: must be HOST:PORT, such as 127.0.0.1:8443 or [::1]:8443, not `nowhere`",
                "environment SANGDAM_REACTORS: network threads; 0 is one a core: must be a whole number from 0 to 64, not `some`",
            ])
    }

    @Test("A file that cannot be read")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        func message(_ file: String) throws -> String {
            try #require(throws: ConfigurationErrors.self) {
                try ServerConfiguration.load(file: file, environment: [:])
            }.description
        }
        #expect(try message(folder.path + "/none") == "\(folder.path)/none: cannot be read: No such file or directory")
        #expect(try message(folder.path) == "\(folder.path): cannot be read: Is a directory")
        let long = try folder.write(String(repeating: "#\n", count: 600_000), to: "long")
        #expect(try message(long) == "\(long): cannot be read: longer than 1048576 bytes")
        let latin = folder.path + "/latin"
        try writeBytes(Array("a: 1\nb: ".utf8) + [0xE9, 0x0A], to: latin)
        #expect(try message(latin) == "\(latin):2: not UTF-8")
    }
}
