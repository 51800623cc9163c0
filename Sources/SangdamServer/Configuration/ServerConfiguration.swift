// Everything that an operator decides, as one value made of the parts' own: what stands in a part at first is the
// default (Limits.md#Overview), and each number is written once. Where a setting goes says its row in the table of
// settings.

package import SangdamCore
package import SangdamFAQ
package import SangdamHours
package import SangdamMail
package import SangdamNet
package import SangdamProtocol
package import SangdamWire

/// The whole configuration of a server, complete and checked.
package struct ServerConfiguration: Sendable, Equatable {
    /// The file that was read; nil when there was none.
    package var file: String?
    package var listen = HostPort(host: "127.0.0.1", port: 8443)
    package var adminListen = HostPort(host: "127.0.0.1", port: 9464)
    /// Further names that the admin port may be called by; it always answers to addresses, `localhost` and its own.
    package var adminHosts: [HostName] = []
    /// Journal and accounts. Relative paths are relative to the working directory.
    package var dataDirectory = "./data"
    package var certificateFile = "Certs/server.pem"
    package var privateKeyFile = "Certs/server-key.pem"
    /// The keys of TLS session tickets; nil: tickets end with the process.
    package var ticketKeyFile: String?
    /// 0: one for each core that the process may use.
    package var reactors = 0
    package var durability = DurabilitySetting.commit
    /// 0: as many as the file descriptors allow, and no more than `net` says.
    package var connections = 0
    package var desk = DeskConfiguration.unconfigured
    /// Where the frequent questions are, beside the configuration's file; nil: there are none.
    package var faqFile: String?
    /// What is written there.
    package var faq: [FAQEntry] = []
    /// The hours that queues and contacts name.
    package var hours = HoursPlan()
    /// Where inquiries' mails go out.
    package var mail = MailSettings()
    package var wire = WireLimits()
    package var web = WebSettings()
    package var page = PageSettings()
    package var net = ConnectionLimits()
    package var login = LoginSettings()

    package init() {}
}

/// When the journal's bytes are flushed to the disk.
package enum DurabilitySetting: String, Sendable, CaseIterable {
    /// Before anything is acknowledged or shown.
    case commit
    /// Every 100 ms: a crash of the machine can take what was acknowledged since.
    case interval
    /// Whenever the kernel likes.
    case none
}

/// Which other sites may have the chat, and what browsers are told to keep to.
package struct WebSettings: Sendable, Equatable {
    /// Whose pages may speak WebSocket; the server's own always may.
    package var allowedOrigins: [WebOrigin] = []
    /// Who may show the chat in a frame.
    package var frameAncestors: [WebOrigin] = []
    /// 0: nothing is said about TLS.
    package var strictTransportSeconds = 0

    package init() {}
}

/// The bounds of logging in.
package struct LoginSettings: Sendable, Equatable {
    /// Wrong passwords for one account from one address (IPv4, or a /64 of IPv6) within a minute; the next try is
    /// refused.
    package var wrongPerMinute = 3
    /// So many since the last right one lock the account for that address.
    package var wrongUntilLock = 20
    package var lock = Interval.seconds(3600)
    /// Passwords waiting to be hashed; past it, one of the address that has most of them waiting is told
    /// `busy`.
    package var waiting = 64

    package init() {}
}
