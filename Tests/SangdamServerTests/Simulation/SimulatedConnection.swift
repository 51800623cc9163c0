// A connection without a socket, with the contract of SangdamNet's: bounded output that leaves at the end of a pass as
// far as the peer takes it, ends that are announced later, never within a call of the owner's.

import SangdamCore
import SangdamNet

@testable import SangdamServer

/// Sees what the server sends when it sends it.
protocol ConnectionObserver: AnyObject {
    func sent(_ bytes: [UInt8], on connection: SimulatedConnection)
    func ended(_ connection: SimulatedConnection, _ reason: CloseReason)
}

final class SimulatedConnection: SessionConnection {
    let id: ConnectionID
    let negotiatedProtocol: String?
    let addressKey = "192.0.2.1"
    let origin: UInt64? = nil
    let unsentLimitBytes: Int
    private unowned let machine: Machine
    private weak var observer: (any ConnectionObserver)?
    private(set) var session: ChatSession?

    /// What the peer has said and the server has not read.
    private var unread: [UInt8] = []
    /// What the server has said and the kernel has not taken.
    private var unsent: [UInt8] = []
    /// In the kernels' buffers: what the peer can read. More than `windowBytes` of it and the kernel takes no more.
    private var inFlight: [UInt8] = []
    var windowBytes = 4_096
    private(set) var deadline: Int64?

    private var isOpened = false
    private var isPaused = false
    private var isDirty = false
    private var hasReachedEnd = false
    private var peerHasEnded = false
    private var isReset = false
    private var ending: (reason: CloseReason, flushes: Bool)?
    private var isAnnounced = false
    /// The peer will get nothing more than what is in flight.
    private(set) var isOver = false
    /// The session has given the peer up.
    private(set) var isAborted = false

    /// The most that a pass reads of one connection.
    private static let shareBytes = 2_048
    /// How long the last words may take to leave.
    private static let flushMilliseconds: Int64 = 5_000

    init(
        _ id: ConnectionID, machine: Machine, limitBytes: Int, protocolName: String?, observer: any ConnectionObserver
    ) {
        self.id = id
        self.machine = machine
        unsentLimitBytes = limitBytes
        negotiatedProtocol = protocolName
        self.observer = observer
    }

    // MARK: The peer's end

    func say(_ bytes: [UInt8]) {
        if !peerHasEnded, !isOver { unread += bytes }
    }

    func endInput() {
        peerHasEnded = true
    }

    /// The peer is gone without a word.
    func reset() {
        isReset = true
        inFlight = []
    }

    func take(_ limit: Int) -> [UInt8] {
        let taken = Array(inFlight.prefix(limit))
        inFlight.removeFirst(taken.count)
        return taken
    }

    /// Over for its session, or about to be.
    var isEnding: Bool { ending != nil || isAnnounced }

    /// Whether the peer has got everything there will be.
    var isExhausted: Bool { isOver && inFlight.isEmpty }

    /// As when a reactor stops: a session and its reactor's sessions know each other until it is closed.
    func processDied() {
        session?.closed(.shutDown)
        (ending, isAnnounced, isOver, deadline) = (nil, true, true, nil)
        (unread, unsent, session) = ([], [], nil)
    }

    // MARK: The reactor's

    func isReady(at now: Int64) -> Bool {
        guard !isOver else { return false }
        if !isOpened || (isReset && !isAnnounced) || (ending != nil && !isAnnounced) { return true }
        if let deadline, deadline <= now { return true }
        if canRead, !unread.isEmpty || (peerHasEnded && !hasReachedEnd) { return true }
        return isReset || (!unsent.isEmpty && inFlight.count < windowBytes) || isDirty
            || (isAnnounced && unsent.isEmpty)
    }

    private var canRead: Bool { ending == nil && !isAnnounced && !isPaused && !hasReachedEnd }

    func read(on sessions: ReactorSessions) {
        guard !isOver else { return }
        if !isOpened {
            isOpened = true
            let session = ChatSession(self, on: sessions)
            self.session = session
            session.opened()
        }
        if isReset { return end(.lost(errno: 104), flushing: false) }
        guard canRead else { return }
        let share = Array(unread.prefix(machine.number(1...Self.shareBytes)))
        if !share.isEmpty {
            unread.removeFirst(share.count)
            share.withUnsafeBytes { session?.received($0) }
        } else if peerHasEnded {
            hasReachedEnd = true
            switch session?.inputEnded() {
            case .keepOutput: break
            case .close, nil: end(.endOfInput, flushing: true)
            }
        }
    }

    func passDeadline(at now: Int64) {
        guard let due = deadline, due <= now, !isOver else { return }
        deadline = nil
        if isAnnounced {
            // Whoever does not take the last words in time goes without them.
            unsent = []
        } else if ending == nil {
            session?.deadlinePassed()
        }
    }

    func announceEnd() {
        guard let ending, !isAnnounced, !isOver else { return }
        isAnnounced = true
        deadline = machine.now + Self.flushMilliseconds
        session?.closed(ending.reason)
        observer?.ended(self, ending.reason)
        session = nil
        if !ending.flushes { unsent = [] }
    }

    func flush() {
        isDirty = false
        guard !isOver else { return }
        if isReset, isAnnounced { unsent = [] }
        let room = windowBytes - inFlight.count
        let hadSome = !unsent.isEmpty
        if room > 0, hadSome {
            inFlight += unsent.prefix(room)
            unsent.removeFirst(min(room, unsent.count))
        }
        if isAnnounced {
            if unsent.isEmpty { (isOver, deadline) = (true, nil) }
        } else if hadSome, unsent.isEmpty, ending == nil {
            session?.drained()
        }
    }

    // MARK: The session's

    var unsentBytes: Int { unsent.count }
    var unsentMemoryBytes: Int { unsent.count }

    func send(_ bytes: [UInt8]) {
        guard ending == nil || (ending?.reason == .endOfInput && !isAnnounced), !isOver, !isAnnounced else { return }
        unsent += bytes
        isDirty = true
        observer?.sent(bytes, on: self)
        if unsent.count > unsentLimitBytes { end(.tooSlow, flushing: false) }
    }

    func close() {
        end(.closedHere, flushing: true)
    }

    func abort() {
        isAborted = true
        end(.closedHere, flushing: false)
    }

    func setDeadline(inMilliseconds delay: Int?) {
        guard ending == nil, !isAnnounced else { return }
        deadline = delay.map { machine.now &+ Int64(max($0, 1)) }
    }

    func setPaused(_ paused: Bool) {
        isPaused = paused
    }

    private func end(_ reason: CloseReason, flushing: Bool) {
        guard ending == nil, !isAnnounced else { return }
        ending = (reason, flushing)
    }
}
