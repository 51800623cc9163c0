# What people see and hear: no accessibility violation in any state, light and dark; nothing wider than a phone; and the
# screenshots that a person looks at (--shots).

from harness import PageTest

DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 568}


class LooksTest(PageTest):
    def look(self, page, state):
        super().look(page, f"{self.name}-{state}")

    def walk(self, name, lang, viewport, scheme, **options):
        self.name = name
        page = self.open(lang=lang, viewport=viewport, color_scheme=scheme, **options)
        self.look(page, "1-nobody")
        agent = self.desk.agent()
        page.reload()
        page.wait_for_selector(".topic.is-open")
        self.look(page, "2-topics")
        self.enter(page)
        page.wait_for_selector(".intake:not([hidden])")
        self.look(page, "3-waiting")
        page.fill("#intake", {"ko": "환불이 두 주째 안 들어와요"}.get(lang[:2], "My refund has not arrived for two weeks"))
        page.keyboard.press("Tab")
        self.look(page, "4-intake")
        page.click(".intake .primary")
        page.click(".intake .quiet >> nth=1")
        chat = agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        korean = lang.startswith("ko")
        agent.say(chat, "안녕하세요, kim입니다. 환불 건으로 문의하셨네요. 바로 확인해 보겠습니다." if korean
                  else "Hello, this is Kim. I see you are asking about a refund. Let me check.")
        self.say(page, "네, 고맙습니다! 지난주 화요일에 취소했어요." if korean else "Thank you! I cancelled last Tuesday.")
        self.say(page, "주문번호는 20261110-48213 이에요." if korean else "The order is 20261110-48213.")
        self.saved(page, 2)
        seq = self.desk.journal()[-1]["seq"]
        agent.send(type="seen", chat=chat, seq=seq)
        agent.say(chat, "확인했습니다.\n카드사로 취소가 넘어간 것은 11월 17일이고, 영업일로 3–5일 걸립니다.\n늦어도 24일까지는 들어옵니다."
                  if korean else "Found it.\nThe reversal went to your card company on 17 November and takes 3–5 working days.\n"
                  "You should have it by the 24th at the latest.")
        agent.say(chat, "더 도와드릴 일이 있을까요?" if korean else "Is there anything else I can do?")
        page.wait_for_selector(".state[data-state=seen]")
        self.say(page, "아니요, 충분해요" if korean else "No, that is all")
        self.saved(page, 3)
        agent.send(type="typing", chat=chat, on=True)
        page.wait_for_selector(".typing:not([hidden])")
        self.look(page, "5-chat")
        page.click(".strip .leave")
        self.look(page, "6-dialog")
        page.keyboard.press("Escape")
        self.expected = ["WebSocket connection"]
        self.desk.line.cut()
        self.say(page, "끊긴 동안 쓴 말" if korean else "Written while offline")
        page.wait_for_selector(".banner:not([hidden])")
        self.look(page, "7-offline")
        self.desk.line.mend()
        self.saved(page, 4)
        agent.send(type="end", chat=chat)
        page.wait_for_selector(".ended:not([hidden])")
        self.look(page, "8-ended")
        page.click(".stars label:nth-child(5)")
        self.look(page, "9-rating")

    def test_desktop_korean_light(self):
        self.walk("desktop-ko-light", "ko-KR", DESKTOP, "light")

    def test_desktop_english_dark(self):
        self.walk("desktop-en-dark", "en-US", DESKTOP, "dark")

    def test_phone_korean_dark(self):
        self.walk("phone-ko-dark", "ko-KR", PHONE, "dark", has_touch=True, is_mobile=True, device_scale_factor=2)

    def test_small_phone_english_light(self):
        self.walk("small-en-light", "en-US", SMALL, "light", has_touch=True, is_mobile=True, device_scale_factor=2)

    def test_small_phone_korean_light(self):
        self.walk("small-ko-light", "ko-KR", SMALL, "light", has_touch=True, is_mobile=True, device_scale_factor=2)

    def test_fields_do_not_zoom_and_motion_is_reduced(self):
        page = self.open(viewport=SMALL, reduced_motion="reduce")
        self.enter(page)
        sizes = page.evaluate("""() => [...document.querySelectorAll('textarea, select')]
            .map((node) => parseFloat(getComputedStyle(node).fontSize))""")
        self.assertTrue(sizes and min(sizes) >= 16, sizes)
        self.assertEqual(page.evaluate("getComputedStyle(document.querySelector('.dots')).animationName"), "none")

    def test_japanese_and_chinese(self):
        agent = self.desk.agent()
        for lang, scheme, badges, over in (
            ("ja", "light", ["ただいま受付中", "受付時間外"], "相談は終了しました"), ("zh-CN", "dark", ["服务中", "非服务时间"], "咨询已结束"),
        ):
            self.name = f"phone-{lang[:2]}-{scheme}"
            page = self.open(lang=lang, viewport=PHONE, color_scheme=scheme)
            self.assertEqual(page.locator(".badge").all_inner_texts(), badges)
            self.look(page, "2-topics")
            self.enter(page)
            page.wait_for_selector(".intake:not([hidden])")
            self.look(page, "3-waiting")
            page.fill("#intake", "가" * 400)
            page.click(".intake .primary")
            page.wait_for_selector(".fault:not(:empty)")
            self.look(page, "4-intake-fault")
            page.fill("#intake", "")
            chat = agent.accept()
            self.say(page, "返金")
            self.saved(page, 1)
            self.look(page, "5-chat")
            agent.send(type="end", chat=chat)
            agent.send(type="wrapup", chat=chat)
            page.wait_for_selector(".ended:not([hidden])")
            self.assertEqual(page.inner_text(".ended h2"), over)
            self.look(page, "8-ended")

    def test_lines_break_between_words(self):
        for lang, wordBreak in (("ko", "keep-all"), ("ja", "auto-phrase"), ("en", "normal"), ("zh-CN", "normal")):
            page = self.open(lang=lang, viewport=PHONE)
            self.enter(page)
            for name in (".topics-page h2", ".event"):
                styles = page.evaluate("""(name) => {
                    const { wordBreak, textWrap } = getComputedStyle(document.querySelector(name));
                    return [wordBreak, textWrap];
                }""", name)
                self.assertEqual(styles, [wordBreak, "balance"], (lang, name))

    def test_badges(self):
        for scheme in ("light", "dark"):
            self.name = f"desktop-ko-{scheme}"
            page = self.open(color_scheme=scheme)
            self.assertEqual(page.locator(".badge").all_inner_texts(), ["지금 운영 중", "운영 시간 아님"])
            self.look(page, "badges")
