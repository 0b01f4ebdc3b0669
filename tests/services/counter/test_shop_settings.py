"""What the settings of a shop show comes from one snapshot, with what is archived."""

from dataclasses import replace
from datetime import timedelta

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.shop.businesses import ExceptionRow, WeekRow
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.repairs.loaners import SaveLoaner
from tests.counting import questions
from tests.factories import DAY

MOST = 27


def test_everything_that_is_set_up_is_read_together(shop: Shop, actor: Actor) -> None:
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        shop.hours.set_exceptions(actor, None, day, [ExceptionRow(None, day, None, None, "Fair")])
    command = SaveItem(sku="D-1", name="Display", price_minor=100)
    part = shop.items.save(actor, command)
    shop.items.save(actor, replace(command, id=part.id, is_archived=True))
    loaner = shop.loaners.save(actor, SaveLoaner(name="Moto", serial=""))
    found, asked = questions(shop, lambda: shop.settings.all(actor))
    assert found.catalogue == shop.businesses.catalogue(actor, with_archived=True)
    assert [row.day for row in found.special_days] == [DAY + timedelta(days=1)]
    assert (found.quick_items, [one.name for one in found.taxes]) == ((), ["No tax"])
    assert [one.id for one in found.repairs.loaners] == [loaner.id]
    assert found.repairs.states == shop.ticket_states.map(actor)
    assert found.repairs.settings == shop.ticket_states.settings(actor)
    phones = shop.ticket_states.checklist(actor, DeviceKind.PHONE)
    assert found.repairs.checklists[DeviceKind.PHONE] == phones
    assert found.logo is None
    assert len(asked) <= MOST, asked


def test_only_who_may_see_the_shop_sees_its_settings(shop: Shop, actor: Actor) -> None:
    nobody = replace(actor, permissions=frozenset(Permission) - {Permission.SHOP_READ})
    with pytest.raises(DomainError):
        shop.settings.all(nobody)


def test_the_words_of_a_special_day_and_a_break_are_kept_as_they_are_seen(shop: Shop, actor: Actor) -> None:
    day = DAY
    turned = "A\u202eB\u2066C\x07"
    shop.hours.set_exceptions(actor, None, day, [ExceptionRow(None, day, None, None, turned)])
    assert [row.reason for row in shop.hours.exceptions(actor, day, day)] == ["ABC"]
    week = [WeekRow(None, 0, "open", 540, 1080), WeekRow(None, 0, "break", 780, 810, turned)]
    shop.hours.set_week(actor, None, week)
    assert [row.label for row in shop.businesses.catalogue(actor).week] == ["", "ABC"]
    with pytest.raises(DomainError) as refused:
        shop.hours.set_exceptions(actor, None, day, [ExceptionRow(None, day, None, None, "x" * 121)])
    assert refused.value.field == "reason"
