// Orders to open or close a queue, and what is none.

import SangdamCore
import SangdamHours
import Testing

@testable import SangdamServer

@Suite("Orders about queues")
struct OverrideRequestTests {
    private let now = Instant(rfc3339: Array("2026-12-31T11:00:00.000Z".utf8))!

    private func read(_ body: String) throws(OverrideRequest.Fault) -> OverrideOrder {
        var configuration = ServerConfiguration()
        configuration.desk = .unconfigured
        return try OverrideRequest.read(Array(body.utf8), for: configuration, at: now).0
    }

    @Test("What is written is read, with its author")
    func roundTrip() throws {
        let request = OverrideRequest(queue: "general", state: .closed, until: "2027-01-01T09:00Z", by: "ops")
        let (order, by) = try OverrideRequest.read(try request.body(), for: ServerConfiguration(), at: now)
        #expect(order.queue == "general" && order.state == .closed)
        #expect(order.until?.rfc3339 == "2027-01-01T09:00:00.000Z")
        #expect(by == "ops")
        let open = OverrideRequest(queue: "general", state: .open, until: nil, by: "ops")
        #expect(try OverrideRequest.read(try open.body(), for: ServerConfiguration(), at: now).0.until == nil)
    }

    @Test(
        "What is no order, and why",
        arguments: [
            ("", "no order about a queue"),
            (#"{"queue":"general","state":"shut","by":"ops"}"#, "no order about a queue"),
            (#"{"queue":"general","state":"open","by":""}"#, "no order about a queue"),
            (#"{"queue":"genral","state":"open","by":"ops"}"#, "no queue `genral`; did you mean `general`?"),
            (#"{"queue":"결제","state":"open","by":"ops"}"#, "no queue `결제`; there are `general`."),
            (#"{"queue":"general","state":"open","until":"soon","by":"ops"}"#, "`soon` is no time like 18:00"),
            (#"{"queue":"general","state":"open","until":"2026-12-31T11:00Z","by":"ops"}"#, "has passed"),
            (#"{"queue":"general","state":"open","until":"9999-12-31T23:59-01:00","by":"ops"}"#, "later than"),
            (#"{"queue":"general","state":"auto","until":"18:00","by":"ops"}"#, "has no end"),
        ])
    func faults(body: String, says: String) {
        do throws(OverrideRequest.Fault) {
            Issue.record("\(try read(body))")
        } catch {
            #expect(error.description.contains(says), "\(error)")
        }
    }
}
