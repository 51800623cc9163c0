# What phones show on their home screen: the icon as a picture, and the desk's name under it.

import json

from harness import PageTest


class IconTest(PageTest):
    def test_the_picture_is_the_icon(self):
        page = self.open()
        href = page.get_attribute("link[rel=apple-touch-icon]", "href")
        sides, difference = page.evaluate("""async (href) => {
            const pixels = async (source) => {
                const image = new Image();
                image.src = source;
                await image.decode();
                const canvas = Object.assign(document.createElement('canvas'), { width: 180, height: 180 });
                const context = canvas.getContext('2d');
                context.drawImage(image, 0, 0, 180, 180);
                return [[image.naturalWidth, image.naturalHeight], context.getImageData(0, 0, 180, 180).data];
            };
            const [sides, picture] = await pixels(href);
            const [, icon] = await pixels('icon.svg');
            return [sides, picture.reduce((most, value, place) => Math.max(most, Math.abs(value - icon[place])), 0)];
        }""", href)
        self.assertEqual(sides, [180, 180])
        # Another browser may smooth edges a little differently.
        self.assertLess(difference, 8, "icon.py draws it anew")

    def test_the_name_is_the_desks(self):
        page = self.open()
        href = page.get_attribute("link[rel=manifest]", "href")
        manifest = json.loads(page.evaluate("async (href) => (await fetch(href)).text()", href))
        self.assertEqual([manifest["name"], manifest["lang"]], ["시험 상담소", "ko"])
        self.assertEqual(manifest["icons"][0]["src"], "icon.svg")
