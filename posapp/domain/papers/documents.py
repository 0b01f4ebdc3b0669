"""Papers as values: what a document says, frozen on the day it was made.

A document is a snapshot. It holds the names, numbers and texts of its day, already in the form a person
reads where a field says "shown", so that the same paper can be printed years later although the customer,
the shop or the program has changed since. The first paper of a business day that a customer takes home also
carries the end of the shop's journal at that moment (`seal`: "4711-3f9a12cdab349911ffee"), so that a journal
that was rebuilt later is found out. `to_json` and `from_json` are the stored form; the layout version
in it names the meaning of the fields, not the look of the paper.
"""

import dataclasses
import hashlib
import json
from enum import StrEnum
from typing import Any, Final, get_origin, get_type_hints

from posapp.domain.base.errors import DomainError

LAYOUT_VERSION: Final = 3
"""Version of the stored fields. Raised when a field changes its meaning or one is added."""


class PaperKind(StrEnum):
    """What a paper is."""

    BOOKING_SLIP = "booking_slip"
    CLAIM_TICKET = "claim_ticket"
    DEVICE_LABEL = "device_label"
    ESTIMATE = "estimate"
    HAND_BACK = "hand_back"

    @property
    def sizes(self) -> "tuple[PaperSize, ...]":
        """What it can be printed on, the usual one first; only what is for a device goes on labels."""
        return tuple(size for size in PaperSize if size.is_label == (self is PaperKind.DEVICE_LABEL))


class PaperSize(StrEnum):
    """What a paper is printed on."""

    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    A4 = "a4"
    LETTER = "letter"
    LABEL_57 = "57x32"
    LABEL_62 = "62x29"

    @property
    def is_roll(self) -> bool:
        """Whether the paper is a roll, whose pages are as tall as what stands on them."""
        return self in (PaperSize.ROLL_80, PaperSize.ROLL_58)

    @property
    def is_label(self) -> bool:
        """Whether it is a label for a device."""
        return self in (PaperSize.LABEL_57, PaperSize.LABEL_62)


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
class BookingSlip:
    """What a customer takes home after booking: when, for what, and the PL ID to name next time.

    `number` is the booking (`B319`), `pl_id` the customer (`PL24`); both are also the bare text of the codes.
    `contact_name` is the person of that day when it is not the account's own name, else empty.
    `day` is the shop's date (`2026-03-14`), `starts` its wall clock (`15:30`), `made_at` the shop's date and
    time of making (`2026-03-12T14:36`). `zone_note` is shown beside the time when that clock reading needs a
    word ("summer time, first 02:30"). `price_minor` is in minor units of the shop's currency; None prints
    no price. `note` is the note the customer may see. `made_by` is shown (till and user).
    """

    shop: ShopHeader
    number: str
    pl_id: str
    customer_name: str
    customer_phone: str
    contact_name: str
    service: str
    minutes: int
    with_whom: str
    day: str
    starts: str
    zone_note: str
    price_minor: int | None
    note: str
    made_at: str
    made_by: str
    terms: str
    seal: str = ""

    @property
    def kind(self) -> PaperKind:
        """The kind of paper this is."""
        return PaperKind.BOOKING_SLIP


@dataclasses.dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device on a claim ticket: what it is, what is wrong, and how it looked. Never its passcode.

    `mark` is shown ("IMEI ending 704812", "Serial C02X1"); the three conditions are shown lists of words.
    """

    device: str
    mark: str
    fault: str
    faulty: str
    works: str
    untested: str
    accessories: str


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimTicket:
    """What a customer gets for a device left here: to claim it with, and to know what was agreed.

    `ready_by` is the shop's date and time (`2026-03-14T12:00`) or empty; `about_minor` the estimate so far.
    """

    shop: ShopHeader
    number: str
    pl_id: str
    customer_name: str
    customer_phone: str
    contact_name: str
    devices: tuple[DeviceLine, ...]
    about_minor: int | None
    ready_by: str
    booking: str
    made_at: str
    made_by: str
    terms: str
    seal: str = ""

    @property
    def kind(self) -> PaperKind:
        """The kind of paper this is."""
        return PaperKind.CLAIM_TICKET


@dataclasses.dataclass(frozen=True, slots=True)
class DeviceLabel:
    """What is stuck on a device; `place` is shown where a ticket has several ("2/3"), else empty.

    `extra` is what was left with the device, divided by commas; each of these things gets its own label.
    """

    shop: ShopHeader
    number: str
    pl_id: str
    customer_name: str
    device: str
    fault: str
    place: str
    extra: str
    due: str
    made_at: str

    @property
    def kind(self) -> PaperKind:
        """The kind of paper this is."""
        return PaperKind.DEVICE_LABEL


@dataclasses.dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its stored amounts in minor units; `detail` is shown below it (device, warranty)."""

    text: str
    detail: str
    quantity: int
    unit_minor: int
    amount_minor: int


@dataclasses.dataclass(frozen=True, slots=True)
class EstimatePaper:
    """A version of an estimate; `answer` is shown once there is one ("Approved by phone, up to 150.00")."""

    shop: ShopHeader
    number: str
    pl_id: str
    customer_name: str
    customer_phone: str
    contact_name: str
    version: int
    devices: str
    lines: tuple[PricedLine, ...]
    total_minor: int
    answer: str
    made_at: str
    made_by: str
    terms: str
    seal: str = ""

    @property
    def kind(self) -> PaperKind:
        """The kind of paper this is."""
        return PaperKind.ESTIMATE


@dataclasses.dataclass(frozen=True, slots=True)
class HandedLine:
    """A device that left: what was found and done, how it left, and the warranty, all shown.

    `warranty` has a line for each thing that is under warranty, `taken` says by whom and when it was taken.
    """

    device: str
    mark: str
    fault: str
    found: str
    outcome: str
    warranty: str
    taken: str
    price_minor: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class HandBackPaper:
    """What a customer gets with the device: who took it, what was done, until when it is guaranteed.

    It lists every device of the ticket that has left; `taken_by` took the last of them, `still_here` is the
    shown list of those that stay, `made_at` the moment of that hand-back. `signature` is the hash of the
    picture that was signed on the screen, empty where the paper is signed by hand.
    """

    shop: ShopHeader
    number: str
    pl_id: str
    customer_name: str
    customer_phone: str
    contact_name: str
    taken_by: str
    devices: tuple[HandedLine, ...]
    still_here: str
    made_at: str
    made_by: str
    terms: str
    signature: str
    seal: str = ""

    @property
    def kind(self) -> PaperKind:
        """The kind of paper this is."""
        return PaperKind.HAND_BACK


CustomerPaper = BookingSlip | ClaimTicket | EstimatePaper | HandBackPaper
"""The papers a customer takes home."""

Document = BookingSlip | ClaimTicket | DeviceLabel | EstimatePaper | HandBackPaper
"""Any paper."""

_KINDS: Final[dict[str, type[Document]]] = {
    PaperKind.BOOKING_SLIP: BookingSlip,
    PaperKind.CLAIM_TICKET: ClaimTicket,
    PaperKind.DEVICE_LABEL: DeviceLabel,
    PaperKind.ESTIMATE: EstimatePaper,
    PaperKind.HAND_BACK: HandBackPaper,
}
_ADDED: Final[dict[int, dict[str, dict[str, object]]]] = {
    2: {PaperKind.HAND_BACK: {"signature": ""}},
    3: {kind: {"seal": ""} for kind in PaperKind if kind is not PaperKind.DEVICE_LABEL},
}
"""What each layout version added, by kind, and what it is on papers that are older."""
_LINES: Final[dict[str, type[Any]]] = {
    "ClaimTicket": DeviceLine,
    "EstimatePaper": PricedLine,
    "HandBackPaper": HandedLine,
}


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


def from_json(text: str) -> Document:
    """The document a stored form stands for.

    Raises:
        DomainError: `document_newer` if a newer program wrote it, `document_damaged` if it is not a
            document, or a field is missing, unknown or of the wrong type.
    """
    try:
        body = json.loads(text)
    except ValueError as reason:
        raise _damaged(str(reason)) from reason
    if not isinstance(body, dict):
        raise _damaged("not an object")
    kind, layout = body.pop("kind", None), body.pop("layout", None)
    if isinstance(layout, int) and layout > LAYOUT_VERSION:
        raise DomainError(
            "document_newer",
            "This paper was made by a newer version of posapp; update this till to print it.",
            layout=layout,
        )
    made = _KINDS.get(str(kind))
    if made is None or type(layout) is not int or layout < 1:
        raise _damaged(f"kind {kind!r}, layout {layout!r}")
    for version in range(layout + 1, LAYOUT_VERSION + 1):
        body |= _ADDED[version].get(str(kind), {})
    body["shop"] = ShopHeader(**_checked(ShopHeader, body.get("shop")))
    for name, value in body.items():
        if isinstance(value, list):
            line = _LINES.get(made.__name__)
            if line is None:
                raise _damaged(f"{made.__name__}.{name}")
            body[name] = tuple(line(**_checked(line, one)) for one in value)
    return made(**_checked(made, body))


def _checked(made: type[Any], body: object) -> dict[str, Any]:
    """The fields for a class, none missing, none unknown, each of its own type (a bool is not an int)."""
    types = get_type_hints(made)
    if not isinstance(body, dict) or body.keys() != types.keys():
        raise _damaged(f"fields of {made.__name__}")
    for name, wanted in types.items():
        plain = tuple if get_origin(wanted) is tuple else wanted
        if not isinstance(body[name], plain) or isinstance(body[name], bool):
            raise _damaged(f"{made.__name__}.{name}")
    return body


def _damaged(reason: str) -> DomainError:
    return DomainError(
        "document_damaged",
        "The stored paper cannot be read; run posapp verify to see what else is damaged.",
        reason=reason,
    )
