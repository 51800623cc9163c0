// What a server's process holds in memory, as Linux counts it.

import Foundation

struct Memory {
    let residentKiB: Double
    /// A thread sanitizer's shadow makes every byte several.
    let isOfSanitizer: Bool

    init(of desk: Desk) throws {
        let text = try String(contentsOfFile: "/proc/\(desk.process.processID)/status", encoding: .utf8)
        func kibibytes(_ name: String) -> Double {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line.flatMap { Double($0.filter(\.isNumber)) } ?? 0
        }
        residentKiB = kibibytes("VmRSS")
        isOfSanitizer = kibibytes("VmSize") > 1e9
    }
}
