"""Numbers as large as they may be: every question of the repositories and of search, on both databases.

PostgreSQL computes in 32 bits where both sides are short; SQLite never does.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import CardFilter
from posapp.storage.care.verify import RULES
from tests.factories import TILL, at
from tests.filled import HIGHEST_PL, LARGEST_PRICE, a_filled_shop
from tests.fixtures import KINDS

FAR = datetime.fromisoformat("2100-03-02T08:00:00+00:00")
EXACT = 2**53 - 1
Ask = Callable[[Shop, Actor], object]


@pytest.fixture(scope="module", params=KINDS)
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A filled shop in the next century, with amounts as large as a float still holds exactly."""
    with a_filled_shop(request, tmp_path_factory.mktemp("large")) as shop:
        with shop.store.work(Actor(shop.chosen_business("Next door").id, TILL)) as uow:
            for statement in (
                "UPDATE estimate_line SET unit_minor = {0}, amount_minor = {0} WHERE unit_minor = 9",
                "UPDATE estimate SET total_minor = {0}, limit_minor = {0} WHERE total_minor > 1000000000",
                "UPDATE job SET price_minor = {0} WHERE price_minor > 1000000000",
                "UPDATE item SET stock = 2000000000, price_minor = {0}, reorder_level = 1000000000 "
                "WHERE keeps_stock",
                "UPDATE repair_price SET price_minor = {0}",
                "UPDATE booking SET price_minor = {0} WHERE business_id = 2",
                "UPDATE part_use SET quantity = 10000",
            ):
                uow.connection.execute(text(statement.format(EXACT)))
            uow.commit()
        shop.store.clock.set(FAR)  # type: ignore[attr-defined]
        yield shop


def test_every_rule_of_verify_answers(large: Shop) -> None:
    """What is far off is named; nothing is out of range, and nothing is unexpected."""
    results = verify(large.store)
    assert [one.rule for one in results] == [code for code, _, _ in RULES]
    said = " ".join(example for one in results for example in one.examples)
    assert "cannot tell" not in said
    assert "cannot be read" not in said
    assert {one.rule for one in results if one.is_kept} >= {"times", "references", "businesses", "capacity"}


QUESTIONS: dict[str, Ask] = {
    "outside hours": lambda shop, who: shop.bookings.outside_hours(who, date(2100, 3, 1), date(2100, 4, 10)),
    "agenda": lambda shop, who: shop.bookings.agenda(who, date(2100, 3, 1), date(2100, 4, 10)),
    "free times": lambda shop, who: shop.bookings.free_times(who, date(2100, 3, 2), 1440),
    "objection": lambda shop, who: shop.bookings.objection(who, at(9, day=date(2100, 3, 1)), 1440, None),
    "bookings": lambda shop, who: shop.bookings.of_customer(who, _customer(shop, who)),
    "card": lambda shop, who: shop.customers.card(who, _customer(shop, who)),
    "history": lambda shop, who: shop.history.page(who, _customer(shop, who)),
    "search by PL ID": lambda shop, who: shop.search.search(who, f"PL{HIGHEST_PL + 1}"),
    "search by number": lambda shop, who: shop.search.search(who, "B999999999"),
    "search by digits": lambda shop, who: shop.search.search(who, "999999999999999"),
    "search by name": lambda shop, who: shop.search.search(who, "Local"),
    "board": lambda shop, who: shop.tickets.board(who),
    "promise": lambda shop, who: shop.tickets.promise(who, minutes=1440),
    "cards": lambda shop, who: shop.tickets.cards(who, CardFilter(is_here=False, kind=DeviceKind.PHONE)),
    "ticket": lambda shop, who: shop.tickets.get(who, "T1"),
    "estimates": lambda shop, who: shop.tickets.whole(who, "T1").estimates,
    "uncollected": lambda shop, who: shop.uncollected.list(who, from_days=3650),
    "queue": lambda shop, who: shop.counter.day(who),
    "items": lambda shop, who: shop.items.find(who, with_archived=True),
    "parts": lambda shop, who: shop.parts.of_ticket(who, "T1"),
    "prices of repairs": lambda shop, who: shop.repair_prices.find(who, with_archived=True),
    "loaners": lambda shop, who: shop.loaners.all(who, with_archived=True),
    "shifts": lambda shop, who: shop.shifts.z(who, "Z1"),
    "devices": lambda shop, who: shop.intake.arrived(who, _customer(shop, who)),
    "papers": lambda shop, who: shop.papers.open_jobs(who),
}


def _customer(shop: Shop, who: Actor) -> int:
    with shop.store.look(who) as uow:
        found = uow.customers.highest_pl()
        key = uow.customers.by_pl(PlId(found))
    assert key is not None
    return key


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
@pytest.mark.parametrize("name", ["Harbour Lane Repairs", "Next door"])
def test_every_question_of_the_desks_answers(large: Shop, name: str, ask: Ask) -> None:
    who = Actor(large.chosen_business(name).id, TILL)
    ask(large, who)


def test_amounts_are_exact_to_the_last_unit(large: Shop) -> None:
    who = Actor(large.chosen_business("Next door").id, TILL)
    [version] = large.tickets.whole(who, "T1").estimates
    assert version.total_minor == version.limit_minor == EXACT
    assert EXACT in {line.amount_minor for line in version.lines}
    assert large.tickets.get(who, "T1").jobs[0].price_minor == EXACT
    assert large.bookings.get(who, "B1").price_minor == EXACT > LARGEST_PRICE
    ends = large.bookings.get(who, "B1").ends
    assert ends - large.bookings.get(who, "B1").starts == timedelta(days=1)
