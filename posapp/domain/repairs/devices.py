"""A device: make, model and serial or IMEI; it has a history of its own across tickets and owners."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.customers.pl_id import PlId

_NOT_SERIAL = re.compile(r"[^0-9A-Z]")
LONGEST_SERIAL = 60
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""What a doubled digit adds to the Luhn sum."""


class DeviceKind(StrEnum):
    """What kind of thing it is; checklists and forms go by it."""

    PHONE = "phone"
    TABLET = "tablet"
    LAPTOP = "laptop"
    DESKTOP = "desktop"
    CONSOLE = "console"
    WATCH = "watch"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Device:
    """A device of the register; `serial` and `imei` are as shown, empty if none could be read."""

    id: int
    kind: DeviceKind
    make: str
    model: str
    colour: str
    serial: str
    imei: str

    @property
    def name(self) -> str:
        """Make and model, as a clerk says it."""
        return f"{self.make} {self.model}".strip()

    @property
    def mark(self) -> str:
        """The IMEI, else the serial."""
        return self.imei or self.serial


@dataclass(frozen=True, slots=True)
class Model:
    """A make and model that was taken in before."""

    kind: DeviceKind
    make: str
    model: str


@dataclass(frozen=True, slots=True)
class Owner:
    """A customer who brought a device, and when they last did."""

    customer_id: int
    pl_id: PlId
    name: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One time that a device was here: ticket, state and outcome by their codes, faults, price, claim."""

    number: str
    position: int
    pl_id: PlId
    customer_name: str
    came_at: datetime
    state: str
    state_name: str
    fault: str
    found: str
    outcome: str
    price_minor: int | None


def serial_key(serial: str) -> str:
    """Serials compare by their letters and digits alone, without case."""
    return _NOT_SERIAL.sub("", serial.upper())


def check_serial(text: str) -> str:
    """A serial in clean form; refuses what is too long."""
    serial = clean_name(text)
    if len(serial) > LONGEST_SERIAL:
        raise DomainError(
            "serial_long", "A serial has at most 60 characters. Enter only the serial.", field="serial"
        )
    return serial


def looks_like_imei(text: str) -> bool:
    """Whether a typed or scanned text is meant as an IMEI: 14 to 16 digits, perhaps grouped."""
    bare = re.sub(r"[\s/.-]", "", text)
    return bare.isascii() and bare.isdigit() and 14 <= len(bare) <= 16


def is_imei(stored: str) -> bool:
    """Whether a stored IMEI is 15 digits with the right last one; quick, for whole registers."""
    if len(stored) != 15 or not stored.isascii() or not stored.isdigit():
        return False
    doubled = sum(_DOUBLED[int(digit)] for digit in stored[1::2])
    return (doubled + sum(map(int, stored[0::2]))) % 10 == 0


def check_imei(text: str) -> str:
    """An IMEI in its 15 digits, its check digit verified (3GPP TS 23.003, the Luhn digit of annex B).

    14 digits are taken as an IMEI without its check digit, 16 as an IMEISV, whose software version is
    dropped; both get the check digit computed. Refuses a wrong check digit.
    """
    from stdnum import imei, luhn
    from stdnum.exceptions import ValidationError

    bare = re.sub(r"[\s/.-]", "", text.strip())
    if not bare.isascii() or not bare.isdigit() or not 14 <= len(bare) <= 16:
        raise DomainError(
            "imei_length", "An IMEI has 15 digits. Count them, or leave the field empty.", field="imei"
        )
    if len(bare) != 15:
        return bare[:14] + luhn.calc_check_digit(bare[:14])
    try:
        found: str = imei.validate(bare)
    except ValidationError as error:
        raise DomainError(
            "imei_wrong",
            "A digit of this IMEI is wrong: its check digit does not fit. Read it again.",
            field="imei",
        ) from error
    return found


def describe(text: str) -> tuple[str, str]:
    """Make and model of a device named in one line: "Samsung Galaxy S22" is Samsung, Galaxy S22."""
    make, _, model = clean_name(text).partition(" ")
    return make, model


def told_apart(devices: Sequence[Device]) -> list[str]:
    """The names of devices that lie beside each other: those of one name with their mark, colour or place."""
    names = [one.name for one in devices]
    return [
        name if names.count(name) == 1 else f"{name} · {one.mark or one.colour or place}"
        for place, (name, one) in enumerate(zip(names, devices, strict=True), start=1)
    ]
