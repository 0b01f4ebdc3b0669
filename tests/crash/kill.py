"""Kill -9 in the middle of a stream of bookings and sales, again and again: what was reported is there.

    python -m tests.crash.kill --times 50            on a SQLite file in a temporary folder
    python -m tests.crash.kill --times 50 --place postgresql://…
    python -m tests.crash.kill --sales 1000          until so many sales were reported

A till books, cancels, edits, sells, refunds and prints as fast as it can, and names each booking, sale and
refund after its commit. It is killed at a random moment; then the shop is opened anew, `verify` must find
nothing (no payment without an order, no number missing or doubled, totals as they should be), and every
number that was named must be there.
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
from typing import Any

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.papers.documents import PaperSize
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.care.verify import verify
from posapp.services.customers.customers import EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.selling.order_commands import Refund
from posapp.services.shop.businesses import SaveResource
from tests.factories import TILL, a_phone, a_shop, at
from tests.sales import a_cart, card, cash, goods, sold

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 0.8  # seconds that a till lives after its first booking


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
            f"{self.kills} kills, {self.reported} bookings and sales reported as saved "
            f"({self.sales} of them sales), {len(self.lost)} lost, "
            f"{len(self.broken)} rules broken, opened again within {self.longest_opening:.2f} s"
        )


def kill_often(place: str, times: int, *, tills: int = 1, seed: int = 0) -> Iterator[Outcome]:
    """Kill tills at random moments; gives the sum so far after each time."""
    chance, outcome = random.Random(seed), Outcome()
    saved: set[str] = set()
    for _ in range(times):
        saved |= _one_life(place, chance, tills)
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


def _one_life(place: str, chance: random.Random, tills: int) -> set[str]:
    """Let tills book for a random while, kill them, and give back the numbers they reported."""
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
    time.sleep(chance.uniform(0, LONGEST))
    for till in running:
        till.kill()
    for till in running:
        assert till.stdout
        said += till.stdout.readlines()
        till.stdout.close()
        till.wait()
    return {line.strip() for line in said if line.endswith("\n")}  # half a line was not reported


def _numbers(shop: Shop) -> set[str]:
    actor = shop.actor(TILL)
    agenda = shop.bookings.agenda(actor, at(9).date(), at(9).date() + timedelta(days=45))
    orders = shop.orders.latest(actor, 100_000)
    return {one.number for one in agenda.bookings} | {one.number for one in orders}


def prepare(shop: Shop) -> None:
    """Give the bench room for everything."""
    actor = shop.actor(TILL)
    [bench] = shop.businesses.catalogue(actor).resources
    command = SaveResource(id=bench.id, kind=ResourceKind.BENCH, name=bench.name, capacity=100_000)
    shop.businesses.save_resource(actor, command)
    shop.shifts.open(actor, 100_000)
    for _ in range(3):
        goods(shop, actor, opening=1_000_000)


def book_for_ever(place: str, chance: random.Random) -> None:
    """The till that is killed: prints the number of each booking once it is saved."""
    shop = open_shop(place, clock=_Clock())
    actor = shop.actor(TILL)
    while True:
        who = FindOrCreate(phone=a_phone(chance.randrange(500_000)), name=f"Name {chance.random()}")
        start = at(9 + chance.randrange(8)) + timedelta(days=chance.randrange(40))
        command = MakeBooking(
            starts=start,
            who=who,
            person=f"Person {chance.randrange(5)}",
            output=Output(paper=PaperSize.A4, printer="Nowhere"),
        )
        booked = shop.bookings.book(actor, command)
        print(booked.booking.number, flush=True)
        _sell(shop, actor, booked.customer.id, chance)
        _do_more(shop, actor, booked.customer.id, booked.booking.number, chance)


def _sell(shop: Shop, actor: Actor, customer_id: int, chance: random.Random) -> None:
    """A sale of a few lines, with a customer or without, by cash and card; now and then it comes back."""
    skus = [one.sku for one in shop.items.find(actor)]
    some = [chance.choice(skus) for _ in range(chance.randrange(1, 4))]
    cart = a_cart(shop, actor, *some)
    total = cart.sums(shop.orders.counter(actor).rules).total_minor
    tenders = (card(total // 2), cash(total)) if chance.random() < 0.5 else (cash(total),)
    whose = customer_id if chance.random() < 0.5 else None
    made = sold(shop, actor, cart=cart, tenders=tenders, customer_id=whose).order
    print(made.number, flush=True)
    if chance.random() < 0.3:
        print(shop.refunds.refund(actor, Refund(number=made.number)).order.number, flush=True)
    elif chance.random() < 0.1:
        shop.refunds.void(actor, made.number, "wrong")


def _do_more(shop: Shop, actor: Actor, customer_id: int, number: str, chance: random.Random) -> None:
    status = type(shop.bookings.get(actor, number).status)
    match chance.randrange(3):
        case 0:
            shop.bookings.set_status(actor, number, status.ARRIVED)
        case 1:
            note = f"note {chance.random()}"
            shop.customers.edit(actor, EditCustomer(customer_id=customer_id, name=f"New {note}", note=note))
        case _:
            shop.bookings.set_status(actor, number, status.CANCELLED, reason="x")


class _Clock:
    """The time of the tests' shop, so that no booking is in the past."""

    def now(self) -> Any:
        from tests.factories import NOW

        return NOW


def main() -> int:
    """Run the long trial, or be the till that is killed."""
    parser = argparse.ArgumentParser(description="kill -9 in the middle of a stream of bookings")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--sales", type=int, default=0, help="go on until so many sales were reported")
    parser.add_argument("--tills", type=int, default=1)
    parser.add_argument("--seed", type=float, default=0)
    parser.add_argument("--place")
    parser.add_argument("--book", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.book:
        book_for_ever(args.book, random.Random(args.seed))
    with tempfile.TemporaryDirectory() as folder:
        place = args.place or str(Path(folder) / "posapp.db")
        shop = a_shop(place)
        prepare(shop)
        shop.close()
        outcome = Outcome()
        times = 1_000_000 if args.sales else args.times
        for outcome in kill_often(place, times, tills=args.tills, seed=int(args.seed)):
            print(outcome, flush=True)
            if args.sales and outcome.sales >= args.sales:
                break
    for line in [*outcome.lost, *outcome.broken]:
        print(line)
    return 1 if outcome.lost or outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
