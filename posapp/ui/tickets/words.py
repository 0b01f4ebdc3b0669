"""What the journal says about a ticket, in a clerk's words."""

from collections.abc import Sequence

from posapp.domain.base.actions import Action, action_of, spelled
from posapp.domain.base.journal import JournalLine, Values
from posapp.domain.repairs.estimates import Estimate, EstimateStatus
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import OUTCOME_WORDS, Outcome, StateMap
from posapp.ui.wording import Wording, shown_count, shown_told, translator

_tr = translator("Tickets")


def outcome_words(outcome: Outcome) -> str:
    """How a device was handed back."""
    return _tr(OUTCOME_WORDS[outcome])


def estimate_words(versions: Sequence[Estimate], wording: Wording) -> str:
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


def answer_words(estimate: Estimate, wording: Wording) -> str:
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
    if step.action == Action.TICKET_STATE:
        return _state(step, states)
    if step.action == Action.TICKET_EDITED:
        return _edited(after, wording)
    if step.action == Action.TICKET_HANDED_BACK:
        outcome = outcome_words(Outcome(str(after.get("outcome", Outcome.REPAIRED))))
        return _tr("Handed back to {who}: {outcome}").format(
            who=shown_told(after.get("contact")), outcome=outcome.lower()
        )
    if step.action in (Action.TICKET_INFORMED, Action.TICKET_REMINDED):
        return _told(step)
    if step.action == Action.TICKET_DISPOSED:
        return _disposed(after, wording)
    action = action_of(step.action)
    if action is None:
        return spelled(step.action)
    number = after.get("quantity" if action.about == "part" else "estimate", "")
    names = {
        "part": after.get("part", ""),
        "device": after.get("device", ""),
        "name": after.get("loaner", ""),
        "old": after.get("record", ""),
    }
    return _title(action).format(n=number, **names)


def _title(action: Action) -> str:
    """The words of a step of a ticket, with places for what its values say."""
    titles = {
        Action.TICKET_OPENED: _tr("Checked in"),
        Action.TICKET_DEVICE_ADDED: _tr("{device} added"),
        Action.TICKET_QUALITY: _tr("Repair checked"),
        Action.PASSCODE_SHOWN: _tr("Passcode shown"),
        Action.PASSCODE_WIPED: _tr("Passcode wiped, as promised"),
        Action.PART_RESERVED: _tr("Part reserved: {n} {part}"),
        Action.PART_USED: _tr("Part used: {n} {part}"),
        Action.PART_RETURNED: _tr("Part put back: {n} {part}"),
        Action.PART_SCRAPPED: _tr("Part scrapped: {n} {part}"),
        Action.TICKET_FROM_OLD: _tr("Taken in from the old system: {old}"),
        Action.LOANER_OUT: _tr("Loaner given out: {name}"),
        Action.LOANER_BACK: _tr("Loaner back: {name}"),
        Action.ESTIMATE_ASKED: _tr("Estimate {n} made"),
        Action.ESTIMATE_APPROVED: _tr("Estimate approved"),
        Action.ESTIMATE_COVERED: _tr("Estimate {n} within what was approved"),
        Action.PHOTO_RESTORED: _tr("Photo brought back"),
        Action.ESTIMATE_DECLINED: _tr("Estimate declined"),
        Action.PHOTO_ADDED: _tr("Photo added"),
        Action.PHOTO_REMOVED: _tr("Photo removed"),
        Action.TICKET_SHELVED: _tr("Ticket shelved"),
        Action.WARRANTY_CLAIM: _tr("Warranty claim"),
        Action.WARRANTY_CLAIMED: _tr("Warranty claimed"),
    }
    return titles[action]


def shown_days(count: int) -> str:
    """`1 day`, `30 days`."""
    return shown_count(count, _tr("day"), _tr("days"))


def shown_reminders(count: int) -> str:
    """`1 reminder`, `3 reminders`."""
    return shown_count(count, _tr("reminder"), _tr("reminders"))


def _told(step: JournalLine) -> str:
    """That the customer was told something: how, what, and what they answered."""
    after = step.after
    how = str(after.get("how", ""))
    title = how_words(ContactHow(how)) if how in set(ContactHow) else _tr("Customer informed")
    if step.action == Action.TICKET_REMINDED:
        title = _tr("Reminder {n}, {how}").format(n=after.get("step", 1), how=title.lower())
    words, answer = shown_told(after.get("words")), shown_told(after.get("answer"))
    said = f"{title}: {words}" if words else title
    return _tr("{said}; answer: {answer}").format(said=said, answer=answer) if answer else said


def _disposed(after: Values, wording: Wording) -> str:
    """The record of a disposal: how and why, after how long, what was done before, what storing it cost."""
    days, sent = int(str(after.get("days") or 0)), int(str(after.get("reminders") or 0))
    facts = [_tr("waited {days}").format(days=shown_days(days))]
    facts.append(_tr("{reminders} sent").format(reminders=shown_reminders(sent)))
    fee = after.get("fee_minor")
    if isinstance(fee, int) and fee:
        facts.append(_tr("storage {fee}").format(fee=wording.price(fee)))
    reason = shown_told(after.get("reason")) or _tr("no reason kept")
    return _tr("Disposed of: {reason} ({facts})").format(reason=reason, facts=", ".join(facts))


def _state(step: JournalLine, states: StateMap | None) -> str:
    code = str(step.after.get("state", ""))
    known = [one.name for one in states.states if one.code == code] if states else []
    name = known[0] if known else code.replace("_", " ").capitalize()
    reason = shown_told(step.after.get("reason"))
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
        shown = "" if field in ("condition", "note", "is_rush", "due") else shown_told(value or _tr("none"))
        parts.append(f"{name} {shown}".strip())
    return ", ".join(parts) or _tr("Changed")
