# What the customer answered stays before the customer's eyes: while waiting, with the agent, over a reload, in the file.

from axe_playwright_python.sync_playwright import Axe

from harness import PageTest

FIRST = "환불이 안 돼요\n두 주째예요 <b>"
LABELS = {
    "ko": ("적어 주신 내용", "있었던 일"), "en": ("What you told us", "What happened"),
    "ja": ("ご記入いただいた内容", "起きたこと"), "zh": ("您填写的内容", "发生的事"),
}


class AnswersTest(PageTest):
    def card(self, page):
        """Its title, labels and answers; nothing when there is no card."""
        card = page.locator(".answers")
        if not card.is_visible():
            return []
        return [card.locator(part).all_inner_texts() for part in ("h2", "dt", "dd")]

    def answer(self, page, text):
        page.fill("#intake", text)
        page.click(".intake .primary")

    def test_answers_stay(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        page.wait_for_selector(".intake:not([hidden])")
        self.assertEqual(self.card(page), [])
        self.answer(page, FIRST)
        page.wait_for_selector("text=6개 중 2번째 질문")
        self.answer(page, "이달 초")
        page.click("text=모두 건너뛰기")
        expected = [["적어 주신 내용"], ["있었던 일", "있었던 때"], [FIRST, "이달 초"]]
        page.wait_for_selector("text=이달 초")
        self.assertEqual(self.card(page), expected)
        self.assertEqual(Axe().run(page).violations_count, 0)
        chat = agent.accept()
        agent.say(chat, "보고 있습니다")
        page.wait_for_selector("text=보고 있습니다")
        self.assertEqual(self.card(page), expected)
        # Above the words.
        self.assertTrue(page.evaluate("""document.querySelector('.answers')
            .compareDocumentPosition(document.querySelector('.log')) & Node.DOCUMENT_POSITION_FOLLOWING"""))
        page.reload()
        page.wait_for_selector("text=보고 있습니다")
        self.assertEqual(self.card(page), expected)
        agent.send(type="end", chat=chat)
        page.wait_for_selector(".ended:not([hidden])")
        self.assertEqual(self.card(page), expected)
        with page.expect_download() as download:
            page.click(".ended >> text=기록 저장")
        text = download.value.path().read_text()
        self.assertIn("적어 주신 내용\n  있었던 일: 환불이 안 돼요\n    두 주째예요 <b>\n  있었던 때: 이달 초\n\n", text)
        agent.send(type="wrapup", chat=chat)
        # Nobody else's, and not another chat's.
        page.click("text=새로 문의하기")
        self.enter(page)
        page.wait_for_selector(".intake:not([hidden])")
        self.assertEqual(self.card(page), [])

    def test_an_answer_on_its_way(self):
        self.expected = ["WebSocket connection"]
        page = self.open()
        self.enter(page)
        page.wait_for_selector(".intake:not([hidden])")
        self.desk.line.cut()
        self.answer(page, "끊긴 동안")
        page.wait_for_selector(".answers >> text=끊긴 동안")

    def test_each_language(self):
        page = self.open()
        self.enter(page)
        page.wait_for_selector(".intake:not([hidden])")
        self.answer(page, "A")
        for lang, (title, label) in LABELS.items():
            page.select_option("select", lang)
            page.wait_for_selector(f".answers >> text={title}")
            self.assertEqual(self.card(page), [[title], [label], ["A"]])
