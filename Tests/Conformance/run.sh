#!/usr/bin/env bash
# Is our WebSocket everybody's WebSocket? Autobahn's cases (kosoku) against an echo of our own parts, and a foreign
# client (websockets) over TLS against the real server. Both come from PyPI. Run after `swift build --build-tests`,
# from anywhere; deploy/test.sh does so.
#
#   Tests/Conformance/run.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=deploy/packages.sh
. deploy/packages.sh
# shellcheck source=deploy/python.sh
. deploy/python.sh

python_with Tests/Conformance/requirements.txt
deploy/certificates.sh

step "Autobahn's cases"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
SANGDAM_KOSOKU=$(dirname "$python")/kosoku swift test --skip-build --filter WebSocketConformance 2>&1 | tee "$log" ||
    give_up 70 "WebSocket does not keep to RFC 6455; the cases stand above."
# A filter that finds nothing is no failure to `swift test`.
grep -q 'with 2 test cases passed' "$log" || give_up 70 "Autobahn's cases were not run."

step "A foreign client"
"$python" -B Tests/Conformance/foreign_client.py --server .build/debug/sangdam -v ||
    give_up 70 "a client that others wrote does not get on with the server."
