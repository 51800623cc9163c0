// What the console says about inquiries, in Korean.

func koreanWords(_ phrase: InquiryPhrase) -> String {
    switch phrase {
    case .card(let receipt, let topic, let language, let due, let isCurrent, let number):
        (isCurrent ? "▶ 현재 문의" : "맡고 있는 문의") + (receipt.map { " \($0)" } ?? "")
            + " · \(topic) · \(language) · 기한 \(due) · "
            + (isCurrent ? "/답변 내용, 여러 줄은 /답변" : "선택하려면 /맡기 \(number)")
    case .customer(let name, let email, let isMailed, let isBounced):
        "   고객: \(name ?? "이름 없음")" + (email.map { " · \($0)" } ?? "")
            + (isBounced ? " (메일을 받지 못하는 주소)" : isMailed ? " (답변은 메일로도 보냄)" : "")
    case .chatBefore: "── 이전 상담 ──"
    case .question: "── 문의 ──"
    case .reopened(let due): "── 고객이 덧붙였습니다 · 기한 \(due)"
    case .row(let inquiry, let topic):
        "\(topic) · \(inquiry.language) · \(koreanState(inquiry.state)) · 기한 \(inquiry.due)"
            + (inquiry.isOverdue ? " · 기한 지남" : "") + (inquiry.agent.map { " · \($0)" } ?? "")
            + (inquiry.draft.isEmpty ? "" : " · 작성 중 \(inquiry.draft.count)줄")
    case .none: "문의가 없습니다."
    case .more(let shown, let total): "전체 \(total)건 중 기한이 이른 \(shown)건입니다."
    case .news(let news, let topic, let due, let percent, let agent, let open, let number):
        happening(news, percent, agent) + ": \(topic) · 기한 \(due) · 답변 대기 \(open)건" + takeHint(news, number)
    case .writing(let lines):
        (lines > 0 ? "지금까지 쓴 \(lines)줄은 그대로 있습니다. " : "")
            + "이제 입력하는 줄은 답변에 들어갑니다. 보내려면 /보내기, 버리려면 /취소, 상담으로 돌아가려면 /전환"
    case .paused: "쓰던 답변은 그대로 두었습니다. 이어 쓰려면 /답변"
    case .dropped: "쓰던 답변을 버렸습니다. 이제 글은 다시 현재 상담으로 갑니다."
    case .nothingWritten: "쓴 내용이 없습니다. /답변 내용, 여러 줄은 /답변"
    case .answered: "✓ 답변했습니다. /마무리 [결과] [해결|미해결] [#태그…] 로 끝낼 수 있습니다."
    case .released: "내려놓았습니다. 다른 상담원이 맡을 수 있습니다."
    case .finished: "마무리했습니다."
    case .noLongerYours: "이 문의는 더 이상 맡고 있는 문의가 아닙니다."
    case .notAnAnswer(let text): "보내지 않았습니다: “\(text)” · 문의에 답하려면 /답변"
    case .noSuch(let name): "목록에 \(name)번 문의가 없습니다. /문의함 으로 확인해 주세요."
    case .noneFor(let verb): "\(verb.name(in: .korean)): 선택한 문의가 없습니다. /맡기 로 선택해 주세요."
    }
}

private func happening(_ news: String, _ percent: UInt64?, _ agent: String?) -> String {
    let by = agent.map { " (\($0))" } ?? ""
    return switch news {
    case "arrived": "── 새 문의"
    case "reopened": "── 고객이 덧붙여 다시 열린 문의" + by
    case "replied": "── 고객이 덧붙인 문의" + by
    case "released": "── 내려놓은 문의"
    case "reminder":
        ((percent ?? 0) >= 100 ? "── 기한이 지난 문의" : "── 답변 시간의 \(percent ?? 0)%가 지난 문의") + by
    case "mail_failed": "── 답변 메일을 보내지 못한 문의" + by
    case "mail_bounced": "── 고객의 주소가 메일을 받지 못하는 문의" + by
    default: "── 문의 (\(news))" + by
    }
}

private func takeHint(_ news: String, _ number: Int) -> String {
    switch news {
    case "mail_failed", "mail_bounced": ""
    default: " · /맡기 \(number)"
    }
}

private func koreanState(_ state: String) -> String {
    switch state {
    case "open": "접수"
    case "taken": "담당"
    case "answered": "답변함"
    case "closed": "마무리"
    case "reopened": "재문의"
    default: state
    }
}
