// What becomes of a pipe's lines and of a person's Ctrl-D: everything that was typed is heard, then the customer
// leaves.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HandEndOfInputTests {
    @Test("Everything comes at once: it is heard in order, an unfinished line too, and then the customer leaves")
    func piped() {
        var harness = SessionHarness()
        harness.receive("2\n환불이 안 돼요\n/skip\n마지막")
        harness.endInput()
        #expect(harness.staysForAnswers)
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        harness.deliver(Sample.welcome())
        #expect(harness.takeInputs() == [])
        harness.deliver(.topics(Sample.topics, contacts: []))
        #expect(harness.takeInputs() == ["enter refund"])
        harness.deliver(Sample.queued(1, (5, 30)))
        #expect(harness.takeInputs() == ["intake what=환불이 안 돼요", "say 마지막", "hang up"])
        harness.deliver(.ended(chat: Sample.chat, .customerLeft, receipt: Sample.receipt))
        #expect(harness.takeInputs().last == "close left")
        #expect(harness.takeOutput().hasSuffix("*** 이용해 주셔서 고맙습니다. 안녕히 가세요.\n"))
    }

    @Test("Ctrl-D in a chat leaves it; in the lobby it says goodbye at once") func interactive() {
        var harness = HandScript.begin()
        harness.deliver(Sample.welcome())
        harness.deliver(.topics(Sample.topics, contacts: []))
        _ = harness.takeInputs()
        var inChat = harness
        harness.endInput()
        #expect(harness.staysForAnswers)
        #expect(harness.takeInputs() == ["close left"])

        inChat.deliver(Sample.started("kim"))
        inChat.endInput()
        #expect(inChat.staysForAnswers)
        #expect(inChat.takeInputs() == ["hang up"])
    }

    @Test("A desk that cannot take the leave is not asked for ever") func refusedLeave() {
        var harness = HandScript.begin()
        harness.deliver(Sample.welcome())
        harness.deliver(.topics(Sample.topics, contacts: []))
        harness.deliver(Sample.started("kim"))
        _ = harness.takeInputs()
        harness.endInput()
        #expect(harness.staysForAnswers)
        #expect(harness.takeInputs() == ["hang up"])
        harness.deliver(.error(Refusal(.storageFull)))
        #expect(harness.takeInputs() == ["close left"])
    }

    @Test("Who never typed anything, and programs, have nothing left to wait for") func nothingToAnswer() {
        var silent = SessionHarness()
        silent.endInput()
        #expect(!silent.staysForAnswers)
        var program = SessionHarness()
        program.receive("{\"type\":\"hello\",\"role\":\"customer\"}\n")
        program.endInput()
        #expect(!program.staysForAnswers)
        #expect(program.takeInputs() == ["hello ko"])
    }
}
