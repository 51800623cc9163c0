// A location in a journal that somebody keeps: how far it has been read, so that reading goes on there after a restart.
//
// Its file is one line of JSON, `{"epoch":"01m8…","n":41,"h":"…"}`, replaced as a whole: it is the old one or the new
// one.

internal import Glibc
internal import SangdamCore
internal import SangdamJSON

/// Behind which line a reader stands.
package struct JournalCursor: Sendable, Equatable {
    /// Of the journal; nil as long as it has no name (format 1).
    package let epoch: JournalEpoch?
    /// The line's n.
    package let number: UInt64
    /// The line's `h`: by it the line is known again.
    package let link: ChainLink

    package init(epoch: JournalEpoch?, number: UInt64, link: ChainLink) {
        self.epoch = epoch
        self.number = number
        self.link = link
    }
}

/// The file that keeps a cursor.
package struct CursorFile: Sendable, Hashable {
    package let path: String
    /// A cursor takes less than a tenth of it; what is longer is none.
    private static let limitBytes = 4096

    package init(path: String) {
        self.path = path
    }

    /// Nil when there is no file yet.
    package func read() throws(FollowerError) -> JournalCursor? {
        var bytes = [UInt8](repeating: 0, count: Self.limitBytes)
        let count: Int
        do throws(DiskError) {
            let descriptor = try repeated { open(path, O_RDONLY | O_CLOEXEC) }
            defer { close(descriptor) }
            count = try repeated { Glibc.read(descriptor, &bytes, bytes.count) }
        } catch {
            if error.code == ENOENT { return nil }
            throw .cursorNotRead(path: path, errno: error.code)
        }
        guard count < Self.limitBytes, count > 0, bytes[count - 1] == 0x0A,
            let cursor = bytes.span.withUnsafeBytes({
                try? JournalCursor(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            })
        else { throw .tornCursor(path: path) }
        return cursor
    }

    /// Replaces the file and syncs it and its name: once this returns, a crash leaves the new one.
    package func write(_ cursor: JournalCursor) throws(FollowerError) {
        var writer = JSONWriter(reservingBytes: 256)
        writer.beginObject()
        writer.field("epoch", cursor.epoch)
        writer.field("n", number: cursor.number)
        writer.key("h")
        writer.string(cursor.link.description)
        writer.endObject()
        writer.raw(0x0A)
        let temporary = path + ".new"
        do throws(DiskError) {
            try Self.create(temporary, holding: writer.bytes)
            _ = try repeated { rename(temporary, path) }
            try synchroniseFolder()
        } catch {
            throw .cursorNotKept(path: path, errno: error.code)
        }
    }

    /// Forgets the location, also after a crash: the next follower begins with the first line that is there.
    package func remove() throws(FollowerError) {
        do throws(DiskError) {
            do throws(DiskError) {
                _ = try repeated { unlink(path) }
            } catch {
                guard error.code == ENOENT else { throw error }
            }
            try synchroniseFolder()
        } catch {
            throw .cursorNotKept(path: path, errno: error.code)
        }
    }

    private static func create(_ path: String, holding bytes: [UInt8]) throws(DiskError) {
        let descriptor = try repeated { open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) }
        defer { close(descriptor) }
        // A cursor fits into one write; a full disk writes less.
        let count = try repeated { Glibc.write(descriptor, bytes, bytes.count) }
        guard count == bytes.count else { throw DiskError(code: ENOSPC) }
        _ = try repeated { fsync(descriptor) }
    }

    private func synchroniseFolder() throws(DiskError) {
        let folder = path.lastIndex(of: "/").map { path[...$0] + "." } ?? "."
        let descriptor = try repeated { open(String(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        _ = try repeated { fsync(descriptor) }
    }
}

/// What the call answers, which is made again when a signal interrupts it; throws its error number for -1.
private func repeated<Answer: SignedInteger>(_ call: () -> Answer) throws(DiskError) -> Answer {
    while true {
        let answer = call()
        guard answer < 0 else { return answer }
        let code = errno
        guard code == EINTR else { throw DiskError(code: code) }
    }
}

extension JournalCursor {
    fileprivate init(_ bytes: UnsafeRawBufferPointer) throws {
        var reader = JSONReader(bytes)
        var epoch: JournalEpoch?
        var number: UInt64?
        var link: ChainLink?
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "epoch": epoch = try reader.id("epoch")
            case "n": number = try reader.count("n")
            case "h": link = try reader.withString { ChainLink(hex: $0) }
            default: try reader.skipValue()
            }
        }
        try reader.end()
        self.init(epoch: epoch, number: try required(number, "n"), link: try required(link, "h"))
    }
}
