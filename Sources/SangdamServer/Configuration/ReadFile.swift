// Small files read whole, with a bound: configuration and accounts.

internal import Glibc

/// Why a file could not be read.
package struct FileReadError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The system's error number; 0 when the file was longer than allowed.
    package let code: Int32
    package let description: String
}

/// The bytes of the file at `path` and what `fstat` says of just these bytes.
func readFile(_ path: String, limitBytes: Int) throws(FileReadError) -> (bytes: [UInt8], status: stat) {
    func failure(_ code: Int32) -> FileReadError {
        FileReadError(code: code, description: systemMessage(code))
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw failure(EISDIR) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 {
            if errno == EINTR { continue }
            throw failure(errno)
        }
        if count == 0 { return (bytes, status) }
        bytes.append(contentsOf: chunk[..<count])
        guard bytes.count <= limitBytes else {
            throw FileReadError(code: 0, description: "longer than \(limitBytes) bytes")
        }
    }
}

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    _ = strerror_r(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
