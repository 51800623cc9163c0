"""The rows of relay.sh: what is run, which figure counts, and what it must reach.

A row is data: its variants (who serves, under which load), the figure that is read from each result, and its verdict.
relay.py runs them. Targets are ratios of medians, so that they hold on other machines too.
"""
import dataclasses
from collections.abc import Callable

AGENTS = 100
"""Accounts bench1 … benchK. Each of them takes CAPACITY chats at most, the account file's largest number."""
CAPACITY = 100

KIBIBYTE = 1024


@dataclasses.dataclass(frozen=True)
class Load:
    """What the generator does. `kind` is relay_load's workload, or `waiting`: customers in a queue nobody serves."""

    kind: str
    connections: int = 0
    options: tuple[str, ...] = ()
    chats_per_agent: int = 1

    @property
    def is_idle(self) -> bool:
        """Whether nobody says anything."""
        return self.kind in ("idle", "waiting")


@dataclasses.dataclass(frozen=True)
class Variant:
    """One side of a comparison. `server` is `limit` (the C relay) or `sangdam`; `speaks` is relay_load's protocol for
    sangdam."""

    name: str
    server: str
    load: Load
    durability: str = "none"
    reactors: int = 1
    pinned: bool = True
    speaks: str = "sangdam"


@dataclasses.dataclass(frozen=True)
class Figure:
    """A number of a result, with its name and whether more of it is better."""

    name: str
    get: Callable[[dict], float]
    more_is_better: bool = False
    decimals: int = 2


def number(name: str, *keys: str, more: bool = False, factor: float = 1, decimals: int = 2) -> Figure:
    """The number that stands in a result under the nested keys."""

    def get(result: dict) -> float:
        for key in keys:
            result = result[key]
        return result * factor

    return Figure(name, get, more, decimals)


CPU_PER_MESSAGE = number("server us/msg", "server_us_per_message")
CPU_PER_HANDSHAKE = number("server us/handshake", "server_us_per_handshake", decimals=1)
MESSAGES = number("msgs/s", "messages_per_second", more=True, decimals=0)
HANDSHAKES = number("handshakes/s", "handshakes_per_second", more=True, decimals=0)
P50 = number("delivery p50 us", "latency_us", "p50", decimals=1)
P99 = number("delivery p99 us", "latency_us", "p99", decimals=1)
ACK_P99 = number("ack p99 us", "ack_latency_us", "p99", decimals=1)
SERVER_CORES = number("server cores", "server_cores")
GENERATOR_CORES = number("generator cores", "generator_cores")
MEMORY = number("KB a connection", "kib_per_connection", factor=KIBIBYTE / 1000)
KIBIBYTES = number("KiB a connection", "kib_per_connection")
IDLE_CPU = number("% of a core while idle", "idle_server_cores", factor=100)

ABOUT_RELAY = (CPU_PER_MESSAGE, MESSAGES, P50, P99, ACK_P99, SERVER_CORES, GENERATOR_CORES)
ABOUT_HANDSHAKES = (CPU_PER_HANDSHAKE, HANDSHAKES, P50, P99, SERVER_CORES, GENERATOR_CORES)
ABOUT_IDLE = (MEMORY, KIBIBYTES, IDLE_CPU)


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What was compared with what, in words, and whether it is good enough."""

    measured: str
    wanted: str
    reached: bool


Medians = Callable[[str, Figure], float]
"""The median of a figure for the variant of that name."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table. `judge` gets the medians and the disk's median fdatasync in microseconds."""

    name: str
    title: str
    variants: tuple[Variant, ...]
    figure: Figure
    details: tuple[Figure, ...]
    judge: Callable[[Medians, float], Verdict]
    syncs: bool = False
    against: Variant | None = None
    """The variant that `--against` runs with both binaries; None: the row compares a server with itself."""

    @property
    def costs(self) -> tuple[Figure, ...]:
        """What `--against` compares: the row's figure, and the processor's time for a message where there is one."""
        return tuple(figure for figure in self.details if figure in (self.figure, CPU_PER_MESSAGE))


def at_most(figure: Figure, factor: float, first: str, second: str) -> Callable[[Medians, float], Verdict]:
    """The second variant's figure is at most so many times the first one's."""

    def judge(medians: Medians, _: float) -> Verdict:
        ratio = medians(second, figure) / medians(first, figure)
        return Verdict(f"{ratio:.2f} ×", f"≤ {factor:g} ×", ratio <= factor)

    return judge


def beside_limit(name: str, title: str, load: Load, figure: Figure, details: tuple[Figure, ...], factor: float,
                 durability: str = "none") -> Row:
    """Sangdam against the C relay under the same load, by one figure."""
    sangdam = Variant("sangdam", "sangdam", load, durability)
    return Row(name, title, (Variant("limit", "limit", load), sangdam), figure, details,
               at_most(figure, factor, "limit", "sangdam"), syncs=durability == "commit", against=sangdam)


def pair_with_commit(load: Load) -> Row:
    """One pair has nobody to share a sync with: it may cost one and a half, as a message can meet one under way."""
    sangdam = Variant("sangdam", "sangdam", load, "commit")

    def judge(medians: Medians, sync_us: float) -> Verdict:
        allowed = 1.2 * medians("limit", P50) + 1.5 * sync_us
        p50 = medians("sangdam", P50)
        return Verdict(f"{p50:.0f} us", f"≤ 1.2 × + 1.5 × fdatasync ({sync_us:.0f} us) = {allowed:.0f} us",
                       p50 <= allowed)

    return Row("pair-commit", "one pair, p50, commit", (Variant("limit", "limit", load), sangdam), P50, ABOUT_RELAY,
               judge, syncs=True, against=sangdam)


def idle(name: str, title: str, kind: str, kilobytes: float) -> Row:
    """Memory and idle processor time of 9,000 customers; the C relay's, for comparison."""
    sangdam = Variant("sangdam", "sangdam", Load(kind, 9000))

    def judge(medians: Medians, _: float) -> Verdict:
        memory, cpu = medians("sangdam", MEMORY), medians("sangdam", IDLE_CPU)
        return Verdict(f"{memory:.2f} KB, {cpu:.2f} %", f"≤ {kilobytes:g} KB, < 1 % of a core",
                       memory <= kilobytes and cpu < 1)

    return Row(name, title, (Variant("limit", "limit", Load("idle", 9000)), sangdam), MEMORY, ABOUT_IDLE, judge,
               against=sangdam)


def reactors() -> Row:
    """Nobody is pinned: two reactors and the generator share both cores."""
    load = Load("relay", 200, ("-w", "16"))
    one, two = (Variant(name, "sangdam", load, reactors=count, pinned=False) for name, count in (("one", 1), ("two", 2)))

    def judge(medians: Medians, _: float) -> Verdict:
        ratio = medians("two", MESSAGES) / medians("one", MESSAGES)
        return Verdict(f"{ratio:.2f} × msgs/s", "≥ 0.95 ×", ratio >= 0.95)

    return Row("reactors", "two reactors against one, both cores shared, W=16", (one, two), MESSAGES, ABOUT_RELAY, judge)


def websocket(name: str, title: str, load: Load) -> Row:
    """The same work by JSON lines and by WebSocket: what framing and unmasking cost."""
    lines = Variant("lines", "sangdam", load)
    frames = Variant("websocket", "sangdam", load, speaks="sangdam-ws")
    return Row(name, title, (lines, frames), CPU_PER_MESSAGE, ABOUT_RELAY,
               at_most(CPU_PER_MESSAGE, 1.15, "lines", "websocket"), against=frames)


def slope() -> Row:
    """The same 20,000 messages a second from 200 and from 9,000 connections. Sangdam's 9,000 are 100 agents with 89
    customers each (a chat is a customer's connection and a share of an agent's); the C relay's are 4,500 pairs."""
    few, many = Load("relay", 200, ("-R", "20000")), Load("relay", 9000, ("-R", "20000"))
    agents = Load("relay", 2 * 89 * AGENTS, ("-R", "20000"), chats_per_agent=89)
    variants = (Variant("limit 200", "limit", few), Variant("limit 9000", "limit", many),
                Variant("sangdam 200", "sangdam", few), Variant("sangdam 9000", "sangdam", agents))
    return Row("slope", "200 → 9,000 active connections, 20,000/s", variants, CPU_PER_MESSAGE, ABOUT_RELAY,
               at_most(CPU_PER_MESSAGE, 1.3, "sangdam 200", "sangdam 9000"), against=variants[-1])


W1 = Load("relay", 200, ("-w", "1"))
W16 = Load("relay", 200, ("-w", "16"))
PAIR = Load("relay", 2, ("-w", "1"))

ROWS: tuple[Row, ...] = (
    beside_limit("w16", "200 connections, W=16, none", W16, CPU_PER_MESSAGE, ABOUT_RELAY, 1.3),
    beside_limit("w16-commit", "200 connections, W=16, commit", W16, CPU_PER_MESSAGE, ABOUT_RELAY, 1.6, "commit"),
    beside_limit("w1", "200 connections, W=1, none", W1, CPU_PER_MESSAGE, ABOUT_RELAY, 1.15),
    beside_limit("w1-commit", "200 connections, W=1, commit", W1, CPU_PER_MESSAGE, ABOUT_RELAY, 1.5, "commit"),
    beside_limit("pair", "one pair, p50, none", PAIR, P50, ABOUT_RELAY, 1.2),
    pair_with_commit(PAIR),
    beside_limit("open20k", "20,000 messages a second, open loop, none", Load("relay", 200, ("-R", "20000")),
                 CPU_PER_MESSAGE, ABOUT_RELAY, 1.25),
    beside_limit("full", "full handshake", Load("full"), CPU_PER_HANDSHAKE, ABOUT_HANDSHAKES, 1.1),
    beside_limit("resume", "resumed handshake", Load("resume"), CPU_PER_HANDSHAKE, ABOUT_HANDSHAKES, 1.0),
    idle("idle", "9,000 idle customers, welcomed", "idle", 15),
    idle("waiting", "9,000 idle customers, waiting in a queue", "waiting", 16),
    reactors(),
    slope(),
    websocket("websocket", "WebSocket against JSON lines, W=16", W16),
    websocket("websocket-w1", "WebSocket against JSON lines, W=1", W1),
)
