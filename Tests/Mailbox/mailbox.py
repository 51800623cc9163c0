"""A mail server for tests, by aiosmtpd: it takes mails on 127.0.0.1 and prints each as a line of JSON.

    mailbox.py [--port N] [--certificate FILE --key FILE] [--user NAME --password-file FILE]

The first line says {"port": N}. What it does with the next mails is told on stdin, a word a line:

    take      takes them (as at first)
    refuse    never takes them for that receiver: 550 to RCPT
    defer     not now: 451 to RCPT
    deny      takes none from us: 550 to MAIL
    lose      takes them, and the connection breaks before it says so
    hold      takes them, and says so only after the next word

With a certificate nothing is taken without STARTTLS; with a user, nothing without login. It ends with its stdin.
"""

import argparse
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    """What to do with mails, and those that came."""

    def __init__(self):
        self.word = "take"
        self.turn = asyncio.Event()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.word == "deny":
            return "550 5.7.1 we know no such sender"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.word == "refuse":
            return "550 5.1.1 no such user"
        if self.word == "defer":
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        word = self.word
        say({"from": envelope.mail_from, "to": envelope.rcpt_tos, "data": envelope.content.decode("ascii")})
        if word == "lose":
            server.transport.abort()
        elif word == "hold":
            await self.turn.wait()
        return "250 OK"

    def hear(self, word):
        self.word = word
        self.turn.set()
        self.turn = asyncio.Event()


def say(line):
    print(json.dumps(line), flush=True)


async def serve(options):
    mailbox = Mailbox()
    tls = None
    if options.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate, options.key)
    password = None
    if options.user:
        with open(options.password_file, "rb") as file:
            password = file.readline().strip()

    def authenticate(server, session, envelope, mechanism, data):
        success = data.login == options.user.encode() and data.password == password
        return AuthResult(success=success, handled=False)

    def protocol():
        return SMTP(
            mailbox, tls_context=tls, require_starttls=tls is not None, auth_required=password is not None,
            auth_require_tls=tls is not None, authenticator=authenticate if password else None,
            hostname="mailbox.example")

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", options.port)
    say({"port": server.sockets[0].getsockname()[1]})
    words = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(words), sys.stdin)
    while line := await words.readline():
        mailbox.hear(line.decode().strip())
        say({"will": mailbox.word})


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
for name in ["--certificate", "--key", "--user", "--password-file"]:
    parser.add_argument(name)
asyncio.run(serve(parser.parse_args()))
