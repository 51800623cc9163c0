// The table of settings, as data: a row for each, which file, environment and flags are read through. What else a new
// one needs stands in Contributing.md#A-setting; tests compare the table with itself, with the flags of `sangdam
// serve`, with deploy/sangdam.yaml and with the page about limits.

internal import SangdamCore
internal import SangdamMail
internal import SangdamNet
internal import SangdamProtocol
internal import SangdamWire

extension Setting {
    /// Every setting with a single value, in the order of the file. Topics, queues and contacts are lists and are read
    /// by `DeskReader`.
    package static let table: [Setting] = server + web + inquiry + mail + network + wire + desk + inquiryLimits + login

    private static let server: [Setting] = [
        Setting(
            "listen", .address, \.listen,
            flag: Flag("Where customers and agents connect (TLS). Default: {default}.", valueName: "host:port"),
            reloadable: false, "the chat port"),
        Setting(
            "admin_listen", .address, \.adminListen,
            flag: Flag("Metrics and health, plain HTTP. Default: {default}.", valueName: "host:port"),
            reloadable: false, "metrics and health, plain HTTP"),
        Setting("admin_hosts", .hosts, \.adminHosts, "further names that the admin port answers to"),
        Setting(
            "data", .text, \.dataDirectory,
            flag: Flag("Journal and accounts. Default: {default}.", valueName: "dir"),
            reloadable: false, "journal and accounts"),
        Setting(
            "certificate", .text, \.certificateFile,
            flag: Flag("The certificate and its chain, PEM.", valueName: "file"),
            "the server's certificate chain, PEM"),
        Setting(
            "private_key", .text, \.privateKeyFile,
            flag: Flag("Its private key, PEM, readable by its owner only.", valueName: "file"),
            "its key, PEM, mode 0600"),
        Setting(
            "ticket_keys", .optionalText, \.ticketKeyFile,
            flag: Flag(
                "Keys of TLS session tickets, readable by their owner only. Default: tickets end with the process.",
                valueName: "file"),
            "keys of TLS session tickets, mode 0600"),
        Setting(
            "reactors", .whole(0...64), \.reactors, flag: Flag("Event loops. Default: one for each core."),
            reloadable: false, "network threads; 0 is one a core"),
        Setting(
            "durability", .choice, \.durability,
            flag: Flag(
                """
                commit: what is acknowledged is on disk; interval: synced every 100 ms; none: left to the kernel. \
                Default: {default}.
                """),
            reloadable: false, "when the journal is flushed"),
        Setting("faq", .optionalText, \.faqFile, "frequent questions, a file or a folder"),
    ]

    private static let web: [Setting] = [
        Setting("allowed_origins", .origins, \.web.allowedOrigins, "other sites whose pages may speak WebSocket"),
        Setting("frame_ancestors", .origins, \.web.frameAncestors, "other sites that may show the chat in a frame"),
        Setting(
            "strict_transport_seconds", .whole(0...63_072_000), \.web.strictTransportSeconds,
            "that browsers shall come by TLS only; 0 says nothing about it"),
    ]

    private static let inquiry: [Setting] = [
        Setting(
            "inquiry.due_hours", .hours(1...720), \.desk.inquiry.due, "until an inquiry is to be answered"),
        Setting("inquiry.clock", .choice, \.desk.inquiry.clock, "whose hours count until then"),
        Setting("inquiry.capacity", .whole(1...100), \.desk.inquiry.capacity, "inquiries in one agent's hands"),
        Setting(
            "inquiry.close_days", .days(1...365), \.desk.inquiry.lapse,
            "until an answered inquiry to which nothing is said is closed"),
        Setting(
            "inquiry.memory_days", .days(1...365), \.desk.inquiry.memory,
            "that a closed inquiry can be read and reopened"),
    ]

    private static let mail: [Setting] = [
        Setting("mail.smtp", .mailServer, \.mail.server, "the mail server that takes our mails"),
        Setting("mail.starttls", .choice, \.mail.startTLS, "whether the way to it is encrypted"),
        Setting("mail.user", .optionalText, \.mail.user, "whom it knows us as"),
        Setting("mail.password_file", .optionalText, \.mail.passwordFile, "a file with the password, mode 0600"),
        Setting("mail.from", .emailAddress, \.mail.from, "whom our mails come from"),
        Setting("mail.reply_to", .emailAddress, \.mail.replyTo, "where replies to them go"),
        Setting(
            "mail.ca_file", .optionalText, \.mail.authorityFile, "authorities that the mail server is trusted by, PEM"),
    ]

    private static let network: [Setting] = [
        Setting("limits.handshake_seconds", .seconds(1...60), \.net.handshakeMilliseconds, "for a TLS handshake"),
        Setting("limits.unsent_bytes", .whole(16_384...16_777_216), \.net.unsentBytes, "held for one slow peer"),
        Setting(
            "limits.connections", .whole(0...1_000_000), \.connections,
            "at once; 0 is as many as the file descriptors allow, at most 20,000"),
        Setting(
            "limits.connections_per_address", .whole(1...1_000_000), \.net.connectionsPerAddress,
            "at once from one source address"),
        Setting(
            "limits.connections_per_address_per_minute", .whole(1...1_000_000), \.net.connectionsPerAddressMinute,
            "new ones from one source address"),
        Setting("limits.exempt_loopback", .truth, \.net.exemptLoopback, "loopback has no limit by address"),
    ]

    private static let wire: [Setting] = [
        Setting(
            "limits.first_bytes_seconds", .seconds(1...120), \.wire.helloTimeout, also: [\.wire.http.headTimeout],
            "for a program's hello, a browser's request"),
        Setting(
            "limits.hand_latch_milliseconds", .milliseconds(50...5000), \.wire.handLatch,
            "silence that means a person"),
        Setting("limits.hand_line_bytes", .whole(256...65_536), \.wire.handLineBytes, "of a line by hand"),
        Setting(
            "limits.message_bytes", .whole(1024...1_048_576), \.wire.jsonLineBytes,
            also: [\.wire.webSocket.messageLimitBytes], "of a JSON line or WebSocket message"),
        Setting(
            "limits.message_fragments", .whole(1...4096), \.wire.webSocket.fragmentLimit, "of a WebSocket message"),
        Setting(
            "limits.control_frames_per_second", .whole(1...1000), \.wire.webSocket.controlFramesPerSecond,
            "pings and pongs of WebSocket"),
        Setting(
            "limits.http_head_bytes", .whole(1024...65_536), \.wire.http.headLimitBytes,
            "of an HTTP request with its fields"),
        Setting("limits.http_fields", .whole(16...256), \.wire.http.fieldLimit, "of an HTTP request"),
        Setting(
            "limits.customer_idle_seconds", .seconds(1...86_400), \.desk.limits.idleSession,
            "until a silent connection without a chat is closed"),
    ]

    private static let desk: [Setting] = [
        Setting(
            "limits.text_bytes", .whole(100...262_144), \.desk.limits.textBytes, also: [\.wire.textBytes],
            "of a message's text"),
        Setting("limits.message_burst", .whole(1...1_000_000), \.desk.limits.messageBurst, "of one customer"),
        Setting(
            "limits.messages_per_second", .number(0.1...1_000_000), \.desk.limits.messagesPerSecond,
            "of one customer, after the burst"),
        Setting("limits.queue_length", .whole(1...1_000_000), \.desk.limits.queueLength, "waiting in one queue"),
        Setting("limits.sessions_per_party", .whole(1...64), \.desk.limits.sessionsPerParty, "connections at once"),
        Setting("limits.offer_seconds", .seconds(1...600), \.desk.limits.offerTimeout, "for an answer to an offer"),
        Setting(
            "limits.unanswered_until_break", .whole(1...100), \.desk.limits.unansweredUntilBreak,
            "offers in a row that put an agent on break"),
        Setting("limits.wrap_up_seconds", .seconds(0...3600), \.desk.limits.wrapUp, "that wrap-up holds the slot"),
        Setting(
            "limits.customer_hold_seconds", .seconds(0...86_400), \.desk.limits.customerHold,
            "that a lost customer's conversation is held"),
        Setting(
            "limits.waiting_hold_seconds", .seconds(0...86_400), \.desk.limits.waitingHold,
            "that a lost customer's place in a queue is held"),
        Setting(
            "limits.agent_hold_seconds", .seconds(0...3600), \.desk.limits.agentHold,
            "that a lost agent's chats are held"),
        Setting(
            "limits.idle_reminder_seconds", .seconds(1...86_400), \.desk.limits.idleReminder,
            "of silence until a reminder"),
        Setting("limits.idle_end_seconds", .seconds(1...86_400), \.desk.limits.idleEnd, "of silence until the end"),
        Setting(
            "limits.short_abandonment_seconds", .seconds(0...600), \.desk.limits.shortAbandonment,
            "below which an abandonment is short"),
        Setting("limits.rating_seconds", .seconds(0...86_400), \.desk.limits.rating, "that an ended chat can be rated"),
        Setting(
            "limits.expected_handling_seconds", .seconds(1...86_400), \.desk.limits.expectedHandling,
            "a chat takes, until some were seen"),
    ]

    private static let inquiryLimits: [Setting] = [
        Setting(
            "limits.inquiry_bytes", .whole(100...65_536), \.desk.inquiry.textBytes, also: [\.wire.inquiryBytes],
            "of an inquiry's question, of an answer, and of what is added"),
        Setting(
            "limits.inquiries_per_hour", .whole(1...1000), \.desk.inquiry.perHour,
            "of one customer, and with one e-mail address"),
        Setting(
            "limits.inquiries_per_address_per_hour", .whole(1...100_000), \.desk.inquiry.perOriginHour,
            "from one source address"),
        Setting(
            "limits.inquiry_additions_per_hour", .whole(1...1000), \.desk.inquiry.repliesPerHour,
            "that a customer makes to one inquiry"),
        Setting("limits.inquiries_open", .whole(1...100_000), \.desk.inquiry.openLimit, "waiting for an answer"),
    ]

    private static let login: [Setting] = [
        Setting(
            "limits.wrong_passwords_per_minute", .whole(1...1000), \.login.wrongPerMinute,
            "for one account from one address"),
        Setting(
            "limits.wrong_passwords_until_lock", .whole(1...10_000), \.login.wrongUntilLock,
            "for one account from one address"),
        Setting("limits.lock_seconds", .seconds(1...86_400), \.login.lock, "that the lock lasts"),
        Setting("limits.logins_waiting", .whole(1...10_000), \.login.waiting, "passwords waiting to be hashed"),
    ]
}
