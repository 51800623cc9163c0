// What somebody wrote in a reply, and what of the mail before stands in it as quoted. There is no rule that all mail
// programs keep, so that nothing is thrown away: what is cut off is kept beside the words.

internal import SangdamCore

/// A reply's text in two.
package struct QuotedText: Sendable, Equatable {
    package let own: String
    /// Empty when nothing was quoted.
    package let quoted: String

    /// Where everything looks quoted, everything is taken for the reply: better too much than nothing.
    package init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
        let end = lines.indices.first { lines[$0].endsReply || Self.opensHeader(lines[$0...]) } ?? lines.endIndex
        let above = lines[..<end]
        let introductions = Self.introductions(in: above)
        var own: [String] = []
        var quoted: [String] = []
        for index in above.indices {
            if above[index].isQuoted || introductions.contains(index) {
                quoted.append(above[index].text)
            } else {
                own.append(above[index].text)
            }
        }
        quoted += lines[end...].map(\.text)
        let reply = Self.joined(own)
        let isEmpty = Text(reply).hasNothingToSee
        self.own = isEmpty ? Self.joined(quoted) : reply
        self.quoted = isEmpty ? "" : Self.joined(quoted)
    }

    /// Lines like `On Monday, Kim wrote:`, in front of what is quoted: one or two, which a mail program has broken.
    private static func introductions(in lines: ArraySlice<Line>) -> Set<Int> {
        var found: Set<Int> = []
        for index in lines.indices where lines[index].endsIntroduction {
            // What follows is quoted, or it is the end: people write such a line, too.
            guard let next = lines[(index + 1)...].first(where: { !$0.isBlank }) else {
                found.insert(index)
                continue
            }
            guard next.isQuoted else { continue }
            found.insert(index)
            if index > lines.startIndex, lines[index - 1].beginsIntroduction { found.insert(index - 1) }
        }
        return found
    }

    /// Outlook's head of the mail before: at least three of its lines, one below the other.
    private static func opensHeader(_ lines: ArraySlice<Line>) -> Bool {
        guard lines.first?.isHeaderField == true else { return false }
        return lines.prefix(4).count(where: \.isHeaderField) >= 3
    }

    private static func joined(_ lines: [String]) -> String {
        var lines = lines[...]
        let isBlank = { (line: String) in line.allSatisfy(\.isWhitespace) }
        while let last = lines.last, isBlank(last) { lines.removeLast() }
        while let first = lines.first, isBlank(first) { lines.removeFirst() }
        return lines.joined(separator: "\n")
    }
}

private struct Line {
    let text: String
    /// Without `>` and blanks around it.
    private let words: Substring

    init(_ text: String) {
        self.text = text
        words = text.drop { $0 == ">" || $0.isWhitespace }.trimmingSuffix { $0.isWhitespace }
    }

    var isBlank: Bool { words.isEmpty && !isQuoted }

    /// RFC 3676, 4.5.
    var isQuoted: Bool { text.hasPrefix(">") }

    /// Our own mark, or what mail programs put above the whole mail before. With `>` in front of each of its lines it
    /// ends nothing: people write below such a mail, too.
    var endsReply: Bool {
        guard !isQuoted else { return false }
        if MailWords.replyMarks.contains(where: { words == $0 }) { return true }
        guard words.hasPrefix("--"), words.hasSuffix("--") else { return false }
        let middle = words.drop { $0 == "-" }.trimmingSuffix { $0 == "-" }
        return Self.separators.contains(middle.filter { !$0.isWhitespace }.lowercased())
    }

    private static let separators: Set<String> = [
        "originalmessage", "forwardedmessage", "원본메시지", "원본메일", "원본메세지", "전달된메시지", "元のメッセージ", "元のメール", "転送されたメッセージ",
        "原始邮件", "原始郵件", "转发邮件", "转发的邮件",
    ]

    var endsIntroduction: Bool {
        guard words.utf8.count <= 400, let last = words.last, last == ":" || last == "：" else { return false }
        let said = words.trimmingSuffix { $0 == ":" || $0 == "：" || $0.isWhitespace }
        return Self.endings.contains { said.hasSuffix($0) }
    }

    private static let endings = [
        "wrote", "writes", "said", "작성", "쓴 글", "쓰셨습니다", "보낸 메일", "님이 씀", "書きました", "のメール", "写道", "寫道",
    ]

    var beginsIntroduction: Bool {
        words.hasPrefix("On ") || words.first?.isNumber == true || words.hasPrefix("在") || words.hasPrefix("于")
    }

    var isHeaderField: Bool {
        guard !isQuoted, let colon = words.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return false }
        let name = words[..<colon].filter { $0 != "*" && !$0.isWhitespace }.lowercased()
        return Self.fields.contains(name)
    }

    private static let fields: Set<String> = [
        "from", "sent", "date", "to", "cc", "subject", "보낸사람", "보낸날짜", "보낸시간", "날짜", "받는사람", "참조", "제목", "差出人", "送信日時",
        "送信者", "日時", "宛先", "件名", "发件人", "发送时间", "日期", "收件人", "抄送", "主题",
    ]
}

extension Substring {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
