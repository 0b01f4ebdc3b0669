"""Figures of customers follow each record that is written, whoever writes it."""

from datetime import timedelta
from threading import Thread

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.privacy import Erase
from posapp.domain.figures.customer_list import Wanted
from posapp.domain.old_data.merging import Merge
from posapp.services.care.verify import verify
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from tests.factories import a_booking, a_customer, a_phone, the_clock
from tests.repairs import a_device, a_ticket, handed_back, moved
from tests.sales import a_sale, busy_till


def faults(shop: Shop) -> list[str]:
    """What `verify` finds wrong with the rows."""
    [result] = [one for one in verify(shop.store) if one.rule == "customer_figures"]
    assert result.checked > 0
    return list(result.examples)


def test_each_act_is_followed(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 100_000)
    one, other = a_customer(shop, actor, "One"), a_customer(shop, actor, "Other")
    assert faults(shop) == []
    booking = a_booking(shop, actor, one)
    shop.bookings.set_status(actor, booking.number, BookingStatus.ARRIVED)
    ticket = a_ticket(shop, actor, a_device(), customer_id=one.id)
    facts = shop.customers.card(actor, one.id).facts
    assert (facts.bookings, facts.visits, facts.devices_here) == (1, 1, 1)
    assert faults(shop) == []
    moved(shop, actor, ticket.number, "diagnosing", "in_repair", "ready")
    the_clock(shop).advance(timedelta(days=3))
    handed_back(shop, actor, ticket.number)
    facts = shop.customers.card(actor, one.id).facts
    assert (facts.visits, facts.devices_here, facts.last_visit) == (2, 0, the_clock(shop).now())
    busy_till(shop, actor, other.id)
    assert faults(shop) == []
    merged = shop.merging.merge(actor, Merge(survivor_id=one.id, loser_id=other.id))
    assert shop.customers.card(actor, one.id).facts.spent_minor > 0
    assert faults(shop) == []
    shop.merging.unmerge(actor, merged.id)
    assert shop.customers.card(actor, one.id).facts.spent_minor == 0
    assert faults(shop) == []


def test_a_number_that_was_passed_on_and_a_person_who_is_forgotten(shop: Shop, actor: Actor) -> None:
    number = a_phone()
    one = a_customer(shop, actor, "One", phone=number)
    shop.phones.pass_on(actor, FindOrCreate(phone=number, name="Two"))
    assert faults(shop) == []
    shop.privacy.erase(actor, Erase(customer_id=one.id, reason="asked for it"))
    assert faults(shop) == []
    [line] = [one for one in shop.customer_list.page(actor, Wanted()).lines if one.phone is None]
    assert (line.id, line.name) == (one.id, f"Anonymised {one.pl_id}")


def test_days_count_by_the_cut_over_of_the_shop(shop: Shop, actor: Actor) -> None:
    """What stores no day of its own is counted by the clock that the shop has, also after a change."""
    customer = a_customer(shop, actor)
    ticket = a_ticket(shop, actor, a_device(), customer_id=customer.id)
    moved(shop, actor, ticket.number, "diagnosing", "in_repair", "ready")
    clock = the_clock(shop)
    clock.advance(timedelta(days=1, hours=26 - clock.now().hour, minutes=59 - clock.now().minute))
    handed_back(shop, actor, ticket.number)
    assert shop.customers.card(actor, customer.id).facts.visits == 2
    assert faults(shop) == []
    with shop.store.work(actor) as uow:
        uow.businesses.update(cutover_minutes=180, time_zone="Pacific/Auckland")
        uow.commit()
    assert faults(shop) == []


def test_rows_are_written_anew(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    with shop.store.database.connection(writes=True) as connection:
        connection.exec_driver_sql("UPDATE customer_figure SET visits = 7")
        connection.commit()
    assert faults(shop) == [str(customer.pl_id)]
    shop.upkeep.rebuild_totals(actor)
    assert faults(shop) == []


def test_two_tills_at_once_leave_one_truth(place: str, shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 100_000)
    customer = a_customer(shop, actor)
    other = open_shop(place, clock=shop.store.clock)
    other.shifts.open(other.actor("Till 2"), 0)

    def sell(mine: Shop, at: Actor) -> None:
        for _ in range(5):
            a_sale(mine, at, customer_id=customer.id, price_minor=100)

    tills = [Thread(target=sell, args=pair) for pair in ((shop, actor), (other, other.actor("Till 2")))]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    other.close()
    assert shop.customers.card(actor, customer.id).facts.spent_minor == 1000
    assert faults(shop) == []
