"""One device of an intake as it is typed: plain values that a draft keeps and a command is made of."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from posapp import paths
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.repairs.devices import Device, DeviceKind, check_imei, check_serial, looks_like_imei
from posapp.domain.repairs.tickets import Condition
from posapp.services.base.passcodes import Passcodes, check_passcode
from posapp.services.repairs.estimates import LineAsked
from posapp.services.repairs.tickets import TakeInDevice
from posapp.ui.record.drafts import KeptForms
from posapp.ui.session import Session
from posapp.ui.tickets.estimate.presenter import DraftLine, restored_lines
from posapp.ui.wording import Wording, translator

_tr = translator("Intake")

WITH_IMEI = (DeviceKind.PHONE, DeviceKind.TABLET, DeviceKind.WATCH)
"""Kinds whose 14 to 16 digits are an IMEI; elsewhere such digits are a serial like any other."""
DEVICE_FIELDS = {"serial": "mark", "imei": "mark", "no_serial_reason": "reason", "device": "model"}
"""What a desk calls a value of the device, and the field in which it is typed."""


@dataclass(slots=True)
class DeviceDraft:
    """What stands in the form about one device; `device_id` only while nothing of it was changed by hand."""

    kind: str = DeviceKind.PHONE.value
    make: str = ""
    model: str = ""
    mark: str = ""
    reason: str = ""
    passcode: str = ""
    faults: list[str] = field(default_factory=list)
    fault: str = ""
    condition: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    left_too: str = ""
    photos: list[str] = field(default_factory=list)
    price: str = ""
    lines: list[DraftLine] = field(default_factory=list)
    technician: int | None = None
    device_id: int | None = None
    claim_of: int | None = None

    @property
    def name(self) -> str:
        """Make and model as far as they are typed."""
        return f"{self.make} {self.model}".strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said about it yet."""
        return self == DeviceDraft(kind=self.kind, technician=self.technician)

    def is_of(self, device: Device) -> bool:
        """Whether this device of the register is what is typed."""
        return (self.make, self.model, self.mark) == (device.make, device.model, device.mark)

    @classmethod
    def restored(cls, values: Mapping[str, Any]) -> "DeviceDraft":
        """A device as a draft kept it; what makes no sense (another version wrote it) is left out."""
        plain = cls()
        for one in fields(cls):
            found = values.get(one.name)
            usual = getattr(plain, one.name)
            fits = isinstance(found, int) if usual is None else isinstance(found, type(usual))
            if fits and found is not None:
                setattr(plain, one.name, found)
        plain.lines = restored_lines(plain.lines)
        if plain.kind not in set(DeviceKind):
            plain.kind = DeviceKind.OTHER.value
        return plain


def takes_imei(kind: str, mark: str) -> bool:
    """Whether the text is meant as the IMEI of such a device."""
    return DeviceKind(kind) in WITH_IMEI and looks_like_imei(mark)


def check_mark(kind: str, mark: str) -> tuple[str, str]:
    """Serial and IMEI, one of them empty; raises `DomainError` for a wrong check digit."""
    if takes_imei(kind, mark):
        return "", check_imei(mark)
    return check_serial(mark), ""


def fault_of(draft: DeviceDraft) -> str:
    """The chips and then the customer's words, as one text."""
    chips = ", ".join(draft.faults)
    words = draft.fault.strip()
    return f"{chips}. {words}" if chips and words else chips or words


def parsed(draft: DeviceDraft, wording: Wording) -> TakeInDevice:
    """The device to take in; raises `DomainError` at the field that has to be mended."""
    if not draft.name:
        raise model_missing()
    serial, imei = check_mark(draft.kind, draft.mark)
    if not draft.mark.strip() and not draft.reason.strip() and draft.device_id is None:
        raise reason_missing()
    fault = fault_of(draft)
    if not fault:
        raise fault_missing()
    left = ", ".join([*draft.left, *filter(None, [draft.left_too.strip()])])
    return TakeInDevice(
        kind=DeviceKind(draft.kind),
        make=draft.make.strip(),
        model=draft.model.strip(),
        serial=serial,
        imei=imei,
        no_serial_reason="" if draft.mark.strip() else draft.reason.strip(),
        device_id=draft.device_id,
        fault=fault,
        accessories=left,
        condition=tuple((text, Condition(value)) for text, value in draft.condition.items()),
        passcode=check_passcode(draft.passcode),
        price_minor=None if draft.lines else price_of(draft.price, wording),
        technician_id=draft.technician,
        claim_of=draft.claim_of,
    )


def lines_of(devices: Sequence[DeviceDraft]) -> tuple[LineAsked, ...]:
    """What is to be priced, each line for its device."""
    return tuple(
        replace(line, position=position)
        for position, draft in enumerate(devices, start=1)
        for line in draft.lines
    )


def price_of(text: str, wording: Wording) -> int | None:
    """A typed price, None for none; raises `DomainError`."""
    from posapp.domain.base.locales import decimal_mark
    from posapp.domain.base.money import parse_amount

    if not text.strip():
        return None
    mark = decimal_mark(wording.locale)
    return parse_amount(text, wording.currency, decimal_mark=mark, locale=wording.locale, field="price").minor


def model_missing() -> DomainError:
    """Nobody knows what it is."""
    sentence = _tr("Enter brand and model, or a few words that say what it is.")
    return DomainError("device_missing", sentence, field="model")


def reason_missing() -> DomainError:
    """Neither a serial nor why there is none."""
    sentence = _tr("Enter the IMEI or serial, or say why it cannot be read.")
    return DomainError("serial_missing", sentence, field="reason")


def fault_missing() -> DomainError:
    """Nobody knows what is wrong."""
    return DomainError("fault_missing", _tr("Say what is wrong, in the customer’s words."), field="fault")


def photos_of_others(forms: KeptForms, mine: str | None) -> set[str]:
    """The pictures of devices that are half typed under another mark than this one."""
    drafts = [draft for mark in forms.marks if mark != mine and (draft := forms.of(mark))]
    return {file for draft in drafts for one in draft.get("devices", ()) for file in one.get("photos", ())}


_CONTEXT = "draft"


class Sealing:
    """Both ways, for `KeptForms`: a key may mean somebody else in a restored shop, a name does not."""

    def __init__(self, session: Session) -> None:
        self._session, self._passcodes = session, Passcodes(paths.data_dir())

    def seal(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """For the disk."""
        names = self._names()
        devices = [
            {
                **device,
                "passcode": "",
                "sealed": self._sealed(str(device.get("passcode") or "")),
                "technician_name": names.get(device.get("technician") or 0, ""),
            }
            for device in values["devices"]
        ]
        return {**values, "devices": devices}

    def unseal(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """From the disk, without what cannot be opened, and without who is not here by that name."""
        names, found = self._names(), values.get("devices")
        devices = [dict(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        for device in devices:
            device["passcode"] = self._opened(str(device.pop("sealed", "") or ""))
            name = device.pop("technician_name", "")
            if not name or names.get(int(device.get("technician") or 0)) != name:
                device["technician"] = None
        return {**values, "devices": devices}

    def _names(self) -> dict[int, str]:
        return {one.id: one.name for one in self._session.catalogue.resources}

    def _sealed(self, passcode: str) -> str:
        return base64.b64encode(self._passcodes.seal(passcode, _CONTEXT)).decode() if passcode else ""

    def _opened(self, sealed: str) -> str:
        try:
            return self._passcodes.open(base64.b64decode(sealed), _CONTEXT) if sealed else ""
        except (ValueError, EnvironmentFault):
            return ""  # its key is gone; the clerk asks the customer again
