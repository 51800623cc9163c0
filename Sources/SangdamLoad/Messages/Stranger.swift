// How the generator's customers say hello.

internal import SangdamCore
internal import SangdamProtocol

extension ClientMessage {
    /// A customer of whom nothing is known. What the server refuses with is shown as it is, and the reports are in
    /// English.
    static let stranger = ClientMessage.customerHello(language: .english, name: nil, resume: nil)
}
