// UNIX sockets: whose they are, what may lie where they are made, and how long their paths may be.

import Foundation
import Testing

@testable import SangdamNet

@Suite struct UnixSocketTests {
    /// A folder of the test's own.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sangdam-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func fault(_ path: String) -> NetError? {
        do throws(NetError) {
            _ = try BoundSocket(path: path)
            return nil
        } catch {
            return error
        }
    }

    private func canConnect(_ path: String) throws -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return try UnixAddress(path: path).connect(descriptor)
    }

    @Test func onlyItsOwnerCanConnect() throws {
        try inFolder { folder in
            let socket = try BoundSocket(path: folder + "/a.sock")
            var status = stat()
            #expect(stat(folder + "/a.sock", &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFSOCK && status.st_mode & 0o777 == 0o600)
            #expect(try !canConnect(folder + "/a.sock"))
            try socket.listen()
            #expect(try canConnect(folder + "/a.sock"))
        }
    }

    @Test func whatADeadServerLeftIsReplaced() throws {
        try inFolder { folder in
            #expect(fault(folder + "/a.sock") == nil)
            #expect(try !canConnect(folder + "/a.sock"))
            let socket = try BoundSocket(path: folder + "/a.sock")
            try socket.listen()
            #expect(try canConnect(folder + "/a.sock"))
        }
    }

    @Test func nothingElseIsReplaced() throws {
        try inFolder { folder in
            let file = folder + "/a.sock"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
            #expect(fault(file) == .inTheWay(file))
            #expect(FileManager.default.contents(atPath: file) == Data("mine".utf8))
            let link = folder + "/link.sock"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/b.sock")
            #expect(fault(link) == .inTheWay(link))
        }
    }

    @Test func pathsHaveAHundredAndSevenBytes() throws {
        try inFolder { folder in
            let room = 107 - folder.utf8.count - 1
            let longest = folder + "/" + String(repeating: "a", count: room)
            #expect(fault(longest) == nil)
            #expect(fault(longest + "a") == .pathTooLong(longest + "a", limitBytes: 107))
            #expect(fault(longest + "a")?.description.contains("at most 107") == true)
        }
        #expect(fault("/nonexistent/a.sock") == .other(operation: "Making /nonexistent/a.sock", errno: ENOENT))
    }
}
