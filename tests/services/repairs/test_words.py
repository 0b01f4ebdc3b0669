"""The list of all years finds repairs by words and their beginnings, whatever has changed since."""

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.services.care.verify import verify
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.repairs.devices import EditDevice
from posapp.services.repairs.ticket_commands import EditJob
from posapp.services.repairs.tickets import CardFilter
from tests.factories import a_customer
from tests.repairs import a_device, a_ticket, handed_back, moved


def found(shop: Shop, actor: Actor, words: str, **values: object) -> list[str]:
    wanted = CardFilter(words=words, is_here=False, **values)  # type: ignore[arg-type]
    return [card.number for card in shop.tickets.cards(actor, wanted)]


@pytest.fixture
def repairs(shop: Shop, actor: Actor) -> Shop:
    """T1 of Zoë with an iPad, collected; T2 of Łukasz with a Galaxy, T3 of Zoë with a Galaxy."""
    zoe, lukasz = a_customer(shop, actor, "Zoë O’Brien"), a_customer(shop, actor, "Łukasz Żak")
    ipad = a_device(make="Apple", model="iPad 9", serial="C02-XK1", fault="Won't charge")
    a_ticket(shop, actor, ipad, customer_id=zoe.id)
    for owner, serial in ((lukasz, "R1"), (zoe, "R2")):
        galaxy = a_device(make="Samsung", model="Galaxy S22", serial=serial, fault="Cracked écran")
        a_ticket(shop, actor, galaxy, customer_id=owner.id)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    return shop


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("galaxy", ["T3", "T2"]),
        ("GAL zo", ["T3"]),
        ("samsung s22 lukasz", ["T2"]),
        ("Łukasz", ["T2"]),
        ("o'brien", ["T3", "T1"]),
        ("won't", ["T1"]),
        ("écran zoë", ["T3"]),
        ("xk1", ["T1"]),
        ("t2", ["T2"]),
        ("t2 galaxy", ["T2"]),
        ("t1 galaxy", []),
        ("9", ["T1"]),
        ("nobody", []),
        ("galaxy nobody", []),
        ("+", []),
    ],
)
def test_a_repair_is_found_by_its_words(repairs: Shop, actor: Actor, words: str, numbers: list[str]) -> None:
    assert found(repairs, actor, words) == numbers


def test_other_filters_and_the_limit_hold_beside_words(repairs: Shop, actor: Actor) -> None:
    assert found(repairs, actor, "galaxy", limit=1) == ["T3"]
    assert found(repairs, actor, "zoe", states=("collected",)) == ["T1"]
    zoe = repairs.tickets.get(actor, "T1").customer_id
    assert found(repairs, actor, "galaxy", customer_id=zoe) == ["T3"]


def test_what_is_corrected_is_found_by_its_new_words_alone(repairs: Shop, actor: Actor) -> None:
    ticket = repairs.tickets.get(actor, "T2")
    device = ticket.jobs[0].device
    repairs.devices.edit(actor, EditDevice(device_id=device.id, model="Xcover", serial="NEW1"))
    repairs.tickets.edit_job(actor, EditJob(number="T2", fault="Drowned"))
    repairs.customers.edit(actor, EditCustomer(customer_id=ticket.customer_id, name="Иван Петров"))
    for words in ("xcover", "new1", "drowned", "иван", "петров", "samsung xcover drow иван"):
        assert found(repairs, actor, words) == ["T2"], words
    for words in ("galaxy lukasz", "cracked żak", "t2 galaxy"):
        assert found(repairs, actor, words) == [], words
    assert [one.rule for one in verify(repairs.store) if not one.is_kept] == []


def test_an_entry_that_is_not_the_records_is_found(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_ticket(sqlite_shop, actor)
    with sqlite_shop.store.work(actor) as uow:
        uow.connection.execute(text("INSERT INTO job_words(rowid, words) VALUES (1, 'stranger')"))
        uow.commit()
    [broken] = [one for one in verify(sqlite_shop.store) if not one.is_kept]
    assert (broken.rule, broken.examples) == ("search_words", ("index entry of job 1",))
