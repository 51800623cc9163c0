// The words behind a slash. Every verb has a Korean and an English name; Japanese and Chinese ones where they are
// natural. Any name works in any language.

internal import SangdamCore

/// What a line that begins with `/` asks for.
enum HandVerb: CaseIterable {
    case help, queue, leave, language, rate, transcript, resume, menu, skip, contact, question, solved, unsolved
    case inquiry, reply, send, cancel

    /// Korean, English, then others.
    var names: [String] {
        switch self {
        case .help: ["도움", "help", "도움말", "ヘルプ", "帮助"]
        case .queue: ["대기", "queue", "순서", "待ち", "排队"]
        case .leave: ["나가기", "leave", "종료", "quit", "exit", "終了", "退出", "离开"]
        case .language: ["언어", "lang", "language", "言語", "语言"]
        case .rate: ["평가", "rate", "評価", "评价"]
        case .transcript: ["기록", "transcript", "記録", "记录"]
        case .resume: ["재접속", "resume", "再接続", "重连"]
        case .menu: ["메뉴", "menu", "メニュー", "菜单"]
        case .skip: ["건너뛰기", "skip", "スキップ", "跳过"]
        case .contact: ["연락처", "contact", "contacts", "連絡先", "联系", "联系方式"]
        case .question: ["질문", "faq", "questions", "質問", "问题", "提问"]
        case .solved: ["해결", "solved", "解決", "解决"]
        case .unsolved: ["미해결", "unsolved", "未解決", "未解决"]
        case .inquiry: ["문의", "inquire", "inquiry", "問い合わせ", "お問い合わせ", "留言"]
        case .reply: ["답장", "reply", "返信", "回复"]
        case .send: ["보내기", "send", "送信", "发送"]
        case .cancel: ["취소", "cancel", "キャンセル", "取り消し", "取消"]
        }
    }

    /// Case does not matter, nor whether Hangul comes composed or as single letters: String compares by canonical
    /// equivalence.
    init?(_ name: some StringProtocol) {
        let name = name.lowercased()
        guard let verb = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
        self = verb
    }
}

/// A line by hand, as far as it can be told without knowing the conversation.
enum HandLine: Equatable {
    /// Enter alone. Blanks are words, if only to be told that there is nothing to see in them.
    case empty
    case verb(HandVerb, rest: String)
    case unknownVerb
    /// Words, `//` at their beginning already reduced to one slash.
    case words(Text)

    /// - Parameter line: valid UTF-8.
    init(_ line: [UInt8]) {
        guard !line.isEmpty else {
            self = .empty
            return
        }
        switch SlashLine(String(decoding: line, as: UTF8.self)) {
        case .words: self = .words(Text(validated: line))
        case .slashedWords(let words): self = .words(Text(words))
        case .command(let name, let rest): self = HandVerb(name).map { .verb($0, rest: rest) } ?? .unknownVerb
        }
    }
}

extension String {
    /// A whole number that somebody typed: `3`, `３`, `3.` or `3번`; nil for anything else.
    var typedNumber: Int? {
        var digits = self
        digits.unicodeScalars.removeAll(where: \.isInvisible)
        if let last = digits.last, last == "." || last == "번" || last == "番" || last == "号" { digits.removeLast() }
        guard (1...4).contains(digits.unicodeScalars.count) else { return nil }
        var number = 0
        for scalar in digits.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: number = number * 10 + Int(scalar.value - 0x30)
            case 0xFF10...0xFF19: number = number * 10 + Int(scalar.value - 0xFF10)
            default: return nil
            }
        }
        return number
    }
}
