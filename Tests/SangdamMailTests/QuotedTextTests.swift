// What is a reply's own and what it quotes, as mail programs of several countries write it.

import SangdamMail
import Testing

@Suite("Quoted text")
struct QuotedTextTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let own: String
        let quoted: String

        init(_ description: String, _ text: String, own: String, quoted: String) {
            (testDescription, self.text, self.own, self.quoted) = (description, text, own, quoted)
        }
    }

    @Test(
        "A reply in two",
        arguments: [
            Row("nothing quoted", "감사합니다.\n\n-- \n홍길동\n", own: "감사합니다.\n\n-- \n홍길동", quoted: ""),
            Row(
                "Gmail, Korean", "네, 됐습니다.\n\n2026년 12월 1일 (화) 오후 3:00, 상담 데스크 <a@b.kr>님이 작성:\n\n> 답변\n> 드립니다\n",
                own: "네, 됐습니다.", quoted: "2026년 12월 1일 (화) 오후 3:00, 상담 데스크 <a@b.kr>님이 작성:\n> 답변\n> 드립니다"),
            Row(
                "Gmail, English, its line broken",
                "Thanks!\n\nOn Tue, Dec 1, 2026 at 3:00 PM Consultation desk <a+0123456789@example.com>\nwrote:\n\n> Hello\n",
                own: "Thanks!",
                quoted: "On Tue, Dec 1, 2026 at 3:00 PM Consultation desk <a+0123456789@example.com>\nwrote:\n> Hello"),
            Row(
                "Outlook, English",
                "It works.\n\nFrom: Desk <a@b.com>\nSent: Tuesday\nTo: me\nSubject: Re: x\n\nHello\n",
                own: "It works.", quoted: "From: Desk <a@b.com>\nSent: Tuesday\nTo: me\nSubject: Re: x\n\nHello"),
            Row(
                "Outlook, Korean", "됩니다\n\n보낸 사람: 데스크\n보낸 날짜: 화요일\n받는 사람: 나\n제목: 답변\n\n안녕하세요",
                own: "됩니다", quoted: "보낸 사람: 데스크\n보낸 날짜: 화요일\n받는 사람: 나\n제목: 답변\n\n안녕하세요"),
            Row(
                "a separator", "ok\n-----Original Message-----\nFrom: x\nHello", own: "ok",
                quoted: "-----Original Message-----\nFrom: x\nHello"),
            Row("a separator, Naver", "네\n---- 원본 메일 ----\n안녕", own: "네", quoted: "---- 원본 메일 ----\n안녕"),
            Row(
                "our own mark", "はい\n\n--- この線より上に返信をご記入ください ---\n\n回答", own: "はい",
                quoted: "--- この線より上に返信をご記入ください ---\n\n回答"),
            Row(
                "written below, our mark quoted",
                "> --- Please write your reply above this line ---\n> Hello\n\nBelow.\n",
                own: "Below.", quoted: "> --- Please write your reply above this line ---\n> Hello"),
            Row("written between", "> one?\nyes\n> two?\nno\n", own: "yes\nno", quoted: "> one?\n> two?"),
            Row("Chinese", "好的\n\n在 2026年12月1日，客服 写道：\n> 你好", own: "好的", quoted: "在 2026年12月1日，客服 写道：\n> 你好"),
            Row("nothing but quoted", "> all\n> of it", own: "> all\n> of it", quoted: ""),
            Row("a sentence that ends so", "He wrote:\nplease help", own: "He wrote:\nplease help", quoted: ""),
            Row("one field alone is none", "Date: tomorrow\nplease", own: "Date: tomorrow\nplease", quoted: ""),
            Row("dashes are none", "---- hello ----\nx", own: "---- hello ----\nx", quoted: ""),
            Row("empty", "", own: "", quoted: ""),
        ])
    func split(_ row: Row) {
        let text = QuotedText(row.text)
        #expect(text.own == row.own)
        let dense = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: true) }
        #expect(dense(text.quoted) == dense(row.quoted))
    }
}
