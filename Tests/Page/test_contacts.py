# Other ways to reach the organisation: which of them is open now, in every language, light and dark, to eyes and to axe.

import datetime

from axe_playwright_python.sync_playwright import Axe

from harness import CONFIGURATION, PageTest


def contacts():
    """One that is open whenever the test runs, one with a holiday now, and one that does not say."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    day = datetime.timedelta(days=1)
    labels = "labels: {ko: 전화, en: Telephone, ja: 電話, zh: 电话}, hours: {ko: 평일, en: Weekdays, ja: 平日, zh: 工作日}"
    return f"""
contacts:
  - {{id: open, phone: 1588-0001, {labels}, open: always}}
  - {{id: closed, phone: 02-120, {labels}, open: always +09:00 except {today - day}..{today + day}}}
  - {{id: silent, phone: 1588-0003, {labels}}}
"""


class ContactsTest(PageTest):
    def setUp(self):
        before, _ = CONFIGURATION.split("contacts:")
        self.configuration = before + contacts()
        super().setUp()

    def badges(self, page):
        """Per card: what it says about now and whether that looks open."""
        return page.evaluate("""() => [...document.querySelectorAll('.contact')].map((card) => {
            const badge = card.querySelector('.badge');
            return badge && [badge.textContent, badge.classList.contains('is-open')];
        })""")

    def test_each_says_whether_it_is_open(self):
        for lang, isOpen, isClosed in (
            ("ko-KR", "지금 운영 중", "운영 시간 아님"), ("en-US", "Open now", "Closed now"),
            ("ja-JP", "ただいま受付中", "受付時間外"), ("zh-CN", "服务中", "非服务时间"),
        ):
            for scheme in ("light", "dark"):
                with self.subTest(lang=lang, scheme=scheme):
                    page = self.open(lang=lang, color_scheme=scheme, viewport={"width": 320, "height": 800})
                    page.wait_for_selector(".contact")
                    self.assertEqual(self.badges(page), [[isOpen, True], [isClosed, False], None])
                    colours = page.evaluate("""() => [...document.querySelectorAll('.badge')]
                        .map((badge) => getComputedStyle(badge).color)""")
                    self.assertNotEqual(*colours)
                    report = Axe().run(page)
                    self.assertEqual(report.violations_count, 0, report.generate_report())
                    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    self.assertLessEqual(wide, 0)
                    # However short a number is: it ends where what it says about now ends.
                    ends = page.locator(".contact").nth(1).evaluate("""(card) => ['.phone', '.badge'].map((name) => {
                        const range = document.createRange();
                        range.selectNodeContents(card.querySelector(name));
                        return range.getBoundingClientRect().right;
                    })""")
                    self.assertAlmostEqual(*ends, delta=1)
                    self.shoot(page, f"contacts-{lang[:2]}-{scheme}")
