// An order to open or close a queue as it comes over the control socket. The time is text: what a clock on the wall
// shows is known to the server, which has the zone.

internal import Foundation
package import SangdamCore
internal import SangdamHours
internal import SangdamWire

/// The body of a request, both ways.
package struct OverrideRequest: Codable {
    let queue: String
    let state: String
    /// `18:00`, `2026-12-31T18:00`, or a time with its distance from UTC.
    let until: String?
    let by: String

    package init(queue: String, state: OverrideOrder.State, until: String?, by: Text) {
        (self.queue, self.state, self.until, self.by) = (queue, state.rawValue, until, by.string)
    }

    package func body() throws -> [UInt8] { [UInt8](try JSONEncoder().encode(self)) }

    enum Fault: Error, Equatable, CustomStringConvertible {
        case notAnOrder
        case noQueue(String, of: [String])
        case noTime(String)
        case inThePast(String)
        case tooLate(String)
        case autoUntil

        var status: HTTPStatus {
            if case .noQueue = self { .notFound } else { .badRequest }
        }

        var description: String {
            switch self {
            case .notAnOrder: "This is no order about a queue."
            case .noQueue(let name, let names):
                "There is no queue `\(printable(name))`"
                    + (names.isEmpty
                        ? " any more."
                        : suggestion(for: name, among: names).map { "; did you mean `\($0)`?" }
                            ?? "; there are \(names.map { "`\($0)`" }.joined(separator: ", ")).")
            case .noTime(let text):
                "`\(printable(text))` is no time like 18:00, 2026-12-31T18:00 or 2026-12-31T18:00+09:00."
            case .inThePast(let text): "`\(printable(text))` has passed."
            case .tooLate(let text): "`\(printable(text))` is later than a time can be written."
            case .autoUntil: "What goes by the clock has no end."
            }
        }
    }

    static func read(
        _ body: [UInt8], for configuration: ServerConfiguration, at now: Instant
    ) throws(Fault) -> (OverrideOrder, by: Text) {
        guard let request = try? JSONDecoder().decode(OverrideRequest.self, from: Data(body)),
            let state = OverrideOrder.State(rawValue: request.state),
            (1...AccountEdit.authorLimitBytes).contains(request.by.utf8.count)
        else { throw .notAnOrder }
        let queues = configuration.desk.queues.map(\.id)
        guard let queue = queues.first(where: { $0.text == request.queue }) else {
            throw .noQueue(request.queue, of: queues.map(\.text))
        }
        guard let text = request.until else { return (OverrideOrder(queue: queue, state: state), Text(request.by)) }
        guard state != .auto else { throw .autoUntil }
        guard let until = configuration.hours.instant(text, after: now) else { throw .noTime(text) }
        guard until > now else { throw .inThePast(text) }
        guard until <= .lastWritable else { throw .tooLate(text) }
        return (OverrideOrder(queue: queue, state: state, until: until), Text(request.by))
    }
}

extension OverrideRequest.Fault {
    /// What the desk has against an order that could be read a moment ago: since then the configuration is another one,
    /// or the time has come.
    init(_ refusal: Refusal, of order: OverrideOrder) {
        self =
            refusal.code == .unknownQueue ? .noQueue(order.queue.text, of: []) : .inThePast(order.until?.rfc3339 ?? "")
    }
}
