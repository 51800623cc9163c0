# Addresses in messages: which part of the words is the address, and what the link may do.

from axe_playwright_python.sync_playwright import Axe

from harness import PageTest

# Words, with what must be a link in ⟨⟩.
WORDS = [
    "⟨https://a.kr⟩",
    "⟨http://a.kr/b?c=d&e=%20#f⟩ 보세요",
    "⟨HTTPS://A.kr/B⟩",
    "⟨https://a.kr⟩에서 확인하세요",
    "⟨https://a.kr/⟩에서",
    "⟨https://a.jp/b⟩。続き、⟨https://c.jp⟩、です",
    "见⟨https://a.cn/b⟩，谢谢",
    "See ⟨https://a.kr/b.html⟩. And ⟨https://a.kr/c⟩, or ⟨https://a.kr/d⟩!?",
    "(⟨https://a.kr/b⟩) [⟨https://a.kr/c⟩] <⟨https://a.kr/d⟩> '⟨https://a.kr/e⟩' \"⟨https://a.kr/f⟩\"",
    "(⟨https://en.wikipedia.org/wiki/A_(b)⟩) and ⟨https://en.wikipedia.org/wiki/A_(b)⟩.",
    "첫 줄\n⟨https://a.kr⟩\n셋째 줄",
    '⟨https://a.kr/⟩"onmouseover="alert(1)',
    "⟨https://a.kr/⟩<b>bold</b>",
    # No addresses, or none that one may follow.
    "a.kr, www.a.kr, mailto:a@b.kr, tel:110, ftp://a.kr, javascript:alert(1), data:text/html,x",
    "xhttps://a.kr", "https://", "https:// a.kr", "http://)", "https://[a", "https://한국.kr", "javascript:https://",
    "https://bank.kr@evil.kr/", "https://bank.kr:443@evil.kr/",
    "",
]


class LinksTest(PageTest):
    def test_what_is_an_address(self):
        page = self.open()
        for words in WORDS:
            with self.subTest(words):
                found = page.evaluate("""async (text) => {
                    const { linked } = await import('./view/links.js');
                    return linked(text).map((part) => typeof part === 'string' ? part : `⟨${part.textContent}⟩`).join('');
                }""", words.replace("⟨", "").replace("⟩", ""))
                self.assertEqual(found, words)

    def test_long_words_take_no_time(self):
        page = self.open()
        took = page.evaluate("""async () => {
            const { linked } = await import('./view/links.js');
            const begin = performance.now();
            for (const end of [')', '.', '(', '"', 'https://']) linked(`https://a.kr/${end.repeat(20_000)}`);
            return performance.now() - begin;
        }""")
        self.assertLess(took, 1000)

    def test_links_of_both_sides(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        chat = agent.accept()
        agent.say(chat, "https://a.kr/b에서 신청하세요. <a href=x>")
        self.say(page, "https://c.kr/?d=<e> 맞나요?")
        self.saved(page, 1)
        page.wait_for_selector("text=신청하세요")
        links = page.evaluate("""() => [...document.querySelectorAll('.bubble a')]
            .map((link) => [link.getAttribute('href'), link.textContent, link.target, link.rel])""")
        rest = ["_blank", "noopener noreferrer nofollow"]
        self.assertEqual(sorted(links), [
            ["https://a.kr/b", "https://a.kr/b", *rest], ["https://c.kr/?d=", "https://c.kr/?d=", *rest]])
        self.assertEqual(sorted(self.words(page)), ["https://a.kr/b에서 신청하세요. <a href=x>", "https://c.kr/?d=<e> 맞나요?"])
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            self.shoot(page, f"links-{scheme}")
            report = Axe().run(page)
            self.assertEqual(report.violations_count, 0, report.generate_report())
