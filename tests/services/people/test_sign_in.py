"""Signing in: by PIN, password, badge and pass; wrong ones, waits, a clock that is set back, what is lent."""

from datetime import timedelta

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role
from posapp.services.desks import Shop
from posapp.services.people import hashing
from posapp.services.people.users import SaveUser
from tests.factories import TILL, a_business, a_phone, the_clock
from tests.people import PIN, a_user, an_admin, signed_in, somebody

WRONG = "135791"


def refusal(call: object) -> DomainError:
    with pytest.raises(DomainError) as refused:
        call()  # type: ignore[operator]
    return refused.value


def words(shop: Shop, actor: Actor) -> list[str]:
    """The last entries of the journal: what was done and by whom."""
    with shop.store.look(actor) as uow:
        rows = uow.connection.exec_driver_sql(
            "SELECT action, person FROM journal WHERE business_id = 1 ORDER BY id"
        )
        return [f"{row.action} {row.person or '-'}" for row in rows]


def test_nobody_signs_in_before_there_is_a_user(shop: Shop, actor: Actor) -> None:
    assert not shop.sign_in.has_users()
    assert shop.actor(TILL) == actor
    assert shop.sign_in.tiles(actor.business) == []


def test_the_first_user_is_an_admin_with_a_pin(shop: Shop, actor: Actor) -> None:
    for role, pin in ((Role.STAFF, PIN), (Role.ADMIN, "")):
        command = SaveUser(name="Ada", role=role, pin=pin)
        assert refusal(lambda command=command: shop.users.save(actor, command)).code == "first_admin"
    a_user(shop, actor, Role.ADMIN)
    assert refusal(lambda: shop.actor(TILL)).code == "sign_in_needed"


def test_who_signs_in_is_on_every_record(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    clerk = somebody(shop, admin, name="Niamh Walsh")
    assert (clerk.user, clerk.shown, clerk.customer_id) == ("Niamh Walsh", "Niamh Walsh", None)
    shop.shifts.open(clerk, 100)
    assert words(shop, admin)[-2:] == ["sign_in.done Niamh Walsh", "shift.opened Niamh Walsh"]


def test_five_wrong_pins_lock_and_a_right_one_is_not_tried_meanwhile(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin)

    def attempt(pin: str = WRONG) -> DomainError:
        return refusal(lambda: shop.sign_in.by_secret(TILL, user.business_id, user.id, pin))

    told = [attempt() for _ in range(5)]
    assert [one.code for one in told] == ["pin_wrong"] * 4 + ["locked_out"]
    assert [one.facts.get("left") for one in told[:4]] == [4, 3, 2, 1]
    assert told[3].sentence == "PIN not right, 1 try left."
    assert attempt(PIN).facts["seconds"] == 30
    assert [one.wait for one in shop.sign_in.tiles(actor.business) if one.user_id == user.id] == [30]
    the_clock(shop).advance(timedelta(seconds=30))
    assert attempt().facts["seconds"] == 60
    the_clock(shop).advance(timedelta(seconds=60))
    assert signed_in(shop, user).user == user.name
    assert attempt().facts["left"] == 4  # counted anew


def test_a_clock_that_is_set_back_neither_ends_nor_stretches_a_wait(shop: Shop, actor: Actor) -> None:
    user = a_user(shop, an_admin(shop, actor))
    for _ in range(5):
        refusal(lambda: shop.sign_in.by_secret(TILL, user.business_id, user.id, WRONG))
    the_clock(shop).advance(timedelta(days=-30))
    assert refusal(lambda: signed_in(shop, user)).facts["seconds"] == 30
    the_clock(shop).advance(timedelta(seconds=31))
    assert signed_in(shop, user).user == user.name


def test_a_new_pin_ends_a_lock_out(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin)
    for _ in range(6):
        refusal(lambda: shop.sign_in.by_secret(TILL, user.business_id, user.id, WRONG))
    shop.users.set_pin(admin, user.id, "864209")
    assert signed_in(shop, user, pin="864209").user == user.name
    assert refusal(lambda: signed_in(shop, user)).code == "pin_wrong"


def test_a_password_and_a_badge_open_too_and_an_old_badge_nothing(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin, pin="")
    shop.users.set_password(admin, user.id, "correct horse battery")
    assert signed_in(shop, user, pin="correct horse battery").user == user.name
    old = shop.users.new_badge(admin, user.id)
    new = shop.users.new_badge(admin, user.id)
    assert shop.sign_in.by_badge(TILL, actor.business, new.lower()).user.id == user.id
    for code in (old, "BADGE-" + "A" * 24, "PL1", ""):
        assert (
            refusal(lambda code=code: shop.sign_in.by_badge(TILL, actor.business, code)).code
            == "badge_unknown"
        )
    shop.users.end_badge(admin, user.id)
    assert refusal(lambda: shop.sign_in.by_badge(TILL, actor.business, new)).code == "badge_unknown"


def test_by_name_nothing_tells_whether_there_is_one(shop: Shop, actor: Actor) -> None:
    an_admin(shop, actor, "Ada")
    assert shop.sign_in.by_name(TILL, actor.business, "  ADA ", PIN).user.name == "Ada"
    assert refusal(lambda: shop.sign_in.by_name(TILL, actor.business, "Nobody", PIN)).code == "pin_wrong"


def test_who_is_disabled_is_let_in_by_nothing_and_loses_what_they_hold(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin)
    code, clerk = shop.users.new_badge(admin, user.id), signed_in(shop, user)
    token = shop.sign_in.give_pass(clerk)
    shop.users.disable(admin, user.id)
    assert refusal(lambda: signed_in(shop, user)).code == "user_unknown"
    assert refusal(lambda: shop.sign_in.by_badge(TILL, actor.business, code)).code == "user_disabled"
    assert refusal(lambda: shop.sign_in.by_pass(TILL, token)).code == "user_disabled"
    assert refusal(lambda: shop.sign_in.refresh(clerk)).code == "signed_out"
    shop.users.disable(admin, user.id, disabled=False)
    assert signed_in(shop, user).user_id == user.id


def test_a_pass_is_for_one_use_and_ten_minutes(shop: Shop, actor: Actor) -> None:
    clerk = somebody(shop, an_admin(shop, actor))
    token = shop.sign_in.give_pass(clerk)
    assert shop.sign_in.by_pass("Till 2", token).actor.user == clerk.user
    late = shop.sign_in.give_pass(clerk)
    the_clock(shop).advance(timedelta(minutes=11))
    for wrong in (token, late, "", "1:", "x:y", "99:abc", token + "x"):
        assert refusal(lambda wrong=wrong: shop.sign_in.by_pass(TILL, wrong)).code == "pass_invalid"
    assert shop.sign_in.give_pass(actor) == ""


def test_an_outdated_hash_is_made_anew_at_the_next_sign_in(
    shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = a_user(shop, actor, Role.ADMIN)
    monkeypatch.setattr(hashing, "TIME_COST", 2)
    hashing._hasher.cache_clear()
    signed_in(shop, user)
    with shop.store.look(actor) as uow:
        proof = uow.users.proof(user.id)
    assert proof is not None and "t=2" in proof.pin_hash
    assert signed_in(shop, user).user_id == user.id
    hashing._hasher.cache_clear()


def test_rights_that_were_changed_are_there_at_the_next_look(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    clerk = somebody(shop, admin)
    assert not clerk.may(Permission.REFUND) and clerk.discount_limit == 100_000
    shop.roles.set(admin, Role.STAFF, Permission.REFUND, is_granted=True)
    shop.roles.set(admin, Role.STAFF, Permission.CASH_IN, is_granted=False)
    shop.roles.set_discount(admin, Role.STAFF, 250_000)
    now = shop.sign_in.refresh(clerk).actor
    assert now.may(Permission.REFUND) and not now.may(Permission.CASH_IN) and now.discount_limit == 250_000
    assert (
        refusal(lambda: shop.roles.set(clerk, Role.STAFF, Permission.REFUND, is_granted=True)).code
        == "not_allowed"
    )
    assert refusal(lambda: shop.sign_in.refresh(actor)).code == "sign_in_needed"


# -- a manager lends ------------------------------------------------------------------------------------
def test_what_a_manager_lends_serves_one_action_and_both_names_stand_in_the_journal(
    shop: Shop, actor: Actor
) -> None:
    admin = an_admin(shop, actor)
    clerk = somebody(shop, admin, name="Emeka")
    shop.shifts.open(clerk, 1000)
    manager = a_user(shop, admin, Role.MANAGER, name="Grace")
    needed = Permission.CASH_OUT
    assert {one.name for one in shop.sign_in.approvers(clerk, needed)} == {"Ada Admin", "Grace"}
    approval = shop.sign_in.approve(clerk, manager.id, PIN, needed)
    lent = clerk.approved(approval)
    shop.shifts.cash_out(lent, 100, "Milk")
    for call in (clerk, lent):
        assert refusal(lambda call=call: shop.shifts.cash_out(call, 100, "Milk")).code == "not_allowed"
    with shop.store.look(admin) as uow:
        [row] = uow.connection.exec_driver_sql(
            "SELECT person, body FROM journal WHERE action = 'shift.cash_out' AND business_id = 1"
        )
    assert row.person == "Emeka"
    assert '"approved":{"by":"Grace","for":["cash_out"]}' in row.body


def test_a_refused_action_spends_nothing(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    clerk = somebody(shop, admin)
    shop.shifts.open(clerk, 1000)
    approval = shop.sign_in.approve(clerk, admin.user_id or 0, PIN, Permission.CASH_OUT)
    lent = clerk.approved(approval)
    assert refusal(lambda: shop.shifts.cash_out(lent, -5, "Milk")).code != "not_allowed"
    shop.shifts.cash_out(lent, 100, "Milk")


def test_a_clerk_lends_nothing_and_a_wrong_pin_counts(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    clerk, other = somebody(shop, admin), a_user(shop, admin)
    needed = Permission.REFUND
    assert refusal(lambda: shop.sign_in.approve(clerk, other.id, PIN, needed)).code == "not_approver"
    told = [refusal(lambda: shop.sign_in.approve(clerk, admin.user_id or 0, WRONG, needed)) for _ in range(5)]
    assert told[-1].code == "locked_out"
    assert refusal(lambda: shop.sign_in.approve(clerk, admin.user_id or 0, PIN, needed)).code == "locked_out"
    code = shop.users.new_badge(admin, other.id)
    assert refusal(lambda: shop.sign_in.approve_by_badge(clerk, code, needed)).code == "not_approver"


# -- several businesses ---------------------------------------------------------------------------------
def test_an_admin_works_next_door_as_the_same_person_and_others_do_not(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Next door")
    admin = an_admin(shop, actor)
    there = shop.sign_in.in_business(admin, other.business)
    assert (there.business, there.user, there.at_home) == (other.business, admin.user, admin.at_home)
    assert shop.businesses.get(there).name == "Next door"
    assert shop.sign_in.refresh(there).actor.business == other.business
    neighbour = a_user(shop, there, Role.STAFF, name="Niamh")
    assert neighbour.business_id == other.business
    assert refusal(lambda: shop.sign_in.in_business(admin, 99)).code == "business_unknown"
    manager = somebody(shop, admin, Role.MANAGER)
    assert refusal(lambda: shop.sign_in.in_business(manager, other.business)).code == "not_allowed"
    assert [one.name for one in shop.sign_in.tiles(other.business)] == ["Niamh"]
    with pytest.raises(DomainError):
        shop.sign_in.by_secret(TILL, actor.business, neighbour.id, PIN)


def test_an_admin_who_is_one_no_more_works_next_door_no_longer(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Next door")
    admin = an_admin(shop, actor)
    grace = a_user(shop, admin, Role.ADMIN, name="Grace")
    there = shop.sign_in.in_business(signed_in(shop, grace), other.business)
    shop.users.save(admin, SaveUser(id=grace.id, name="Grace", role=Role.STAFF))
    assert refusal(lambda: shop.sign_in.refresh(there)).code == "signed_out"
    assert shop.sign_in.refresh(there.at_home).user.role is Role.STAFF


def test_where_nobody_is_at_home_the_admins_of_the_other_shops_sign_in(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Next door")
    assert shop.sign_in.seats(other.business) == []
    admin = an_admin(shop, actor)
    a_user(shop, admin, Role.MANAGER)
    seats = shop.sign_in.seats(other.business)
    assert [(one.tile.name, one.home) for one in seats] == [("Ada Admin", actor.business)]
    a_user(shop, shop.sign_in.in_business(admin, other.business), Role.STAFF, name="Niamh")
    assert [one.tile.name for one in shop.sign_in.seats(other.business)] == ["Niamh"]


def test_a_customer_who_signs_in_acts_as_their_own_customer(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin, Role.CUSTOMER, phone=a_phone(77))
    own = signed_in(shop, user)
    assert own.customer_id == shop.users.customer_of(admin, user.id).customer.id
    assert signed_in(shop, user).customer_id == own.customer_id
    assert own.permissions == frozenset({Permission.OWN_READ, Permission.OWN_WRITE})
    nobody = a_user(shop, admin, Role.CUSTOMER)
    assert refusal(lambda: signed_in(shop, nobody)).code == "user_without_phone"
