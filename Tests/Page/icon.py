#!/usr/bin/env python3
# Draws the page's apple-touch-icon.png from its icon.svg: iPhones take no SVG and would show a picture of the page. To
# be run when the icon changes; test_icon.py notices that.
#
#   python3 Tests/Page/icon.py [CHROMIUM]

import pathlib
import sys

from playwright.sync_api import sync_playwright

PAGE = pathlib.Path(__file__).resolve().parents[2] / "Sources/SangdamServer/Page"
# What the largest iPhones show; smaller ones scale it.
SIDE = 180


def main(chromium="/usr/bin/chromium"):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIDE, "height": SIDE})
        svg = (PAGE / "icon.svg").read_text()
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
        page.screenshot(path=PAGE / "apple-touch-icon.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
