# shellcheck shell=bash
# Sourced by run.sh, test.sh and the benchmarks: Debian packages, installed only when one is missing, and the words of a
# script that tells what it does.

# What happens now.
step() { printf '\n==> %s\n' "$*" >&2; }

# Something that cannot be had: one sentence and the end. The first argument is the exit code (sysexits).
give_up() {
    local code=$1
    shift
    printf '\nerror: %s\n' "$*" >&2
    exit "$code"
}

# Whether a Debian package is installed.
has_package() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_missing PACKAGE...: installs those that are not there. Services that a package brings along are not started.
install_missing() {
    local missing=() package
    for package in "$@"; do
        has_package "$package" || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        step "Debian packages: all there ($*)"
        return
    fi
    step "Debian packages: installing ${missing[*]}"
    command -v apt-get >/dev/null || give_up 69 "this needs the packages ${missing[*]}, and there is no apt-get here."
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            give_up 77 "installing needs root. As root, run: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    # A policy-rc.d that says 101 keeps dpkg from starting services. One that is there already is left alone.
    local policy=/usr/sbin/policy-rc.d made_policy=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 755 "$policy"
        made_policy=yes
    fi
    local status=0
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
        'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' sh "${missing[@]}" >&2 || status=$?
    [ -z "$made_policy" ] || "${as_root[@]}" rm -f "$policy"
    [ "$status" -eq 0 ] ||
        give_up 69 "apt-get could not install ${missing[*]}. Is the network there, and are the package sources right?"
}

# A Swift toolchain of at least the version that Package.swift asks for.
require_swift() {
    command -v swift >/dev/null ||
        give_up 69 "there is no swift in PATH. Sangdam needs the Swift 6.3 toolchain: https://www.swift.org/install/linux/"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    local major=${version%%.*} minor=${version#*.}
    if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 3 ]; }; then
        give_up 69 "Swift ${version:-of an unknown version} is here; Sangdam needs 6.3 or later."
    fi
    step "Swift $version"
}
