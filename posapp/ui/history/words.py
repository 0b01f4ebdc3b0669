"""What the journal says, in a clerk's words."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import JournalLine
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.repairs.informing import ContactHow, ContactKind
from posapp.domain.repairs.tickets import StateMap
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.words import how_words, ticket_step
from posapp.ui.widgets.status import StatusLook, booking_look
from posapp.ui.wording import Wording, shown_minutes, translator

if TYPE_CHECKING:
    from posapp.services.figures.history import Event

_tr = translator("History")

_ICONS = {
    "customer": "user",
    "customer.created": "user-plus",
    "customer.edited": "pencil",
    "contact": "users",
    "phone": "phone",
    "booking": "calendar",
    "booking.made": "calendar-plus",
    "booking.moved": "calendar-clock",
    "ticket": "wrench",
    "ticket.opened": "plus",
    "ticket.edited": "pencil",
    "ticket.handed_back": "check-check",
    "ticket.informed": "message-square",
    "ticket.reminded": "bell",
    "estimate": "file-text",
    "photo": "camera",
    "passcode": "lock",
    "paper": "printer",
    "paper.failed": "triangle-alert",
    "paper.cancelled": "x",
}
_TONES = {"paper.printed": "success", "paper.failed": "danger", "booking.moved": "info"}
EMPTIED = "sha256:"
"""What stands in the journal in place of a personal value that was emptied."""


def icon_of(action: str) -> str:
    """The icon of a kind of change."""
    return _ICONS.get(action) or _ICONS.get(action.partition(".")[0], "info")


def step_look(step: JournalLine, states: StateMap | None = None) -> StatusLook:
    """Icon and tone of a step; a change of state looks like that state."""
    if step.action == "ticket.state" and states is not None:
        code = str(step.after.get("state", ""))
        for state in states.states:
            if state.code == code:
                return ticket_look(state)
    status = _status_of(step)
    if status is not None:
        return booking_look(status)
    return StatusLook(icon_of(step.action), "", _TONES.get(step.action, "neutral"))


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
        "booking.made": _tr("Booked"),
        "booking.moved": _tr("Changed"),
        "paper.sending": _tr("Sent to the printer"),
        "paper.printed": _tr("Slip printed"),
        "paper.failed": _tr("Slip could not be printed"),
        "paper.cancelled": _tr("Printing given up"),
    }
    # A newer program may have written what this one has no words for.
    return titles.get(action) or action.replace(".", " ").replace("_", " ").capitalize()


def estimate_words(event: "Event") -> str:
    """An estimate in a few words: its version, and who answered."""
    words = _tr("Estimate {n}").format(n=event.version)
    return _tr("{estimate}, {who}").format(estimate=words, who=event.with_whom) if event.with_whom else words


def message_words(event: "Event") -> str:
    """What a customer was told, and how."""
    words = _tr("Reminded: {words}") if event.with_whom == ContactKind.REMINDER else _tr("{how}: {words}")
    return words.format(how=how_words(ContactHow(event.word)), words=event.title)


def step_words(step: JournalLine, wording: Wording, states: StateMap | None = None) -> str:
    """One step in a sentence; who and when stand beside it. `states` names those of a ticket."""
    if step.subject == "ticket":
        return ticket_step(step, wording, states)
    special: dict[str, Callable[[JournalLine, Wording], str]] = {
        "customer.created": _created,
        "customer.edited": _edited,
        "phone.labelled": _labelled,
        "booking.made": _made,
        "booking.moved": _moved,
        "booking.status": _status,
        "paper.made": _given_out,
        "paper.reprinted": _given_out,
    }
    if step.action in special:
        return special[step.action](step, wording)
    values = {**step.before, **step.after}
    return _with(title_of(step.action), _plain(values.get("contact")) or _phone(values.get("phone"), wording))


# -- values ------------------------------------------------------------------------------------------------
def _plain(value: object) -> str:
    """A value of the journal; one whose personal part was emptied says so."""
    text = "" if value is None else str(value)
    return _tr("(removed)") if text.startswith(EMPTIED) else text


def _quoted(value: object) -> str:
    text = _plain(value)
    return text if str(value).startswith(EMPTIED) else _tr("“{text}”").format(text=text)


def _phone(value: object, wording: Wording) -> str:
    text = _plain(value)
    try:
        return wording.phone(PhoneNumber.from_key(text)) if text else ""
    except DomainError:  # the number was emptied
        return text


def _when(value: object, wording: Wording) -> str:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return _plain(value)
    return f"{wording.day(at.date())}, {wording.time(at.time())}"


def _with(title: str, said: str) -> str:
    return f"{title}: {said}" if said else title


def _status_of(step: JournalLine) -> BookingStatus | None:
    word = str(step.after.get("status", ""))
    return BookingStatus(word) if step.action == "booking.status" and word in set(BookingStatus) else None


# -- customers ---------------------------------------------------------------------------------------------
def _created(step: JournalLine, wording: Wording) -> str:
    reason = step.after.get("no_phone_reason")
    if reason:
        return _tr("Customer created without a phone: {reason}").format(reason=_plain(reason))
    return _with(title_of(step.action), _phone(step.after.get("phone"), wording))


def _edited(step: JournalLine, _wording: Wording) -> str:
    names = {
        "name": _tr("Name"),
        "email": _tr("E-mail"),
        "address": _tr("Address"),
        "note": _tr("Note"),
    }
    order = {field: place for place, field in enumerate([*names, "is_flagged"])}
    parts = []
    for field in sorted(step.after, key=lambda field: order.get(field, len(order))):
        after, before, name = step.after[field], step.before.get(field), names.get(field, field)
        if field == "is_flagged":
            parts.append(_tr("Note shown as a warning") if after else _tr("Note no longer a warning"))
        elif not after:
            parts.append(_tr("{name} {before} taken off").format(name=name, before=_quoted(before)))
        elif before:
            text = _tr("{name} from {before} to {after}")
            parts.append(text.format(name=name, before=_quoted(before), after=_quoted(after)))
        else:
            parts.append(_tr("{name} {after}").format(name=name, after=_quoted(after)))
    return ", ".join(parts) or title_of(step.action)


def _labelled(step: JournalLine, wording: Wording) -> str:
    number, after = _phone(step.after.get("phone"), wording), step.after.get("label")
    if after:
        return _tr("{number} labelled {label}").format(number=number, label=_quoted(after))
    label = _quoted(step.before.get("label"))
    return _tr("Label {label} taken off {number}").format(number=number, label=label)


# -- bookings ----------------------------------------------------------------------------------------------
def _made(step: JournalLine, wording: Wording) -> str:
    words = _tr("Booked for {when} with {who}").format(
        when=_when(step.after.get("at"), wording), who=_plain(step.after.get("with"))
    )
    return _anyway(words, step.after.get("anyway"))


def _anyway(words: str, reason: object) -> str:
    return _tr("{booked}, anyway: {reason}").format(booked=words, reason=_plain(reason)) if reason else words


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
        parts.append(_note(after.get("note")))
    words = ", ".join(parts) or _tr("Saved without a change")
    anyway = after.get("anyway") if after.get("anyway") != before.get("anyway") else None
    return _anyway(words[:1].upper() + words[1:], anyway)


def _note(note: object) -> str:
    return _tr("note {note}").format(note=_quoted(note)) if note else _tr("note taken off")


def _status(step: JournalLine, _wording: Wording) -> str:
    status = _status_of(step)
    word = booking_look(status).word if status is not None else _plain(step.after.get("status"))
    return _with(word, _plain(step.after.get("reason")))


# -- papers ------------------------------------------------------------------------------------------------
def _given_out(step: JournalLine, _wording: Wording) -> str:
    is_file, copy = step.after.get("output") == "pdf", step.after.get("copy")
    if step.action == "paper.made":
        return _tr("Slip saved as PDF") if is_file else _tr("Slip sent to the printer")
    words = _tr("COPY {n} saved as PDF") if is_file else _tr("COPY {n} sent to the printer")
    return words.format(n=copy)
