"""Devices that nobody collects: their age, reminders step by step, storage fee, disposal on record."""

from datetime import timedelta

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.informing import ContactHow, Uncollected
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import MoveJob
from posapp.services.repairs.uncollected import Dispose, Remind
from tests.factories import the_clock
from tests.repairs import a_device, a_ticket, an_item, handed_back, moved

DAY = timedelta(days=1)


def lines(shop: Shop, actor: Actor, **values: int) -> list[Uncollected]:
    return shop.uncollected.list(actor, **values)


def remind(shop: Shop, actor: Actor, number: str = "T1") -> int:
    command = Remind(number=number, how=ContactHow.SMS, words="It waits for you")
    return shop.uncollected.remind(actor, command).step


def refused_dispose(shop: Shop, actor: Actor, **values: object) -> str:
    with pytest.raises(DomainError) as refused:
        shop.uncollected.dispose(actor, Dispose(number="T1", **{"reason": "law", **values}))  # type: ignore[arg-type]
    return refused.value.code


def test_what_waits_is_listed_by_age_once_it_waits_long_enough(shop: Shop, actor: Actor) -> None:
    for _ in range(3):
        a_ticket(shop, actor)
        the_clock(shop).advance(DAY)
    moved(shop, actor, "T2", "ready")
    the_clock(shop).advance(DAY)
    moved(shop, actor, "T1", "cancelled")
    the_clock(shop).advance(6 * DAY)
    assert [(one.card.number, one.days) for one in lines(shop, actor)] == [("T2", 7)]
    assert [one.card.number for one in lines(shop, actor, from_days=0)] == ["T2", "T1"]
    handed_back(shop, actor, "T2")
    assert [one.card.number for one in lines(shop, actor, from_days=0)] == ["T1"]


def test_reminders_fall_due_one_after_the_other(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    seen = []
    for days in (6, 1, 7, 16):
        the_clock(shop).advance(days * DAY)
        [line] = lines(shop, actor, from_days=0)
        seen.append((line.days, line.sent, line.due_step))
        if line.due_step and line.days != 14:  # the one after a fortnight is forgotten
            assert remind(shop, actor) == line.due_step
    assert seen == [(6, 0, None), (7, 0, 1), (14, 1, 2), (30, 1, 2)]
    [line] = lines(shop, actor)
    assert (line.sent, line.due_step, line.next_at) == (2, None, line.since + 60 * DAY)
    told = [one for one in shop.tickets.history(actor, "T1") if one.action == "ticket.reminded"]
    assert [one.after["step"] for one in told] == [1, 2]


def test_reminders_of_an_earlier_stay_do_not_count(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    the_clock(shop).advance(8 * DAY)
    remind(shop, actor)
    moved(shop, actor, "T1", "in_repair", "ready")
    the_clock(shop).advance(8 * DAY)
    assert [(one.sent, one.due_step) for one in lines(shop, actor)] == [(0, 1)]


def test_where_none_was_sent_the_first_reminder_is_due_however_late(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    the_clock(shop).advance(20 * DAY)
    assert [(one.sent, one.due_step) for one in lines(shop, actor)] == [(0, 1)]
    assert remind(shop, actor) == 1
    [line] = lines(shop, actor)
    assert (line.sent, line.due_step, line.next_at) == (1, None, line.since + 30 * DAY)


def test_the_list_and_the_reminder_count_alike_for_all_devices_of_a_ticket(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    moved(shop, actor, "T1", "ready")
    the_clock(shop).advance(8 * DAY)
    assert remind(shop, actor) == 1
    shop.tickets.move(actor, MoveJob(number="T1", to="ready", position=2))
    the_clock(shop).advance(8 * DAY)
    assert [(one.card.position, one.sent, one.due_step) for one in lines(shop, actor)] == [
        (1, 1, 2),
        (2, 1, 2),
    ]
    assert remind(shop, actor) == 2


def test_a_reminder_that_is_due_is_listed_before_the_shop_calls_it_uncollected(
    shop: Shop, actor: Actor
) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(uncollected_days=7, reminder_days=(3, 14)))
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    the_clock(shop).advance(2 * DAY)
    assert lines(shop, actor) == []
    the_clock(shop).advance(DAY)
    assert [one.due_step for one in lines(shop, actor)] == [1]
    remind(shop, actor)
    assert lines(shop, actor) == []
    the_clock(shop).advance(4 * DAY)
    assert [(one.days, one.due_step) for one in lines(shop, actor)] == [(7, None)]


def test_only_what_waits_is_reminded_of(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    with pytest.raises(DomainError) as refused:
        remind(shop, actor)
    assert refused.value.code == "nothing_waits"


def test_storing_costs_from_the_first_day_that_is_not_free(shop: Shop, actor: Actor) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(storage_fee_minor=150, storage_free_days=14))
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    fees = []
    for days in (14, 1, 9):
        the_clock(shop).advance(days * DAY)
        fees.append(lines(shop, actor)[0].fee_minor)
    assert fees == [0, 150, 1500]


def test_disposal_comes_after_its_days_with_a_record(shop: Shop, actor: Actor) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(storage_fee_minor=100))
    item = an_item(shop, actor, 1)
    a_ticket(shop, actor, a_device(passcode="1234", shelf="A1"))
    assert refused_dispose(shop, actor) == "dispose_state"
    shop.parts.reserve(actor, "T1", item.id)
    moved(shop, actor, "T1", "ready")
    the_clock(shop).advance(89 * DAY)
    assert not lines(shop, actor)[0].may_dispose
    assert refused_dispose(shop, actor) == "dispose_early"
    the_clock(shop).advance(DAY)
    remind(shop, actor)
    assert lines(shop, actor)[0].may_dispose
    assert refused_dispose(shop, actor, reason=" ") == "reason_missing"
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset(Permission) - {Permission.DEVICE_DISPOSE})
    assert refused_dispose(shop, clerk) == "not_allowed"
    ticket = shop.uncollected.dispose(actor, Dispose(number="T1", reason="recycled, letter of 1 Nov"))
    job = ticket.jobs[0]
    assert (job.state.code, job.shelf, ticket.is_open) == ("disposed", "", False)
    record = shop.tickets.history(actor, "T1")[-1]
    assert record.action == "ticket.disposed"
    assert [record.after[name] for name in ("days", "reminders", "fee_minor")] == [90, 1, 7600]
    assert shop.items.get(actor, item.id).reserved == 0
    assert lines(shop, actor, from_days=0) == []
    the_clock(shop).advance(14 * DAY)
    assert shop.tickets.wipe_passcodes(actor) == 1
