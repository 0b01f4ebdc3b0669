"""The five old systems: which files each has, what their columns mean, and what becomes of their rows.

A *collection* is one file of a system. Its columns are named by what they tell (`Means`); all others are
kept with the record where there is a place for them, but never a password.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from posapp.domain.old_data.imports import PastKind, System
from posapp.domain.old_data.staging import Role


class Means(StrEnum):
    """What a column tells."""

    CODE = "code"
    OBJECT_ID = "object_id"
    """Its own time is the date of a row without one."""
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    NOTE = "note"
    AT = "at"
    BUSINESS = "business"
    KIND = "kind"
    """What kind of person a row is of: only customers count."""
    OWNER = "owner"
    """The row that it points at."""
    STATUS = "status"
    AMOUNT = "amount"
    WHOLE = "whole"
    """An amount in minor units."""
    PL_ID = "pl_id"


@dataclass(frozen=True, slots=True)
class Collection:
    """A file of a system. `kinds` are the words of `Means.KIND` that mean a customer."""

    name: str
    role: Role
    columns: Mapping[Means, str]
    past: PastKind | None = None
    kinds: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    """Columns that are never kept."""
    owners: tuple[str, ...] = ()
    """The collections that it points at, the first one first."""
    owner_may_be_phone: bool = False
    numbers_ids: bool = False
    """IDs are whole numbers."""
    keeps_passed: bool = False
    """Whether a customer may be linked to a row of another kind."""
    has_customer: bool = field(default=False)
    """Whether it tells of its customer itself: a ticket."""


@dataclass(frozen=True, slots=True)
class OldSystem:
    """One of the five: collections in the order in which they are read."""

    system: System
    collections: tuple[Collection, ...]
    helpers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Files that make no records, with the columns by which they are read."""

    def of(self, name: str) -> Collection | None:
        """The collection of that name."""
        return next((one for one in self.collections if one.name == name), None)


_SECRETS = frozenset({"passwordHash", "password", "password_hash", "passwordhash", "pin", "pin_hash"})
_CUSTOMERS = frozenset({"customer"})
_CUSTOMERS_OR_NONE = frozenset({"customer", ""})
_M = Means

BOOKING_SYSTEM = OldSystem(
    System.BOOKING_SYSTEM,
    (
        Collection(
            "customers",
            Role.MAIN,
            {
                _M.CODE: "customer_id",
                _M.OBJECT_ID: "_id",
                _M.NAME: "name",
                _M.EMAIL: "email",
                _M.PHONE: "phone",
                _M.ADDRESS: "address",
                _M.AT: "created_at",
            },
            left_out=_SECRETS | {"total_bookings", "total_spent"},
        ),
        Collection(
            "bookings",
            Role.PAST,
            {
                _M.CODE: "booking_id",
                _M.OBJECT_ID: "_id",
                _M.OWNER: "customer_id",
                _M.STATUS: "status",
                _M.AMOUNT: "total_amount",
                _M.AT: "created_at",
            },
            past=PastKind.BOOKING,
            owners=("customers",),
        ),
    ),
)
SEPARATE_LOGINS = OldSystem(
    System.SEPARATE_LOGINS,
    (
        Collection(
            "users",
            Role.MAIN,
            {
                _M.CODE: "_id",
                _M.OBJECT_ID: "_id",
                _M.NAME: "full_name",
                _M.EMAIL: "email",
                _M.PHONE: "phone",
                _M.KIND: "user_type",
                _M.AT: "created_at",
            },
            kinds=_CUSTOMERS_OR_NONE,
            left_out=_SECRETS,
        ),
        Collection(
            "cleancareusers",
            Role.FALLBACK,
            {
                _M.CODE: "_id",
                _M.OBJECT_ID: "_id",
                _M.NAME: "name",
                _M.PHONE: "phone",
                _M.AT: "createdAt",
            },
            left_out=_SECRETS,
        ),
        Collection(
            "bookings",
            Role.PAST,
            {
                _M.CODE: "_id",
                _M.OBJECT_ID: "_id",
                _M.OWNER: "customer_id",
                _M.STATUS: "status",
                _M.AMOUNT: "total_price",
                _M.AT: "created_at",
            },
            past=PastKind.BOOKING,
            owners=("users", "cleancareusers"),
            owner_may_be_phone=True,
        ),
    ),
)
MULTI_SHOP = OldSystem(
    System.MULTI_SHOP,
    (
        Collection(
            "customers",
            Role.MAIN,
            {
                _M.CODE: "id",
                _M.BUSINESS: "businessId",
                _M.OWNER: "userId",
                _M.NAME: "name",
                _M.PHONE: "phone",
                _M.WHOLE: "balance",
                _M.AT: "createdAt",
            },
            left_out=_SECRETS,
            owners=("users",),
            numbers_ids=True,
        ),
        Collection(
            "users",
            Role.FALLBACK,
            {
                _M.CODE: "id",
                _M.BUSINESS: "businessId",
                _M.NAME: "name",
                _M.PHONE: "phone",
                _M.EMAIL: "email",
                _M.KIND: "role",
                _M.AT: "createdAt",
            },
            kinds=_CUSTOMERS,
            left_out=_SECRETS,
            numbers_ids=True,
            keeps_passed=True,
        ),
        Collection(
            "orders",
            Role.PAST,
            {
                _M.CODE: "id",
                _M.BUSINESS: "businessId",
                _M.OWNER: "customerId",
                _M.STATUS: "statusId",
                _M.WHOLE: "totalAmountCents",
                _M.AT: "createdAt",
            },
            past=PastKind.ORDER,
            owners=("customers",),
            numbers_ids=True,
        ),
        Collection(
            "appointments",
            Role.PAST,
            {
                _M.CODE: "id",
                _M.BUSINESS: "businessId",
                _M.OWNER: "customerId",
                _M.STATUS: "status",
                _M.AT: "startsAt",
            },
            past=PastKind.APPOINTMENT,
            owners=("customers",),
            numbers_ids=True,
        ),
    ),
    helpers={
        "businesses": frozenset({"id", "name", "country", "currency", "createdAt"}),
        "order_statuses": frozenset({"id", "name"}),
    },
)
USERS_WITH_IDS = OldSystem(
    System.USERS_WITH_IDS,
    (
        Collection(
            "users",
            Role.MAIN,
            {
                _M.CODE: "_id",
                _M.OBJECT_ID: "_id",
                _M.PL_ID: "customerId",
                _M.NAME: "name",
                _M.EMAIL: "email",
                _M.PHONE: "phone",
                _M.KIND: "role",
                _M.AT: "createdAt",
            },
            kinds=_CUSTOMERS,
            left_out=_SECRETS,
        ),
    ),
    helpers={"counters": frozenset({"name", "value"})},
)
REPAIR_TICKETS = OldSystem(
    System.REPAIR_TICKETS,
    (
        Collection(
            "customers",
            Role.MAIN,
            {
                _M.CODE: "id",
                _M.NAME: "name",
                _M.EMAIL: "email",
                _M.PHONE: "phone",
                _M.ADDRESS: "address",
                _M.NOTE: "notes",
                _M.AT: "created_at",
            },
            left_out=_SECRETS,
        ),
        Collection(
            "tickets",
            Role.FALLBACK,
            {
                _M.CODE: "id",
                _M.OWNER: "customer_id",
                _M.NAME: "customer_name",
                _M.EMAIL: "customer_email",
                _M.PHONE: "customer_phone",
                _M.STATUS: "status",
                _M.AMOUNT: "final_cost",
                _M.AT: "created_at",
            },
            past=PastKind.TICKET,
            owners=("customers",),
            has_customer=True,
        ),
    ),
)

OLD_SYSTEMS: Mapping[System, OldSystem] = {
    one.system: one for one in (BOOKING_SYSTEM, SEPARATE_LOGINS, MULTI_SHOP, USERS_WITH_IDS, REPAIR_TICKETS)
}

CUSTOMERS = "customers"
"""What the one list of any other product is called among collections."""
TABLES: Mapping[System, OldSystem] = {
    one: OldSystem(one, (Collection(CUSTOMERS, Role.MAIN, {}),))
    for one in System
    if not one.is_old and one is not System.POSAPP
}
"""Lists of customers of products, and tables of nobody knows what."""
