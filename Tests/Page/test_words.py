# The four languages: the same keys and placeholders, none too many, and a page that changes between them.

import re

from harness import PAGE, PageTest, eventually

LANGUAGES = ["ko", "en", "ja", "zh"]


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
        source = "".join(path.read_text() for path in [*PAGE.glob("*.js"), *PAGE.glob("view/*.js")])
        for part in self.tables(self.open())["ko"]:
            for key in part:
                name = key.removesuffix("One")
                self.assertRegex(source, rf"'{name}'|\b{name}\b", key)

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
