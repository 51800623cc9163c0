# An evening and the next morning in browsers, by the clock of the server itself; Tests/EndToEndTests/EveningTests.swift
# plays it by hand.

import time

from harness import PageTest, office_hours

HOUR = 3600
DAY = 24 * HOUR


def seoul(hour, days=0):
    """An hour in Seoul of the next day from Monday to Thursday, or of a day after that, in seconds since 1970."""
    day = (int(time.time()) + 9 * HOUR) // DAY + 1
    # 1970-01-01 was a Thursday.
    while (day + 3) % 7 > 3:
        day += 1
    return (day + days) * DAY + (hour - 9) * HOUR


class EveningTest(PageTest):
    configuration = office_hours("Mon-Fri 09:00-18:00", "inquiry") + "faq: faq.yaml\n"
    files = {"faq.yaml": "- {id: refund-when, question: {ko: 환불은 언제 되나요?}, answer: {ko: 3일 안에 됩니다.}}\n"}

    def setUp(self):
        # Long enough before six for a chat and somebody who waits.
        self.shows = seoul(18) - 30
        super().setUp()

    def duty(self, page, topic="refund"):
        return page.inner_text(f"[data-topic={topic}] .duty")

    def delay(self, page, within=15_000):
        page.wait_for_selector(".delay:not([hidden])", timeout=within)
        return page.inner_text(".delay p")

    def test_closing_at_six_and_opening_at_nine(self):
        kim = self.desk.agent()
        kim.send(type="status", capacity=1)
        talking, waiting = self.open(), self.open()
        self.enter(talking)
        chat = kim.accept()
        self.enter(waiting)
        self.say(waiting, "기다리고 있어요")
        self.saved(waiting, 1)

        # Six o'clock, and the agent is there.
        self.assertEqual(
            self.delay(waiting, within=60_000),
            "상담 시간이 끝났지만 기다리시던 순서는 그대로예요. 상담원이 있는 동안 차례로 연결해 드려요. 내일 오전 9시에 열려요.")
        self.assertEqual(waiting.locator(".delay .phone").all_inner_texts(), ["1588-0000", "02-000-0000"])
        self.say(talking, "아직 계신가요?")
        self.assertEqual(kim.next("message", chat=chat, text="아직 계신가요?")["from"], "customer")
        kim.say(chat, "네, 있어요")
        talking.wait_for_selector(".log >> text=네, 있어요")
        self.assertEqual(talking.locator(".delay:not([hidden])").count(), 0)
        waiting.reload()
        self.assertIn("기다리시던 순서는 그대로예요", self.delay(waiting))
        self.assertEqual(self.words(waiting), ["기다리고 있어요"])

        self.newcomer_after_six()

        # The agent goes on with who waited, and then home.
        kim.send(type="end", chat=chat)
        kim.send(type="wrapup", chat=chat)
        second = kim.accept()
        waiting.wait_for_selector(".strip[data-phase=active]")
        waiting.wait_for_selector(".delay", state="hidden")
        kim.send(type="end", chat=second)
        kim.send(type="wrapup", chat=second)
        kim.send(type="status", status="offline")
        kim.next("status", status="offline")

        newcomer = self.overridden()
        self.expected.append("WebSocket connection")
        self.desk.stop()
        self.desk.start(shows=seoul(9, days=1) - 20)
        self.morning(newcomer)

    def newcomer_after_six(self):
        """One newcomer looks for an answer and needs nobody; another does not find one: whom else to ask, and what is open."""
        newcomer = self.open()
        newcomer.fill("#faq", "환불 언제 되나요")
        newcomer.click("summary >> text=환불은 언제 되나요?")
        newcomer.wait_for_selector(".solution >> text=3일 안에 됩니다.")
        newcomer.click("text=해결됐어요")
        newcomer.wait_for_selector(".faq [role=status] >> text=해결됐다니 다행이에요.")
        newcomer.context.close()
        newcomer = self.open()
        newcomer.fill("#faq", "강아지가 아파요")
        newcomer.wait_for_selector(".faq [role=status] >> text=비슷한 질문을 찾지 못했어요.")
        self.assertEqual((self.duty(newcomer), self.duty(newcomer, "fraud")), ("내일 오전 9시에 열려요", "상담원 없음"))
        newcomer.click("[data-topic=refund]")
        newcomer.wait_for_selector(".closed-page:not([hidden])")
        self.assertEqual(newcomer.inner_text(".closed-page .lead"), "내일 오전 9시에 열려요")
        self.assertEqual(newcomer.locator(".closed-page .phone").all_inner_texts(), ["1588-0000", "02-000-0000"])
        self.assertIn("서비스 이용 방법", newcomer.locator(".closed-page .topic .name").all_inner_texts())
        newcomer.context.close()

    def overridden(self):
        """Somebody opens the queue for the evening, then lets it keep its hours again, with nobody there."""
        self.desk.command("override", "payment", "open")
        newcomer = self.open()
        self.assertEqual(self.duty(newcomer), "상담원 없음")
        self.enter(newcomer)
        newcomer.wait_for_selector(".strip[data-phase=waiting]")
        self.desk.command("override", "payment", "auto")
        self.assertEqual(
            self.delay(newcomer),
            "지금은 상담 시간이 아니에요. 순서는 그대로 지켜 드리고, 상담원이 오는 대로 차례로 연결해 드려요. 내일 오전 9시에 열려요.")
        return newcomer

    def morning(self, waiting):
        """Who waited through the night is there still, sees the queue open, and is the first to be served."""
        page = self.open()
        self.assertEqual(self.duty(page), "오늘 오전 9시에 열려요")
        page.wait_for_selector("[data-topic=refund] .duty >> text=상담원 없음", timeout=60_000)
        kim = self.desk.agent()
        chat = kim.accept()
        waiting.wait_for_selector(".strip[data-phase=active]")
        waiting.wait_for_selector(".delay", state="hidden")
        kim.send(type="end", chat=chat)
        kim.send(type="wrapup", chat=chat)
        self.enter(page)
        kim.accept()
        page.wait_for_selector(".strip[data-phase=active]")
