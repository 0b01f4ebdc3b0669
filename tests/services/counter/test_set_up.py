"""The first start keeps the whole shop or nothing of it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.people.users import Role
from posapp.domain.shop.businesses import ResourceKind, WeekRow
from posapp.services.catalogue.taxes import SetTax
from posapp.services.counter.set_up import SetUp
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser
from posapp.services.shop.businesses import CreateBusiness, SaveService
from tests.fixtures import sqlite_schema
from tests.several_tills import programs_at_once

__all__ = ["sqlite_schema"]

QUAY = CreateBusiness(name="Quay", region="IE", currency="EUR", time_zone="Europe/Dublin")
GRACE = SaveUser(
    name="Grace", role=Role.ADMIN, phone=PhoneNumber.parse("085 123 4567", region="IE"), pin="482915"
)


@pytest.fixture
def bare(sqlite_schema: Path, tmp_path: Path) -> Iterator[Shop]:
    """A database in which nobody has set up anything."""
    opened = open_shop(shutil.copyfile(sqlite_schema, tmp_path / "shop.db"))
    yield opened
    opened.close()


def services(*names: str) -> tuple[SaveService, ...]:
    return tuple(SaveService(name=name, minutes=30) for name in names)


def test_a_new_shop_begins_with_what_was_named(bare: Shop) -> None:
    wanted = SetUp(
        shop=QUAY,
        services=services("Screen", "Battery"),
        people=("Ciara",),
        week=tuple(WeekRow(None, weekday, "open", 600, 1140) for weekday in range(5)),
        tax=SetTax(name="VAT", rate=230_000, is_default=True),
    )
    made = bare.set_up.begin("Till 1", wanted)
    actor = Actor(made.id, "Till 1")
    catalogue = bare.businesses.catalogue(actor)
    assert [one.name for one in catalogue.services] == ["Screen", "Battery"]
    assert [(one.name, one.kind) for one in catalogue.resources] == [("Ciara", ResourceKind.STAFF)]
    assert bare.taxes.all(actor)[0].name == "VAT"
    assert catalogue.week == wanted.week
    assert not bare.sign_in.has_users()


def test_the_first_admin_is_made_with_it_and_signs_in(bare: Shop) -> None:
    made = bare.set_up.begin("Till 1", SetUp(shop=QUAY, admin=GRACE))
    [tile] = bare.sign_in.tiles(made.id)
    signed_in = bare.sign_in.by_secret("Till 1", made.id, tile.user_id, "482915")
    assert (signed_in.user.name, signed_in.user.role) == ("Grace", Role.ADMIN)


def test_a_second_try_finds_the_shop_and_another_shop_is_not_taken_for_it(bare: Shop) -> None:
    made = bare.set_up.begin("Till 1", SetUp(shop=QUAY, services=services("Screen")))
    assert bare.set_up.begin("Till 1", SetUp(shop=QUAY)) == made
    other = CreateBusiness(name="Hill", region="IE", currency="EUR", time_zone="Europe/Dublin")
    with pytest.raises(DomainError) as refused:
        bare.set_up.begin("Till 1", SetUp(shop=other))
    assert refused.value.code == "set_up_already"
    assert [one.name for one in bare.businesses.all()] == ["Quay"]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (SetUp(shop=QUAY, services=services("Screen", "Screen")), "service_1.name"),
        (SetUp(shop=QUAY, people=("Ciara", "Ciara")), "person_1.name"),
        (SetUp(shop=QUAY, week=()), "week.days"),
        (SetUp(shop=QUAY, week=(WeekRow(None, 0, "open", 600, 600),)), "week.hours"),
        (SetUp(shop=replace(QUAY, phone="abc")), "phone"),
        (SetUp(shop=replace(QUAY, time_zone="Factory")), "time_zone"),
        (SetUp(shop=QUAY, tax=SetTax(name="", rate=1)), "tax.name"),
        (SetUp(shop=QUAY, admin=SaveUser(name="Grace", role=Role.ADMIN, pin="123456")), "admin.pin"),
        (SetUp(shop=QUAY, admin=SaveUser(name="Grace", role=Role.ADMIN)), "admin.pin"),
        (SetUp(shop=QUAY, admin=SaveUser(name="", role=Role.ADMIN, pin="482915")), "admin.name"),
    ],
)
def test_a_fault_names_its_part_and_field_and_nothing_is_kept(bare: Shop, wanted: SetUp, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        bare.set_up.begin("Till 1", wanted)
    assert refused.value.field == field
    assert bare.businesses.all() == []


@pytest.mark.parametrize("empty_place", ["postgres"], indirect=True)
def test_on_a_server_too(empty_place: str) -> None:
    shop = open_shop(empty_place)
    made = shop.set_up.begin("Till 1", SetUp(shop=QUAY, services=services("Screen"), admin=GRACE))
    assert shop.set_up.begin("Till 1", SetUp(shop=QUAY, admin=GRACE)) == made
    assert [one.name for one in shop.sign_in.tiles(made.id)] == ["Grace"]
    shop.close()


def begun(place: str, name: str) -> str:
    """The first start at a till of its own; the code of a refusal, or ""."""
    shop = open_shop(place)
    try:
        shop.set_up.begin("Till 1", SetUp(shop=replace(QUAY, name=name)))
    except DomainError as refused:
        return refused.code
    finally:
        shop.close()
    return ""


def test_two_tills_that_start_at_once_set_up_one_shop(empty_place: str) -> None:
    open_shop(empty_place).close()
    said = programs_at_once([partial(begun, empty_place, name) for name in ("Quay", "Mole", "Quay")])
    shop = open_shop(empty_place)
    assert len(shop.businesses.all()) == 1
    assert sorted(said)[-1] == "set_up_already"
    shop.close()
