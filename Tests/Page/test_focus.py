# Where the focus goes when what had it is gone: never nowhere, and on a phone not where its keyboard covers the words.

from harness import PageTest

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class FocusTest(PageTest):
    def begin(self, **options):
        agent = self.desk.agent()
        page = self.open(**options)
        self.enter(page)
        chat = agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        return agent, page, chat

    def test_sent_by_the_button(self):
        for options in ({}, PHONE):
            with self.subTest(phone=bool(options)):
                agent, page, chat = self.begin(**options)
                page.fill("#message", "하나")
                if options:
                    page.tap(".send")
                else:
                    page.keyboard.press("Tab")
                    page.keyboard.press("Enter")
                self.saved(page, 1)
                self.focused(page, "#message")
                page.keyboard.type("둘")
                self.assertEqual(page.input_value("#message"), "둘")
                agent.send(type="end", chat=chat)
                agent.send(type="wrapup", chat=chat)

    def test_agent_comes_before_an_answer(self):
        agent = self.desk.agent()
        for options, place in (({}, "#message"), (PHONE, ".log")):
            with self.subTest(place):
                page = self.open(**options)
                self.enter(page)
                page.wait_for_selector(".intake:not([hidden])")
                page.focus("#intake")
                agent.accept()
                page.wait_for_selector(".strip[data-phase=active]")
                self.focused(page, place)

    def test_no_stray_ring_on_a_phone(self):
        page = self.open(**PHONE)
        ring = "getComputedStyle(document.activeElement).outlineStyle"
        self.enter(page)
        # There is nothing to read in the log yet.
        self.focused(page, ".strip p")
        self.assertEqual(page.evaluate(ring), "none")
        page.reload()
        self.focused(page, ".strip p")
        self.assertEqual(page.evaluate(ring), "none")
        agent = self.desk.agent()
        agent.say(agent.accept(), "안녕하세요")
        page.wait_for_selector("text=안녕하세요")
        page.reload()
        # The words may come back later than the view.
        self.focused(page, ".log, .strip p")
        self.assertEqual(page.evaluate(ring), "none")
        page.wait_for_selector("text=안녕하세요")
        # Who comes by key sees where the focus is.
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.log')"):
                break
        self.focused(page, ".log")
        self.assertEqual(page.evaluate(ring), "solid")

    def test_last_question_answered(self):
        page = self.open()
        self.enter(page)
        page.click("text=모두 건너뛰기")
        self.focused(page, "#message")

    def test_connected_again_by_the_banner(self):
        self.expected = ["WebSocket connection"]
        _, page, _ = self.begin()
        self.desk.line.cut()
        page.wait_for_selector(".banner button")
        page.focus(".banner button")
        self.desk.line.mend()
        page.keyboard.press("Enter")
        page.wait_for_selector(".banner", state="hidden")
        self.focused(page, "#message")

    def test_new_words_and_a_rating(self):
        agent, page, chat = self.begin()
        for number in range(40):
            agent.say(chat, f"말 {number}")
        page.wait_for_selector("text=말 39")
        page.locator(".talk").evaluate("(node) => { node.scrollTop = 0; }")
        page.wait_for_timeout(100)
        agent.say(chat, "더")
        page.click(".new-words")
        self.focused(page, "#message")
        agent.send(type="end", chat=chat)
        page.wait_for_selector(".ended:not([hidden])")
        page.click(".stars label:nth-child(5)")
        page.click("text=평가 보내기")
        page.wait_for_selector("text=평가해 주셔서 고맙습니다.")
        self.focused(page, ".ended h2")
