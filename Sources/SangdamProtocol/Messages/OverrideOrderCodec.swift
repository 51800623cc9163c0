// A supervisor's `override` (Protocol.md#Agents) in both directions, and what it is answered with.

package import SangdamCore
package import SangdamJSON

extension OverrideOrder {
    /// Behind the `type`.
    func write(to writer: inout JSONWriter) {
        writer.key("queue")
        writer.string(queue.text)
        writer.key("state")
        writer.string(state.rawValue)
        guard let until else { return }
        writer.key("until")
        writer.string(until)
    }
}

extension OverrideNotice {
    /// The members of the answer, on the wire and over the control socket.
    package func write(to writer: inout JSONWriter) {
        writer.key("queue")
        writer.string(queue.text)
        writer.key("state")
        writer.string(state.rawValue)
        writer.key("open")
        writer.bool(isOpen)
        guard let until else { return }
        writer.key("until")
        writer.string(until.at)
        writer.key("until_local")
        writer.string(until.text)
    }
}

extension ClientMessageRow {
    static func override(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var queue: QueueID?
        var state: OverrideOrder.State?
        var until: Instant?
        while let field = try reader.nextField() {
            switch field {
            case "queue": queue = try reader.name()
            case "state": state = try reader.keyword()
            case "until": until = try reader.instant()
            default: try reader.skip()
            }
        }
        return .command(
            .override(
                OverrideOrder(
                    queue: try required(queue, "queue"), state: try required(state, "state"), until: until)))
    }
}
