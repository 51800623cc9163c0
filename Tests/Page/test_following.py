# New words come into view for whoever reads the newest, and for nobody else; and what is in view counts as seen.

from harness import PageTest, eventually

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# How far the last words reach below what one sees.
BELOW = """() => [...document.querySelectorAll('.bubble')].at(-1).getBoundingClientRect().bottom
    - document.querySelector('.talk').getBoundingClientRect().bottom"""


class FollowingTest(PageTest):
    def last_seq(self):
        return self.desk.journal()[-1]["seq"]

    def test_agent_speaks_first(self):
        agent = self.desk.agent()
        for options in ({}, PHONE):
            with self.subTest(phone=bool(options)):
                page = self.open(**options)
                self.enter(page)
                page.wait_for_selector(".intake:not([hidden])")
                # The place in the queue is there, and so is the focus.
                page.wait_for_timeout(300)
                chat = agent.accept()
                agent.say(chat, "첫마디")
                page.wait_for_selector("text=첫마디")
                agent.next("seen", chat=chat, seq=self.last_seq())
                self.assertFalse(page.is_visible(".new-words"))
                for number in range(10):
                    agent.say(chat, f"말 {number}\n두 줄로")
                page.wait_for_selector("text=말 9")
                eventually("the last words in view", lambda: page.evaluate(BELOW) <= 0)
                agent.next("seen", chat=chat, seq=self.last_seq())
                self.assertFalse(page.is_visible(".new-words"))
                agent.send(type="end", chat=chat)
                agent.send(type="wrapup", chat=chat)

    def test_old_words_stay_in_view_until_all_fit(self):
        agent = self.desk.agent()
        page = self.open(viewport={"width": 700, "height": 500})
        self.enter(page)
        chat = agent.accept()
        for number in range(10):
            agent.say(chat, f"말 {number}")
        page.wait_for_selector("text=말 9")
        eventually("the last words in view", lambda: page.evaluate(BELOW) <= 0)
        agent.next("seen", chat=chat, seq=self.last_seq())
        agent.heard.clear()
        page.locator(".talk").evaluate("(node) => { node.scrollTop = 0; }")
        page.wait_for_timeout(100)
        agent.say(chat, "더")
        page.wait_for_selector(".new-words:not([hidden])")
        self.assertEqual(page.locator(".talk").evaluate("(node) => node.scrollTop"), 0)
        self.assertFalse([message for message in agent.heard if message["type"] == "seen"])
        # Nothing scrolls any more: all of it is in view.
        page.set_viewport_size({"width": 700, "height": 1600})
        agent.next("seen", chat=chat, seq=self.last_seq())
        self.assertFalse(page.is_visible(".new-words"))

    def test_a_keyboard_over_the_page(self):
        """As iOS does it: the page keeps its height, only what is to be seen of it shrinks."""
        agent = self.desk.agent()
        page = self.open(**PHONE)
        self.enter(page)
        chat = agent.accept()
        for number in range(10):
            agent.say(chat, f"말 {number}")
        page.wait_for_selector("text=말 9")
        page.evaluate("""() => {
            Object.defineProperty(visualViewport, 'height', { get: () => 400 });
            visualViewport.dispatchEvent(new Event('resize'));
        }""")
        self.assertEqual(page.evaluate("document.querySelector('sangdam-chat').getBoundingClientRect().height"), 400)
        eventually("the last words in view", lambda: page.evaluate(BELOW) <= 0)
