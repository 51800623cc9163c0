# Questions that are answered later: left where nobody is or instead of waiting, found again, added to.

import json
import subprocess
import time

from harness import CONFIGURATION, ROOT, PageTest, Process, eventually, office_hours, settings

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
# 21:00 in Seoul, on a day that is none of the calendar's.
EVENING = time.mktime(time.strptime("2026-12-02", "%Y-%m-%d")) - time.timezone + 12 * 3600
CLOSED = office_hours("Mon-Fri 09:00-18:00", "inquiry")


def leave(page, text="환불은 언제 되나요?", email=None):
    """Fills the form and sends it; gives the receipt."""
    page.wait_for_selector(".inquiry-page:not([hidden]) #inquiry-text")
    page.fill("#inquiry-text", text)
    if email:
        page.fill("#inquiry-email", email)
    page.click(".inquiry-page:not([hidden]) button[type=submit]")
    page.wait_for_selector("div.inquiry-page:not([hidden]) .code")
    return page.inner_text("div.inquiry-page:not([hidden]) .code")


def read(page, receipt):
    """From the first view to the inquiry."""
    page.click("[data-say=receipts]")
    page.wait_for_selector("#lookup")
    page.fill("#lookup", receipt)
    page.press("#lookup", "Enter")


def thread(page):
    return page.locator(".thread p").all_inner_texts()


class InquiryTest(PageTest):
    """Open: a question may be left at any time."""

    def agent(self):
        agent = self.desk.agent()
        agent.send(type="status", status="break")
        return agent

    def answer(self, agent, text, inquiry=None):
        agent.send(type="take", **({"inquiry": inquiry} if inquiry else {}))
        card = agent.next("inquiry", state="taken")
        agent.send(type="answer", inquiry=card["inquiry"], id=f"a-{text}", text=text)
        agent.next("ack")
        return card["inquiry"]

    def test_left_read_and_added_to(self):
        agent = self.agent()
        page = self.open()
        page.click("[data-say=inquire]")
        self.focused(page, ".inquiry-page h2")
        page.select_option("#inquiry-topic", "refund")
        receipt = leave(page)
        self.assertRegex(receipt, r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")
        self.focused(page, ".inquiry-page:not([hidden]) h2")
        [line] = self.desk.journal("inquired")
        self.assertEqual((line["topic"], line.get("email")), ("refund", None))
        # The answer comes while one looks.
        page.click("[data-say=inquiryRead]")
        eventually("the question", lambda: thread(page) == ["환불은 언제 되나요?"])
        inquiry = self.answer(agent, "사흘 안에요.")
        eventually("the answer", lambda: thread(page) == ["환불은 언제 되나요?", "사흘 안에요."])
        eventually("answered", lambda: "답변드렸어요" in page.inner_text(".inquiry-page:not([hidden]) [role=status]"))
        page.fill("#thread", "고맙습니다.\n그런데 아직이에요.")
        page.click(".inquiry-page:not([hidden]) form button[type=submit]")
        self.assertEqual(agent.next("inquiry", state="reopened")["inquiry"], inquiry)
        eventually("added", lambda: thread(page)[-1] == "고맙습니다.\n그런데 아직이에요.")
        self.assertEqual(page.input_value("#thread"), "")
        # Another day, another window.
        other = self.open()
        read(other, receipt.lower().replace("-", " ").replace("1", "l").replace("0", "o"))
        eventually("all of it", lambda: len(thread(other)) == 3)
        page.click(".inquiry-page:not([hidden]) >> text=돌아가기")
        self.assertIn(receipt, page.inner_text(".inquiry-page:not([hidden]) .topics"))
        page.reload()
        page.wait_for_selector(".topic")
        page.click("[data-say=receipts]")
        page.click(f".inquiry-page:not([hidden]) .topic >> text={receipt}")
        eventually("found again", lambda: len(thread(page)) == 3)

    def test_unknown_receipt(self):
        page = self.open()
        read(page, "0000-0000-0000")
        page.wait_for_selector(".inquiry-page:not([hidden]) >> text=이 번호의 문의가 없어요")
        self.assertFalse(page.is_visible("#thread"))

    def test_what_is_wrong_is_said_at_its_field(self):
        page = self.open()
        page.click("[data-say=inquire]")
        page.wait_for_selector("#inquiry-text")
        page.click(".inquiry-page:not([hidden]) button[type=submit]")
        self.focused(page, "#inquiry-topic")
        page.select_option("#inquiry-topic", "payment")
        page.fill("#inquiry-text", "x")
        for address in ("nobody", "a@b", "a@b.c d@e.f", "a b@c.de"):
            page.fill("#inquiry-email", address)
            page.click(".inquiry-page:not([hidden]) button[type=submit]")
            self.focused(page, "#inquiry-email")
            self.assertEqual(page.get_attribute("#inquiry-email", "aria-invalid"), "true", address)
        # What only the server knows.
        page.fill("#inquiry-email", "a@b.c..d")
        page.click(".inquiry-page:not([hidden]) button[type=submit]")
        eventually("refused", lambda: "주소를" in page.inner_text("#inquiry-email-fault"))
        page.fill("#inquiry-text", "가" * 2700)
        page.fill("#inquiry-email", "")
        self.assertIn("8,100", page.inner_text(".inquiry-page:not([hidden]) .hint >> nth=0"))
        page.click(".inquiry-page:not([hidden]) button[type=submit]")
        self.focused(page, "#inquiry-text")
        # A draft outlives a reload.
        page.fill("#inquiry-text", "남은 말")
        page.reload()
        page.wait_for_selector(".topic")
        page.click("[data-say=inquire]")
        eventually("the draft", lambda: page.input_value("#inquiry-text") == "남은 말")
        self.assertEqual(self.desk.journal("inquired"), [])

    def test_instead_of_waiting(self):
        page = self.open()
        self.enter(page)
        self.say(page, "오래 걸리나요?")
        self.saved(page, 1)
        page.click("[data-say=inquiryInstead]")
        page.wait_for_selector("#inquiry-text")
        self.assertEqual(page.input_value("#inquiry-text"), "오래 걸리나요?")
        self.assertFalse(page.is_visible("#inquiry-topic"))
        self.assertFalse(page.is_visible(".strip"))
        receipt = leave(page, "오래 걸리나요? 내일 알려 주세요.")
        self.assertEqual([line["reason"] for line in self.desk.journal("ended")], ["inquired"])
        page.click("[data-say=inquiryDone]")
        self.focused(page, ".topics-page h2")
        agent = self.agent()
        agent.send(type="take")
        self.assertEqual(agent.next("inquiry", state="taken")["receipt"], receipt)
        self.assertEqual(agent.next("message")["text"], "오래 걸리나요?")

    def test_an_agent_comes_while_one_writes(self):
        page = self.open()
        self.enter(page)
        page.click("[data-say=inquiryInstead]")
        page.fill("#inquiry-text", "그냥")
        agent = self.desk.agent()
        agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        self.assertFalse(page.is_visible("#inquiry-text"))

    def test_too_many(self):
        page = self.open()
        for number in range(6):
            page.click("[data-say=inquire]")
            page.select_option("#inquiry-topic", "payment")
            if number < 5:
                leave(page, f"질문 {number}")
                page.click("[data-say=inquiryDone]")
                page.wait_for_selector("[data-say=inquire]")
        page.fill("#inquiry-text", "하나 더")
        page.click(".inquiry-page:not([hidden]) button[type=submit]")
        page.wait_for_selector(".inquiry-page:not([hidden]) >> text=/너무 많이 남기셨어요. (59|60)분/")
        self.assertEqual(page.input_value("#inquiry-text"), "하나 더")
        self.assertEqual(len(self.desk.journal("inquired")), 5)

    def test_over_a_restart_it_is_left_once(self):
        # The server has it and nobody hears that: the line is cut behind the message, and the server starts anew.
        page = self.open()
        page.click("[data-say=inquire]")
        page.select_option("#inquiry-topic", "payment")
        page.fill("#inquiry-text", "한 번만")
        self.desk.server.child.send_signal(19)
        page.click(".inquiry-page:not([hidden]) button[type=submit]")
        page.wait_for_selector(".inquiry-page:not([hidden]) >> text=보내는 중")
        self.desk.line.cut()
        self.desk.server.child.send_signal(18)
        eventually("stored", lambda: len(self.desk.journal("inquired")) == 1)
        self.desk.server.end(signal=9)
        self.desk.start()
        self.desk.line.mend()
        page.wait_for_selector("div.inquiry-page:not([hidden]) .code", timeout=40_000)
        self.assertEqual(len(self.desk.journal("inquired")), 1)
        self.expected.append("WebSocket connection")


class QuestionsTest(PageTest):
    """What a topic must know, and what must be agreed to, is asked for an inquiry, too."""

    configuration = CONFIGURATION.replace(
        "queue: payment}\n", "queue: payment, intake: [{id: when, required: true, kind: date}]}\n", 1)
    pageSettings = "page: {privacy: {text: {ko: 1년 보관해요.}, consent: true}}\n"

    def test_asked_between_form_and_receipt(self):
        page = self.open()
        page.click("[data-say=inquire]")
        page.select_option("#inquiry-topic", "payment")
        page.fill("#inquiry-text", "왜 안 되나요?")
        page.click(".inquiry-page:not([hidden]) button[type=submit]")
        page.click(".consent-page >> text=동의")
        page.wait_for_selector("#required-0")
        page.fill("#required-0", "2026-12-01")
        page.click(".required-page:not([hidden]) button[type=submit]")
        page.wait_for_selector("div.inquiry-page:not([hidden]) .code")
        [line] = self.desk.journal("inquired")
        self.assertTrue(line["consent"])
        self.assertEqual(self.desk.journal("intake")[0]["intake"], {"when": "2026-12-01"})


class NightTest(PageTest):
    """Closed, left, acknowledged by mail; answered next morning; replied to by mail; solved."""

    shows = EVENING

    def setUp(self):
        self.mailbox = Process("/usr/bin/python3", "-W", "ignore", ROOT / "Tests/Mailbox/mailbox.py")
        self.addCleanup(self.mailbox.end)
        self.caught = 0
        port = eventually("a mail server", self.lines)[0]["port"]
        self.configuration = CLOSED + (
            f"mail: {{smtp: 'smtp://127.0.0.1:{port}', starttls: 'off', from: desk@desk.example, reply_to: replies@desk.example}}\n")
        super().setUp()

    def lines(self):
        """What the mail server has said so far, whole lines only."""
        return [json.loads(line) for line in self.mailbox.output.split("\n")[:-1]]

    def mail(self):
        """The next mail."""
        self.caught += 1
        return eventually("a mail", lambda: len(self.lines()) > self.caught and self.lines()[self.caught])

    def test_night(self):
        page = self.open()
        page.click("[data-topic=refund]")
        page.wait_for_selector(".closed-page:not([hidden])")
        self.assertIn("문의를 남겨 주시면", page.inner_text(".closed-page"))
        page.click(".closed-page [data-say=inquire]")
        receipt = leave(page, email="hong@example.com")
        self.assertIn("메일로 보내", page.inner_text("div.inquiry-page:not([hidden])"))
        acknowledged = self.mail()
        self.assertEqual(acknowledged["to"], ["hong@example.com"])
        page.context.close()
        self.desk.stop()
        # Next morning at half past nine.
        self.desk.start(EVENING + 12.5 * 3600)
        kim = self.desk.console()
        kim.type("/문의함")
        kim.expect("[?1]")
        kim.type("/맡기")
        kim.expect("환불은 언제 되나요?")
        kim.type("/답변 사흘 안에 됩니다.")
        answered = self.mail()
        reply = (
            f"From: hong@example.com\r\nTo: {answered['from']}\r\nMessage-ID: <1@example.com>\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n\r\n아직 안 됐어요.\r\n")
        told = subprocess.run(
            [settings.server, "mail-in", "--data", self.desk.folder / "data"], input=reply.encode(), capture_output=True)
        self.assertEqual(told.returncode, 0, told.stderr)
        kim.expect("아직 안 됐어요.")
        kim.type("/답변 방금 보냈습니다.")
        self.mail()
        page = self.open()
        read(page, receipt)
        said = ["환불은 언제 되나요?", "사흘 안에 됩니다.", "아직 안 됐어요.", "방금 보냈습니다."]
        eventually("the whole story", lambda: thread(page) == said)
        kim.type("/마무리 resolved")
        eventually("closed", lambda: len(self.desk.journal("inquiry_closed")) == 1)
        shown = subprocess.run(
            [settings.server, "transcript", "show", receipt, "--data", self.desk.folder / "data"], capture_output=True,
            check=True).stdout.decode()
        positions = [shown.index(text) for text in said]
        self.assertEqual(positions, sorted(positions), shown)

    def test_looks(self):
        for name, lang, options in (
            ("desktop-ko-light", "ko", {}), ("desktop-en-dark", "en", {"color_scheme": "dark"}),
            ("phone-ja-light", "ja", {"viewport": PHONE}), ("phone-zh-dark", "zh", {"viewport": PHONE, "color_scheme": "dark"}),
            ("small-ko-dark", "ko", {"viewport": SMALL, "color_scheme": "dark"}),
        ):
            page = self.open(lang=lang, **options)
            self.look(page, f"inquiry-{name}-1-topics")
            page.click("[data-topic=refund]")
            page.wait_for_selector(".closed-page:not([hidden])")
            self.look(page, f"inquiry-{name}-2-closed")
            page.click(".closed-page [data-say=inquire]")
            page.wait_for_selector("#inquiry-text")
            page.fill("#inquiry-email", "nobody")
            page.click(".inquiry-page:not([hidden]) button[type=submit]")
            self.look(page, f"inquiry-{name}-3-form")
            receipt = leave(page, "긴말" * 60 + "\n" + "W" * 90 + " \u202eabc", f"{name}@example.com")
            self.look(page, f"inquiry-{name}-4-receipt")
            page.click("[data-say=inquiryRead]")
            eventually("shown", lambda: len(thread(page)) == 1)
            self.look(page, f"inquiry-{name}-5-thread")
            page.click(".inquiry-page:not([hidden]) [data-say=back]")
            page.wait_for_selector("#lookup")
            self.assertIn(receipt, page.inner_text(".inquiry-page:not([hidden])"))
            self.look(page, f"inquiry-{name}-6-receipts")
            page.context.close()
