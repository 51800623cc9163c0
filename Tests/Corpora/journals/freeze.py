#!/usr/bin/env python3
# Freezes a journal: has a server write one in which every kind of line occurs, over restarts and changes of day, and
# keeps it beside this file. To be run once for every format that is released, with the binary that writes it:
#
#   python3 -B Tests/Corpora/journals/freeze.py --server .build/debug/sangdam --name format-2
#
# Needs the commands openssl and faketime. README.md beside this says what the files are and which test reads them.

import argparse
import itertools
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PASSWORD = "korrekt-pferd-batterie-9"
WAIT_SECONDS = 20
CONFIGURATION = """
name: {ko: 시험 상담소, en: Test desk}
topics:
  - {id: payment, labels: {ko: 결제, en: Payment}, queue: payment}
  - {id: general, labels: {ko: 기타 문의, en: Something else}, queue: general}
  - {id: fraud, labels: {ko: 도용 신고, en: Report fraud}, queue: fraud}
queues:
  - {id: payment, labels: {ko: 결제, en: Payment}}
  - {id: general, labels: {ko: 일반, en: General}}
  - {id: fraud, labels: {ko: 긴급, en: Urgent}, priority: 10, specialists: true}
limits:
  offer_seconds: 2
  agent_hold_seconds: 4
  idle_reminder_seconds: 2
  idle_end_seconds: 600
  customer_hold_seconds: 6
  wrap_up_seconds: 3600
  rating_seconds: 1
"""


class Server:
    """The server in a folder, in several lives."""

    def __init__(self, binary, folder):
        self.binary, self.folder, self.process = binary, folder, None
        self.data = folder / "data"
        self.data.mkdir(mode=0o700)
        (folder / "sangdam.yaml").write_text(CONFIGURATION)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out",
             "cert.pem"], cwd=folder, check=True, capture_output=True)
        os.chmod(folder / "key.pem", 0o600)

    def account(self, *arguments):
        subprocess.run(
            [self.binary, "account", *arguments, "--data", self.data], input=f"{PASSWORD}\n".encode(), check=True,
            capture_output=True)

    def knows(self, *command):
        """Whether this version has the subcommand."""
        *parent, name = command
        text = subprocess.run([self.binary, *parent, "--help"], capture_output=True, text=True).stdout
        return any(line.split()[:1] == [name] for line in text.splitlines())

    def start(self, hours):
        """A life that is so many hours away from now."""
        fake = ["faketime", "-f", f"{hours:+}h"] if hours else []
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                fake + [self.binary, "serve", "--config", self.folder / "sangdam.yaml", "--listen", "127.0.0.1:0",
                        "--admin-listen", "127.0.0.1:0", "--data", self.data, "--certificate",
                        self.folder / "cert.pem", "--private-key", self.folder / "key.pem", "--ready-json"],
                env={**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}, start_new_session=True,
                stdout=subprocess.PIPE, stderr=log)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError((self.folder / "log").read_text())
        self.port = int(json.loads(line)["listen"].rsplit(":", 1)[1])

    def end(self, number):
        if not self.process:
            return
        # faketime runs the server as a child of its own.
        os.killpg(self.process.pid, number)
        self.process.wait()
        self.process.stdout.close()
        self.process = None

    def connect(self):
        context = ssl.create_default_context(cafile=self.folder / "cert.pem")
        plain = socket.create_connection(("127.0.0.1", self.port), WAIT_SECONDS)
        return context.wrap_socket(plain, server_hostname="127.0.0.1")


class Client:
    """Speaks JSON lines."""

    ids = itertools.count(1)

    def __init__(self, server, **hello):
        self.socket = server.connect()
        self.lines = self.socket.makefile("rb")
        self.send(type="hello", **hello)
        self.welcome = self.next("welcome")

    def send(self, **message):
        self.socket.sendall(json.dumps(message, ensure_ascii=False).encode() + b"\n")

    def next(self, *kinds):
        """The next message of one of these kinds; others are passed over."""
        while line := self.lines.readline():
            message = json.loads(line)
            if message["type"] == "error":
                raise AssertionError(message)
            if message["type"] in kinds:
                return message
        raise AssertionError(f"the server ended before {kinds}")

    def say(self, text, **more):
        self.send(type="say", id=f"m-{next(Client.ids)}", text=text, **more)
        return self.next("ack")

    def lose(self):
        """The connection is gone without a word."""
        self.lines.close()
        self.socket.close()


class Customer(Client):
    def __init__(self, server, topic, intake=None, **hello):
        super().__init__(server, role="customer", **hello)
        self.token = self.welcome["token"]
        self.send(type="enter", topic=topic, **({"intake": intake} if intake else {}))
        self.chat = self.next("queued")["chat"]

    def back(self, server):
        Client.__init__(self, server, role="customer", resume=self.token, after=0)


class Agent(Client):
    def __init__(self, server, name):
        super().__init__(server, role="agent", user=name, password=PASSWORD)

    def status(self, status, **more):
        self.send(type="status", status=status, **more)
        self.next("status", "ok")

    def accept(self):
        self.send(type="accept", offer=self.next("offer")["offer"])
        return self.next("started")["chat"]


class ByHand:
    """A person with openssl or ncat."""

    def __init__(self, server):
        self.socket = server.connect()
        self.lines = self.socket.makefile("rb")
        # The timer that tells a silent person from a program is stopped, too: a first line does the same.
        self.type("")
        self.wait("1)", "1.", "1 ")

    def type(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def wait(self, *words):
        while line := self.lines.readline():
            if any(word in line.decode() for word in words):
                return line.decode()
        raise AssertionError(f"the server ended before {words}")


def last_month(server):
    """Somebody who is forgotten by now."""
    choi = Agent(server, "choi")
    choi.status("offline")
    choi.lose()
    time.sleep(1)


def yesterday(server):
    """What needs no timer: faketime stops them."""
    kim = Agent(server, "kim")
    kim.status("available")
    asking = Customer(
        server, "payment", {"what": "결제 오류", "when": "어제 \"저녁\"", "account": "kim@example.com"}, lang="ko",
        name="김철수")
    kim.send(type="decline", offer=kim.next("offer")["offer"], reason="점심")
    kim.next("offer_closed")
    lee = Agent(server, "lee")
    lee.status("available", capacity=3)
    assert lee.accept() == asking.chat
    asking.send(type="intake", intake={"goal": "환불"})
    asking.next("ok")
    asking.say("환불이 \u2028안 돼요 \U0001F642")
    lee.say("확인하겠습니다", chat=asking.chat)
    lee.send(type="note", chat=asking.chat, id="n-1", text="두 번 결제됨")
    lee.next("ack")
    asking.send(type="lang", lang="en")
    asking.next("ok")
    asking.lose()
    while lee.next("party")["state"] != "away":
        pass
    asking.back(server)
    while lee.next("party")["state"] != "back":
        pass

    # By hand: called, and gone before the answer.
    lee.status("break")
    person = ByHand(server)
    person.type("2")
    for _ in range(8):
        person.type("")
    offer = kim.next("offer")
    person.type("/나가기")
    assert kim.next("offer_closed")["reason"] == "rescinded", offer
    person.socket.close()

    # From hand to hand, to the end.
    moving = Customer(server, "payment", lang="ja")
    assert kim.accept() == moving.chat
    kim.say("お待たせしました", chat=moving.chat)
    lee.status("available", capacity=3)
    kim.send(type="transfer", chat=moving.chat, to={"queue": "general"}, kind="cold")
    assert lee.accept() == moving.chat
    lee.send(type="transfer", chat=moving.chat, to={"agent": "kim"}, kind="cold")
    assert kim.accept() == moving.chat
    kim.send(type="end", chat=moving.chat)
    moving.next("ended")
    kim.send(type="wrapup", chat=moving.chat, disposition="환불 완료", resolved=True, tags=["vip", "카드"])
    kim.next("ok")
    moving.send(type="rate", score=5, comment="감사합니다 \\o/")
    moving.next("ok")

    # Nobody serves this queue.
    waiting = Customer(server, "fraud", {"what": "도용"}, lang="ko")
    waiting.say("急いで/빨리요")
    return asking, waiting


def accounts(server):
    """What can happen to an account, where this version writes it down."""
    if not server.knows("account", "lock"):
        return
    server.account("add", "park", "--role", "agent")
    kim = Agent(server, "kim")
    kim.status("available")
    customer = Customer(server, "general", lang="ko")
    kim.accept()
    server.account("edit", "kim", "--capacity", "1")
    kim.next("bye")
    customer.next("queued")
    customer.send(type="leave")
    customer.next("ended")
    server.account("lock", "park")
    server.account("unlock", "park")
    server.account("password", "park")
    server.account("remove", "park")
    time.sleep(1)


def hours(server, waiting):
    """A queue is closed by a command while somebody waits in it, where this version knows hours."""
    if not server.knows("override"):
        return
    subprocess.run([server.binary, "override", "fraud", "closed", "--data", server.data], check=True,
                   capture_output=True)
    waiting.next("delayed")


def today(server, asking, waiting):
    """After the restart: what needs timers, and at the end something is open in every way there is."""
    asking.back(server)
    waiting.back(server)
    hours(server, waiting)
    kim = Agent(server, "kim")
    lee = Agent(server, "lee")
    lee.status("available", capacity=8)
    asking.say("I am back")
    lee.say("Still there?", chat=asking.chat)
    # Silence: the customer is reminded.
    while asking.next("message")["from"] != "system":
        pass

    # An offer that nobody answers; then the chat of an agent who is lost goes back to the head of its queue.
    lee.status("break")
    kim.status("available")
    kept = Customer(server, "general", lang="en")
    kim.next("offer")
    assert kim.next("offer_closed")["reason"] == "expired"
    assert kim.accept() == kept.chat
    kept.say("hello")
    kim.say("hello", chat=kept.chat)
    kim.lose()
    assert kept.next("queued")["chat"] == kept.chat
    lee.status("available", capacity=8)
    assert lee.accept() == kept.chat

    # A customer who never comes back, and a chat that nobody can come back to.
    gone = Customer(server, "fraud", lang="zh")
    gone.lose()
    time.sleep(8)

    lee.status("break")
    accounts(server)
    lee.status("available", capacity=8, auto_accept=True)
    ending = Customer(server, "payment", lang="ko", name="이영희")
    lee.next("started")
    ending.say("끝났어요")
    lee.send(type="end", chat=ending.chat)
    ending.next("ended")
    lee.send(type="transfer", chat=kept.chat, to={"queue": "fraud"}, kind="cold")
    kept.next("queued")
    lee.status("available", capacity=8, auto_accept=False)
    # One that was just declined waits out the pause; one that was not answered is on offer for the second time.
    declined = Customer(server, "payment", {"what": "declined"}, lang="en")
    lee.send(type="decline", offer=lee.next("offer")["offer"], reason="not now")
    lee.next("offer_closed")
    called = Customer(server, "general", {"what": "open offer"}, lang="en")
    assert lee.next("offer")["chat"] == called.chat
    assert lee.next("offer_closed")["reason"] == "expired"
    assert lee.next("offer")["chat"] == called.chat
    # Whom nobody refers to any more has hung up: the agent is there until the crash.
    return lee, {"active": asking, "wrap_up": ending, "transferred": kept, "waiting": waiting, "declined": declined,
                 "offered": called}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True, type=pathlib.Path, help="the binary that writes the journal")
    parser.add_argument("--name", required=True, help="the folder beside this file")
    arguments = parser.parse_args()
    binary = arguments.server.resolve()
    target = HERE / arguments.name
    if target.exists():
        parser.error(f"{target} is frozen: what is released does not change")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sangdam-freeze-"))
    server = Server(binary, folder)
    try:
        for name in ("kim", "lee", "choi"):
            server.account("add", name, "--role", "agent", "--capacity", "4")
        server.start(-32 * 24)
        last_month(server)
        server.end(signal.SIGKILL)
        server.start(-24)
        asking, waiting = yesterday(server)
        # A crash, not an end in order: nobody is told.
        server.end(signal.SIGKILL)
        server.start(0)
        _agent, open_chats = today(server, asking, waiting)
        server.end(signal.SIGKILL)
        subprocess.run([binary, "transcript", "verify", "--data", server.data], check=True)
        lines = [json.loads(line) for file in sorted((server.data / "journal").iterdir())
                 for line in file.read_text().splitlines()]
        kinds = sorted({line["type"] for line in lines})
        print(f"{len(lines)} lines, {len(kinds)} kinds: {' '.join(kinds)}")
        target.mkdir()
        shutil.copytree(server.data / "journal", target / "journal")
        chats = {how: {"chat": client.chat, "token": client.token} for how, client in open_chats.items()}
        (target / "open.json").write_text(json.dumps(chats, indent=2) + "\n")
    finally:
        server.end(signal.SIGKILL)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
