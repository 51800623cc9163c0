// What the console says about inquiries.

/// Something about inquiries. Strings in it are clean already.
package enum InquiryPhrase: Sendable {
    /// It was taken, or is found in one's hands.
    case card(receipt: String?, topic: String, language: String, due: String, isCurrent: Bool, number: Int)
    case customer(String?, email: String?, isMailed: Bool, isBounced: Bool)
    /// In front of what was said.
    case chatBefore, question
    case reopened(due: String)
    /// A line of a list.
    case row(ConsoleInquiry, topic: String)
    case none
    case more(shown: Int, total: UInt64)
    case news(
        String, topic: String, due: String, percent: UInt64?, agent: String?, open: UInt64, number: Int)

    // Answers
    /// The lines that come are its; so many are there.
    case writing(lines: Int)
    case paused, dropped, nothingWritten
    case answered, released, finished, noLongerYours
    /// Words that were typed without a command.
    case notAnAnswer(String)

    // Commands
    case noSuch(String)
    case noneFor(Verb)
}
