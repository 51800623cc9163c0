// A reactor: one serial queue, one epoll set, one Dispatch source on it. It owns its connections; everything that
// happens to them happens on its queue, in passes:
//
//   each connection that is ready: its share is read → deadlines → posted work → connections that ended → the owner's
//   hook → posted work of the hook → output, one write and one send a connection → some handshakes, then hook and
//   output for those
//
// The pass itself is in ReactorPass.swift. Confinement: all mutable state but the mailbox belongs to the queue; while
// the queue runs, `runningThread` names its thread, which `isOnReactor` compares with the caller's.

internal import COpenSSL
internal import Dispatch
internal import Glibc
internal import Synchronization

/// One event loop. Thread-safe as far as `post`, `stop`, `isOnReactor`, `connectionCount` go; all else is for work
/// that runs on it.
// @unchecked: the mutable state is confined to `queue`; each entry point from outside only touches the mailbox, the
// atomics or immutable properties.
package final class Reactor: @unchecked Sendable {
    /// Its index in the group; the `reactorIndex` of its connections' ids.
    package let index: Int
    /// For the owner: what it keeps for each reactor. Used on the reactor only.
    package var attachment: AnyObject?

    let configuration: ReactorConfiguration
    let mailbox: Mailbox
    let transport: TLSTransport
    let input: UnsafeMutableRawBufferPointer
    let plaintext: UnsafeMutableRawBufferPointer
    let events: UnsafeMutablePointer<epoll_event>
    let epollDescriptor: Int32
    let timerDescriptor: Int32

    /// Milliseconds of the monotonic clock, read at the start of each pass. Used on the reactor only.
    package internal(set) var now = MonotonicClock.milliseconds()
    var deadlines = DeadlineHeap()
    var armedTimer: UInt64?
    var dirty: [Connection] = []
    var flushing: [Connection] = []
    var ended: [Connection] = []
    var takenWork: [Mailbox.Work] = []
    var hasPostedToSelf = false
    var isStopped = false
    /// Connections that had more to say than their share of the last pass.
    var unfinished: [Connection] = []
    /// Connections whose handshake can go on, in the order in which they could.
    var handshakes = HandshakeQueue()
    var listeners: [UInt32: Listener] = [:]
    /// Listeners that look away, until that time.
    var paused: (listeners: [Listener], until: UInt64)?
    var endOfReading: ((Reactor) -> Void)?

    private let queue: DispatchQueue
    private let source: any DispatchSourceRead
    private let stopped = DispatchGroup()
    private let runningThread = Atomic<UInt>(0)
    private let openCount = Atomic<Int>(0)
    private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    private var isLeaving = false

    private struct Slot {
        var connection: Connection?
        var generation: UInt32
    }

    // MARK: life

    /// Makes and starts a reactor. It runs until `stop`, even when nothing else refers to it.
    init(index: Int, configuration: ReactorConfiguration) throws(NetError) {
        let epollDescriptor = sangdam_epoll_create()
        let timerDescriptor = sangdam_timerfd_create()
        let eventDescriptor = sangdam_eventfd_create()
        guard epollDescriptor >= 0, timerDescriptor >= 0, eventDescriptor >= 0, let transport = TLSTransport() else {
            let number = errno
            for descriptor in [epollDescriptor, timerDescriptor, eventDescriptor] where descriptor >= 0 {
                close(descriptor)
            }
            throw .other(operation: "Making an event loop", errno: number)
        }
        self.index = index
        self.configuration = configuration
        self.epollDescriptor = epollDescriptor
        self.timerDescriptor = timerDescriptor
        self.transport = transport
        mailbox = Mailbox(eventDescriptor: eventDescriptor)
        let largestShare = max(
            configuration.bytesPerPass, configuration.acceptedBytesPerPass, configuration.floodingBytesPerPass)
        input = .allocate(byteCount: largestShare, alignment: 64)
        plaintext = .allocate(byteCount: largestShare, alignment: 64)
        events = .allocate(capacity: configuration.eventsPerPass)
        queue = DispatchQueue(label: "\(configuration.label).\(index)")
        source = DispatchSource.makeReadSource(fileDescriptor: epollDescriptor, queue: queue)
        // Edge-triggered: neither is ever read, each write or expiry is reported once.
        let flags = sangdam_epoll_in | sangdam_epoll_edge
        sangdam_epoll_add(epollDescriptor, eventDescriptor, flags, reservedID(ConnectionID.mailboxSlot).rawValue)
        sangdam_epoll_add(epollDescriptor, timerDescriptor, flags, reservedID(ConnectionID.timerSlot).rawValue)
        stopped.enter()
        start()
    }

    deinit {
        input.deallocate()
        plaintext.deallocate()
        events.deallocate()
        transport.free()
    }

    /// The handlers keep the reactor until the source is cancelled; descriptors that Dispatch watches are closed only
    /// once it no longer does.
    private func start() {
        source.setEventHandler { self.wake() }
        source.setCancelHandler {
            close(self.epollDescriptor)
            close(self.timerDescriptor)
            self.stopped.leave()
        }
        source.activate()
    }

    private func wake() {
        runningThread.store(UInt(pthread_self()), ordering: .relaxed)
        if !isStopped { runPasses() }
        runningThread.store(0, ordering: .relaxed)
    }

    /// Ends all connections with `.shutDown` and stops. Returns at once; posted work that has not run is dropped.
    package func stop() {
        post { $0.stopNow() }
    }

    /// Closes all connections in order (`close()`), takes no new ones, and stops when the last has gone.
    func leave() {
        post { reactor in
            reactor.isLeaving = true
            reactor.closeListeners()
            for slot in reactor.slots { slot.connection?.closeForLeaving() }
            reactor.stopIfLeft()
        }
    }

    /// True when the reactor stopped within the time.
    func waitUntilStopped(milliseconds: Int) -> Bool {
        stopped.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    private func stopIfLeft() {
        if isLeaving && openCount.load(ordering: .relaxed) == 0 { stop() }
    }

    private func stopNow() {
        guard !isStopped else { return }
        isStopped = true
        closeListeners()
        for slot in slots { slot.connection?.endNow(.shutDown) }
        dirty = []
        ended = []
        unfinished = []
        handshakes = HandshakeQueue()
        endOfReading = nil
        attachment = nil
        mailbox.shut()
        source.cancel()
    }

    private func closeListeners() {
        for listener in listeners.values { listener.reactorEnds() }
        listeners = [:]
        paused = nil
    }

    /// Lets the listener accept again after the time. Not a Dispatch timer: on Linux that may need a descriptor, and
    /// none being left is why listeners pause.
    func pause(_ listener: Listener, milliseconds: Int) {
        paused = ((paused?.listeners ?? []) + [listener], time(inMilliseconds: milliseconds))
    }

    /// When a pass is due without any event; it may be early, never late.
    var nextTime: UInt64? {
        guard let paused else { return deadlines.earliest }
        return min(paused.until, deadlines.earliest ?? .max)
    }

    // MARK: work

    /// Runs `work` on the reactor, in the order of posting; from the reactor itself: later in the same pass or in the
    /// next, never at once. One wake-up for all work that was posted while the reactor was busy. After `stop`: dropped.
    package func post(_ work: @escaping @Sendable (Reactor) -> Void) {
        let isHere = isOnReactor
        if isHere { hasPostedToSelf = true }
        mailbox.post(work, wakes: !isHere)
    }

    /// Sets what is called once in every pass after all reads and posted work and before output is sent, and once more
    /// if handshakes went on after that: where the owner passes on what the reads gathered. Call it on the reactor
    /// (from posted work); replaces an earlier hook.
    package func onEndOfReading(_ hook: @escaping (Reactor) -> Void) {
        preconditionOnReactor()
        endOfReading = hook
    }

    /// Whether the caller runs on this reactor now.
    package var isOnReactor: Bool {
        runningThread.load(ordering: .relaxed) == UInt(pthread_self())
    }

    /// Our own bug if it fails.
    package func preconditionOnReactor() {
        precondition(isOnReactor, "called off the reactor")
    }

    // MARK: connections

    /// The connection, if it still has its owner. On the reactor only.
    package func connection(_ id: ConnectionID) -> Connection? {
        guard let connection = anyConnection(id), !connection.isDetached else { return nil }
        return connection
    }

    /// Connections that hold a descriptor or a slot here, those that are being closed included. From any thread.
    package var connectionCount: Int { openCount.load(ordering: .relaxed) }

    /// Also a connection whose owner has let go but which still flushes or drains.
    func anyConnection(_ id: ConnectionID) -> Connection? {
        let slot = Int(id.slot)
        guard slot < slots.count, slots[slot].generation == id.generation, id.reactorIndex == index else { return nil }
        return slots[slot].connection
    }

    func connection(inSlot slot: UInt32) -> Connection? {
        slots[Int(slot)].connection
    }

    /// Gives a connection its slot; nil when the reactor stops or has no slot left.
    func makeConnection(_ make: (ConnectionID) -> Connection) -> Connection? {
        guard !isStopped, !isLeaving else { return nil }
        let slot: UInt32
        if let free = freeSlots.popLast() {
            slot = free
        } else {
            guard slots.count < Int(ConnectionID.firstReservedSlot) else { return nil }
            slot = UInt32(slots.count)
            slots.append(Slot(connection: nil, generation: 0))
        }
        let id = ConnectionID(reactorIndex: index, slot: slot, generation: slots[Int(slot)].generation)
        let connection = make(id)
        slots[Int(slot)].connection = connection
        openCount.add(1, ordering: .relaxed)
        return connection
    }

    /// The connection is gone; its id never matches again.
    func freeSlot(of connection: Connection) {
        let slot = Int(connection.id.slot)
        deadlines.set(connection.id.slot, to: nil)
        slots[slot].connection = nil
        slots[slot].generation &+= 1
        freeSlots.append(connection.id.slot)
        openCount.subtract(1, ordering: .relaxed)
        stopIfLeft()
    }

    /// The clock's time so many milliseconds from now, at least one: what is set in this pass passes in a later one.
    func time(inMilliseconds delay: Int) -> UInt64 {
        now + UInt64(max(delay, 1))
    }

    func reservedID(_ slot: UInt32, number: UInt32 = 0) -> ConnectionID {
        ConnectionID(reactorIndex: index, slot: slot, generation: number)
    }
}
