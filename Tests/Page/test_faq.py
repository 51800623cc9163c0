# Frequent questions on the page, with the sample desk's: searched before a chat, suggested while one waits.

import urllib.request

from harness import PageTest, Sample, eventually

PHONE = {"width": 390, "height": 844}
SOUGHT = {"ko": "환불 언제 돼요", "en": "when is my refund", "ja": "返金はいつ", "zh": "退款什么时候到"}


class FAQTest(PageTest):
    configuration, files = Sample.configuration, Sample.files

    def seek(self, page, words):
        page.fill("#faq", words)

    def questions(self, page, within=".topics-page"):
        return page.locator(f"{within} summary").all_inner_texts()

    def helped(self, answer):
        address = f"http://{self.desk.admin}/metrics"
        text = urllib.request.urlopen(address).read().decode()
        line = f'sangdam_faq_helped_total{{helped="{answer}"}} '
        return next(float(each.removeprefix(line)) for each in text.splitlines() if each.startswith(line))

    def test_found_and_enough(self):
        page = self.open()
        self.seek(page, SOUGHT["ko"])
        page.wait_for_selector(".topics-page summary >> text=환불한 돈은 언제 들어오나요?")
        self.assertEqual(page.inner_text(".faq [role=status]"), f"답 {len(self.questions(page))}개를 찾았어요.")
        page.click("summary >> text=환불한 돈은 언제 들어오나요?")
        page.wait_for_selector(".solution >> text=3~5영업일")
        page.click("text=해결됐어요")
        page.wait_for_selector(".faq [role=status] >> text=해결됐다니 다행이에요.")
        self.focused(page, "#faq")
        self.assertEqual((page.input_value("#faq"), self.questions(page)), ("", []))
        eventually("counted", lambda: self.helped("true") == 1)
        self.assertEqual(self.desk.journal("opened"), [])

    def test_found_and_not_enough(self):
        page = self.open()
        self.seek(page, SOUGHT["ko"])
        page.wait_for_selector(".topics-page summary")
        page.press("#faq", "Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".solution >> visible=true")
        page.click("text=상담할게요")
        self.focused(page, ".topic")
        eventually("counted", lambda: self.helped("false") == 1)
        self.enter(page)

    def test_nothing_found(self):
        page = self.open()
        self.seek(page, "강아지가 아파요")
        page.wait_for_selector(".faq [role=status] >> text=비슷한 질문을 찾지 못했어요.")
        self.seek(page, "")
        eventually("nothing is said", lambda: page.inner_text(".faq [role=status]") == "")
        # In another language the same words are sought again.
        self.seek(page, "refund")
        page.wait_for_selector(".topics-page summary >> text=환불")
        page.select_option("header select", "en")
        page.wait_for_selector(".topics-page summary >> text=refund")

    def test_suggested_while_waiting_and_enough(self):
        page = self.open()
        self.enter(page)
        page.fill("#intake", "환불이 언제 되는지 궁금해요")
        page.click(".intake .primary")
        page.wait_for_selector(".suggestions h2 >> text=혹시 이런 내용인가요?")
        page.click(".suggestions summary >> nth=0")
        page.click(".suggestions >> text=해결됐어요")
        page.wait_for_selector(".receipt")
        self.assertIs(eventually("ended", lambda: self.desk.journal("ended"))[0].get("helped"), True)

    def test_suggested_while_waiting_and_not_enough(self):
        page = self.open()
        self.enter(page)
        page.fill("#intake", "환불이 언제 되는지 궁금해요")
        page.click(".intake .primary")
        page.click(".suggestions summary >> nth=0")
        page.click(".suggestions >> text=상담할게요")
        page.wait_for_selector(".suggestions", state="hidden")
        self.assertEqual(page.get_attribute(".strip", "data-phase"), "waiting")
        agent = self.desk.agent()
        chat = agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        # Back at the topics nothing is left of it.
        agent.send(type="end", chat=chat)
        page.click(".ended >> text=새로 문의하기")
        page.wait_for_selector("#faq")
        self.assertEqual(self.questions(page), [])

    def test_looks(self):
        for name, lang, options in (
            ("desktop-ko-light", "ko", {}), ("desktop-en-dark", "en", {"color_scheme": "dark"}),
            ("phone-ja-light", "ja", {"viewport": PHONE}), ("phone-zh-dark", "zh", {"viewport": PHONE, "color_scheme": "dark"}),
        ):
            page = self.open(lang=lang, **options)
            self.look(page, f"faq-{name}-1-topics")
            self.seek(page, SOUGHT[lang])
            page.click(".topics-page summary >> nth=0")
            self.look(page, f"faq-{name}-2-found")
            self.seek(page, "zzzz qqqq")
            page.wait_for_selector(".faq [role=status]:not(:empty)")
            self.look(page, f"faq-{name}-3-none")
            self.enter(page)
            page.fill("#intake", SOUGHT[lang])
            page.click(".intake .primary")
            page.click(".suggestions summary >> nth=0")
            self.look(page, f"faq-{name}-4-waiting")
            page.context.close()


class NoFAQTest(PageTest):
    def test_no_field_without_frequent_questions(self):
        page = self.open()
        self.assertTrue(page.locator("#faq").is_hidden())
        self.enter(page)
        page.fill("#intake", "환불이 언제 되는지 궁금해요")
        page.click(".intake .primary")
        page.wait_for_selector("text=6개 중 2번째 질문")
        self.assertTrue(page.locator(".suggestions").is_hidden())
