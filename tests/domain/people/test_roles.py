"""What roles may do, and how far that can be changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.roles import (
    FIXED,
    KIOSK,
    OWN,
    STANDARD,
    UNLENT,
    check_choice,
    check_limit,
    choices,
    lent_by,
    rights_of,
)
from posapp.domain.people.users import Role, folded

P = Permission
CHANGES = st.dictionaries(st.sampled_from(Permission), st.booleans())


def test_every_permission_is_somebody_s() -> None:
    assert set(Permission) == STANDARD[Role.ADMIN] | OWN | KIOSK
    assert STANDARD[Role.CUSTOMER] == OWN
    for lower, higher in (
        (Role.TECHNICIAN, Role.STAFF),
        (Role.STAFF, Role.MANAGER),
        (Role.MANAGER, Role.ADMIN),
    ):
        assert STANDARD[lower] < STANDARD[higher]


@given(st.sampled_from(Role), CHANGES)
def test_no_change_gives_a_role_what_it_may_never_have_or_takes_what_it_must_have(
    role: Role, changed: dict[Permission, bool]
) -> None:
    rights = rights_of(role, changed)
    beyond = rights.permissions ^ STANDARD[role]
    assert beyond <= choices(role)
    assert not rights.permissions & (OWN | KIOSK) or role is Role.CUSTOMER
    if role in FIXED:
        assert rights.permissions == STANDARD[role]
    for permission in choices(role) & changed.keys():
        assert (permission in rights.permissions) is changed[permission]
    if role is not Role.ADMIN:
        assert not rights.permissions & {P.ROLE_WRITE, P.BUSINESS_SWITCH}


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        (Role.ADMIN, P.REFUND),
        (Role.CUSTOMER, P.ORDER_READ),
        (Role.STAFF, P.USER_WRITE),
        (Role.MANAGER, P.ROLE_WRITE),
        (Role.STAFF, P.OWN_READ),
    ],
)
def test_what_is_fixed_is_refused(role: Role, permission: Permission) -> None:
    with pytest.raises(DomainError, match="cannot be changed"):
        check_choice(role, permission)


def test_a_limit_is_a_part_of_a_whole() -> None:
    assert check_limit(Role.STAFF, 250_000) == 250_000
    for role, limit in ((Role.STAFF, -1), (Role.STAFF, 1_000_001), (Role.ADMIN, 5)):
        with pytest.raises(DomainError):
            check_limit(role, limit)
    assert rights_of(Role.STAFF, {}, 250_000).discount_limit == 250_000
    assert rights_of(Role.ADMIN, {}, 5).discount_limit == 1_000_000


def test_a_manager_lends_what_a_counter_needs_and_never_the_shop_itself() -> None:
    lent = lent_by(STANDARD[Role.ADMIN])
    assert not lent & (UNLENT | OWN | KIOSK)
    assert {P.REFUND, P.ORDER_VOID, P.PRICE_CHANGE, P.BOOKING_OVERRIDE, P.TICKET_REOPEN} <= lent


def test_names_differ_by_more_than_case_and_space() -> None:
    assert folded("  Zoë  MÜLLER ") == folded("zoë müller")
