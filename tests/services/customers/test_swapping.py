"""Two customers exchange a number each; both keep the history, and nobody has two owners."""

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.services.desks import Shop
from tests.books import check_verified
from tests.factories import a_customer, a_phone


def test_each_has_the_number_of_the_other_one_dated(shop: Shop, actor: Actor) -> None:
    first, second = a_phone(1), a_phone(2)
    asha, bo = a_customer(shop, actor, "Asha", phone=first), a_customer(shop, actor, "Bo", phone=second)
    shop.phones.add_phone(actor, bo.id, a_phone(3))
    asha = shop.phones.swap(actor, asha.id, asha.phones[0].id, second)
    bo = shop.customers.card(actor, bo.id).customer
    assert asha.phone == second
    assert bo.phone == first
    assert [line.number for line in asha.phones if line.ended_at] == [first]
    assert not any(line.is_former for line in (*asha.phones, *bo.phones))
    assert (asha.no_phone_reason, bo.no_phone_reason) == (None, None)
    check_verified(shop)

    asha = shop.phones.swap(actor, asha.id, asha.current_phones[0].id, a_phone(3))
    assert asha.phone == a_phone(3)
    bo = shop.customers.card(actor, bo.id).customer
    assert [line.number for line in bo.current_phones] == [first, second]
    check_verified(shop)


def test_what_cannot_be_exchanged_is_refused(shop: Shop, actor: Actor) -> None:
    asha = a_customer(shop, actor, "Asha", phone=a_phone(1))
    line = asha.phones[0]
    for phone, code in ((a_phone(9), "phone_nobodys"), (a_phone(1), "phone_own")):
        with pytest.raises(DomainError) as refused:
            shop.phones.swap(actor, asha.id, line.id, phone)
        assert refused.value.code == code
    bo = a_customer(shop, actor, "Bo", phone=a_phone(2))
    shop.phones.end_phone(actor, asha.id, line.id)
    with pytest.raises(DomainError, match="no longer one of"):
        shop.phones.swap(actor, asha.id, line.id, a_phone(2))
    assert shop.customers.card(actor, bo.id).customer.phone == a_phone(2)
    check_verified(shop)


def test_a_number_that_never_was_theirs_is_not_called_former(shop: Shop, actor: Actor) -> None:
    asha = a_customer(shop, actor, "Asha", phone=a_phone(1))
    line = shop.phones.add_phone(actor, asha.id, a_phone(2)).phones[-1]
    shop.phones.end_phone(actor, asha.id, line.id, was_mistaken=True)
    assert not shop.customers.who_has(actor, a_phone(2)).former
    check_verified(shop)


def test_a_mistaken_number_that_is_taken_off_finds_its_former_owner_again(shop: Shop, actor: Actor) -> None:
    before = a_customer(shop, actor, "Olaf", phone=a_phone(2))
    shop.phones.end_phone(actor, before.id, before.phones[0].id)
    asha = a_customer(shop, actor, "Asha", phone=a_phone(1))
    for _ in range(2):  # done again, and undone again
        line = shop.phones.add_phone(actor, asha.id, a_phone(2)).current_phones[-1]
        assert not shop.customers.who_has(actor, a_phone(2)).former
        shop.phones.end_phone(actor, asha.id, line.id, was_mistaken=True)
        assert [one.customer_id for one in shop.customers.who_has(actor, a_phone(2)).former] == [before.id]
        check_verified(shop)


def test_a_number_is_not_moved_to_who_has_it(shop: Shop, actor: Actor) -> None:
    asha = a_customer(shop, actor, "Asha", phone=a_phone(1))
    with pytest.raises(DomainError) as refused:
        shop.phones.move_phone(actor, asha.id, a_phone(1))
    assert refused.value.code == "phone_own"
