// deploy/run.sh with a compiler that has nothing to do: which configuration, which data folder, whose account.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct RunScript {
        private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path

        /// A clone in which everything is built and installed already.
        private func clone() throws -> Folder {
            let folder = Folder(named: "clone")
            let manager = FileManager.default
            for name in ["deploy", "Certs/openssl.cnf"] {
                let target = "\(folder.path)/\(name)"
                try manager.createDirectory(
                    atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                let source = URL(fileURLWithPath: "\(Self.repository)/\(name)").resolvingSymlinksInPath().path
                try manager.copyItem(atPath: source, toPath: target)
            }
            try manager.createDirectory(
                atPath: "\(folder.path)/.build/release", withIntermediateDirectories: true)
            try manager.createSymbolicLink(
                atPath: "\(folder.path)/.build/release/sangdam", withDestinationPath: Sangdam.binary)
            try manager.createDirectory(atPath: "\(folder.path)/bin", withIntermediateDirectories: true)
            for (name, text) in [("swift", "Swift version 6.3"), ("dpkg-query", "installed")] {
                let file = "\(folder.path)/bin/\(name)"
                try "#!/bin/sh\nprintf '\(text)'\n".write(toFile: file, atomically: true, encoding: .utf8)
                try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
            }
            return folder
        }

        @Test(
            "The configuration that is named by flag or environment is the one that is checked, and its data folder is used",
            arguments: [
                (["--config", "office.yaml"], [:], "office"), (["--config=office.yaml"], [:], "office"),
                ([], ["SANGDAM_CONFIG": "office.yaml"], "office"),
                (["--config", "office.yaml", "--data", "other"], [:], "other"), ([], [:], "data"),
            ] as [([String], [String: String], String)])
        func configuration(flags: [String], environment: [String: String], data: String) async throws {
            let folder = try clone()
            try "data: ./office\nname: {ko: 사무실}\n".write(
                toFile: "\(folder.path)/office.yaml", atomically: true, encoding: .utf8)
            var environment = environment
            environment["PATH"] = "\(folder.path)/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
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

        @Test("The help tells how to name a configuration")
        func help() async throws {
            let help = try await run("\(Self.repository)/deploy/run.sh", ["--help"])
            #expect(help.status == 0)
            for words in ["--config FILE", "SANGDAM_CONFIG"] { #expect(help.output.contains(words)) }
        }
    }
}
