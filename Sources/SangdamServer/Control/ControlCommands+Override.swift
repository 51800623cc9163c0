// `override` over the control socket: a queue is open or closed whatever the clock says.

internal import SangdamCore
internal import SangdamJSON
internal import SangdamJournal
internal import SangdamProtocol
internal import SangdamWire

extension ControlCommands {
    func override(_ body: [UInt8], _ answer: @escaping @Sendable (HTTPResponse) -> Void) {
        let (now, configuration) = (clock.onTheWall, configuration)
        let order: OverrideOrder
        let author: Text
        do throws(OverrideRequest.Fault) {
            (order, author) = try OverrideRequest.read(body, for: configuration, at: now)
        } catch {
            return answer(.failure(error.status, error.description, ExitStatus.usage))
        }
        mailbox.submit([
            .order(.override(order, by: author)) { [journal] outcome in
                switch outcome {
                case .done(.overridden(let notice), let number):
                    journal.afterSafe(number) { answer(.json { notice.write(to: &$0) }) }
                case .done(.refused(let refusal), _):
                    let fault = OverrideRequest.Fault(refusal, of: order)
                    answer(.failure(fault.status, fault.description, ExitStatus.usage))
                case .done(.mail, _):
                    preconditionFailure("an order about a queue was taken for a mail")
                case .storageFull:
                    answer(
                        .failure(
                            .serviceUnavailable, "The disk is full: nothing was changed. Try again when there is room.",
                            ExitStatus.disk))
                }
            }
        ])
    }
}
