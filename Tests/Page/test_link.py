# The link's scenarios (link.test.js), run by the browser that the page runs in.

import pathlib

from harness import PageTest

SCENARIOS = pathlib.Path(__file__).with_name("link.test.js")


class LinkTest(PageTest):
    def test_scenarios(self):
        page = self.open()
        page.route("**/link.test.js", lambda route: route.fulfill(
            body=SCENARIOS.read_text(), content_type="text/javascript"))
        results = page.evaluate("""async () => {
            const { scenarios } = await import('./link.test.js');
            return Object.entries(scenarios).map(([name, run]) => {
                try { run(); return [name, null]; } catch (error) { return [name, String(error.stack)]; }
            });
        }""")
        self.assertGreater(len(results), 25)
        for name, error in results:
            with self.subTest(name):
                self.assertIsNone(error)
