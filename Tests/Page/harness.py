# A desk for the page's tests: a server with its data in a temporary folder, a line that can be cut, agents, a browser.

import atexit
import functools
import json
import os
import pathlib
import re
import select
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
import unittest

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "Sources/SangdamServer/Page"
CA = ROOT / "Certs/ca.pem"
CERTIFICATE = ROOT / "Certs/server.pem"
KEY = ROOT / "Certs/server-key.pem"
PASSWORD = "korrekt-pferd-batterie-9"
CONFIGURATION = """
name: {ko: 시험 상담소, en: Test desk, ja: テスト窓口, zh: 测试咨询台}
topics:
  - {id: payment, labels: {ko: 결제, en: Payment, ja: お支払い, zh: 支付}, queue: payment}
  - {id: refund, labels: {ko: 환불, en: Refund, ja: 返金, zh: 退款}, queue: payment}
  - {id: service, labels: {ko: 서비스 이용 방법, en: Using the service, ja: サービスの使い方, zh: 服务使用方法}, queue: general}
  - id: fraud
    labels: {ko: 결제 도용 신고 (긴급), en: Report payment fraud (urgent), ja: 不正決済の通報(緊急), zh: 举报盗刷(紧急)}
    queue: fraud
queues:
  - {id: payment, labels: {ko: 결제·환불, en: Payment and refund}}
  - {id: general, labels: {ko: 일반 상담, en: General}}
  - {id: fraud, labels: {ko: 결제 도용 긴급, en: Payment fraud}, priority: 10, specialists: true}
contacts:
  - id: general
    labels: {ko: 고객센터, en: Customer centre, ja: カスタマーセンター, zh: 客服中心}
    phone: 1588-0000
    open: always
    hours: {ko: 평일 09–18시, en: "Weekdays 09:00–18:00 (Korea)", ja: 平日 9~18時(韓国時間), zh: "工作日 9:00–18:00(韩国时间)"}
  # One minute of the week, on the other side of it.
  - id: office
    labels: {ko: 방문 상담, en: Office, ja: 来店窓口, zh: 现场咨询}
    phone: 02-000-0000
    open: CLOSED
    hours: {ko: 예약제, en: By appointment, ja: 予約制, zh: 需预约}
""".replace("CLOSED", time.strftime("%a 00:00-00:01 +00:00", time.gmtime(time.time() + 3 * 86400)))


def office_hours(weekly, closed):
    """The configuration, but for the queue `payment` and the office's telephone, which have hours in Seoul."""
    queue = "  - {id: payment, labels: {ko: 결제·환불, en: Payment and refund}"
    configuration = CONFIGURATION.replace(queue, f"{queue}, hours: office, closed: {closed}")
    return f"{configuration}time_zone: Asia/Seoul\nhours: {{office: {{weekly: [{weekly}]}}}}\n"


class Sample:
    """The configuration that everybody begins with, and the files beside it."""

    configuration = (ROOT / "deploy/sangdam.yaml").read_text().replace('frame_ancestors: ""', "")
    files = {name: (ROOT / "deploy" / name).read_text() for name in ("faq.yaml", "holidays-kr.ics")}


settings = None
_browser = None
_playwright = None


def browser():
    """One browser for all tests; each test has contexts of its own."""
    global _browser, _playwright
    if _browser is None:
        _playwright = sync_playwright().start()
        _browser = _playwright.chromium.launch(
            executable_path=settings.chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
    return _browser


def close_browser():
    if _browser is not None:
        _browser.close()
        _playwright.stop()


def eventually(what, check, within=15.0):
    """Waits until `check` gives something true and returns it."""
    end = time.monotonic() + within
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {within} s")
        time.sleep(0.05)


class Process:
    """A child whose output is read all the time."""

    def __init__(self, *command, environment={}, **options):
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "NO_COLOR": "1", **environment}
        self.child = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=environment, **options)
        self.output = ""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        while chunk := self.child.stdout.read1(65536):
            self.output += chunk.decode(errors="replace")

    def expect(self, text, within=15.0):
        try:
            eventually(text, lambda: text in self.output or self.child.poll() is not None, within)
            assert text in self.output
        except AssertionError:
            raise AssertionError(f"{text!r} not in:\n{self.output}") from None

    def type(self, line):
        self.child.stdin.write(f"{line}\n".encode())
        self.child.stdin.flush()

    def end(self, signal=None):
        if self.child.poll() is None:
            self.child.send_signal(signal) if signal else self.child.kill()
        status = self.child.wait(15)
        self.reader.join(5)
        self.child.stdin.close()
        self.child.stdout.close()
        return status


def ready(process):
    """What a server says of itself once it listens: `listen` and `admin`."""
    process.expect('"ready"', 20)
    line = next(line for line in process.output.splitlines() if '"ready"' in line)
    return json.loads(line)


class Line:
    """A TCP relay in front of the server: what a browser's connection goes through, so that it can be cut."""

    def __init__(self):
        self.target = None
        self.isCut = False
        self.sockets = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near):
        if self.isCut:
            near.close()
            return
        host, port = self.target.split(":")
        try:
            far = socket.create_connection((host, int(port)))
        except OSError:
            near.close()
            return
        self.sockets |= {near, far}
        back = threading.Thread(target=self._pump, args=(far, near), daemon=True)
        back.start()
        self._pump(near, far)
        back.join()
        for end in (near, far):
            self.sockets.discard(end)
            end.close()

    @staticmethod
    def _pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            for end in (source, sink):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def cut(self):
        """Resets every connection and lets none through until `mend`."""
        self.isCut = True
        for end in list(self.sockets):
            try:
                # A reset, as when a network goes away: no orderly end that would look like leaving.
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def mend(self):
        self.isCut = False

    def close(self):
        self.cut()
        self.listener.close()


@functools.cache
def shifted_clock():
    """The library that shows a server another time: Tests/Clock/shifted-clock.c."""
    folder = tempfile.mkdtemp(prefix="sangdam-clock-")
    atexit.register(shutil.rmtree, folder)
    library = f"{folder}/shifted-clock.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, ROOT / "Tests/Clock/shifted-clock.c"], check=True)
    return library


class Desk:
    def __init__(
        self, limits=None, frameAncestors="", page="", files={}, configuration=CONFIGURATION, supervisors=(), shows=None
    ):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sangdam-page-"))
        (self.folder / "data").mkdir(mode=0o700)
        yaml = configuration + f'frame_ancestors: "{frameAncestors}"\n'
        if limits:
            yaml += "limits:\n" + "".join(f"  {name}: {value}\n" for name, value in limits.items())
        (self.folder / "sangdam.yaml").write_text(yaml + page)
        for name, content in files.items():
            (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        (self.folder / "password").write_text(PASSWORD + "\n")
        (self.folder / "password").chmod(0o600)
        self.children = []
        self.line = Line()
        self.server = None
        self.address = None
        for name in ("kim", "lee", *supervisors):
            role = "supervisor" if name in supervisors else "agent"
            subprocess.run(
                [settings.server, "account", "add", name, "--role", role, "--data", self.folder / "data"],
                input=(PASSWORD + "\n").encode(), check=True, capture_output=True)
        self.start(shows)

    def start(self, shows=None):
        """Starts the server; again on the port that it had. Its clock shows the time `shows`, in seconds since 1970."""
        ahead = {}
        if shows:
            ahead = {"LD_PRELOAD": shifted_clock(), "SHIFTED_CLOCK_SECONDS": str(round(shows - time.time()))}
        self.server = Process(
            settings.server, "serve", "--config", self.folder / "sangdam.yaml",
            "--listen", self.address or "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--data", self.folder / "data",
            "--certificate", CERTIFICATE, "--private-key", KEY, "--ready-json", environment=ahead)
        said = ready(self.server)
        self.address, self.admin = said["listen"], said["admin"]
        self.line.target = self.address

    def reload(self, change):
        """SIGHUP with another configuration, which is in force once the log says so."""
        path = self.folder / "sangdam.yaml"
        path.write_text(change(path.read_text()))
        heard = len(self.server.output)
        self.server.child.send_signal(1)
        eventually("reloaded", lambda: "certificate reloaded" in self.server.output[heard:])

    def command(self, *arguments):
        """Another command of the same binary, for this desk."""
        subprocess.run(
            [settings.server, *arguments, "--config", self.folder / "sangdam.yaml", "--data", self.folder / "data"],
            check=True, capture_output=True)

    def stop(self):
        """SIGTERM: in order, with status 0."""
        status = self.server.end(signal=15)
        assert status == 0, f"the server ended with {status}:\n{self.server.output}"

    def end(self):
        for child in [*self.children, self.server]:
            if child is not None:
                child.end()
        self.line.close()
        shutil.rmtree(self.folder)

    @property
    def url(self):
        """The page, through the line that can be cut. The certificate is for this name too."""
        return f"https://{self.line.address}/"

    def console(self, user="kim"):
        """An agent's console in a pipe, logged in and available."""
        process = Process(
            settings.server, "agent", "--connect", self.address, "--user", user, "--password-file",
            self.folder / "password", "--ca-file", CA, "--lang", "ko", "--plain")
        self.children.append(process)
        process.expect("로그인되었습니다")
        return process

    def agent(self, user="kim"):
        agent = Agent(self.address, user)
        self.children.append(agent)
        return agent

    def journal(self, kind="message"):
        """The journal's lines of one kind, in its order."""
        files = sorted((self.folder / "data/journal").glob("*.jsonl"))
        lines = [json.loads(line) for file in files for line in file.read_text().splitlines()]
        return [line for line in lines if line["type"] == kind]


class Agent:
    """An agent that speaks JSON lines: for what the console does not show, such as typing and seen."""

    def __init__(self, address, user):
        host, port = address.split(":")
        context = ssl.create_default_context(cafile=CA)
        self.socket = context.wrap_socket(socket.create_connection((host, int(port))), server_hostname=host)
        # A TLS connection is no affair for two threads at a time: reading never blocks while it has the lock.
        self.socket.setblocking(False)
        self.lock = threading.Lock()
        self.heard = []
        self.count = 0
        threading.Thread(target=self._read, daemon=True).start()
        self.send(type="hello", role="agent", user=user, password=PASSWORD)
        self.next("welcome")
        self.send(type="status", status="available")

    def _read(self):
        rest = b""
        while True:
            try:
                with self.lock:
                    chunk = self.socket.recv(65536)
            except ssl.SSLWantReadError:
                select.select([self.socket], [], [], 0.1)
                continue
            except (OSError, ValueError):
                return
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            self.heard += map(json.loads, lines)

    def send(self, **message):
        # Small enough for the system's buffer.
        with self.lock:
            self.socket.sendall(json.dumps(message).encode() + b"\n")

    def say(self, chat, text):
        self.count += 1
        self.send(type="say", chat=chat, id=f"a-{self.count}", text=text)

    def next(self, kind, **fields):
        """Takes the first message of this kind with these fields."""
        def find():
            for message in self.heard:
                if message["type"] == kind and all(message.get(key) == value for key, value in fields.items()):
                    self.heard.remove(message)
                    return message
        return eventually(f"{kind} {fields} among {self.heard}", find)

    def accept(self):
        """Takes the next offer; the chat's id."""
        self.send(type="accept", offer=self.next("offer")["offer"])
        return self.next("started")["chat"]

    def end(self):
        with self.lock:
            self.socket.close()


class PageTest(unittest.TestCase):
    """A desk for each test, and pages that fail the test when they complain."""

    limits = None
    # Sites that may show the chat in a frame.
    frameAncestors = ""
    # What the configuration says of the page, and the files beside it.
    pageSettings = ""
    files = {}
    configuration = CONFIGURATION
    supervisors = ()
    # What the server's clock shows at first; None: the time that it is.
    shows = None

    def setUp(self):
        self.desk = Desk(
            self.limits, self.frameAncestors, self.pageSettings, self.files, self.configuration, self.supervisors,
            self.shows)
        self.addCleanup(self.desk.end)
        self.complaints = []
        self.expected = []

    def tearDown(self):
        unexpected = [text for text in self.complaints if not any(re.search(part, text) for part in self.expected)]
        self.assertEqual(unexpected, [])

    def open(self, query="", lang="ko-KR", prepare=None, **options):
        """A page at its topics; `prepare` gets it before it loads anything."""
        options.setdefault("viewport", {"width": 1280, "height": 860})
        context = browser().new_context(ignore_https_errors=True, locale=lang, timezone_id="Asia/Seoul", **options)
        self.addCleanup(context.close)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if prepare:
            prepare(page)
        page.goto(self.desk.url + query)
        page.wait_for_selector(".topic")
        return page

    def enter(self, page, topic="refund"):
        page.click(f"[data-topic={topic}]")
        page.wait_for_selector(".strip[data-phase]")

    def say(self, page, text):
        page.fill("#message", text)
        page.press("#message", "Enter")

    def words(self, page):
        """The texts of the conversation in the order in which they stand there."""
        return page.locator(".log .bubble").all_inner_texts()

    def focused(self, page, selector):
        """Waits until the focus is there."""
        eventually(f"focus on {selector}", lambda: page.evaluate("(name) => document.activeElement.matches(name)", selector))

    def saved(self, page, count):
        """Waits until so many of one's own words are saved."""
        selector = ".own .state[data-state=saved], .own .state[data-state=seen]"
        eventually(f"{count} saved", lambda: page.locator(selector).count() == count)

    def shoot(self, page, name):
        if settings.shots:
            page.screenshot(path=settings.shots / f"{name}.png")

    def look(self, page, name):
        """A view as it is: for somebody to look at, without a fault for axe, and within the screen."""
        page.wait_for_timeout(150)
        self.shoot(page, name)
        report = Axe().run(page)
        self.assertEqual(report.violations_count, 0, f"{name}: {report.generate_report()}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.assertLessEqual(wide, 0, f"{name} is wider than the screen")
        boxes = page.evaluate("""() => [...document.querySelectorAll('button, select, a, textarea, input')]
            .filter((node) => node.checkVisibility() && !node.matches('input[type=radio]'))
            .map((node) => [node.textContent.slice(0, 20), node.getBoundingClientRect()])
            .filter(([, box]) => box.right > innerWidth + 0.5 || box.left < -0.5 || box.height < 24)
            .map(([text]) => text)""")
        self.assertEqual(boxes, [], f"{name}: out of sight or too small to touch")
