"""The shop's own desk: settings, services, people and benches, hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.shop.businesses import ExceptionRow, ResourceKind, WeekRow
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Hold
from posapp.services.shop.businesses import CreateBusiness, EditBusiness, SaveResource, SaveService
from tests.drawers import an_open_shift
from tests.factories import DAY, TILL, a_bench, a_booking, a_business
from tests.repairs import a_price, a_ticket, an_item, asked
from tests.sales import a_cart

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
GOOD: dict[str, Any] = {"name": "A Shop", "region": "in", "currency": "inr", "time_zone": "Asia/Kolkata"}


def test_a_new_shop_has_a_bench_a_service_and_hours(shop: Shop, actor: Actor) -> None:
    made = shop.businesses.create(TILL, CreateBusiness(**GOOD))
    assert (made.region, made.currency, made.locale) == ("IN", "INR", "en-IN")
    catalogue = shop.businesses.catalogue(Actor(made.id, TILL))
    assert [(one.name, one.capacity) for one in catalogue.resources] == [("Counter", 1)]
    assert [(one.name, one.minutes) for one in catalogue.services] == [("Repair", 30)]
    assert [(row.weekday, row.starts, row.ends) for row in catalogue.week] == [
        (weekday, 540, 1080) for weekday in range(7)
    ]


@pytest.mark.parametrize(("region", "locale"), [("in", "en-IN"), ("jp", "en-001"), ("KW", "en-001")])
def test_a_shop_writes_english_as_its_country_does_or_as_the_world(
    shop: Shop, region: str, locale: str
) -> None:
    values = {**GOOD, "region": region}
    assert shop.businesses.create(TILL, CreateBusiness(**values)).locale == locale
    assert [one.rule for one in verify(shop.store) if not one.is_kept] == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", " ", "name_missing"),
        ("name", "Harbour Lane Repairs", "business_exists"),
        ("region", "XX", "region_unknown"),
        ("region", "India", "region_unknown"),
        ("currency", "ZZZ", "currency_unknown"),
        ("time_zone", "Mars/Olympus", "zone_unknown"),
        ("time_zone", "Factory", "zone_unknown"),
        ("time_zone", "right/UTC", "zone_unknown"),
        ("time_zone", "localtime", "zone_unknown"),
        ("phone", "abc", "phone_missing"),
        ("locale", "!!", "locale_unknown"),
        ("email", "nobody", "email_invalid"),
        ("address", "x" * 501, "text_too_long"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_beside_its_field(
    shop: Shop, actor: Actor, field: str, value: str, code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        shop.businesses.create(TILL, CreateBusiness(**{**GOOD, field: value}))
    assert refused.value.code == code
    assert refused.value.field
    assert len(shop.businesses.all()) == 1


def test_settings_change_alone_and_tell_who(shop: Shop, actor: Actor) -> None:
    before = shop.businesses.get(actor)
    after = shop.businesses.edit(Actor(actor.business, "Till 2"), EditBusiness(terms="No refunds"))
    assert (after.terms, after.name, after.stamps.updated_by) == ("No refunds", before.name, "Till 2")
    assert shop.businesses.edit(actor, EditBusiness(terms="No refunds")).stamps == after.stamps
    with pytest.raises(DomainError) as refused:
        shop.businesses.edit(actor, EditBusiness(cutover_minutes=720))
    assert refused.value.field == "cutover_minutes"


def test_a_logo_is_a_png_of_bearable_size(shop: Shop, actor: Actor) -> None:
    with_logo = shop.businesses.set_logo(actor, PNG)
    assert shop.businesses.logo(actor, with_logo.logo) == PNG
    assert shop.businesses.set_logo(actor, PNG).logo == with_logo.logo
    for wrong in (b"GIF89a", PNG + b"x" * 600_000):
        with pytest.raises(DomainError, match="PNG"):
            shop.businesses.set_logo(actor, wrong)
    assert shop.businesses.set_logo(actor, None).logo == ""
    assert shop.businesses.logo(actor, with_logo.logo) == PNG  # old papers go on finding it


def test_services_are_added_changed_and_archived(shop: Shop, actor: Actor) -> None:
    made = shop.businesses.save_service(actor, SaveService(name="Screen", minutes=45, price_minor=9900))
    changed = shop.businesses.save_service(actor, SaveService(id=made.id, name="Screen swap", minutes=60))
    assert (changed.id, changed.name, changed.price_minor) == (made.id, "Screen swap", None)
    shop.businesses.archive(actor, "service", made.id)
    assert [one.name for one in shop.businesses.catalogue(actor).services] == ["Repair"]
    again = shop.businesses.save_service(actor, SaveService(name="Screen swap", minutes=30))
    with pytest.raises(DomainError) as refused:  # two of one name
        shop.businesses.archive(actor, "service", made.id, archived=False)
    assert refused.value.code == "service_exists"
    assert again.position > made.position


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SaveService(name="Repair", minutes=30), "service_exists"),
        (SaveService(name="X", minutes=4), "minutes_invalid"),
        (SaveService(name="X", minutes=30, price_minor=-1), "price_invalid"),
        (SaveService(id=77, name="X", minutes=30), "unknown"),
        (SaveResource(kind=ResourceKind.BENCH, name="Counter"), "resource_exists"),
        (SaveResource(kind=ResourceKind.BENCH, name="X", capacity=0), "capacity_invalid"),
        (SaveResource(kind=ResourceKind.BENCH, name="X", buffer_minutes=241), "buffer_invalid"),
        (SaveResource(id=77, kind=ResourceKind.BENCH, name="X"), "unknown"),
    ],
)
def test_what_cannot_be_booked_is_refused(
    shop: Shop, actor: Actor, command: SaveService | SaveResource, code: str
) -> None:
    before = shop.businesses.catalogue(actor, with_archived=True)
    with pytest.raises(DomainError) as refused:
        if isinstance(command, SaveService):
            shop.businesses.save_service(actor, command)
        else:
            shop.businesses.save_resource(actor, command)
    assert refused.value.code == code
    assert shop.businesses.catalogue(actor, with_archived=True) == before


def test_the_last_bench_and_service_stay(shop: Shop, actor: Actor) -> None:
    catalogue = shop.businesses.catalogue(actor)
    for what, key in (("resource", catalogue.resources[0].id), ("service", catalogue.services[0].id)):
        with pytest.raises(DomainError) as refused:
            shop.businesses.archive(actor, what, key)
        assert refused.value.code == "last_one"
    a_bench(shop, actor)
    shop.businesses.archive(actor, "resource", catalogue.resources[0].id)


@pytest.mark.parametrize(
    "rows",
    [
        [WeekRow(None, 0, "open", 600, 600)],
        [WeekRow(None, 0, "open", 600, 2041)],
        [WeekRow(None, 0, "open", 1440, 1500)],
        [WeekRow(None, 0, "open", 1080, 1560), WeekRow(None, 1, "open", 60, 300)],
        [WeekRow(None, 0, "open", 600, 700), WeekRow(None, 0, "open", 699, 800)],
        [WeekRow(None, 0, "break", 600, 700), WeekRow(None, 0, "break", 650, 800)],
        [WeekRow(None, 0, "open", 600, 700), WeekRow(None, 0, "break", 650, 800)],
    ],
)
def test_hours_that_cannot_be_are_refused(shop: Shop, actor: Actor, rows: list[WeekRow]) -> None:
    before = shop.businesses.catalogue(actor).week
    with pytest.raises(DomainError) as refused:
        shop.hours.set_week(actor, None, rows)
    assert refused.value.field in ("hours", "breaks")
    assert shop.businesses.catalogue(actor).week == before


def test_days_with_other_hours_come_back_by_day(shop: Shop, actor: Actor) -> None:
    row = ExceptionRow(None, DAY, 600, 720, "Half day")
    shop.hours.set_exceptions(actor, None, DAY, [row])
    assert shop.hours.exceptions(actor, DAY, DAY) == [row]
    assert shop.hours.exceptions(actor, date(2026, 1, 1), date(2026, 2, 1)) == []
    for wrong in (
        [ExceptionRow(None, DAY, 720, 600)],
        [ExceptionRow(None, DAY, 600, 720), ExceptionRow(None, DAY, 660, 780)],
        [ExceptionRow(None, DAY, 600, 720), ExceptionRow(None, DAY, None, None)],
    ):
        with pytest.raises(DomainError):
            shop.hours.set_exceptions(actor, None, DAY, wrong)
    shop.hours.set_exceptions(actor, None, DAY, [])
    assert shop.hours.exceptions(actor, DAY, DAY) == []


def test_an_actor_is_of_the_business_that_was_named(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Next door")
    assert shop.actor(TILL, "Next door").business == other.business
    for name, code in (("", "business_missing"), ("Nowhere", "business_unknown")):
        with pytest.raises(DomainError) as refused:
            shop.actor(TILL, name)
        assert refused.value.code == code


def test_a_database_without_a_shop_says_how_to_set_one_up(empty_place: str) -> None:
    from posapp.bootstrap import open_shop

    shop = open_shop(empty_place)
    with pytest.raises(DomainError, match="posapp init"):
        shop.actor(TILL)
    shop.close()


def _a_priced_booking(shop: Shop, actor: Actor) -> None:
    service = SaveService(name="Dear", minutes=30, price_minor=5)
    dear = shop.businesses.save_service(actor, service)
    a_booking(shop, actor, service_id=dear.id)
    shop.businesses.save_service(actor, replace(service, id=dear.id, price_minor=None))


@pytest.mark.parametrize(
    "said",
    [
        _a_priced_booking,
        lambda shop, actor: shop.businesses.save_service(
            actor, SaveService(name="Dear", minutes=30, price_minor=5)
        ),
        lambda shop, actor: an_item(shop, actor, price_minor=5),
        lambda shop, actor: an_item(shop, actor, price_minor=0, entered_cost_minor=5),
        lambda shop, actor: asked(shop, actor, a_ticket(shop, actor).number, 500),
        a_price,
        lambda shop, actor: shop.orders.hold(actor, Hold(cart=a_cart(shop, actor, "5 strap"))),
        an_open_shift,
    ],
    ids=["booking", "service", "price", "cost", "estimate", "price list", "order", "shift"],
)
def test_a_currency_stays_once_there_is_an_amount_in_it(
    shop: Shop, actor: Actor, said: Callable[[Shop, Actor], object]
) -> None:
    edit = shop.businesses.edit
    an_item(shop, actor, sku="FREE", price_minor=0)
    a_business(shop, name="Next door")
    assert edit(actor, EditBusiness(currency="JPY")).currency == "JPY"
    said(shop, actor)
    with pytest.raises(DomainError) as refused:
        edit(actor, EditBusiness(currency="EUR", terms="x"))
    assert (refused.value.code, refused.value.field) == ("currency_fixed", "currency")
    assert edit(actor, EditBusiness(currency="JPY", terms="y")).terms == "y"
    next_door = Actor(actor.business + 1, "Till 1")
    assert edit(next_door, EditBusiness(currency="USD")).currency == "USD"
