// What our mails say, in each language. What is filled in stands in braces; nothing of what a customer wrote ever does.

internal import SangdamCore

/// The sentences of one language.
struct MailWords: Sendable {
    /// The first line of every mail: where it stands in a reply, what follows is ours.
    let replyAbove: String
    let subject: String
    /// Of the acknowledgement.
    let hasCome: String
    let receipt: String
    let topic: String
    let due: String
    let willAnswer: String
    /// The answer comes to this address, and by the receipt.
    let notYours: String
    /// Of an answer.
    let answeredBy: String
    let replyToAdd: String

    static func of(_ language: Language) -> MailWords {
        switch language {
        case .korean: korean
        case .english: english
        case .japanese: japanese
        case .chinese: chinese
        }
    }

    private static let korean = MailWords(
        replyAbove: "--- 이 줄 위에 답장을 써 주세요 ---",
        subject: "[{desk}] {topic} 문의 ({receipt})",
        hasCome: "문의가 접수되었습니다.",
        receipt: "접수번호: {receipt}",
        topic: "주제: {topic}",
        due: "답변 예정: {due}까지",
        willAnswer: "상담원이 확인한 뒤 이 주소로 답변을 보내 드립니다. 접수번호로도 답변을 볼 수 있습니다.",
        notYours: "문의하신 적이 없다면 이 메일은 지우셔도 됩니다.",
        answeredBy: "{desk} · 상담원 {agent}",
        replyToAdd: "더 하실 말씀이 있으면 이 메일에 답장해 주세요.")

    private static let english = MailWords(
        replyAbove: "--- Please write your reply above this line ---",
        subject: "[{desk}] {topic}: your question ({receipt})",
        hasCome: "Your question has reached us.",
        receipt: "Reference number: {receipt}",
        topic: "Topic: {topic}",
        due: "Answer due by: {due}",
        willAnswer: "An agent will answer to this address. The reference number leads to the answer, too.",
        notYours: "If you did not ask anything, you can delete this mail.",
        answeredBy: "{desk} · agent {agent}",
        replyToAdd: "To add something, reply to this mail.")

    private static let japanese = MailWords(
        replyAbove: "--- この線より上に返信をご記入ください ---",
        subject: "[{desk}] {topic}のお問い合わせ ({receipt})",
        hasCome: "お問い合わせを受け付けました。",
        receipt: "受付番号: {receipt}",
        topic: "件名: {topic}",
        due: "回答予定: {due}まで",
        willAnswer: "担当者が確認し、このアドレスに回答をお送りします。受付番号でも回答をご覧いただけます。",
        notYours: "お心当たりがない場合は、このメールを削除してください。",
        answeredBy: "{desk} · 担当 {agent}",
        replyToAdd: "ご質問を続ける場合は、このメールにご返信ください。")

    private static let chinese = MailWords(
        replyAbove: "--- 请在此行上方回复 ---",
        subject: "[{desk}] {topic}咨询 ({receipt})",
        hasCome: "我们已收到您的咨询。",
        receipt: "受理编号: {receipt}",
        topic: "主题: {topic}",
        due: "预计答复时间: {due}之前",
        willAnswer: "客服人员会答复到此邮箱。凭受理编号也可以查看答复。",
        notYours: "如果您没有咨询过，请删除此邮件。",
        answeredBy: "{desk} · 客服 {agent}",
        replyToAdd: "如需补充，请回复此邮件。")

    /// The lines that say where a reply ends, in any language.
    static let replyMarks = Language.allCases.map { MailWords.of($0).replyAbove }
}
