// What a command makes of whoever listens, or does not, on a control socket.

import Foundation
import Testing

@testable import SangdamNet
@testable import SangdamServer

@Suite("A command at the control socket")
struct ControlClientTests {
    /// Listens in the folder and answers one request with `answer`; nil: with nothing, until the test is over.
    private func withListener(
        _ answer: String?, _ body: (ControlClient, String) throws -> Void
    ) throws {
        let folder = try TemporaryFolder()
        let address = try UnixAddress(path: ControlSocket.path(in: folder.path))
        let listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listening) }
        #expect(address.withPointer { bind(listening, $0, $1) } == 0 && listen(listening, 1) == 0)
        let isOver = DispatchSemaphore(value: 0)
        let isDone = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let peer = accept(listening, nil, nil)
            var request = [UInt8](repeating: 0, count: 4096)
            _ = recv(peer, &request, request.count, 0)
            if let answer {
                _ = Array(answer.utf8).withUnsafeBytes { send(peer, $0.baseAddress, $0.count, 0) }
            } else {
                isOver.wait()
            }
            close(peer)
            isDone.signal()
        }
        try body(ControlClient(dataDirectory: folder.path, patienceSeconds: 1), folder.path)
        isOver.signal()
        isDone.wait()
    }

    @Test(
        "Answers",
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\n{}\n", ControlClient.Answer.done(Array("{}\n".utf8))),
            (
                "HTTP/1.1 404 Not Found\r\n\r\n{\"error\":\"There is no account kim.\",\"exit\":67}",
                .refused("There is no account kim.", exitCode: 67)
            ),
        ])
    func answers(text: String, answer: ControlClient.Answer) throws {
        try withListener(text) { client, _ in #expect(client.post("/accounts", [1]) == answer) }
    }

    @Test(
        "What is no answer",
        arguments: [
            ("", "what came is no answer"), ("+OK\r\n\r\n", "what came is no answer"),
            ("HTTP/1.1 500 Oh\u{1B}\r\n\r\nx", "the server says 500 Oh "), (nil, "no answer within 1 s"),
        ] as [(String?, String)])
    func failures(text: String?, why: String) throws {
        try withListener(text) { client, folder in
            guard case .failed(let sentence, let code) = client.post("/accounts", [1]) else {
                Issue.record("it was taken for an answer")
                return
            }
            #expect(sentence.hasPrefix("\(folder)/control.sock: \(why)"), "\(sentence)")
            #expect(code == 69)
        }
    }

    @Test("An answer counts although the connection is reset behind it")
    func answeredEarly() throws {
        try withListener("HTTP/1.1 413 Content Too Large\r\n\r\n") { client, folder in
            let answer = client.post("/accounts", [UInt8](repeating: 0x20, count: 20_000))
            let sentence = "\(folder)/control.sock: the server says 413 Content Too Large"
            #expect(answer == .failed(sentence, exitCode: 69))
        }
    }

    @Test("Who is turned away at once is told that nothing was done")
    func turnedAway() throws {
        let folder = try TemporaryFolder()
        let address = try UnixAddress(path: ControlSocket.path(in: folder.path))
        let listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listening) }
        #expect(address.withPointer { bind(listening, $0, $1) } == 0 && listen(listening, 1) == 0)
        let isDone = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            close(accept(listening, nil, nil))
            isDone.signal()
        }
        let path = ControlSocket.path(in: folder.path)
        let why = "the server has too many connections there, or is about to stop; nothing was done"
        let answer = ControlClient(dataDirectory: folder.path).post("/accounts", [1])
        #expect(answer == .failed("\(path): \(why)", exitCode: 69))
        isDone.wait()
    }

    @Test("Where nobody listens the files are the way")
    func noServer() throws {
        let folder = try TemporaryFolder()
        func why(_ directory: String) -> String? {
            guard case .noServer(let why) = ControlClient(dataDirectory: directory).post("/accounts", []) else {
                return nil
            }
            return why
        }
        #expect(why(folder.path) == "No server listens at \(folder.path)/control.sock.")
        #expect(why(folder.path + "/none") == "No server listens at \(folder.path)/none/control.sock.")
        let long = folder.path + "/" + String(repeating: "a", count: 100)
        #expect(why(long)?.hasSuffix("bytes long, and a socket's path has at most 107.") == true)
        _ = try BoundSocket(path: ControlSocket.path(in: folder.path))
        #expect(why(folder.path) == "No server listens at \(folder.path)/control.sock.")
    }
}
