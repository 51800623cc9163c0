"""What relay.sh prints: text for the eye, a markdown table for the README, JSON with every single result."""
import dataclasses
import json
import math
import statistics
import time

from rows import Figure, Row, Verdict


@dataclasses.dataclass
class Measured:
    """All results of a row: one list for each side, and the disk's median fdatasync of each round."""

    row: Row
    names: list[str]
    results: dict[str, list[dict]]
    sync_us: list[float]

    @property
    def is_whole(self) -> bool:
        """Whether there is something to compare: a run that failed leaves a row half measured."""
        return all(self.results.get(name) for name in self.names)

    def values(self, name: str, figure: Figure) -> list[float]:
        """One side's figure in all rounds."""
        return [figure.get(result) for result in self.results.get(name, [])]

    def median(self, name: str, figure: Figure) -> float:
        """One side's median."""
        return statistics.median(self.values(name, figure))

    def median_sync_us(self) -> float:
        """The disk's median fdatasync; 0 where nothing was synced."""
        return statistics.median(self.sync_us) if self.sync_us else 0

    def ratio(self, figure: Figure) -> float:
        """The last side's median to the first one's; infinite if that is 0."""
        first, last = (self.median(name, figure) for name in (self.names[0], self.names[-1]))
        return last / first if first else math.inf

    def spread(self, name: str, figure: Figure) -> str:
        """Median [min … max]."""
        values = self.values(name, figure)
        if not values:
            return "-"
        shown = [f"{value:.{figure.decimals}f}" for value in (statistics.median(values), min(values), max(values))]
        return "{} [{} … {}]".format(*shown)


class Summary:
    """The measured rows, judged by their targets, or against each other when `dearer_from` says from where on."""

    def __init__(self, machine: str, rounds: int, seconds: float, rows: list[Measured], dearer_from: float | None):
        self.machine, self.rounds, self.seconds, self.rows = machine, rounds, seconds, rows
        self.dearer_from = dearer_from
        self.at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def heading(self) -> str:
        """When, where and how."""
        return f"{self.at}, {self.machine}; {self.rounds} rounds of {self.seconds:g} s: median [min … max]"

    def verdict(self, measured: Measured) -> Verdict:
        """By the row's target, or by what one binary costs more than the other."""
        if self.dearer_from is None:
            return measured.row.judge(measured.median, measured.median_sync_us())
        ratios = {figure.name: measured.ratio(figure) for figure in measured.row.costs}
        words = ", ".join(f"{name} {ratio:.2f} ×" for name, ratio in ratios.items())
        return Verdict(words, f"< {self.dearer_from:g} ×", max(ratios.values()) < self.dearer_from)

    def dearer(self) -> list[str]:
        """The rows in which the second binary costs too much more than the first."""
        if self.dearer_from is None:
            return []
        verdicts = {measured.row.name: self.verdict(measured) for measured in self.rows if measured.is_whole}
        return [f"{name} ({verdict.measured})" for name, verdict in verdicts.items() if not verdict.reached]

    def text(self) -> str:
        """For the eye: every figure of every row."""
        lines = [self.heading()]
        for measured in self.rows:
            lines += ["", f"{measured.row.name}: {measured.row.title}", line("", measured.names)]
            for figure in measured.row.details:
                ratio = ""
                if len(measured.names) == 2 and measured.is_whole and math.isfinite(measured.ratio(figure)):
                    ratio = f"{measured.ratio(figure):6.2f} × ({'more' if figure.more_is_better else 'less'} is better)"
                lines.append(line(figure.name, [measured.spread(name, figure) for name in measured.names], ratio))
            if measured.sync_us:
                lines.append(line("fdatasync us", [f"{measured.median_sync_us():.0f}"]))
            if measured.is_whole:
                verdict = self.verdict(measured)
                lines.append(f"  {'reached' if verdict.reached else 'MISSED'}: {verdict.measured}, "
                             f"wanted {verdict.wanted}")
        return "\n".join(lines)

    def markdown(self) -> str:
        """The table of README.md."""
        lines = [self.heading(), "", "| work | figure | medians | result | wanted | |",
                 "| --- | --- | --- | --- | --- | --- |"]
        for measured in self.rows:
            if measured.is_whole:
                figure, verdict = measured.row.figure, self.verdict(measured)
                medians = "<br>".join(f"{name} {measured.spread(name, figure)}" for name in measured.names)
                lines.append(f"| {measured.row.title} | {figure.name} | {medians} | {verdict.measured} "
                             f"| {verdict.wanted} | {'✔' if verdict.reached else '✘'} |")
        return "\n".join(lines)

    def json(self) -> str:
        """Every single result, and what text() says about them."""
        rows = []
        for measured in self.rows:
            row = {"name": measured.row.name, "title": measured.row.title, "figure": measured.row.figure.name,
                   "results": measured.results}
            if measured.sync_us:
                row["fdatasync_us"] = measured.median_sync_us()
            if measured.is_whole:
                row["medians"] = {figure.name: {name: measured.median(name, figure) for name in measured.names}
                                  for figure in measured.row.details}
                row["verdict"] = dataclasses.asdict(self.verdict(measured))
            rows.append(row)
        return json.dumps({"at": self.at, "machine": self.machine, "rounds": self.rounds, "seconds": self.seconds,
                           "rows": rows}, ensure_ascii=False, indent=1)


def line(label: str, cells: list[str], ratio: str = "") -> str:
    """A line of text()'s columns."""
    return f"  {label:24}{''.join(f'{cell:34}' for cell in cells)}{ratio}".rstrip()
