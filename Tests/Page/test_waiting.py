# A telephone that sleeps while its owner waits: what is said about the place beforehand, meanwhile, and when it is gone.

from axe_playwright_python.sync_playwright import Axe

from harness import PageTest, eventually
from test_reading import HEAR

QUEUED = {"type": "queued", "queue": "payment", "position": 2, "wait": None, "on_duty": False}
# What is said with 15 minutes, with one, without a number, while the line is lost, and when it was lost for too long.
SAID = {
    "ko": ("15분 동안 자리를 지켜", "1분 동안 자리를 지켜", "이 창을 열어 두세요", r"(오전|오후) \d+:\d\d까지는 자리를 지켜", "접수가 취소됐어요"),
    "en": ("place for 15 minutes.", "place for 1 minute.", "keep this window open", r"kept until \d+:\d\d\s[AP]M\.",
           "your place was given up"),
    "ja": ("15分間は順番を", "1分間は順番を", "この画面は開いたまま", r"順番は\d+:\d\dまで", "受付が取り消されました"),
    "zh": ("保留位置 15 分钟", "保留位置 1 分钟", "请不要关闭此窗口", r"保留到 \d+:\d\d", "排队已取消"),
}
PHASE = "document.querySelector('sangdam-chat').link.phase"
CHAT = "document.querySelector('sangdam-chat').link.chat.id"


class WaitingTest(PageTest):
    def wait(self, **options):
        page = self.open(**options)
        self.enter(page)
        page.wait_for_selector(".strip[data-phase=waiting]")
        return page

    def test_how_long_the_place_is_kept(self):
        page = self.wait(viewport={"width": 320, "height": 568})
        for lang, (minutes, minute, none, _, _) in SAID.items():
            page.select_option("select", lang)
            for more, words in (
                ({"hold": 900}, minutes), ({"hold": 959, "on_duty": True}, minutes), ({"hold": 60}, minute), ({"hold": 59}, none), ({}, none),
            ):
                page.evaluate(HEAR, QUEUED | more)
                page.wait_for_selector(f".keep-open >> text={words}")
            # Somebody is on duty, and nothing is known: nothing is said.
            page.evaluate(HEAR, QUEUED | {"on_duty": True})
            page.wait_for_selector(".keep-open", state="hidden")
            page.evaluate(HEAR, QUEUED | {"hold": 900})
            page.wait_for_selector(f".keep-open >> text={minutes}")
            self.shoot(page, f"waiting-{lang}")
            report = Axe().run(page)
            self.assertEqual(report.violations_count, 0, report.generate_report())

    def test_while_the_line_is_lost(self):
        self.expected = ["WebSocket connection"]
        page = self.wait(viewport={"width": 390, "height": 844})
        page.evaluate(HEAR, QUEUED | {"hold": 900})
        # Words come over the same line.
        for lang, (minutes, *_) in [*SAID.items(), ("ko", SAID["ko"])]:
            page.select_option("select", lang)
            page.wait_for_selector(f".keep-open >> text={minutes}")
        self.desk.line.cut()
        for lang, (_, _, _, until, _) in SAID.items():
            page.select_option("select", lang)
            page.wait_for_selector(f".banner >> text=/{until}/")
            self.shoot(page, f"waiting-lost-{lang}")
        self.desk.line.mend()
        page.wait_for_selector(".banner", state="hidden")

    def test_woken_after_fourteen_minutes(self):
        self.expected = ["WebSocket connection"]
        page = self.wait(prepare=lambda page: page.clock.install())
        chat = page.evaluate(CHAT)
        page.evaluate(HEAR, QUEUED | {"hold": 900})
        self.desk.line.cut()
        page.clock.run_for(30_000)
        page.wait_for_selector(".banner >> text=자리를 지켜")
        # The lid is closed; the timers ring once on waking.
        page.clock.fast_forward(14 * 60_000)
        page.clock.run_for(2000)
        self.assertIn("자리를 지켜", page.inner_text(".banner"))
        eventually("nothing under way", lambda: page.evaluate(PHASE) == "waiting")
        # Another attempt would come by itself, but not soon.
        page.evaluate("() => document.querySelector('sangdam-chat').shell.do((link) => { link.retryAt += 60_000; })")
        self.desk.line.mend()
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.clock.resume()
        page.wait_for_selector(".banner", state="hidden", timeout=5000)
        page.wait_for_selector("text=첫 번째 순서예요")
        self.assertEqual(page.evaluate(CHAT), chat)

    def test_past_the_time_nothing_is_promised(self):
        self.expected = ["WebSocket connection"]
        page = self.wait(prepare=lambda page: page.clock.install())
        page.evaluate(HEAR, QUEUED | {"hold": 60})
        self.desk.line.cut()
        page.clock.run_for(2000)
        page.wait_for_selector(".banner >> text=자리를 지켜")
        page.clock.run_for(90_000)
        page.wait_for_selector(".banner >> text=쓰신 말은 그대로 있어요")

    def test_too_late(self):
        for reason in ("customer_lost", "unknown"):
            page = self.wait()
            page.evaluate(HEAR, {"type": "ended", "reason": reason, "receipt": None})
            for lang, (_, _, _, _, gone) in SAID.items():
                page.select_option("select", lang)
                page.wait_for_selector(f".ended >> text={gone}")
            self.shoot(page, "waiting-gone")
            page.context.close()


class ServersHoldTest(PageTest):
    """Needs a server that knows `waiting_hold_seconds`."""

    limits = {"waiting_hold_seconds": 120}

    def test_hold_of_the_server(self):
        page = self.open()
        self.enter(page)
        page.wait_for_selector(".keep-open >> text=2분 동안 자리를 지켜")
