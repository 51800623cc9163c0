#!/usr/bin/env bash
# Everything that must be right before a change is handed in: format, a build without warnings, all tests. Installs
# what the tests need. Safe to run twice.
#
#   deploy/test.sh [--sanitize] [arguments for `swift test`, such as --filter Journal]
#   deploy/test.sh --fast
#
# --fast is for between two thoughts: it looks at the files that were changed, builds, and runs the suites that wait
# for no server, socket or disk; it says what it left out. It installs nothing.
# --sanitize (or SANGDAM_SANITIZE=1) runs the suites that use threads once more under the thread sanitizer, in a build
# folder of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/packages.sh
. deploy/packages.sh

sanitize=${SANGDAM_SANITIZE:-}
fast=
arguments=()
for argument in "$@"; do
    case $argument in
    --sanitize) sanitize=1 ;;
    --fast) fast=1 ;;
    --help | -h)
        sed -n '2,/^set /{/^#/{s/^# \{0,1\}//;p}}' deploy/test.sh
        exit 0
        ;;
    *) arguments+=("$argument") ;;
    esac
done

# The files that differ from the last commit, or where none do those of that commit; new ones too.
changed_files() {
    local files
    files=$(git diff --name-only --diff-filter=d HEAD && git ls-files --others --exclude-standard)
    [ -n "$files" ] || files=$(git diff --name-only --diff-filter=d HEAD~1 HEAD)
    printf '%s\n' "$files"
}

# The build, with what the package manager has to say about the package itself.
build() {
    step "swift build (warnings are errors)"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    swift build --build-tests 2>&1 | tee "$log" || give_up 70 "the build failed; what the compiler said stands above."
    # Our targets treat warnings as errors; this finds those that the package manager has about the package itself.
    if grep -E '(^|[[:space:]])warning: ' "$log" | grep -v '/checkouts/' >&2; then
        give_up 70 "the build has warnings."
    fi
}

# Some days of the simulations come from the commit, so that each looks at days that nobody has seen before.
SANGDAM_COMMIT=$(git rev-parse HEAD 2>/dev/null || true)
export SANGDAM_COMMIT

# A crash is to fail at once: the backtracer can hang for minutes in a container.
export SWIFT_BACKTRACE=enable=no

# Suites that wait for no server, socket or disk: decisions, codecs, lines, metrics, the tables, and the sources themselves.
pure_suites='^(SangdamCoreTests|SangdamJSONTests|SangdamProtocolTests|SangdamWireTests|SangdamFAQTests|SangdamHoursTests)\.'
pure_suites+='|^(SangdamMetricsTests|TidyTests)\.'
pure_suites+='|^SangdamJournalTests\.Line(Coding|Reading)Tests'
pure_suites+='|^SangdamServerTests\.(Families|ShippedConfiguration|SettingsTable|LimitsPage|PageParts|Precedence|HoursConfiguration|TimetableWatch)Tests'

fast_lane() {
    if [ ${#arguments[@]} -gt 0 ] || [ -n "$sanitize" ]; then give_up 64 "--fast takes nothing beside it."; fi
    local sources scripts
    mapfile -t sources < <(changed_files | grep '\.swift$')
    mapfile -t scripts < <(changed_files | grep '\.sh$')
    if [ ${#scripts[@]} -gt 0 ] && command -v shellcheck >/dev/null; then
        step "shellcheck ${scripts[*]}"
        shellcheck -x "${scripts[@]}" || give_up 65 "the scripts are not clean."
    fi
    if [ ${#sources[@]} -gt 0 ]; then
        step "swift format lint (${#sources[@]} changed)"
        swift format lint --strict "${sources[@]}" || give_up 65 "these are not formatted: swift format --in-place ${sources[*]}"
    fi
    build
    step "swift test: the pure suites"
    swift test --skip-build --filter "$pure_suites" || give_up 70 "tests failed; their names stand above."
    cat >&2 <<END

The fast lane is through in $SECONDS s. It left out: files that were not changed; the suites of net, console and load, most of
journal and server, end to end; WebSocket's conformance, the page in a browser, the thread sanitizer. deploy/test.sh runs
them before a change is handed in.
END
}

require_swift
if [ -n "$fast" ]; then
    fast_lane
    exit 0
fi
# ncat and s_client are the customers, aiosmtpd is the mail server, promtool reads the metrics, strace injects disk faults, tmux is a terminal.
install_missing ca-certificates libcurl4-openssl-dev libgmime-3.0-dev libical-dev libsqlite3-dev libssl-dev libxml2-dev \
    pkg-config tzdata openssl ncat prometheus python3 python3-aiosmtpd tmux strace gcc
deploy/certificates.sh

if command -v shellcheck >/dev/null; then
    step "shellcheck"
    shellcheck -x deploy/*.sh Tests/*/*.sh .ci/run || give_up 65 "the scripts are not clean."
fi

step "swift format lint"
swift format lint --strict --recursive --parallel Package.swift Sources Tests ||
    give_up 65 "the sources are not formatted. This mends most of it: swift format --in-place --recursive Package.swift Sources Tests"

build

step "swift test ${arguments[*]}"
swift test "${arguments[@]}" || give_up 70 "tests failed; their names stand above."

# Part of the suite was asked for, or all that there is.
if [ ${#arguments[@]} -eq 0 ]; then
    step "swift build -c release"
    # The optimising compiler sees warnings, which are errors, that the other one does not.
    swift build -c release --product sangdam || give_up 70 "the release build failed; what the compiler said stands above."
    Tests/Conformance/run.sh
    Tests/Page/run.sh
fi

if [ -n "$sanitize" ]; then
    # The pure suites (core, wire, tidy) have one thread and nothing to race with.
    step "swift build --sanitize thread"
    swift build --build-tests --sanitize thread --scratch-path .build-thread ||
        give_up 70 "the build for the thread sanitizer failed."
    # Without this the sanitizer takes a Mutex that two threads wait for to be a race: see the file.
    clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
    [ -x "$clang" ] || clang=clang
    "$clang" -shared -fPIC -O1 -o .build-thread/tsan-mutex.so deploy/tsan-mutex.c ||
        give_up 70 "deploy/tsan-mutex.c could not be compiled."
    step "swift test --sanitize thread"
    LD_PRELOAD=$PWD/.build-thread/tsan-mutex.so TSAN_OPTIONS=second_deadlock_stack=1 \
        swift test --skip-build --sanitize thread --scratch-path .build-thread \
        --filter '(SangdamNet|SangdamJournal|SangdamMetrics|SangdamServer|SangdamConsole|EndToEnd)Tests' ||
        give_up 70 "the thread sanitizer found something; see above."
fi

printf '\nAll is well: format, build and tests%s.\n' "${sanitize:+, also under the thread sanitizer}" >&2
