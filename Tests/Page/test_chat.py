# The whole chat, as a customer and an agent have it: lines that break, a server that restarts, a page that is reloaded,
# and every message once and in order on both sides.

import re

from harness import PageTest, eventually


class ChatTest(PageTest):
    def test_whole_chat_over_broken_lines(self):
        desk = self.desk
        # Cut lines are what this test is about; the browser complains about them.
        self.expected = ["WebSocket connection", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET"]
        console = desk.console()
        page = self.open()
        page.wait_for_selector("[data-topic=refund].is-open")
        self.assertEqual(page.inner_text("[data-topic=refund] .duty"), "바로 상담 가능")

        # In the queue, with answers to the first question only.
        self.enter(page)
        page.fill("#intake", "환불이 두 주째 안 돼요")
        page.get_by_role("button", name="다음", exact=True).click()
        page.wait_for_selector("text=6개 중 2번째 질문")
        page.click("text=모두 건너뛰기")
        console.expect("── 상담 요청: 환불(refund)")
        console.expect("환불이 두 주째 안 돼요")
        self.say(page, "기다리는 동안 한마디")
        self.saved(page, 1)
        console.type("/수락")
        page.wait_for_selector("text=상담원 kim 님과 연결됐어요.")
        console.type("안녕하세요, 확인해 보겠습니다 🙂")
        page.wait_for_selector("text=확인해 보겠습니다 🙂")
        self.say(page, "네, 고맙습니다 <b>&amp;</b>")
        self.saved(page, 2)

        # The line breaks; both go on writing.
        desk.line.cut()
        self.say(page, "끊긴 동안 1")
        self.say(page, "끊긴 동안 2")
        console.type("상담원도 씁니다")
        page.wait_for_selector(".banner >> text=다시 연결하고 있어요")
        self.assertEqual(page.locator(".state[data-state=sending]").count(), 2)
        desk.line.mend()
        page.wait_for_selector("text=상담원도 씁니다")
        self.saved(page, 4)

        # It breaks again while words are on their way.
        for number in range(1, 6):
            self.say(page, f"빠르게 {number}")
            if number == 3:
                desk.line.cut()
        desk.line.mend()
        self.saved(page, 9)
        page.wait_for_selector(".banner", state="hidden")

        # The server stops and starts; a message is written meanwhile.
        desk.stop()
        self.say(page, "서버가 쉬는 동안")
        desk.start()
        self.saved(page, 10)
        console.expect("다시 연결되었습니다", 30)
        console.type("재시작 뒤에도 이어집니다")
        page.wait_for_selector("text=재시작 뒤에도 이어집니다", timeout=30_000)

        # A reload, with words in the field.
        page.fill("#message", "아직 안 보낸 말")
        page.reload()
        page.wait_for_selector("text=재시작 뒤에도 이어집니다")
        self.assertEqual(page.input_value("#message"), "아직 안 보낸 말")
        page.press("#message", "Enter")
        self.saved(page, 11)

        # The journal is the truth: both sides have its words, once, in its order.
        stored = [line["text"] for line in desk.journal()]
        self.assertEqual(len(stored), 14)
        self.assertEqual(len(set(stored)), 14)
        self.assertEqual(self.words(page), stored)
        console.expect("아직 안 보낸 말")
        heard = [line["text"] for line in desk.journal() if line["from"] == "customer"]
        told = [console.output.count(text) for text in heard]
        self.assertEqual(told, [1] * len(heard), console.output)
        places = [console.output.index(text) for text in heard]
        self.assertEqual(places, sorted(places))

        # The end, from the agent's side; receipt, rating, transcript.
        console.type("/end")
        page.wait_for_selector(".ended")
        receipt = page.inner_text(".receipt .code")
        self.assertRegex(receipt, r"^\w{4}-\w{4}-\w{4}$")
        console.expect(receipt)
        page.click(".stars label:nth-child(4)")
        page.fill("#comment", "친절했어요")
        page.click("text=평가 보내기")
        page.wait_for_selector("text=평가해 주셔서 고맙습니다.")
        rated = desk.journal("rated")
        self.assertEqual([(line["score"], line["comment"]) for line in rated], [(4, "친절했어요")])
        with page.expect_download() as download:
            page.click(".ended >> text=기록 저장")
        self.assertEqual(download.value.suggested_filename, f"상담-{receipt}.txt")
        text = download.value.path().read_text()
        self.assertIn(receipt, text)
        lines = re.findall(r"^\[.*?\] (?:나|상담원 kim): (.*)$", text, re.M)
        self.assertEqual(lines, stored)

        # And anew, with nothing of the old chat.
        page.click("text=새로 문의하기")
        self.enter(page, "service")
        self.assertEqual(self.words(page), [])
        self.assertEqual(page.evaluate("sessionStorage.length > 0 && localStorage.length"), 0)

    def test_leaving_the_queue(self):
        page = self.open()
        self.enter(page)
        page.wait_for_selector("text=첫 번째 순서예요")
        page.click("text=대기 취소")
        page.keyboard.press("Escape")
        self.assertFalse(page.is_visible("dialog"))
        page.click("text=대기 취소")
        page.click("dialog >> text=대기 취소")
        page.wait_for_selector("text=대기를 취소했어요")
        self.assertFalse(page.is_visible(".rating"))
        self.assertEqual(self.desk.journal("ended")[0]["reason"], "customer_left")
        page.click("text=새로 문의하기")
        self.focused(page, ".topics-page h2")

    def test_dialog_of_a_place_ends_no_chat(self):
        page = self.open()
        self.enter(page)
        page.click("text=대기 취소")
        self.assertIn("대기를 취소할까요?", page.inner_text("dialog"))
        agent = self.desk.agent()
        agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        page.wait_for_selector("dialog", state="hidden")
        page.click("text=상담 마치기")
        self.assertIn("상담을 마칠까요?", page.inner_text("dialog"))

    def test_position_falls_as_others_leave(self):
        first, second = self.open(), self.open(lang="en-US")
        self.enter(first)
        self.enter(second)
        second.wait_for_selector("text=You are number 2 in line")
        first.click("text=대기 취소")
        first.click("dialog >> text=대기 취소")
        second.wait_for_selector("text=You are first in line")

    def test_what_a_screen_reader_is_told(self):
        agent = self.desk.agent()
        page = self.open()
        self.assertIn("지금 상담원과", page.get_by_role("status").all_inner_texts()[-1])
        self.enter(page)
        self.assertIn("바로 다음 차례예요", " ".join(page.get_by_role("status").all_inner_texts()))
        chat = agent.accept()
        agent.say(chat, "들리시나요?")
        log = page.get_by_role("log", name="상담 대화")
        log.get_by_text("들리시나요?").wait_for()
        # What changes in it, such as "sending", is not spoken.
        self.assertEqual(log.get_attribute("aria-relevant"), "additions")
        self.assertIn("상담원 kim", log.inner_text())
        page.get_by_role("textbox", name="메시지").fill("네")
        page.get_by_role("button", name="보내기").click()
        log.get_by_text("전송됨").wait_for()

    def test_typing_seen_and_unread(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        chat = agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        page.type("#message", "쓰는 중")
        agent.next("typing", who="customer", on=True)
        page.press("#message", "Enter")
        seq = agent.next("message")["seq"]
        agent.send(type="typing", chat=chat, on=True)
        page.wait_for_selector("text=상담원이 입력하고 있어요")
        agent.send(type="seen", chat=chat, seq=seq)
        page.wait_for_selector(".state[data-state=seen]")
        self.assertEqual(page.inner_text(".state[data-state=seen]"), "읽음")
        agent.say(chat, "봤습니다")
        page.wait_for_selector("text=봤습니다")
        self.assertFalse(page.is_visible(".typing"))
        seen = agent.next("seen", who="customer")["seq"]
        self.assertEqual(seen, self.desk.journal()[-1]["seq"])

        # Nobody looks: the title counts, and nothing is seen.
        page.evaluate("""() => {
            Object.defineProperty(document, 'visibilityState', { get: () => window.looks ?? 'hidden' });
            document.dispatchEvent(new Event('visibilitychange'));
        }""")
        agent.say(chat, "계신가요?")
        agent.say(chat, "여보세요?")
        eventually("the title", lambda: page.title().startswith("(2) "))
        self.assertFalse([message for message in agent.heard if message["type"] == "seen"])
        page.evaluate("() => { window.looks = 'visible'; document.dispatchEvent(new Event('visibilitychange')); }")
        eventually("the title", lambda: not page.title().startswith("("))
        agent.next("seen", who="customer")

    def test_two_tabs_of_one_customer(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        agent.accept()
        self.say(page, "첫째 창")
        self.saved(page, 1)
        # As the browser does when it duplicates a tab.
        kept = page.evaluate("sessionStorage.getItem('sangdam.chat')")
        other = page.context.new_page()
        other.add_init_script(f"sessionStorage.setItem('sangdam.chat', {kept!r})")
        other.goto(self.desk.url)
        other.wait_for_selector("text=첫째 창")
        self.say(other, "둘째 창")
        page.wait_for_selector("text=둘째 창")
        self.say(page, "다시 첫째 창")
        other.wait_for_selector("text=다시 첫째 창")
        expected = ["첫째 창", "둘째 창", "다시 첫째 창"]
        self.assertEqual((self.words(page), self.words(other)), (expected, expected))
        self.assertEqual([line["text"] for line in self.desk.journal()], expected)

    def test_other_tab_begins_another_chat(self):
        self.expected = ["WebSocket connection"]
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        chat = agent.accept()
        for number in range(3):
            agent.say(chat, f"옛 {number}")
        page.wait_for_selector("text=옛 2")
        kept = page.evaluate("sessionStorage.getItem('sangdam.chat')")
        other = page.context.new_page()
        other.add_init_script(f"sessionStorage.getItem('sangdam.chat') ?? sessionStorage.setItem('sangdam.chat', {kept!r})")
        other.goto(self.desk.url)
        other.wait_for_selector("text=옛 2")
        agent.send(type="end", chat=chat)
        agent.send(type="wrapup", chat=chat)
        page.wait_for_selector(".ended:not([hidden])")
        # The first tab is away while the second one begins anew.
        page.evaluate("""() => document.querySelector('sangdam-chat').shell.do((link, now) => {
            link.drop(now);
            link.retryAt = now + 3000;
        })""")
        other.click("text=새로 문의하기")
        self.enter(other)
        chat = agent.accept()
        expected = [f"새 {number}" for number in range(6)]
        for text in expected:
            agent.say(chat, text)
        for tab in (page, other):
            tab.wait_for_selector("text=새 5")
            self.assertEqual(self.words(tab), expected)

    def test_shared_computer(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        agent.accept()
        self.say(page, "비밀")
        self.saved(page, 1)
        context = page.context
        self.assertEqual(page.evaluate("Object.keys(localStorage)"), [])
        page.close()
        next_customer = context.new_page()
        next_customer.goto(self.desk.url)
        next_customer.wait_for_selector(".topic")
        self.assertEqual(next_customer.locator("text=비밀").count(), 0)


class PaceTest(PageTest):
    limits = {"message_burst": 4, "messages_per_second": 2}

    def test_too_fast_loses_nothing(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        agent.accept()
        expected = [f"말 {number}" for number in range(8)]
        for text in expected:
            self.say(page, text)
        page.wait_for_selector("text=조금 천천히 보낼게요")
        self.saved(page, 8)
        self.assertEqual([line["text"] for line in self.desk.journal()], expected)
        self.assertEqual(self.words(page), expected)
        page.wait_for_selector(".banner", state="hidden")


class HoldTest(PageTest):
    limits = {"customer_hold_seconds": 1, "rating_seconds": 1, "wrap_up_seconds": 1}

    def test_gone_too_long(self):
        self.expected = ["WebSocket connection"]
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        agent.accept()
        self.say(page, "곧 끊겨요")
        self.saved(page, 1)
        self.desk.line.cut()
        self.say(page, "전해지지 않을 말")
        eventually("the chat's end", lambda: self.desk.journal("ended"))
        page.wait_for_timeout(4000)
        self.desk.line.mend()
        page.wait_for_selector("text=연결이 끊긴 사이에 상담이 끝났어요")
        self.assertEqual(page.locator(".state[data-state=unsent]").count(), 1)
        self.assertEqual(self.words(page), ["곧 끊겨요", "전해지지 않을 말"])
        # Nothing can be written any more, but the words can be had.
        self.assertEqual(page.locator("text=다시 쓰기").count(), 0)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.click(".state[data-state=unsent] >> text=복사")
        page.wait_for_selector(".state[data-state=unsent] >> text=복사했어요")
        self.assertEqual(page.evaluate("navigator.clipboard.readText()"), "전해지지 않을 말")
        self.assertEqual(self.words(page), ["곧 끊겨요", "전해지지 않을 말"])


class FullQueueTest(PageTest):
    limits = {"queue_length": 1}

    def test_words_written_ahead_stay(self):
        self.expected = ["WebSocket connection"]
        first, page = self.open(), self.open()
        page.hover("[data-topic=refund]")
        page.wait_for_selector(".composer", state="attached")
        self.enter(first)
        self.desk.line.cut()
        page.click("[data-topic=refund]")
        self.say(page, "긴 사연")
        page.wait_for_selector(".bubble >> text=긴 사연")
        self.desk.line.mend()
        page.wait_for_selector(".topics-page")
        page.wait_for_selector(".banner button >> text=닫기")
        self.assertFalse(page.is_visible("#message"))
        self.enter(page, "service")
        self.assertEqual((self.words(page), page.input_value("#message")), ([], "긴 사연"))


class TextLimitTest(PageTest):
    limits = {"text_bytes": 500}

    def test_limit_is_the_servers(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        chat = agent.accept()
        page.fill("#message", "가" * 200)
        self.assertEqual(page.inner_text("#bytes"), "600 / 500바이트")
        self.assertTrue(page.is_disabled(".send"))
        agent.send(type="end", chat=chat)
        page.click(".stars label:nth-child(5)")
        page.fill("#comment", "가" * 200)
        page.click("text=평가 보내기")
        page.wait_for_selector("text=남기실 말씀이 너무 길어요")
        self.focused(page, "#comment")
        # Half a surrogate pair is no fault of anybody's.
        page.evaluate("() => { document.querySelector('#comment').value = '짧게\\ud83d'; }")
        page.click("text=평가 보내기")
        page.wait_for_selector("text=평가해 주셔서 고맙습니다.")
        self.assertEqual([line["comment"] for line in self.desk.journal("rated")], ["짧게\ufffd"])
