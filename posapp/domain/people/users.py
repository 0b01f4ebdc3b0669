"""Users: people who sign in, each at home in one business and linked to at most one customer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posapp.domain.base.names import clean_name
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.base.stamps import Stamps


class Role(StrEnum):
    """What somebody is in the shop; what each may do stands in `posapp.domain.people.roles`."""

    ADMIN = "admin"
    MANAGER = "manager"
    STAFF = "staff"
    TECHNICIAN = "technician"
    CUSTOMER = "customer"

    @property
    def changes(self) -> "frozenset[Role]":
        """The roles whose people somebody of this one may add and change."""
        return _BELOW[self]


_BELOW = {
    Role.ADMIN: frozenset(Role),
    Role.MANAGER: frozenset({Role.STAFF, Role.TECHNICIAN, Role.CUSTOMER}),
    Role.STAFF: frozenset(),
    Role.TECHNICIAN: frozenset(),
    Role.CUSTOMER: frozenset(),
}


@dataclass(frozen=True, slots=True)
class User:
    """A person who signs in.

    `discount_limit` is what the user may take off alone, in millionths; None: what the role may. A disabled
    user keeps name, phone and customer, and comes back as the same one.
    """

    id: int
    business_id: int
    name: str
    role: Role
    phone: PhoneNumber | None
    email: str
    customer_id: int | None
    discount_limit: int | None
    has_pin: bool
    has_password: bool
    has_badge: bool
    disabled_at: datetime | None
    last_in_at: datetime | None
    last_in_till: str
    stamps: Stamps

    @property
    def is_active(self) -> bool:
        """Whether the user may sign in."""
        return self.disabled_at is None


@dataclass(frozen=True, slots=True)
class Tile:
    """Somebody who can sign in here; `wait` is the time to the next try in seconds, 0 for none."""

    user_id: int
    name: str
    role: Role
    last_in_at: datetime | None
    last_in_till: str
    has_pin: bool
    has_badge: bool
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who can sign in at a till, at home in that business, with PINs of so many digits."""

    tile: Tile
    home: int
    length: int


def folded(name: str) -> str:
    """By which two names of users are told to be the same."""
    return clean_name(name).casefold()
