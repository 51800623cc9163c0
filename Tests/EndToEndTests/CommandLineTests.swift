// What an operator types by mistake, or does not know to type: each command then says what it looked at and what to do.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct CommandLine {
        /// A command in an empty folder of its own, and what it says. `office.yaml` is a good configuration whose data
        /// folder is `office`, which holds accounts; nothing else is there.
        struct Row: Sendable, CustomTestStringConvertible {
            let command: String
            var input = ""
            var environment: [String: String] = [:]
            var exitCode: Int32 = 0
            /// All of them stand in what it prints on stdout or stderr.
            let says: [String]
            var doesNotSay: [String] = []

            var testDescription: String {
                (environment.map { "\($0.key)=\($0.value)" } + ["sangdam", command]).joined(separator: " ")
            }
        }

        static let inOffice = ["SANGDAM_CONFIG": "office.yaml"]
        static let advice = "Name the data folder with --data, or the configuration with --config or SANGDAM_CONFIG."

        static let rows: [Row] = [
            // Which configuration
            Row(
                command: "config check",
                says: ["No file was named: the built-in defaults are fine. Name yours with --config FILE."]),
            Row(command: "config check --config office.yaml", says: ["office.yaml: fine"], doesNotSay: ["No file"]),
            Row(command: "config check", environment: inOffice, says: ["office.yaml: fine"]),
            // What a start would stumble upon, or should not do
            Row(
                command: "config check --config office.yaml",
                says: [
                    "warning: certificate: Certs/server.pem does not exist. Make development certificates with",
                    "warning: private_key: Certs/server-key.pem does not exist.",
                ], doesNotSay: ["ticket_keys", "admin_listen"]),
            Row(
                command: "config check", environment: ["SANGDAM_TICKET_KEYS": "tickets"],
                says: ["warning: ticket_keys: tickets does not exist."]),
            Row(
                command: "config check", environment: ["SANGDAM_ADMIN_LISTEN": "0.0.0.0:9464"],
                says: ["warning: admin_listen is 0.0.0.0:9464", "127.0.0.1:9464"]),
            Row(
                command: "config check --json", environment: ["SANGDAM_ADMIN_LISTEN": "[::]:9"],
                says: ["[]\n", "warning: admin_listen is [::]:9"]),
            // Which data folder
            Row(
                command: "transcript list", exitCode: 66,
                says: ["There is no journal in ./data/journal. \(advice)"]),
            Row(
                command: "transcript verify", environment: inOffice, exitCode: 66,
                says: ["There is no journal in office/journal. \(advice)"]),
            Row(
                command: "transcript show x --config office.yaml", exitCode: 66,
                says: ["There is no journal in office/journal. \(advice)"]),
            Row(
                command: "transcript list --config office.yaml --data other", exitCode: 66,
                says: ["no journal in other/journal"]),
            Row(command: "transcript list --config nowhere.yaml", exitCode: 78, says: ["nowhere.yaml: cannot be read"]),
            Row(
                command: "transcript list --data other", environment: ["SANGDAM_CONFIG": "nowhere.yaml"], exitCode: 66,
                says: ["no journal in other/journal"]),
            Row(command: "account list", exitCode: 66, says: ["There is no folder ./data. \(advice)"]),
            Row(command: "account remove kim", exitCode: 66, says: ["There is no folder ./data. \(advice)"]),
            Row(command: "account password kim", exitCode: 66, says: ["There is no folder ./data. \(advice)"]),
            Row(command: "account list --data .", says: ["No accounts in .."]),
            Row(
                command: "account list --config office.yaml",
                says: [
                    "NAME  ROLE        CAPACITY  LOCKED  LANGUAGES  CREATED",
                    "\nkim   agent       8         no      *          20",
                ]),
            // Accounts
            Row(
                command: "account add new --role agent --skills payment,tax,nosuch --config office.yaml",
                input: "long enough\n",
                says: [
                    "Account new (agent) is made.",
                    "warning: office.yaml has no queue `tax`, `nosuch`; it has `payment`, `general`, `fraud`.",
                ]),
            Row(
                command: "account add new --role agent --skills payment", input: "long enough\n", environment: inOffice,
                says: ["is made."], doesNotSay: ["warning", "not compared"]),
            Row(
                command: "account add new --role agent --skills tax --data office", input: "long enough\n",
                says: ["The skills were not compared with the queues: name the configuration with --config"]),
            Row(
                command: "account add new --role agent --data office", input: "long enough\n", says: ["is made."],
                doesNotSay: ["not compared"]),
            Row(
                command: "account add new --role agent --data office", input: "short\n", exitCode: 65,
                says: ["A password has at least 8 bytes."]),
            Row(
                command: "account add new --role agent --data office", input: "비밀\u{200B}번호\n", exitCode: 65,
                says: ["Character 3 of the password has something invisible in it"], doesNotSay: ["비밀", "is made"]),
            Row(
                command: "account password kim --data office", input: "with a\ttab\n", exitCode: 65,
                says: ["Character 7 of the password is a control character"], doesNotSay: ["with a"]),
            Row(
                command: "account add kim --role agent --data office", exitCode: 73,
                says: ["There is an account kim already."]),
            Row(command: "account remove lee2 --data office", exitCode: 67, says: ["There is no account lee2."]),
            // Values
            Row(
                command: "serve --listen 127.0.0.1:80777", exitCode: 64,
                says: ["--listen: must be HOST:PORT", "not `127.0.0.1:80777`"]),
            Row(command: "serve --reactors 65", exitCode: 64, says: ["--reactors: must be", "not `65`"]),
            Row(
                command: "serve", exitCode: 78,
                says: [
                    """
                    Certs/server.pem does not exist. Make development certificates with deploy/certificates.sh, or name \
                    yours: certificate and private_key.
                    """
                ]),
        ]

        @Test("Each command says what it looked at and what to do", arguments: rows)
        func says(row: Row) async throws {
            try await withDesk(starts: false) { desk in
                let folder = Folder()
                try FileManager.default.copyItem(atPath: desk.data, toPath: folder.path + "/office")
                let office = try "data: office\n" + String(contentsOfFile: desk.configurationFile, encoding: .utf8)
                try office.write(toFile: folder.path + "/office.yaml", atomically: true, encoding: .utf8)
                let words = row.command.split(separator: " ").map(String.init)
                let result = try await run(
                    Sangdam.binary, words, input: row.input, environment: row.environment, in: folder.path)
                #expect(result.status == row.exitCode, "\(result)")
                for words in row.says {
                    #expect((result.output + result.errors).contains(words), "\(result.output)\(result.errors)")
                }
                for words in row.doesNotSay {
                    #expect(!(result.output + result.errors).contains(words), "\(result.output)\(result.errors)")
                }
            }
        }
    }
}
