// A command's side of the control socket: one request, one answer, on the calling thread and within a time.

internal import Foundation
internal import Glibc
internal import SangdamNet

/// The way to the server that runs on a data folder.
package struct ControlClient: Sendable {
    /// What came of a request.
    package enum Answer: Sendable, Equatable {
        /// Done; the body is JSON.
        case done([UInt8])
        /// The server said no: its sentence, and what the command is to end with.
        case refused(String, exitCode: Int32)
        /// Nobody listens there, and why that is so.
        case noServer(String)
        /// Somebody may listen there, and what came is no answer. What was asked for may have been done.
        case failed(String, exitCode: Int32)
    }

    private static let answerLimitBytes = 1 << 20

    private let path: String
    private let patienceSeconds: Int

    /// - Parameter patienceSeconds: for the request to be taken, and for each part of the answer.
    package init(dataDirectory: String, patienceSeconds: Int = 10) {
        path = ControlSocket.path(in: dataDirectory)
        self.patienceSeconds = patienceSeconds
    }

    package func post(_ target: String, _ body: [UInt8]) -> Answer {
        let address: UnixAddress
        do {
            address = try UnixAddress(path: path)
        } catch {
            // A server has not made one there either.
            return .noServer(error.description)
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return failure("no socket: \(systemMessage(errno))", ExitStatus.unavailable) }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: patienceSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        guard address.connect(descriptor) else {
            switch errno {
            case ENOENT, ENOTDIR, ECONNREFUSED: return .noServer("No server listens at \(path).")
            case EACCES, EPERM: return failure(systemMessage(errno), ExitStatus.permission)
            default: return failure(systemMessage(errno), ExitStatus.unavailable)
            }
        }
        let head =
            "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        guard send(Array(head.utf8) + body, on: descriptor) else {
            let code = errno
            let why = isEndOfConnection(code) ? Self.turnedAway : "it takes no request: \(systemMessage(code))"
            return failure(why, ExitStatus.unavailable)
        }
        switch receive(from: descriptor) {
        case .answer(let bytes): return read(bytes)
        // The kernel says so where the other side has closed and left something unread, so not all that was asked for.
        case .failed(let code) where isEndOfConnection(code):
            return failure(Self.turnedAway, ExitStatus.unavailable)
        case .failed(let code) where code == EAGAIN:
            return failure("no answer within \(patienceSeconds) s; \(Self.mayBeDone)", ExitStatus.unavailable)
        case .failed(let code):
            return failure("no answer (\(systemMessage(code))); \(Self.mayBeDone)", ExitStatus.unavailable)
        case .tooLong:
            return failure("too long an answer; \(Self.mayBeDone)", ExitStatus.unavailable)
        }
    }

    private static let turnedAway =
        "the server has too many connections there, or is about to stop; nothing was done"
    private static let mayBeDone = "what was asked for may have been done"

    private func isEndOfConnection(_ code: Int32) -> Bool { code == EPIPE || code == ECONNRESET }

    private func failure(_ why: String, _ exitCode: Int32) -> Answer {
        .failed("\(path): \(why)", exitCode: exitCode)
    }

    private func send(_ bytes: [UInt8], on descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private enum Received {
        case answer([UInt8])
        /// With the system's error.
        case failed(Int32)
        case tooLong
    }

    /// All that comes until the server closes.
    private func receive(from descriptor: Int32) -> Received {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= Self.answerLimitBytes {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            // Who answers and leaves something unread resets the connection behind the answer.
            if count < 0, !bytes.isEmpty, isEndOfConnection(errno) { return .answer(bytes) }
            if count < 0 { return .failed(errno) }
            if count == 0 { return .answer(bytes) }
            bytes.append(contentsOf: chunk[..<count])
        }
        return .tooLong
    }

    private struct Refusal: Decodable {
        let error: String
        let exit: Int32
    }

    private func read(_ answer: [UInt8]) -> Answer {
        let mark = Array("\r\n\r\n".utf8)
        guard let end = answer.firstRange(of: mark), answer.starts(with: Array("HTTP/1.1 ".utf8)) else {
            return failure("what came is no answer", ExitStatus.unavailable)
        }
        let body = Array(answer[end.upperBound...])
        if answer.dropFirst(9).starts(with: Array("200 ".utf8)) { return .done(body) }
        guard let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(body)) else {
            let status = String(decoding: answer.dropFirst(9).prefix { $0 != 0x0D }, as: UTF8.self)
            return failure("the server says \(printable(status))", ExitStatus.unavailable)
        }
        return .refused(refusal.error, exitCode: refusal.exit)
    }
}
