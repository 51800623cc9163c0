# Questions of a topic's own: those that must be answered come before the chat, the others while one waits.

from harness import CONFIGURATION, PageTest, Sample, eventually

PHONE = {"width": 390, "height": 844}
QUESTIONS = """
    queue: fraud
    intake:
      - {id: when, required: true, kind: date}
      - id: which
        labels: {ko: 어떤 결제인가요?, en: Which payments?, ja: どのお支払いですか。, zh: 是哪些支付？}
        required: true
      - {id: sum, labels: {ko: 모두 얼마인가요?, en: How much in all?, ja: 合計はいくらですか。, zh: 一共多少钱？}, kind: amount, required: true}
      - id: card
        labels: {ko: 카드는 어디에 있나요?, en: Where is the card?, ja: カードはどこにありますか。, zh: 卡在哪里？}
        kind: choice
        required: true
        choices:
          - {id: mine, labels: {ko: 제가 가지고 있어요, en: I have it, ja: 手元にあります, zh: 在我这里}}
          - {id: lost, labels: {ko: 잃어버렸어요, en: I lost it, ja: なくしました, zh: 丢失了}}
      - {id: device, kind: text}
      - {id: limit, labels: {ko: 한도는 얼마인가요?, en: What is the limit?, ja: 限度額は。, zh: 额度是多少？}, kind: amount}
"""


class RequiredTest(PageTest):
    def setUp(self):
        self.configuration = CONFIGURATION.replace("\n    queue: fraud\n", QUESTIONS)
        super().setUp()

    def faults(self, page):
        return [text for text in page.locator(".required-page .fault").all_inner_texts()]

    def ask(self, page):
        page.click("[data-topic=fraud]")
        page.wait_for_selector(".required-page:not([hidden])")

    def fill(self, page, sum="45,000"):
        page.fill("#required-0", "2026-11-29")
        page.fill("#required-1", "모르는 가게 두 건")
        page.fill("#required-2", sum)
        page.select_option("#required-3", "lost")

    def test_before_and_while_waiting(self):
        page = self.open()
        self.ask(page)
        self.focused(page, ".required-page h2")
        self.assertEqual(
            page.locator(".required-page label").all_inner_texts(),
            ["언제 있었던 일인가요?", "어떤 결제인가요?", "모두 얼마인가요?", "카드는 어디에 있나요?"])
        page.fill("#required-2", "많이")
        page.click(".required-page .primary")
        self.focused(page, "#required-0")
        missing = "꼭 적어 주세요."
        self.assertEqual(self.faults(page), [missing, missing, "금액을 숫자로 적어 주세요. 예: 45,000원", missing])
        self.assertEqual(self.desk.journal("opened"), [])
        self.fill(page)
        # What is half written stays when the language changes.
        page.select_option("header select", "en")
        page.wait_for_selector("text=Which payments?")
        self.assertEqual(page.input_value("#required-1"), "모르는 가게 두 건")
        self.assertEqual(page.input_value("#required-3"), "lost")
        page.select_option("header select", "ko")
        page.wait_for_selector("text=어떤 결제인가요?")
        page.click(".required-page .primary")
        page.wait_for_selector(".strip[data-phase=waiting]")
        told = eventually("the answers", lambda: self.desk.journal("intake"))[0]["intake"]
        self.assertEqual(told, {"when": "2026-11-29", "which": "모르는 가게 두 건", "sum": "45,000", "card": "lost"})
        # The others, one at a time.
        page.wait_for_selector("text=2개 중 1번째 질문")
        self.assertEqual(page.inner_text(".intake label"), "어떤 기기나 앱에서 있었던 일인가요?")
        page.click("text=건너뛰기 >> nth=0")
        page.wait_for_selector("text=한도는 얼마인가요?")
        page.fill("#intake", "글쎄요")
        page.click(".intake .primary")
        page.wait_for_selector(".intake .fault >> text=금액을 숫자로")
        page.fill("#intake", "100만원")
        page.click(".intake .primary")
        page.wait_for_selector("text=적어 주신 내용은 상담원이 미리 봅니다")
        shown = [page.locator(f".answers {part}").all_inner_texts() for part in ("dt", "dd")]
        self.assertEqual(shown, [
            ["언제 있었던 일인가요?", "어떤 결제인가요?", "모두 얼마인가요?", "카드는 어디에 있나요?", "한도는 얼마인가요?"],
            ["2026-11-29", "모르는 가게 두 건", "45,000", "잃어버렸어요", "100만원"]])
        page.reload()
        page.wait_for_selector(".answers >> text=잃어버렸어요")
        self.assertEqual([page.locator(f".answers {part}").all_inner_texts() for part in ("dt", "dd")], shown)

    def test_an_answer_that_the_server_does_not_take(self):
        page = self.open()
        self.ask(page)
        self.fill(page, sum="1번")
        page.click(".required-page .primary")
        page.wait_for_selector("text=알아듣지 못했어요")
        self.assertEqual(self.faults(page), ["", "", "알아듣지 못했어요. 다르게 적어 주세요.", ""])
        self.assertEqual(page.input_value("#required-2"), "1번")
        page.fill("#required-2", "1,000")
        page.click(".required-page .primary")
        page.wait_for_selector(".strip[data-phase=waiting]")

    def test_back(self):
        page = self.open()
        self.ask(page)
        page.click(".required-page >> text=돌아가기")
        self.focused(page, ".topics-page h2")
        self.enter(page, "refund")

    def test_looks(self):
        for name, lang, options in (
            ("desktop-ko-light", "ko-KR", {}), ("desktop-en-dark", "en-US", {"color_scheme": "dark"}),
            ("phone-ja-dark", "ja", {"viewport": PHONE, "color_scheme": "dark"}),
            ("phone-zh-light", "zh-CN", {"viewport": PHONE}),
        ):
            page = self.open(lang=lang, **options)
            self.ask(page)
            self.look(page, f"required-{name}-1")
            page.click(".required-page .primary")
            self.look(page, f"required-{name}-2-faults")
            page.context.close()


class SampleTest(PageTest):
    configuration, files = Sample.configuration, Sample.files

    def test_its_urgent_topic_can_be_entered(self):
        page = self.open()
        page.click("[data-topic=fraud]")
        page.fill("#required-0", "2026-11-29")
        page.fill("#required-1", "모르는 가게 두 건")
        page.click(".required-page .primary")
        page.wait_for_selector(".strip[data-phase=waiting]")
        self.assertEqual([line["topic"] for line in self.desk.journal("opened")], ["fraud"])
