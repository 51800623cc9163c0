// What clients say (Protocol.md#Customers, Protocol.md#Agents), as values; ClientMessageCodec.swift has their bytes.

package import SangdamCore

/// One message of a client.
package enum ClientMessage: Sendable, Equatable {
    case customerHello(language: Language?, name: Text?, resume: ResumeRequest?)
    case agentHello(user: String, password: [UInt8], language: Language?)
    case ping(UInt64)
    /// By itself because it changes the session too.
    case language(Language)
    case command(Command)
}

/// A customer's wish to come back.
package struct ResumeRequest: Sendable, Equatable {
    /// As the peer wrote it, at most `WrittenCode.limitBytes`; whoever looks it up reads it (`WrittenCode`).
    package let token: Text
    /// The seq of the last message that the peer has seen.
    package let after: UInt64

    package init(token: Text, after: UInt64) {
        self.token = token
        self.after = after
    }
}

/// The bounds that a message is read within.
package struct ClientMessageLimits: Sendable {
    let textBytes: Int
    /// Of an inquiry's question, and of what is said in it.
    let inquiryBytes: Int

    package init(textBytes: Int, inquiryBytes: Int) {
        (self.textBytes, self.inquiryBytes) = (textBytes, inquiryBytes)
    }

    static let nameBytes = 200
    static let userBytes = 64
    static let passwordBytes = PasswordLine.limitBytes
    package static let tokenBytes = WrittenCode.limitBytes
    static let reasonBytes = 1000
    static let tagBytes = 64
    static let tags = 16
    /// More than any topic asks for.
    static let answers = 2 * Intake.limit
    static let capacity: ClosedRange<UInt64> = 1...100
}
