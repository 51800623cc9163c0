#!/usr/bin/env bash
# The chat page in a real browser, headless, against the real server and a real agent's console. Chromium and fonts come
# from Debian, what drives them from PyPI. Run after `swift build --build-tests`, from anywhere; deploy/test.sh does so.
#
#   Tests/Page/run.sh [run.py's arguments, such as --only widget or --shots FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=deploy/packages.sh
. deploy/packages.sh
# shellcheck source=deploy/python.sh
. deploy/python.sh

install_missing chromium fonts-noto-cjk
python_with Tests/Page/requirements.txt
deploy/certificates.sh

step "The chat page in Chromium"
"$python" Tests/Page/run.py --server .build/debug/sangdam "$@" || give_up 70 "the page does not do what it should."
