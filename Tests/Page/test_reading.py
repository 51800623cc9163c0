# Characters that cannot be seen, in everything that somebody wrote: the table that all ways to read share, and the places
# of the page where words and names of others stand.

import pathlib
import re

from axe_playwright_python.sync_playwright import Axe

import harness
from harness import PageTest, eventually

TABLE = pathlib.Path(__file__).parents[1] / "Corpora/reading.txt"
ALPHABET = TABLE.with_name("reading-alphabet.txt")
DIGESTS = pathlib.Path(__file__).with_name("digests.js")
RLO = "\u202e"

# The table's rows as the page's module reads them, and as elements say them.
READ = """async (texts) => {
    const { parts, plain, isEmpty } = await import('./reading.js');
    const { readable } = await import('./view/readable.js');
    return texts.map((text) => {
        const node = document.createElement('p');
        node.append(...readable(text));
        return [plain(text), isEmpty(text) ? 'empty' : 'seen', node.textContent];
    });
}"""

# Of every character, alone, between letters and with an emoji's selector: those that the first view shows and should not.
DECEIVING = """async () => {
    const { parts } = await import('./reading.js');
    const { plainly } = await import('./view/dom.js');
    const wrong = [];
    for (let code = 0; code <= 0x10FFFF; code += 1) {
        const sign = String.fromCodePoint(code);
        for (const text of [sign, `a${sign}b`, `${sign}\\uFE0F`]) {
            if (parts(plainly(text)).some((part) => part.code)) wrong.push(code.toString(16));
        }
    }
    return wrong;
}"""

# The server's words, as if it had said them: what it takes and checks today is not what old chats have.
HEAR = """(message) => document.querySelector('sangdam-chat').shell.do((link, now) => {
    link.received(JSON.stringify({ chat: link.chat.id, at: new Date().toISOString(), ...message }), now);
})"""

HEAR_LABELS = """(message) => document.querySelector('sangdam-chat').shell.do((link, now) => {
    link.received(JSON.stringify(message), now);
})"""


def written(text):
    return re.sub(r"\\u\{(\w+)\}", lambda match: chr(int(match[1], 16)), text).replace(r"\|", "|")


def rows():
    """What was written, how it is read, and whether there is anything to see."""
    lines = [line for line in TABLE.read_text().split("\n") if line and not line.startswith("#")]
    return [[written(field) for field in re.split(r"(?<!\\) \| ", line)] for line in lines]


class ReadingTest(PageTest):
    def test_table(self):
        found = self.open().evaluate(READ, [text for text, _, _ in rows()])
        self.assertGreater(len(found), 60)
        for (text, reading, seen), each in zip(rows(), found):
            with self.subTest(ascii(text)):
                # In elements as without them: so it copies, and so a screen reader says it.
                self.assertEqual(each, [reading, seen, reading])

    def test_digests_of_invented_texts(self):
        lines = ALPHABET.read_text().splitlines()
        digests = [digest for line in lines if line.startswith("digests ") for digest in line.split(" ")[1:]]
        lines = [line for line in lines if not line.startswith("digests ")]
        groups = [[written(draw) for draw in line.split(" ")] for line in lines if line and not re.match("#( |$)", line)]
        page = self.open()
        page.route("**/digests.js", lambda route: route.fulfill(body=DIGESTS.read_text(), content_type="text/javascript"))
        found = page.evaluate("""async ([groups, digests]) => {
            const { compare } = await import('./digests.js');
            return compare(groups, digests);
        }""", [groups, digests])
        self.assertEqual(found["deceiving"], [])
        if harness.settings.write_digests:
            new = found["digests"]
            lines += ["digests " + " ".join(new[place:place + 12]) for place in range(0, len(new), 12)]
            ALPHABET.write_text("\n".join(lines) + "\n")
            return
        wrong = found["wrong"] and "\n".join([f"from text {found['wrong']['begin']} on:", *found["wrong"]["rows"]])
        self.assertIsNone(wrong)
        self.assertEqual(found["digests"], digests)

    def test_nothing_invisible_in_the_first_view(self):
        self.assertEqual(self.open().evaluate(DECEIVING), [])

    def test_words_that_look_like_a_code_are_none(self):
        shown = self.open().evaluate("""async () => {
            const { show, showNamed } = await import('./view/readable.js');
            const { words } = document.querySelector('sangdam-chat');
            const node = document.createElement('p');
            return ['a\\u202Eb', 'a<U+202E>b', 'a\\u202Eb', 'name', 'a<U+202E>b', 'a<U+202E>b'].map((text) => {
                if (text === 'name') showNamed(node, { ...words, pieces: (_, { name }) => [name] }, 'key', 'a\\u202Eb');
                else show(node, text);
                return [node.textContent, node.querySelectorAll('.codepoint').length];
            });
        }""")
        self.assertEqual(shown, [["a<U+202E>b", count] for count in (1, 0, 1, 1, 0, 0)])

    def test_long_words_take_no_time(self):
        took = self.open().evaluate("""async () => {
            const { readable } = await import('./view/readable.js');
            const { isEmpty } = await import('./reading.js');
            const begin = performance.now();
            const parts = [
                '\\u200B', '\\u200E', 'a\\u200E', '.\\u200Eא', '👩\\u200D', '\\u0301', ' ', '\\u{1F3F4}\\u{E0067}', 'ا\\u200D',
            ];
            for (const part of parts) {
                for (const text of [part.repeat(16_000 / part.length), `א${part.repeat(16_000 / part.length)}`]) {
                    readable(text);
                    isEmpty(text);
                }
            }
            return performance.now() - begin;
        }""")
        self.assertLess(took, 1000)


class PlacesTest(PageTest):
    """Names and words that could be made to look like others, wherever the page shows them."""

    # A careful server takes no such label; what stands in an older one's configuration may be anything.
    LABELS = {
        "type": "topics", "desk": f"시험{RLO}소",
        "topics": [{"id": "payment", "label": f"결{RLO}제", "queue": "payment", "open": True, "waiting": 0}],
        "contacts": [{"id": "general", "label": f"고객{RLO}센터", "phone": f"1588{RLO}", "hours": f"평일{RLO}09"}],
    }

    def raw(self, page):
        """Every text and attribute of the page, and its title, that has the character itself."""
        return page.evaluate("""(sign) => {
            const found = document.title.includes(sign) ? ['title'] : [];
            const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const texts = node.attributes ? [...node.attributes].map(({ value }) => value) : [node.data];
                if (texts.some((text) => text.includes(sign))) found.push(node.parentElement.outerHTML);
            }
            return found;
        }""", RLO)

    def test_every_place(self):
        agent = self.desk.agent()
        page = self.open()
        heading = "시험<U+202E>소"
        page.evaluate(HEAR_LABELS, self.LABELS)
        page.wait_for_selector(f"h1 >> text={heading}")
        eventually("the title", lambda: page.title() == heading)
        page.wait_for_selector("[data-topic=payment] .name >> text=결<U+202E>제")
        self.assertEqual(page.locator(".contact").all_inner_texts(), ["고객<U+202E>센터\n1588<U+202E>\n평일<U+202E>09"])
        self.shoot(page, "reading-topics")
        self.assertEqual(self.raw(page), [])
        self.enter(page, "payment")
        page.fill("#intake", f"답{RLO}변")
        page.click(".intake .primary")
        page.wait_for_selector(".answers dd >> text=답<U+202E>변")
        chat = agent.accept()
        page.wait_for_selector(".strip >> text=결<U+202E>제")
        name = f"김{RLO}민지"
        page.evaluate(HEAR, {"type": "started", "agent": name, "seq": 90})
        page.evaluate(HEAR, {"type": "message", "seq": 91, "from": "agent", "name": name, "text": f"끝{RLO}까지"})
        page.evaluate(HEAR, {"type": "message", "seq": 92, "from": "agent", "name": f"이{RLO}몽룡", "text": "네"})
        page.evaluate(HEAR, {"type": "message", "seq": 93, "from": "system", "text": f"알{RLO}림"})
        page.wait_for_selector(".system .bubble >> text=알<U+202E>림")
        self.assertEqual(page.inner_text(".strip strong"), "상담원 김<U+202E>민지")
        self.assertIn("이제 상담원 김<U+202E>민지 님이 이어서 도와드려요.", page.locator(".event").all_inner_texts())
        self.assertEqual(page.locator(".other .who").all_inner_texts(), ["상담원 김<U+202E>민지", "상담원 이<U+202E>몽룡"])
        self.say(page, f"저{RLO}도요")
        self.saved(page, 1)
        self.assertEqual(self.words(page), ["저<U+202E>도요", "끝<U+202E>까지", "네", "알<U+202E>림"])
        self.assertEqual(self.raw(page), [])
        # A refusal's words stand above it all.
        page.evaluate(HEAR, {"type": "error", "code": "too_long", "message": f"거{RLO}절"})
        page.wait_for_selector(".banner >> text=거<U+202E>절")
        self.assertEqual(self.raw(page), [])
        with page.expect_download() as download:
            page.click(".strip .save")
        text = download.value.path().read_text()
        self.assertNotIn(RLO, text)
        for words in (heading, "결<U+202E>제", "답<U+202E>변", "상담원 김<U+202E>민지: 끝<U+202E>까지", "나: 저<U+202E>도요",
                      "*** 이제 상담원 김<U+202E>민지 님이"):
            self.assertIn(words, text)
        agent.send(type="end", chat=chat)

    def test_first_view_without_the_rest(self):
        """While the part that knows the rule does not come, all has a text, and none that deceives."""
        page = self.open()
        self.expected = ["Failed to load resource"]
        asked = []
        page.on("request", lambda request: "/talk" in request.url and asked.append(request.url))
        page.route("**/talk*", lambda route: route.abort())
        emoji = "💳\ufe0f 결제"
        topic = {"queue": "payment", "open": True, "waiting": 0}
        topics = [{"id": "payment", "label": emoji, **topic}, {"id": "refund", "label": "환불 ☎\ufe0f", **topic}]
        page.evaluate(HEAR_LABELS, {"type": "topics", "desk": "❤\ufe0f 시험소", "topics": topics, "contacts": []})
        eventually("the title", lambda: page.title() == "❤\ufe0f 시험소")
        self.assertEqual(page.locator(".topic .name").all_text_contents(), [emoji, "환불 ☎\ufe0f"])
        # Nothing of it needs the rest.
        page.wait_for_timeout(300)
        self.assertEqual(asked, [])
        topics[1]["label"] = "pay\u200dpal 1\ufe0f"
        page.evaluate(HEAR_LABELS, {"type": "topics", "desk": f"시험{RLO}소", "topics": topics, "contacts": []})
        eventually("the title", lambda: page.title() == "시험\ufffd소")
        self.assertEqual(page.inner_text("h1"), "시험\ufffd소")
        self.assertEqual(page.locator(".topic .name").all_text_contents(), [emoji, "pay\ufffdpal 1\ufffd"])
        self.shoot(page, "reading-without-the-rest")
        # The server's words for what the page has no words for yet.
        page.evaluate(HEAR_LABELS, {"type": "error", "code": "busy", "message": "서버가 바쁩니다."})
        page.wait_for_selector(".banner >> text=서버가 바쁩니다.")
        page.unroute("**/talk*")
        page.wait_for_selector("h1 >> text=시험<U+202E>소")
        eventually("the title", lambda: page.title() == "시험<U+202E>소")
        self.assertEqual(page.locator(".topic .name").all_text_contents(), [emoji, "pay<U+200D>pal 1<U+FE0F>"])
        page.wait_for_selector(".banner >> text=지금 문의가 많아요")

    def test_unread_words_in_the_title(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        chat = agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        page.evaluate(HEAR_LABELS, self.LABELS)
        page.evaluate("""() => {
            Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
            document.dispatchEvent(new Event('visibilitychange'));
        }""")
        agent.say(chat, "계신가요?")
        eventually("the title", lambda: page.title() == "(1) 시험<U+202E>소")


class MarkTest(PageTest):
    """What the codes look like, what is isolated, and what a link may hold."""

    def talk(self, **options):
        agent = self.desk.agent()
        page = self.open(**options)
        self.enter(page)
        chat = agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        return agent, page, chat

    def test_looks(self):
        words = [
            f"계좌는 {RLO}321-654 입니다", "https://bank.kr\u200b.evil.kr 로 보내세요", "\u202e\u2066\u2069", "pay\u200dpal \u00ad",
            "👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "שלום עולם, abc!", "می\u200cخواهم", "\u3000\u3000", "\u0301",
        ]
        for name, options in {
            "desktop": {}, "phone": {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True},
        }.items():
            agent, page, chat = self.talk(**options)
            for seq, text in enumerate(words):
                page.evaluate(HEAR, {"type": "message", "seq": 100 + seq, "from": "agent", "name": "kim", "text": text})
            self.say(page, f"제 이름은 {RLO}지민 이에요")
            self.saved(page, 1)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.wait_for_timeout(150)
                self.shoot(page, f"reading-{name}-{scheme}")
                report = Axe().run(page)
                self.assertEqual(report.violations_count, 0, report.generate_report())
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                self.assertLessEqual(wide, 0)
            # Every code can be read: as large as small print, with a frame.
            heights = page.locator(".codepoint").evaluate_all("(all) => all.map((node) => node.getBoundingClientRect().height)")
            self.assertEqual(len(heights), 8)
            self.assertGreater(min(heights), 14)
            agent.send(type="end", chat=chat)
            agent.send(type="wrapup", chat=chat)

    def test_links_stay_on_their_side(self):
        _, page, _ = self.talk()
        for seq, (text, reading, links) in enumerate([
            ("https://bank.kr\u200b.evil.kr", "https://bank.kr<U+200B>.evil.kr", ["https://bank.kr"]),
            (f"https://a.kr/{RLO}gpj.exe", "https://a.kr/<U+202E>gpj.exe", ["https://a.kr/"]),
            (f"{RLO}https://a.kr{RLO}https://b.kr", "<U+202E>https://a.kr<U+202E>https://b.kr", ["https://a.kr", "https://b.kr"]),
            ("ht\u200btps://a.kr", "ht<U+200B>tps://a.kr", []),
        ]):
            with self.subTest(ascii(text)):
                page.evaluate(HEAR, {"type": "message", "seq": 100 + seq, "from": "agent", "name": "kim", "text": text})
                page.wait_for_function("(count) => document.querySelectorAll('.bubble').length === count", arg=seq + 1)
                bubble = page.locator(".bubble").nth(seq)
                self.assertEqual((bubble.inner_text(), bubble.locator("a").all_inner_texts()), (reading, links))

    def test_runs_and_names_reach_nowhere(self):
        """Where each part stands: in the order in which it was written, whatever direction is in it."""
        _, page, _ = self.talk()
        # An honest name in Hebrew, and a digit behind it that would go to its other side.
        page.evaluate(HEAR, {"type": "started", "agent": "שלום", "seq": 90})
        page.evaluate(HEAR, {"type": "message", "seq": 91, "from": "agent", "name": "kim", "text": f"ab{RLO}שלום 12{RLO}cd"})
        page.wait_for_selector(".bubble")
        places = page.locator(".bubble").evaluate("""(bubble) => [...bubble.children]
            .map((node) => [node.textContent, Math.round(node.getBoundingClientRect().left)])""")
        self.assertEqual([text for text, _ in places], ["ab", "<U+202E>", "שלום 12", "<U+202E>", "cd"])
        self.assertEqual([left for _, left in places], sorted(left for _, left in places))
        isolated = page.evaluate("""() => [...document.querySelectorAll('.bubble > *, .strip bdi, .event bdi')]
            .map((node) => getComputedStyle(node).unicodeBidi)""")
        self.assertEqual(set(isolated), {"isolate"})
        self.assertGreater(len(isolated), 5)

    def test_a_message_in_hebrew_goes_on_from_the_right(self):
        _, page, _ = self.talk()
        page.evaluate(HEAR, {"type": "message", "seq": 91, "from": "agent", "name": "kim", "text": "שלום\u200bעולם"})
        page.wait_for_selector(".bubble .run")
        first, last = page.locator(".bubble .run").evaluate_all("(all) => all.map((node) => node.getBoundingClientRect().left)")
        self.assertGreater(first, last)

    def test_copied_as_text(self):
        agent, page, _ = self.talk()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate(HEAR, {"type": "message", "seq": 91, "from": "agent", "name": "kim", "text": "bank.kr\u200b.evil.kr"})
        page.wait_for_selector(".bubble")
        page.evaluate("() => { getSelection().selectAllChildren(document.querySelector('.bubble')); document.execCommand('copy'); }")
        self.assertEqual(page.evaluate("navigator.clipboard.readText()"), "bank.kr<U+200B>.evil.kr")
