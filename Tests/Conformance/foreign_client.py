#!/usr/bin/env python3
# A WebSocket client that others wrote (websockets, from PyPI) against the real server's chat port, over TLS.
#
#   python3 -B Tests/Conformance/foreign_client.py --server .build/debug/sangdam [unittest's arguments]
#
# Needs certificates in Certs/ (deploy/certificates.sh) and requirements.txt; run.sh beside this brings both.

import argparse
import json
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Opcode
from websockets.sync.client import connect

ROOT = pathlib.Path(__file__).resolve().parents[2]
CERTS = ROOT / "Certs"
PASSWORD = "korrekt-pferd-batterie-9"
SUBPROTOCOL = "sangdam.v1"
WAIT_SECONDS = 15
FRAGMENTS = 64
"""That a message may come in. This client ends each message with an empty one of its own."""
CONTROL_FRAMES = 10
"""Within a second."""

binary = None


class Desk:
    """A server with an agent's account and its data in a temporary folder."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sangdam-conformance-"))
        self.process = None
        try:
            data = self.folder / "data"
            data.mkdir(mode=0o700)
            subprocess.run(
                [binary, "account", "add", "kim", "--role", "agent", "--data", data],
                input=f"{PASSWORD}\n".encode(), check=True, capture_output=True)
            with open(self.folder / "log", "wb") as log:
                self.process = subprocess.Popen(
                    [binary, "serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--data", data,
                     "--certificate", CERTS / "server.pem", "--private-key", CERTS / "server-key.pem", "--ready-json"],
                    cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError((self.folder / "log").read_text())
            self.port = int(json.loads(line)["listen"].rsplit(":", 1)[1])
        except BaseException:
            self.end()
            raise

    def end(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        shutil.rmtree(self.folder)

    def client(self, **options):
        """A connection that speaks WebSocket; not yet welcomed."""
        options.setdefault("subprotocols", [SUBPROTOCOL])
        return connect(
            f"wss://127.0.0.1:{self.port}/chat", ssl=ssl.create_default_context(cafile=CERTS / "ca.pem"),
            open_timeout=WAIT_SECONDS, close_timeout=WAIT_SECONDS, ping_interval=None, **options)


class Agent:
    """An agent that speaks JSON lines, as consoles do."""

    def __init__(self, desk):
        context = ssl.create_default_context(cafile=CERTS / "ca.pem")
        plain = socket.create_connection(("127.0.0.1", desk.port), WAIT_SECONDS)
        self.socket = context.wrap_socket(plain, server_hostname="127.0.0.1")
        self.lines = self.socket.makefile("rb")
        self.send(type="hello", role="agent", user="kim", password=PASSWORD)
        self.next("welcome")
        self.send(type="status", status="available", auto_accept=True)

    def send(self, **message):
        self.socket.sendall(json.dumps(message).encode() + b"\n")

    def next(self, kind):
        """The next message of this kind; others are passed over."""
        while line := self.lines.readline():
            message = json.loads(line)
            if message["type"] == kind:
                return message
        raise AssertionError(f"the server ended before {kind}")

    def end(self):
        self.lines.close()
        self.socket.close()


def send(client, **message):
    client.send(json.dumps(message, ensure_ascii=False))


def receive(client, kind):
    """The next message of this kind; others are passed over."""
    while True:
        text = client.recv(WAIT_SECONDS)
        assert isinstance(text, str), "messages are text"
        message = json.loads(text)
        if message["type"] == kind:
            return message


def pieces(data, count):
    """The bytes in so many pieces, cut wherever it comes, also within characters."""
    cuts = [len(data) * number // count for number in range(count + 1)]
    return [data[start:end] for start, end in zip(cuts, cuts[1:])]


class DeskTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk()
        cls.addClassCleanup(cls.desk.end)

    def customer(self):
        """A welcomed customer."""
        client = self.enterContext(self.desk.client())
        send(client, type="hello", role="customer", lang="ko")
        receive(client, "welcome")
        return client

    def assert_closed(self, client, code):
        """The server closes with this code."""
        with self.assertRaises(ConnectionClosed) as caught:
            while True:
                client.recv(WAIT_SECONDS)
        self.assertIsNotNone(caught.exception.rcvd, "without a close frame")
        self.assertEqual(caught.exception.rcvd.code, code, caught.exception.rcvd.reason)


class Opening(DeskTest):
    def test_agrees_on_the_subprotocol_and_on_no_extension(self):
        # The client offers permessage-deflate by itself.
        with self.desk.client(subprotocols=["chat.v9", SUBPROTOCOL]) as client:
            self.assertEqual(client.subprotocol, SUBPROTOCOL)
            self.assertEqual(client.protocol.extensions, [])
            self.assertIn("permessage-deflate", client.request.headers["Sec-WebSocket-Extensions"])

    def test_refuses_whom_it_must(self):
        for what, status, options in (
                ("without our subprotocol", 400, {"subprotocols": None}),
                ("with another subprotocol", 400, {"subprotocols": ["chat.v9"]}),
                ("from a page of another site", 403, {"origin": "https://elsewhere.example"}),
                ("from a page without a site", 403, {"origin": "null"})):
            with self.subTest(what):
                with self.assertRaises(InvalidStatus) as caught, self.desk.client(**options):
                    pass
                self.assertEqual(caught.exception.response.status_code, status)

    def test_lets_its_own_page_in(self):
        with self.desk.client(origin=f"https://127.0.0.1:{self.desk.port}") as client:
            self.assertEqual(client.subprotocol, SUBPROTOCOL)


class Messages(DeskTest):
    def test_text(self):
        client = self.customer()
        send(client, type="ping", n=7)
        self.assertEqual(receive(client, "pong")["n"], 7)

    def test_no_json_is_an_error_and_no_end(self):
        client = self.customer()
        client.send("안녕하세요")
        self.assertEqual(receive(client, "error")["code"], "bad_json")
        send(client, type="ping", n=8)
        self.assertEqual(receive(client, "pong")["n"], 8)

    def test_fragments(self):
        client = self.customer()
        # An unknown field is ignored: only what is whole and UTF-8 gets an answer.
        text = json.dumps({"type": "ping", "n": 9, "또": "나누어 보낸 글" * 50}, ensure_ascii=False).encode()
        for count in (1, 2, 7, FRAGMENTS - 1):
            with self.subTest(count):
                client.send(pieces(text, count), text=True)
                self.assertEqual(receive(client, "pong")["n"], 9)

    def test_more_fragments_than_it_takes(self):
        client = self.customer()
        client.send(pieces(b'{"type":"ping","n":1}' + b" " * 100, FRAGMENTS), text=True)
        self.assert_closed(client, 1009)

    def test_a_megabyte(self):
        client = self.customer()
        send(client, type="say", id="c-1", text="x" * 1_000_000)
        self.assert_closed(client, 1009)

    def test_binary(self):
        client = self.customer()
        client.send(b'{"type":"ping","n":1}')
        self.assert_closed(client, 1003)

    def test_bytes_that_are_no_text(self):
        client = self.customer()
        client.send(b'{"type":"ping","n":1,"x":"\xed\xa0\x80"}', text=True)
        self.assert_closed(client, 1007)


class Control(DeskTest):
    def test_pings_are_answered(self):
        client = self.customer()
        for data in (b"", b"pay", bytes(range(125))):
            with self.subTest(data):
                self.assertTrue(client.ping(data).wait(WAIT_SECONDS))

    def test_a_flood_of_pings(self):
        client = self.customer()
        frames = b"".join(ping_frame(number) for number in range(4 * CONTROL_FRAMES))
        client.socket.sendall(frames)
        self.assert_closed(client, 1008)

    def test_close_is_answered_with_the_same_code(self):
        for code in (1000, 1001, 3000, 4999):
            with self.subTest(code):
                client = self.customer()
                client.close(code)
                self.assertEqual((client.protocol.close_rcvd.code, client.protocol.close_rcvd_then_sent), (code, False))


def ping_frame(number):
    """A masked ping (RFC 6455 §5.5.2), as bytes: the client itself would wait for room and answers."""
    return bytes([0x80 | Opcode.PING, 0x80 | 1, 0, 0, 0, 0, number])


class WholeChat(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.end)

    def test_with_an_agent_of_json_lines(self):
        agent = Agent(self.desk)
        self.addCleanup(agent.end)
        with self.desk.client() as customer:
            send(customer, type="hello", role="customer", lang="ko", name="민지")
            self.assertEqual(receive(customer, "welcome")["lang"], "ko")
            send(customer, type="topics")
            topic = receive(customer, "topics")["topics"][0]["id"]
            send(customer, type="enter", topic=topic)
            chat = receive(customer, "queued")["chat"]
            self.assertEqual(receive(customer, "started")["chat"], chat)
            self.assertEqual(agent.next("started")["chat"], chat)

            said = [f"환불이 안 돼요 {number} 💳 “quoted” \\ \u2028" for number in range(8)]
            for number, text in enumerate(said):
                send(customer, type="say", id=f"c-{number}", text=text)
            heard = [agent.next("message") for _ in said]
            self.assertEqual([message["text"] for message in heard], said)
            acks = [receive(customer, "ack") for _ in said]
            self.assertEqual([ack["id"] for ack in acks], [f"c-{number}" for number in range(len(said))])
            self.assertEqual([ack["seq"] for ack in acks], [message["seq"] for message in heard])

            agent.send(type="typing", chat=chat, on=True)
            self.assertTrue(receive(customer, "typing")["on"])
            for number in range(3):
                agent.send(type="say", chat=chat, id=f"a-{number}", text=f"확인해 보겠습니다 {number}")
            answers = [receive(customer, "message") for _ in range(3)]
            self.assertEqual([answer["text"] for answer in answers], [f"확인해 보겠습니다 {n}" for n in range(3)])
            self.assertGreater(answers[0]["seq"], acks[-1]["seq"])

            agent.send(type="end", chat=chat)
            ended = receive(customer, "ended")
            self.assertEqual(ended["reason"], "agent_ended")
            self.assertTrue(ended["receipt"])
            send(customer, type="rate", score=5, comment="고마워요")
            self.assertEqual(receive(customer, "ok")["for"], "rate")

    def test_a_close_is_no_leave(self):
        agent = Agent(self.desk)
        self.addCleanup(agent.end)
        with self.desk.client() as customer:
            send(customer, type="hello", role="customer", lang="ko")
            token = receive(customer, "welcome")["token"]
            send(customer, type="enter", topic="general")
            chat = receive(customer, "started")["chat"]
        agent.next("party")
        agent.send(type="say", chat=chat, id="a-1", text="거기 계세요?")
        agent.next("ack")
        with self.desk.client() as customer:
            send(customer, type="hello", role="customer", resume=token, after=0)
            self.assertEqual(receive(customer, "started")["chat"], chat)
            self.assertEqual(receive(customer, "message")["text"], "거기 계세요?")

    def test_a_stopped_server_says_bye_and_why(self):
        with self.desk.client() as customer:
            send(customer, type="hello", role="customer", lang="en")
            receive(customer, "welcome")
            self.desk.process.send_signal(signal.SIGTERM)
            bye = receive(customer, "bye")
            self.assertTrue(bye["reconnect"])
            with self.assertRaises(ConnectionClosed) as caught:
                customer.recv(WAIT_SECONDS)
            self.assertEqual(caught.exception.rcvd.code, 1012)
            self.assertEqual(self.desk.process.wait(WAIT_SECONDS), 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--server", required=True, type=pathlib.Path)
    arguments, rest = parser.parse_known_args()
    binary = arguments.server.resolve()
    unittest.main(argv=[sys.argv[0], *rest])
