#!/usr/bin/env bash
# How long does each station of a message take by itself? Builds and runs the micro-benchmarks of the message path.
#
#   Tests/Benchmarks/micro.sh [arguments for `swift package benchmark`, such as --filter '.*encode.*' or help]
#
# Before and after a change (baselines stay in Tests/Benchmarks, out of git):
#
#   Tests/Benchmarks/micro.sh baseline update before
#   Tests/Benchmarks/micro.sh baseline compare before
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=deploy/packages.sh
. "$root/deploy/packages.sh"

case ${1:-} in
--help | -h)
    sed -n '2,/^set /{/^#/{s/^# \{0,1\}//;p}}' "${BASH_SOURCE[0]}"
    exit 0
    ;;
esac

require_swift
install_missing ca-certificates libssl-dev pkg-config

# Its own build folder inside of the server's: what is fetched here is nothing that the sources' checks should read.
exec swift package --package-path "$here" --scratch-path "$root/.build/benchmarks" -c release \
    --allow-writing-to-package-directory benchmark --no-progress "$@"
