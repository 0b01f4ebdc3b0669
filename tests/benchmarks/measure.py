"""Times cases in turn, in one run, and prints what came out beside the goal.

In turn matters: what the machine does meanwhile falls on posapp and its yardstick alike.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Case = Callable[[], object]


@dataclass(slots=True)
class Times:
    """Durations of one case, in milliseconds."""

    samples: list[float] = field(default_factory=list)

    def add(self, milliseconds: float) -> None:
        self.samples.append(milliseconds)

    @property
    def p50(self) -> float:
        return statistics.median(self.samples)

    @property
    def p99(self) -> float:
        ordered = sorted(self.samples)
        return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]

    @property
    def worst(self) -> float:
        return max(self.samples)


def timed(case: Case) -> float:
    """How long one call takes, in milliseconds."""
    started = time.perf_counter()
    case()
    return (time.perf_counter() - started) * 1000


def in_turn(cases: Mapping[str, Case], rounds: int, *, warm_up: int = 1) -> dict[str, Times]:
    """Run each case once a round; which goes first changes every round.

    Garbage is collected before and not meanwhile, as in the program itself (`posapp/ui/start/collector.py`).
    """
    for _ in range(warm_up):
        for case in cases.values():
            case()
    times = {name: Times() for name in cases}
    order = list(cases)
    gc.collect(1)
    gc.disable()
    try:
        for _ in range(rounds):
            for name in order:
                times[name].add(timed(cases[name]))
            order.reverse()
    finally:
        gc.enable()
    return times


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; `is_met` None where a figure has no goal of its own."""

    what: str
    figures: tuple[str, ...]
    goal: str = ""
    is_met: bool | None = None


BOTH = ("posapp p50", "barest p50", "ratio", "own p50", "ratio", "posapp p99", "barest p99")
"""Columns where posapp stands beside the barest statement and beside its own ones without posapp."""
COLUMNS = ("posapp p50", "yardstick p50", "ratio", "posapp p99", "yardstick p99")


def compared(
    what: str,
    posapp: Times,
    yardstick: Times,
    *,
    most: float,
    spare: float = 0.0,
    most_p99: float | None = None,
    own: Times | None = None,
) -> Row:
    """posapp beside its yardstick: at most `most` times as long, plus `spare` milliseconds.

    `own` are its own statements replayed: they say what the layers above them cost, and have no goal.
    """
    goal = f"<= {most:g} x" + (f" + {spare:g} ms" if spare else "")
    is_met = posapp.p50 <= most * yardstick.p50 + spare
    if most_p99 is not None:
        goal += f"; p99 <= {most_p99:g} x"
        is_met = is_met and posapp.p99 <= most_p99 * yardstick.p99 + spare
    figures = [f"{posapp.p50:.3f} ms"]
    for one in (yardstick, own):
        if one is not None:
            figures += [f"{one.p50:.3f} ms", f"{posapp.p50 / one.p50:.2f}"]
    figures += [f"{posapp.p99:.3f} ms", f"{yardstick.p99:.3f} ms"]
    return Row(what, tuple(figures), goal, is_met)


def show(title: str, rows: list[Row], columns: tuple[str, ...] = COLUMNS) -> None:
    """Print a table."""
    lines = [("", *columns, "goal", "")]
    for row in rows:
        verdict = {True: "met", False: "MISSED", None: ""}[row.is_met]
        figures = (*row.figures, *([""] * (len(columns) - len(row.figures))))
        lines.append((row.what, *figures, row.goal, verdict))
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    print(f"\n{title}")
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        print("  " + "  ".join(cells).rstrip(), flush=True)
