"""Kill -9 in the middle of an import beside a till that sells, again and again: nothing is half there.

    python -m tests.crash.imports --times 20         on a SQLite file in a temporary folder
    python -m tests.crash.imports --times 20 --place postgresql://…

Each time another file comes in, partly for customers of the files before. The import is killed at a random
moment, and so, at times, is going on with it or taking it back. `verify` must find nothing after any of it,
and in the end all of the file is there, or nothing.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from posapp.bootstrap import open_shop
from posapp.domain.old_data.imports import Batch, BatchState
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.storage.old_data.tables import legacy_id, past_record
from tests.crash.kill import ROOT
from tests.crash.stream import prepare
from tests.factories import TILL, a_shop

PEOPLE = 300
PAST = 2 * PEOPLE
STEPS = 40  # that an import goes at most before it is killed


@dataclass(slots=True)
class Outcome:
    """What the kills came to."""

    kills: int = 0
    ends: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {how}" for how, count in sorted(self.ends.items()))
        return f"{self.kills} kills: {ends}; {len(self.broken)} faults"


def write_files(folder: Path, mark: str, people: int, first: int) -> Path:
    """The files of the booking system: customers with phones from `first` on, two bookings each."""
    with (folder / "customers.json").open("w") as out:
        for number in range(people):
            row = {"customer_id": f"{mark}-{number}", "name": f"Old {mark} {number}", "email": ""}
            phone = f"+353 87 {2_000_000 + first + number // 2}"  # two rows are one person
            said = {**row, "phone": phone, "created_at": "2020-03-01 10:00:00"}
            out.write(json.dumps(said) + "\n")
    with (folder / "bookings.json").open("w") as out:
        for number in range(2 * people):
            row = {"booking_id": f"{mark}-B{number}", "customer_id": f"{mark}-{number % people}"}
            told = {**row, "status": "done", "total_amount": 10.5, "created_at": "2021-03-01 10:00:00"}
            out.write(json.dumps(told) + "\n")
    source = folder / "source.json"
    files = {"customers": "customers.json", "bookings": "bookings.json"}
    source.write_text(json.dumps({"system": "000", "region": "IE", "currency": "EUR", "files": files}))
    return source


def kill_often(
    place: str, times: int, *, people: int = PEOPLE, seed: int = 0, steps: int = STEPS
) -> Iterator[Outcome]:
    """Kill imports at random moments; gives the sum so far after each time."""
    chance, outcome = random.Random(seed), Outcome()
    for turn in range(times):
        mark = f"M{turn}"
        with tempfile.TemporaryDirectory() as folder:
            source = write_files(Path(folder), mark, people, turn * people // 3)
            selling = _till(place, chance)
            _killed([*_POSAPP, "import", str(source), "--database", place], chance.randint(1, steps))
            outcome.kills += 1
            _ended(place, chance, mark, people, outcome, steps)
            selling.kill()
            selling.wait()
            _check(place, outcome, f"{mark} once the till is gone")
        yield outcome


_POSAPP = (sys.executable, "-m", "posapp")


def _till(place: str, chance: random.Random) -> "subprocess.Popen[str]":
    """A till that sells, in the middle of its work."""
    command = [sys.executable, "-m", "tests.crash.kill", "--book", place, "--seed", str(chance.random())]
    till = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)
    assert till.stdout
    till.stdout.readline()
    return till


def _killed(command: list[str], steps: int) -> None:
    """Let it go so many steps, as it tells them, and kill it; it may have come to its end by then."""
    said = subprocess.PIPE
    running = subprocess.Popen([*command, "--progress"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said)
    assert running.stderr
    for _ in range(steps):
        if not running.stderr.readline():
            break
    running.kill()
    running.wait()
    running.stderr.close()


def _ended(place: str, chance: random.Random, mark: str, people: int, outcome: Outcome, steps: int) -> None:
    """Go on with the import or take it back, killed at times; then all of it is there, or nothing."""
    how = chance.choice(["resume", "undo"])
    while (batch := _waiting(place, mark, outcome)) is not None and chance.random() < 0.5:
        command = [*_POSAPP, "import", how, str(batch.id), "--database", place]
        _killed(command, chance.randint(1, steps))
        outcome.kills += 1
        if batch.state is BatchState.UNDOING or not batch.files:
            how = "undo"
    shop = open_shop(place)
    actor = shop.actor(TILL)
    if batch is not None:
        how = "undo" if batch.state is BatchState.UNDOING or not batch.files else how
        if how == "resume":
            shop.imports.resume(actor, batch.id)
        else:
            shop.imports.undo(actor, batch.id)
    known, past = _there(shop, mark)
    shop.close()
    end = {(0, 0): "nothing", (people, 2 * people): "all"}.get((known, past), f"{known} and {past} there")
    outcome.ends[end] = outcome.ends.get(end, 0) + 1
    if end not in ("nothing", "all"):
        outcome.broken.append(f"{mark}: {end}")


def _waiting(place: str, mark: str, outcome: Outcome) -> Batch | None:
    """The import that is neither applied nor undone."""
    shop = open_shop(place)
    open_ones = [
        one
        for one in shop.imports.batches(shop.actor(TILL))
        if one.state not in (BatchState.APPLIED, BatchState.UNDONE)
    ]
    shop.close()
    _check(place, outcome, f"{mark} when it was killed")
    return open_ones[0] if open_ones else None


def _check(place: str, outcome: Outcome, when: str) -> None:
    shop = open_shop(place)
    outcome.broken += [f"{when}: {one.rule}: {one.examples}" for one in verify(shop.store) if not one.is_kept]
    shop.close()


def _there(shop: Shop, mark: str) -> tuple[int, int]:
    with shop.store.look(shop.actor(TILL)) as uow:
        counts = [
            uow.connection.execute(
                select(func.count()).select_from(table).where(table.c.code.like(f"{mark}-%"))
            ).scalar_one()
            for table in (legacy_id, past_record)
        ]
    return counts[0], counts[1]


def main() -> int:
    """Run the long trial."""
    parser = argparse.ArgumentParser(description="kill -9 in the middle of imports beside a till")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--steps", type=int, default=STEPS, help="that an import goes at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--place")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = args.place or str(Path(folder) / "posapp.db")
        shop = a_shop(place)
        prepare(shop)
        shop.close()
        outcome = Outcome()
        for outcome in kill_often(place, args.times, people=args.people, seed=args.seed, steps=args.steps):
            print(outcome, flush=True)
    for line in outcome.broken:
        print(line)
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
