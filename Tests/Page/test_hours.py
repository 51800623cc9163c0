# Topics with hours, as the page tells of them: when one opens, what else there is, and the word to those who wait.

import json

from harness import PageTest, office_hours

PHONE = {"width": 390, "height": 844}
WHEN = {
    "ko": "내일 오전 9시에 열려요", "en": "Opens tomorrow at 9:00 am", "ja": "明日午前9時に受付を開始します", "zh": "明天上午9点开放",
}
DELAYED = {
    "ko": "운영 시간이 끝났어요. 자리는 그대로 있으니 기다리셔도 되고, 아래로 연락하셔도 돼요.",
    "en": "We are closed now. Your place is kept: you can wait or use the contacts below.",
    "ja": "受付時間が終了しました。順番はそのままですので、お待ちいただくか下記へご連絡ください。",
    "zh": "服务时间已结束。您的排队位置仍然保留，可以继续等待，或使用以下方式联系我们。",
}
CLOSED = {"state": "closed", "open": False, "until": "2026-12-02T00:00:00.000Z", "offers": []}


class HoursTest(PageTest):
    def setUp(self):
        super().setUp()
        self.lang = "ko"
        # What the server says of each topic, beyond what it says already.
        self.states = {}
        self.delayed = None

    def heard(self, message):
        """The server's messages, as one with hours would say them."""
        if message["type"] == "topics":
            for topic in message["topics"]:
                topic |= {"state": "open" if topic["open"] else "unstaffed", "offers": ["chat"]}
                topic |= self.states.get(topic["id"], {})
            self.contacts = message["contacts"]
        messages = [message]
        if message["type"] == "queued" and self.delayed:
            messages.append({"type": "delayed", "chat": message["chat"], "contacts": self.contacts} | self.delayed)
        return messages

    def prepare(self, page):
        def handle(near):
            far = near.connect_to_server()
            far.on_message(lambda text: [near.send(json.dumps(each)) for each in self.heard(json.loads(text))])

        page.route_web_socket("**/chat", handle)

    def close(self, *topics, **fields):
        for topic in topics:
            self.states[topic] = CLOSED | {"words": WHEN[self.lang]} | fields

    def duty(self, page, topic):
        return page.inner_text(f"[data-topic={topic}] .duty")

    def test_a_closed_topic_shows_what_else_there_is(self):
        self.desk.agent()
        self.close("refund")
        page = self.open(prepare=self.prepare)
        self.assertEqual(page.inner_text(".topics-page .lead"), "지금 상담원과 이야기하실 수 있어요.")
        self.assertEqual((self.duty(page, "refund"), self.duty(page, "payment")), (WHEN["ko"], "바로 상담 가능"))
        page.click("[data-topic=refund]")
        page.wait_for_selector(".closed-page:not([hidden])")
        self.focused(page, ".closed-page h2")
        self.assertEqual((page.inner_text(".closed-page h2"), page.inner_text(".closed-page .lead")), ("환불", WHEN["ko"]))
        self.assertEqual(page.locator(".closed-page .phone").all_inner_texts(), ["1588-0000", "02-000-0000"])
        self.assertEqual(page.locator(".closed-page .topic .name").all_inner_texts(), ["결제", "서비스 이용 방법"])
        page.click(".closed-page >> text=결제")
        page.wait_for_selector(".strip[data-phase]")
        self.assertEqual([line["topic"] for line in self.desk.journal("opened")], ["payment"])

    def test_everything_is_closed_but_one_may_wait(self):
        self.desk.agent()
        self.close("payment", "refund", "service")
        self.close("fraud", offers=["chat"])
        page = self.open(prepare=self.prepare)
        self.assertEqual(
            page.inner_text(".topics-page .lead"),
            "지금은 상담 시간이 아니에요. 그래도 접수해 두실 수 있고, 상담원이 오는 대로 차례로 연결해 드려요.")

    def test_everything_is_closed(self):
        self.close("payment", "refund", "service", "fraud")
        page = self.open(prepare=self.prepare)
        self.assertEqual(
            page.inner_text(".topics-page .lead"), "지금은 채팅 상담을 받지 않는 시간이에요. 아래 연락처를 이용해 주세요.")
        page.click("[data-topic=fraud]")
        page.wait_for_selector(".closed-page:not([hidden])")
        self.assertEqual(page.locator(".closed-page .topic").count(), 0)
        page.click(".closed-page >> text=돌아가기")
        self.focused(page, ".topics-page h2")
        self.assertEqual(self.desk.journal("opened"), [])

    def test_who_may_wait_all_the_same(self):
        self.close("refund", offers=["chat"])
        page = self.open(prepare=self.prepare)
        self.assertEqual(self.duty(page, "refund"), WHEN["ko"])
        self.enter(page)

    def test_opens_while_one_looks(self):
        self.close("refund")
        page = self.open(prepare=self.prepare)
        page.click("[data-topic=refund]")
        page.wait_for_selector(".closed-page:not([hidden])")
        self.states.clear()
        # The topics come anew by themselves.
        page.wait_for_selector("[data-topic=refund]", timeout=20_000)

    def test_told_while_waiting_and_after_a_reload(self):
        self.delayed = {"reason": "closed", "message": DELAYED["ko"], "offers": [], "on_duty": False}
        page = self.open(prepare=self.prepare)
        self.enter(page)
        page.wait_for_selector(f".delay >> text={DELAYED['ko']}")
        self.assertEqual(page.locator(".delay .phone").all_inner_texts(), ["1588-0000", "02-000-0000"])
        self.assertEqual(page.get_attribute(".delay p", "role"), "status")
        page.reload()
        page.wait_for_selector(f".delay >> text={DELAYED['ko']}")
        agent = self.desk.agent()
        agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        page.wait_for_selector(".delay", state="hidden")

    def test_looks(self):
        agent = self.desk.agent()
        for name, lang, options in (
            ("desktop-ko-light", "ko", {}), ("desktop-en-dark", "en", {"color_scheme": "dark"}),
            ("phone-ja-light", "ja", {"viewport": PHONE}), ("phone-zh-dark", "zh", {"viewport": PHONE, "color_scheme": "dark"}),
        ):
            self.lang = lang
            self.close("refund", "service")
            self.delayed = {"reason": "closed", "message": DELAYED[lang], "offers": [], "on_duty": False}
            page = self.open(lang=lang, prepare=self.prepare, **options)
            page.wait_for_selector(".topic.is-open")
            self.look(page, f"hours-{name}-1-topics")
            page.click("[data-topic=refund]")
            page.wait_for_selector(".closed-page:not([hidden])")
            self.look(page, f"hours-{name}-2-closed")
            page.click(".closed-page [data-say=back]")
            self.enter(page, "fraud")
            page.wait_for_selector(".delay:not([hidden])")
            self.look(page, f"hours-{name}-3-told")
            page.context.close()


class BoundaryTest(PageTest):
    """A supervisor closes by hand what the clock would."""

    supervisors = ("boss",)
    configuration = office_hours("Mon-Sun 00:00-24:00", "refuse")

    def test_closed_between_looking_and_choosing(self):
        boss = self.desk.agent("boss")
        page = self.open()
        page.wait_for_selector("[data-topic=refund].is-open")
        boss.send(type="override", queue="payment", state="closed")
        boss.next("ok")
        page.click("[data-topic=refund]")
        page.wait_for_selector(".closed-page:not([hidden])")
        self.assertEqual(self.desk.journal("opened"), [])
