"""Papers as values: what a document says, frozen on the day it was made.

A document is a snapshot. It holds the names, numbers and texts of its day, already in the form a person
reads where a field says "shown", so that the same paper can be printed years later although the customer,
the shop or the program has changed since. The first paper of a business day that a customer takes home also
carries the end of the shop's journal at that moment (`seal`: "4711-3f9a12cdab349911ffee"), as each Z report
does, so that a journal that was rebuilt later is found out. `to_json` and `from_json` are the stored form;
the layout version in it names the meaning of the fields, not the look of the paper.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Final

from posapp.domain.base.numbers import Letter

LAYOUT_VERSION: Final = 7
"""Version of the stored fields. Raised when a field changes its meaning or one is added."""


class PaperKind(StrEnum):
    """What a paper is."""

    BOOKING_SLIP = "booking_slip"
    CLAIM_TICKET = "claim_ticket"
    DEVICE_LABEL = "device_label"
    PRICE_LABEL = "price_label"
    SHELF_LABEL = "shelf_label"
    ESTIMATE = "estimate"
    HAND_BACK = "hand_back"
    X_REPORT = "x_report"
    Z_REPORT = "z_report"
    SALE_RECEIPT = "sale_receipt"
    INVOICE = "invoice"
    PAYMENT_RECEIPT = "payment_receipt"
    GIFT_CARD = "gift_card"
    STATEMENT = "statement"
    REPORT = "report"
    PERSON_DATA = "person_data"
    BADGE = "badge"

    @property
    def sizes(self) -> "tuple[PaperSize, ...]":
        """What it can be printed on, the usual one first; only what is stuck on something goes on labels."""
        if self in (PaperKind.INVOICE, PaperKind.PERSON_DATA, PaperKind.REPORT):
            return (PaperSize.A4, PaperSize.LETTER)
        if self is PaperKind.BADGE:
            return (PaperSize.BADGE,)
        usual = [size for size in PaperSize if size is not PaperSize.BADGE]
        return tuple(size for size in usual if size.is_label == (self in _STUCK))

    @property
    def is_for_tax(self) -> bool:
        """Whether it is kept for the tax office, with the name of whoever bought."""
        return self in _FOR_TAX


_FOR_TAX: Final = (
    PaperKind.SALE_RECEIPT,
    PaperKind.INVOICE,
    PaperKind.PAYMENT_RECEIPT,
    PaperKind.GIFT_CARD,
)
_STUCK: Final = (PaperKind.DEVICE_LABEL, PaperKind.PRICE_LABEL, PaperKind.SHELF_LABEL)
USUAL: Final[dict[Letter | None, PaperKind]] = {
    Letter.BOOKING: PaperKind.BOOKING_SLIP,
    Letter.TICKET: PaperKind.CLAIM_TICKET,
    Letter.REPORT: PaperKind.Z_REPORT,
    Letter.SALE: PaperKind.SALE_RECEIPT,
    Letter.PAYMENT: PaperKind.PAYMENT_RECEIPT,
    Letter.GIFT_CARD: PaperKind.GIFT_CARD,
}
"""The paper that a record has first, by the letter of its number."""


NO_DEFAULT_PRINTER = "This computer has no default printer; choose one in Settings, This till."
"""Why a paper does not come out where nobody has set up printing: it is so until somebody does."""


class PaperSize(StrEnum):
    """What a paper is printed on."""

    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    A4 = "a4"
    LETTER = "letter"
    LABEL_57 = "57x32"
    LABEL_62 = "62x29"
    BADGE = "54x85"

    @property
    def is_roll(self) -> bool:
        """Whether the paper is a roll, whose pages are as tall as what stands on them."""
        return self in (PaperSize.ROLL_80, PaperSize.ROLL_58)

    @property
    def is_label(self) -> bool:
        """Whether it is a label, or a card: what the printer of labels takes."""
        return self in (PaperSize.LABEL_57, PaperSize.LABEL_62, PaperSize.BADGE)


@dataclasses.dataclass(frozen=True, slots=True)
class ShopHeader:
    """The shop as it stood at the head of its papers that day.

    `logo` is the hash of the picture, empty for none. `phone` is shown. `locale` (`en_IE`) and `currency`
    (ISO 4217) decide how the paper writes days and amounts; `time_zone` (IANA) is the zone of its times.
    """

    name: str
    address: str
    phone: str
    email: str
    website: str
    tax_id: str
    logo: str = ""
    locale: str = "en"
    currency: str = "EUR"
    time_zone: str = "UTC"


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """Any paper: each part of the trade has its own. `pl_id` names the customer, as text of that day.

    `ADDED` tells what each later layout version added to it, and what that is on papers that are older.
    """

    KIND: ClassVar[PaperKind]
    ADDED: ClassVar[Mapping[int, Mapping[str, object]]] = {}

    shop: ShopHeader
    number: str
    pl_id: str
    customer_name: str

    @property
    def kind(self) -> PaperKind:
        """The kind of paper this is."""
        return self.KIND

    @property
    def position(self) -> int:
        """Which of the record's papers of that kind it is, from 1."""
        return 1

    @property
    def called(self) -> str:
        """What this one is called, shown; "" for the name of its kind."""
        return ""

    @property
    def signed(self) -> str:
        """The hash of the picture of a signature that is printed on it, "" for none."""
        return ""

    @property
    def code(self) -> str:
        """What its bars say to a scanner, "" for a paper that has none."""
        return self.number


@dataclasses.dataclass(frozen=True, slots=True)
class CustomerPaper(Document):
    """A paper that a customer takes home; the first of a day carries the end of the journal (`seal`)."""

    ADDED: ClassVar[Mapping[int, Mapping[str, object]]] = {3: {"seal": ""}}

    customer_phone: str
    contact_name: str
    made_at: str = dataclasses.field(kw_only=True)
    made_by: str = dataclasses.field(kw_only=True)
    terms: str = dataclasses.field(kw_only=True)
    seal: str = dataclasses.field(default="", kw_only=True)


@dataclasses.dataclass(frozen=True, slots=True)
class ShopPaper(Document):
    """A paper that stays in the shop: it names no customer, asks for nothing and thanks nobody."""

    made_at: str = dataclasses.field(kw_only=True)
    made_by: str = dataclasses.field(kw_only=True)

    @property
    def customer_phone(self) -> str:
        """Nobody's."""
        return ""

    @property
    def contact_name(self) -> str:
        """Nobody's."""
        return ""

    @property
    def terms(self) -> str:
        """None."""
        return ""

    @property
    def seal(self) -> str:
        """None, but a Z report has one."""
        return ""


@dataclasses.dataclass(frozen=True, slots=True)
class CopyMark:
    """Which printing of a paper this is: `count` 1 is the original and prints nothing, 2 prints COPY 2.

    `at` is the shop's date and time of this printing (`2026-03-12T14:36`), `by` is shown (user or till).
    """

    count: int
    at: str
    by: str

    @property
    def is_copy(self) -> bool:
        """Whether the paper must say that it is a copy."""
        return self.count > 1


def to_json(document: Document) -> str:
    """The stored form of a document: one line of JSON with its kind and the version of its fields."""
    body = {"kind": document.kind.value, "layout": LAYOUT_VERSION, **dataclasses.asdict(document)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def snapshot_digest(snapshot: str) -> str:
    """What the journal keeps of a stored form, so that a paper that was forged is found."""
    return hashlib.sha256(snapshot.encode("utf-8", "surrogatepass")).hexdigest()
