// Agents' accounts, made by `sangdam account add` once for a test run and copied: hashing a password is slow on
// purpose.

import Foundation

struct Accounts: Sendable {
    static let password = "아주-긴 비밀번호 1"

    /// kim and lee; park serves only the urgent queue; boss is a supervisor.
    static let few = Accounts("few") { data in
        try await add("kim", "--capacity", "8", to: data)
        try await add("lee", "--capacity", "8", to: data)
        try await add("park", "--skills", "fraud", to: data)
        try await add("boss", role: "supervisor", to: data)
    }

    /// agent-1 to agent-50, each for ten chats at once; made by four commands at a time, as scripts do.
    static let fifty = Accounts("fifty") { data in
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...50 {
                if number > 4 { try await group.next() }
                group.addTask { try await add("agent-\(number)", "--capacity", "10", to: data) }
            }
            try await group.waitForAll()
        }
    }

    /// One for forty chats at once.
    static let busy = Accounts("busy") { data in
        try await add("busy", "--capacity", "40", to: data)
    }

    private let folder: Folder
    private let making: Task<Void, any Error>

    private init(_ name: String, _ make: @escaping @Sendable (String) async throws -> Void) {
        let folder = Folder(named: name)
        self.folder = folder
        making = Task { try await make(folder.path) }
    }

    /// Puts the accounts into a data folder.
    func copy(to data: String) async throws {
        try await making.value
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".json") {
            try FileManager.default.copyItem(atPath: "\(folder.path)/\(file)", toPath: "\(data)/\(file)")
        }
    }

    private static func add(_ name: String, role: String = "agent", _ flags: String..., to data: String) async throws {
        let arguments = ["account", "add", name, "--role", role, "--data", data] + flags
        let result = try await run(Sangdam.binary, arguments, input: "\(password)\n")
        guard result.status == 0 else { throw TestFailure("account add \(name): \(result.errors)") }
    }
}

enum Sangdam {
    /// The binary that was built with the tests, beside the test bundle; SANGDAM_TEST_BINARY names another.
    static let binary: String = {
        if let named = ProcessInfo.processInfo.environment["SANGDAM_TEST_BINARY"] { return named }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/sangdam"
    }()
}
