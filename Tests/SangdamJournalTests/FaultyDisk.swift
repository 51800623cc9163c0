// The disk with faults on demand, for what a test cannot do to a real one.

import Dispatch
import Glibc
import SangdamJournal
import Synchronization

/// Works like the real disk until it is told otherwise; counts what it was asked.
final class FaultyDisk: JournalDisk {
    struct State {
        /// Bytes that may still be written; nil: as many as the disk takes.
        var room: Int?
        var createError: Int32?
        var writeError: Int32?
        var syncError: Int32?
        /// nil: as the real disk answers.
        var allocateError: Int32?
        var calls: [String] = []
        var syncs = 0
        /// What the folder was synced through, each time.
        var folders: [Int32] = []
    }

    private let state = Mutex(State())
    private let real = SystemDisk()
    /// Called in front of each sync, outside the lock.
    private let beforeSync: @Sendable () -> Void

    init(beforeSync: @escaping @Sendable () -> Void = {}) {
        self.beforeSync = beforeSync
    }

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
    var calls: [String] { state.withLock { $0.calls } }
    var syncs: Int { state.withLock { $0.syncs } }
    var folders: [Int32] { state.withLock { $0.folders } }

    func create(_ path: String) throws(DiskError) -> Int32 {
        let error = state.withLock { state in
            state.calls.append("create")
            return state.createError
        }
        if let error { throw DiskError(code: error) }
        return try real.create(path)
    }

    func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int64) throws(DiskError) -> Int {
        let (error, count) = state.withLock { state -> (Int32?, Int) in
            state.calls.append("write")
            if let error = state.writeError { return (error, 0) }
            guard let room = state.room else { return (nil, bytes.count) }
            guard room > 0 else { return (ENOSPC, 0) }
            let count = min(room, bytes.count)
            state.room = room - count
            return (nil, count)
        }
        if let error { throw DiskError(code: error) }
        return try real.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]), to: descriptor, at: offset)
    }

    func synchronise(_ descriptor: Int32) throws(DiskError) {
        beforeSync()
        let error = state.withLock { state in
            state.calls.append("sync")
            state.syncs += 1
            return state.syncError
        }
        if let error { throw DiskError(code: error) }
        try real.synchronise(descriptor)
    }

    func synchroniseFolder(_ descriptor: Int32) throws(DiskError) {
        state.withLock {
            $0.calls.append("sync folder")
            $0.folders.append(descriptor)
        }
        try real.synchroniseFolder(descriptor)
    }

    func allocate(_ descriptor: Int32, from offset: Int64, length: Int64) throws(DiskError) {
        let error = state.withLock { $0.allocateError }
        if let error { throw DiskError(code: error) }
        try real.allocate(descriptor, from: offset, length: length)
    }

    func truncate(_ descriptor: Int32, to size: Int64) throws(DiskError) {
        state.withLock { $0.calls.append("truncate") }
        try real.truncate(descriptor, to: size)
    }
}

/// Lets syncs through one by one.
final class Gate: Sendable {
    let arrived = DispatchSemaphore(value: 0)
    let opened = DispatchSemaphore(value: 0)
    let isOff = Atomic<Bool>(false)

    func pass() {
        guard !isOff.load(ordering: .sequentiallyConsistent) else { return }
        arrived.signal()
        opened.wait()
    }

    func openForGood() {
        isOff.store(true, ordering: .sequentiallyConsistent)
        opened.signal()
    }
}
