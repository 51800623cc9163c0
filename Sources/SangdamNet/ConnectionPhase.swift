// Where a connection is on its way from a socket to nothing. What it reads and writes in each phase is in the
// extensions of Connection; which phase may follow which stands here.

/// A connection's phase. It changes by `Connection.move(to:)` alone, along `ConnectionPhase.followers`.
enum ConnectionPhase: UInt16, CaseIterable {
    /// Dialled: the name is being resolved.
    case resolving
    /// Dialled: TCP is being connected, to one address after the other.
    case connecting
    /// Accepted with TLS: nothing has been read yet.
    case awaitingFirstByte
    /// TLS is being agreed on. Accepted without TLS: there is nothing to agree on, and the next pass opens it.
    case handshaking
    case open
    /// The peer has ended its input; the owner still sends.
    case outputOnly
    /// The owner is detached, and what is unsent goes out.
    case flushing
    /// All is sent but the end of it: close_notify is written, and the socket has not taken it yet.
    case sayingGoodbye
    /// Our end is said; what still comes is dropped until the peer's.
    case draining
    /// Descriptor, memory and slot are given back.
    case dead

    /// The phases that may come next.
    var followers: Set<ConnectionPhase> {
        switch self {
        case .resolving: [.connecting, .dead]
        case .connecting: [.connecting, .handshaking, .open, .dead]
        case .awaitingFirstByte: [.handshaking, .flushing, .dead]
        case .handshaking: [.open, .flushing, .dead]
        case .open: [.outputOnly, .flushing, .dead]
        case .outputOnly: [.flushing, .dead]
        case .flushing: [.sayingGoodbye, .dead]
        case .sayingGoodbye: [.draining, .dead]
        case .draining: [.dead]
        case .dead: []
        }
    }

    /// Whether `next` may come now: the table above as bits, because every handshake asks some six times.
    func isFollowed(by next: ConnectionPhase) -> Bool {
        Self.followerBits[Int(rawValue)] & 1 << next.rawValue != 0
    }

    private static let followerBits = allCases.map { phase in
        phase.followers.reduce(UInt16(0)) { $0 | 1 << $1.rawValue }
    }

    /// Whether the owner may send.
    var isOpen: Bool { self == .open || self == .outputOnly }

    /// Whether the owner is gone and the last bytes are on their way.
    var isLeaving: Bool { self == .flushing || self == .sayingGoodbye }
}

/// How a connection goes.
enum EndManner {
    /// In order: what is unsent goes out, then our end, then the peer's is awaited.
    case flushing
    /// At once; what is unsent is dropped.
    case dropping
    /// At once and with a reset, so that the peer's system drops what it has not read.
    case resetting
}

/// How far a connection's end has come. The first reason counts.
enum ConnectionEnd {
    case none
    /// The reactor tells the owner later in this pass.
    case noted(CloseReason, EndManner)
    /// The owner has been told and is detached.
    case announced(EndManner)

    /// Whether nobody has ended the connection.
    var isNone: Bool { if case .none = self { true } else { false } }
    /// Whether the owner has been told.
    var isAnnounced: Bool { if case .announced = self { true } else { false } }

    var manner: EndManner? {
        switch self {
        case .none: nil
        case .noted(_, let manner), .announced(let manner): manner
        }
    }
}

/// What may be said through the socket: with TLS, without, or nothing any more. What was meant for a peer with TLS is
/// never said without.
enum ConnectionSecurity {
    /// The connection has no TLS.
    case plain
    /// TLS is wanted and there is no engine yet.
    case awaited
    case tls(TLSEngine)
    /// The peer does not speak TLS: it is told so in plain text.
    case refused
    /// TLS has failed: nothing is said.
    case lost
}

/// What the socket gives.
enum InputFlow {
    case flowing
    /// The owner does not want to read: the peer's end goes unseen.
    case paused
    /// FIN came.
    case ended
}

/// The reactor's lists that a connection stands in, each once at most.
struct ReactorLists: OptionSet {
    let rawValue: UInt8
    /// It has something to flush.
    static let dirty = ReactorLists(rawValue: 1)
    /// It had more to say than its share of the last pass.
    static let unfinished = ReactorLists(rawValue: 2)
    /// It waits for a handshake step.
    static let handshakes = ReactorLists(rawValue: 4)
}
