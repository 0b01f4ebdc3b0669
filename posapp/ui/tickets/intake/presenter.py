"""Hands the intake's work to the lanes: plain Python, owned by the page, knows no widget."""

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from posapp import paths
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.photos import MOST_BYTES
from posapp.files import keep, make_folder
from posapp.services.base.drafts import key_of, mark_of, number_of
from posapp.services.base.passcodes import Passcodes
from posapp.ui.customers.account_presenter import AccountPresenter, Done, Failed, ignore
from posapp.ui.front_desk.presenter import look_up
from posapp.ui.tickets.estimate.presenter import linked_lines
from posapp.ui.tickets.intake.draft import DeviceDraft

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.customers.customers import CustomerCard
    from posapp.domain.repairs.devices import Device
    from posapp.services.repairs.tickets import TakeIn, TakenIn
    from posapp.ui.session import Session

DRAFT, CONTEXT = "intake", "draft"
_MODELS, _DEVICES, _PARTS = 200, 4, 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """A customer with the devices that they brought before, the latest first."""

    card: "CustomerCard"
    devices: "tuple[Device, ...]"


@dataclass(frozen=True, slots=True)
class FromBooking:
    """A booking whose customer stands at the counter."""

    booking: "Booking"
    arrived: Arrived


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What was saved; `lost` says in sentences which photos were not kept."""

    taken: "TakenIn"
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a draft refers to and still is the same here; devices with the keys that still hold."""

    arrived: Arrived | None
    booking: "Booking | None"
    devices: tuple[DeviceDraft, ...]


class IntakePresenter(AccountPresenter):
    """Reads what the form needs, checks in, keeps the draft."""

    topic = "intake"

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._passcodes = Passcodes(paths.data_dir())
        self._window = token_hex(6)

    # -- reading -----------------------------------------------------------------------------------
    def prepare(self, done: Done, failed: Failed) -> None:
        """The checklists of all kinds."""
        shop, actor = self._session.shop, self._session.actor
        self._ask(
            "checklists",
            lambda: {kind.value: shop.tickets.checklist(actor, kind) for kind in DeviceKind},
            done,
            failed,
        )

    def models(self, text: str, done: Done) -> None:
        """Makes and models that begin like the text."""
        shop, actor = self._session.shop, self._session.actor
        self._ask("models", lambda: shop.devices.models(actor, text, limit=_MODELS), done, ignore)

    def items(self, done: Done) -> None:
        """The parts of the shop."""
        shop, actor = self._session.shop, self._session.actor
        self._ask("items", lambda: shop.parts.items(actor, limit=_PARTS), done, ignore)

    def search(self, text: str, done: Done, failed: Failed) -> None:
        """Everything about what is typed to find the customer; empty text ends what is on its way."""
        shop, actor, region = self._session.shop, self._session.actor, self._session.region
        self._session.lanes.search.run(
            lambda: look_up(shop, actor, text, region) if text.strip() else None,
            done=done,
            failed=failed,
            topic="intake-search",
        )

    def customer(self, customer_id: int, done: Done, failed: Failed) -> None:
        """A customer with their devices."""
        self._ask("customer", partial(self._arrived, customer_id), done, failed)

    def booking(self, number: str, done: Done, failed: Failed) -> None:
        """A booking that arrived, with its customer."""
        shop, actor = self._session.shop, self._session.actor

        def work() -> FromBooking:
            booking = shop.bookings.get(actor, number)
            return FromBooking(booking, self._arrived(booking.customer_id))

        self._ask("customer", work, done, failed)

    def look(self, mark: str, done: Done, failed: Failed) -> None:
        """The story of the device with this serial or IMEI, None for a new one."""
        shop, actor = self._session.shop, self._session.actor
        self._ask("look", lambda: shop.devices.look(actor, mark), done, failed)

    def story(self, device_id: int, done: Done, failed: Failed) -> None:
        """The story of a device of the register."""
        shop, actor = self._session.shop, self._session.actor
        self._ask("look", lambda: shop.devices.story(actor, device_id), done, failed)

    def promise(self, technician_id: int | None, *, is_rush: bool, done: Done) -> None:
        """When it could be done, with what waits before it."""
        shop, actor = self._session.shop, self._session.actor
        self._ask(
            "promise",
            lambda: shop.tickets.promise(actor, technician_id=technician_id, is_rush=is_rush),
            done,
            ignore,
        )

    def _arrived(self, customer_id: int) -> Arrived:
        shop, actor = self._session.shop, self._session.actor
        card = shop.customers.card(actor, customer_id)
        key = card.customer.id  # a merged customer leads to another one
        return Arrived(card, tuple(shop.devices.of_customer(actor, key, limit=_DEVICES)))

    # -- writing -----------------------------------------------------------------------------------
    def check_in(
        self, command: "TakeIn", photos: tuple[tuple[str, ...], ...], done: Done, failed: Failed
    ) -> None:
        """Save the ticket, then its photos; a photo that cannot be kept undoes nothing."""
        shop, actor = self._session.shop, self._session.actor

        forget = self._forgetting()

        def work() -> CheckedIn:
            taken = shop.tickets.take_in(actor, command)
            lost = []
            for position, files in enumerate(photos, start=1):
                for file in files:
                    try:
                        data = Path(file).read_bytes()
                        shop.photos.add(actor, taken.ticket.number, data, position=position)
                    except PosappError as error:
                        lost.append(error.sentence)
                    except OSError as error:
                        lost.append(f"{Path(file).name}: {error.strerror}")
            forget([file for files in photos for file in files])  # here: the window may be gone by now
            return CheckedIn(taken, tuple(lost))

        self._write(work, done, failed)

    # -- photos ------------------------------------------------------------------------------------
    def keep_photo(
        self, source: Path | bytes, look: Callable[[bytes], Any], done: Done, failed: Failed
    ) -> None:
        """Copy a picture beside the draft, so that it is there even if the card or stick is gone.

        `look` makes the small picture, on the lane; None from it means that this is no picture.
        `done` gets (path, what `look` made).
        """

        def work() -> tuple[str, Any]:
            data = source if isinstance(source, bytes) else _read(source)
            small = look(data)
            if small is None:
                raise DomainError(
                    "photo_unreadable",
                    "This file is no picture that can be read. Choose a JPEG, PNG or WebP.",
                    field="photo",
                )
            return self._kept(data), small

        self._write(work, done, failed)

    # -- the draft -----------------------------------------------------------------------------------
    def keep_draft(self, values: Mapping[str, Any]) -> None:
        """Keep what is half typed; passcodes are sealed before anything touches the disk."""
        passcodes, names = self._passcodes, {one.id: one.name for one in self._session.catalogue.resources}

        def sealed() -> dict[str, Any]:
            devices = [
                {
                    **device,
                    "passcode": "",
                    "sealed": _seal(passcodes, str(device.get("passcode") or "")),
                    "technician_name": names.get(device.get("technician") or 0, ""),
                }
                for device in values["devices"]
            ]
            return {**values, "devices": devices}

        self._session.keep(self._session.drafts.keeping(DRAFT, sealed))

    def draft(self) -> dict[str, Any] | None:
        """The draft of before with its passcodes opened; one that cannot be opened is left out.

        So is a technician who is not here under that name.
        """
        names = {one.id: one.name for one in self._session.catalogue.resources}
        values = self._session.drafts.load(DRAFT)
        if values is None or not isinstance(values.get("devices"), list):
            return None
        devices = [dict(device) for device in values["devices"] if isinstance(device, dict)]
        for device in devices:
            device["passcode"] = _open(self._passcodes, str(device.pop("sealed", "") or ""))
            name = device.pop("technician_name", "")
            if not name or names.get(int(device.get("technician") or 0)) != name:
                device["technician"] = None
        return {**values, "devices": devices}

    def recall(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Look up what a draft refers to; `done` gets `Recalled`, with whatever still is the same."""
        self._ask("recall", partial(self._recalled, values), done, failed)

    def _recalled(self, values: Mapping[str, Any]) -> Recalled:
        shop, actor = self._session.shop, self._session.actor
        items = {one.id: one for one in shop.parts.items(actor, limit=_PARTS)}
        arrived, booking = (
            self._same_customer(values.get("customer")),
            self._same_booking(values.get("booking")),
        )
        devices = []
        for one in map(DeviceDraft.restored, values["devices"]):
            one.lines = linked_lines(one.lines, items)
            if arrived is None or not self._is_same_device(one):
                one.device_id = one.claim_of = None
            devices.append(one)
        return Recalled(arrived, booking, tuple(devices))

    def _same_customer(self, mark: object) -> Arrived | None:
        key = key_of(mark)
        if key is None:
            return None
        with suppress(DomainError):
            arrived = self._arrived(key)
            customer = arrived.card.customer
            if mark_of(customer, customer.pl_id) == mark:
                return arrived
        return None

    def _same_booking(self, mark: object) -> "Booking | None":
        if key_of(mark) is None:
            return None
        with suppress(DomainError):
            booking = self._session.shop.bookings.get(self._session.actor, number_of(mark))
            if mark_of(booking, booking.number) == mark:
                return booking
        return None

    def _is_same_device(self, draft: DeviceDraft) -> bool:
        if draft.device_id is None:
            return False
        with suppress(DomainError):
            device = self._session.shop.devices.story(self._session.actor, draft.device_id).device
            return (device.make, device.model, device.mark) == (draft.make, draft.model, draft.mark)
        return False

    def drop_draft(self) -> None:
        """The form was emptied: forget the draft. Its pictures stay a while, for that can be taken back."""
        self._session.keep(self._session.drafts.dropping(DRAFT))

    def _forgetting(self) -> Callable[[Sequence[str]], None]:
        """What forgets the draft and its pictures as soon as the ticket is saved."""
        drafts = self._session.drafts
        drop = drafts.dropping(DRAFT)

        def forget(files: Sequence[str]) -> None:
            drop()
            for file in (*map(Path, files), *drafts.pictures.glob(f"{self._window}-*")):
                if file.parent == drafts.pictures:
                    file.unlink(missing_ok=True)

        return forget

    def _kept(self, data: bytes) -> str:
        # No name of another window: what one window saves and throws away, another may still want.
        file = self._session.drafts.pictures / f"{self._window}-{sha256(data).hexdigest()[:32]}"
        try:
            make_folder(file.parent)
            keep(file, data)
        except OSError as error:
            raise EnvironmentFault(
                "photo_unkept", f"The photo cannot be kept on this disk ({error.strerror})."
            ) from error
        return str(file)


def _seal(passcodes: Passcodes, passcode: str) -> str:
    return base64.b64encode(passcodes.seal(passcode, CONTEXT)).decode() if passcode else ""


def _open(passcodes: Passcodes, sealed: str) -> str:
    if not sealed:
        return ""
    try:
        return passcodes.open(base64.b64decode(sealed), CONTEXT)
    except (ValueError, EnvironmentFault):
        return ""  # its key is gone; the clerk asks the customer again


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DomainError(
                "photo_large", "This file has more than 50 MB. Choose a smaller photo.", field="photo"
            )
        return file.read_bytes()
    except OSError as error:
        raise EnvironmentFault("photo_unread", f"{file.name} cannot be read ({error.strerror}).") from error
