// WebSocket as others understand it: kosoku runs Autobahn's cases against an echo of our own parts. It comes from PyPI:
// Tests/Conformance/run.sh installs it and names it in the environment; without it these tests are skipped.

import Foundation
import SangdamProtocol
import SangdamWire
import Testing

/// Where kosoku is, if it is.
private let kosoku = ProcessInfo.processInfo.environment["SANGDAM_KOSOKU"]

extension EndToEnd {
    @Suite(.enabled(if: kosoku != nil, "Tests/Conformance/run.sh brings kosoku"))
    struct WebSocketConformance {
        /// Some of Autobahn's cases, and what must be raised for them.
        struct Part: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let choice: [String]
            /// A choice that finds none has shown nothing.
            let cases: Int
            let rules: WebSocketRules
        }

        /// 12 and 13 are compression, which is never agreed on.
        static let parts = [
            Part(
                testDescription: "framing, pings, fragments, UTF-8, closing",
                choice: ["-x", "9.*", "-x", "12.*", "-x", "13.*"], cases: 247, rules: rules(messageBytes: 65_536)),
            Part(
                testDescription: "messages of megabytes, in up to 65,536 fragments", choice: ["-i", "9.*"], cases: 54,
                rules: rules(messageBytes: 16 << 20, fragments: 1 << 16)),
        ]

        private static func rules(messageBytes: Int, fragments: Int? = nil) -> WebSocketRules {
            var rules = WebSocketRules()
            // An echo of binary messages and of the largest that a case sends; the rest is as shipped.
            rules.takesBinary = true
            rules.messageLimitBytes = messageBytes
            if let fragments { rules.fragmentLimit = fragments }
            return rules
        }

        @Test("Every case of Autobahn's behaves", arguments: parts)
        func cases(part: Part) async throws {
            let server = try EchoServer(rules: part.rules)
            defer { server.stop() }
            let folder = Folder(named: "kosoku")
            let result = try await run(
                kosoku ?? "", part.choice + ["-o", folder.path, "127.0.0.1:\(server.port)"], within: 280)
            #expect(result.status == 0, "\(result.output.suffix(4_000))\n\(result.errors.suffix(2_000))")
            let report = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/index.json"))
            let verdicts = try JSONDecoder().decode([String: [String: Verdict]].self, from: report).values.flatMap(
                \.self)
            #expect(verdicts.count == part.cases)
            let bad = verdicts.filter { !$0.value.isGood }.map { "\($0.key) \($0.value)" }.sorted()
            #expect(bad.isEmpty, "\(bad.joined(separator: "\n"))")
        }

        /// What its report says about a case.
        private struct Verdict: Decodable {
            let behavior: String
            let behaviorClose: String

            /// Stricter than its exit status, which lets "non-strict" answers pass. "Informational" is where the
            /// standard leaves it open.
            var isGood: Bool {
                [behavior, behaviorClose].allSatisfy { ["OK", "INFORMATIONAL"].contains($0) }
            }
        }
    }
}
