#!/usr/bin/env bash
# From a fresh clone to a running desk: installs what is missing, makes development certificates and one agent account,
# builds, starts the server, and prints the two lines to paste into two other terminals. Safe to run twice.
#
#   deploy/run.sh [--config FILE] [other flags for `sangdam serve`, such as --listen 0.0.0.0:8443]
#
# Without --config the configuration is what SANGDAM_CONFIG names, or else deploy/sangdam.yaml. Paths that do not begin
# with / are relative to the project's folder.
set -euo pipefail
for argument in "$@"; do
    case $argument in
    --help | -h)
        sed -n '2,/^set /{/^#/{s/^# \{0,1\}//;p}}' "$0"
        exit 0
        ;;
    esac
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/packages.sh
. deploy/packages.sh

readonly agent=kim

# Configuration and data folder as the server will see them: flag, environment, file, default.
config=${SANGDAM_CONFIG:-deploy/sangdam.yaml}
data=${SANGDAM_DATA:-}
previous=
for argument in "$@"; do
    case $argument in
    --config=*) config=${argument#--config=} ;;
    --data=*) data=${argument#--data=} ;;
    *)
        [ "$previous" != --config ] || config=$argument
        [ "$previous" != --data ] || data=$argument
        ;;
    esac
    previous=$argument
done
readonly config

require_swift
install_missing ca-certificates libcurl4-openssl-dev libgmime-3.0-dev libical-dev libsqlite3-dev libssl-dev libxml2-dev \
    openssl pkg-config tzdata
deploy/certificates.sh

step "Building (the first time takes some minutes)"
swift build -c release --product sangdam || give_up 70 "the build failed; what the compiler said stands above."
readonly sangdam=.build/release/sangdam

"$sangdam" config check --config "$config" || exit $?

if [ -z "$data" ]; then
    data=$(sed -n 's/^data:[[:space:]]*\([^[:space:]#]*\).*/\1/p' "$config" | tr -d '"'"'")
    data=${data:-./data}
fi
readonly data
readonly password_file=${data%/}/$agent.password

if "$sangdam" account list --data "$data" 2>/dev/null | cut -d ' ' -f 1 | grep -qx "$agent"; then
    step "The agent account $agent is there"
else
    step "Making the agent account $agent; its random password goes to $password_file"
    # The sample desk has a queue for specialists. Of another desk's queues the agent serves those for everybody.
    skills=()
    [ "$config" != deploy/sangdam.yaml ] || skills=(--skills "general,payment,account,fraud")
    umask_before=$(umask)
    umask 077
    mkdir -p "$data"
    openssl rand -base64 18 >"$password_file"
    "$sangdam" account add "$agent" --role agent "${skills[@]}" --languages ko,en --config "$config" \
        --data "$data" <"$password_file"
    umask "$umask_before"
fi

step "Starting the server"
ready=$(mktemp)
server=
# shellcheck disable=SC2317 # The traps call it.
finish() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
        kill -TERM "$server"
        wait "$server" && status=0 || status=$?
    fi
    rm -f "$ready"
    exit "$status"
}
trap finish EXIT
trap 'exit 0' INT TERM HUP

# Not in the terminal's foreground group: Ctrl-C reaches this script, which ends the server in order.
set -m
"$sangdam" serve --config "$config" --data "$data" --ready-json "$@" >"$ready" &
server=$!
set +m

for _ in $(seq 1 300); do
    [ ! -s "$ready" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
if [ ! -s "$ready" ]; then
    if kill -0 "$server" 2>/dev/null; then give_up 70 "the server did not get ready within 30 s."; fi
    status=0
    wait "$server" || status=$?
    server=
    printf '\nThe server did not start (exit %s); its own words stand above.\n' "$status" >&2
    case $status in
    69) echo "Is another server running? Stop it, or give this one places of its own: deploy/run.sh --listen 127.0.0.1:8444 --admin-listen 127.0.0.1:9465 --data ./data2" >&2 ;;
    77) echo "A key or the account file can be read by others: chmod 600 the file that is named." >&2 ;;
    esac
    exit "$status"
fi

listen=$(sed -n 's/.*"listen":"\([^"]*\)".*/\1/p' "$ready")
# Who listens everywhere is reached here under the name in the certificate.
case $listen in
0.0.0.0:* | \[::\]:*) connect=127.0.0.1:${listen##*:} ;;
*) connect=$listen ;;
esac

# Without the file (deleted, or the account was made by hand) the console asks for the password.
password_flag=
[ ! -r "$password_file" ] || password_flag=" --password-file $password_file"

cat >&2 <<END

The desk is open on $listen. In a browser: https://$connect/ (it does not know the development certificate and asks).
Or paste these into two other terminals, in this folder:

  a customer:
    openssl s_client -brief -nocommands -CAfile Certs/ca.pem -connect $connect

  the agent $agent (/accept what is offered, /help for the rest):
    $sangdam agent --connect $connect --user $agent$password_flag --ca-file Certs/ca.pem

Ctrl-C here closes the desk.

END

status=0
wait "$server" || status=$?
server=
exit "$status"
