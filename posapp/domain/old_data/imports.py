"""What an import is told and what it tells: systems, fields, states of a batch, rows that were refused.

A *batch* is what one import brings into one business; the batches of an import that holds several businesses
have the same *run*. A *row* is numbered as a spreadsheet shows it (CSV, XLSX), by its line (JSON lines) or by
its element (JSON array), from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class System(StrEnum):
    """Where a file comes from: the five old systems, products whose files are known, any other table."""

    BOOKING_SYSTEM = "000"
    SEPARATE_LOGINS = "001"
    MULTI_SHOP = "002"
    USERS_WITH_IDS = "003"
    REPAIR_TICKETS = "004"
    SQUARE = "square"
    SHOPIFY = "shopify"
    REPAIRSHOPR = "repairshopr"
    REPAIRDESK = "repairdesk"
    ODOO = "odoo"
    OPEN_SOURCE_POS = "open-source-pos"
    EASY_APPOINTMENTS = "easyappointments"
    ORDERRY = "orderry"
    GOOGLE_CONTACTS = "google-contacts"
    GENERAL = "general"
    POSAPP = "posapp"
    """An export of our own."""

    @property
    def is_old(self) -> bool:
        """Whether it is one of the five systems with rules of their own: what is here is never changed."""
        return self.value.isdecimal()

    @property
    def called(self) -> str:
        """What it is called in a sentence."""
        return _CALLED[self]


_CALLED = {
    System.BOOKING_SYSTEM: "the booking system",
    System.SEPARATE_LOGINS: "the bookings with logins",
    System.MULTI_SHOP: "the multi-shop till",
    System.USERS_WITH_IDS: "the users with PL IDs",
    System.REPAIR_TICKETS: "the repair tickets",
    System.SQUARE: "Square",
    System.SHOPIFY: "Shopify",
    System.REPAIRSHOPR: "RepairShopr",
    System.REPAIRDESK: "RepairDesk",
    System.ODOO: "Odoo",
    System.OPEN_SOURCE_POS: "Open Source POS",
    System.EASY_APPOINTMENTS: "Easy!Appointments",
    System.ORDERRY: "Orderry",
    System.GOOGLE_CONTACTS: "Google Contacts",
    System.GENERAL: "a table",
    System.POSAPP: "posapp",
}


class ImportField(StrEnum):
    """What a column of a table can mean; a column of none of them is left out and named."""

    ID = "id"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    """One line, or the first of several: columns of street, town, postcode and country are put together."""
    TOWN = "town"
    POSTCODE = "postcode"
    STATE = "state"
    COUNTRY = "country"
    NOTE = "note"
    CREATED_AT = "created_at"
    SPENT = "spent"
    """A total of the old system: no figure of ours, kept as a remark."""


class BatchState(StrEnum):
    """How far a batch has come."""

    STAGED = "staged"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class PastKind(StrEnum):
    """What a past record was in its old system."""

    BOOKING = "booking"
    TICKET = "ticket"
    ORDER = "order"
    APPOINTMENT = "appointment"


NOT_COUNTED = frozenset({"cancelled", "canceled", "refunded", "void"})
"""States of an old record (trimmed, in any case) that do not count towards what a customer spent."""


@dataclass(frozen=True, slots=True)
class RowNote:
    """What is to be said of one row: why it is refused, or a warning; `file` is a name without folder."""

    file: str
    row: int
    code: str
    message: str = ""


class RowFate(StrEnum):
    """What becomes of a row; each row of the files has one of them."""

    CREATED = "created"
    MATCHED = "matched"
    TWICE = "twice"
    WITHOUT_PHONE = "without_phone"
    PAST = "past"
    PASSED = "passed"
    """No customer: somebody who only signed in."""
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowSight:
    """A row as it is shown behind a figure: whose it is, and the customer that it became or found."""

    fate: RowFate
    file: str
    row: int
    name: str = ""
    phone: str = ""
    customer: str = ""
    """A PL ID, "" where a trial run gave none."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """One file of an import: the collection it holds, its name without folder, SHA-256, and rows."""

    collection: str
    name: str
    digest: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or (a trial run) would do; a trial run has no `batches`.

    `created + matched + twice + rejected customer rows` are the customer rows of the files: `created` rows
    made a customer (with or without a phone), `matched` found one that was here, `twice` were joined into one
    that another row of this import made. `without_phone` are those of `created` that have no number.
    """

    system: System
    batches: tuple[int, ...] = ()
    rows: int = 0
    created: int = 0
    matched: int = 0
    twice: int = 0
    updated: int = 0
    without_phone: int = 0
    known: int = 0
    """Rows that an earlier import brought, the same as they were."""
    past: int = 0
    """Bookings, tickets, orders and appointments that were taken as past records."""
    rejected: tuple[RowNote, ...] = ()
    """The first of them; `rejected_count` says how many there are."""
    rejected_count: int = 0
    warnings: tuple[RowNote, ...] = ()
    warning_count: int = 0
    updates: tuple[RowNote, ...] = ()
    """Fields that a changed row changed, one each."""
    unused_columns: tuple[str, ...] = ()
    shown: tuple[RowSight, ...] = ()
    """The first rows of each fate, those that are refused left out: `rejected` has all of them."""
    next_pl: str = ""
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far a step has come: "read", "plan", "apply", "index" or "undo"; `total` 0 where nobody knows."""

    step: str
    done: int
    total: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """An import as the list shows it."""

    id: int
    run: str
    system: System
    state: BatchState
    files: tuple[ImportFile, ...]
    result: ImportResult
    made_at: datetime
    made_by: str
    settled_at: datetime | None = None
    """When it was applied or undone."""
    touched_at: datetime | None = None
    """When it was last written to: one that is at work is so again and again."""


@dataclass(frozen=True, slots=True)
class ColumnSight:
    """A column of a table as the assistant shows it; `field` None: left out; `is_sure`: known by its name."""

    name: str
    field: ImportField | None
    is_sure: bool = True
    samples: tuple[str, ...] = ()
    filled: int = 0


@dataclass(frozen=True, slots=True)
class TableSight:
    """What a file was taken for before anything is imported."""

    path: str
    name: str
    size: int
    system: System
    rows: int
    columns: tuple[ColumnSight, ...] = ()
    collection: str = ""
    """Which part of the old system it holds."""
    is_estimated: bool = False
    """Whether only its first rows were looked at: `rows` is an estimate, `filled` counts those."""
    dates: str = ""
    """How dates with slashes are read, as an example; "" where there are none."""


Mapped = Mapping[str, ImportField]
"""The columns of a table by name, those that are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What is to be imported: the files by collection, and how they are read.

    `region` (ISO 3166) and `currency` (ISO 4217) are those of the numbers and amounts in the files.
    """

    system: System
    files: Mapping[str, str]
    region: str
    currency: str
    mapping: Mapped = field(default_factory=dict)
    splits: bool = True
    """Whether several numbers in a cell become further numbers, or refuse the row."""
