# The page as the organisation's own: logo, colour, greeting, and the privacy notice that must be agreed to.

import struct
import zlib

from harness import PageTest, eventually

PHONE = {"width": 390, "height": 844}
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 32"><rect width="80" height="32" rx="8" fill="#0a7a3d"/>
<path d="M14 16h52" stroke="#fff" stroke-width="6"/></svg>"""
PAGE = """
page:
  logo: logo.svg
  accent: {light: "#0a7a3d", dark: "#2f9e62"}
  greeting: {ko: 푸른은행 고객님, en: Dear customer of Green Bank, ja: みどり銀行のお客様へ, zh: 绿色银行的客户您好}
"""
NOTICE = """
  privacy:
    text:
      ko: 상담 내용은 서비스를 드리고 분쟁에 대비하려고 1년 동안 보관한 뒤 지워요. 동의하지 않으셔도 전화로 상담하실 수 있어요.
      en: We keep this chat for a year, to serve you and in case of disputes, and then delete it. You may decline and call us.
      ja: ご相談の内容は、サービスの提供と紛争への備えのため1年間保管し、その後削除します。同意されない場合もお電話でご相談いただけます。
      zh: 我们会将咨询内容保存一年，用于提供服务和处理纠纷，之后删除。您也可以不同意并改为电话咨询。
    url: https://www.example.com/privacy
    consent: CONSENT
"""


class OwnTest(PageTest):
    pageSettings = PAGE + NOTICE.replace("CONSENT", "true")
    files = {"logo.svg": LOGO}

    def opened(self):
        return [line.get("consent") for line in self.desk.journal("opened")]

    def test_agreed_before_the_first_word(self):
        agent = self.desk.agent()
        page = self.open()
        self.assertEqual(page.inner_text("h2"), "푸른은행 고객님")
        page.click("[data-topic=refund]")
        page.wait_for_selector("text=상담을 시작하기 전에")
        self.focused(page, ".consent-page h2")
        link = page.locator(".consent-page a")
        self.assertEqual(
            [link.get_attribute(name) for name in ("href", "target", "rel")],
            ["https://www.example.com/privacy", "_blank", "noopener noreferrer"])
        page.click(".consent-page >> text=돌아가기")
        self.focused(page, ".topics-page h2")
        self.assertEqual(self.opened(), [])
        page.click("[data-topic=refund]")
        page.click("text=동의하고 시작하기")
        page.wait_for_selector(".strip[data-phase]")
        agent.accept()
        version = self.opened()[0]
        self.assertRegex(version, r"^[0-9a-f]{16}$")
        # Within this page one has agreed; after a reload somebody else may sit there.
        page.click(".strip .leave")
        page.click("dialog .danger")
        page.click("text=새로 문의하기")
        self.enter(page, "payment")
        self.assertEqual(self.opened(), [version, version])
        page.click(".strip .leave")
        page.click("dialog .danger")
        page.wait_for_selector(".ended:not([hidden])")
        page.goto("about:blank")
        page.goto(self.desk.url)

    def test_a_notice_that_changes_is_asked_about_anew(self):
        page = self.open()
        page.click("[data-topic=refund]")
        page.click("text=동의하고 시작하기")
        page.wait_for_selector(".strip[data-phase]")
        page.click(".strip .leave")
        page.click("dialog .danger")
        page.click("text=새로 문의하기")
        page.wait_for_selector("[data-topic=refund]")
        self.desk.reload(lambda yaml: yaml.replace("1년 동안", "2년 동안"))
        page.click("[data-topic=refund]")
        page.wait_for_selector(".consent-page >> text=2년 동안")
        page.click("text=동의하고 시작하기")
        page.wait_for_selector(".strip[data-phase]")
        versions = self.opened()
        self.assertEqual((len(versions), len(set(versions))), (2, 2))

    def test_looks(self):
        for name, lang, options in (
            ("desktop-ko-light", "ko-KR", {}), ("desktop-en-dark", "en-US", {"color_scheme": "dark"}),
            ("phone-ja-light", "ja", {"viewport": PHONE}),
            ("phone-zh-dark", "zh-CN", {"viewport": PHONE, "color_scheme": "dark"}),
        ):
            page = self.open(lang=lang, **options)
            self.look(page, f"own-{name}-1-topics")
            page.click("[data-topic=refund]")
            page.wait_for_selector(".consent-page:not([hidden])")
            self.look(page, f"own-{name}-2-consent")
            page.click(".consent-page .primary")
            page.wait_for_selector(".strip[data-phase]")
            self.look(page, f"own-{name}-3-waiting")
            page.context.close()

    def test_colours_and_logo(self):
        for scheme, fill in (("light", "rgb(10, 122, 61)"), ("dark", "rgb(47, 158, 98)")):
            page = self.open(color_scheme=scheme)
            mark = page.locator(".mark")
            self.assertIn("/logo.svg", mark.evaluate("(node) => getComputedStyle(node).backgroundImage"))
            self.assertEqual(mark.bounding_box()["width"], 75)
            page.click("[data-topic=refund]")
            button = page.locator(".consent-page .primary")
            self.assertEqual(button.evaluate("(node) => getComputedStyle(node).backgroundColor"), fill)
            answer = page.request.get(self.desk.url + "logo.svg")
            self.assertEqual(
                [answer.headers[name] for name in ("content-type", "content-security-policy", "x-content-type-options")],
                ["image/svg+xml", "default-src 'none'; frame-ancestors 'none'", "nosniff"])
            self.assertEqual(answer.text(), LOGO)


class ToldTest(PageTest):
    pageSettings = PAGE.replace("logo.svg", "logo.png") + NOTICE.replace("CONSENT", "false")

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    files = {"logo.png": b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0))
             + chunk(b"IDAT", zlib.compress(b"\0\x0a\x7a\x3d\xff\xff\xff")) + chunk(b"IEND", b"")}

    def test_a_notice_that_need_not_be_agreed_to(self):
        page = self.open()
        self.assertEqual(page.locator(".topics-page a[target]").inner_text(), "자세히 보기")
        self.shoot(page, "told-desktop-ko-light")
        self.enter(page)
        eventually("opened", lambda: self.desk.journal("opened"))
        self.assertNotIn("consent", self.desk.journal("opened")[0])
        self.assertIn("/logo.png", page.locator(".mark").evaluate("(node) => getComputedStyle(node).backgroundImage"))
