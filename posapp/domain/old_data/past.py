"""Past records: what an old system says of bookings, repairs and purchases, read as it was written."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from posapp.domain.base.names import clean_name
from posapp.domain.old_data.imports import PastKind
from posapp.domain.repairs.devices import DeviceKind

OVER = frozenset(
    {
        *("cancelled", "canceled", "void", "voided", "refunded", "rejected", "declined", "disposed"),
        *("completed", "complete", "closed", "collected", "delivered", "done", "finished", "resolved"),
        *("picked up", "paid", "invoiced", "storniert", "abgeholt", "erledigt", "abgeschlossen"),
    }
)
"""States of an old ticket, as `folded` gives them, after which nothing is left to do."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "kind": ("device_type", "asset_type_name", "devicecategory", "category"),
    "make": ("make", "brand", "manufacturer", "device_make", "device_brand"),
    "model": ("device_model", "model", "device", "device_name", "asset_name"),
    "serial": ("serial", "serial_number", "asset_serial", "device_serial"),
    "imei": ("imei", "device_imei"),
    "fault": ("issue_description", "issue", "fault", "problem", "problem_type", "subject", "description"),
    "note": ("notes", "note", "comment", "comments"),
    "number": ("ticket_number", "number", "order_id"),
}
"""What is meant by a field of an old ticket, by the names that old systems give it."""
_KINDS = {
    "phone": DeviceKind.PHONE,
    "smartphone": DeviceKind.PHONE,
    "mobile": DeviceKind.PHONE,
    "tablet": DeviceKind.TABLET,
    "laptop": DeviceKind.LAPTOP,
    "notebook": DeviceKind.LAPTOP,
    "desktop": DeviceKind.DESKTOP,
    "computer": DeviceKind.DESKTOP,
    "pc": DeviceKind.DESKTOP,
    "console": DeviceKind.CONSOLE,
    "watch": DeviceKind.WATCH,
}


def folded(status: str) -> str:
    """A state as two spellings of it compare."""
    return " ".join(status.casefold().replace("_", " ").replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class OldDevice:
    """What an old ticket says of its device and what is wrong with it; "" where it says nothing."""

    kind: DeviceKind = DeviceKind.OTHER
    make: str = ""
    model: str = ""
    serial: str = ""
    imei: str = ""
    fault: str = ""
    note: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether a ticket can be opened without asking: it is known what it is, and what is wrong."""
        return bool((self.make or self.model) and self.fault)


@dataclass(frozen=True, slots=True)
class PastRecord:
    """A booking, ticket, order or appointment of an old system; `told` are its other fields by name.

    `ticket` is the number of the real ticket that it was taken in as, "" if it was not.
    """

    id: int
    customer_id: int
    batch_id: int
    kind: PastKind
    system: str
    collection: str
    code: str
    at: datetime
    status: str
    is_counted: bool
    amount_minor: int
    told: Mapping[str, object] = field(default_factory=dict)
    ticket: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is a repair that was not at its end when it came."""
        return self.kind is PastKind.TICKET and folded(self.status) not in OVER

    @property
    def can_be_taken_in(self) -> bool:
        """Whether a real ticket can still be made of it."""
        return self.is_open and not self.ticket

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The remaining fields, name and text, as they were written."""
        return tuple(_lines(self.told))

    @property
    def number(self) -> str:
        """The number that its paper shows, as far as it is told."""
        return self._said("number")

    @property
    def whole_id(self) -> str:
        """`004:tickets:bb1270bb`."""
        return f"{self.system}:{self.collection}:{self.code}"

    @property
    def shown(self) -> str:
        """The whole ID, and the number on its paper."""
        has_number = self.number and self.number != self.code
        return f"{self.whole_id} ({self.number})" if has_number else self.whole_id

    @property
    def device(self) -> OldDevice:
        """What is told of the device."""
        kind = _KINDS.get(self._said("kind").casefold(), DeviceKind.OTHER)
        names = "make", "model", "serial", "imei", "fault", "note"
        return OldDevice(kind, *(self._said(name) for name in names))

    def _said(self, what: str) -> str:
        by_name = {name.rpartition(" ")[2].casefold(): text for name, text in reversed(self.lines)}
        found = (by_name.get(name, "") for name in _NAMES[what])
        text = next(filter(None, found), "")
        return text if what in ("fault", "note") else clean_name(text)


@dataclass(frozen=True, slots=True)
class OldRepairAsked:
    """That the intake form is to begin with an old repair: the key of its record."""

    past_id: int


@dataclass(frozen=True, slots=True)
class OldId:
    """An ID of a customer in an old system, and the import that brought it."""

    system: str
    collection: str
    code: str
    batch_id: int
    came_at: datetime

    @property
    def whole_id(self) -> str:
        """`000:customers:CUST-001`."""
        return f"{self.system}:{self.collection}:{self.code}"


def told_of(body: str) -> dict[str, object]:
    """The remaining fields of a record as they are kept; none of what cannot be read."""
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        return {"": body}
    return found if isinstance(found, dict) else {"": found}


def _lines(told: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        whole = f"{before} {name}".strip()
        if isinstance(value, Mapping):
            yield from _lines(value, whole)
        elif isinstance(value, list):
            words = ", ".join(text for one in value if (text := _text(one)))
            if words:
                yield whole, words
        elif text := _text(value):
            yield whole, text


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {text}" for name, text in _lines(value))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    return "" if value is None else str(value).strip()
