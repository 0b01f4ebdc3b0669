"""Imports beside a working shop: other tills serve the same customers meanwhile, or bring the same files."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.old_data.imports import ImportOrder, ImportProgress
from posapp.services.care.verify import verify
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from tests.factories import NOW, a_customer
from tests.old_data.sets import order_of
from tests.several_tills import at_once


def order_here(name: str, currency: str = "EUR") -> ImportOrder:
    """A set as if it were of the shop of tests."""
    return replace(order_of(name), currency=currency)


def faults(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {one.rule: one.examples for one in verify(shop.store) if not one.is_kept}


def bring(shop: Shop, actor: Actor) -> tuple[int, int, int, int]:
    """Import a set; customers made, rows that found somebody, records, rows refused."""
    made = shop.imports.run(actor, order_here("chain/1-000"))
    return made.created, made.matched, made.past, made.rejected_count


def serve(shop: Shop, actor: Actor) -> int:
    """Find or make the customers of some of the numbers that the set has."""
    found = 0
    for last in range(100, 130):
        number = PhoneNumber.parse(f"+1 212 555 0{last}", region="US")
        found += shop.customers.find_or_create(actor, FindOrCreate(phone=number)).created
    return found


def test_a_program_that_made_no_schema_builds_each_index_as_it_was(
    place: str, shop: Shop, tmp_path: Path
) -> None:
    """The first rows of a new shop: its indexes are taken off and built by another program than made them."""
    order = order_here("chain/1-000")
    told = {
        "system": order.system.value,
        "region": order.region,
        "currency": "EUR",
        "files": dict(order.files),
    }
    source = tmp_path / "source.json"
    source.write_text(json.dumps(told))
    bringing = [sys.executable, "-m", "posapp", "import", str(source), "--json", "--database", place]
    done = subprocess.run(bringing, capture_output=True, text=True, timeout=100, check=False)
    assert json.loads(done.stdout)["created"] == 15, done.stderr
    assert "schema" not in faults(shop)  # the rest came later than this shop's clock stands


@pytest.mark.parametrize("is_fresh", [True, False], ids=["fresh", "working"])
def test_the_same_files_from_two_tills_at_once_come_in_once(
    place: str, shop: Shop, actor: Actor, is_fresh: bool
) -> None:
    if not is_fresh:
        a_customer(shop, actor)
    both = at_once(place, [bring, bring], clock=FixedClock(NOW))
    assert sum(one[0] for one in both) == 15
    assert sum(one[2] for one in both) == 35
    assert [one[3] for one in both] == [41, 41]
    with shop.store.look(actor) as uow:
        shared = "SELECT count(*) - count(DISTINCT key) FROM phone WHERE ended_at IS NULL"
        assert uow.connection.execute(text(shared)).scalar_one() == 0
        assert uow.connection.execute(text("SELECT count(*) FROM past_record")).scalar_one() == 35
    assert faults(shop) == {}


def test_a_till_that_serves_the_same_people_meanwhile_shares_them(
    place: str, shop: Shop, actor: Actor
) -> None:
    a_customer(shop, actor)
    (made, _, past, _), *_ = at_once(place, [bring, serve, serve], clock=FixedClock(NOW))
    assert past == 35
    assert made <= 15
    with shop.store.look(actor) as uow:
        count = uow.connection.execute(text("SELECT count(*) FROM customer")).scalar_one()
        keys = uow.connection.execute(text("SELECT count(DISTINCT key) FROM phone")).scalar_one()
    assert count == keys
    assert faults(shop) == {}


def test_a_number_that_was_somebody_s_has_a_customer_again(shop: Shop, actor: Actor) -> None:
    found = shop.customers.find_or_create(
        actor, FindOrCreate(phone=PhoneNumber.parse("+16315550100", region="US"), name="Ida Berg")
    ).customer
    shop.phones.end_phone(actor, found.id, found.phones[0].id)
    shop.imports.run(actor, order_here("000"))
    card = shop.customers.resolve(actor, "+16315550100")
    assert card.customer.id != found.id
    with shop.store.look(actor) as uow:
        assert uow.connection.execute(text("SELECT count(*) FROM phone WHERE is_former")).scalar_one() == 0
    assert faults(shop) == {}


def test_who_was_here_keeps_name_and_pl_id_and_gets_what_is_new(shop: Shop, actor: Actor) -> None:
    known = shop.customers.find_or_create(
        actor, FindOrCreate(phone=PhoneNumber.parse("+16315550100", region="US"), name="Ida Berg")
    ).customer
    result = shop.imports.run(actor, order_here("000"))
    assert (result.created, result.matched > 0) == (51, True)
    now = shop.customers.card(actor, known.id).customer
    assert (now.name, now.pl_id, now.stamps.version) == ("Ida Berg", known.pl_id, 1)
    assert "Daniel Weber" in [one.name for one in now.contacts]
    assert [hit.pl_id for hit in shop.search.search(actor, "Daniel Weber").hits]
    assert faults(shop) == {}


@pytest.mark.parametrize("step", ["read", "plan", "apply"])
def test_what_is_stopped_leaves_nothing(shop: Shop, actor: Actor, step: str) -> None:
    a_customer(shop, actor)
    told: list[str] = []

    def progress(said: ImportProgress) -> None:
        told.append(said.step)

    with pytest.raises(DomainError, match="Stopped"):
        shop.imports.run(actor, order_here("000"), progress=progress, cancelled=partial(_is_at, told, step))
    with shop.store.look(actor) as uow:
        for table in ("past_record", "legacy_id", "staged_record"):
            assert uow.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
        assert uow.connection.execute(text("SELECT count(*) FROM customer")).scalar_one() == 1
    assert faults(shop) == {}


def _is_at(told: list[str], step: str) -> bool:
    return told[-1:] == [step] or (step == "read" and not told)


def test_files_of_another_currency_are_refused(shop: Shop, actor: Actor) -> None:
    with pytest.raises(DomainError, match="counts in EUR"):
        shop.imports.run(actor, order_of("000"))
    assert shop.imports.batches(actor) == ()
