// `mail-in` over the control socket: a customer's mail becomes words of its inquiry.

internal import SangdamCore
internal import SangdamJSON
internal import SangdamJournal
internal import SangdamWire

extension ControlCommands {
    func takeMail(_ body: [UInt8], _ answer: @escaping @Sendable (HTTPResponse) -> Void) {
        guard let key = replyKey else {
            return answer(
                .failure(
                    .serviceUnavailable,
                    "The server has no mail server configured (mail.smtp), so it knows no replies.",
                    ExitStatus.tryAgain))
        }
        let order: Order
        do throws(MailRequest.Fault) {
            order = try MailRequest.read(body, key: key, textBytes: configuration.desk.inquiry.textBytes)
        } catch {
            switch error {
            case .unknown: return answer(.outcome(.unknown))
            case .noMail: return answer(.failure(.badRequest, "This is no mail.", ExitStatus.usage))
            }
        }
        mailbox.submit([
            .order(order) { [journal] outcome in
                switch outcome {
                case .done(.mail(let outcome), let number): journal.afterSafe(number) { answer(.outcome(outcome)) }
                case .done(.overridden, _), .done(.refused, _):
                    preconditionFailure("a mail was taken for an order about a queue")
                case .storageFull:
                    answer(
                        .failure(
                            .serviceUnavailable,
                            "The disk is full: the mail was not stored. Try again when there is room.",
                            ExitStatus.tryAgain))
                }
            }
        ])
    }
}

extension HTTPResponse {
    fileprivate static func outcome(_ outcome: IncomingMailOutcome) -> HTTPResponse {
        json { writer in
            writer.key("result")
            writer.string(outcome.rawValue)
        }
    }
}
