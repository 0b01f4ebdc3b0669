"""What the journal says, in a clerk's words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action, action_of, spelled
from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import EMPTIED, JournalLine
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.repairs.informing import ContactHow, ContactKind
from posapp.domain.repairs.tickets import StateMap
from posapp.ui.customers.privacy import consent_words
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.words import how_words, ticket_step
from posapp.ui.widgets.status import StatusLook, booking_look
from posapp.ui.wording import Wording, shown_minutes, shown_told, translator

if TYPE_CHECKING:
    from posapp.services.figures.history import Event

_tr = translator("History")

_ICONS = {
    "customer": "user",
    Action.CUSTOMER_CREATED: "user-plus",
    Action.CUSTOMER_EDITED: "pencil",
    Action.CUSTOMER_TOLD_APART: "users",
    Action.CUSTOMER_MAYBE_SAME: "users",
    "contact": "users",
    "phone": "phone",
    "email": "mail",
    "phones": "phone",
    "customers": "users",
    "merge": "undo-2",
    "booking": "calendar",
    Action.BOOKING_MADE: "calendar-plus",
    Action.BOOKING_MOVED: "calendar-clock",
    "ticket": "wrench",
    Action.TICKET_OPENED: "plus",
    Action.TICKET_EDITED: "pencil",
    Action.TICKET_HANDED_BACK: "check-check",
    Action.TICKET_INFORMED: "message-square",
    Action.TICKET_REMINDED: "bell",
    "estimate": "file-text",
    "photo": "camera",
    "passcode": "lock",
    "warranty": "info",
    "part": "info",
    "loaner": "info",
    "order": "shopping-cart",
    Action.ORDER_HELD: "clock",
    Action.ORDER_REFUNDED: "undo-2",
    Action.ORDER_VOIDED: "x",
    Action.ORDER_DROPPED: "x",
    "payment": "check",
    "kiosk": "map-pin",
    "paper": "printer",
    "records": "info",
    "consent": "circle-check",
    Action.CONSENT_WITHDRAWN: "x",
    "person": "user",
    Action.PERSON_EXPORTED: "download",
    Action.PAPER_FAILED: "triangle-alert",
    Action.PAPER_CANCELLED: "x",
}
_TONES: dict[Action | None, str] = {
    Action.PAPER_PRINTED: "success",
    Action.PAPER_FAILED: "danger",
    Action.BOOKING_MOVED: "info",
}


def icon_of(word: str) -> str:
    """The icon of a kind of change."""
    action = action_of(word)
    if action is None:
        return "info"
    return _ICONS[action] if action in _ICONS else _ICONS[action.about]


def step_look(step: JournalLine, states: StateMap | None = None) -> StatusLook:
    """Icon and tone of a step; a change of state looks like that state."""
    if step.action == Action.TICKET_STATE and states is not None:
        code = str(step.after.get("state", ""))
        for state in states.states:
            if state.code == code:
                return ticket_look(state)
    status = _status_of(step)
    if status is not None:
        return booking_look(status)
    return StatusLook(icon_of(step.action), "", _TONES.get(action_of(step.action), "neutral"))


def title_of(word: str) -> str:
    """A change in a few words, for the timeline."""
    action = action_of(word)
    if action is None:
        return spelled(word)
    titles = {
        Action.CUSTOMER_CREATED: _tr("Customer created"),
        Action.CUSTOMER_EDITED: _tr("Details changed"),
        Action.CUSTOMER_TOLD_APART: _tr("Told apart from another customer"),
        Action.CUSTOMER_MAYBE_SAME: _tr("No longer told apart from another customer"),
        Action.CONTACT_ADDED: _tr("Person added to the account"),
        Action.CONTACT_REMOVED: _tr("Person taken off the account"),
        Action.PHONE_ADDED: _tr("Number added"),
        Action.PHONE_LABELLED: _tr("Number labelled"),
        Action.PHONE_PRIMARY: _tr("Main number chosen"),
        Action.PHONE_ENDED: _tr("Number ended"),
        Action.PHONE_PASSED_ON: _tr("Number passed to another person"),
        Action.PHONE_TAKEN_OVER: _tr("Number taken over"),
        Action.PHONE_TAKEN_BACK: _tr("Number taken back"),
        Action.EMAIL_ADDED: _tr("E-mail address added"),
        Action.EMAIL_REMOVED: _tr("E-mail address taken off"),
        Action.KIOSK_CODE: _tr("Code for the kiosk given"),
        Action.KIOSK_SIGNED_IN: _tr("Signed in at the kiosk"),
        Action.KIOSK_REFUSED: _tr("Wrong code at the kiosk"),
        Action.KIOSK_ARRIVED: _tr("Came to the kiosk"),
        Action.KIOSK_LET_IN: _tr("Let in from the kiosk"),
        Action.KIOSK_TURNED_AWAY: _tr("Turned away at the kiosk"),
        Action.PHONES_SWAPPED: _tr("Numbers exchanged"),
        Action.CUSTOMERS_MERGED: _tr("Merged"),
        Action.MERGE_UNDONE: _tr("Merge undone"),
        Action.CONSENT_GIVEN: _tr("Consent given"),
        Action.CONSENT_WITHDRAWN: _tr("Consent withdrawn"),
        Action.PERSON_EXPORTED: _tr("Data of this person written to a file"),
        Action.PERSON_ERASED: _tr("Anonymised"),
        Action.BOOKING_MADE: _tr("Booked"),
        Action.BOOKING_MOVED: _tr("Changed"),
        Action.PAPER_SENDING: _tr("Sent to the printer"),
        Action.PAPER_PRINTED: _tr("Slip printed"),
        Action.PAPER_FAILED: _tr("Slip could not be printed"),
        Action.PAPER_CANCELLED: _tr("Printing given up"),
        Action.ORDER_HELD: _tr("Sale held"),
        Action.ORDER_RECALLED: _tr("Held sale taken in hand"),
        Action.ORDER_DROPPED: _tr("Held sale given up"),
        Action.ORDER_COMPLETED: _tr("Sold"),
        Action.ORDER_REFUNDED: _tr("Given back"),
        Action.ORDER_VOIDED: _tr("Sale made void"),
        Action.PAYMENT_TAKEN: _tr("Paid"),
        Action.RECORDS_CHANGED: _tr("Records changed"),
    }
    return titles[action]


def estimate_words(event: "Event") -> str:
    """An estimate in a few words: its version, and who answered."""
    words = _tr("Estimate {n}").format(n=event.version)
    return _tr("{estimate}, {who}").format(estimate=words, who=event.with_whom) if event.with_whom else words


def message_words(event: "Event") -> str:
    """What a customer was told, and how."""
    words = _tr("Reminded: {words}") if event.with_whom == ContactKind.REMINDER else _tr("{how}: {words}")
    return words.format(how=how_words(ContactHow(event.word)), words=event.title)


def change_words(event: "Event", wording: Wording) -> str:
    """A change of the customer with what it names."""
    return step_words(event.line, wording) if event.line is not None else title_of(event.title)


def step_words(step: JournalLine, wording: Wording, states: StateMap | None = None) -> str:
    """One step in a sentence; who and when stand beside it. `states` names those of a ticket."""
    if step.subject == "ticket":
        return ticket_step(step, wording, states)
    special: dict[Action | None, Callable[[JournalLine, Wording], str]] = {
        Action.CUSTOMER_CREATED: _created,
        Action.CUSTOMER_EDITED: _edited,
        Action.PHONE_LABELLED: _labelled,
        Action.PHONE_PASSED_ON: _passed_on,
        Action.PHONE_TAKEN_OVER: _taken_over,
        Action.BOOKING_MADE: _made,
        Action.BOOKING_MOVED: _moved,
        Action.BOOKING_STATUS: _status,
        Action.PAPER_MADE: _given_out,
        Action.PAPER_REPRINTED: _given_out,
        Action.PAPER_PRINTED: _printed,
        Action.CONSENT_GIVEN: _consent,
        Action.CONSENT_WITHDRAWN: _consent,
        Action.PERSON_ERASED: _erased,
        Action.PHONES_SWAPPED: _swapped,
        Action.CUSTOMERS_MERGED: _merged,
        Action.MERGE_UNDONE: _undone,
        Action.CUSTOMER_TOLD_APART: _other,
        Action.CUSTOMER_MAYBE_SAME: _other,
    }
    action = action_of(step.action)
    if action in special:
        return special[action](step, wording)
    values = {**step.before, **step.after}
    said = shown_told(values.get("contact")) or shown_told(values.get("email"))
    return _with(title_of(step.action), said or _phone(values.get("phone"), wording))


# -- values ------------------------------------------------------------------------------------------------
def who_words(step: JournalLine) -> str:
    """Who did it, and who approved it."""
    if not step.approved_by:
        return step.who
    return _tr("{who}, approved by {manager}").format(who=step.who, manager=step.approved_by)


def _quoted(value: object) -> str:
    text = shown_told(value)
    return text if str(value).startswith(EMPTIED) else _tr("“{text}”").format(text=text)


def _phone(value: object, wording: Wording) -> str:
    text = shown_told(value)
    try:
        return wording.phone(PhoneNumber.from_key(text)) if text else ""
    except DomainError:  # the number was emptied
        return text


def _when(value: object, wording: Wording) -> str:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return shown_told(value)
    return f"{wording.day(at.date())}, {wording.time(at.time())}"


def value_words(name: str, value: object, wording: Wording) -> str:
    """Any value of an entry by its name; amounts, numbers and times as the shop writes them."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, Mapping):
        inner = "tenders_minor" if name == "tenders" else name
        return ", ".join(
            f"{spelled(str(key))} {value_words(inner, one, wording)}" for key, one in value.items()
        )
    if isinstance(value, list):
        return ", ".join(value_words(name, one, wording) for one in value)
    if name.endswith("_minor") and isinstance(value, int):
        return wording.price(value)
    if name == "phone":
        return _phone(value, wording)
    if name in ("status", "state"):
        return shown_told(value).replace("_", " ")
    return _when(value, wording) if name in ("at", "due") else shown_told(value)


def _with(title: str, said: str) -> str:
    return f"{title}: {said}" if said else title


def _status_of(step: JournalLine) -> BookingStatus | None:
    word = str(step.after.get("status", ""))
    return (
        BookingStatus(word) if step.action == Action.BOOKING_STATUS and word in set(BookingStatus) else None
    )


# -- customers ---------------------------------------------------------------------------------------------
def _created(step: JournalLine, wording: Wording) -> str:
    reason = step.after.get("no_phone_reason")
    if reason:
        return _tr("Customer created without a phone: {reason}").format(reason=shown_told(reason))
    return _with(title_of(step.action), _phone(step.after.get("phone"), wording))


def _edited(step: JournalLine, wording: Wording) -> str:
    names = {
        "name": _tr("Name"),
        "email": _tr("E-mail"),
        "address": _tr("Address"),
        "note": _tr("Note"),
        "tax_exempt_reason": _tr("Tax exempt"),
        "tax_number": _tr("Tax number"),
        "price_level": _tr("Price level"),
        "account_limit_minor": _tr("May owe"),
    }
    order = {field: place for place, field in enumerate([*names, "is_flagged"])}
    parts = []
    for field in sorted(step.after, key=lambda field: order.get(field, len(order))):
        after, before, name = step.after[field], step.before.get(field), names.get(field, field)
        if field == "account_limit_minor":
            before, after = (wording.price(one) if isinstance(one, int) else one for one in (before, after))
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


def _passed_on(step: JournalLine, wording: Wording) -> str:
    phone, other = _phone(step.before.get("phone"), wording), shown_told(step.after.get("other"))
    if not other:
        return _with(title_of(step.action), phone)
    return _tr("Number {phone} passed to {other}").format(phone=phone, other=other)


def _taken_over(step: JournalLine, wording: Wording) -> str:
    phone, other = _phone(step.after.get("phone"), wording), shown_told(step.after.get("other"))
    return _tr("Number {phone} taken over from {other}").format(phone=phone, other=other)


def _labelled(step: JournalLine, wording: Wording) -> str:
    number, after = _phone(step.after.get("phone"), wording), step.after.get("label")
    if after:
        return _tr("{number} labelled {label}").format(number=number, label=_quoted(after))
    label = _quoted(step.before.get("label"))
    return _tr("Label {label} taken off {number}").format(number=number, label=label)


def _consent(step: JournalLine, _wording: Wording) -> str:
    kind = str(step.after.get("consent", ""))
    return _with(
        title_of(step.action), consent_words(ConsentKind(kind)) if kind in set(ConsentKind) else kind
    )


def _other(step: JournalLine, _wording: Wording) -> str:
    return _with(title_of(step.action), shown_told(step.after.get("other")))


def _erased(step: JournalLine, _wording: Wording) -> str:
    return _with(title_of(step.action), shown_told(step.after.get("reason")))


def _swapped(step: JournalLine, wording: Wording) -> str:
    return _tr("Number exchanged with {other}: {phone} instead of {old}").format(
        other=shown_told(step.after.get("other")),
        phone=_phone(step.after.get("phone"), wording),
        old=_phone(step.before.get("phone"), wording),
    )


def _merged(step: JournalLine, _wording: Wording) -> str:
    other, survivor = shown_told(step.after.get("other")), step.after.get("survivor")
    words = _tr("Became a part of {other}") if other == survivor else _tr("{other} became a part of it")
    return words.format(other=other)


def _undone(step: JournalLine, _wording: Wording) -> str:
    words = _tr("No longer one with {other}").format(other=shown_told(step.after.get("other")))
    left = step.after.get("left")
    return _tr("{words}; {n} stayed").format(words=words, n=left) if left else words


# -- bookings ----------------------------------------------------------------------------------------------
def _made(step: JournalLine, wording: Wording) -> str:
    words = _tr("Booked for {when} with {who}").format(
        when=_when(step.after.get("at"), wording), who=shown_told(step.after.get("with"))
    )
    return _anyway(words, step.after.get("anyway"))


def _anyway(words: str, reason: object) -> str:
    return (
        _tr("{booked}, anyway: {reason}").format(booked=words, reason=shown_told(reason)) if reason else words
    )


def _moved(step: JournalLine, wording: Wording) -> str:
    before, after = step.before, step.after
    parts = []
    if before.get("at") != after.get("at"):
        parts.append(_tr("Moved to {when}").format(when=_when(after.get("at"), wording)))
    if before.get("with") != after.get("with"):
        parts.append(_tr("now with {who}").format(who=shown_told(after.get("with"))))
    if before.get("minutes") != after.get("minutes"):
        parts.append(_tr("now {length}").format(length=shown_minutes(int(str(after.get("minutes") or 0)))))
    if before.get("service") != after.get("service"):
        parts.append(_tr("now {service}").format(service=shown_told(after.get("service"))))
    if before.get("note") != after.get("note"):
        parts.append(_note(after.get("note")))
    words = ", ".join(parts) or _tr("Saved without a change")
    anyway = after.get("anyway") if after.get("anyway") != before.get("anyway") else None
    return _anyway(words[:1].upper() + words[1:], anyway)


def _note(note: object) -> str:
    return _tr("note {note}").format(note=_quoted(note)) if note else _tr("note taken off")


def _status(step: JournalLine, _wording: Wording) -> str:
    status = _status_of(step)
    word = booking_look(status).word if status is not None else shown_told(step.after.get("status"))
    return _with(word, shown_told(step.after.get("reason")))


# -- papers ------------------------------------------------------------------------------------------------
def _given_out(step: JournalLine, _wording: Wording) -> str:
    is_file, copy = step.after.get("output") == "pdf", step.after.get("copy")
    if step.action == Action.PAPER_MADE:
        return _tr("Slip saved as PDF") if is_file else _tr("Slip sent to the printer")
    words = _tr("COPY {n} saved as PDF") if is_file else _tr("COPY {n} sent to the printer")
    return words.format(n=copy)


def _printed(step: JournalLine, _wording: Wording) -> str:
    """Older entries do not say which copy came out."""
    copy = step.after.get("copy", 1)
    return _tr("Slip printed") if copy == 1 else _tr("COPY {n} printed").format(n=copy)
