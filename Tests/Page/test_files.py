# Files that are dropped or pasted: the page stays, and says that only words can be sent. Words go on working.

from axe_playwright_python.sync_playwright import Axe

from harness import PageTest, eventually
from test_widget import ShopTest

ONLY_WORDS = {
    "ko": "파일과 사진은 아직 보낼 수 없어요. 글로 적어 주시면 도와드릴게요.",
    "en": "Files and pictures cannot be sent yet. Please tell us in words.",
    "ja": "ファイルや写真はまだ送れません。文章でお知らせください。",
    "zh": "暂时还不能发送文件和图片，请用文字告诉我们。",
}

# What is dragged over an element and dropped there; whether the browser goes on to do with it what it does by itself.
DROP = """(node, { file, words }) => {
    const dataTransfer = new DataTransfer();
    if (file) dataTransfer.items.add(new File(['x'], 'receipt.pdf', { type: 'application/pdf' }));
    if (words) dataTransfer.setData('text/plain', words);
    const goesOn = (kind) => node.dispatchEvent(
        new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
    return [goesOn('dragover'), goesOn('drop')];
}"""
PASTE = """(node, { file, words }) => {
    const clipboardData = new DataTransfer();
    if (file) clipboardData.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
    if (words) clipboardData.setData('text/plain', words);
    return node.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""
DROP_NOTHING = """(node) => ['dragover', 'drop'].map((kind) => node.dispatchEvent(
    new DragEvent(kind, { bubbles: true, cancelable: true, composed: true })))"""
FILE, WORDS, BOTH = {"file": True}, {"words": "https://a.kr/"}, {"file": True, "words": "가격 1,000원"}


def addresses(page):
    """A dropped file that nobody takes replaces the page in some browsers; in others it opens beside it."""
    return [each.url for each in page.context.pages]


class FilesTest(PageTest):
    def talk(self, **options):
        agent = self.desk.agent()
        page = self.open(**options)
        self.enter(page)
        agent.accept()
        page.wait_for_selector(".strip[data-phase=active]")
        return page

    def told(self, page):
        return page.inner_text(".only-words")

    def test_a_real_file_replaces_nothing(self):
        page = self.talk()
        path = self.desk.folder / "receipt.txt"
        path.write_text("receipt")
        input = page.context.new_cdp_session(page)
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        for x, y in ((640, 400), (640, 820)):
            for kind in ("dragEnter", "dragOver", "drop"):
                input.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})
            page.wait_for_timeout(300)
            self.assertEqual(addresses(page), [self.desk.url])
            eventually("told", lambda: self.told(page) == ONLY_WORDS["ko"])
        self.say(page, "그대로 있어요")
        self.saved(page, 1)

    def test_what_is_dropped(self):
        page = self.talk()
        for where, what, goesOn, isTold in (
            (".log", FILE, False, True), ("#message", FILE, False, True), ("header", BOTH, False, True),
            # Words into a field; elsewhere an address would be followed.
            ("#message", WORDS, True, False), (".log", WORDS, False, False), ("body", WORDS, False, False),
        ):
            with self.subTest(where=where, what=what):
                self.assertEqual(page.locator(where).evaluate(DROP, what), [goesOn, goesOn])
                page.wait_for_timeout(150)
                self.assertEqual(self.told(page) != "", isTold)
                # The next word, or a part of it.
                page.type("#message", "가")
                eventually("gone", lambda: self.told(page) == "", within=3)

    def test_a_drop_of_nothing(self):
        """As scripts make them, also those of an extension: what the page says of itself shows in its complaints."""
        page = self.talk()
        self.assertEqual(page.locator(".log").evaluate(DROP_NOTHING), [True, True])

    def test_what_is_pasted(self):
        page = self.talk()
        for what, isTold in ((FILE, True), (WORDS, False), (BOTH, False), ({"file": True, "words": "\u200b "}, True)):
            with self.subTest(what):
                # Never kept from what the browser does with the words.
                self.assertTrue(page.locator("#message").evaluate(PASTE, what))
                page.wait_for_timeout(150)
                self.assertEqual(self.told(page) != "", isTold)
                page.fill("#message", "가")
                eventually("gone", lambda: self.told(page) == "", within=3)

    def test_pasted_words_with_their_picture(self):
        page = self.talk()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate("""async () => {
            const canvas = new OffscreenCanvas(2, 2);
            canvas.getContext('2d');
            const picture = await canvas.convertToBlob();
            const text = new Blob(['가격 1,000원'], { type: 'text/plain' });
            await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture, 'text/plain': text })]);
        }""")
        page.focus("#message")
        page.keyboard.press("Control+V")
        eventually("pasted", lambda: page.input_value("#message") == "가격 1,000원")
        self.assertEqual(self.told(page), "")

    def test_goes_by_itself(self):
        page = self.talk(prepare=lambda page: page.clock.install())
        page.locator(".log").evaluate(DROP, FILE)
        page.clock.run_for(500)
        self.assertEqual(self.told(page), ONLY_WORDS["ko"])
        page.clock.run_for(9_000)
        self.assertEqual(self.told(page), ONLY_WORDS["ko"])
        page.clock.run_for(1_000)
        self.assertEqual(self.told(page), "")

    def test_before_there_is_a_chat(self):
        page = self.open()
        self.assertEqual(page.locator("body").evaluate(DROP, FILE), [False, False])
        page.wait_for_selector(f"text={ONLY_WORDS['ko']}")
        self.shoot(page, "files-topics")
        self.assertEqual(page.url, self.desk.url)
        self.enter(page)

    def test_each_language_to_eyes_and_ears(self):
        page = self.talk(viewport={"width": 320, "height": 568})
        for number in range(8):
            self.say(page, f"말 {number}")
        self.saved(page, 8)
        for (lang, words), scheme in zip(ONLY_WORDS.items(), ("light", "dark", "light", "dark")):
            page.emulate_media(color_scheme=scheme)
            page.select_option("select", lang)
            page.locator(".log").evaluate(DROP, FILE)
            page.wait_for_selector(f"text={words}")
            # It is told because the element was there before.
            self.assertIn(words, page.get_by_role("status").all_inner_texts())
            page.wait_for_timeout(150)
            self.shoot(page, f"files-{lang}-{scheme}")
            # The newest words stay in view.
            self.assertLess(page.evaluate("""() => [...document.querySelectorAll('.bubble')].at(-1).getBoundingClientRect().bottom
                - document.querySelector('.only-words').getBoundingClientRect().top"""), 1)
            report = Axe().run(page)
            self.assertEqual(report.violations_count, 0, report.generate_report())


class FilesInFrameTest(ShopTest):
    def test_the_frame_and_the_button_stay(self):
        page = self.host()
        page.mouse.click(1200, 812)
        frame = self.frame(page)
        frame.wait_for_selector(".topic")
        self.assertEqual(frame.locator("body").evaluate(DROP, FILE), [False, False])
        frame.wait_for_selector(f"text={ONLY_WORDS['ko']}")
        self.shoot(page, "files-widget")
        for part in ("button", ".panel"):
            self.assertEqual(page.locator(f"sangdam-widget {part}").evaluate(DROP, FILE), [False, False], part)
            page.locator(f"sangdam-widget {part}").evaluate(DROP_NOTHING)

    def drag(self, page, x, y):
        """A real file."""
        path = self.desk.folder / "receipt.txt"
        path.write_text("receipt")
        input = page.context.new_cdp_session(page)
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            input.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})
        page.wait_for_timeout(300)

    def test_a_file_beside_the_panel(self):
        page = self.host()
        heading = page.locator("h1")
        # Before somebody chats, the host's page is as it was.
        self.assertEqual(heading.evaluate(DROP, FILE), [True, True])
        page.mouse.click(1200, 812)
        self.frame(page).wait_for_selector(".topic")
        self.assertEqual(heading.evaluate(DROP, FILE), [False, False])
        # Words go where they went.
        self.assertEqual(heading.evaluate(DROP, WORDS), [True, True])
        heading.evaluate(DROP_NOTHING)
        panel = page.locator("sangdam-widget .panel").bounding_box()
        for x in (panel["x"] - 5, 100):
            self.drag(page, x, panel["y"] + 100)
            self.assertEqual(addresses(page), [self.shop.url])
        page.mouse.click(1200, 812)
        self.assertEqual(heading.evaluate(DROP, FILE), [True, True])

    def test_the_hosts_own_places_for_files(self):
        page = self.host()
        page.mouse.click(1200, 812)
        self.frame(page).wait_for_selector(".topic")
        # Younger than ours: of an element, of the document, of the window; and fields, which need no listener.
        page.evaluate("""() => {
            window.taken = [];
            const take = (target, name, isPlace) => {
                target.addEventListener('dragover', (event) => {
                    if (!isPlace(event)) return;
                    window.wasPrevented = event.defaultPrevented;
                    event.preventDefault();
                });
                target.addEventListener('drop', (event) => {
                    if (!isPlace(event)) return;
                    event.preventDefault();
                    window.taken.push([name, event.dataTransfer.files.length, window.wasPrevented]);
                });
            };
            const names = ['zone', 'ofDocument', 'ofWindow', 'field', 'text'];
            names.forEach((name, place) => {
                const kind = { field: 'input', text: 'textarea' }[name] ?? 'div';
                const node = document.body.appendChild(document.createElement(kind));
                node.id = name;
                if (name === 'field') node.type = 'file';
                node.style.cssText = `position: fixed; left: 40px; top: ${100 + place * 60}px; width: 200px; height: 50px`;
            });
            take(zone, 'zone', () => true);
            take(document, 'ofDocument', ({ target }) => target.id === 'ofDocument');
            take(window, 'ofWindow', ({ target }) => target.id === 'ofWindow');
            text.addEventListener('drop', (event) => {
                event.preventDefault();
                window.taken.push(['text', event.dataTransfer.files.length, false]);
            });
        }""")
        for place in range(5):
            self.drag(page, 60, 120 + place * 60)
            self.assertEqual(addresses(page), [self.shop.url])
        self.assertEqual(page.evaluate("window.taken"), [
            ["zone", 1, False], ["ofDocument", 1, False], ["ofWindow", 1, False], ["text", 1, False]])
        self.assertEqual(page.evaluate("field.files[0].name"), "receipt.txt")
