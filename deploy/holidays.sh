#!/usr/bin/env bash
# Makes deploy/holidays-kr.ics anew: Korea's public holidays from FIRST to LAST year, one event a day. Install what comes
# out beside the configuration that names it; days that were switched off there by hand are on again. Safe to run twice.
#
#   deploy/holidays.sh [FIRST LAST]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/packages.sh
. deploy/packages.sh
# shellcheck source=deploy/python.sh
. deploy/python.sh

case ${1:-} in
--help | -h)
    sed -n '2,/^set /{/^#/{s/^# \{0,1\}//;p}}' deploy/holidays.sh
    exit 0
    ;;
esac
first=${1:-$(date +%Y)}
last=${2:-$((first + 2))}
python_with deploy/holidays-requirements.txt
# shellcheck disable=SC2154 # python_with sets it.
"$python" deploy/holiday_file.py "$first" "$last" >.build/holidays-kr.ics
mv .build/holidays-kr.ics deploy/holidays-kr.ics
step "deploy/holidays-kr.ics: $(grep -c BEGIN:VEVENT deploy/holidays-kr.ics) days from $first to $last"
