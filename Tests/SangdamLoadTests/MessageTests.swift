// The counted messages: what goes out, and what is recognised.

import Testing

@testable import SangdamLoad

@Suite("Counted messages")
struct MessageTests {
    private func text(of template: SayTemplate) -> String { String(decoding: template.line, as: UTF8.self) }

    @Test("A counted message is one line whose text says whose it is")
    func template() {
        var template = SayTemplate(textBytes: 20)
        template.fill(AuditLedger.Mark(pair: 0xAB, number: 0xFFFF_FFFF))
        #expect(text(of: template) == #"{"type":"say","id":"ffffffff","text":"000000abffffffffqrst"}"# + "\n")
        template.fill(AuditLedger.Mark(pair: 0, number: 1))
        #expect(text(of: template) == #"{"type":"say","id":"00000001","text":"0000000000000001qrst"}"# + "\n")
    }

    @Test(
        "Every changed byte of a text is seen",
        arguments: [
            ("000000ab00000007qrst", 0xAB), ("000000ab00000007qrsT", nil), ("000000ab00000007qrs", nil),
            ("000000ab00000007qrstu", nil), ("000000aB00000007qrst", nil), ("000000 b00000007qrst", nil), ("", nil),
        ] as [(String, UInt32?)])
    func recognised(text: String, pair: UInt32?) {
        let expected = pair.map { AuditLedger.Mark(pair: $0, number: 7) }
        #expect(SayTemplate(textBytes: 20).mark(of: text) == expected)
    }

    @Test("The shortest text is all digits")
    func shortest() {
        let mark = SayTemplate(textBytes: 16).mark(of: "0000000100000002")
        #expect(mark == AuditLedger.Mark(pair: 1, number: 2))
    }

    @Test("Ids of ours are numbers, others none", arguments: [("0000000f", 15), ("c-1", nil), ("0000000F", nil)])
    func ids(id: String, number: UInt32?) {
        #expect(SayTemplate.number(Array(id.utf8)) == number)
    }
}

extension SayTemplate {
    fileprivate func mark(of text: String) -> AuditLedger.Mark? {
        Array(text.utf8).withUnsafeBytes { mark(of: $0) }
    }
}
