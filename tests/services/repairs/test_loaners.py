"""Loaners: one at a time, and no ticket closes while one is out."""

from collections.abc import Callable

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.loaners import Loaner
from posapp.services.desks import Shop
from posapp.services.repairs.loaners import SaveLoaner
from tests.factories import a_business
from tests.repairs import a_device, a_ticket, handed_back, moved


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


@pytest.fixture
def loaner(shop: Shop, actor: Actor) -> Loaner:
    return shop.loaners.save(actor, SaveLoaner(name="Loan 1", serial="X1"))


def test_a_loaner_goes_out_and_comes_back(shop: Shop, actor: Actor, loaner: Loaner) -> None:
    a_ticket(shop, actor)
    assert [one.name for one in shop.loaners.free(actor)] == ["Loan 1"]
    loan = shop.loaners.out(actor, "T1", loaner.id, note="with charger")
    assert (loan.number, loan.name, loan.out_by, loan.back_at) == ("T1", "Loan 1", "Till 1", None)
    assert shop.loaners.free(actor) == []
    assert [one.loan.number for one in shop.loaners.all(actor) if one.loan] == ["T1"]
    back = shop.loaners.back(actor, loan.id, note="scratched")
    assert (back.note, back.back_by) == ("with charger\nscratched", "Till 1")
    assert code_of(lambda: shop.loaners.back(actor, loan.id)) == "loaner_back"
    assert [one.loan for one in shop.loaners.all(actor)] == [None]
    actions = [line.action for line in shop.tickets.history(actor, "T1")]
    assert actions == ["ticket.opened", "loaner.out", "loaner.back"]


def test_a_loaner_that_is_out_goes_to_nobody_else(shop: Shop, actor: Actor, loaner: Loaner) -> None:
    a_ticket(shop, actor)
    a_ticket(shop, actor)
    shop.loaners.out(actor, "T1", loaner.id)
    with pytest.raises(DomainError) as refused:
        shop.loaners.out(actor, "T2", loaner.id)
    assert (refused.value.code, refused.value.facts["number"]) == ("loaner_out", "T1")
    gone = SaveLoaner(id=loaner.id, name="Loan 1", is_archived=True)
    assert code_of(lambda: shop.loaners.save(actor, gone)) == "loaner_out"


def test_the_last_device_stays_until_the_loaner_is_back(shop: Shop, actor: Actor, loaner: Loaner) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    loan = shop.loaners.out(actor, "T1", loaner.id)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")  # the other device is still here
    moved(shop, actor, "T1", "ready", position=2)
    with pytest.raises(DomainError) as refused:
        handed_back(shop, actor, "T1")
    assert (refused.value.code, refused.value.field) == ("loaner_out", "loaner")
    shop.loaners.back(actor, loan.id)
    assert not handed_back(shop, actor, "T1").is_open


def test_loaners_are_named_once_archived_and_brought_back(shop: Shop, actor: Actor, loaner: Loaner) -> None:
    a_ticket(shop, actor)
    assert code_of(lambda: shop.loaners.save(actor, SaveLoaner(name=" Loan  1"))) == "loaner_exists"
    assert code_of(lambda: shop.loaners.save(actor, SaveLoaner(name=" "))) == "name_missing"
    shop.loaners.save(actor, SaveLoaner(id=loaner.id, name="Loan 1", is_archived=True))
    assert shop.loaners.all(actor) == []
    assert len(shop.loaners.all(actor, with_archived=True)) == 1
    assert code_of(lambda: shop.loaners.out(actor, "T1", loaner.id)) == "loaner_archived"
    brought = shop.loaners.save(actor, SaveLoaner(id=loaner.id, name="Loan A"))
    assert not brought.is_archived and shop.loaners.free(actor) == [brought]
    assert code_of(lambda: shop.loaners.out(actor, "T1", 99)) == "loaner_unknown"
    assert code_of(lambda: shop.loaners.back(actor, 99)) == "loan_unknown"
    other = a_business(shop, name="Next door")
    a_ticket(shop, other)
    assert code_of(lambda: shop.loaners.out(other, "T1", loaner.id)) == "loaner_unknown"


def test_nothing_goes_out_on_a_closed_ticket(shop: Shop, actor: Actor, loaner: Loaner) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    assert code_of(lambda: shop.loaners.out(actor, "T1", loaner.id)) == "ticket_closed"
