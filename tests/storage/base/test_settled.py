"""What a shop has set up is kept between writes: never older than what anybody has committed."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.services.desks import Shop
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import TILL
from tests.storage.own_business import heard


def names(shop: Shop, actor: Actor) -> list[str]:
    """The services as a writing transaction sees them."""
    with shop.store.work(actor) as uow:
        return [one.name for one in uow.businesses.services()]


def renamed(uow: UnitOfWork, name: str) -> None:
    [first, *_] = uow.businesses.services()
    uow.businesses.save_service(first.id, name=name)


def test_the_next_write_sees_what_this_till_has_changed(shop: Shop, actor: Actor) -> None:
    names(shop, actor)
    with shop.store.work(actor) as uow:
        renamed(uow, "Polish")
        assert "Polish" in [one.name for one in uow.businesses.services()]
        uow.commit()
    assert "Polish" in names(shop, actor)


def test_what_was_undone_is_not_kept(shop: Shop, actor: Actor) -> None:
    before = names(shop, actor)
    with shop.store.work(actor) as uow:
        renamed(uow, "Polish")
        assert "Polish" in [one.name for one in uow.businesses.services()]
    assert names(shop, actor) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda uow: uow.connection.execute(text("UPDATE service SET name = 'Polish' WHERE position = 1")),
        lambda uow: renamed(uow, "Polish"),
    ],
)
def test_the_next_write_sees_what_another_till_has_changed(
    shop: Shop, actor: Actor, change: Callable[[UnitOfWork], object]
) -> None:
    before = names(shop, actor)
    other = open_shop(shop.store.database.url.render_as_string(hide_password=False))
    with other.store.work(other.actor("Till 2")) as uow:
        change(uow)
        assert names_of(uow) != before
        uow.connection.commit()
    other.close()
    assert names(shop, actor) != before


def names_of(uow: UnitOfWork) -> list[str]:
    return [one.name for one in uow.businesses.services()]


def test_each_business_has_its_own(shop: Shop, actor: Actor) -> None:
    with shop.store.work(actor) as uow:
        first = uow.businesses.get()
        key = uow.businesses.add(
            name="Next door",
            region="IE",
            currency="EUR",
            locale="en-IE",
            time_zone="Europe/Dublin",
            address="",
            phone="",
            email="",
            website="",
            tax_id="",
            terms="",
            prices_include_tax=True,
        )
        uow.commit()
    for _ in range(2):
        for business, name in ((actor.business, first.name), (key, "Next door")):
            with shop.store.work(Actor(business, TILL)) as uow:
                assert uow.businesses.get().name == name


def test_a_reader_and_a_list_that_was_changed_leave_it_alone(shop: Shop, actor: Actor) -> None:
    before = names(shop, actor)
    with shop.store.work(actor) as uow:
        uow.businesses.services().clear()
    assert names(shop, actor) == before
    with shop.store.look(actor) as uow:
        assert names_of(uow) == before


def test_on_sqlite_a_second_write_does_not_ask_again(shop: Shop, actor: Actor) -> None:
    if not shop.store.database.is_sqlite:
        pytest.skip("on a server every transaction reads anew")
    names(shop, actor)
    with heard(shop.store.database) as said:
        assert names(shop, actor)
    assert not any("FROM service" in statement for statement in said)


def test_a_snapshot_sees_one_moment_and_the_next_one_what_another_till_has_changed(
    shop: Shop, actor: Actor
) -> None:
    other = open_shop(shop.store.database.url.render_as_string(hide_password=False))
    names(shop, actor)  # on a file they are kept from here on
    with shop.store.look(actor, snapshot=True) as uow:
        before = names_of(uow)
        with other.store.work(other.actor("Till 2")) as elsewhere:
            renamed(elsewhere, "Polish")
            elsewhere.commit()
        assert names_of(uow) == before
        read = uow.connection.execute(text("SELECT name FROM service WHERE archived_at IS NULL"))
        assert set(read.scalars()) == set(before)
    other.close()
    with shop.store.look(actor, snapshot=True) as uow:
        assert "Polish" in names_of(uow)
    assert "Polish" in names(shop, actor)


def test_what_this_till_has_changed_or_undone_is_seen_by_its_next_snapshot(shop: Shop, actor: Actor) -> None:
    with shop.store.look(actor, snapshot=True) as uow:
        before = names_of(uow)
    with shop.store.work(actor) as uow:
        renamed(uow, "Polish")
    with shop.store.look(actor, snapshot=True) as uow:
        assert names_of(uow) == before
    with shop.store.work(actor) as uow:
        renamed(uow, "Polish")
        uow.commit()
    with shop.store.look(actor, snapshot=True) as uow:
        assert "Polish" in names_of(uow)
