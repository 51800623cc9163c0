#!/usr/bin/env python3
# The chat page in a real browser, against a real server and a real agent's console.
#
#   python3 Tests/Page/run.py --server .build/debug/sangdam [--shots FOLDER] [--only PART-OF-A-NAME] [--write-digests]
#
# Needs Debian's chromium and fonts-noto-cjk, requirements.txt from PyPI, and certificates in Certs/: run.sh sees to them.

import argparse
import pathlib
import sys
import unittest

# The work tree stays as it is.
sys.dont_write_bytecode = True

import harness  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description="Browser tests of the chat page.")
    parser.add_argument("--server", required=True, type=pathlib.Path, help="the sangdam binary")
    parser.add_argument("--shots", type=pathlib.Path, help="a folder for screenshots")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--only", help="run the tests whose name contains this")
    parser.add_argument(
        "--write-digests", action="store_true", help="write how the page reads Tests/Corpora/reading-alphabet.txt, unchecked")
    arguments = parser.parse_args()
    harness.settings = arguments
    if arguments.shots:
        arguments.shots.mkdir(parents=True, exist_ok=True)

    loader = unittest.TestLoader()
    if arguments.only:
        loader.testNamePatterns = [f"*{arguments.only}*"]
    folder = str(pathlib.Path(__file__).parent)
    suite = loader.discover(folder, pattern="test_*.py", top_level_dir=folder)
    result = unittest.TextTestRunner(stream=sys.stderr, verbosity=2).run(suite)
    harness.close_browser()
    # A test whose parts fail is one failed test.
    failed = len({getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors})
    # A line that test runners' readers know.
    print(f"{result.testsRun - failed} passed, {failed} failed")
    # A run that found no test has shown nothing.
    return 0 if failed == 0 and result.testsRun > 0 else 1


if __name__ == "__main__":
    sys.modules["harness"] = harness
    sys.exit(main())
