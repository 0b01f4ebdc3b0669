"""The customer desk: one customer per number, whoever asks and however the number is written."""

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.customers import Customer
from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from tests.books import check_verified
from tests.factories import a_booking, a_business, a_customer, a_phone


def test_five_written_forms_of_one_number_are_one_customer(shop: Shop) -> None:
    actor = a_business(shop, name="Delhi", region="IN", currency="INR", time_zone="Asia/Kolkata")
    forms = ("9717619183", "+91 97176 19183", "0091-97176-19183", "user_9717619183", "٩٧١٧٦١٩١٨٣")
    found = [
        shop.customers.find_or_create(actor, FindOrCreate(phone=PhoneNumber.parse(form, region="IN")))
        for form in forms
    ]
    assert [one.said for one in found] == ["created PL1"] + ["reused PL1"] * 4
    assert found[0].customer.phone is not None
    assert found[0].customer.phone.key == "+919717619183"


def test_what_is_answered_of_a_new_customer_is_what_is_read(shop: Shop, actor: Actor) -> None:
    phone = PhoneNumber.parse("087 914 0873 ext. 12", region="IE")
    command = FindOrCreate(
        phone=phone, name="Ida  Quinn", email="ida@example.com", address="1 Quay", note="Rings twice"
    )
    made = shop.customers.find_or_create(actor, command).customer
    read = shop.customers.card(actor, made.id).customer
    assert made == read
    one, other = made.phones[0].number, read.phones[0].number
    assert (one.extension, one.mark, one.typed) == (other.extension, other.mark, other.typed)


def test_another_name_on_a_known_number_is_offered_and_overwrites_nothing(shop: Shop, actor: Actor) -> None:
    first = a_customer(shop, actor, "Marta Kowalczyk", phone=a_phone(1))
    again = shop.customers.find_or_create(actor, FindOrCreate(phone=a_phone(1), name="Tom Kowalczyk"))
    assert (again.created, again.other_name) == (False, "Tom Kowalczyk")
    assert again.customer.name == "Marta Kowalczyk"
    account = shop.customers.add_contact(actor, first.id, "Tom Kowalczyk", email="tom@example.com")
    assert [(one.name, one.email) for one in account.contacts] == [("Tom Kowalczyk", "tom@example.com")]
    once_more = shop.customers.find_or_create(actor, FindOrCreate(phone=a_phone(1), name="tom  KOWALCZYK"))
    assert once_more.other_name == ""


def test_a_contact_is_found_by_name_and_goes_without_a_trace_in_search(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, "Marta")
    account = shop.customers.add_contact(actor, customer.id, "Björn Åkesson")
    assert len(shop.customers.add_contact(actor, customer.id, "björn åkesson").contacts) == 1
    assert [hit.customer_id for hit in shop.search.search(actor, "akesson").hits] == [customer.id]
    removed = shop.customers.remove_contact(actor, customer.id, account.contacts[0].id)
    assert removed.contacts == ()
    assert shop.search.search(actor, "akesson").hits == ()
    with pytest.raises(DomainError, match="not on PL1"):
        shop.customers.remove_contact(actor, customer.id, account.contacts[0].id)


def test_a_name_is_optional_and_a_wrong_email_is_refused_beside_its_field(shop: Shop, actor: Actor) -> None:
    assert shop.customers.find_or_create(actor, FindOrCreate(phone=a_phone(1))).customer.name == ""
    with pytest.raises(DomainError) as refused:
        shop.customers.find_or_create(actor, FindOrCreate(phone=a_phone(2), email="no address"))
    assert refused.value.field == "email"
    assert a_customer(shop, actor, "Eve", phone=a_phone(3)).pl_id.number == 2  # the refusal left no hole


def test_a_customer_without_a_phone_needs_a_reason_and_a_name(shop: Shop, actor: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        shop.customers.add_without_phone(actor, AddWithoutPhone(reason=" ", name="Ida"))
    assert refused.value.field == "no_phone_reason"
    with pytest.raises(DomainError) as refused:
        shop.customers.add_without_phone(actor, AddWithoutPhone(reason="abroad", name=" "))
    assert refused.value.field == "name"
    made = shop.customers.add_without_phone(actor, AddWithoutPhone(reason="abroad", name="Ida"))
    assert (str(made.pl_id), made.no_phone_reason, made.phones) == ("PL1", "abroad", ())
    phoned = shop.phones.add_phone(actor, made.id, a_phone(1))
    assert (phoned.no_phone_reason, phoned.phone) == (None, a_phone(1))


def test_a_correction_shows_everywhere_and_says_who_and_when(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, "Marta Kowalczyk")
    a_booking(shop, actor, customer)
    other = Actor(actor.business, "Till 2")
    edited = shop.customers.edit(
        other, EditCustomer(customer_id=customer.id, name="Marta Nowak", is_flagged=True)
    )
    assert (edited.name, edited.is_flagged, edited.stamps.updated_by) == ("Marta Nowak", True, "Till 2")
    assert (edited.stamps.created_by, edited.stamps.version) == ("Till 1", customer.stamps.version + 1)
    assert shop.bookings.get(actor, "B1").customer_name == "Marta Nowak"
    assert shop.search.search(actor, "kowalczyk").hits == ()
    assert [hit.name for hit in shop.search.search(actor, "nowak").hits] == ["Marta Nowak"]


def test_a_form_that_showed_an_older_record_is_refused(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    seen = customer.stamps.version
    shop.customers.edit(actor, EditCustomer(customer_id=customer.id, note="first", seen_version=seen))
    with pytest.raises(DomainError) as refused:
        shop.customers.edit(actor, EditCustomer(customer_id=customer.id, note="second", seen_version=seen))
    assert refused.value.code == "changed_elsewhere"
    assert shop.customers.card(actor, customer.id).customer.note == "first"


def test_an_edit_that_changes_nothing_writes_nothing(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, "Marta")
    same = shop.customers.edit(actor, EditCustomer(customer_id=customer.id, name=" Marta "))
    assert same.stamps == customer.stamps
    assert shop.history.story(actor, customer.id).counts.changes == 1


def test_a_name_once_given_is_not_emptied(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, "Marta")
    with pytest.raises(DomainError) as refused:
        shop.customers.edit(actor, EditCustomer(customer_id=customer.id, name=" "))
    assert refused.value.code == "name_missing"


# -- phones ----------------------------------------------------------------------------------------------
def test_a_customer_may_have_more_numbers_each_labelled_one_primary(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, phone=a_phone(1))
    customer = shop.phones.add_phone(actor, customer.id, a_phone(2), label="work")
    assert [(line.number, line.label, line.is_primary) for line in customer.phones] == [
        (a_phone(1), "", True),
        (a_phone(2), "work", False),
    ]
    second = customer.phones[1].id
    customer = shop.phones.label_phone(actor, customer.id, second, "mother")
    customer = shop.phones.make_primary(actor, customer.id, second)
    assert [(line.number, line.label, line.is_primary) for line in customer.phones] == [
        (a_phone(2), "mother", True),
        (a_phone(1), "", False),
    ]
    third = shop.phones.add_phone(actor, customer.id, a_phone(3), make_primary=True)
    assert third.phone == a_phone(3)


def test_a_number_belongs_to_one_customer_and_the_refusal_names_it(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    tom = a_customer(shop, actor, "Tom", phone=a_phone(2))
    with pytest.raises(DomainError) as refused:
        shop.phones.add_phone(actor, tom.id, a_phone(1))
    assert refused.value.sentence == "Belongs to PL1 Marta. Open it, or move the number."
    assert refused.value.facts["customer_id"] == marta.id
    with pytest.raises(DomainError) as refused:
        shop.phones.add_phone(actor, tom.id, a_phone(2))
    assert refused.value.code == "phone_own"


def test_a_changed_number_stays_searchable_as_former(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    changed = shop.phones.change_number(actor, marta.id, marta.phones[0].id, a_phone(2))
    assert changed.phone == a_phone(2)
    assert [(line.number, line.is_former) for line in changed.phones] == [
        (a_phone(2), False),
        (a_phone(1), True),
    ]
    [hit] = shop.search.search(actor, "0851000001").hits
    assert (hit.customer_id, hit.is_former) == (marta.id, True)
    owner = shop.customers.who_has(actor, a_phone(1))
    assert owner.customer is None
    assert [one.customer_id for one in owner.former] == [marta.id]
    assert shop.customers.resolve(actor, "0851000001").customer.id == marta.id


def test_find_or_create_with_a_former_number_makes_a_new_customer_and_ends_the_mark(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    shop.phones.change_number(actor, marta.id, marta.phones[0].id, a_phone(2))
    found = shop.customers.find_or_create(actor, FindOrCreate(phone=a_phone(1), name="Tom"))
    assert found.said == "created PL2"
    [hit] = shop.search.search(actor, "0851000001").hits
    assert (hit.customer_id, hit.is_former) == (found.customer.id, False)
    lines = shop.customers.card(actor, marta.id).customer.phones
    assert [(line.number, line.is_current, line.is_former) for line in lines] == [
        (a_phone(2), True, False),
        (a_phone(1), False, False),
    ]


def test_a_former_number_can_be_its_customers_again(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    shop.phones.end_phone(actor, marta.id, marta.phones[0].id)
    assert shop.customers.card(actor, marta.id).customer.phone is None
    back = shop.phones.take_back(actor, marta.id, a_phone(1))
    assert (back.phone, len(back.phones), back.phones[0].is_primary) == (a_phone(1), 1, True)
    with pytest.raises(DomainError, match="has not had"):
        shop.phones.take_back(actor, marta.id, a_phone(9))


def test_a_former_number_that_somebody_has_cannot_be_taken_back(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    shop.phones.end_phone(actor, marta.id, marta.phones[0].id)
    a_customer(shop, actor, "Tom", phone=a_phone(1))
    with pytest.raises(DomainError) as refused:
        shop.phones.take_back(actor, marta.id, a_phone(1))
    assert refused.value.code == "phone_taken"


def test_a_number_passed_on_makes_a_new_pl_id_and_leaves_the_history(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    a_booking(shop, actor, marta)
    passed = shop.phones.pass_on(actor, FindOrCreate(phone=a_phone(1), name="Tom"))
    assert (passed.said, passed.customer.phone) == ("created PL2", a_phone(1))
    old = shop.customers.card(actor, marta.id)
    assert (old.customer.phone, old.facts.bookings) == (None, 1)
    assert shop.bookings.get(actor, "B1").pl_id == marta.pl_id
    titles = [event.title for event in shop.history.page(actor, marta.id).events]
    assert "phone.passed_on" in titles


def test_a_number_can_be_moved_to_another_customer(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    tom = a_customer(shop, actor, "Tom", phone=a_phone(2))
    moved = shop.phones.move_phone(actor, tom.id, a_phone(1))
    assert [line.number for line in moved.current_phones] == [a_phone(2), a_phone(1)]
    assert shop.customers.card(actor, marta.id).customer.phone is None
    with pytest.raises(DomainError) as again:
        shop.phones.move_phone(actor, tom.id, a_phone(1))
    assert again.value.code == "phone_own"
    assert shop.customers.card(actor, tom.id).customer.stamps == moved.stamps


def test_a_number_in_use_that_comes_instead_of_the_main_one_is_the_main_one_now(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    tom = a_customer(shop, actor, "Tom", phone=a_phone(2))
    main = tom.phones[0]
    shop.phones.label_phone(actor, tom.id, main.id, "mobile")
    shop.phones.add_phone(actor, tom.id, a_phone(3), label="work")
    moved = shop.phones.move_phone(actor, tom.id, a_phone(1), ends=main.id)
    assert [(line.number, line.label, line.is_primary) for line in moved.current_phones] == [
        (a_phone(1), "mobile", True),
        (a_phone(3), "work", False),
    ]
    assert [(line.number, line.is_former) for line in moved.phones if line.ended_at] == [(a_phone(2), True)]
    assert shop.customers.card(actor, marta.id).customer.no_phone_reason
    check_verified(shop)


def test_a_number_that_changes_hands_is_told_with_both_names(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    tom = shop.phones.pass_on(actor, FindOrCreate(phone=a_phone(1), name="Tom")).customer
    ida = a_customer(shop, actor, "Ida", phone=a_phone(2))
    shop.phones.move_phone(actor, ida.id, a_phone(1))

    def told(customer: Customer) -> list[tuple[str, object, object]]:
        events = shop.history.page(actor, customer.id).events
        lines = [event.line for event in events if event.line is not None]
        values = [(line.action, {**line.before, **line.after}) for line in lines]
        return [(action, one.get("phone"), one.get("other")) for action, one in values if "other" in one]

    number = a_phone(1).key
    assert told(marta) == [("phone.passed_on", number, str(tom.pl_id))]
    assert told(tom) == [
        ("phone.passed_on", number, str(ida.pl_id)),
        ("phone.taken_over", number, str(marta.pl_id)),
    ]
    assert told(ida) == [("phone.taken_over", number, str(tom.pl_id))]
    check_verified(shop)


def test_the_next_number_becomes_primary_when_the_primary_ends(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    shop.phones.add_phone(actor, marta.id, a_phone(2))
    ended = shop.phones.end_phone(actor, marta.id, marta.phones[0].id)
    assert [(line.number, line.is_primary) for line in ended.current_phones] == [(a_phone(2), True)]
    with pytest.raises(DomainError) as refused:
        shop.phones.end_phone(actor, marta.id, marta.phones[0].id)
    assert refused.value.code == "phone_ended"


# -- identity --------------------------------------------------------------------------------------------
def test_any_form_of_an_id_finds_the_customer(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    with shop.store.work(actor) as uow:
        uow.customers.add_alias(marta.id, " OLD-77 ")
        uow.commit()
    for text in ("PL1", "pl1", "pl001", "1", "085 100 0001", "user_0851000001", "+353851000001", "old-77"):
        assert shop.customers.resolve(actor, text).customer.id == marta.id, text
    for text in ("PL2", "2", "0851000002", "nobody", "", "\0"):
        with pytest.raises(DomainError) as refused:
            shop.customers.resolve(actor, text)
        assert refused.value.code == "customer_unknown", text


def test_the_facts_of_a_customer_come_from_the_bookings(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta")
    first, second = a_booking(shop, actor, marta), a_booking(shop, actor, marta)
    shop.bookings.set_status(actor, first.number, type(first.status).ARRIVED)
    facts = shop.customers.card(actor, marta.id).facts
    assert (facts.bookings, facts.visits, facts.last_visit) == (2, 1, first.starts)
    assert (facts.next_booking, facts.next_booking_at) == (second.number, second.starts)
    shop.bookings.set_status(actor, first.number, type(first.status).NO_SHOW)
    facts = shop.customers.card(actor, marta.id).facts
    assert (facts.visits, facts.did_not_come, facts.last_visit) == (0, 1, None)


# -- nothing lost, nothing doubled ---------------------------------------------------------------------
def test_a_commit_that_fails_leaves_no_hole(
    shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_customer(shop, actor, "Marta")

    def fail(_journal: object) -> None:
        raise OSError("the power went out")

    with monkeypatch.context() as patched:
        patched.setattr("posapp.storage.base.journal.JournalTable.flush", fail)
        with pytest.raises(OSError, match="power"):
            a_customer(shop, actor, "Nobody", phone=a_phone(77))
    assert shop.customers.who_has(actor, a_phone(77)).customer is None
    assert str(a_customer(shop, actor, "Tom", phone=a_phone(77)).pl_id) == "PL2"


def test_an_actor_without_the_permission_is_refused(shop: Shop, actor: Actor) -> None:
    reader = Actor(actor.business, "Till 1", "Ann", frozenset({Permission.CUSTOMER_READ}))
    marta = a_customer(shop, actor)
    assert shop.customers.card(reader, marta.id).customer.id == marta.id
    with pytest.raises(DomainError) as refused:
        shop.customers.edit(reader, EditCustomer(customer_id=marta.id, note="x"))
    assert refused.value.code == "not_allowed"
