# The button on somebody else's page: under that page's strict policy, by keyboard, and with a chat in it.

import http.server
import re
import ssl
import threading

from axe_playwright_python.sync_playwright import Axe

from harness import CERTIFICATE, KEY, PageTest, browser, eventually

# The widget's tree is closed; axe and the tests look into an open one.
OPEN_TREES = """
    const attachShadow = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) { return attachShadow.call(this, { ...options, mode: 'open' }); };
"""
PHONE = {"width": 390, "height": 844}


class Shop:
    """Somebody else's page: another port and so another origin; on loopback, as browsers want of who frames it."""

    def __init__(self, name):
        shop = self
        self.page = self.styles = self.policy = ""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                isStyles = self.path.endswith(".css")
                body = (shop.styles if isStyles else shop.page).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/css" if isStyles else "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", shop.policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, KEY)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.origin = f"https://{name}:{self.server.server_port}"
        self.url = self.origin + "/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class ShopTest(PageTest):
    isListed = True
    # Another site. The desk's own is 127.0.0.1.
    shopName = "localhost"

    def setUp(self):
        # The shop first: the desk is told whose frames it may stand in.
        self.shop = Shop(self.shopName)
        self.addCleanup(self.shop.close)
        if self.isListed:
            self.frameAncestors = self.shop.origin
        super().setUp()

    def host(self, attributes="", viewport=None, styles="", lang="ko"):
        context = browser().new_context(
            ignore_https_errors=True, locale="ko-KR", viewport=viewport or {"width": 1280, "height": 860})
        self.addCleanup(context.close)
        context.add_init_script(OPEN_TREES)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        # As strict as a host can be and still have us: our origin for the script and the frame, no inline styles.
        self.shop.policy = (f"default-src 'none'; script-src {self.desk.url}; frame-src {self.desk.url}; style-src 'self'; img-src data:; "
                  "require-trusted-types-for 'script'; trusted-types 'none'")
        self.shop.page = f"""<!doctype html><html lang="{lang}"><head><title>shop</title><link rel=icon href=data:,>
            <link rel=stylesheet href=shop.css><script async src="{self.desk.url}widget.js" {attributes}></script></head>
            <body><h1>Shop</h1><a href="/other">link</a></body></html>"""
        self.shop.styles = styles
        page.goto(self.shop.url)
        page.wait_for_selector("sangdam-widget", state="attached")
        return page

    def frame(self, page):
        page.wait_for_timeout(100)
        for _ in range(100):
            for frame in page.frames:
                if frame.url.startswith(self.desk.url):
                    return frame
            page.wait_for_timeout(50)
        raise AssertionError("no frame")

    def count(self, page):
        """What the button says about words that nobody has seen; empty when it says nothing."""
        count = page.locator("sangdam-widget .count")
        return count.inner_text() if count.is_visible() else ""

    def look(self, page, state):
        """A screenshot, and axe on all that the widget adds to the host's page."""
        self.shoot(page, f"widget-{state}")
        violations = Axe().run(page, context="sangdam-widget").response["violations"]
        self.assertEqual([(each["id"], [node["html"] for node in each["nodes"]]) for each in violations], [], state)


class WidgetTest(ShopTest):
    def test_opens_chats_and_closes(self):
        agent = self.desk.agent()
        page = self.host('data-lang="en" data-topic="service"')
        self.shoot(page, "widget-closed")
        # By keyboard alone: link, button, in.
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        child = self.frame(page)
        child.wait_for_selector("text=How can we help?")
        self.assertEqual(child.locator(".topic").first.get_attribute("data-topic"), "service")
        self.shoot(page, "widget-open")
        child.click("[data-topic=service]")
        chat = agent.accept()
        child.wait_for_selector(".strip[data-phase=active]")
        child.fill("#message", "from the shop")
        child.press("#message", "Enter")
        agent.next("message")
        child.press("#message", "Escape")
        page.wait_for_function("document.activeElement.localName === 'sangdam-widget'")
        agent.say(chat, "still there?")
        page.wait_for_timeout(800)
        self.assertFalse([message for message in agent.heard if message["type"] == "seen"])
        self.shoot(page, "widget-unread")
        page.keyboard.press("Enter")
        agent.next("seen", who="customer")
        self.shoot(page, "widget-chat")
        # Back to the button, which is in front of the frame, and away.
        child.focus("select")
        page.keyboard.press("Shift+Tab")
        self.assertTrue(child.frame_element().is_visible())
        page.keyboard.press("Escape")
        self.assertFalse(child.frame_element().is_visible())

    def test_host_styles_do_not_reach_it(self):
        styles = "* { display: none !important } button, div, iframe { width: 1px !important; color: red !important }"
        page = self.host('data-position="left"', styles="html, body, sangdam-widget { display: block !important } " + styles)
        self.shoot(page, "widget-hostile-styles")
        at = page.evaluate("document.elementFromPoint(60, innerHeight - 48).localName")
        self.assertEqual(at, "sangdam-widget")
        page.mouse.click(60, 812)
        child = self.frame(page)
        child.wait_for_selector(".topic")
        self.assertEqual(child.evaluate("innerWidth"), 400)

    def test_looks(self):
        agent = self.desk.agent()
        page = self.host('data-lang="en"')
        self.look(page, "1-closed")
        page.mouse.click(1200, 812)
        child = self.frame(page)
        child.click("[data-topic=refund]")
        self.look(page, "2-open")
        report = Axe().run(child)
        self.assertEqual(report.violations_count, 0, f"in the frame: {report.generate_report()}")
        chat = agent.accept()
        child.wait_for_selector(".strip[data-phase=active]")
        page.mouse.click(1200, 812)
        for text in ("one", "two"):
            agent.say(chat, text)
        eventually("the button counts", lambda: self.count(page) == "2")
        # People who cannot see the number hear what it counts.
        self.assertEqual(page.get_by_role("button", name="Chat with us 2 new messages").count(), 1)
        self.look(page, "3-unread")
        page.set_viewport_size(PHONE)
        self.look(page, "4-phone")

    def test_nobody_looks_in(self):
        page = self.host()
        bare = page.context.browser.new_context(ignore_https_errors=True)
        self.addCleanup(bare.close)
        page = bare.new_page()
        page.goto(self.shop.url)
        page.wait_for_selector("sangdam-widget", state="attached")
        self.assertIsNone(page.evaluate("document.querySelector('sangdam-widget').shadowRoot"))

    def test_closed_before_it_has_loaded(self):
        page = self.host()
        page.mouse.click(1200, 812)
        page.mouse.click(1200, 812)
        child = self.frame(page)
        child.wait_for_selector(".topic", state="attached")
        eventually("the frame knows that nobody sees it",
                   lambda: child.evaluate("document.querySelector('sangdam-chat').isVisible") is False)
        page.mouse.click(1200, 812)
        eventually("and that somebody does",
                   lambda: child.evaluate("document.querySelector('sangdam-chat').isVisible") is True)

    def test_on_a_phone_a_frame_that_does_not_come_leaves_the_button_free(self):
        page = self.host(viewport=PHONE)
        self.expected = ["Failed to load resource"]
        self.desk.line.cut()
        page.mouse.click(340, 800)
        panel = page.locator("sangdam-widget .panel")
        page.wait_for_selector("text=새 창에서 상담하기", timeout=8000)
        self.shoot(page, "widget-phone-failed")
        self.assertTrue(panel.is_visible())
        page.mouse.click(340, 800)
        self.assertFalse(panel.is_visible())
        # The next press tries again, and shows no empty frame meanwhile.
        page.mouse.click(340, 800)
        self.assertTrue(page.is_visible("text=새 창에서 상담하기"))
        page.mouse.click(340, 800)
        page.wait_for_timeout(500)
        self.desk.line.mend()
        page.mouse.click(340, 800)
        self.frame(page).wait_for_selector(".topic")
        self.assertFalse(page.is_visible("text=새 창에서 상담하기"))

    def test_a_frame_that_takes_its_time(self):
        page = self.host('data-lang="ja"')
        held = []
        page.route(re.compile("embed=1"), lambda route: held.append(route))
        page.mouse.click(1200, 812)
        link = page.locator("sangdam-widget .elsewhere")
        page.wait_for_timeout(2500)
        self.assertFalse(link.is_visible())
        link.wait_for(timeout=6000)
        self.assertEqual(link.inner_text(), "新しいウィンドウで相談する")
        active = "document.querySelector('sangdam-widget').shadowRoot.activeElement.localName"
        self.assertEqual(page.evaluate(active), "a")
        held[0].continue_()
        self.frame(page).wait_for_selector(".topic")
        link.wait_for(state="hidden")
        self.assertEqual(page.evaluate(active), "iframe")

    def test_phone(self):
        page = self.host(viewport=PHONE)
        page.mouse.click(340, 800)
        child = self.frame(page)
        child.wait_for_selector(".topic")
        eventually("the whole screen", lambda: child.evaluate("[innerWidth, innerHeight]") == [390, 844])
        self.shoot(page, "widget-phone")
        child.click(".close")
        page.wait_for_function("document.activeElement.localName === 'sangdam-widget'")

    def test_nothing_is_loaded_before_it_is_wanted(self):
        page = self.host()
        page.wait_for_timeout(300)
        self.assertEqual([frame.url for frame in page.frames if frame.url.startswith(self.desk.url)], [])


class SameSiteWidgetTest(ShopTest):
    """A chat server beside the host, as chat.shop.example is beside www.shop.example: frames of the same site may keep
    what they need to find their chat again. Frames of another site may not in private windows, such as the tests'."""

    shopName = "127.0.0.1"

    def test_a_chat_outlives_a_followed_link(self):
        agent = self.desk.agent()
        page = self.host()
        page.mouse.click(1200, 812)
        child = self.frame(page)
        child.click("[data-topic=refund]")
        chat = agent.accept()
        child.wait_for_selector(".strip[data-phase=active]")
        page.click("text=link")
        page.wait_for_url("**/other")
        agent.next("party", state="back")
        agent.say(chat, "are you there?")
        eventually("the button counts", lambda: self.count(page) == "1")
        # Out of sight, and so not seen.
        self.assertFalse(self.frame(page).frame_element().is_visible())
        self.assertFalse([message for message in agent.heard if message["type"] == "seen"])
        page.mouse.click(1200, 812)
        self.frame(page).wait_for_selector("text=are you there?")
        agent.next("seen", who="customer")


class UnlistedWidgetTest(ShopTest):
    """A site that the desk was not told about."""

    isListed = False

    def test_its_frames_stay_empty(self):
        page = self.host(viewport=PHONE)
        self.expected = ["frame-ancestors 'none'"]
        page.mouse.click(340, 800)
        eventually("the browser refuses", lambda: page.wait_for_timeout(50) or self.complaints)
        self.assertTrue(all(not frame.url.startswith(self.desk.url) for frame in page.frames), page.frames)

    def test_there_is_a_way_to_the_chat(self):
        self.expected = ["frame-ancestors 'none'"]
        for lang, words in (("ko", "새 창에서 상담하기"), ("en", "Chat in a new window")):
            page = self.host(f'data-lang="{lang}" data-topic="refund"')
            page.mouse.click(1200, 812)
            page.wait_for_selector(f"text={words}", timeout=8000)
            self.look(page, f"unlisted-{lang}")
            with page.context.expect_page() as opened:
                page.keyboard.press("Enter")
            chat = opened.value
            chat.wait_for_selector(".topic")
            self.assertEqual(chat.url, f"{self.desk.url}?lang={lang}&topic=refund")
            page.keyboard.press("Escape")
            self.assertFalse(page.is_visible(f"text={words}"))
