"""Runs the rows of rows.py and reports medians and ratios. Started by relay.sh, which builds what is measured.

Every measurement gets a server of its own, with a fresh data folder: no run inherits another's memory or journal.
Rounds go through all rows, and the order within a row is reversed every other round, so that a drifting machine hits
both sides alike.
"""
import argparse
import base64
import hashlib
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NoReturn

from report import Measured, Summary
from rows import AGENTS, CAPACITY, ROWS, Row, Variant

HERE = pathlib.Path(__file__).resolve().parent
YARDSTICK = HERE / "yardstick"
CERTIFICATE, KEY = YARDSTICK / "certs/cert.pem", YARDSTICK / "certs/key.pem"

PASSWORD = "sangdam-bench"
USAGE, UNAVAILABLE = 64, 69
READY_SECONDS, STOP_SECONDS, LOAD_SECONDS = 20, 15, 600
IDLE_SECONDS = 10
"""At least, as what an idle server does comes seldom."""
SYNCS_PER_ROUND, SYNC_BYTES = 300, 200
DEARER = 1.2
"""From here on `--against` calls a change dearer: single runs on a virtual machine differ by ±15 %."""


class GiveUp(Exception):
    """The run cannot go on; one sentence, and the exit code."""

    def __init__(self, code: int, sentence: str):
        super().__init__(sentence)
        self.code = code


# ---- servers --------------------------------------------------------------------------------------------------------


class Accounts:
    """Agents' accounts, as `sangdam account add` makes them, but with a cheap hash.

    A password costs the server 0.2 s on purpose, and a hundred agents log in at every start. The account file names the
    cost of each hash, so one real account is the pattern for all, hashed at the lowest cost that the server takes.
    """

    def __init__(self, binary: pathlib.Path, scratch: pathlib.Path):
        folder = pathlib.Path(tempfile.mkdtemp(dir=scratch, prefix="accounts-"))
        added = subprocess.run(
            [binary, "account", "add", "bench1", "--role", "agent", "--capacity", str(CAPACITY), "--data", folder],
            input=PASSWORD + "\n", text=True, capture_output=True, env=environment(), check=False)
        if added.returncode != 0:
            raise GiveUp(UNAVAILABLE, f"{binary} account add: {added.stderr.strip()}")
        content = json.loads((folder / "accounts.json").read_text())
        pattern = content["accounts"][0] | {"password": cheap_hash()}
        content["accounts"] = [pattern | {"name": f"bench{number}"} for number in range(1, AGENTS + 1)]
        self.text = json.dumps(content)

    def put_into(self, folder: pathlib.Path) -> None:
        file = folder / "accounts.json"
        file.touch(mode=0o600)
        file.write_text(self.text)


def cheap_hash() -> str:
    salt = os.urandom(16)
    key = hashlib.scrypt(PASSWORD.encode(), salt=salt, n=2**10, r=8, p=1, dklen=32)
    salt_text, key_text = (base64.b64encode(value).decode().rstrip("=") for value in (salt, key))
    return f"$scrypt$ln=10,r=8,p=1${salt_text}${key_text}"


def environment() -> dict[str, str]:
    """Without SANGDAM_…: it would win over relay.yaml."""
    return {key: value for key, value in os.environ.items() if not key.startswith("SANGDAM_")}


def on_core(core: int | None, command: list) -> list[str]:
    """The command on its core. setpriv ends it with us even if we are killed; both become the command itself."""
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    return ["setpriv", "--pdeathsig", "KILL", *pinned, *map(str, command)]


class Server:
    """A server under test: started when entered, stopped by its pid when left, its data folder removed."""

    def __init__(self, bench: "Bench", variant: Variant, binary: pathlib.Path):
        self.data = pathlib.Path(tempfile.mkdtemp(dir=bench.scratch, prefix="data-"))
        self.log = open(self.data / "server.log", "w+b")  # pylint: disable=consider-using-with
        self.port = free_port()
        self.process = None
        if variant.server == "limit":
            command = [YARDSTICK / "relay_limit", "-p", self.port, "-C", CERTIFICATE, "-K", KEY, "-a", "-R"]
        else:
            bench.accounts_of(binary).put_into(self.data)
            command = [
                binary, "serve", "--config", HERE / "relay.yaml", "--listen", f"127.0.0.1:{self.port}",
                "--admin-listen", "127.0.0.1:0", "--data", self.data, "--certificate", CERTIFICATE,
                "--private-key", KEY, "--reactors", variant.reactors, "--durability", variant.durability]
        self.command = on_core(bench.options.server_core if variant.pinned else None, command)

    def __enter__(self) -> "Server":
        try:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=environment())
            end = time.monotonic() + READY_SECONDS
            while not answers(self.port):
                if self.process.poll() is not None or time.monotonic() > end:
                    raise GiveUp(UNAVAILABLE, f"the server does not listen: {' '.join(self.command)}\n{self.words()}")
                time.sleep(0.05)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        shutil.rmtree(self.data, ignore_errors=True)

    def words(self) -> str:
        """The last that it said."""
        self.log.seek(0)
        return b"\n".join(self.log.read().splitlines()[-20:]).decode(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


# ---- measuring ------------------------------------------------------------------------------------------------------


class Bench:
    """One call of relay.sh."""

    def __init__(self, options: argparse.Namespace, scratch: pathlib.Path):
        self.options = options
        self.scratch = scratch
        self.accounts: dict[pathlib.Path, Accounts] = {}

    def accounts_of(self, binary: pathlib.Path) -> Accounts:
        if binary not in self.accounts:
            self.accounts[binary] = Accounts(binary, self.scratch)
        return self.accounts[binary]

    def sides(self, row: Row) -> list[tuple[str, Variant, pathlib.Path]]:
        """What is compared in a row: name, variant and sangdam's binary."""
        if self.options.against:
            return [("base", row.against, self.options.server), ("changed", row.against, self.options.against)]
        return [(variant.name, variant, self.options.server) for variant in row.variants]

    def run(self) -> tuple[list[Measured], GiveUp | None]:
        """All rounds. A failure ends the run; what was measured until then is still told."""
        rows = [Measured(row, [side[0] for side in self.sides(row)], {}, []) for row in self.options.rows]
        try:
            for round_number in range(1, self.options.rounds + 1):
                for measured in rows:
                    self.run_row(measured, round_number)
        except GiveUp as failure:
            return [measured for measured in rows if measured.results], failure
        return rows, None

    def run_row(self, measured: Measured, round_number: int) -> None:
        row = measured.row
        if row.syncs:
            measured.sync_us.append(median_sync_us(self.scratch))
        sides = self.sides(row)
        for name, variant, binary in sides if round_number % 2 else reversed(sides):
            result = self.measure(variant, binary)
            measured.results.setdefault(name, []).append(result)
            print(f"round {round_number}/{self.options.rounds}  {row.name:12} {name:13} "
                  f"{row.figure.get(result):10.{row.figure.decimals}f} {row.figure.name}", file=sys.stderr, flush=True)

    def measure(self, variant: Variant, binary: pathlib.Path) -> dict:
        with Server(self, variant, binary) as server:
            command = on_core(self.options.generator_core if variant.pinned else None,
                              self.generator(variant, server))
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=LOAD_SECONDS, check=False)
            except subprocess.TimeoutExpired:
                raise GiveUp(UNAVAILABLE, f"the generator hangs: {' '.join(command)}") from None
            if done.returncode != 0:
                raise GiveUp(done.returncode if done.returncode > 0 else UNAVAILABLE,
                             f"the generator ended with {done.returncode}: {' '.join(command)}\n{done.stderr.strip()}\n"
                             f"The server's last words:\n{server.words()}")
            return json.loads(done.stdout)

    def generator(self, variant: Variant, server: Server) -> list:
        load, seconds = variant.load, self.options.seconds
        if load.is_idle:
            seconds = max(seconds, IDLE_SECONDS)
        if load.is_idle and variant.server == "sangdam":
            waiting = ["--waiting", "--topic", "general"] if load.kind == "waiting" else []
            return [
                self.options.server, "load", "idle", "--connect", f"127.0.0.1:{server.port}", "--ca-file", CERTIFICATE,
                "--pid", server.process.pid, "--connections", load.connections, "--duration", seconds, "--json",
                *waiting]
        command = [YARDSTICK / "relay_load", "-k", load.kind, "-p", server.port, "-P", server.process.pid,
                   "-t", seconds, "-u", self.options.warmup, "--json", *load.options]
        if load.connections:
            command += ["-n", load.connections]
        if variant.server == "limit":
            return command + ["-m", "line", "-A"]
        return command + ["-m", variant.speaks, "-U", "bench", "-W", PASSWORD, "-T", "general",
                          "-Q", load.chats_per_agent]


def median_sync_us(folder: pathlib.Path) -> float:
    """What an fdatasync after a line's worth of bytes takes on the disk that the journals are on."""
    with tempfile.NamedTemporaryFile(dir=folder, buffering=0) as file:
        times = []
        for _ in range(SYNCS_PER_ROUND):
            file.write(b"x" * SYNC_BYTES)
            begin = time.perf_counter_ns()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter_ns() - begin)
    return statistics.median(times) / 1000


# ---- command line ---------------------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    """Ends with our exit code for wrong usage, and with one sentence: relay.sh has the help."""

    def error(self, message: str) -> NoReturn:
        give_up(GiveUp(USAGE, f"{message} (relay.sh --help)"))


def program(path: str) -> pathlib.Path:
    """Absolute: what starts it would look for a bare name elsewhere."""
    return pathlib.Path(path).absolute()


def parse_arguments() -> argparse.Namespace:
    parser = Parser(prog="relay.sh", add_help=False, allow_abbrev=False)
    parser.add_argument("--server", type=program, required=True)
    parser.add_argument("--against", type=program)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", default="")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--warmup", type=float, default=1)
    parser.add_argument("--cores", default="0,1")
    parser.add_argument("--disk", type=pathlib.Path, default=pathlib.Path("/var/tmp"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", default="text")
    form.add_argument("--markdown", dest="form", action="store_const", const="markdown")
    options = parser.parse_args()
    try:
        options.server_core, options.generator_core = (int(core) for core in options.cores.split(","))
    except ValueError:
        parser.error(f"--cores {options.cores}: two numbers, the server's and the generator's")
    options.rows = chosen_rows(options, parser)
    if options.rounds < 1 or options.seconds < 0.1 or options.warmup < 0:
        parser.error("--rounds from 1, --seconds from 0.1, --warmup from 0")
    return options


def chosen_rows(options: argparse.Namespace, parser: Parser) -> list[Row]:
    named = {row.name: row for row in ROWS}
    names = options.rows.split(",") if options.rows else [row.name for row in ROWS if row.against or not options.against]
    for name in names:
        if name not in named:
            parser.error(f"no row {name}; there are {', '.join(named)}")
        if options.against and not named[name].against:
            parser.error(f"row {name} compares a server with itself: not with --against")
    return [named[name] for name in names]


def check_machine(options: argparse.Namespace) -> None:
    for core in (options.server_core, options.generator_core):
        if core not in os.sched_getaffinity(0):
            raise GiveUp(UNAVAILABLE, f"no core {core} here: a server and its generator need one each (--cores)")
    for binary in filter(None, (options.server, options.against)):
        if not os.access(binary, os.X_OK):
            raise GiveUp(UNAVAILABLE, f"{binary} is no program")
    kind = subprocess.run(["stat", "-f", "-c", "%T", options.disk], capture_output=True, text=True, check=False)
    if kind.returncode != 0 or kind.stdout.strip() in ("tmpfs", "ramfs"):
        raise GiveUp(UNAVAILABLE, f"{options.disk} is not on a disk, and commit is about disks: --disk DIR")


def machine() -> str:
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores, Linux {platform.release()}"


def give_up(failure: GiveUp) -> NoReturn:
    print(f"relay.sh: {failure}", file=sys.stderr)
    sys.exit(failure.code)


def main() -> int:
    # As exceptions, signals leave through every `with`: servers are stopped and folders removed.
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda signal_number, _: sys.exit(128 + signal_number))
    options = parse_arguments()
    try:
        check_machine(options)
        with tempfile.TemporaryDirectory(dir=options.disk, prefix="sangdam-bench-") as scratch:
            rows, failure = Bench(options, pathlib.Path(scratch)).run()
    except GiveUp as early:
        give_up(early)
    summary = Summary(machine(), options.rounds, options.seconds, rows, DEARER if options.against else None)
    print({"json": summary.json, "markdown": summary.markdown, "text": summary.text}[options.form]())
    if failure:
        give_up(failure)
    dearer = summary.dearer()
    if dearer:
        print(f"relay.sh: {options.against} is {DEARER:g} times as dear or more: {', '.join(dearer)}", file=sys.stderr)
    return 1 if dearer else 0


if __name__ == "__main__":
    sys.exit(main())
