"""One device of an intake as it is typed: plain values that a draft keeps and a command is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.devices import DeviceKind, check_imei, check_serial, looks_like_imei
from posapp.domain.repairs.tickets import Condition
from posapp.services.base.passcodes import check_passcode
from posapp.services.repairs.estimates import LineAsked
from posapp.services.repairs.tickets import TakeInDevice
from posapp.ui.tickets.estimate.presenter import DraftLine, restored_lines
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.repairs.devices import Device

_tr = translator("Intake")

WITH_IMEI = (DeviceKind.PHONE, DeviceKind.TABLET, DeviceKind.WATCH)
"""Kinds whose 14 to 16 digits are an IMEI; elsewhere such digits are a serial like any other."""


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

    def take_over(self, device: "Device") -> None:
        """It is this device of the register."""
        self.kind, self.make, self.model = device.kind.value, device.make, device.model
        self.mark, self.reason, self.device_id = device.mark, "", device.id

    def kept(self) -> dict[str, object]:
        """What a draft on disk keeps, in JSON; the passcode goes a way of its own."""
        values = asdict(self)
        del values["passcode"]
        return values

    @classmethod
    def restored(cls, values: Mapping[str, Any]) -> "DeviceDraft":
        """What `kept` gave; what makes no sense (another version wrote it) is left out."""
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
        price_minor=None if draft.lines else _price(draft.price, wording),
        technician_id=draft.technician,
        claim_of=draft.claim_of,
    )


def lines_of(devices: Sequence[DeviceDraft]) -> tuple[LineAsked, ...]:
    """What is to be priced, each line for its device."""
    return tuple(
        replace(line, position=position).asked()
        for position, draft in enumerate(devices, start=1)
        for line in draft.lines
    )


def _price(text: str, wording: Wording) -> int | None:
    from posapp.domain.base.locales import decimal_mark
    from posapp.domain.base.money import parse_amount

    if not text.strip():
        return None
    mark = decimal_mark(wording.locale)
    return parse_amount(text, wording.currency, decimal_mark=mark, field="price").minor


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
