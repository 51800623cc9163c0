// The server's messages as the generator reads them: what is not as the server writes it had better be reported than
// borne.

internal import SangdamProtocol

extension ServerFields {
    /// Reads a message without its end; nil for whatever the server never says, such as a number that is none.
    init?(fromServer bytes: UnsafeRawBufferPointer) {
        self.init(bytes)
        if typeName == nil || hasMisfit { return nil }
    }
}
