"""Taxes: the rate of a day is the newest that has begun, and what was valid stays as it was."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.taxes import Tax, TaxPart, parse_percent, percent_text
from posapp.services.catalogue.items import SaveItem
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from tests.factories import NOW
from tests.repairs import an_item

TODAY = NOW.date()


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_a_shop_begins_with_no_tax_and_its_first_one_becomes_the_default(shop: Shop, actor: Actor) -> None:
    [none] = shop.taxes.all(actor)
    assert (none.name, none.is_default, none.on(date(2000, 1, 1)).rate) == ("No tax", True, 0)
    assert shop.taxes.set(actor, SetTax(name="VAT", rate=190_000)).is_default
    assert not shop.taxes.set(actor, SetTax(name="Reduced", rate=70_000)).is_default
    assert [one.name for one in shop.taxes.all(actor)] == ["VAT", "No tax", "Reduced"]
    assert shop.taxes.set(actor, SetTax(name="reduced", rate=70_000, is_default=True)).is_default
    assert [one.is_default for one in shop.taxes.all(actor)] == [True, False, False]


def test_the_rate_of_a_day_is_the_newest_that_has_begun(shop: Shop, actor: Actor) -> None:
    later = TODAY + timedelta(days=30)
    shop.taxes.set(actor, SetTax(name="VAT", rate=190_000))
    tax = shop.taxes.set(actor, SetTax(name="VAT", rate=210_000, starts=later))
    assert [tax.on(day).rate for day in (TODAY, later - timedelta(days=1), later)] == [
        190_000,
        190_000,
        210_000,
    ]
    assert code_of(lambda: tax.on(TODAY - timedelta(days=1))) == "tax_not_begun"
    # What was said wrongly is said anew: the later word counts, and the earlier one stays on record.
    tax = shop.taxes.set(actor, SetTax(name="VAT", rate=200_000))
    assert [rate.rate for rate in tax.rates] == [210_000, 200_000, 190_000]
    assert tax.on(TODAY).rate == 200_000
    assert len(shop.taxes.set(actor, SetTax(name="VAT", rate=200_000)).rates) == 3
    past = SetTax(name="VAT", rate=1, starts=TODAY - timedelta(days=1))
    assert code_of(lambda: shop.taxes.set(actor, past)) == "rate_past"


def test_a_rate_has_parts_that_make_it(shop: Shop, actor: Actor) -> None:
    parts = (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000))
    gst = shop.taxes.set(actor, SetTax(name="GST", rate=180_000, parts=parts))
    assert gst.on(TODAY) == Tax("GST", parts)
    assert shop.taxes.set(actor, SetTax(name="VAT", rate=90_000)).on(TODAY) == Tax(
        "VAT", (TaxPart("VAT", 90_000),)
    )
    below = (TaxPart("A", 190_000), TaxPart("B", -10_000))
    for wrong in (parts[:1], (parts[0], TaxPart("cgst", 90_000)), below):
        command = SetTax(name="GST", rate=180_000, parts=wrong)
        assert code_of(partial(shop.taxes.set, actor, command)) == "parts_invalid"
    for rate in (-1, 1_000_001):
        assert code_of(partial(shop.taxes.set, actor, SetTax(name="X", rate=rate))) == "percent_invalid"
    assert code_of(lambda: shop.taxes.set(actor, SetTax(name=" ", rate=0))) == "name_missing"


def test_a_tax_that_is_borne_or_the_default_is_not_archived(shop: Shop, actor: Actor) -> None:
    vat = shop.taxes.set(actor, SetTax(name="VAT", rate=190_000))
    low = shop.taxes.set(actor, SetTax(name="Low", rate=70_000))
    assert code_of(lambda: shop.taxes.archive(actor, vat.id)) == "tax_default"
    item = an_item(shop, actor, tax_id=low.id)
    assert code_of(lambda: shop.taxes.archive(actor, low.id)) == "tax_used"
    shop.items.save(actor, SaveItem(id=item.id, sku=item.sku, name=item.name))
    shop.taxes.archive(actor, low.id)
    assert [one.name for one in shop.taxes.all(actor)] == ["VAT", "No tax"]
    assert code_of(lambda: an_item(shop, actor, sku="X", tax_id=low.id)) == "tax_unknown"
    again = shop.taxes.set(actor, SetTax(name="Low", rate=80_000))
    assert code_of(lambda: shop.taxes.archive(actor, low.id, archived=False)) == "tax_exists"
    shop.taxes.archive(actor, again.id)
    shop.taxes.archive(actor, low.id, archived=False)
    assert code_of(lambda: shop.taxes.archive(actor, 99)) == "tax_unknown"


@pytest.mark.parametrize(
    ("typed", "rate"), [("19", 190_000), ("8.1 %", 81_000), ("9,975", 99_750), ("0", 0), ("100%", 1_000_000)]
)
def test_percentages_are_read_as_they_are_typed(typed: str, rate: int) -> None:
    assert parse_percent(typed) == rate
    assert parse_percent(percent_text(rate)) == rate


@pytest.mark.parametrize("typed", ["", "x", "-1", "101", "100.1", "1.23456", "1.2.3", "1e2"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    assert code_of(lambda: parse_percent(typed)) == "percent_invalid"
