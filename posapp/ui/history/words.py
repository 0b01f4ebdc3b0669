"""What the journal says, in a clerk's words."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posapp.domain.bookings import BookingStatus
from posapp.domain.errors import DomainError
from posapp.domain.journal import JournalLine
from posapp.domain.phone import PhoneNumber
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, shown_minutes

_ICONS = {
    "customer": "user",
    "contact": "users",
    "phone": "phone",
    "booking": "calendar",
    "paper": "printer",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)


def icon_of(action: str) -> str:
    """The icon of a kind of change."""
    return _ICONS.get(action.partition(".")[0], "info")


def title_of(action: str) -> str:
    """A change in a few words, for the timeline."""
    titles = {
        "customer.created": _tr("Customer created"),
        "customer.edited": _tr("Details changed"),
        "contact.added": _tr("Person added to the account"),
        "contact.removed": _tr("Person taken off the account"),
        "phone.added": _tr("Number added"),
        "phone.labelled": _tr("Number labelled"),
        "phone.primary": _tr("Main number chosen"),
        "phone.ended": _tr("Number ended"),
        "phone.passed_on": _tr("Number passed to another person"),
        "phone.taken_back": _tr("Number taken back"),
    }
    return titles.get(action, action)


def step_words(step: JournalLine, wording: Wording) -> str:
    """One step in a sentence; who and when stand beside it."""
    special: dict[str, Callable[[JournalLine, Wording], str]] = {
        "customer.edited": _edited,
        "booking.made": _made,
        "booking.moved": _moved,
        "booking.status": _status,
    }
    if step.action in special:
        return special[step.action](step, wording)
    if step.action.startswith("paper."):
        return _paper(step)
    values = {**step.before, **step.after}
    said = _person(values) or _phone(values, wording)
    title = title_of(step.action)
    return f"{title}: {said}" if said else title


def _person(values: dict[str, object]) -> str:
    return _plain(values.get("contact"))


def _phone(values: dict[str, object], wording: Wording) -> str:
    key = _plain(values.get("phone"))
    if not key:
        return ""
    try:
        return wording.phone(PhoneNumber.from_key(key))
    except DomainError:
        return key


def _plain(value: object) -> str:
    """A value of the journal; one whose personal part was emptied says so."""
    text = "" if value is None else str(value)
    return _tr("(removed)") if text.startswith("sha256:") else text


def _edited(step: JournalLine, wording: Wording) -> str:
    names = {
        "name": _tr("Name"),
        "email": _tr("E-mail"),
        "address": _tr("Address"),
        "note": _tr("Note"),
        "is_flagged": _tr("Warning"),
    }
    parts = []
    for field, after in step.after.items():
        name, before = names.get(field, field), step.before.get(field)
        if field == "is_flagged":
            parts.append(_tr("Note shown as a warning") if after else _tr("Note no longer a warning"))
        elif before:
            text = _tr("{name} from “{before}” to “{after}”")
            parts.append(text.format(name=name, before=_plain(before), after=_plain(after)))
        else:
            parts.append(_tr("{name} “{after}”").format(name=name, after=_plain(after)))
    return ", ".join(parts) or title_of(step.action)


def _when(text: object, wording: Wording) -> str:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return _plain(text)
    return f"{wording.day(at.date())}, {wording.time(at.time())}"


def _made(step: JournalLine, wording: Wording) -> str:
    return _tr("Booked for {when} with {who}").format(
        when=_when(step.after.get("at"), wording), who=_plain(step.after.get("with"))
    )


def _moved(step: JournalLine, wording: Wording) -> str:
    before, after = step.before, step.after
    parts = []
    if before.get("at") != after.get("at"):
        parts.append(_tr("Moved to {when}").format(when=_when(after.get("at"), wording)))
    if before.get("with") != after.get("with"):
        parts.append(_tr("now with {who}").format(who=_plain(after.get("with"))))
    if before.get("minutes") != after.get("minutes"):
        parts.append(_tr("now {length}").format(length=shown_minutes(int(str(after.get("minutes") or 0)))))
    if before.get("service") != after.get("service"):
        parts.append(_tr("now {service}").format(service=_plain(after.get("service"))))
    if before.get("note") != after.get("note"):
        parts.append(_tr("note changed"))
    words = ", ".join(parts) or _tr("changed")
    return words[:1].upper() + words[1:]


def _status(step: JournalLine, wording: Wording) -> str:
    word = booking_look(BookingStatus(str(step.after["status"]))).word
    reason = _plain(step.after.get("reason"))
    return f"{word}: {reason}" if reason else word


def _paper(step: JournalLine) -> str:
    copy = step.after.get("copy")
    if step.action == "paper.made":
        return (
            _tr("Slip saved as PDF") if step.after.get("output") == "pdf" else _tr("Slip sent to the printer")
        )
    if step.action == "paper.reprinted":
        return _tr(
            "COPY {n} saved as PDF" if step.after.get("output") == "pdf" else "COPY {n} sent to the printer"
        ).format(n=copy)
    words = {
        "paper.printed": _tr("Slip printed"),
        "paper.failed": _tr("Slip could not be printed"),
        "paper.cancelled": _tr("Printing given up"),
    }
    return words.get(step.action, step.action)
