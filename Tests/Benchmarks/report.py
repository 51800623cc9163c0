"""What relay.sh prints: text for the eye, a markdown table for the README, JSON with every single result."""
import json
import statistics
import time

from rows import Figure


class Summary:
    """The measured rows, judged by their targets, or against each other when `dearer_from` says from where on."""

    def __init__(self, machine: str, rounds: int, seconds: float, rows: list, dearer_from: float | None):
        self.machine, self.rounds, self.seconds, self.rows = machine, rounds, seconds, rows
        self.dearer_from = dearer_from
        self.at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def heading(self) -> str:
        return f"{self.at}, {self.machine}; {self.rounds} rounds of {self.seconds:g} s: median [min … max]"

    # ---- one row -----------------------------------------------------------------------------------------------

    def is_whole(self, measured) -> bool:
        return all(measured.results.get(name) for name in measured.names)

    def median(self, measured, name: str, figure: Figure) -> float:
        return statistics.median(figure.get(result) for result in measured.results[name])

    def sync_us(self, measured) -> float:
        return statistics.median(measured.sync_us) if measured.sync_us else 0

    def ratio(self, measured, figure: Figure) -> float:
        """The last side's median to the first one's; how many times dearer, where less is better."""
        first, last = (self.median(measured, name, figure) for name in (measured.names[0], measured.names[-1]))
        return last / first if first else float("nan")

    def verdict(self, measured) -> tuple[str, str, bool]:
        """What was measured, what was wanted, whether it was reached."""
        if self.dearer_from is None:
            verdict = measured.row.judge(lambda name, figure: self.median(measured, name, figure),
                                         self.sync_us(measured))
            return verdict.measured, verdict.wanted, verdict.reached
        ratio = self.ratio(measured, measured.row.figure)
        return f"{ratio:.2f} ×", f"< {self.dearer_from:g} ×", ratio < self.dearer_from

    def dearer(self) -> list[str]:
        """The rows in which the second binary costs too much more than the first."""
        if self.dearer_from is None:
            return []
        return [f"{measured.row.name} {self.verdict(measured)[0]}" for measured in self.rows
                if self.is_whole(measured) and not self.verdict(measured)[2]]

    # ---- forms -------------------------------------------------------------------------------------------------

    def spread(self, measured, name: str, figure: Figure) -> str:
        values = [figure.get(result) for result in measured.results.get(name, [])]
        if not values:
            return "-"
        middle, low, high = (f"{value:.{figure.decimals}f}" for value in (statistics.median(values), min(values), max(values)))
        return f"{middle} [{low} … {high}]"

    def text(self) -> str:
        lines = [self.heading()]
        for measured in self.rows:
            lines += ["", f"{measured.row.name}: {measured.row.title}", self.line("", measured.names, "")]
            for figure in measured.row.details:
                ratio = ""
                if len(measured.names) == 2 and self.is_whole(measured):
                    better = "more" if figure.more_is_better else "less"
                    ratio = f"{self.ratio(measured, figure):6.2f} × ({better} is better)"
                cells = [self.spread(measured, name, figure) for name in measured.names]
                lines.append(self.line(figure.name, cells, ratio))
            if measured.sync_us:
                lines.append(self.line("fdatasync us", [f"{self.sync_us(measured):.0f}"], ""))
            if self.is_whole(measured):
                found, wanted, reached = self.verdict(measured)
                lines.append(f"  {'reached' if reached else 'MISSED'}: {found}, wanted {wanted}")
        return "\n".join(lines)

    def line(self, label: str, cells: list[str], ratio: str) -> str:
        return f"  {label:24}{''.join(f'{cell:34}' for cell in cells)}{ratio}".rstrip()

    def markdown(self) -> str:
        lines = [self.heading(), "", "| work | figure | measured | ratio or value | wanted | |",
                 "| --- | --- | --- | --- | --- | --- |"]
        for measured in self.rows:
            if not self.is_whole(measured):
                continue
            figure = measured.row.figure
            sides = "<br>".join(f"{name} {self.spread(measured, name, figure)}" for name in measured.names)
            found, wanted, reached = self.verdict(measured)
            lines.append(f"| {measured.row.title} | {figure.name} | {sides} | {found} | {wanted} "
                         f"| {'✔' if reached else '✘'} |")
        return "\n".join(lines)

    def json(self) -> str:
        rows = []
        for measured in self.rows:
            row = {"name": measured.row.name, "title": measured.row.title, "figure": measured.row.figure.name,
                   "results": measured.results}
            if measured.sync_us:
                row["fdatasync_us"] = self.sync_us(measured)
            if self.is_whole(measured):
                row["medians"] = {figure.name: {name: self.median(measured, name, figure) for name in measured.names}
                                  for figure in measured.row.details}
                row["measured"], row["wanted"], row["reached"] = self.verdict(measured)
            rows.append(row)
        return json.dumps({"at": self.at, "machine": self.machine, "rounds": self.rounds, "seconds": self.seconds,
                           "rows": rows}, ensure_ascii=False, indent=1)
