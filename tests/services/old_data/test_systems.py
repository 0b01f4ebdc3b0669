"""Every sample export of the five old systems comes to its result, twice in a row, on both engines."""

from pathlib import Path

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.old_data.imports import ImportResult
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.old_data.founding import import_new
from tests.factories import TILL
from tests.old_data.sets import CHAIN, SINGLE, differences, expected_of, order_of, report_of, state_of

EMPTY = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def faults(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {one.rule: one.examples for one in verify(shop.store) if not one.is_kept}


def wrong(shop: Shop, result: ImportResult, name: str) -> list[str]:
    """What a shop and a report hold otherwise than the result of a set says."""
    with shop.store.look(Actor(0, TILL)) as uow:
        state = state_of(uow.connection)
    return differences({**state, **report_of(result)}, expected_of(name))


def founder(shop: Shop) -> Actor:
    return Actor(shop.businesses.all()[0].id, TILL)


@pytest.mark.parametrize("empty_place", EMPTY, indirect=True)
@pytest.mark.parametrize("name", SINGLE)
def test_a_set_comes_to_its_result_and_a_second_time_to_nothing_new(empty_place: str, name: str) -> None:
    first = import_new(empty_place, order_of(name), TILL)
    shop = open_shop(empty_place)
    try:
        assert wrong(shop, first, name) == []
        trial = shop.imports.run(founder(shop), order_of(name), dry_run=True)
        again = shop.imports.run(founder(shop), order_of(name))
        assert (again.created, again.matched, again.past) == (0, 0, 0)
        assert again.known == first.created + first.twice + first.past - _tickets_that_made(first, name)
        assert (trial.rejected, trial.warnings, trial.known) == (again.rejected, again.warnings, again.known)
        assert wrong(shop, again, name) == []
        assert faults(shop) == {}
    finally:
        shop.close()


def _tickets_that_made(result: ImportResult, name: str) -> int:
    """Customers whom a ticket made: that is one row, not two."""
    return sum(not one["legacy_ids"] for one in expected_of(name)["customers"].values())


@pytest.mark.parametrize("empty_place", EMPTY, indirect=True)
def test_one_shop_on_its_way_through_four_imports(empty_place: str) -> None:
    result = import_new(empty_place, order_of(CHAIN[0]), TILL)
    shop = open_shop(empty_place)
    try:
        for name in CHAIN:
            if name != CHAIN[0]:
                trial = shop.imports.run(founder(shop), order_of(name), dry_run=True)
                result = shop.imports.run(founder(shop), order_of(name))
                assert _figures(trial) == _figures(result)
            assert wrong(shop, result, name) == []
            assert wrong(shop, shop.imports.run(founder(shop), order_of(name)), name) == []
            assert faults(shop) == {}
    finally:
        shop.close()


def _figures(result: ImportResult) -> tuple[object, ...]:
    counts = (result.rows, result.created, result.matched, result.twice, result.known, result.past)
    return *counts, result.rejected, result.warnings, result.next_pl


def test_a_trial_for_a_new_database_makes_none(tmp_path: Path) -> None:
    place = tmp_path / "new.db"
    trial = import_new(place, order_of("000"), TILL, dry_run=True)
    assert (trial.is_trial, trial.batches, trial.created, trial.next_pl) == (True, (), 52, "PL53")
    assert not place.exists()
    made = import_new(place, order_of("000"), TILL)
    assert _figures(trial) == _figures(made)


def test_a_trial_leaves_nothing_in_a_shop(shop: Shop, actor: Actor) -> None:
    order = order_of("chain/1-000")
    order = type(order)(system=order.system, files=order.files, region="US", currency="EUR")
    trial = shop.imports.run(actor, order, dry_run=True)
    assert (trial.created, trial.past, trial.next_pl) == (15, 35, "PL16")
    assert shop.imports.batches(actor) == ()
    with shop.store.look(actor) as uow:
        assert uow.connection.exec_driver_sql("SELECT count(*) FROM staged_record").scalar_one() == 0
