# Words with nothing to see are nothing: they are not sent, not answered and not rated with; and where old chats have them,
# or a server refuses them, it is said in words.

from harness import PageTest, eventually
from test_reading import HEAR

# Blanks, a zero-width space, a filler, marks without a letter, a variation selector, Braille's blank, a tag, an override.
NOTHING = ["   ", "\u3000\u3000", "\u200b", "\u3164", "\u0301", "\ufe0f", "\u2800", "\U000e0041", "\u202e \u2066", "\n \u00ad\n"]
# Little, but something.
SOMETHING = [".", "👍", "\u200b가\u200b", "e\u0301"]
BLANK = {"ko": "(빈 메시지)", "en": "(empty message)", "ja": "（空のメッセージ）", "zh": "（空白消息）"}


class NothingTest(PageTest):
    def begin(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        chat = agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        return agent, page, chat

    def test_is_not_sent(self):
        agent, page, _ = self.begin()
        for text in NOTHING:
            with self.subTest(ascii(text)):
                page.fill("#message", text)
                self.assertTrue(page.is_disabled(".send"))
                page.press("#message", "Enter")
                page.evaluate("document.querySelector('.composer').requestSubmit()")
                self.assertEqual(page.input_value("#message"), text)
        # Nor is it told that something is being written.
        page.wait_for_timeout(300)
        self.assertEqual([message for message in agent.heard if message["type"] == "typing"], [])
        for text in SOMETHING:
            with self.subTest(ascii(text)):
                page.fill("#message", text)
                self.assertTrue(page.is_enabled(".send"))
                page.press("#message", "Enter")
        self.saved(page, len(SOMETHING))
        self.assertEqual([line["text"] for line in self.desk.journal()], SOMETHING)

    def test_is_no_answer(self):
        page = self.open()
        self.enter(page)
        page.wait_for_selector(".intake:not([hidden])")
        for number, text in enumerate(NOTHING[:5], 2):
            page.fill("#intake", text)
            page.click(".intake .primary")
            page.wait_for_selector(f"text=6개 중 {number}번째 질문")
        page.fill("#intake", "끝")
        page.click(".intake .primary")
        page.wait_for_selector(".answers >> text=끝")
        self.assertEqual(page.locator(".answers dd").all_inner_texts(), ["끝"])
        told = eventually("the answer", lambda: self.desk.journal("intake"))
        self.assertEqual([line["intake"] for line in told], [{"goal": "끝"}])

    def test_half_an_answer_of_nothing_does_not_stay_when_an_agent_comes(self):
        page = self.open()
        self.enter(page)
        page.wait_for_selector(".intake:not([hidden])")
        page.fill("#intake", " \u200b")
        self.desk.agent().accept()
        page.wait_for_selector(".strip[data-phase=active]")
        page.wait_for_selector(".intake", state="hidden")

    def test_is_no_comment(self):
        agent, page, chat = self.begin()
        agent.send(type="end", chat=chat)
        page.click(".stars label:nth-child(4)")
        page.fill("#comment", "\u3000\u200b")
        page.click("text=평가 보내기")
        page.wait_for_selector("text=평가해 주셔서 고맙습니다.")
        self.assertEqual([(line["score"], line.get("comment")) for line in self.desk.journal("rated")], [(4, None)])

    def test_in_an_old_chat(self):
        _, page, _ = self.begin()
        for seq, text in enumerate(["\u3000 ", "\u0301", "\u200b", "네"]):
            page.evaluate(HEAR, {"type": "message", "seq": 100 + seq, "from": "agent", "name": "kim", "text": text})
        for lang, blank in BLANK.items():
            page.select_option("select", lang)
            page.wait_for_selector(f".bubble >> text={blank}")
            self.assertEqual(self.words(page), [blank, blank, "<U+200B>", "네"])
        page.select_option("select", "ko")
        page.wait_for_selector("text=(빈 메시지)")
        # As high as any other.
        heights = {round(box["height"]) for box in (node.bounding_box() for node in page.locator(".bubble").all())}
        self.assertEqual(len(heights), 1, heights)
        with page.expect_download() as download:
            page.click(".strip .save")
        text = download.value.path().read_text()
        self.assertEqual(text.count("상담원 kim: (빈 메시지)\n"), 2)
        self.assertIn("상담원 kim: <U+200B>\n", text)

    def test_refused_by_the_server(self):
        agent, page, chat = self.begin()
        # What another page took for something.
        page.evaluate("""() => document.querySelector('sangdam-chat').shell.do((link, now) => {
            const entry = { key: 'mold-1', id: 'old-1', from: 'customer', text: ' \\u200B ', at: new Date().toISOString() };
            link.chat.append({ ...entry, state: 'unsent' });
        })""")
        page.evaluate(HEAR, {"type": "error", "code": "empty", "field": "text", "id": "old-1", "message": "보이는 글자가 없어요."})
        page.wait_for_selector(".banner >> text=보이는 글자가 없어요.")
        page.wait_for_selector(".state[data-state=unsent]")
        page.click("text=다시 쓰기")
        self.assertEqual(page.input_value("#message"), " \u200b ")
        eventually("taken out", lambda: self.words(page) == [])
        # What stands in the field for the eye is not there for what comes back.
        page.evaluate("() => document.querySelector('sangdam-chat').talk.composer.putBack('돌아온 말')")
        self.assertEqual(page.input_value("#message"), "돌아온 말")
