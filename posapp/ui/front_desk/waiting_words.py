"""What the front desk says of devices that wait for their owners."""

from collections.abc import Iterable

from posapp.domain.repairs.tickets import StateGroup
from posapp.domain.repairs.waiting import DeviceHere
from posapp.ui.wording import translator

_tr = translator("DeskTickets")


def waiting_words(one: DeviceHere) -> str:
    """How long a device has waited."""
    if not one.days:
        return _tr("ready today") if one.state.group == StateGroup.READY else one.state.name
    return _tr("waiting 1 day") if one.days == 1 else _tr("waiting {n} days").format(n=one.days)


def warning_words(devices: Iterable[DeviceHere]) -> str:
    """What to say about a customer's devices that wait since before today, "" if none does."""
    waits = [one for one in devices if one.waits and one.days]
    if not waits:
        return ""
    oldest = max(waits, key=lambda one: one.days)
    if len(waits) > 1:
        words = _tr("{n} devices wait to be collected").format(n=len(waits))
    else:
        words = _tr("{number} {device} waits to be collected").format(
            number=oldest.card.number, device=oldest.card.device
        )
    days = _tr("1 day") if oldest.days == 1 else _tr("{n} days").format(n=oldest.days)
    if len(waits) > 1:
        return _tr("{words}, the oldest for {days}").format(words=words, days=days)
    return _tr("{words} for {days}").format(words=words, days=days)
