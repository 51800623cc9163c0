#!/usr/bin/env bash
# Makes a development CA and a server certificate in Certs/, or leaves them when they are still good.
# For real customers, put a certificate of a public CA in their place and name it in the configuration.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/packages.sh
. deploy/packages.sh

readonly folder=Certs config=Certs/openssl.cnf
# A server's certificate lives a year at most: browsers and the usual checks take a longer one for a mistake. It is made
# anew in its last month, more than the two weeks from which on the server warns. The CA lives longer, because people
# import it by hand and nobody measures an authority's life; it is made anew while it still outlives what it signs.
readonly ca_days=3650 server_days=365 renewal_days=30

command -v openssl >/dev/null || give_up 69 "there is no openssl command. On Debian: apt-get install openssl"

# Keys are never readable by others, not even while they are being written.
umask 077

# is_good CERTIFICATE KEY DAYS: whether a certificate is there, has its key, and is good for so many days more.
is_good() {
    local certificate=$1 key=$2 days=$3
    [ -s "$certificate" ] && [ -s "$key" ] &&
        openssl x509 -in "$certificate" -noout -checkend "$((days * 86400))" >/dev/null 2>&1 &&
        [ "$(openssl x509 -in "$certificate" -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in "$key" -pubout 2>/dev/null)" ]
}

# lives_too_long CERTIFICATE: whether it was made for more days than a server's may have, as they once were.
lives_too_long() {
    local from until
    from=$(date -d "$(openssl x509 -in "$1" -noout -startdate | cut -d = -f 2)" +%s)
    until=$(date -d "$(openssl x509 -in "$1" -noout -enddate | cut -d = -f 2)" +%s)
    [ $((until - from)) -gt $((server_days * 86400)) ]
}

# make_key FILE: an ECDSA key on P-256. Written aside and renamed, so that a half-written one is never found;
# every name ends in .pem, which git ignores.
make_key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.new.pem" 2>/dev/null ||
        give_up 73 "openssl could not make $1."
    mv "$1.new.pem" "$1"
}

if is_good "$folder/ca.pem" "$folder/ca-key.pem" "$((server_days + renewal_days))"; then
    step "Certificates: the development CA is there"
else
    step "Certificates: making a development CA"
    make_key "$folder/ca-key.pem"
    openssl req -new -x509 -config "$config" -extensions ca -subj "/CN=Sangdam development CA" \
        -key "$folder/ca-key.pem" -sha256 -days "$ca_days" -out "$folder/ca.pem.new.pem"
    mv "$folder/ca.pem.new.pem" "$folder/ca.pem"
fi

if is_good "$folder/server.pem" "$folder/server-key.pem" "$renewal_days" && ! lives_too_long "$folder/server.pem" &&
    openssl verify -CAfile "$folder/ca.pem" "$folder/server.pem" >/dev/null 2>&1; then
    step "Certificates: the server's is there"
else
    step "Certificates: making the server's, for localhost, 127.0.0.1 and ::1, $server_days days"
    make_key "$folder/server-key.pem"
    openssl req -new -config "$config" -subj "/CN=localhost" -key "$folder/server-key.pem" \
        -out "$folder/server.csr.pem"
    openssl x509 -req -in "$folder/server.csr.pem" -CA "$folder/ca.pem" -CAkey "$folder/ca-key.pem" \
        -set_serial "0x$(openssl rand -hex 16 | sed 's/^./4/')" -extfile "$config" -extensions server -sha256 \
        -days "$server_days" -out "$folder/server.pem.new.pem" 2>/dev/null ||
        give_up 70 "openssl could not sign the server's certificate."
    rm -f "$folder/server.csr.pem"
    mv "$folder/server.pem.new.pem" "$folder/server.pem"
fi

chmod 600 "$folder/ca-key.pem" "$folder/server-key.pem"
chmod 644 "$folder/ca.pem" "$folder/server.pem"
