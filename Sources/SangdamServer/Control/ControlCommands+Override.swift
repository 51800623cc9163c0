// `override` over the control socket: a queue is open or closed whatever the clock says.

internal import SangdamCore
internal import SangdamJSON
internal import SangdamJournal
internal import SangdamWire

extension ControlCommands {
    func override(_ body: [UInt8], _ answer: @escaping @Sendable (HTTPResponse) -> Void) {
        let (now, configuration) = (clock.now(), configuration)
        let order: OverrideOrder
        let author: Text
        do throws(OverrideRequest.Fault) {
            (order, author) = try OverrideRequest.read(body, for: configuration, at: now)
        } catch {
            return answer(.failure(error.status, error.description, ExitStatus.usage))
        }
        // The snapshot is taken behind the order; it is true once the journal has kept what it rests on.
        mailbox.submit([
            .event(.override(order, by: author)),
            .snapshot { [journal] snapshot, counted in
                let isOpen = snapshot.queues.first { $0.queue == order.queue }?.isOpen ?? true
                journal.afterSafe(counted.number) {
                    answer(
                        .json { writer in
                            writer.key("queue")
                            writer.string(order.queue.text)
                            writer.key("state")
                            writer.string(order.state.rawValue)
                            writer.key("open")
                            writer.bool(isOpen)
                            guard let until = order.until else { return }
                            writer.key("until")
                            writer.string(until)
                        })
                }
            },
        ])
    }
}
