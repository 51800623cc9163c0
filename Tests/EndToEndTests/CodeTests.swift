// Codes as people write them, with the real programs: the way back by hand and by JSON lines, receipts and chat ids on
// the command line.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Codes {
        /// Ways to write a code, by what is done to it.
        private static func ways(_ code: String) -> [String] {
            let capitals = code.uppercased()
            let fullWidth = String(
                String.UnicodeScalarView(code.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
            return [
                capitals, groups(of: capitals, " "), groups(of: code, "　"), fullWidth, groups(of: fullWidth, "ー"),
                "「\(groups(of: code, "–"))」", "\u{FEFF}\(groups(of: code, "\u{200B}"))",
                code.replacing("1", with: "l").replacing("0", with: "O"),
            ]
        }

        private static func groups(of code: String, _ between: String) -> String {
            let characters = Array(code)
            return stride(from: 0, to: characters.count, by: 4)
                .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: between)
        }

        @Test("The way back, with capitals, blanks and whatever else people write: by hand and in JSON")
        func wayBack() async throws {
            try await withDesk { desk in
                let kim = try await Client.agent("kim", at: desk)
                // The customer stays, so that the chat goes on when a hand hangs up.
                let (customer, token) = try await Client.customer(at: desk)
                _ = try await customer.enter("refund")
                let chat = try await kim.acceptNext()
                try await kim.say("그동안 한 말", id: "k-1", chat: chat)
                for way in [token] + Self.ways(token) {
                    try await withOpenSSLClient(to: desk) { hand in
                        try await hand.expect("번호를 입력해 주세요")
                        hand.type("/재접속 \(way)")
                        try await hand.expect("다시 오")
                        try await hand.expect("상담원 kim> 그동안 한 말")
                        hand.endInput()
                        _ = try await hand.exitStatus()
                    }
                    let program = try await Client("program", to: desk)
                    let welcome = try await program.ask(
                        ["type": "hello", "role": "customer", "resume": .string(way)], for: "welcome")
                    #expect(welcome["token"].text == token, "\(way)")
                    try await program.next("started")
                    program.peer.abort()
                }
                let stranger = try await Client("stranger", to: desk)
                for code in ["\(token)0", String(token.dropLast()), "u\(token.dropFirst())", "접속 \(token)"] {
                    let hello: JSON = ["type": "hello", "role": "customer", "resume": .string(code)]
                    #expect(try await stranger.refusal(of: hello) == "unknown_token", "\(code)")
                }
                let endless: JSON = [
                    "type": "hello", "role": "customer", "resume": .string(token + String(repeating: " ", count: 300)),
                ]
                #expect(try await stranger.refusal(of: endless) == "too_long")
            }
        }

        @Test("Receipts and chat ids on the command line, also without quotes")
        func commandLine() async throws {
            try await withDesk { desk in
                let (customer, _) = try await Client.customer(at: desk)
                let chat = try await customer.enter("refund")
                let receipt = try await customer.ask(["type": "leave"], for: "ended")["receipt"].text
                let shown = try await desk.transcript("show", receipt)
                #expect(shown.status == 0 && shown.output.contains(chat), "\(shown)")
                let plain = receipt.replacing("-", with: "")
                for way in Self.ways(plain) + Self.ways(chat) + Self.ways(String(chat.prefix(16))) {
                    #expect(try await desk.transcript("show", way) == shown, "\(way)")
                }
                let words = receipt.split(separator: "-").map(String.init)
                #expect(try await desk.transcript("show", words[0], words[1], words[2]) == shown)
                #expect(try await desk.transcript("show", words[0], "-", words[1], "-", words[2]) == shown)
                for nothing in ["", "-", "접수번호", "\(plain)0"] {
                    let missing = try await desk.transcript("show", nothing)
                    #expect(missing.status == 66, "\(missing)")
                    #expect(missing.errors.contains("There is no chat with the id or receipt"), "\(missing)")
                }
            }
        }
    }
}
