// The table of settings, as data: a row for each, which file, environment and flags are read through. What else a new
// one needs stands in Contributing.md#A-setting; tests compare the table with deploy/sangdam.yaml and with the page about
// limits.

import SangdamCore

extension Setting {
    /// Every setting with a single value, in the order of the file. Topics, queues and contacts are lists and are read
    /// by `DeskSection`.
    static let table: [Setting] = server + web + network + wire + desk + login

    private static let server: [Setting] = [
        Setting("listen", .address(\.listen), reloadable: false, "the chat port"),
        Setting("admin_listen", .address(\.adminListen), reloadable: false, "metrics and health, plain HTTP"),
        Setting("admin_hosts", .hosts(\.adminHosts), "further names that the admin port answers to"),
        Setting("data", .text(\.dataDirectory), reloadable: false, "journal and accounts"),
        Setting("certificate", .text(\.certificateFile), "the server's certificate chain, PEM"),
        Setting("private_key", .text(\.privateKeyFile), "its key, PEM, mode 0600"),
        Setting("ticket_keys", .optionalText(\.ticketKeyFile), "keys of TLS session tickets, mode 0600"),
        Setting("reactors", .whole(\.reactors, 0...64), reloadable: false, "network threads; 0 is one a core"),
        Setting("durability", .durability(\.durability), reloadable: false, "when the journal is flushed"),
    ]

    private static let web: [Setting] = [
        Setting("allowed_origins", .origins(\.web.allowedOrigins), "other sites whose pages may speak WebSocket"),
        Setting("frame_ancestors", .origins(\.web.frameAncestors), "other sites that may show the chat in a frame"),
        Setting(
            "strict_transport_seconds", .whole(\.web.strictTransportSeconds, 0...63_072_000),
            "that browsers shall come by TLS only; 0 says nothing about it"),
    ]

    private static let network: [Setting] = [
        Setting("limits.handshake_seconds", .seconds(\.net.handshake, 1...60), "for a TLS handshake"),
        Setting("limits.unsent_bytes", .whole(\.net.unsentBytes, 16_384...16_777_216), "held for one slow peer"),
        Setting(
            "limits.connections", .whole(\.net.connections, 0...1_000_000),
            "at once; 0 is as many as the file descriptors allow, at most 20,000"),
        Setting(
            "limits.connections_per_address", .whole(\.net.connectionsPerAddress, 1...1_000_000),
            "at once from one source address"),
        Setting(
            "limits.connections_per_address_per_minute",
            .whole(\.net.connectionsPerAddressPerMinute, 1...1_000_000), "new ones from one source address"),
        Setting("limits.exempt_loopback", .truth(\.net.exemptsLoopback), "loopback has no limit by address"),
    ]

    private static let wire: [Setting] = [
        Setting(
            "limits.first_bytes_seconds", .seconds(\.wire.firstBytes, 1...120),
            "for a program's hello, a browser's request"),
        Setting(
            "limits.hand_latch_milliseconds", .milliseconds(\.wire.handLatch, 50...5000),
            "silence that means a person"),
        Setting("limits.hand_line_bytes", .whole(\.wire.handLineBytes, 256...65_536), "of a line by hand"),
        Setting(
            "limits.message_bytes", .whole(\.wire.messageBytes, 1024...1_048_576), "of a JSON line or WebSocket message"
        ),
        Setting("limits.message_fragments", .whole(\.wire.messageFragments, 1...4096), "of a WebSocket message"),
        Setting(
            "limits.control_frames_per_second", .whole(\.wire.controlFramesPerSecond, 1...1000),
            "pings and pongs of WebSocket"),
        Setting(
            "limits.http_head_bytes", .whole(\.wire.httpHeadBytes, 1024...65_536), "of an HTTP request with its fields"),
        Setting("limits.http_fields", .whole(\.wire.httpFields, 16...256), "of an HTTP request"),
        Setting(
            "limits.customer_idle_seconds", .seconds(\.desk.limits.idleSession, 1...86_400),
            "until a silent connection without a chat is closed"),
    ]

    private static let desk: [Setting] = [
        Setting("limits.text_bytes", .whole(\.desk.limits.textBytes, 100...262_144), "of a message's text"),
        Setting("limits.message_burst", .whole(\.desk.limits.messageBurst, 1...1_000_000), "of one customer"),
        Setting(
            "limits.messages_per_second", .number(\.desk.limits.messagesPerSecond, 0.1...1_000_000),
            "of one customer, after the burst"),
        Setting("limits.queue_length", .whole(\.desk.limits.queueLength, 1...1_000_000), "waiting in one queue"),
        Setting("limits.sessions_per_party", .whole(\.desk.limits.sessionsPerParty, 1...64), "connections at once"),
        Setting("limits.offer_seconds", .seconds(\.desk.limits.offerTimeout, 1...600), "for an answer to an offer"),
        Setting(
            "limits.unanswered_until_break", .whole(\.desk.limits.unansweredUntilBreak, 1...100),
            "offers in a row that put an agent on break"),
        Setting("limits.wrap_up_seconds", .seconds(\.desk.limits.wrapUp, 0...3600), "that wrap-up holds the slot"),
        Setting(
            "limits.customer_hold_seconds", .seconds(\.desk.limits.customerHold, 0...86_400),
            "that a lost customer's conversation is held"),
        Setting(
            "limits.waiting_hold_seconds", .seconds(\.desk.limits.waitingHold, 0...86_400),
            "that a lost customer's place in a queue is held"),
        Setting(
            "limits.agent_hold_seconds", .seconds(\.desk.limits.agentHold, 0...3600),
            "that a lost agent's chats are held"),
        Setting(
            "limits.idle_reminder_seconds", .seconds(\.desk.limits.idleReminder, 1...86_400),
            "of silence until a reminder"),
        Setting("limits.idle_end_seconds", .seconds(\.desk.limits.idleEnd, 1...86_400), "of silence until the end"),
        Setting(
            "limits.short_abandonment_seconds", .seconds(\.desk.limits.shortAbandonment, 0...600),
            "below which an abandonment is short"),
        Setting("limits.rating_seconds", .seconds(\.desk.limits.rating, 0...86_400), "that an ended chat can be rated"),
        Setting(
            "limits.expected_handling_seconds", .seconds(\.desk.limits.expectedHandling, 1...86_400),
            "a chat takes, until some were seen"),
    ]

    private static let login: [Setting] = [
        Setting(
            "limits.wrong_passwords_per_minute", .whole(\.login.wrongPerMinute, 1...1000),
            "for one account from one address"),
        Setting(
            "limits.wrong_passwords_until_lock", .whole(\.login.wrongUntilLock, 1...10_000),
            "for one account from one address"),
        Setting("limits.lock_seconds", .seconds(\.login.lock, 1...86_400), "that the lock lasts"),
        Setting("limits.logins_waiting", .whole(\.login.waiting, 1...10_000), "passwords waiting to be hashed"),
    ]
}
