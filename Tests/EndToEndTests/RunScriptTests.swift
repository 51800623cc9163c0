// deploy/run.sh with a compiler that has nothing to do: which configuration, which data folder, whose account.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct RunScript {
        @Test(
            "The configuration that is named by flag or environment is the one that is checked, and its data folder is used",
            arguments: [
                (["--config", "office.yaml"], [:], "office"), (["--config=office.yaml"], [:], "office"),
                ([], ["SANGDAM_CONFIG": "office.yaml"], "office"),
                (["--config", "office.yaml", "--data", "other"], [:], "other"), ([], [:], "data"),
            ] as [([String], [String: String], String)])
        func configuration(flags: [String], environment: [String: String], data: String) async throws {
            let clone = try Clone()
            let folder = clone.folder
            try "data: ./office\nname: {ko: 사무실}\n".write(
                toFile: "\(folder.path)/office.yaml", atomically: true, encoding: .utf8)
            var environment = environment
            environment["PATH"] = clone.path
            let arguments = flags + ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]
            try await withChild("\(folder.path)/deploy/run.sh", arguments, environment: environment) { script in
                try await eventually("the desk is open") { script.errors.contains("The desk is open on") }
                #expect(script.errors.contains("\(data == "data" ? "deploy/sangdam.yaml" : "office.yaml"): fine"))
                #expect(!script.errors.contains("warning: "), "\(script.errors)")
                script.signal(SIGTERM)
                _ = try await script.exitStatus()
            }
            for name in ["office", "other", "data"] {
                let file = "\(folder.path)/\(name)/accounts.json"
                #expect(FileManager.default.fileExists(atPath: file) == (name == data), "\(name)")
            }
        }

        /// Browsers and the usual checks take a server's certificate of more than a year for a mistake.
        @Test(
            "The development certificate is one of a year, and is made anew in its last month or when it was made for longer",
            arguments: [(365, true), (40, true), (29, false), (366, false), (825, false)])
        func certificates(days: Int, stays: Bool) async throws {
            let clone = try Clone()
            let made = try await clone.makeCertificates()
            #expect(made.status == 0, "\(made)")
            #expect(try await clone.dates().lifetimeDays == 365)
            let authority = try Data(contentsOf: URL(fileURLWithPath: clone.certs + "/ca.pem"))
            try await clone.sign(days: days)
            let before = try await clone.dates()
            #expect(before.lifetimeDays == days)
            #expect(try await clone.makeCertificates().status == 0)
            let after = try await clone.dates()
            #expect((after.serial == before.serial) == stays)
            #expect(stays || after.lifetimeDays == 365)
            #expect(try Data(contentsOf: URL(fileURLWithPath: clone.certs + "/ca.pem")) == authority)
        }

        @Test("The help tells how to name a configuration")
        func help() async throws {
            let help = try await run("\(Clone.repository)/deploy/run.sh", ["--help"])
            #expect(help.status == 0)
            for words in ["--config FILE", "SANGDAM_CONFIG"] { #expect(help.output.contains(words)) }
        }
    }
}
