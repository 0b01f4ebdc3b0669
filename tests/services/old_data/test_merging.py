"""Two customers become one with everything, and two again exactly as they were."""

from datetime import timedelta
from typing import Any

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.consents import ConsentKind, newest
from posapp.domain.customers.customers import NOTE_LIMIT, Customer, Terms
from posapp.domain.customers.privacy import Erase
from posapp.domain.old_data.merging import MergeField, MoneyRow, Side
from posapp.domain.people.users import Role
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.catalogue.price_levels import SavePriceLevel
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.storage.old_data.references import of_customers
from tests.books import check_verified
from tests.drawers import an_open_shift
from tests.factories import a_booking, a_business, a_customer, a_phone, at, the_clock
from tests.merges import a_pair, dump, faults, fresh, merged, with_everything
from tests.old_data.brought import brought
from tests.old_data.factories import a_further_email
from tests.people import a_user
from tests.repairs import a_ticket
from tests.sales import a_sale


def refused(call: Any) -> str:
    """The code by which a call is refused."""
    with pytest.raises(DomainError) as error:
        call()
    return error.value.code


def edited(shop: Shop, actor: Actor, one: Customer, **values: Any) -> Customer:
    return shop.customers.edit(actor, EditCustomer(customer_id=one.id, **values))


def test_every_table_that_points_at_a_customer_moves_and_returns(shop: Shop, actor: Actor) -> None:
    loser = with_everything(shop, actor)
    survivor = a_customer(shop, actor, "Survivor")
    with shop.store.look(actor) as uow:
        has = uow.merges.counts(loser.id)
    assert set(has) == {one.table.name for one in of_customers()}, "each table has a row of the loser"
    before, known = dump(shop, actor), faults(shop)
    assert known.keys() <= {"imports", "past_records", "legacy_ids"}

    done = merged(shop, actor, loser, survivor)
    assert done.moved == has
    assert faults(shop) == known
    with shop.store.look(actor) as uow:
        assert uow.merges.counts(loser.id) == {}
        assert set(uow.merges.counts(survivor.id)) >= set(has) - {"customer"}

    undone = shop.merging.unmerge(actor, done.id)
    assert undone.returned == has
    assert undone.left == ()
    assert dump(shop, actor) == before
    assert faults(shop) == known


# -- who is found --------------------------------------------------------------------------------------
def test_every_old_id_finds_the_survivor(sqlite_shop: Shop, actor: Actor) -> None:
    shop = sqlite_shop
    survivor, loser = a_pair(shop, actor)
    with shop.store.work(actor) as uow:
        uow.customers.add_alias(loser.id, "CUST-7")
        uow.commit()
    done = merged(shop, actor, loser, survivor)
    assert loser.phone is not None
    for text in (str(loser.pl_id), "cust-7", loser.phone.key, str(survivor.pl_id)):
        assert shop.customers.resolve(actor, text).customer.id == survivor.id, text
    now = fresh(shop, actor, survivor)
    assert now.phone == survivor.phone, "the primary number is the survivor's"
    assert {line.number for line in now.current_phones} == {survivor.phone, loser.phone}
    assert [hit.customer_id for hit in shop.search.search(actor, str(loser.pl_id)).hits] == [survivor.id]
    assert [one.loser for one in shop.merging.of_customer(actor, loser.id)] == [loser.pl_id]

    shop.merging.unmerge(actor, done.id)
    assert shop.customers.resolve(actor, str(loser.pl_id)).customer.id == loser.id
    assert shop.customers.resolve(actor, "cust-7").customer.id == loser.id
    assert shop.merging.of_customer(actor, survivor.id) == ()


def test_a_command_for_the_loser_lands_on_the_survivor(shop: Shop, actor: Actor) -> None:
    survivor, loser = a_pair(shop, actor)
    merged(shop, actor, loser, survivor)
    booked = a_booking(shop, actor, loser)
    assert booked.customer_id == survivor.id
    assert loser.phone is not None
    found = shop.customers.find_or_create(actor, FindOrCreate(phone=loser.phone, name="Asha"))
    assert (found.created, found.customer.id) == (False, survivor.id)
    check_verified(shop)


# -- fields --------------------------------------------------------------------------------------------
def test_no_value_is_dropped(sqlite_shop: Shop, actor: Actor) -> None:
    shop = sqlite_shop
    survivor = a_customer(shop, actor, "Asha Kumar", email="a@example.com", address="1 Quay", note="Pays")
    loser = a_customer(shop, actor, "Asha K.", email="b@example.com", address="2 Lane", note="Late")
    level = shop.price_levels.save(actor, SavePriceLevel(name="Trade", percent_off=100_000))
    edited(shop, actor, survivor, terms=Terms(tax_number="IE1", account_limit_minor=500))
    edited(
        shop,
        actor,
        loser,
        is_flagged=True,
        terms=Terms(price_level_id=level.id, tax_number="IE2", account_limit_minor=900),
    )
    merged(shop, actor, loser, survivor)
    now = fresh(shop, actor, survivor)
    assert (now.name, now.email, now.address) == ("Asha Kumar", "a@example.com", "1 Quay")
    assert [one.name for one in now.contacts] == ["Asha K."]
    assert now.is_flagged
    assert now.terms == Terms(price_level_id=level.id, tax_number="IE1", account_limit_minor=500)
    assert now.note.splitlines() == [
        "Pays",
        "Late",
        f"Address of {loser.pl_id}: 2 Lane",
        f"Tax number of {loser.pl_id}: IE2",
        f"Limit on account of {loser.pl_id}: €9.00",
    ]
    with shop.store.look(actor) as uow:
        assert [email for _, email in uow.merges.emails(survivor.id)] == ["b@example.com"]
    assert shop.search.search(actor, "asha k").hits


def test_one_name_in_two_spellings_is_one_and_the_better_one_stays(sqlite_shop: Shop, actor: Actor) -> None:
    shop = sqlite_shop
    for worse in ("ciara byrne", "CIARA BYRNE"):
        survivor, loser = a_customer(shop, actor, worse), a_customer(shop, actor, "Ciara Byrne")
        done = merged(shop, actor, loser, survivor)
        now = fresh(shop, actor, survivor)
        assert (now.name, now.contacts) == ("Ciara Byrne", ())
        shop.merging.unmerge(actor, done.id)
        assert fresh(shop, actor, survivor).name == worse
        merged(shop, actor, loser, survivor, choices={MergeField.NAME: Side.SURVIVOR})
        now = fresh(shop, actor, survivor)
        assert (now.name, now.contacts) == (worse, ())


def test_what_is_chosen_of_the_loser_stays_and_the_other_is_kept(sqlite_shop: Shop, actor: Actor) -> None:
    shop = sqlite_shop
    survivor = a_customer(shop, actor, "Asha Kumar", email="a@example.com", address="1 Quay")
    loser = a_customer(shop, actor, "Bo Lind", email="b@example.com", address="2 Lane")
    before = dump(shop, actor)
    choices = dict.fromkeys(MergeField, Side.LOSER)
    seen = shop.merging.preview(actor, survivor.id, loser.id, choices)
    chosen = {one.field for one in seen.fields if one.chosen is Side.LOSER}
    assert chosen >= {MergeField.NAME, MergeField.PHONES, MergeField.EMAIL, MergeField.ADDRESS}
    done = merged(shop, actor, loser, survivor, choices=choices, seen=seen.versions)
    now = fresh(shop, actor, survivor)
    assert (now.name, now.email, now.address, now.phone) == (
        "Bo Lind",
        "b@example.com",
        "2 Lane",
        loser.phone,
    )
    assert [one.name for one in now.contacts] == ["Asha Kumar"]
    assert now.note == f"Address of {survivor.pl_id}: 1 Quay"
    check_verified(shop)
    assert shop.merging.unmerge(actor, done.id).left == ()
    assert dump(shop, actor) == before
    check_verified(shop)


def test_values_of_a_survivor_who_has_none_come_from_the_loser(sqlite_shop: Shop, actor: Actor) -> None:
    shop = sqlite_shop
    survivor = shop.customers.add_without_phone(actor, AddWithoutPhone(reason="abroad", name="Ida"))
    loser = a_customer(shop, actor, "Ida", email="i@example.com")
    before = dump(shop, actor)
    done = merged(shop, actor, loser, survivor)
    now = fresh(shop, actor, survivor)
    assert (now.email, now.phone, now.no_phone_reason, now.contacts) == (
        "i@example.com",
        loser.phone,
        None,
        (),
    )
    check_verified(shop)
    shop.merging.unmerge(actor, done.id)
    assert dump(shop, actor) == before


def test_notes_that_are_too_long_for_one_are_refused_and_nothing_is_written(
    sqlite_shop: Shop, actor: Actor
) -> None:
    shop = sqlite_shop
    survivor = a_customer(shop, actor, "A", note="x" * (NOTE_LIMIT - 10))
    loser = a_customer(shop, actor, "A", note="y" * 20)
    before = dump(shop, actor)
    assert refused(lambda: merged(shop, actor, loser, survivor)) == "note_too_long"
    assert shop.merging.preview(actor, survivor.id, loser.id).blocked.startswith("The notes of")
    assert dump(shop, actor) == before


# -- consent -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mine", "other", "chosen", "holds"),
    [
        ((True,), (True, False), None, False),
        ((True, False), (True,), None, False),
        ((True, False), (True,), Side.LOSER, True),
        ((), (True,), None, True),
        ((True,), (), None, True),
        ((True,), (True,), None, True),
    ],
)
def test_what_was_withdrawn_is_not_given_by_a_merge(
    sqlite_shop: Shop,
    actor: Actor,
    mine: tuple[bool, ...],
    other: tuple[bool, ...],
    chosen: Side | None,
    holds: bool,
) -> None:
    shop = sqlite_shop
    survivor, loser = a_pair(shop, actor)
    for one, answers in (
        ((loser, other), (survivor, mine)) if chosen is None else ((survivor, mine), (loser, other))
    ):
        for is_given in answers:
            shop.consents.set(
                actor, SetConsent(customer_id=one.id, kind=ConsentKind.MESSAGES, is_given=is_given)
            )
    then = [_holds(shop, actor, one) for one in (survivor, loser)]
    choices = {} if chosen is None else {MergeField.MESSAGES: chosen}
    done = merged(shop, actor, loser, survivor, choices=choices)
    assert _holds(shop, actor, survivor) is holds
    check_verified(shop)
    shop.merging.unmerge(actor, done.id)
    assert [_holds(shop, actor, one) for one in (survivor, loser)] == then
    check_verified(shop)


def _holds(shop: Shop, actor: Actor, one: Customer) -> bool | None:
    held = newest(shop.consents.of_customer(actor, one.id)).get(ConsentKind.MESSAGES)
    return None if held is None else held.is_given


# -- money ---------------------------------------------------------------------------------------------
def test_the_sums_of_both_are_those_of_one_to_the_cent(shop: Shop, actor: Actor) -> None:
    an_open_shift(shop, actor)
    survivor, loser = a_pair(shop, actor)
    for one, price in ((survivor, 1999), (loser, 3333), (loser, 101)):
        a_sale(shop, actor, price_minor=price, customer_id=one.id)
    before = dump(shop, actor)
    seen = shop.merging.preview(actor, survivor.id, loser.id)
    spent = next(one for one in seen.sums if one.row is MoneyRow.SPENT)
    assert (spent.survivor_minor, spent.loser_minor, spent.after_minor) == (1999, 3434, 5433)
    assert all(one.is_whole for one in seen.sums)
    assert seen.moves["sale_order"] == 2
    done = merged(shop, actor, loser, survivor)
    assert shop.customers.card(actor, survivor.id).facts.spent_minor == 5433
    check_verified(shop)
    shop.merging.unmerge(actor, done.id)
    assert dump(shop, actor) == before


# -- what stands in the way ----------------------------------------------------------------------------
def test_who_may_not_be_merged_is_said(shop: Shop, actor: Actor) -> None:
    survivor, loser = a_pair(shop, actor)
    third = a_customer(shop, actor, "Third")
    stale = fresh(shop, actor, loser).stamps.version
    edited(shop, actor, loser, note="newer")
    seen = (survivor.stamps.version, stale)
    assert refused(lambda: merged(shop, actor, loser, survivor, seen=seen)) == "changed_elsewhere"
    assert refused(lambda: merged(shop, actor, survivor, survivor)) == "merge_same"
    theirs = a_customer(shop, a_business(shop, name="Next door"), "Theirs")
    assert refused(lambda: merged(shop, actor, theirs, survivor)) == "customer_unknown"
    assert refused(lambda: merged(shop, actor, survivor, theirs)) == "customer_unknown"

    done = merged(shop, actor, loser, survivor)
    for one, other in ((loser, third), (third, loser), (loser, survivor)):
        assert refused(lambda one=one, other=other: merged(shop, actor, one, other)) == "merged_already"
    assert refused(lambda: shop.merging.unmerge(actor, done.id + 1)) == "merge_unknown"
    shop.merging.unmerge(actor, done.id)
    assert refused(lambda: shop.merging.unmerge(actor, done.id)) == "merge_unknown"
    shop.privacy.erase(actor, Erase(customer_id=third.id, reason="asked for it"))
    assert refused(lambda: merged(shop, actor, third, survivor)) == "person_erased"
    assert "anonymised" in shop.merging.preview(actor, survivor.id, third.id).blocked
    check_verified(shop)


def test_two_users_are_never_one_customer(shop: Shop, actor: Actor) -> None:
    users = [a_user(shop, actor, Role.ADMIN, phone=a_phone(), email=f"{n}@example.com") for n in "ab"]
    first, second = (shop.users.customer_of(actor, one.id).customer for one in users)
    assert refused(lambda: merged(shop, actor, second, first)) == "merge_two_users"
    assert "cannot be two users" in shop.merging.preview(actor, first.id, second.id).blocked
    third = a_customer(shop, actor, "Third")
    done = merged(shop, actor, first, third)
    with shop.store.look(actor) as uow:
        assert [one.id for one in [uow.users.of_customer(third.id)] if one] == [users[0].id]
    shop.merging.unmerge(actor, done.id)
    with shop.store.look(actor) as uow:
        assert uow.users.of_customer(third.id) is None
        assert uow.users.of_customer(first.id) is not None
    check_verified(shop)


# -- undo ----------------------------------------------------------------------------------------------
def test_merges_are_undone_the_last_one_first(shop: Shop, actor: Actor) -> None:
    a, b, c = (a_customer(shop, actor, name) for name in ("A", "B", "C"))
    before = dump(shop, actor)
    first = merged(shop, actor, c, b)
    second = merged(shop, actor, b, a)
    assert shop.customers.resolve(actor, str(c.pl_id)).customer.id == a.id
    assert refused(lambda: shop.merging.unmerge(actor, first.id)) == "merge_covered"
    check_verified(shop)
    shop.merging.unmerge(actor, second.id)
    assert shop.customers.resolve(actor, str(c.pl_id)).customer.id == b.id
    check_verified(shop)
    shop.merging.unmerge(actor, first.id)
    assert dump(shop, actor) == before

    first, second = merged(shop, actor, b, a), merged(shop, actor, c, a)
    assert refused(lambda: shop.merging.unmerge(actor, first.id)) == "merge_covered"
    shop.merging.unmerge(actor, second.id)
    shop.merging.unmerge(actor, first.id)
    assert dump(shop, actor) == before


def test_what_changed_since_stays_and_is_named(shop: Shop, actor: Actor) -> None:
    survivor, loser = a_pair(shop, actor)
    edited(shop, actor, survivor, note="one")
    edited(shop, actor, loser, note="two", email="l@example.com")
    done = merged(shop, actor, loser, survivor)
    now = fresh(shop, actor, survivor)
    assert [one.name for one in now.contacts] == ["Asha Kumari"]
    shop.bookings.book(actor, MakeBooking(starts=at(11), customer_id=survivor.id, person="Asha Kumari"))
    edited(shop, actor, survivor, note="three")
    the_clock(shop).advance(timedelta(minutes=1))
    undone = shop.merging.unmerge(actor, done.id)
    assert set(undone.left) == {"Asha Kumari", "note"}
    now = fresh(shop, actor, survivor)
    assert (now.note, now.email) == ("three", "")
    check_verified(shop)


def test_what_came_later_goes_with_what_it_is_a_part_of(shop: Shop, actor: Actor) -> None:
    an_open_shift(shop, actor)
    survivor, loser = a_pair(shop, actor)
    ticket = a_ticket(shop, actor, customer_id=loser.id)
    booking = a_booking(shop, actor, loser)
    done = merged(shop, actor, loser, survivor)
    later = a_ticket(shop, actor, booking=booking.number)
    own = a_ticket(shop, actor, customer_id=loser.id)
    undone = shop.merging.unmerge(actor, done.id)
    assert undone.left == ()
    whose = {one.number: shop.tickets.get(actor, one.number).customer_id for one in (ticket, later, own)}
    assert whose == {ticket.number: loser.id, later.number: loser.id, own.number: survivor.id}
    check_verified(shop)


# -- who is forgotten ----------------------------------------------------------------------------------
def test_who_was_merged_is_forgotten_with_the_survivor(shop: Shop, actor: Actor) -> None:
    survivor, loser = a_pair(shop, actor)
    edited(shop, actor, survivor, email="a@example.com")
    edited(shop, actor, loser, email="secret@example.com", note="secret note")
    done = merged(shop, actor, loser, survivor)
    shop.privacy.erase(actor, Erase(customer_id=survivor.id, reason="asked for it"))
    check_verified(shop)
    assert refused(lambda: shop.merging.unmerge(actor, done.id)) == "person_erased"
    assert not any("secret" in row for rows in dump(shop, actor, but=()).values() for row in rows)


def test_it_is_undone_though_an_import_got_the_keys_of_what_it_took_out(shop: Shop, actor: Actor) -> None:
    survivor, loser = a_pair(shop, actor)
    for one in (survivor, loser):
        a_further_email(shop, actor, one.id, "y@b.example")
    done = merged(shop, actor, loser, survivor)
    brought(shop, actor, 1, found=[survivor.id])
    assert not {"records", "journal"} & faults(shop).keys()
    shop.merging.unmerge(actor, done.id)
    assert not {"records", "journal"} & faults(shop).keys()
    with shop.store.look(actor) as uow:
        assert [email for _, email in uow.merges.emails(loser.id)] == ["y@b.example"]
    person = shop.customers.card(actor, survivor.id).customer.contacts[-1]
    shop.customers.remove_contact(actor, survivor.id, person.id)
    assert not {"records", "journal"} & faults(shop).keys()
