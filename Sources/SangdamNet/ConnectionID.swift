// The name of a connection within this process. It says where the connection lives, so that finding it takes an
// array index and a comparison; a stale id (its slot was freed or given to another connection) never matches.

/// Where a connection lives: reactor index (8 bits), slot (24), generation (32). A plain value: keep it, send it to
/// other threads, ask the reactor for the connection later and get nil if it has gone.
package struct ConnectionID: Hashable, Sendable {
    /// The three parts in one number, reactor index in the most significant bits. Also what `epoll` carries.
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    init(reactorIndex: Int, slot: UInt32, generation: UInt32) {
        precondition(reactorIndex >= 0 && reactorIndex <= 0xFF && slot <= 0xFF_FFFF, "a part does not fit its bits")
        rawValue = UInt64(reactorIndex) << 56 | UInt64(slot) << 32 | UInt64(generation)
    }

    /// The index of the reactor that owns the connection: `group.reactors[id.reactorIndex]`.
    package var reactorIndex: Int { Int(rawValue >> 56) }

    /// A small number that no other connection of the reactor has at the same time: what owners may index by.
    package var slotIndex: Int { Int(slot) }

    var slot: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) & 0xFF_FFFF }
    var generation: UInt32 { UInt32(truncatingIfNeeded: rawValue) }

    /// Slots from here on are not connections: they name a reactor's own descriptors in its epoll set.
    static let firstReservedSlot: UInt32 = 0xFF_FF00
    static let mailboxSlot: UInt32 = 0xFF_FFFF
    static let timerSlot: UInt32 = 0xFF_FFFE
    static let listenerSlot: UInt32 = 0xFF_FFFD
}
