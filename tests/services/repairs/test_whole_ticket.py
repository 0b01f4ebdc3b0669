"""A ticket with everything around it comes from one snapshot and few statements."""

from posapp.domain.base.actor import Actor
from posapp.domain.repairs.informing import ContactHow
from posapp.services.desks import Shop
from posapp.services.repairs.informing import Inform
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.ticket_states import RepairSettings
from tests.counting import questions
from tests.factories import a_customer
from tests.repairs import a_device, a_signature, a_ticket, asked

MOST_OF_A_TICKET = 13


def test_a_whole_ticket_is_what_its_desks_say_in_few_statements(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    shop.customers.add_contact(actor, customer.id, "Jan")
    number = a_ticket(shop, actor, a_device(), a_device(), customer_id=customer.id).number
    estimate = asked(shop, actor, number, 5000, 700)
    away, there = (shop.loaners.save(actor, SaveLoaner(name=f"Loan {name}")) for name in "AB")
    shop.loaners.save(
        actor,
        SaveLoaner(id=shop.loaners.save(actor, SaveLoaner(name="Old")).id, name="Old", is_archived=True),
    )
    loan = shop.loaners.out(actor, number, away.id)
    photo = shop.photos.add(actor, number, a_signature())
    shop.informing.informed(actor, Inform(number=number, how=ContactHow.PHONE, words="Soon"))
    shop.ticket_states.set_settings(actor, RepairSettings(quality_check=True))
    whole, said = questions(shop, lambda: shop.tickets.whole(actor, number.lower()))
    assert len(said) <= MOST_OF_A_TICKET, "\n".join(said)
    assert whole.ticket == shop.tickets.get(actor, number)
    assert whole.states == shop.tickets.states(actor)
    assert whole.estimates == (estimate,) and len(estimate.lines) == 2
    assert whole.loans == whole.out == (loan,)
    assert whole.free_loaners == (there,) == tuple(shop.loaners.free(actor))
    assert whole.photos == (photo,)
    assert whole.steps == tuple(shop.tickets.history(actor, number))
    assert [one.name for one in whole.contacts] == ["Jan"]
    assert whole.checks_quality
    assert (whole.guarantees.claims, whole.guarantees.running) == ({}, {})
