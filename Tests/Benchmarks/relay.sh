#!/usr/bin/env bash
# How close is the server to what the machine can do? Builds the yardstick and the release server, runs both under the
# same load in alternation, the server on one core and the generator on another, and prints medians and ratios beside
# what they must reach. Nothing else should run meanwhile. What the rows mean: README.md here.
#
#   Tests/Benchmarks/relay.sh [options]
#
#   --server PATH     a built `sangdam` instead of building one
#   --against PATH    compare that binary, the changed one, with --server's (or the built one) instead of with the
#                     yardstick; exits 1 when a row's figure is 1.2 times as dear or more
#   --rows A,B        some of: w16 w16-commit w1 w1-commit pair pair-commit open20k full resume idle waiting reactors
#                     slope websocket websocket-w1 (default: all)
#   --rounds N        5; medians are taken over them
#   --seconds S       3 measured in each run, after --warmup S (1)
#   --cores A,B       0,1: the server's and the generator's
#   --disk DIR        /var/tmp: where the journals are, for as long as they are measured
#   --json            every single result, as JSON; --markdown: the table of README.md
#
# Exit: 0 measured, 1 wrong counts or dearer, 64 usage, 69 something is missing or does not start, 70 the build failed,
# 76 and 77 as relay_load.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=deploy/packages.sh
. "$root/deploy/packages.sh"

arguments=("$@")
server=
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h)
        sed -n '2,/^set /{/^#/{s/^# \{0,1\}//;p}}' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    --server) server=${2:-} ;;
    --server=*) server=${1#--server=} ;;
    esac
    shift
done

install_missing gcc make pkg-config libcurl4-openssl-dev libgmime-3.0-dev libical-dev libsqlite3-dev libssl-dev libxml2-dev \
    openssl python3 util-linux

step "The yardstick"
make -s -C "$here/yardstick" all cert >&2 || give_up 70 "the yardstick does not build."

if [ -z "$server" ]; then
    require_swift
    step "swift build -c release"
    swift build --package-path "$root" -c release --product sangdam >&2 || give_up 70 "the server does not build."
    arguments+=(--server "$root/.build/release/sangdam")
fi

step "Measuring"
# It becomes this process: signals reach what stops the servers.
exec python3 -B "$here/relay.py" "${arguments[@]}"
