"""Users: added, changed, disabled, linked to their one customer, and the way back in."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser
from posapp.storage.base.database import keep
from posapp.storage.shop.tables import setting
from tests.factories import TILL, a_business, a_customer, a_phone
from tests.people import PIN, a_user, an_admin, signed_in, somebody


def refused(call: object) -> str:
    with pytest.raises(DomainError) as refusal:
        call()  # type: ignore[operator]
    return refusal.value.code


def changed(shop: Shop, admin: Actor, user_id: int, **values: object) -> str:
    user = shop.users.get(admin, user_id)
    wanted = {"name": user.name, "role": user.role, "phone": user.phone, "email": user.email, **values}
    shop.users.save(admin, SaveUser(id=user_id, **wanted))  # type: ignore[arg-type]
    return user.name


def test_name_phone_and_email_are_one_user_s_each_but_may_be_next_door_s(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    a_user(shop, admin, name="Niamh", phone=a_phone(1), email="n@example.com")
    for values, code in (
        ({"name": " NIAMH "}, "user_exists"),
        ({"phone": a_phone(1)}, "user_phone_taken"),
        ({"email": "N@example.com"}, "user_email_taken"),
    ):
        assert refused(lambda values=values: a_user(shop, admin, **values)) == code
    there = shop.sign_in.in_business(admin, a_business(shop, name="Next door").business)
    assert a_user(shop, there, name="Niamh", phone=a_phone(1), email="n@example.com").name == "Niamh"


def test_a_manager_changes_the_people_below_and_no_others(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    manager = somebody(shop, admin, Role.MANAGER)
    clerk = a_user(shop, manager, Role.STAFF)
    shop.users.set_pin(manager, clerk.id, "864209")
    assert manager.user_id is not None and admin.user_id is not None
    for call in (
        lambda: a_user(shop, manager, Role.MANAGER),
        lambda: a_user(shop, manager, Role.ADMIN),
        lambda: changed(shop, manager, clerk.id, role=Role.MANAGER),
        lambda: changed(shop, manager, admin.user_id or 0, role=Role.STAFF),
        lambda: shop.users.set_pin(manager, admin.user_id or 0, "864209"),
        lambda: shop.users.new_badge(manager, admin.user_id or 0),
        lambda: shop.users.disable(manager, admin.user_id or 0),
    ):
        assert refused(call) == "not_allowed"
    shop.users.set_pin(manager, manager.user_id, "864209")  # one's own


def test_a_clerk_changes_nothing_but_their_own_pin(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    clerk = somebody(shop, admin)
    assert clerk.user_id is not None
    shop.users.set_pin(clerk, clerk.user_id, "864209")
    assert shop.users.get(clerk, clerk.user_id).name == clerk.user
    for call in (
        lambda: shop.users.set_pin(clerk, admin.user_id or 0, "864209"),
        lambda: shop.users.get(clerk, admin.user_id or 0),
        lambda: shop.users.all(clerk),
        lambda: a_user(shop, clerk),
    ):
        assert refused(call) == "not_allowed"


def test_the_last_admin_stays(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    key = admin.user_id
    assert key is not None
    assert refused(lambda: shop.users.disable(admin, key)) == "last_admin"
    assert refused(lambda: changed(shop, admin, key, role=Role.MANAGER)) == "last_admin"
    second = a_user(shop, admin, Role.ADMIN)
    shop.users.disable(admin, key)
    assert refused(lambda: shop.users.disable(signed_in(shop, second), second.id)) == "last_admin"


def test_an_edit_on_an_old_sight_is_refused_and_signing_in_is_no_edit(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin)
    signed_in(shop, user)
    seen = user.stamps.version
    shop.users.save(admin, SaveUser(id=user.id, name="New name", role=user.role, seen_version=seen))
    stale = SaveUser(id=user.id, name="Other", role=user.role, seen_version=seen)
    assert refused(lambda: shop.users.save(admin, stale)) == "changed_elsewhere"


def test_pin_and_password_go_into_no_entry(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin)
    shop.users.set_password(admin, user.id, "correct horse battery")
    code = shop.users.new_badge(admin, user.id)
    with shop.store.look(admin) as uow:
        said = str(uow.connection.exec_driver_sql("SELECT body FROM journal").all())
        said += str(uow.connection.exec_driver_sql("SELECT body FROM journal_personal").all())
    for secret in (PIN, "correct horse battery", code, "argon2"):
        assert secret not in said


# -- the one customer of a user -------------------------------------------------------------------------
def test_a_user_has_one_customer_found_by_link_then_phone_else_made(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    known = a_customer(shop, admin, "Marta", phone=a_phone(5))
    user = a_user(shop, admin, name="Marta K", phone=a_phone(5), email="m@example.com")
    first = shop.users.customer_of(admin, user.id)
    assert (first.customer.id, first.created, first.customer.name) == (known.id, False, "Marta")
    assert shop.users.customer_of(signed_in(shop, user), user.id).customer.id == known.id
    new = shop.users.customer_of(admin, a_user(shop, admin, name="Ravi", phone=a_phone(6)).id)
    assert (new.created, new.customer.name, new.said) == (True, "Ravi", "created PL2")
    assert all(one.is_kept for one in verify(shop.store))


def test_two_users_never_share_a_customer(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    marta = a_customer(shop, admin, phone=a_phone(5))
    shop.phones.add_phone(admin, marta.id, a_phone(6))
    one, two = (a_user(shop, admin, phone=a_phone(number)) for number in (5, 6))
    shop.users.customer_of(admin, one.id)
    assert refused(lambda: shop.users.customer_of(admin, two.id)) == "customer_of_other_user"
    assert refused(lambda: shop.users.customer_of(admin, a_user(shop, admin).id)) == "user_without_phone"


def test_a_new_number_of_a_user_is_the_customer_s_too_and_the_old_one_is_former(
    shop: Shop, actor: Actor
) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin, phone=a_phone(5))
    own = shop.users.customer_of(admin, user.id).customer
    changed(shop, admin, user.id, phone=a_phone(8))
    customer = shop.customers.card(admin, own.id).customer
    assert [one.number for one in customer.current_phones] == [a_phone(8)]
    assert shop.customers.who_has(admin, a_phone(5)).former[0].customer_id == own.id
    assert shop.users.customer_of(admin, user.id).customer.id == own.id
    a_customer(shop, admin, "Other", phone=a_phone(9))
    assert refused(lambda: changed(shop, admin, user.id, phone=a_phone(9))) == "phone_taken"
    assert shop.users.get(admin, user.id).phone == a_phone(8)
    changed(shop, admin, user.id, phone=None)
    assert shop.users.customer_of(admin, user.id).customer.id == own.id


# -- a way back -----------------------------------------------------------------------------------------
def test_who_holds_the_data_gets_back_in_and_leaves_a_trace(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor, "Ada")
    user, pin = shop.users.reset_admin(TILL, actor.business, "root")
    assert (user.id, user.name) == (admin.user_id, "Ada")
    assert signed_in(shop, user, pin=pin).may(Permission.USER_WRITE)
    with shop.store.look(admin) as uow:
        [row] = uow.connection.exec_driver_sql("SELECT till, body FROM journal WHERE action = 'user.reset'")
    assert row.till == TILL and '"by":"root"' in row.body


def test_a_till_that_began_before_there_were_users_changes_no_user_and_no_role(
    shop: Shop, actor: Actor
) -> None:
    ada = an_admin(shop, actor)
    assert ada.user_id is not None
    key = ada.user_id
    calls: list[Callable[[], object]] = [
        lambda: shop.users.save(actor, SaveUser(name="Bea", role=Role.ADMIN, pin=PIN)),
        lambda: shop.users.set_pin(actor, key, "482917"),
        lambda: shop.users.set_password(actor, key, "correct horse battery"),
        lambda: shop.users.new_badge(actor, key),
        lambda: shop.users.disable(actor, key),
        lambda: shop.users.set_pin_length(actor, 4),
        lambda: shop.roles.set(actor, Role.STAFF, Permission.REFUND, is_granted=True),
        lambda: shop.roles.set_discount(actor, Role.STAFF, 500_000),
    ]
    assert {refused(one) for one in calls} == {"sign_in_needed"}
    assert len(shop.users.all(ada)) == 1


@pytest.mark.parametrize(
    "name", ["role.staff.discount_limit", "role.staff.refund", "pin_length", "tax_years"]
)
@pytest.mark.parametrize("value", ["", "abc", "-1", "1", "99999999999999999999", "٣"])
def test_a_setting_that_was_garbled_by_hand_locks_nobody_out(
    shop: Shop, actor: Actor, name: str, value: str
) -> None:
    ada = an_admin(shop, actor)
    bob = a_user(shop, ada)
    with shop.store.database.connection(writes=True) as connection:
        kept = {"business_id": actor.business, "name": name, "value": value}
        connection.execute(insert(setting), kept)
        keep(connection)
    in_now = signed_in(shop, bob)
    assert in_now.discount_limit in (1, 100_000)
    assert shop.sign_in.pin_length(actor.business) == 6
    assert shop.privacy.tax_years(ada) in (1, 10) and not shop.privacy.has_due(ada)
    shop.users.set_pin(ada, bob.id, "482917")
    assert len(shop.users.reset_admin("Till 1", actor.business, "root")[1]) == 6
    assert [one.role for one in shop.roles.all(ada)] == list(Role)


def test_half_a_letter_is_a_wrong_pin_like_any_other(shop: Shop, actor: Actor) -> None:
    ada = an_admin(shop, actor)
    assert ada.user_id is not None
    key = ada.user_id
    assert refused(lambda: shop.sign_in.by_secret("Till 1", 1, key, "\ud800")) == "pin_wrong"
    shop.users.set_password(ada, key, "\ud800correct horse")
    assert shop.sign_in.by_secret("Till 1", 1, key, "\ud800correct horse").user.id == key
    for token in ("1:\ud800", f"{'9' * 900}:x", f"{2**63}:x"):
        assert refused(lambda token=token: shop.sign_in.by_pass("Till 1", token)) == "pass_invalid"


def test_an_admin_who_has_nothing_to_sign_in_with_does_not_count_as_one(shop: Shop, actor: Actor) -> None:
    ada = an_admin(shop, actor)
    assert ada.user_id is not None
    key = ada.user_id
    bea = a_user(shop, ada, Role.ADMIN, pin="")
    assert refused(lambda: shop.users.disable(ada, key)) == "last_admin"
    assert refused(lambda: changed(shop, ada, key, role=Role.STAFF)) == "last_admin"
    code = shop.users.new_badge(ada, bea.id)
    shop.users.disable(ada, key)
    again = shop.sign_in.by_badge("Till 1", actor.business, code).actor
    assert refused(lambda: shop.users.end_badge(again, bea.id)) == "last_admin"
    shop.users.set_pin(again, bea.id, PIN)
    shop.users.end_badge(again, bea.id)
    assert [one.rule for one in verify(shop.store) if not one.is_kept] == []


def test_an_admin_who_was_disabled_meanwhile_changes_nobody(shop: Shop, actor: Actor) -> None:
    ada = an_admin(shop, actor)
    bea = somebody(shop, ada, Role.ADMIN)
    assert ada.user_id is not None and bea.user_id is not None
    cid = a_user(shop, ada)
    shop.users.disable(ada, bea.user_id)
    key = ada.user_id
    assert refused(lambda: shop.users.disable(bea, key)) == "not_allowed"
    assert refused(lambda: shop.users.set_pin(bea, key, "482917")) == "not_allowed"
    assert refused(lambda: changed(shop, bea, cid.id, role=Role.ADMIN)) == "not_allowed"


def test_signing_in_mends_a_link_that_is_missing(shop: Shop, actor: Actor) -> None:
    number = a_phone()
    admin = an_admin(shop, actor)
    staff = a_user(shop, admin, phone=number)
    signed_in(shop, staff)
    assert shop.users.get(admin, staff.id).customer_id is None
    customer = a_customer(shop, admin, "Emeka", phone=number)
    other = a_user(shop, admin, phone=a_phone())
    for each in (staff, other):
        signed_in(shop, each)
    assert shop.users.get(admin, staff.id).customer_id == customer.id
    assert shop.users.get(admin, other.id).customer_id is None
    with shop.store.look(admin) as uow:
        linked = "SELECT count(*) FROM journal WHERE action = 'user.linked' AND subject_id = "
        assert uow.connection.exec_driver_sql(f"{linked}{staff.id}").scalar_one() == 1
    signed_in(shop, staff)
    with shop.store.look(admin) as uow:
        assert uow.connection.exec_driver_sql(f"{linked}{staff.id}").scalar_one() == 1


def test_a_customer_of_another_user_stays_theirs(shop: Shop, actor: Actor) -> None:
    number = a_phone()
    admin = an_admin(shop, actor)
    first = a_user(shop, admin, phone=number)
    shop.users.customer_of(admin, first.id)
    moved = a_phone()
    customer = shop.customers.who_has(admin, number).customer
    assert customer is not None
    shop.phones.add_phone(admin, customer.customer.id, moved)
    second = a_user(shop, admin, phone=moved)
    signed_in(shop, second)
    assert shop.users.get(admin, second.id).customer_id is None
