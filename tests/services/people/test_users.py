"""Users: added, changed, disabled, linked to their one customer, and the way back in."""

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser
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
