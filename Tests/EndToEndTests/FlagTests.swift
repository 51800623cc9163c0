// The flags of `sangdam serve` against the table of settings, both ways: what a row names is a flag and reaches its
// setting, and every other flag is one of the command's own.

import SangdamServer
import Testing

extension EndToEnd {
    @Suite struct Flags {
        @Test("The flags that set something are those of the table")
        func names() async throws {
            let help = try await run(Sangdam.binary, ["serve", "--help"])
            let shown = help.output.split(separator: "\n").compactMap { line in
                line.hasPrefix("  -") ? line.split(separator: " ").first { $0.hasPrefix("--") }.map(String.init) : nil
            }
            let own = ["--config", "--ready-json", "--version", "--help"]
            #expect(shown.filter { !own.contains($0) } == Setting.table.filter { $0.flag != nil }.map(\.flagName))
            #expect(own.allSatisfy(shown.contains))
        }

        @Test("What a flag says reaches its setting, and is found at fault there")
        func reach() async throws {
            let flags = Setting.table.filter { $0.flag != nil }
            let bad = flags.flatMap { [$0.flagName, $0.form == .text ? "\u{7F}" : "1000000"] }
            let result = try await run(Sangdam.binary, ["serve"] + bad)
            #expect(result.status == 64)
            let faults = result.errors.split(separator: "\n").map { $0.prefix { $0 != ":" } }
            #expect(faults.map(String.init) == flags.map(\.flagName), "\(result.errors)")
        }
    }
}
