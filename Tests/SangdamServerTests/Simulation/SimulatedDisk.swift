// A disk that is slow, full, failing, and torn by a crash: only what was synced survives for certain. The bytes are in
// real files of a temporary folder, so that recovery and history read them as ever.

import Glibc
import SangdamJournal

@testable import SimulationSupport

// @unchecked: as `Machine`.
final class SimulatedDisk: JournalDisk, @unchecked Sendable {
    private unowned let machine: Machine
    private let real = SystemDisk()
    /// Of each file, by its inode: how much of it is synced. A file without an entry was there before this life.
    private var synced: [UInt64: Int64] = [:]
    /// New files whose names the folder may still lose.
    private var unsyncedNames: [String] = []

    /// Bytes that may still be written or reserved; nil while there is plenty.
    private var room: Int64?
    private var reserved: Int64 = 0
    /// The next sync fails, and takes what was to be synced with it.
    var failsNextSync = false
    /// Told of each file that was synced, and how far.
    var onSync: (() -> Void)?

    init(on machine: Machine) {
        self.machine = machine
    }

    // MARK: What the journal asks for

    func create(_ path: String) throws(DiskError) -> Int32 {
        machine.preempt()
        if let room, room <= 0 { throw DiskError(code: ENOSPC) }
        let descriptor = try real.create(path)
        synced[inode(of: descriptor)] = 0
        unsyncedNames.append(path)
        return descriptor
    }

    func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int64) throws(DiskError) -> Int {
        machine.preempt()
        var count = bytes.count
        if let room {
            // What was reserved is there.
            let available = room + reserved
            guard available > 0 else { throw DiskError(code: ENOSPC) }
            count = min(count, Int(available))
            let fromReserve = min(reserved, Int64(count))
            reserved -= fromReserve
            self.room = room - (Int64(count) - fromReserve)
        } else if machine.hasStarted, count > 1, machine.chance(5) {
            // A short write.
            count = machine.number(1...count - 1)
        }
        // The file that a start goes on with was synced by lives before this one; a new one is in the table.
        let inode = inode(of: descriptor)
        if synced[inode] == nil { synced[inode] = offset }
        return try real.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]), to: descriptor, at: offset)
    }

    func synchronise(_ descriptor: Int32) throws(DiskError) {
        machine.preempt()
        let size = size(of: descriptor)
        // Others go on while the disk works: what they write now is not in this sync.
        machine.preempt()
        if failsNextSync {
            failsNextSync = false
            throw DiskError(code: EIO)
        }
        synced[inode(of: descriptor)] = size
        onSync?()
        machine.preempt()
    }

    func synchroniseFolder(_ descriptor: Int32) throws(DiskError) {
        machine.preempt()
        unsyncedNames = []
        onSync?()
    }

    func allocate(_ descriptor: Int32, from offset: Int64, length: Int64) throws(DiskError) {
        guard let room else { return }
        guard room >= length else { throw DiskError(code: ENOSPC) }
        self.room = room - length
        reserved += length
    }

    func truncate(_ descriptor: Int32, to size: Int64) throws(DiskError) {
        if let room { self.room = room + reserved }
        reserved = 0
        let inode = inode(of: descriptor)
        if let known = synced[inode] { synced[inode] = min(known, size) }
        try real.truncate(descriptor, to: size)
    }

    // MARK: What happens to it

    func fill(leaving bytes: Int64) {
        (room, reserved) = (bytes, 0)
    }

    func heal() {
        (room, reserved, failsNextSync) = (nil, 0, false)
    }

    // MARK: What survives

    /// How many bytes of the file are safe, were the machine to crash now.
    func safeBytes(of path: String) -> Int64 {
        if unsyncedNames.contains(path) { return 0 }
        var status = stat()
        guard stat(path, &status) == 0 else { return 0 }
        return synced[UInt64(status.st_ino)] ?? Int64(status.st_size)
    }

    /// Makes a new data folder of what survives of the old one: all that was synced, and of the rest a part that is
    /// drawn, with a torn end.
    func crash(from old: String, to new: String, files: [String]) {
        mkdir(new, 0o700)
        mkdir(new + "/journal", 0o700)
        for name in files {
            let path = old + "/journal/" + name
            let safe = Int(safeBytes(of: path))
            guard let bytes = readFile(path) else { continue }
            // The folder may have kept a name that was not synced, or not.
            if unsyncedNames.contains(path), machine.chance(50) { continue }
            var kept = Array(bytes.prefix(safe + machine.number(0...max(0, bytes.count - safe))))
            if kept.count > safe, machine.chance(30) {
                // Blocks that were promised and never written.
                kept += [UInt8](repeating: 0, count: machine.number(1...64))
            }
            writeFile(kept, to: new + "/journal/" + name)
        }
        forget()
    }

    /// What the process knew is gone; what is in the files from now on is safe.
    func forget() {
        (synced, unsyncedNames, room, reserved, failsNextSync) = ([:], [], nil, 0, false)
    }

    private func inode(of descriptor: Int32) -> UInt64 {
        var status = stat()
        fstat(descriptor, &status)
        return UInt64(status.st_ino)
    }

    private func size(of descriptor: Int32) -> Int64 {
        var status = stat()
        fstat(descriptor, &status)
        return Int64(status.st_size)
    }
}

func readFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count == bytes.count ? bytes : nil
}

private func writeFile(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = pwrite(descriptor, bytes, bytes.count, 0)
}
