"""The counter of PL IDs: reported truly, started anywhere, never back onto an ID that was given out."""

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import LARGEST
from posapp.domain.customers.pl_id import PlId
from posapp.services.care.verify import verify
from posapp.services.customers.ids import IdDesk
from posapp.services.desks import Shop
from posapp.storage.base.journal import lines_about
from tests.factories import a_business, a_customer


@pytest.fixture
def desk(shop: Shop) -> IdDesk:
    return IdDesk(shop.store)


def test_a_new_shop_begins_with_pl1(desk: IdDesk, actor: Actor):
    status = desk.status(actor)
    assert (status.counter, status.next, status.with_id) == (0, PlId(1), 0)
    assert (status.without_id, status.duplicates, status.phones_shared) == (0, 0, 0)


def test_the_status_counts_the_records_of_its_own_business(desk: IdDesk, shop: Shop, actor: Actor):
    for _ in range(3):
        a_customer(shop, actor)
    other = a_business(shop, name="Second")
    assert desk.status(actor).with_id == 3
    assert desk.status(actor).next == PlId(4)
    assert desk.status(other).counter == 0


def test_the_counter_starts_anywhere_and_the_journal_says_so(desk: IdDesk, shop: Shop, actor: Actor):
    assert desk.init(actor, 23).next == PlId(24)
    assert a_customer(shop, actor).pl_id == PlId(24)
    with shop.store.look(actor) as uow:
        [line] = lines_about(uow.connection, actor.business, "counter", actor.business)
        assert (line.action, line.before["counter"], line.after["counter"]) == ("ids.init", 0, 23)
    assert [one.rule for one in verify(shop.store) if one.failed] == []


def test_no_id_that_was_given_out_is_given_again(desk: IdDesk, shop: Shop, actor: Actor):
    a_customer(shop, actor)
    desk.init(actor, 40)
    desk.init(actor, 20)  # a slip of the pen can be mended while nothing was drawn
    a_customer(shop, actor)
    for last in (0, 1, 20):
        with pytest.raises(DomainError) as refused:
            desk.init(actor, last)
        assert refused.value.code == "counter_low"
        assert refused.value.facts["given_out"] == 21
    assert desk.init(actor, 21).next == PlId(22)


def test_a_counter_that_something_else_raised_is_not_lowered(desk: IdDesk, shop: Shop, actor: Actor):
    desk.init(actor, 10)
    with shop.store.work(actor) as uow:  # as a restore does, for papers of the data that is gone
        uow.counters.set("PL", 90)
        uow.commit()
    with pytest.raises(DomainError):
        desk.init(actor, 50)
    assert desk.status(actor).counter == 90


def test_saying_what_is_so_already_writes_nothing(desk: IdDesk, shop: Shop, actor: Actor):
    a_customer(shop, actor)
    assert desk.init(actor, 1).counter == 1
    with shop.store.look(actor) as uow:
        assert lines_about(uow.connection, actor.business, "counter", actor.business) == []


@pytest.mark.parametrize("last", [-1, LARGEST, 10**15])
def test_a_number_beyond_every_pl_id_is_refused(desk: IdDesk, actor: Actor, last: int):
    with pytest.raises(DomainError) as refused:
        desk.init(actor, last)
    assert refused.value.code == "counter_invalid"


def test_no_customer_lacks_an_id(desk: IdDesk, shop: Shop, actor: Actor):
    a_customer(shop, actor)
    assert desk.assign(actor) == 0


def test_who_may_not_maintain_data_may_not_move_the_counter(desk: IdDesk, actor: Actor):
    clerk = Actor(actor.business, actor.till, "Marta", frozenset())
    for ask in (lambda: desk.status(clerk), lambda: desk.init(clerk, 5), lambda: desk.assign(clerk)):
        with pytest.raises(DomainError) as refused:
            ask()
        assert refused.value.code == "not_allowed"
