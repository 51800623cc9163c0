// The console's commands as data: each has an English and a Korean name, and both work in either language.

internal import SangdamWire

/// One command that begins with `/`.
package enum Verb: String, Sendable, CaseIterable {
    case accept, decline
    case switchChat = "switch"
    case note, transfer, end
    case wrapUp = "wrapup"
    case onBreak = "break"
    case faq, insert
    case inquiries, take, answer, send, cancel, release, finish
    case available, offline, capacity, auto, chats, history, wait
    // Supervisors
    case openQueue = "open"
    case closeQueue = "close"
    case schedule
    case help, quit

    package var english: String { rawValue }

    package var korean: String {
        switch self {
        case .accept: "수락"
        case .decline: "거절"
        case .switchChat: "전환"
        case .note: "메모"
        case .transfer: "이관"
        case .end: "종료"
        case .wrapUp: "정리"
        case .onBreak: "휴식"
        case .faq: "질문"
        case .insert: "넣기"
        case .inquiries: "문의함"
        case .take: "맡기"
        case .answer: "답변"
        case .send: "보내기"
        case .cancel: "취소"
        case .release: "내려놓기"
        case .finish: "마무리"
        case .available: "가능"
        case .offline: "오프라인"
        case .capacity: "상담수"
        case .auto: "자동"
        case .chats: "목록"
        case .history: "기록"
        case .wait: "기다림"
        case .openQueue: "열기"
        case .closeQueue: "닫기"
        case .schedule: "시간표"
        case .help: "도움"
        case .quit: "끝"
        }
    }

    /// By either name, case apart.
    package init?(name: String) {
        let name = name.lowercased()
        guard let verb = Verb.allCases.first(where: { $0.english == name || $0.korean == name }) else { return nil }
        self = verb
    }

    package func name(in language: ConsoleLanguage) -> String {
        switch language {
        case .korean: "/" + korean
        case .english: "/" + english
        }
    }
}

/// What one typed line is.
package enum TypedLine: Sendable, Equatable {
    case nothing
    case words(String)
    /// `/2` is `/switch 2`.
    case command(Verb, rest: String)
    case unknownVerb(String)

    /// `//x` are the words `/x`; anything else that begins with `/` is a command.
    package init(_ line: String) {
        switch SlashLine(line) {
        case .words:
            let words = line.trimmedOfBlanks
            self = words.isEmpty ? .nothing : .words(words)
        case .slashedWords(let words):
            self = .words(words)
        case .command(let name, let rest):
            if let verb = Verb(name: name) {
                self = .command(verb, rest: rest)
            } else if rest.isEmpty, name.isNumber {
                self = .command(.switchChat, rest: name)
            } else {
                self = .unknownVerb("/" + name)
            }
        }
    }
}

extension String {
    /// One to nine digits and nothing else.
    package var isNumber: Bool {
        (1...9).contains(utf8.count) && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
