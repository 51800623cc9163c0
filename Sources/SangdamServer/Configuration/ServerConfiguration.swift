// Everything that an operator decides, as one value. The initial values are the defaults of Limits.md#Overview, and
// each number is written once: those that a part of the server has by itself (net, wire, desk) are taken from that
// part, the others stand here, and the table of settings reads all of them from here.

package import SangdamCore
internal import SangdamNet
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
    package var desk = DeskConfiguration.unconfigured
    package var wire = WireSettings()
    package var web = WebSettings()
    package var net = NetSettings()
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

/// The bounds of what one peer may send.
package struct WireSettings: Sendable, Equatable {
    /// A program's `hello` or a browser's whole request must be there by then.
    package var firstBytes: Interval
    /// Silence for so long means a person.
    package var handLatch: Interval
    package var handLineBytes: Int
    /// A JSON line or a WebSocket message.
    package var messageBytes: Int
    package var messageFragments: Int
    package var controlFramesPerSecond: Int
    package var httpHeadBytes: Int
    package var httpFields: Int

    package init() {
        let wire = WireConfiguration(deskName: DeskConfiguration.unconfigured.name)
        firstBytes = wire.helloTimeout
        handLatch = wire.handLatch
        handLineBytes = wire.handLineLimitBytes
        messageBytes = wire.jsonLineLimitBytes
        messageFragments = wire.web.webSocket.fragmentLimit
        controlFramesPerSecond = wire.web.webSocket.controlFramesPerSecond
        httpHeadBytes = wire.web.http.headLimitBytes
        httpFields = wire.web.http.fieldLimit
    }
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

/// The bounds of connections.
package struct NetSettings: Sendable, Equatable {
    package var handshake: Interval
    package var unsentBytes: Int
    /// 0: as many as the file descriptors allow, and no more than the network's own default.
    package var connections = 0
    /// An address is one of IPv4, or a /64 of IPv6.
    package var connectionsPerAddress: Int
    package var connectionsPerAddressPerMinute: Int
    package var exemptsLoopback: Bool

    package init() {
        let limits = ConnectionLimits()
        handshake = Interval(milliseconds: Int64(limits.handshakeMilliseconds))
        unsentBytes = limits.unsentBytes
        connectionsPerAddress = limits.connectionsPerAddress
        connectionsPerAddressPerMinute = limits.connectionsPerAddressMinute
        exemptsLoopback = limits.exemptLoopback
    }
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

/// What the command line says; nil where it says nothing.
package struct ServerFlags: Sendable {
    package var listen: String?
    package var adminListen: String?
    package var data: String?
    package var certificate: String?
    package var privateKey: String?
    package var ticketKeys: String?
    package var reactors: Int?
    package var durability: String?

    package init(
        listen: String? = nil, adminListen: String? = nil, data: String? = nil, certificate: String? = nil,
        privateKey: String? = nil, ticketKeys: String? = nil, reactors: Int? = nil, durability: String? = nil
    ) {
        self.listen = listen
        self.adminListen = adminListen
        self.data = data
        self.certificate = certificate
        self.privateKey = privateKey
        self.ticketKeys = ticketKeys
        self.reactors = reactors
        self.durability = durability
    }
}
