// Which days the simulations play: some that are always the same, and a batch that comes from the commit, so that every
// commit looks at days which nobody has seen before. Both can be had again: a failing day says its seed.

import Foundation

enum Seeds {
    /// `SANGDAM_SEED=7` asks for one day, `SANGDAM_SEEDS=500` for the first five hundred; otherwise there are days that
    /// are always the same and as many of the commit. Few at once, so that they are played side by side.
    static func all(of simulation: String, fixed: UInt64, ofCommit count: UInt64) -> [[UInt64]] {
        if let seed = number("SANGDAM_SEED") { return [[seed]] }
        if let count = number("SANGDAM_SEEDS") { return groups(Array(1...max(1, count))) }
        guard let commit else {
            say("\(simulation): seeds 1 to \(fixed); there is no commit to take others from")
            return groups(Array(1...fixed))
        }
        let batch = (0..<count).map { seed(of: commit, $0) }
        say("\(simulation): seeds 1 to \(fixed), and of commit \(commit.prefix(12)): \(batch)")
        return groups(Array(1...fixed) + batch)
    }

    private static func groups(_ seeds: [UInt64]) -> [[UInt64]] {
        stride(from: 0, to: seeds.count, by: 10).map { Array(seeds[$0..<min($0 + 10, seeds.count)]) }
    }

    /// Not buffered: a process that dies has said it.
    private static func say(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// `SANGDAM_EVENTS`: how long a day is.
    static var events: Int? { number("SANGDAM_EVENTS").map { Int(clamping: $0) } }

    private static func number(_ variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
    }

    /// Nine digits at most, for whoever types one. FNV-1a, mixed once more.
    static func seed(of commit: String, _ index: UInt64) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in commit.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var random = Seeded(hash &+ index)
        return random.next() % 1_000_000_000
    }

    /// As `SANGDAM_COMMIT` says, or as the repository does.
    static let commit: String? = {
        if let named = ProcessInfo.processInfo.environment["SANGDAM_COMMIT"], !named.isEmpty { return named }
        let folder =
            URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/.git/"
        guard let head = firstLine(folder + "HEAD") else { return nil }
        guard head.hasPrefix("ref: ") else { return head }
        let name = String(head.dropFirst(5))
        if let commit = firstLine(folder + name) { return commit }
        let packed = (try? String(contentsOfFile: folder + "packed-refs", encoding: .utf8)) ?? ""
        return packed.split(separator: "\n").first { $0.hasSuffix(" " + name) }.map { String($0.prefix { $0 != " " }) }
    }()

    private static func firstLine(_ path: String) -> String? {
        (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n").first.map(String.init)
    }
}
