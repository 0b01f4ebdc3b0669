"""The papers of repairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from posapp.domain.papers.documents import CustomerPaper, Document, PaperKind


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class ClaimTicket(CustomerPaper):
    """What a customer gets for a device left here: to claim it with, and to know what was agreed.

    `ready_by` is the shop's date and time (`2026-03-14T12:00`) or empty; `about_minor` the estimate so far.
    `claims` has a shown line for each warranty that is claimed; `signature` is the hash of the picture that
    was signed on the screen, empty where the paper is signed by hand.
    """

    KIND: ClassVar[PaperKind] = PaperKind.CLAIM_TICKET
    ADDED: ClassVar[Mapping[int, Mapping[str, object]]] = {
        **CustomerPaper.ADDED,
        7: {"claims": "", "signature": ""},
    }

    devices: tuple[DeviceLine, ...]
    about_minor: int | None
    ready_by: str
    booking: str
    claims: str
    signature: str

    @property
    def signed(self) -> str:
        """The hash of the picture of the signature."""
        return self.signature


@dataclass(frozen=True, slots=True)
class DeviceLabel(Document):
    """What is stuck on a device; `place` is shown where a ticket has several ("2/3"), else empty.

    `extra` is what was left with the device, divided by commas; each of these things gets its own label.
    """

    KIND: ClassVar[PaperKind] = PaperKind.DEVICE_LABEL

    device: str
    fault: str
    place: str
    extra: str
    due: str
    made_at: str

    @property
    def position(self) -> int:
        """Which device of the ticket it is for."""
        return int(self.place.partition("/")[0]) if self.place else 1


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its stored amounts in minor units; `detail` is shown below it (device, warranty)."""

    text: str
    detail: str
    quantity: int
    unit_minor: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class EstimatePaper(CustomerPaper):
    """A version of an estimate; `answer` is shown once there is one ("Approved by phone, up to 150.00")."""

    KIND: ClassVar[PaperKind] = PaperKind.ESTIMATE

    version: int
    devices: str
    lines: tuple[PricedLine, ...]
    total_minor: int
    answer: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class HandBackPaper(CustomerPaper):
    """What a customer gets with the device: who took it, what was done, until when it is guaranteed.

    It lists every device of the ticket that has left; `taken_by` took the last of them, `still_here` is the
    shown list of those that stay, `made_at` the moment of that hand-back. `signature` is the hash of the
    picture that was signed on the screen, empty where the paper is signed by hand.
    """

    KIND: ClassVar[PaperKind] = PaperKind.HAND_BACK
    ADDED: ClassVar[Mapping[int, Mapping[str, object]]] = {**CustomerPaper.ADDED, 2: {"signature": ""}}

    taken_by: str
    devices: tuple[HandedLine, ...]
    still_here: str
    signature: str

    @property
    def signed(self) -> str:
        """The hash of the picture of the signature."""
        return self.signature


@dataclass(frozen=True, slots=True)
class ShelfLabels(Document):
    """A label of each of these shelves; it is of its own moment and kept nowhere."""

    KIND: ClassVar[PaperKind] = PaperKind.SHELF_LABEL

    shelves: tuple[str, ...]

    @property
    def code(self) -> str:
        """Each label has one of its own."""
        return ""


PAPERS = (ClaimTicket, DeviceLabel, EstimatePaper, HandBackPaper, ShelfLabels)
"""What repairs give to customers, and what sticks on their devices and on the shelves where they lie."""
