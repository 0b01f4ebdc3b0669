"""A customer without a number who comes again is asked about, not made twice; further e-mail addresses."""

import threading

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from tests.factories import a_business, a_customer, a_phone
from tests.old_data.factories import a_further_email


def _ida(shop: Shop, actor: Actor, name: str = "Ida Lönn", email: str = "ida@example.com") -> Customer:
    return shop.customers.add_without_phone(actor, AddWithoutPhone(reason="Visitor", name=name, email=email))


def _offered(shop: Shop, actor: Actor, name: str, email: str = "") -> list[int]:
    return [one.id for one in shop.customers.without_phone(actor, name, email)]


def test_the_same_name_or_address_is_offered_while_there_is_no_number(shop: Shop, actor: Actor) -> None:
    ida = _ida(shop, actor)
    a_customer(shop, actor, "Ida Lönn")
    a_further_email(shop, actor, ida.id, "lonn@example.com")
    assert _offered(shop, actor, "  IDA lonn ") == [ida.id]
    assert _offered(shop, actor, "Somebody", "Ida@Example.com") == [ida.id]
    assert _offered(shop, actor, "Somebody", "lonn@example.com") == [ida.id]
    assert _offered(shop, actor, "Ida") == _offered(shop, actor, "", "") == []
    assert _offered(shop, a_business(shop, name="Next door"), "Ida Lönn") == []
    shop.phones.give_number(actor, ida.id, a_phone())
    assert _offered(shop, actor, "Ida Lönn", "ida@example.com") == []


def test_the_number_is_theirs_and_the_reason_why_there_was_none_goes(shop: Shop, actor: Actor) -> None:
    ida, number = _ida(shop, actor), a_phone()
    given = shop.phones.give_number(actor, ida.id, number)
    assert (given.phone, given.no_phone_reason) == (number, None)
    assert shop.phones.give_number(actor, ida.id, number) == given
    with pytest.raises(DomainError) as refused:
        shop.phones.give_number(actor, ida.id, a_phone())
    assert refused.value.code == "phone_known"
    with pytest.raises(DomainError) as refused:
        shop.phones.give_number(actor, _ida(shop, actor).id, number)
    assert refused.value.code == "phone_taken"


def test_two_tills_end_with_one_owner_of_the_number(shop: Shop, actor: Actor) -> None:
    ida, number, start = _ida(shop, actor), a_phone(), threading.Barrier(2)
    answers: list[object] = []

    def give() -> None:
        start.wait()
        try:
            answers.append(shop.phones.give_number(actor, ida.id, number).id)
        except DomainError as error:
            answers.append(error.code)

    def make() -> None:
        start.wait()
        found = shop.customers.find_or_create(actor, FindOrCreate(phone=number, name="Ida Lönn"))
        answers.append(found.customer.id)

    tills = [threading.Thread(target=work) for work in (give, make)]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    owner = shop.customers.who_has(actor, number).customer
    assert owner is not None
    assert all(answer in (owner.customer.id, "phone_taken") for answer in answers)


def _emails(shop: Shop, actor: Actor, customer: Customer) -> list[str]:
    return [one.email for one in shop.further_emails.of_customer(actor, customer.id)]


def test_a_customer_has_several_addresses_and_one_main_one(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    desk = shop.further_emails
    assert desk.add(actor, customer.id, "First@example.com").email == "first@example.com"
    for email in ("second@example.com", "third@example.com", "FIRST@example.com", "second@example.com"):
        desk.add(actor, customer.id, email)
    assert _emails(shop, actor, customer) == ["second@example.com", "third@example.com"]
    second = desk.of_customer(actor, customer.id)[0]
    assert desk.make_main(actor, customer.id, second.id).email == "second@example.com"
    assert _emails(shop, actor, customer) == ["third@example.com", "first@example.com"]
    with pytest.raises(DomainError) as refused:
        desk.make_main(actor, customer.id, second.id)
    assert refused.value.code == "email_gone"
    desk.remove(actor, customer.id, desk.of_customer(actor, customer.id)[0].id)
    assert _emails(shop, actor, customer) == ["first@example.com"]
    for wrong in ("", "no address"):
        with pytest.raises(DomainError):
            desk.add(actor, customer.id, wrong)
    other = a_customer(shop, actor)
    with pytest.raises(DomainError):
        desk.remove(actor, other.id, desk.of_customer(actor, customer.id)[0].id)
    told = [one.title for one in shop.history.page(actor, customer.id).events]
    assert told[:2] == ["email.removed", "customer.edited"]


def test_an_address_that_was_made_the_main_one_elsewhere_stays_one(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, email="main@example.com")
    shop.further_emails.add(actor, customer.id, "second@example.com")
    shop.customers.edit(actor, EditCustomer(customer_id=customer.id, email="second@example.com"))
    line = shop.further_emails.of_customer(actor, customer.id)[0]
    assert shop.further_emails.make_main(actor, customer.id, line.id).email == "second@example.com"
    assert _emails(shop, actor, customer) == []
