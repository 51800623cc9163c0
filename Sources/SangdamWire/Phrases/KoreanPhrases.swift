// Korean, the desk's first language: polite and plain, as a good agent would say it.

internal import SangdamCore

struct KoreanPhrases: Phrases {
    func greeting(desk: String) -> String { "안녕하세요, \(desk)입니다. 무엇을 도와드릴까요?" }
    var otherLanguages: String { "For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh" }
    var someoneOnDuty: String { "지금 상담원과 이야기하실 수 있어요." }
    var nobodyOnDuty: String { "지금은 자리에 있는 상담원이 없어요. 먼저 접수해 두시면 상담원이 오는 대로 차례로 연결해 드려요." }

    func menuLine(number: Int, label: String, isOpen: Bool, waiting: Int) -> String {
        switch (isOpen, waiting) {
        case (true, 0): "  \(number). \(label) (바로 상담 가능)"
        case (true, _): "  \(number). \(label) (\(waiting)명 대기 중)"
        case (false, 0): "  \(number). \(label) (상담원 없음)"
        case (false, _): "  \(number). \(label) (상담원 없음, \(waiting)명 대기 중)"
        }
    }

    var menuPrompt: String { "번호를 입력해 주세요. 도움말은 /도움 입니다." }
    func chooseNumber(upTo last: Int) -> String {
        last == 1 ? "1을 입력하시면 상담을 시작해요. 도움말은 /도움 입니다." : "1부터 \(last)까지 번호로 골라 주세요. 도움말은 /도움 입니다."
    }
    func contact(label: String, phone: String, hours: String) -> String { "전화 · \(label): \(phone) (\(hours))" }
    var noContacts: String { "등록된 전화번호가 없어요. 이 채팅으로 문의해 주세요." }

    var helpLines: [String] {
        [
            "쓸 수 있는 명령이에요. 그 밖의 글은 그대로 상담원에게 전해져요.",
            "  /메뉴        문의 종류를 다시 보여 드려요",
            "  /대기        몇 번째인지, 얼마나 걸리는지",
            "  /건너뛰기    남은 사전 질문을 모두 건너뛰기",
            "  /기록        지금 상담의 처음부터 다시 보기",
            "  /평가 5 고마워요   끝난 상담을 1–5점으로 평가",
            "  /연락처      전화번호와 운영 시간",
            "  /재접속 코드  끊겼던 상담으로 돌아가기",
            "  /언어 ko|en|ja|zh   언어 바꾸기",
            "  /나가기      상담을 마치거나 접속 끊기",
            "‘/’로 시작하는 글을 보내려면 ‘//’로 시작해 주세요.",
        ]
    }

    var welcomeBack: String { "다시 오신 것을 환영해요." }

    func entered(topic: String) -> String { "‘\(topic)’ 문의를 접수했어요." }

    func position(ahead: Int, wait: WaitWords?, onDuty: Bool) -> String {
        let position = ahead <= 0 ? "바로 다음 차례예요" : "앞에 \(ahead)명이 기다리고 있어요"
        guard onDuty else { return "\(position). 지금은 상담원이 자리에 없어서, 오는 대로 연결해 드릴게요." }
        switch wait {
        case nil: return "\(position). 예상 시간은 아직 알 수 없어요."
        case .underAMinute: return "\(position). 1분 안에 연결될 것 같아요."
        case .minutes(let low, let high): return "\(position). 약 \(WaitWords.range(low, high))분 걸려요."
        case .hours(let low, let high): return "\(position). 약 \(WaitWords.range(low, high))시간 걸려요."
        }
    }

    var lookingForAnother: String { "다른 상담원을 찾고 있어요. 지금까지 나눈 이야기는 그대로 전해지니 다시 설명하지 않으셔도 돼요." }
    func wayBack(token: String, held: LengthWords?) -> String {
        let code = "/재접속 \(token)"
        return switch held {
        case nil: "연결이 끊기면 다시 접속해서 이렇게 입력해 주세요: \(code)"
        case .seconds(let n): "연결이 끊겨도 \(n)초 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: \(code)"
        case .minutes(let n): "연결이 끊겨도 \(n)분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: \(code)"
        case .hours(let n): "연결이 끊겨도 \(n)시간 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: \(code)"
        }
    }
    var intakeIntroduction: String { "기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요." }

    func intakeQuestion(_ field: IntakeField) -> String {
        switch field {
        case .what: "어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요."
        case .when: "언제 있었던 일인가요?"
        case .account: "어느 계정(아이디)인가요? 비밀번호는 적지 마세요."
        case .payment: "어떤 결제인가요? 날짜와 금액, 가맹점을 적어 주세요. 카드번호는 적지 마세요."
        case .device: "어떤 기기나 앱에서 있었던 일인가요?"
        case .goal: "어떻게 해결되기를 바라시나요?"
        }
    }

    var intakeDone: String { "고맙습니다. 적어 주신 내용은 상담원이 미리 봅니다. 덧붙일 말은 그냥 입력해 주세요." }
    var intakeSkipped: String { "네, 질문은 건너뛸게요. 하실 말씀은 그냥 입력해 주세요." }
    var intakeAnswerTooLong: String { "답이 너무 길어요. 1,000바이트(한글 약 330자) 안으로 줄여 주세요." }

    func started(with agent: String) -> String { "상담원 \(agent) 님과 연결됐어요. 편하게 말씀해 주세요. 마치려면 /나가기 를 입력하세요." }
    func handedOver(to agent: String) -> String { "이제 상담원 \(agent) 님이 이어서 도와드려요." }
    func talking(with agent: String) -> String { "지금 상담원 \(agent) 님과 상담하고 계세요." }
    func agentSpeaker(_ name: String?) -> String { name.map { "상담원 \($0)" } ?? "상담원" }
    func supervisorSpeaker(_ name: String?) -> String { name.map { "책임자 \($0)" } ?? "책임자" }
    var ownSpeaker: String { "나" }
    var agentAway: String { "상담원의 연결이 잠시 끊겼어요. 돌아오기를 기다리고 있어요." }
    var agentBack: String { "상담원이 돌아왔어요." }
    var agentLeft: String { "상담원이 상담에서 나갔어요." }
    var supervisorJoined: String { "책임자가 상담에 함께하고 있어요." }
    var supervisorLeft: String { "책임자가 상담에서 나갔어요." }
    var erasedWords: String { "[지움]" }
    func idleReminder(endsIn: Interval) -> String {
        "아직 계신가요? \(endsIn.wholeMinutes)분 더 말씀이 없으시면 상담을 마칠게요."
    }

    func ended(_ reason: EndReason) -> String {
        switch reason {
        case .customerLeft: "상담을 마쳤어요. 이용해 주셔서 고맙습니다."
        case .customerLost: "연결이 오래 끊겨 있어서 상담이 끝났어요."
        case .agentEnded: "상담원이 상담을 마쳤어요. 이용해 주셔서 고맙습니다."
        case .idle: "오랫동안 말씀이 없으셔서 상담을 마쳤어요."
        }
    }
    var leftQueue: String { "대기를 취소했어요. 언제든 다시 찾아 주세요." }
    func receipt(_ code: String) -> String { "접수번호: \(code) (나중에 문의하실 때 알려 주세요)" }
    var howToRate: String { "상담이 어떠셨나요? 예: /평가 5 친절했어요 (1–5점)" }
    var rated: String { "평가해 주셔서 고맙습니다." }
    var transcriptBegins: String { "── 여기부터 상담 기록이에요 ──" }
    var transcriptEnds: String { "── 상담 기록은 여기까지예요 ──" }

    var languageChanged: String { "이제 한국어로 안내해 드릴게요." }
    var languageUsage: String { "이렇게 입력해 주세요: /언어 ko (ko 한국어, en English, ja 日本語, zh 中文)" }
    var rateUsage: String { "1점에서 5점까지 입력해 주세요. 예: /평가 5 친절했어요" }
    var resumeUsage: String { "재접속 코드를 함께 입력해 주세요. 예: /재접속 코드" }
    var unknownVerb: String { "모르는 명령이에요. /도움 을 입력하면 쓸 수 있는 명령을 보여 드려요." }
    var nothingToSkip: String { "지금은 건너뛸 질문이 없어요." }
    var noChatHint: String { "지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요." }
    var menuOnlyOutsideChats: String { "이미 상담 중이거나 기다리시는 중이에요. 그만두시려면 /나가기 를 입력해 주세요." }
    func stillOpen(_ labels: String) -> String { "지금 받을 수 있는 문의: \(labels)" }

    func refusal(_ refusal: Refusal) -> String {
        switch refusal.code {
        case .badJSON: "JSON으로 읽을 수 없어요."
        case .badUTF8: "UTF-8이 아닌 글자가 있어 전하지 못했어요. 터미널의 문자 인코딩을 UTF-8로 맞춰 주세요."
        case .badField: "‘\(refusal.subject ?? "?")’ 값이 없거나 올바르지 않아요."
        case .tooLong: "너무 길어서 전하지 못했어요. 나누어 보내 주세요."
        case .empty: "보이는 글자가 없어서 전하지 못했어요."
        case .unknownType: "모르는 종류의 메시지예요."
        case .unknownVerb: unknownVerb
        case .helloFirst: "먼저 hello를 보내 주세요."
        case .alreadyWelcome: "hello는 이미 받았어요."
        case .notAllowed: "허용되지 않은 요청이에요."
        case .wrongPassword: "이름이나 비밀번호가 맞지 않습니다."
        case .locked where refusal.retryAfter == nil: "잠긴 계정이에요. 관리자에게 문의해 주세요."
        case .locked: "잠시 잠겼어요.\(retry(refusal))"
        case .unknownToken: "재접속 코드가 맞지 않거나 이미 끝난 상담이에요."
        case .unknownTopic: "그런 문의 종류가 없어요."
        case .unknownQueue: "그런 대기열이 없어요."
        case .unknownAgent: "그런 상담원이 없어요."
        case .unknownChat: "그런 상담이 없어요."
        case .unknownOffer: "이미 끝난 상담 요청입니다."
        case .alreadyInChat: "이미 상담 중이거나 기다리시는 중이에요."
        case .noChat: "지금은 진행 중인 상담이 없어요."
        case .chatNotActive: "지금은 할 수 없어요. 상담이 진행 중일 때만 돼요."
        case .chatsOpen: "열려 있는 상담을 먼저 마쳐 주세요."
        case .agentUnavailable: "그 상담원은 지금 상담을 받을 수 없어요."
        case .unsupported: "지원하지 않는 요청이에요."
        case .nothingToRate: "평가할 상담이 없어요."
        case .rateLimited: "너무 빨라요.\(retry(refusal))"
        case .queueFull: "지금은 대기하시는 분이 너무 많아요. 잠시 뒤에 다시 시도해 주세요."
        case .storageFull: "지금은 기록을 저장할 수 없어 받을 수 없어요. 잠시 뒤에 다시 시도해 주세요."
        case .draining: "점검을 위해 새 상담을 받지 않고 있어요. 잠시 뒤에 다시 접속해 주세요."
        case .busy: "지금은 너무 바빠요. 잠시 뒤에 다시 시도해 주세요."
        }
    }

    private func retry(_ refusal: Refusal) -> String {
        refusal.retryAfter.map { " \($0.wholeSeconds)초 뒤에 다시 시도해 주세요." } ?? " 잠시 뒤에 다시 시도해 주세요."
    }

    func farewell(_ farewell: Farewell) -> String {
        switch farewell {
        case .shuttingDown: "서버를 잠시 멈춥니다. 곧 다시 접속하시면 상담을 이어 갈 수 있어요."
        case .tooSlow: "받는 속도가 너무 느려 연결을 끊습니다. 다시 접속하시면 상담을 이어 갈 수 있어요."
        case .idle: "오랫동안 말씀이 없으셔서 연결을 끊습니다."
        case .left: "이용해 주셔서 고맙습니다. 안녕히 가세요."
        case .accountChanged: "계정이 변경되어 로그아웃되었습니다. 진행 중이던 상담은 대기열로 돌아갔습니다. 다시 로그인해 주세요."
        case .replaced: "다른 곳에서 접속하셔서 이 연결을 끊습니다."
        case .helloTimeout: "hello가 제때 오지 않아 연결을 끊습니다."
        case .otherProtocol: "이 포트는 상담 채팅입니다."
        case .historyUnavailable: "지난 대화를 지금 불러올 수 없어요. 다시 접속해 주세요."
        }
    }
}
