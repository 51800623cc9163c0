# The page in somebody else's frame: what it tells the page around it.

from harness import eventually
from test_widget import ShopTest


class FrameTest(ShopTest):
    def begin(self, *routes):
        """The widget open on a host that keeps what it is told."""
        page = self.host()
        page.evaluate("() => { window.told = []; addEventListener('message', ({ data }) => told.push(data.sangdam)); }")
        for pattern in routes:
            page.route(pattern, lambda route: route.abort())
        page.mouse.click(1200, 812)
        return page, self.frame(page)

    def told(self, page, message):
        eventually(f"{message} told", lambda: message in page.evaluate("told"))

    def test_is_there_and_can_be_closed_without_words(self):
        self.expected = ["ERR_FAILED"]
        page, frame = self.begin("**/words/*.js*")
        self.told(page, "ready")
        frame.click(".close")
        self.told(page, "close")

    def test_escape_ends_a_composition_first(self):
        page, frame = self.begin()
        frame.wait_for_selector(".topic")
        press = "(keyCode) => dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode }))"
        frame.evaluate(press, 229)
        page.wait_for_timeout(100)
        self.assertNotIn("close", page.evaluate("told"))
        frame.evaluate(press, 27)
        self.told(page, "close")
