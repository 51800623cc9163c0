#!/usr/bin/env bash
# Feeds invented bytes to everything that reads a stranger's bytes: HTTP heads, WebSocket frames, JSON, lines. Each stream
# is read at once and in pieces, and both must say the same (Tests/Fuzz).
#
#   deploy/fuzz.sh [SECONDS] [libFuzzer's options]
#
# Without SECONDS: 60. What it learns is kept in .build-fuzz/corpus, so that the next run goes on from there; another
# folder: SANGDAM_FUZZ_BUILD. A finding is named at the end, with a file that shows it: deploy/fuzz.sh 1 FILE runs that
# one again. Exit code 70 for a finding.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/packages.sh
. deploy/packages.sh

case ${1:-} in
--help | -h)
    sed -n '2,/^set /{/^#/{s/^# \{0,1\}//;p}}' deploy/fuzz.sh
    exit 0
    ;;
esac
seconds=${1:-60}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || give_up 64 "SECONDS is a number; see deploy/fuzz.sh --help."
shift || true
arguments=("$@")
require_swift

build=${SANGDAM_FUZZ_BUILD:-.build-fuzz}
step "swift build --sanitize fuzzer (and address)"
# The flag of the package manager takes two sanitizers, the compiler would take the last: hence the second flag. Dead
# code stays, because stripping it takes the fuzzer's counters away.
swift build --package-path Tests/Fuzz --scratch-path "$build" --product Fuzz -c release --disable-dead-strip \
    --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library ||
    give_up 70 "the build failed; what the compiler said stands above."

mkdir -p "$build/corpus" "$build/findings"
# seed NAME BYTES: the first letter names the reader (Tests/Fuzz/Fuzz/Fuzz.swift), the second the pieces.
seed() { printf '%b' "$2" >"$build/corpus/seed-$1"; }
upgrade='Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v\r\n'
seed frames 'wa\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58\x89\x80\0\0\0\0\x88\x82\0\0\0\0\x03\xe8'
seed fragments 'wa\x01\x82\0\0\0\0\xed\x99\x89\x81\0\0\0\0p\x80\x81\0\0\0\0\x98'
seed binary 'wb\x02\x81\0\0\0\0\xff\x80\x81\0\0\0\0\xff\x81\xfe\0\x80\0\0\0\0'
seed heads 'haGET /?a HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\nHEAD http://a/ HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n'
seed chat "haGET /chat HTTP/1.1\r\nHost: a\r\nOrigin: https://a\r\n$upgrade\r\n"
seed upgrade "uaGET / HTTP/1.1\r\nHost: a\r\n\r\nGET /chat HTTP/1.1\r\nHost: a\r\n$upgrade\r\n\x81\x81\0\0\0\0a"
seed lines 'lb{"type":"hello","role":"customer"}\n{"type":"say","id":"1","text":"\\ud83d\\ude4f"}\n{"type":"ping","n":1}\n'
seed hand 'la/lang en\n1\nhello\n/rate 5 good\n'
seed nine "la$(printf 'GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n%.0s' {1..9})"
seed socket 'sa\x81\xa3\0\0\0\0{"type":"hello","role":"customer"}\x20\x89\x80\0\0\0\0\x01\x8f\0\0\0\0{"type":"ping",\x80\x86\0\0\0\0"n":7}\x88\x82\0\0\0\0\x03\xe8'
seed browser "ba\x02GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /chat HTTP/1.1\r\nHost: a\r\n${upgrade//: v/: sangdam.v1}\r\n\x81\x80\0\0\0\0\x8a\x80\0\0\0\0"
seed json 'ja{"a":[1,-2.5e3,true,null,"\\u00e9",{"b":{}}],"c":"\xed\x99\x98"}'

# libFuzzer runs named files only, where there are any, and otherwise adds to the corpus.
[ ${#} -gt 0 ] && [ -f "${!#}" ] || arguments+=("$build/corpus")
step "fuzzing for $seconds seconds"
# The backtracer hangs for minutes in a container; AddressSanitizer's own report is enough. A server leaks nothing at its
# end that matters, and the leak checker cannot run under a debugger or in every container.
SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "$build/release/Fuzz" -max_total_time="$seconds" -max_len=2048 \
    -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -dict=Tests/Fuzz/words.dict \
    -artifact_prefix="$build/findings/" "${arguments[@]}" ||
    give_up 70 "the fuzzer found something; the file that shows it is named above, in $build/findings."
printf '\nNothing was found in %s seconds.\n' "$seconds" >&2
