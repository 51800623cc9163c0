// Account changes as the control socket carries them.

import SangdamCore
import SangdamServer
import Testing

@testable import SangdamServer

@Suite("Orders about accounts")
struct AccountOrderTests {
    private static let name = AgentName(validating: "kim")!
    private static let hash = PasswordHash(
        cost: .standard, salt: Array(repeating: 7, count: 16), hash: Array(repeating: 9, count: 32))
    private static let editor = AccountEditor(name: "ops", now: Instant(milliseconds: 1_796_000_000_123))

    static let orders: [AccountOrder] = [
        .add(
            Account(
                name: name, role: .supervisor, skills: ["payment", "fraud"], languages: [.korean], capacity: 4,
                password: hash, created: Instant(milliseconds: 1_796_000_000_000))),
        .edit(name, role: .agent, skills: [], languages: [.english, .korean], capacity: 100),
        .edit(name, role: nil, skills: nil, languages: nil, capacity: nil),
        .password(name, hash), .lock(name), .unlock(name), .remove(name),
    ]

    @Test("What is written is read", arguments: orders)
    func roundTrip(order: AccountOrder) throws {
        let read = try #require(AccountOrder.read(try order.body(by: Self.editor)))
        #expect(read.order == order)
        #expect(read.editor.name == Self.editor.name && read.editor.now == Self.editor.now)
    }

    private static func body(_ members: String) -> String {
        #"{"name":"kim","by":"ops","at":"2026-12-01T00:00:00.000Z",\#(members)}"#
    }

    @Test(
        "What is no order",
        arguments: [
            "", "[]", "{}", body(#""change":"promote""#), body(#""change":"password""#),
            body(#""change":"password","password":"secret""#), body(#""change":"add","role":"agent""#),
            body(#""change":"edit","capacity":0"#), body(#""change":"edit","role":"owner""#),
            body(#""change":"edit","skills":["결제"]"#), body(#""change":"edit","languages":["fr"]"#),
            #"{"change":"lock","name":"../kim","by":"ops","at":"2026-12-01T00:00:00.000Z"}"#,
            #"{"change":"lock","name":"kim","by":"","at":"2026-12-01T00:00:00.000Z"}"#,
            #"{"change":"lock","name":"kim","by":"ops","at":"yesterday"}"#,
        ])
    func broken(text: String) {
        #expect(AccountOrder.read(Array(text.utf8)) == nil)
    }
}
