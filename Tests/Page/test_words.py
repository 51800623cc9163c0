# The four languages: the same keys and placeholders, none too many, and a page that changes between them.

import re

from harness import PAGE, PageTest, eventually

LANGUAGES = ["ko", "en", "ja", "zh"]
# Where the source names what is said: at once, as an attribute, and in what is said later.
USES = [
    r"\bsay\((?!key)(.*?)\)", r"\bcount\((.*?)\)", r"'data-(?:say|label|hint)': ('\w+')",
    r"STANDARD = \{(.*?)\};", r"complain\((.*?)\)", r"const wrong = (.*?);", r"const line = (.*?);",
    r"reasons = (.*?);", r"known = \{(.*?)\}", r"const key = (.*?);",
    r"\[key, unit\] = (.*?);", r"return \[(.*?)\];", r"\bevent\(('\w+')\)", r"const code = (.*?);",
    r"code: (isFirst .*?),", r"showNamed\((.*?)\)", r"(?:case '\w+'|default): return (.*?);",
    r"\[notice\.message, ('\w+')\]", r"\blater\(('\w+')\)",
]


class WordsTest(PageTest):
    def tables(self, page):
        return page.evaluate("""async (languages) => {
            const tables = {};
            for (const lang of languages) {
                const parts = await Promise.all(['page', 'talk'].map((part) => import(`./words/${part}-${lang}.js`)));
                tables[lang] = parts.map((module) => module.default);
            }
            return tables;
        }""", LANGUAGES)

    def test_same_keys_and_placeholders(self):
        tables = self.tables(self.open())

        def shape(parts):
            return [{key: sorted(set(re.findall(r"\{\w+\}", text))) for key, text in part.items()} for part in parts]

        korean = shape(tables["ko"])
        self.assertGreater(len(korean[0]), 20)
        self.assertEqual(set(korean[0]) & set(korean[1]), set())
        for lang in LANGUAGES:
            self.assertEqual(shape(tables[lang]), korean, lang)
            for part in tables[lang]:
                for key, text in part.items():
                    self.assertTrue(text.strip(), f"{lang} {key}")

    def test_every_word_is_used(self):
        files = [path for path in [*PAGE.glob("*.js"), *PAGE.glob("view/*.js")] if path.name != "widget.js"]
        source = re.sub(r"^\s*(//|/?\*).*$", "", "\n".join(path.read_text() for path in files), flags=re.M)
        used = set()
        for place in USES:
            found = re.findall(place, source, re.S)
            self.assertTrue(found, place)
            used |= set(re.findall(r"'(\w+)'", " ".join(found)))
        used |= set(re.findall(r"^  (\w+):", re.search(r"STATE_ICONS = \{(.*?)\};", source, re.S)[1], re.M))
        for part in self.tables(self.open())["ko"]:
            self.assertEqual({key.removesuffix("One") for key in part} - used, set())

    def test_chosen_from_the_browser_and_changeable(self):
        for wish, heading in [
            ("ko-KR", "무엇을 도와드릴까요?"), ("en-GB", "How can we help?"), ("ja", "どのようなご用件でしょうか。"),
            ("zh-CN", "请问有什么可以帮您？"), ("de-DE", "무엇을 도와드릴까요?"),
        ]:
            with self.subTest(wish):
                page = self.open(lang=wish)
                self.assertEqual(page.inner_text("h2"), heading)
                self.assertEqual(page.evaluate("document.documentElement.lang"), "ko" if wish == "de-DE" else wish[:2])
                page.context.close()
        page = self.open("?lang=ja")
        self.assertEqual(page.inner_text("[data-topic=refund] .name"), "返金")
        page.select_option("select", "en")
        page.wait_for_selector("text=How can we help?")
        page.wait_for_selector("text=Report payment fraud (urgent)")
        page.goto(self.desk.url)
        page.wait_for_selector("text=How can we help?")

    def test_a_choice_outlives_a_reload(self):
        page = self.open("?lang=ja")
        page.select_option("select", "en")
        page.wait_for_selector("text=How can we help?")
        page.reload()
        page.wait_for_selector("text=How can we help?")

    def test_two_quick_choices(self):
        page = self.open()
        held = []
        page.route("**/words/page-en.js", lambda route: held.append(route))
        page.select_option("select", "en")
        eventually("asked for", lambda: page.wait_for_timeout(20) or held)
        page.select_option("select", "zh")
        page.wait_for_selector("text=请问有什么可以帮您？")
        held[0].continue_()
        page.wait_for_timeout(300)
        self.assertEqual((page.inner_text("h2"), page.input_value("select")), ("请问有什么可以帮您？", "zh"))
        self.assertEqual(page.inner_text("[data-topic=refund] .name"), "退款")

    def test_a_choice_that_cannot_be_had_at_first(self):
        self.expected = ["ERR_FAILED"]
        page = self.open()
        page.route("**/words/page-en.js", lambda route: route.abort())
        page.select_option("select", "en")
        page.wait_for_selector("text=How can we help?")

    def test_order_stays_when_the_language_changes(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        self.say(page, "하나")
        self.saved(page, 1)
        chat = agent.accept()
        page.wait_for_selector("text=편하게 말씀해 주세요")
        self.say(page, "둘")
        self.saved(page, 2)
        agent.say(chat, "셋")
        page.wait_for_selector("text=셋")
        # Never, not even until the next rendering puts it right again.
        page.locator(".log").evaluate("""(log) => {
            window.orders = [];
            const order = () => [...log.children].map((node) => node.querySelector('.bubble')?.textContent ?? '-').join(' ');
            new MutationObserver(() => orders.push(order())).observe(log, { childList: true });
        }""")
        page.select_option("select", "en")
        page.wait_for_selector("text=You are now chatting with agent kim.")
        self.assertEqual(set(page.evaluate("orders")), {"하나 - 둘 셋"})

    def test_a_place_while_nobody_is_on_duty(self):
        first, second = self.open(), self.open()
        for page in (first, second):
            self.enter(page)
        for lang, places in (
            ("ko", ["접수했어요 · 첫 번째 순서예요", "접수했어요 · 2번째 순서예요"]),
            ("en", ["You are first in line", "You are number 2 in line"]),
            ("ja", ["受け付けました・1番目です", "受け付けました・2番目です"]),
            ("zh", ["已受理，您排在第 1 位", "已受理，您排在第 2 位"]),
        ):
            for page, place in zip((first, second), places):
                page.select_option("select", lang)
                page.wait_for_selector(f".strip >> text={place}")
        # Who is next is so only once there is somebody to come to.
        self.desk.agent()
        first.wait_for_selector("text=下一位就是您")
        second.wait_for_selector("text=您前面还有 1 人")

    def test_changed_in_the_middle_of_a_chat(self):
        agent = self.desk.agent()
        page = self.open()
        self.enter(page)
        offer = agent.next("offer")
        self.assertEqual(offer["lang"], "ko")
        page.select_option("select", "en")
        page.wait_for_selector("text=A few questions while you wait")
        changed = eventually("the journal's language", lambda: self.desk.journal("language"))
        self.assertEqual(changed[0]["lang"], "en")
        agent.send(type="accept", offer=offer["offer"])
        page.wait_for_selector("text=You are now chatting with agent kim.")
        page.select_option("select", "zh")
        page.wait_for_selector("text=已为您接通客服 kim，请问有什么可以帮您？")
