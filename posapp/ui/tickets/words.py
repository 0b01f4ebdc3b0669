"""What the journal says about a ticket, in a clerk's words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.journal import JournalLine, Values
from posapp.domain.repairs.estimates import EstimateStatus
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import OUTCOME_WORDS, Outcome, StateMap
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.repairs.estimates import Estimate

_tr = translator("Tickets")


def outcome_words(outcome: Outcome) -> str:
    """How a device was handed back."""
    return _tr(OUTCOME_WORDS[outcome])


def estimate_words(versions: "Sequence[Estimate]", wording: Wording) -> str:
    """Where the newest estimate stands."""
    if not versions:
        return _tr("No estimate yet.")
    latest = versions[0]
    words = {
        EstimateStatus.ASKED: _tr("Estimate {n}: {total}, waits for the answer"),
        EstimateStatus.APPROVED: _tr("Estimate {n}: {total}, approved by {who}"),
        EstimateStatus.DECLINED: _tr("Estimate {n}: {total}, declined by {who}"),
        EstimateStatus.REPLACED: _tr("Estimate {n}: {total}"),
    }[latest.status]
    return words.format(n=latest.version, total=wording.price(latest.total_minor), who=latest.answered_by)


def how_words(how: ContactHow) -> str:
    """How a customer was reached."""
    words = {
        ContactHow.PHONE: "Phone call",
        ContactHow.SMS: "Text message",
        ContactHow.EMAIL: "E-mail",
        ContactHow.CHAT: "Chat",
        ContactHow.IN_PERSON: "In person",
        ContactHow.LETTER: "Letter",
    }
    return _tr(words[how])


def answer_words(estimate: "Estimate", wording: Wording) -> str:
    """Who answered an estimate, how and when; nothing while nobody has."""
    if estimate.answered_at is None:
        return ""
    return _tr("{who}, {how}, {when}").format(
        who=estimate.answered_by,
        how=how_words(ContactHow(estimate.answered_how)).lower(),
        when=wording.moment(estimate.answered_at),
    )


def ticket_step(step: JournalLine, wording: Wording, states: StateMap | None = None) -> str:
    """One step of a ticket in a sentence; who and when stand beside it."""
    after = step.after
    if step.action == "ticket.state":
        return _state(step, states)
    if step.action == "ticket.edited":
        return _edited(after, wording)
    if step.action == "ticket.handed_back":
        outcome = outcome_words(Outcome(str(after.get("outcome", Outcome.REPAIRED))))
        return _tr("Handed back to {who}: {outcome}").format(
            who=after.get("contact", ""), outcome=outcome.lower()
        )
    titles = {
        "ticket.opened": _tr("Checked in"),
        "ticket.device_added": _tr("{device} added").format(device=after.get("device", "")),
        "ticket.quality": _tr("Repair checked"),
        "passcode.shown": _tr("Passcode shown"),
        "passcode.wiped": _tr("Passcode wiped, as promised"),
        "part.reserved": _tr("Part reserved: {n} {part}"),
        "part.used": _tr("Part used: {n} {part}"),
        "part.returned": _tr("Part put back: {n} {part}"),
        "part.scrapped": _tr("Part scrapped: {n} {part}"),
        "ticket.informed": _tr("Customer informed"),
        "ticket.reminded": _tr("Customer reminded"),
        "ticket.disposed": _tr("Disposed of"),
        "loaner.out": _tr("Loaner given out: {name}").format(name=after.get("loaner", "")),
        "loaner.back": _tr("Loaner back: {name}").format(name=after.get("loaner", "")),
        "estimate.asked": _tr("Estimate {n} made").format(n=after.get("estimate", "")),
        "estimate.approved": _tr("Estimate approved"),
        "estimate.covered": _tr("Estimate {n} within what was approved").format(n=after.get("estimate", "")),
        "photo.restored": _tr("Photo brought back"),
        "estimate.declined": _tr("Estimate declined"),
        "photo.added": _tr("Photo added"),
        "photo.removed": _tr("Photo removed"),
    }
    said = titles.get(step.action, step.action.replace(".", " ").capitalize())
    if step.action.startswith("part."):
        return said.format(n=after.get("quantity", ""), part=after.get("part", ""))
    return said


def _state(step: JournalLine, states: StateMap | None) -> str:
    code = str(step.after.get("state", ""))
    known = [one.name for one in states.states if one.code == code] if states else []
    name = known[0] if known else code.replace("_", " ").capitalize()
    reason = str(step.after.get("reason") or "")
    return f"{name}: {reason}" if reason else name


def _edited(after: Values, wording: Wording) -> str:
    names = {
        "fault": _tr("Fault"),
        "found": _tr("Found"),
        "accessories": _tr("Left with us"),
        "technician_id": _tr("Technician"),
        "price_minor": _tr("Price"),
        "shelf_id": _tr("Shelf"),
        "condition": _tr("Condition"),
        "due": _tr("Promised for"),
        "is_rush": _tr("Rush"),
        "note": _tr("Note"),
    }
    parts = []
    for field, name in names.items():
        if field not in after:
            continue
        value = after[field]
        if field == "price_minor" and isinstance(value, int):
            value = wording.price(value)
        shown = "" if field in ("condition", "note", "is_rush", "due") else str(value or _tr("none"))
        parts.append(f"{name} {shown}".strip())
    return ", ".join(parts) or _tr("Changed")
