"""What each role may do: the table that a shop begins with, and how far an ADMIN may change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role

P = Permission
WHOLE = 1_000_000
"""A whole in millionths."""

OWN = frozenset({P.OWN_READ, P.OWN_WRITE})
"""What a customer may do: with what is their own."""
KIOSK = frozenset({P.KIOSK_SIGN_IN})
"""What the kiosk itself may do while nobody has signed in."""
TILL = frozenset({P.SHOP_READ, P.SHIFT_READ, P.PAPER_PRINT, P.DATA_MAINTAIN})
"""What a till does by itself: it shows its shift and what waits for its printer, and does what is due."""
_ADMIN_ONLY = frozenset({P.ROLE_WRITE, P.BUSINESS_SWITCH})
_STAFF = frozenset(Permission) - OWN - KIOSK
"""What may be given to people of the shop."""
_HIGH = frozenset({P.USER_WRITE, P.PERSON_ERASE, P.DATA_MAINTAIN, P.SHIFT_VERIFY, P.JOURNAL_READ})
"""What nobody below a manager may ever have."""
UNLENT = _ADMIN_ONLY | {P.USER_WRITE, P.PERSON_ERASE, P.DATA_MAINTAIN}
"""What a manager does alone, and lends to nobody for one action."""

STANDARD: Mapping[Role, frozenset[Permission]] = {
    Role.ADMIN: _STAFF,
    Role.MANAGER: _STAFF - _ADMIN_ONLY,
    Role.STAFF: frozenset(
        {
            P.CUSTOMER_READ,
            P.CUSTOMER_WRITE,
            P.BOOKING_READ,
            P.BOOKING_WRITE,
            P.TICKET_READ,
            P.TICKET_WRITE,
            P.PASSCODE_SHOW,
            P.PAPER_PRINT,
            P.ORDER_READ,
            P.ORDER_WRITE,
            P.GIFT_CARD_READ,
            P.SHIFT_READ,
            P.SHIFT_OPEN,
            P.SHIFT_CLOSE,
            P.CASH_IN,
            P.SHOP_READ,
            P.KIOSK_SERVE,
        }
    ),
    Role.TECHNICIAN: frozenset(
        {
            P.CUSTOMER_READ,
            P.BOOKING_READ,
            P.TICKET_READ,
            P.TICKET_WRITE,
            P.PASSCODE_SHOW,
            P.PAPER_PRINT,
            P.SHOP_READ,
        }
    ),
    Role.CUSTOMER: OWN,
}
"""What each role may do where nobody has changed it."""

STANDARD_LIMITS: Mapping[Role, int] = {
    Role.ADMIN: WHOLE,
    Role.MANAGER: WHOLE,
    Role.STAFF: WHOLE // 10,
    Role.TECHNICIAN: 0,
    Role.CUSTOMER: 0,
}
"""What each role takes off a price alone, in millionths, where nobody has changed it."""
FIXED = frozenset({Role.ADMIN, Role.CUSTOMER})
"""Roles that are what they are: somebody must be able to do everything, a customer sees their own only."""


@dataclass(frozen=True, slots=True)
class RoleRights:
    """What a role may do in a shop; `discount_limit` in millionths."""

    role: Role
    permissions: frozenset[Permission]
    discount_limit: int

    @property
    def is_fixed(self) -> bool:
        """Whether nobody may change it."""
        return self.role in FIXED


def choices(role: Role) -> frozenset[Permission]:
    """What an ADMIN may give to a role, or take from it."""
    if role in FIXED:
        return frozenset()
    return _STAFF - _ADMIN_ONLY - (frozenset() if role is Role.MANAGER else _HIGH)


def check_choice(role: Role, permission: Permission) -> None:
    """Refuse (`DomainError` role_fixed) what cannot be given to a role or taken from it."""
    if permission not in choices(role):
        raise DomainError("role_fixed", "This cannot be changed for that role.", field="permission")


def check_limit(role: Role, limit: int) -> int:
    """A discount limit in millionths, or a `DomainError` limit_invalid or role_fixed."""
    if role in FIXED:
        raise DomainError("role_fixed", "This cannot be changed for that role.", field="discount_limit")
    return check_discount_limit(limit)


def check_discount_limit(limit: int) -> int:
    """A discount limit in millionths, or a `DomainError` limit_invalid."""
    if not 0 <= limit <= WHOLE:
        raise DomainError("limit_invalid", "Enter a limit from 0 to 100 %.", field="discount_limit")
    return limit


def rights_of(role: Role, changed: Mapping[Permission, bool], limit: int | None = None) -> RoleRights:
    """What a role may do, given what an ADMIN changed of it; what may not be changed stays as it is."""
    allowed = choices(role)
    given = {one for one, is_granted in changed.items() if is_granted and one in allowed}
    taken = {one for one, is_granted in changed.items() if not is_granted and one in allowed}
    standard_limit = STANDARD_LIMITS[role]
    is_own = limit is not None and role not in FIXED
    return RoleRights(
        role, (STANDARD[role] | given) - taken, limit if is_own and limit is not None else standard_limit
    )


def lent_by(permissions: Iterable[Permission]) -> frozenset[Permission]:
    """What somebody with these permissions lends to another for one action."""
    return frozenset(permissions) - UNLENT


def till_actor(business: int, till: str) -> Actor:
    """The till itself, for what it shows and does while nobody is signed in."""
    return Actor(business, till, permissions=TILL)
