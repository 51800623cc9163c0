# Enter, Shift+Enter, and input methods that compose.

from harness import PageTest


class WritingTest(PageTest):
    def setUp(self):
        super().setUp()
        self.agent = self.desk.agent()
        self.page = self.open()
        self.enter(self.page)
        self.agent.accept()
        self.page.wait_for_selector(".strip[data-phase=active]")
        self.page.focus("#message")

    def stored(self, count):
        self.saved(self.page, count)
        return [line["text"] for line in self.desk.journal()]

    def test_enter_and_shift_enter(self):
        keyboard = self.page.keyboard
        keyboard.type("첫 줄")
        keyboard.press("Shift+Enter")
        keyboard.type("둘째 줄")
        keyboard.press("Enter")
        self.assertEqual(self.stored(1), ["첫 줄\n둘째 줄"])
        self.assertEqual(self.page.input_value("#message"), "")
        # Nothing but space is nothing.
        keyboard.type("   ")
        keyboard.press("Enter")
        keyboard.type("끝")
        keyboard.press("Enter")
        self.assertEqual(self.stored(2), ["첫 줄\n둘째 줄", "끝"])

    def test_capital_letters_of_a_phone(self):
        # Its keyboard has no Shift key, but says Shift with Enter while it is about to write a capital letter.
        input = self.page.context.new_cdp_session(self.page)
        self.page.fill("#message", "Hello.")
        for kind in ("keyDown", "keyUp"):
            input.send("Input.dispatchKeyEvent", {
                "type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "modifiers": 8,
                **({"text": "\r"} if kind == "keyDown" else {})})
        self.assertEqual(self.stored(1), ["Hello."])

    def test_hangul_composition(self):
        # What a Korean input method does: syllables grow, Enter commits the last one and breaks the line.
        input = self.page.context.new_cdp_session(self.page)

        def compose(*steps):
            for text in steps:
                input.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})

        def key(name, code, **more):
            # Without `text`, as a key that the input method has taken: 229.
            input.send("Input.dispatchKeyEvent", {
                "type": "rawKeyDown", "key": name, "code": code, "windowsVirtualKeyCode": 229, **more})

        def commit_and_break():
            key("Enter", "Enter")
            input.send("Input.insertText", {"text": self.composing})
            input.send("Input.dispatchKeyEvent", {
                "type": "char", "key": "Enter", "code": "Enter", "text": "\r", "unmodifiedText": "\r"})
            input.send("Input.dispatchKeyEvent", {
                "type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13})

        compose("ㅎ", "하", "한")
        input.send("Input.insertText", {"text": "한"})
        compose("ㄱ", "그", "글")
        self.composing = "글"
        commit_and_break()
        # One Enter, all of it, once.
        self.assertEqual(self.stored(1), ["한글"])
        self.assertEqual(self.page.input_value("#message"), "")

        compose("ㄷ", "두", "둘")
        self.composing = "둘"
        commit_and_break()
        self.assertEqual(self.stored(2), ["한글", "둘"])

    def test_enter_that_only_commits(self):
        # Japanese and Chinese input methods: Enter chooses the candidate and breaks no line.
        input = self.page.context.new_cdp_session(self.page)
        input.send("Input.imeSetComposition", {"text": "へんきん", "selectionStart": 4, "selectionEnd": 4})
        input.send("Input.dispatchKeyEvent", {
            "type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229})
        input.send("Input.insertText", {"text": "返金"})
        input.send("Input.dispatchKeyEvent", {
            "type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13})
        self.page.wait_for_timeout(200)
        self.assertEqual(self.desk.journal(), [])
        self.assertEqual(self.page.input_value("#message"), "返金")
        self.page.keyboard.press("Enter")
        self.assertEqual(self.stored(1), ["返金"])

    def test_limit_of_4000_bytes(self):
        page = self.page
        page.fill("#message", "가" * 1000)
        self.assertFalse(page.is_visible("#bytes"))
        page.fill("#message", "가" * 1333)
        self.assertEqual(page.inner_text("#bytes"), "3,999 / 4,000바이트")
        page.fill("#message", "가" * 1334)
        self.assertEqual(page.inner_text("#bytes"), "4,002 / 4,000바이트")
        self.assertTrue(page.is_disabled(".send"))
        page.press("#message", "Enter")
        self.assertEqual(len(page.input_value("#message")), 1334)
        page.fill("#message", "가" * 1333)
        page.press("#message", "Enter")
        self.assertEqual(self.stored(1), ["가" * 1333])

    def test_half_a_surrogate_pair(self):
        self.page.evaluate("""() => {
            const field = document.querySelector('#message');
            field.value = 'x\\ud83d';
            field.dispatchEvent(new Event('input'));
        }""")
        self.page.click(".send")
        self.assertEqual(self.stored(1), ["x\ufffd"])

    def test_keyboard_alone(self):
        page = self.page
        page.keyboard.type("마우스 없이")
        page.keyboard.press("Enter")
        self.saved(page, 1)
        seen = []
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            name = page.evaluate("""() => {
                const node = document.activeElement;
                const style = getComputedStyle(node);
                const isVisible = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                return (node.textContent.trim() || node.getAttribute('aria-label') || node.tagName) + (isVisible ? '' : ' (unseen)');
            }""")
            seen.append(name)
            if name.startswith("상담 마치기"):
                break
        self.assertEqual([name for name in seen if "unseen" in name], [])
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".ended")
        self.assertEqual(page.evaluate("document.activeElement.textContent"), "상담이 끝났어요")
