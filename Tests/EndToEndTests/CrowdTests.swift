// A thousand customers and fifty agents at once, with half as many slots as customers: everybody is answered, in the
// order of their coming, and the metrics say what the journal says.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Crowd {
        private static let customers = 1_000
        private static let agents = 50
        private static let topics = ["payment", "refund", "general"]

        @Test(
            "1,000 customers and 50 agents: every chat answered, first come first served, metrics agree with the journal"
        )
        func crowd() async throws {
            try await withDesk(accounts: .fifty, starts: false) { desk in
                // The limit of a login shell on Debian, which is fewer than the connections here.
                try await desk.start(under: ["prlimit", "--nofile=1024:8192"])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    var agents: [Client] = []
                    for number in 1...Self.agents {
                        agents.append(try await Client("agent-\(number)", to: desk))
                        agents[number - 1].send([
                            "type": "hello", "role": "agent", "user": .string("agent-\(number)"),
                            "password": .string(Accounts.password),
                        ])
                    }
                    let customers = try await Self.arrive(at: desk)
                    for agent in agents { try await agent.next("welcome", within: 60) }

                    for (place, customer) in customers.enumerated() {
                        group.addTask { try await Self.visit(customer, topic: Self.topics[place % Self.topics.count]) }
                    }
                    // Half of the agents take offers by hand, the other half leave it to the desk.
                    let serving = agents.enumerated().map { place, agent in
                        Task { try await Self.serve(agent, autoAccept: place % 2 == 0) }
                    }
                    try await group.waitForAll()
                    for agent in agents { try await agent.waitUntilWrappedUp() }
                    for task in serving { task.cancel() }

                    // Everybody is still connected, and the numbers stand.
                    let metrics = try await desk.metrics()
                    try await desk.stop()
                    let journal = try desk.journal()
                    try Self.compare(metrics, journal)
                    Self.checkOrder(journal)
                    try await Self.checkText(metrics)
                    #expect(try await desk.transcript("verify").status == 0)
                    withExtendedLifetime(customers) {}
                }
            }
        }

        /// All customers, connected and welcomed before the first of them enters.
        private static func arrive(at desk: Desk) async throws -> [Client] {
            try await withThrowingTaskGroup(of: Client.self) { group in
                var arrived: [Client] = []
                for number in 1...customers {
                    if number > 64, let client = try await group.next() { arrived.append(client) }
                    group.addTask { try await Client.customer("c\(number)", at: desk).client }
                }
                for try await client in group { arrived.append(client) }
                return arrived
            }
        }

        private static func visit(_ customer: Client, topic: String) async throws {
            customer.send(["type": "enter", "topic": .string(topic)])
            try await customer.next("started", within: 120)
            try await customer.say("문의 1", id: "1")
            try await customer.say("문의 2", id: "2")
            _ = try await customer.next("message", within: 60) { $0["text"] == "답 2" }
            customer.send(["type": "leave"])
            try await customer.next("ended")
        }

        /// Answers every question once, wraps up every chat that ended.
        private static func serve(_ agent: Client, autoAccept: Bool) async throws {
            agent.send(["type": "status", "status": "available", "auto_accept": .bool(autoAccept)])
            while !Task.isCancelled {
                let message = try await agent.next(ofAny: ["offer", "message", "ended"], within: 600)
                switch message["type"].text {
                case "offer":
                    agent.send(["type": "accept", "offer": message["offer"]])
                case "message":
                    let answer = message["text"].text.replacingOccurrences(of: "문의", with: "답")
                    agent.send(["type": "say", "chat": message["chat"], "id": .string(answer), "text": .string(answer)])
                default:
                    agent.send(["type": "wrapup", "chat": message["chat"], "resolved": true])
                }
            }
        }

        // MARK: What must hold

        private static func compare(_ metrics: Metrics, _ journal: [JSON]) throws {
            var queues: [String: String] = [:]
            for line in journal where line["type"] == "queued" { queues[line["chat"].text] = line["queue"].text }
            func lines(_ type: String, _ queue: String) -> [JSON] {
                journal.filter { $0["type"].text == type && queues[$0["chat"].text] == queue }
            }
            #expect(queues.count == customers)
            for queue in ["payment", "general"] {
                let label = "queue=\"\(queue)\""
                let started = lines("started", queue)
                #expect(metrics.sum("sangdam_chats_offered_total", label) == Double(lines("queued", queue).count))
                #expect(metrics.sum("sangdam_chats_answered_total", label) == Double(started.count))
                #expect(
                    metrics.sum("sangdam_chats_ended_total", label, "reason=\"customer_left\"")
                        == Double(lines("ended", queue).count))
                #expect(metrics.sum("sangdam_queue_length", label) == 0)
                let answered = "outcome=\"answered\""
                #expect(metrics.sum("sangdam_queue_wait_seconds_count", label, answered) == Double(started.count))
                let waited = started.reduce(0) { $0 + ($1["waited"].number ?? 0) }
                #expect(abs(metrics.sum("sangdam_queue_wait_seconds_sum", label, answered) - waited) < 0.01)
                let soon = Double(started.count { $0["waited"].number ?? 0 <= 20 })
                #expect(metrics.sum("sangdam_queue_wait_seconds_bucket", label, answered, "le=\"20\"") == soon)
                #expect(metrics.sum("sangdam_wrapup_seconds_count", label) == Double(lines("wrapped_up", queue).count))
                #expect(metrics.sum("sangdam_handle_seconds_count", label) == Double(started.count))
                #expect(metrics.sum("sangdam_first_response_seconds_count", label) == Double(started.count))
            }
            #expect(metrics.sum("sangdam_chats_answered_total") == Double(customers))
            #expect(metrics.sum("sangdam_chats_abandoned_total") == 0)
            for party in ["customer", "agent"] {
                let count = journal.count { $0["type"] == "message" && $0["from"].text == party }
                #expect(count == customers * 2)
                #expect(metrics.sum("sangdam_messages_total", "from=\"\(party)\"") == Double(count))
            }
            #expect(
                metrics.sum("sangdam_offers_total", "result=\"accepted\"")
                    == Double(journal.count { $0["type"] == "offer_closed" && $0["outcome"] == "accepted" }))
            #expect(metrics.sum("sangdam_agents", "status=\"available\"") == Double(agents))
            #expect(metrics.sum("sangdam_connections", "mode=\"json\"") == Double(customers + agents))
        }

        /// Within a queue, chats go to agents in the order in which they came.
        private static func checkOrder(_ journal: [JSON]) {
            for queue in ["payment", "general"] {
                let came = journal.filter { $0["type"] == "queued" && $0["queue"].text == queue }.map {
                    $0["chat"].text
                }
                let members = Set(came)
                var served: [String] = []
                var known: Set<String> = []
                for line in journal where line["type"] == "offered" || line["type"] == "started" {
                    let chat = line["chat"].text
                    if members.contains(chat), known.insert(chat).inserted { served.append(chat) }
                }
                #expect(served == came, "first come, first served in \(queue)")
            }
        }

        private static func checkText(_ metrics: Metrics) async throws {
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool") else {
                print("skipped: promtool is not here (Debian: apt install prometheus)")
                return
            }
            let result = try await run("promtool", ["check", "metrics"], input: metrics.text)
            #expect(result.status == 0)
            #expect(result.errors.isEmpty, "promtool: \(result.errors)")
        }
    }
}

extension Client {
    /// Waits until every chat that ended here has been put away.
    fileprivate func waitUntilWrappedUp() async throws {
        let ended = log.count { $0["type"] == "ended" }
        for _ in 0..<ended { try await next("ok", within: 60) }
    }
}
