"""Kill -9 in the middle of a stream of bookings and sales, again and again: what was reported is there.

    python -m tests.crash.kill --times 50            on a SQLite file in a temporary folder
    python -m tests.crash.kill --times 50 --place postgresql://…
    python -m tests.crash.kill --sales 1000          until so many sales were reported

A till books, sells, refunds, takes deposits, gift cards and debts, counts its drawer and prints as fast as it
can, and names each number after its commit. It is killed at a random moment; then the shop is opened anew,
`verify` must find nothing (no payment without an order, no number missing or doubled, totals as they should
be), and every number that was named must be there.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from posapp.bootstrap import open_shop
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from tests.crash.stream import do_for_ever, prepare
from tests.factories import TILL, a_shop, at

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 0.8  # seconds that a till lives at most after its first booking
ALL = 1_000_000


@dataclass(slots=True)
class Outcome:
    """What the kills came to."""

    kills: int = 0
    reported: int = 0
    sales: int = 0
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    longest_opening: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.reported} records reported as saved "
            f"({self.sales} of them sales and refunds), {len(self.lost)} lost, "
            f"{len(self.broken)} rules broken, opened again within {self.longest_opening:.2f} s"
        )


def kill_often(
    place: str, times: int, *, tills: int = 1, seed: int = 0, longest: float = LONGEST
) -> Iterator[Outcome]:
    """Kill tills at random moments; gives the sum so far after each time."""
    chance, outcome = random.Random(seed), Outcome()
    saved: set[str] = set()
    for _ in range(times):
        said, fell = _one_life(place, chance, tills, longest)
        saved |= said
        outcome.broken += [f"a till ended by itself, with {code}" for code in fell]
        began = time.perf_counter()
        shop = open_shop(place)
        outcome.longest_opening = max(outcome.longest_opening, time.perf_counter() - began)
        outcome.kills += tills
        outcome.reported = len(saved)
        outcome.sales = sum(one.startswith("S") for one in saved)
        outcome.lost += sorted(saved - _numbers(shop))
        outcome.broken += [f"{one.rule}: {one.examples}" for one in verify(shop.store) if not one.is_kept]
        shop.close()
        yield outcome


def _one_life(place: str, chance: random.Random, tills: int, longest: float) -> tuple[set[str], list[int]]:
    """Let tills work for a random while and kill them: what they reported, how those gone before ended."""
    command = [sys.executable, "-m", "tests.crash.kill", "--book", place]
    running = [
        subprocess.Popen(
            [*command, "--seed", str(chance.random())], cwd=ROOT, text=True, stdout=subprocess.PIPE
        )
        for _ in range(tills)
    ]
    said = []
    for till in running:
        assert till.stdout
        said.append(till.stdout.readline())  # its first booking: now it is in the middle of its stream
    time.sleep(chance.uniform(0, longest))
    fell = [code for code in (till.poll() for till in running) if code is not None]
    for till in running:
        till.kill()
    for till in running:
        assert till.stdout
        said += till.stdout.readlines()
        till.stdout.close()
        till.wait()
    # Half a line was not reported.
    return {line.strip() for line in said if line.endswith("\n")}, fell


def _numbers(shop: Shop) -> set[str]:
    actor = shop.actor(TILL)
    agenda = shop.bookings.agenda(actor, at(9).date(), at(9).date() + timedelta(days=45))
    found = {one.number for one in agenda.bookings} | {one.number for one in shop.payments.latest(actor, ALL)}
    found |= {one.number for one in shop.orders.latest(actor, ALL)}
    found |= {one.number for one in shop.gift_cards.latest(actor, ALL)}
    return found | {one.closing.number for one in shop.shifts.latest(actor, ALL) if one.closing}


def main() -> int:
    """Run the long trial, or be the till that is killed."""
    parser = argparse.ArgumentParser(description="kill -9 in the middle of a stream of bookings and sales")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--sales", type=int, default=0, help="go on until so many sales were reported")
    parser.add_argument("--tills", type=int, default=1)
    parser.add_argument("--longest", type=float, default=LONGEST, help="seconds that a till lives at most")
    parser.add_argument("--seed", type=float, default=0)
    parser.add_argument("--place")
    parser.add_argument("--book", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.book:
        do_for_ever(args.book, random.Random(args.seed))
    with tempfile.TemporaryDirectory() as folder:
        place = args.place or str(Path(folder) / "posapp.db")
        shop = a_shop(place)
        prepare(shop)
        shop.close()
        outcome = Outcome()
        times = ALL if args.sales else args.times
        for outcome in kill_often(place, times, tills=args.tills, seed=int(args.seed), longest=args.longest):
            print(outcome, flush=True)
            if args.sales and outcome.sales >= args.sales:
                break
    for line in [*outcome.lost, *outcome.broken]:
        print(line)
    return 1 if outcome.lost or outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
