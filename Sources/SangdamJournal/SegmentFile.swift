// The segment that is being written: where its end is, and how much room behind it is reserved.

/// Confined to the journal's queue.
struct SegmentFile: ~Copyable {
    let descriptor: Int32
    /// The file's size.
    private(set) var size: Int64
    /// Room up to here is reserved; never before `size`.
    private(set) var reservedEnd: Int64
    private(set) var isDirty = false
    private let disk: any JournalDisk

    init(descriptor: Int32, size: Int64, disk: any JournalDisk) {
        self.descriptor = descriptor
        self.size = size
        reservedEnd = size
        self.disk = disk
    }

    deinit {
        closeDescriptor(descriptor)
    }

    var reservedBytes: Int64 { reservedEnd - size }

    /// Writes at the end and returns how much it was.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(DiskError) -> Int {
        let count = try disk.write(bytes, to: descriptor, at: size)
        size += Int64(count)
        reservedEnd = max(reservedEnd, size)
        isDirty = true
        return count
    }

    mutating func synchronise() throws(DiskError) {
        guard isDirty else { return }
        try disk.synchronise(descriptor)
        isDirty = false
    }

    mutating func reserve(_ length: Int64) throws(DiskError) {
        try disk.allocate(descriptor, from: reservedEnd, length: length)
        reservedEnd += length
    }

    /// Gives back what is reserved. Failing costs room, not records.
    mutating func giveBackReserve() {
        try? disk.truncate(descriptor, to: size)
        reservedEnd = size
    }
}
