// The console in Korean.

internal import SangdamCore
internal import SangdamProtocol

func koreanWords(_ phrase: Phrase) -> String {
    switch phrase {
    case .connectFailed(let fault, let address, let caFile):
        koreanFault(fault, address: address, caFile: caFile)
    case .connectFailedAgain(let fault, let address, let seconds):
        koreanFault(fault, address: address, caFile: nil) + " \(seconds)초 뒤에 다시 연결합니다."
    case .closedAtLogin(let reason): "로그인하기 전에 서버가 연결을 끊었습니다\(reason.map { " (\($0))" } ?? "")."
    case .loginUnanswered: "서버가 15초 동안 로그인에 응답하지 않았습니다."
    case .notOurProtocol: "접속한 곳은 상담 서버가 아닙니다. --connect 주소를 확인해 주세요."
    case .loginRefused(let message): "로그인할 수 없습니다: \(message)"
    case .locked(let patience):
        patience.map { "로그인이 잠겼습니다. \(koreanLength($0)) 뒤에 다시 시도해 주세요." } ?? "잠긴 계정입니다. 관리자에게 문의해 주세요."
    case .welcome(let name): "\(name) 님, 로그인되었습니다. /도움 을 입력하면 명령을 볼 수 있습니다."
    case .back: "다시 연결되었습니다."
    case .connectionLost(let reason, let seconds):
        "연결이 끊어졌습니다\(reason.map { " (\($0))" } ?? ""). \(seconds)초 뒤에 다시 연결합니다."
    case .bye(let code, let message):
        "서버: " + (koreanFarewell(code: code) ?? (message.isEmpty ? code : message))
    case .unreadableMessage: "서버가 보낸 메시지 하나를 해석할 수 없어 건너뛰었습니다."
    case .serverLineTooLong(let limit): "서버가 \(limit)바이트보다 긴 줄을 보냈습니다."
    case .refusal(let code, let message, let field, let retryAfter):
        koreanRefusal(code: code, field: field, retryAfter: retryAfter) ?? (message.isEmpty ? code : message)
    case .serverError(let command, let refusal): command.map { "\($0): \(refusal)" } ?? refusal
    case .unanswered(let command): "\(command): 응답을 받기 전에 연결이 끊어졌습니다. 다시 연결되면 확인해 주세요."
    case .notConnected(let verb): "지금은 연결이 끊겨 있어 \(verb) 명령을 사용할 수 없습니다."

    case .status(let agent): koreanStatus(agent)

    case .topic(let label, let id): "\(label)(\(id))"
    case .offer(let topic, let waited, let language, let seconds):
        "── 상담 요청: \(topic) · \(koreanLength(waited)) 대기 · \(language) · "
            + (seconds.map { "\($0)초 안에 /수락" } ?? "/수락")
    case .intake(let question, let answer): "   \(question): \(answer)"
    case .standardQuestion(let field): koreanName(of: field)
    case .offerClosed(let reason):
        switch reason {
        case "expired": "상담 요청의 수락 시간이 지났습니다."
        case "declined": "상담 요청을 거절했습니다."
        case "rescinded": "상담 요청이 취소되었습니다."
        default: "상담 요청이 종료되었습니다 (\(reason))."
        }
    case .tooManyChats(let limit): "상담이 \(limit)건을 넘어 새 상담을 표시할 수 없습니다."
    case .started(let customer, let topic): "▶ \(koreanAddress(customer))과 상담을 시작합니다 (\(topic))"
    case .chatIsBack(let customer): "▶ \(koreanAddress(customer))과의 상담이 이어집니다."
    case .noLongerYours: "이 상담은 더 이상 담당 상담이 아닙니다."
    case .nowIn(let customer): "▶ 현재 상담: \(customer)"
    case .switchHint(let number): "   이 상담에 글을 쓰려면 /전환 \(number)"
    case .speaker(let speaker):
        switch speaker {
        case .customer(let name): name ?? "고객"
        case .myself: "나"
        case .colleague(let name): "상담원 \(name ?? "?")"
        case .system: "시스템"
        }
    case .someCustomer: "고객"
    case .note(let author, let text): "메모(\(author ?? "나")): \(text)"
    case .typing: "… 입력 중"
    case .party(let who, let state): koreanPresence(who, state)
    case .ended(let reason, let receipt):
        "■ \(koreanEnd(reason))" + (receipt.map { " · 접수번호 \($0)" } ?? "")
    case .wrapUpLeft: "   /정리 [결과] [해결|미해결] [#태그…] 로 마무리합니다."
    case .wrappedUp: "정리가 끝났습니다."
    case .transferred(let target): "→ 이관했습니다" + (target.isEmpty ? "." : ": \(target)")
    case .inquiry(let phrase): koreanWords(phrase)
    case .overridden(let queue, let state, let until):
        switch state {
        case .open: "\(queue) 대기열을 열었습니다. \(until ?? "관리자가 닫을 때")까지 유지됩니다."
        case .closed: "\(queue) 대기열을 닫았습니다. \(until ?? "관리자가 열 때")까지 유지되며, 기다리던 고객은 계속 상담받습니다."
        case .auto: "\(queue) 대기열이 다시 상담 시간을 따릅니다."
        }

    case .notSavedYet(let text): "아직 저장되지 않았습니다: “\(text)”"
    case .savedNow(let text): "저장되었습니다: “\(text)”"
    case .notDelivered(let text, let reason): "전달되지 않았습니다 (\(reason)): “\(text)”"
    case .leftUnsaved(let text): "저장되지 않은 채 종료합니다: “\(text)”"
    case .tooManyUnacknowledged(let text, let limit): "저장되지 않은 메시지가 \(limit)개여서 더 보낼 수 없습니다: “\(text)”"
    case .tooLong(let bytes, let limit): "너무 길어 보내지 않았습니다: \(bytes)바이트 (한 번에 \(limit)바이트까지)"
    case .inputNotUTF8: "입력이 UTF-8이 아니어서 보내지 않았습니다."
    case .inputTooLong(let limit): "입력한 줄이 \(limit)바이트를 넘어 보내지 않았습니다."

    case .unknownVerb(let name): "\(name): 알 수 없는 명령입니다. 명령 목록은 /도움, 글 그대로 보내려면 /\(name)"
    case .usage(let verb): "사용법: \(koreanUsage(verb))"
    case .transferUsage(let queues):
        "사용법: \(koreanUsage(.transfer))" + (queues.isEmpty ? "" : " · 대기열: \(queues.joined(separator: ", "))")
    case .noCurrentChat(let text, let others, let offers):
        "보내지 않았습니다: “\(text)” · "
            + (others.isEmpty
                ? (offers.isEmpty ? "현재 상담이 없습니다." : "먼저 상담 요청을 수락해 주세요: /수락 \(numbered(offers))")
                : "먼저 상담을 선택해 주세요: /전환 \(numbered(others))")
    case .chatIsOver(let text): "종료된 상담이어서 보내지 않았습니다: “\(text)” · /정리 또는 /전환"
    case .noChatFor(let verb): "\(verb.name(in: .korean)): 선택한 상담이 없습니다. /목록 으로 확인하고 /전환 으로 선택해 주세요."
    case .endFirst: "아직 상담 중입니다. 먼저 /종료 를 입력해 주세요."
    case .noSuchOffer(let number): number.isEmpty ? "현재 상담 요청이 없습니다." : "[\(number)]번 상담 요청이 없습니다."
    case .noSuchChat(let name): name.isEmpty ? "현재 상담이 없습니다." : "그런 상담이 없습니다: \(name) · /목록"
    case .severalChats(let name, let numbers): "\(name): 해당하는 상담이 여럿입니다. 번호로 선택해 주세요: \(numbered(numbers))"
    case .acceptFirst(let number): "아직 수락하지 않은 상담 요청입니다. 먼저 /수락 \(number)"
    case .noChats: "현재 상담과 상담 요청이 없습니다."
    case .chatState(let phase, let isAway, let unread):
        switch phase {
        case .offered: "상담 요청"
        case .active: (isAway ? "연결 끊김" : "상담 중") + (unread > 0 ? " · 안 읽음 \(unread)" : "")
        case .wrapUp: "정리 중"
        }
    case .unsavedCount(let count): "아직 저장되지 않은 메시지: \(count)"
    case .nothingSaidYet: "아직 주고받은 메시지가 없습니다."
    case .noAnswers: "비슷한 자주 묻는 질문이 없습니다."
    case .insertHint: "   /넣기 1 로 그 답을 현재 상담에 보냅니다."
    case .noSuchAnswer(let number): "\(number)번 답이 없습니다. 먼저 찾아 주세요: \(koreanUsage(.faq))"
    case .answersInOtherLanguage(let language): "이 상담의 언어는 \(language)입니다. /질문 으로 다시 찾아 주세요."
    case .waitedInVain: "/기다림: 기다리던 일이 제시간에 일어나지 않았습니다."
    case .quitWarning(let open, let unsaved):
        "열린 상담 \(open)건" + (unsaved > 0 ? "과 저장되지 않은 메시지 \(unsaved)개가" : "이")
            + " 있습니다. 그래도 종료하려면 /끝 을 한 번 더 입력해 주세요."
    }
}

private func koreanFault(_ fault: ConnectFault, address: String, caFile: String?) -> String {
    switch fault {
    case .cannotResolve(let reason): "\(address): 주소를 찾을 수 없습니다 (\(reason))."
    case .refused(let reason): "\(address)에 연결할 수 없습니다 (\(reason))."
    case .timedOut: "\(address)에서 10초 동안 응답이 없습니다."
    case .untrusted(let reason):
        "\(address)의 인증서를 신뢰할 수 없습니다 (\(reason))."
            + koreanAdvice(Distrust(reason: reason), caFile: caFile)
    case .noTLS(let reason): "\(address): TLS로 통신할 수 없습니다 (\(reason))."
    }
}

private func koreanAdvice(_ distrust: Distrust, caFile: String?) -> String {
    switch distrust {
    case .otherName: " 다른 이름으로 발급된 인증서입니다: --connect 주소를 확인해 주세요."
    case .unknownIssuer:
        caFile.map { " 인증서를 발급한 CA가 \($0) 파일에 없습니다." }
            ?? " 시스템의 CA로는 확인되지 않습니다: --ca-file 로 서버의 CA 파일을 지정해 주세요."
    case .expired: " 유효 기간이 지난 인증서입니다: 이 컴퓨터의 시계가 맞다면 서버 운영자가 갱신해야 합니다."
    case .notYetValid: " 유효 기간이 아직 시작되지 않은 인증서입니다: 이 컴퓨터의 시계를 확인해 주세요."
    case .other: ""
    }
}

/// `1시간 2분`, `1분 12초`, `5초`.
private func koreanLength(_ interval: Interval) -> String {
    let seconds = max(0, interval.milliseconds / 1000)
    if seconds >= 3600 { return "\(seconds / 3600)시간 \(seconds / 60 % 60)분" }
    return seconds >= 60 ? "\(seconds / 60)분 \(seconds % 60)초" : "\(seconds)초"
}

private func koreanStatus(_ agent: AgentState) -> String {
    let status =
        switch agent.status {
        case "available": "상담 가능"
        case "break": "휴식"
        case "offline": "오프라인"
        default: clean(agent.status)
        }
    var parts = ["상태: \(status)"]
    if agent.statusAfterChats != nil { parts.append("열린 상담을 마치면 바뀝니다") }
    if let capacity = agent.capacity { parts.append("동시 상담 \(capacity)건") }
    if agent.autoAccept == true { parts.append("자동 수락") }
    switch agent.cause {
    case "unanswered": parts.append("상담 요청에 응답하지 않아 변경되었습니다 (/가능)")
    case "chats_done": parts.append("상담을 모두 마쳤습니다")
    case "account_changed": parts.append("계정이 바뀌었습니다")
    default: break
    }
    return parts.joined(separator: " · ")
}

private func koreanName(of field: IntakeField) -> String {
    switch field {
    case .what: "문의 내용"
    case .when: "발생 시점"
    case .account: "계정"
    case .payment: "결제"
    case .device: "기기"
    case .goal: "요청 사항"
    }
}

private func koreanPresence(_ who: String, _ state: String) -> String {
    let (name, particle) =
        switch who {
        case "customer": ("고객", "이")
        case "agent": ("상담원", "이")
        default: (who, "")
        }
    return switch state {
    case "away": "\(name)의 연결이 끊어졌습니다. 상담은 잠시 유지됩니다."
    case "back": "\(name)\(particle) 다시 연결되었습니다."
    case "left": "\(name)\(particle) 나갔습니다."
    case "joined": "\(name)\(particle) 들어왔습니다."
    default: "\(name): \(state)"
    }
}

private func koreanEnd(_ reason: String) -> String {
    switch reason {
    case "customer_left": "고객이 상담을 종료했습니다"
    case "customer_lost": "고객이 돌아오지 않아 상담이 종료되었습니다"
    case "agent_ended": "상담원이 상담을 종료했습니다"
    case "idle": "오랫동안 대화가 없어 상담이 종료되었습니다"
    default: "상담이 종료되었습니다 (\(reason))"
    }
}

/// `홍길동 님`; `고객님` for who gave no name.
private func koreanAddress(_ customer: String?) -> String {
    customer.map { "\($0) 님" } ?? "고객님"
}

private func koreanUsage(_ verb: Verb) -> String {
    switch verb {
    case .accept: "/수락 [요청 번호]"
    case .decline: "/거절 [요청 번호] [이유]"
    case .switchChat: "/전환 [번호|이름]"
    case .note: "/메모 내용"
    case .transfer: "/이관 queue:대기열 | agent:이름 | @이름"
    case .end: "/종료"
    case .wrapUp: "/정리 [결과] [해결|미해결] [#태그…] (결과와 태그는 64바이트, 태그는 16개까지)"
    case .onBreak: "/휴식 [나중]"
    case .faq: "/질문 내용"
    case .insert: "/넣기 답 번호"
    case .inquiries: "/문의함 [대기열] [접수|담당|재문의|답변함|마무리]"
    case .take: "/맡기 [번호|대기열]"
    case .answer: "/답변 [?번호] [내용]"
    case .send: "/보내기"
    case .cancel: "/취소"
    case .release: "/내려놓기 [?번호]"
    case .finish: "/마무리 [?번호] [결과] [해결|미해결] [#태그…] (결과와 태그는 64바이트, 태그는 16개까지)"
    case .available: "/가능"
    case .offline: "/오프라인 [나중]"
    case .capacity: "/상담수 1–100"
    case .auto: "/자동 켜기|끄기"
    case .chats: "/목록"
    case .history: "/기록"
    case .wait: "/기다림 offer|chat|message|end [1–3600초]"
    case .openQueue: "/열기 대기열"
    case .closeQueue: "/닫기 대기열"
    case .schedule: "/시간표 대기열"
    case .help: "/도움"
    case .quit: "/끝"
    }
}

let koreanHelp: [String] =
    [
        "명령은 한국어와 영어 이름을 모두 사용할 수 있습니다.",
        "그 밖의 글은 현재 상담으로 전송됩니다. ‘/’로 시작하는 글은 ‘//’로 시작해 주세요.",
        "문의는 [?1], [?2]…로 표시되며 /답변 으로 답합니다. 답변을 여러 줄로 쓰는 동안에만 입력한 글이 답변에 들어갑니다.",
    ]
    + Verb.allCases.map { verb in
        "  \(koreanUsage(verb))  (/\(verb.english))  \(koreanPurpose(verb))"
    }

private func koreanPurpose(_ verb: Verb) -> String {
    switch verb {
    case .accept: "상담 요청을 수락합니다. 번호가 없으면 가장 오래된 요청을 수락합니다"
    case .decline: "상담 요청을 거절합니다"
    case .switchChat: "다른 상담으로 전환합니다. /2 처럼 번호만 입력해도 됩니다"
    case .note: "고객에게 보이지 않는 메모를 남깁니다"
    case .transfer: "현재 상담을 이관합니다"
    case .end: "현재 상담을 종료합니다"
    case .wrapUp: "종료된 상담을 정리하고 새 상담을 받을 수 있게 합니다"
    case .onBreak: "휴식합니다. ‘나중’을 붙이면 열린 상담을 마친 뒤 휴식합니다"
    case .faq: "자주 묻는 질문을 현재 상담의 언어로 찾습니다"
    case .insert: "찾은 답을 현재 상담에 보냅니다"
    case .inquiries: "답변을 기다리는 문의를 기한 순서로 표시합니다. 상태를 붙이면 그 상태의 문의만 표시합니다"
    case .take: "문의를 맡고 그동안의 내용을 모두 표시합니다. 번호가 없으면 기한이 가장 이른 문의를 맡습니다"
    case .answer: "현재 문의에 답합니다. 내용 없이 입력하면 다음 줄부터 답변을 씁니다"
    case .send: "여러 줄로 쓴 답변을 보냅니다"
    case .cancel: "쓰던 답변을 버립니다"
    case .release: "현재 문의를 다른 상담원이 맡을 수 있게 내려놓습니다"
    case .finish: "현재 문의를 마무리합니다"
    case .available: "새 상담을 받습니다"
    case .offline: "오늘은 새 상담을 더 받지 않습니다"
    case .capacity: "동시에 받을 상담 수를 정합니다"
    case .auto: "상담 요청을 자동으로 수락합니다"
    case .chats: "상담과 상담 요청을 표시합니다"
    case .history: "현재 상담에서 주고받은 메시지를 표시합니다"
    case .wait: "스크립트용: 그 일이 일어날 때까지 다음 줄의 실행을 미룹니다"
    case .openQueue: "(관리자) 다음 상담 시간 경계까지(상담 시간이 없으면 계속) 대기열을 엽니다"
    case .closeQueue: "(관리자) 다음 상담 시간 경계까지(상담 시간이 없으면 계속) 대기열을 닫습니다"
    case .schedule: "(관리자) 대기열이 다시 상담 시간을 따르게 합니다"
    case .help: "이 도움말을 표시합니다"
    case .quit: "콘솔을 종료합니다. 상담은 서버에 남습니다"
    }
}
