"""The device desk: what is known of a device by its serial or IMEI, across tickets and owners."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.repairs.devices import (
    Device,
    DeviceKind,
    Model,
    Owner,
    Visit,
    check_imei,
    check_serial,
    looks_like_imei,
)
from posapp.domain.repairs.estimates import Warranty
from posapp.domain.repairs.tickets import SHORT_LIMIT
from posapp.services.base.edits import differing

if TYPE_CHECKING:
    from posapp.storage.repairs.devices import DeviceChange
    from posapp.storage.unit_of_work import Store, UnitOfWork

MOST_VISITS = 100


@dataclass(frozen=True, slots=True)
class WarrantyLine:
    """A guarantee on the device, with the whole days that remain (0: over)."""

    warranty: Warranty
    days_left: int


@dataclass(frozen=True, slots=True)
class DeviceStory:
    """Everything that a clerk wants to know when a known serial is typed; the latest first.

    `here` is the ticket with which the device is in the shop right now, "" if it is not.
    """

    device: Device
    owners: tuple[Owner, ...]
    visits: tuple[Visit, ...]
    warranties: tuple[WarrantyLine, ...]
    here: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDevice:
    """Other values for a device of the register; None leaves one as it is, "" empties it."""

    device_id: int
    kind: DeviceKind | None = None
    make: str | None = None
    model: str | None = None
    colour: str | None = None
    serial: str | None = None
    imei: str | None = None


class DeviceDesk:
    """Reads and corrects the register of devices."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def look(self, actor: Actor, text: str) -> DeviceStory | None:
        """The story of the device with this serial or IMEI, None for one that was never here."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            device = _find(uow, text)
            return _story(uow, device) if device else None

    def story(self, actor: Actor, device_id: int) -> DeviceStory:
        """The story of a device of the register."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _story(uow, require_device(uow, device_id))

    def models(self, actor: Actor, text: str, *, limit: int = 20) -> list[Model]:
        """Makes and models that were taken in before and begin like the text, for completion."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.devices.models(clean_name(text), limit)

    def edit(self, actor: Actor, command: EditDevice) -> Device:
        """Correct what the register says of a device; old papers stay as they were."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            uow.devices.hold(command.device_id)
            before = require_device(uow, command.device_id)
            values = _edited(before, command)
            if values:
                _refuse_known(uow, before, values)
                uow.devices.update(before.id, **values)
                uow.journal.add(
                    Action.DEVICE_EDITED,
                    "device",
                    before.id,
                    before={name: str(getattr(before, name)) for name in values},
                    after=values,
                )
            after = require_device(uow, command.device_id)
            if not (after.make or after.model):
                raise DomainError("device_missing", "Say which device it is: make and model.", field="model")
            uow.commit()
        return after


# -- inside a transaction ------------------------------------------------------------------------------
def require_device(uow: "UnitOfWork", key: int) -> Device:
    """The device of the register with this key; refuses with `device_unknown`."""
    found = uow.devices.get(key)
    if found is None:
        raise DomainError("device_unknown", "This device is not in this shop's register.", field="device")
    return found


def _find(uow: "UnitOfWork", text: str) -> Device | None:
    imei = ""
    if looks_like_imei(text):
        try:
            imei = check_imei(text)
        except DomainError:
            imei = ""  # a wrong digit is explained beside the field; as a serial it may still be known
    serial = text if len(text) <= SHORT_LIMIT else ""
    return uow.devices.find(serial=serial, imei=imei)


def _story(uow: "UnitOfWork", device: Device) -> DeviceStory:
    job_id = uow.devices.job_here(device.id)
    found = uow.tickets.number_of_job(job_id) if job_id else None
    return DeviceStory(
        device,
        tuple(uow.devices.owners(device.id)),
        tuple(uow.devices.visits(device.id, MOST_VISITS)),
        tuple(WarrantyLine(one, one.days_left(uow.now)) for one in uow.estimates.warranties_of(device.id)),
        number_text(Letter.TICKET, found[0]) if found else "",
        uow.now,
    )


def _edited(device: Device, command: EditDevice) -> "DeviceChange":
    wanted: DeviceChange = {}
    if command.make is not None:
        wanted["make"] = clean_text(command.make, SHORT_LIMIT, "make")
    if command.model is not None:
        wanted["model"] = clean_text(command.model, SHORT_LIMIT, "model")
    if command.colour is not None:
        wanted["colour"] = clean_text(command.colour, SHORT_LIMIT, "colour")
    if command.kind is not None:
        wanted["kind"] = command.kind.value
    if command.serial is not None:
        wanted["serial"] = check_serial(command.serial)
    if command.imei is not None:
        wanted["imei"] = check_imei(command.imei) if command.imei.strip() else ""
    return differing(device, wanted)


def _refuse_known(uow: "UnitOfWork", device: Device, values: "DeviceChange") -> None:
    for field in ("serial", "imei"):
        text = str(values.get(field, ""))
        other = uow.devices.find(**{field: text}) if text else None
        if other is not None and other.id != device.id:
            raise DomainError(
                "device_known",
                f"{other.name} has this number already in the register.",
                field=field,
                device_id=other.id,
            )
