"""What is promised daily or after some days: done once, by whichever till, and found where it was not."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.walk_ins import WalkInState
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.care.upkeep import Upkept
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.repairs import tickets
from tests.crash.tills import keep_house, run
from tests.factories import NOW, a_business, a_customer, the_clock
from tests.repairs import a_device, a_ticket, handed_back, moved

SECRET = "geheim-1234"
A_DAY = timedelta(days=1)


def gone(shop: Shop, actor: Actor) -> str:
    """A device with a passcode that has left the shop."""
    number = a_ticket(shop, actor, a_device(passcode=SECRET)).number
    moved(shop, actor, number, "ready")
    handed_back(shop, actor, number)
    return number


def overdue(shop: Shop) -> tuple[str, ...]:
    [found] = [one for one in verify(shop.store) if one.rule == "upkeep"]
    return found.examples


def test_a_passcode_is_due_wiped_and_noted_on_its_ticket(shop: Shop, actor: Actor) -> None:
    number = gone(shop, actor)
    the_clock(shop).advance(14 * A_DAY - timedelta(seconds=1))
    assert not shop.upkeep.due(actor).has_records
    assert shop.upkeep.run(actor) == Upkept(0, 0)
    the_clock(shop).advance(timedelta(seconds=1))
    assert shop.upkeep.due(actor).has_records
    assert shop.upkeep.run(actor) == Upkept(1, 0)
    assert not shop.upkeep.due(actor).has_records
    assert not shop.tickets.get(actor, number).jobs[0].has_passcode
    line = shop.tickets.history(actor, number)[-1]
    assert (line.action, line.who, line.at) == ("passcode.wiped", "Till 1", the_clock(shop).now())
    assert dict(line.after) == {"device": "Samsung Galaxy S22", "position": 1}
    assert shop.upkeep.run(actor) == Upkept(0, 0)
    assert shop.tickets.history(actor, number)[-1] == line


def test_more_than_one_transaction_holds_are_all_wiped(
    shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets, "WIPED_AT_ONCE", 2)
    numbers = [gone(shop, actor) for _ in range(3)]
    the_clock(shop).advance(15 * A_DAY)
    assert shop.upkeep.run(actor).passcodes == 3
    assert not any(shop.tickets.get(actor, number).jobs[0].has_passcode for number in numbers)


def test_a_run_keeps_to_its_business(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Next door")
    gone(shop, actor)
    theirs = gone(shop, other)
    the_clock(shop).advance(15 * A_DAY)
    assert shop.upkeep.run(actor).passcodes == 1
    assert shop.tickets.get(other, theirs).jobs[0].has_passcode
    assert shop.upkeep.due(other).has_records


def test_whoever_still_waits_from_yesterday_has_left(shop: Shop, actor: Actor) -> None:
    walk_in = shop.walk_ins.add(actor, AddWalkIn(customer_id=a_customer(shop, actor).id)).walk_in
    the_clock(shop).advance(timedelta(hours=12))
    assert shop.upkeep.run(actor).walk_ins == 0
    the_clock(shop).advance(A_DAY)
    today = shop.walk_ins.add(actor, AddWalkIn(customer_id=a_customer(shop, actor).id)).walk_in
    assert shop.upkeep.due(actor).has_records
    assert shop.upkeep.run(actor).walk_ins == 1
    assert not shop.upkeep.due(actor).has_records
    assert [line.walk_in.id for line in shop.counter.day(actor).queue] == [today.id]
    with shop.store.look(actor) as uow:
        after = uow.walk_ins.get(walk_in.id)
    assert after is not None
    assert after.state == WalkInState.LEFT
    with pytest.raises(DomainError) as refused:
        shop.walk_ins.come_back(actor, walk_in.id)
    assert refused.value.code == "walk_in_over"


def test_today_s_backup_is_made_once_and_noted(sqlite_shop: Shop) -> None:
    shop, till = sqlite_shop, Actor(0, "Till 1")
    actor = shop.actor("Till 1")
    assert shop.upkeep.due(actor).has_backup
    made = shop.upkeep.back_up(till)
    assert made is not None
    assert made.is_file()
    assert not shop.upkeep.due(actor).is_due
    assert shop.upkeep.back_up(till) is None
    with shop.store.look(actor) as uow:
        noted = uow.connection.execute(text("SELECT count(*) FROM journal WHERE action = 'backup.made'"))
        assert noted.scalar() == 1
    the_clock(shop).advance(A_DAY)
    assert shop.upkeep.due(actor).has_backup


def test_reminders_are_counted_and_left_to_a_person(shop: Shop, actor: Actor) -> None:
    moved(shop, actor, a_ticket(shop, actor).number, "ready")
    assert shop.upkeep.due(actor).reminders == 0
    the_clock(shop).advance(40 * A_DAY)
    assert shop.upkeep.due(actor).reminders == 1
    assert shop.upkeep.run(actor).reminders == 1


def test_upkeep_needs_the_permission(shop: Shop, actor: Actor) -> None:
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset(Permission) - {Permission.DATA_MAINTAIN})
    for ask in (shop.upkeep.due, shop.upkeep.run, shop.upkeep.back_up):
        with pytest.raises(DomainError) as refused:
            ask(clerk)
        assert refused.value.code == "not_allowed"


# -- verify ----------------------------------------------------------------------------------------------
def test_verify_names_what_is_overdue_after_a_day_of_grace(shop: Shop, actor: Actor) -> None:
    number = gone(shop, actor)
    the_clock(shop).advance(15 * A_DAY)
    assert overdue(shop) == ()
    the_clock(shop).advance(timedelta(seconds=1))
    assert overdue(shop) == (f"the passcode of {number} is to be wiped since 2026-12-02: posapp upkeep",)
    shop.upkeep.run(actor)
    assert overdue(shop) == ()


def test_verify_names_a_passcode_that_would_be_kept_for_ever(shop: Shop, actor: Actor) -> None:
    number = gone(shop, actor)
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE job SET passcode_wipe_at = NULL"))
        uow.commit()
    assert overdue(shop) == (f"the passcode of {number} is to be wiped and has no day set: posapp upkeep",)


def test_four_tills_that_keep_house_at_once_do_everything_once(shop: Shop, actor: Actor, place: str) -> None:
    the_clock(shop).set(NOW - 20 * A_DAY)  # the four come at NOW
    numbers = [gone(shop, actor) for _ in range(30)]
    shop.walk_ins.add(actor, AddWalkIn(customer_id=a_customer(shop, actor).id))
    done = run(place, [(keep_house,) for _ in range(4)])
    the_clock(shop).set(NOW)
    assert [sum(counts) for counts in zip(*done, strict=True)] == [30, 1]
    for number in numbers:
        actions = [line.action for line in shop.tickets.history(actor, number)]
        assert actions.count("passcode.wiped") == 1
    assert [one.rule for one in verify(shop.store) if not one.is_kept] == []
