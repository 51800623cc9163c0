// A mail server that says what a test wants it to say, on a thread of its own, for one connection after the other.

import Foundation
import Glibc
import Synchronization

final class ScriptedMailServer: Sendable {
    enum Reply: Sendable {
        case line(String)
        case silence
        case close
    }

    let port: Int
    private let listening: Int32
    private let says: [String: Reply]
    private let lines = Mutex<[String]>([])

    /// Lines of clients, of all connections.
    var heard: [String] { lines.withLock { $0 } }

    /// - Parameter says: by the beginning of a line; "" is the greeting, "." the end of a mail. Otherwise it is content.
    init(_ says: [String: Reply]) throws {
        self.says = says
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listening, $0, length) == 0 && listen(listening, 8) == 0
                    && getsockname(listening, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        self.listening = listening
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            defer { close(listening) }
            while true {
                let peer = accept(listening, nil, nil)
                guard peer >= 0 else { return }
                serve(peer)
                close(peer)
            }
        }
    }

    func stop() {
        // The thread closes it: its number must be nobody else's while that one may still accept by it.
        shutdown(listening, Int32(SHUT_RDWR))
    }

    /// False when the connection is over.
    private func say(_ event: String, _ usual: String, to peer: Int32) -> Bool {
        switch says[event] ?? .line(usual) {
        case .line(let line):
            let bytes = Array((line + "\r\n").utf8)
            return send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        case .silence:
            // Until the other side gives up.
            var byte: UInt8 = 0
            while recv(peer, &byte, 1, 0) > 0 {}
            return false
        case .close: return false
        }
    }

    private func serve(_ peer: Int32) {
        guard say("", "220 test", to: peer) else { return }
        var isContent = false
        var buffer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            while let end = buffer.firstIndex(of: 0x0A) {
                let line = String(decoding: buffer[..<end].filter { $0 != 0x0D }, as: UTF8.self)
                buffer.removeSubrange(...end)
                lines.withLock { $0.append(line) }
                if isContent {
                    guard line == "." else { continue }
                    isContent = false
                    guard say(".", "250 taken", to: peer) else { return }
                    continue
                }
                let verb = String(line.prefix(4))
                isContent = verb == "DATA" && says["DATA"] == nil
                guard say(verb, isContent ? "354 go on" : verb == "QUIT" ? "221 bye" : "250 test", to: peer),
                    verb != "QUIT"
                else { return }
            }
            let count = recv(peer, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            buffer += chunk[..<count]
        }
    }
}
