# The link's scenarios (*.test.js), run by the browser that the page runs in.

import pathlib

from harness import PageTest

FOLDER = pathlib.Path(__file__).parent


class LinkTest(PageTest):
    def test_scenarios(self):
        page = self.open()
        tests = [path.name for path in FOLDER.glob("*.test.js")]

        def serve(route):
            path = FOLDER / route.request.url.rpartition("/")[2]
            route.fulfill(body=path.read_text(), content_type="text/javascript")

        for name in [*tests, "scenarios.js"]:
            page.route(f"**/{name}", serve)
        results = page.evaluate("""async (names) => {
            const modules = await Promise.all(names.map((name) => import(`./${name}`)));
            return modules.flatMap(({ scenarios }) => Object.entries(scenarios)).map(([name, run]) => {
                try { run(); return [name, null]; } catch (error) { return [name, String(error.stack)]; }
            });
        }""", tests)
        self.assertGreater(len(results), 35)
        for name, error in results:
            with self.subTest(name):
                self.assertIsNone(error)
