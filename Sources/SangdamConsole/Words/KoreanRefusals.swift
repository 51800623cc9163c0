// The server's refusals and farewells as the console says them in Korean. The server's own sentences are for customers,
// in the style of speech that suits them; agents get them in that of the rest of their console.

internal import SangdamCore

/// Nil for a code that this version does not know: then the server's own words are all there is.
func koreanRefusal(code: String, field: String?, retryAfter: Interval?) -> String? {
    guard let code = RefusalCode(rawValue: code) else { return nil }
    return switch code {
    case .badJSON: "JSON으로 읽을 수 없습니다."
    case .badUTF8: "UTF-8이 아닌 글자가 있어 전달하지 못했습니다."
    case .badField: field.map { "‘\($0)’ 값이 없거나 올바르지 않습니다." } ?? "값이 없거나 올바르지 않습니다."
    case .tooLong: "너무 길어서 전달하지 못했습니다. 나누어 보내 주세요."
    case .empty: "보이는 글자가 없어서 전달하지 못했습니다."
    case .unknownType, .unknownVerb: "서버가 모르는 요청입니다."
    case .helloFirst: "먼저 로그인해야 합니다."
    case .alreadyWelcome: "이미 로그인되어 있습니다."
    case .notAllowed: "허용되지 않은 요청입니다."
    case .wrongPassword: "이름이나 비밀번호가 맞지 않습니다."
    case .locked where retryAfter == nil: "잠긴 계정입니다. 관리자에게 문의해 주세요."
    case .locked: "로그인이 잠겼습니다." + koreanPatience(retryAfter)
    case .unknownToken: "재접속 코드가 맞지 않습니다."
    case .unknownTopic: "그런 문의 종류가 없습니다."
    case .intakeRequired: "먼저 답해야 하는 질문이 있습니다."
    case .unknownQueue: "그런 대기열이 없습니다."
    case .unknownAgent: "그런 상담원이 없습니다."
    case .unknownChat: "그런 상담이 없습니다."
    case .unknownOffer: "이미 끝난 상담 요청입니다."
    case .alreadyInChat: "이미 상담 중입니다."
    case .noChat: "진행 중인 상담이 없습니다."
    case .chatNotActive: "상담이 진행 중일 때만 할 수 있습니다."
    case .chatsOpen: "열려 있는 상담을 먼저 마쳐야 합니다."
    case .agentUnavailable: "그 상담원은 지금 상담을 받을 수 없습니다."
    case .unsupported: "지원하지 않는 요청입니다."
    case .nothingToRate: "평가할 상담이 없습니다."
    case .consentRequired: "고객이 먼저 개인정보 안내에 동의해야 합니다."
    case .unknownInquiry: "그런 문의가 없습니다."
    case .inquiryTaken: "다른 상담원이 맡은 문의입니다."
    case .inquiryNotTaken: "먼저 문의를 맡아야 합니다."
    case .inquiryClosed: "이미 마무리된 문의입니다."
    case .capacityFull: "맡을 수 있는 문의를 모두 맡고 있습니다."
    case .rateLimited: "너무 빠릅니다." + koreanPatience(retryAfter)
    case .queueFull: "대기열이 가득 찼습니다."
    case .closed: "상담 시간이 아닙니다."
    case .unstaffed: "자리에 있는 상담원이 없습니다."
    case .storageFull: "서버의 디스크가 가득 차서 저장할 수 없습니다."
    case .draining: "서버가 곧 멈추므로 새 상담을 받지 않습니다."
    case .busy: "서버가 너무 바쁩니다." + koreanPatience(retryAfter)
    }
}

/// Nil for a code that this version does not know.
func koreanFarewell(code: String) -> String? {
    guard let code = Farewell(rawValue: code) else { return nil }
    return switch code {
    case .shuttingDown: "서버를 잠시 멈춥니다. 곧 다시 연결하면 상담이 이어집니다."
    case .tooSlow: "받는 속도가 너무 느려 연결을 끊습니다. 다시 연결하면 상담이 이어집니다."
    case .idle: "오랫동안 입력이 없어 연결을 끊습니다."
    case .left: "연결을 마칩니다."
    case .accountChanged: "계정이 변경되어 로그아웃되었습니다. 진행 중이던 상담은 대기열로 돌아갔습니다. 다시 로그인해 주세요."
    case .replaced: "다른 곳에서 접속하여 이 연결을 끊습니다."
    case .helloTimeout: "로그인이 제때 오지 않아 연결을 끊습니다."
    case .otherProtocol: "이 포트는 상담 채팅입니다."
    case .historyUnavailable: "지난 대화를 지금 불러올 수 없습니다. 다시 연결해 주세요."
    }
}

private func koreanPatience(_ interval: Interval?) -> String {
    interval.map { " \(max(1, ($0.milliseconds + 999) / 1000))초 뒤에 다시 시도해 주세요." } ?? " 잠시 뒤에 다시 시도해 주세요."
}
