"""`posapp history`: everything about a customer, newest first."""

from collections.abc import Iterator

from posapp.cli.context import Context
from posapp.cli.counter import own
from posapp.cli.customers.customer_text import shown_name
from posapp.cli.output import plain, table
from posapp.cli.parser import Group, UsageError, count
from posapp.cli.selling.order_text import TENDER_WORDS
from posapp.cli.values import shown_at, shown_price
from posapp.domain.base.actions import Action, action_of
from posapp.domain.base.journal import EMPTIED, JournalLine
from posapp.domain.bookings.bookings import WORDS
from posapp.domain.repairs.informing import HOW_WORDS
from posapp.domain.selling.payments import Tender
from posapp.services.figures.history import MONEY, PAGE, Event, EventKind, Part

ACTIONS = {
    Action.CUSTOMER_CREATED: "Created",
    Action.CUSTOMER_EDITED: "Changed",
    Action.CUSTOMER_TOLD_APART: "Told apart from another customer",
    Action.CUSTOMER_MAYBE_SAME: "May be one with another customer",
    Action.CONTACT_ADDED: "Person added",
    Action.CONTACT_REMOVED: "Person removed",
    Action.PHONE_ADDED: "Phone added",
    Action.PHONE_ENDED: "Phone ended",
    Action.PHONE_PASSED_ON: "Phone passed on",
    Action.PHONE_TAKEN_OVER: "Phone taken over",
    Action.PHONE_TAKEN_BACK: "Phone taken back",
    Action.EMAIL_ADDED: "E-mail added",
    Action.EMAIL_REMOVED: "E-mail removed",
    Action.CONSENT_GIVEN: "Consent given",
    Action.CONSENT_WITHDRAWN: "Consent withdrawn",
    Action.PERSON_EXPORTED: "Data written to a file",
    Action.PERSON_ERASED: "Anonymised",
    Action.PHONE_LABELLED: "Phone labelled",
    Action.PHONE_PRIMARY: "Primary phone",
    Action.PHONES_SWAPPED: "Phones exchanged",
    Action.CUSTOMERS_MERGED: "Merged",
    Action.MERGE_UNDONE: "Merge undone",
}
_TOLD = (
    "survivor",
    "other",
    "consent",
    "output",
    "reason",
    "name",
    "contact",
    "phone",
    "no_phone_reason",
    "email",
    "address",
    "note",
)


def add_to(root: Group) -> None:
    """Add `history`."""
    command = root.command(
        "history",
        _history,
        "the timeline of a customer, newest first; a customer who signs in: one's own",
        own=own.history,
    )
    command.add_argument(
        "id", metavar="ID", nargs="*", help="PL ID, phone, user_<phone> or an ID of an old system"
    )
    parts = [one.value for one in Part]
    command.add_argument("--part", choices=parts, help=f"only {', '.join(parts)}")
    amount = command.add_mutually_exclusive_group()
    amount.add_argument(
        "--limit", metavar="N", type=count, default=PAGE, help=f"at most so many entries ({PAGE})"
    )
    amount.add_argument("--all", action="store_true", help="every entry")


def _history(ctx: Context) -> None:
    if not ctx.args.id:
        raise UsageError("", "name a customer by any form of ID")
    customer = ctx.shop.customers.resolve(ctx.actor, " ".join(ctx.args.id)).customer
    limit = None if ctx.args.all else ctx.args.limit
    told = [(event, _line(ctx, customer.id, event)) for event in _events(ctx, customer.id, limit)]
    title = f"{customer.pl_id}  {shown_name(ctx, customer)}"
    ctx.out.result(
        lambda: [_document(event, line) for event, line in told],
        lambda: [title, *table(_row(ctx, event, line) for event, line in told)],
    )


def _events(ctx: Context, customer_id: int, limit: int | None) -> Iterator[Event]:
    mark, left = None, limit
    part = Part(ctx.args.part) if ctx.args.part else None
    while left is None or left > 0:
        most = PAGE if left is None else min(PAGE, left)
        page = ctx.shop.history.page(ctx.actor, customer_id, part=part, mark=mark, limit=most)
        yield from page.events
        mark = page.next_mark
        if mark is None:
            return
        left = None if left is None else left - len(page.events)


def _line(ctx: Context, customer_id: int, event: Event) -> JournalLine | None:
    """What the journal says of a change; bookings and tickets speak for themselves."""
    if event.kind is not EventKind.CHANGE or event.line is not None:
        return event.line
    return next(iter(ctx.shop.history.detail(ctx.actor, customer_id, event).steps), None)


def _row(ctx: Context, event: Event, line: JournalLine | None) -> list[str]:
    return [*_told_row(ctx, event, line), *_money_of(ctx, event)]


def _money_of(ctx: Context, event: Event) -> list[str]:
    """What moved, and what was owed after it."""
    if event.kind not in MONEY:
        return []
    after = shown_price(ctx, event.owed_after_minor or 0)
    return [shown_price(ctx, event.price_minor or 0), f"owed after: {after}"]


def _told_row(ctx: Context, event: Event, line: JournalLine | None) -> list[str]:
    if event.status is not None and event.wall_start is not None:
        what = f"{event.number}  {event.title} with {event.with_whom}"
        return [shown_at(ctx, event.at, event.wall_start), what, WORDS[event.status], event.by]
    at = shown_at(ctx, event.at)
    if event.kind is EventKind.ORDER:
        more = f" +{event.devices - 1}" if event.devices > 1 else ""
        word = f"refund of {event.order}" if event.order else event.word
        return [at, f"{event.number}  {event.title}{more}", word, event.by]
    if event.kind is EventKind.PAYMENT:
        what = ", ".join(filter(None, (TENDER_WORDS[Tender(event.word)], event.with_whom)))
        return [at, f"{event.number}  {what}", event.order or "debts", event.by]
    if event.kind is EventKind.PAST:
        taken = f", goes on as {event.order}" if event.order else ""
        what = f"{event.title}  {event.with_whom} of the old system{taken}"
        price = [] if event.price_minor is None else [shown_price(ctx, event.price_minor)]
        return [at, what, event.word, event.by, *price]
    if event.kind is EventKind.ESTIMATE:
        return [at, f"{event.number}  Estimate {event.version}", event.word, event.by]
    if event.kind is EventKind.MESSAGE:
        return [at, f"{event.number}  {event.title}", HOW_WORDS[event.word], event.by]
    if event.state is not None:
        more = f" +{event.devices - 1}" if event.devices > 1 else ""
        return [at, f"{event.number}  {event.title}{more}", event.state.name, event.by]
    return [at, _change(event.title), _told(line), event.by]


def _change(word: str) -> str:
    action = action_of(word)
    return ACTIONS[action] if action is not None else word


def _told(line: JournalLine | None) -> str:
    """The values of a change: what was, and what is."""
    if line is None:
        return ""
    before, after = line.before, line.after
    if line.action == Action.CUSTOMER_EDITED:
        return ", ".join(f"{name}: {_plain(before.get(name))} → {_plain(after[name])}" for name in after)
    values = {"phone": before.get("phone"), **after} if after else before
    return ", ".join(_plain(values[name]) for name in _TOLD if values.get(name))


def _plain(value: object) -> str:
    """A value; one that was emptied with its person says so."""
    return "(removed)" if str(value).startswith(EMPTIED) else str(value or "–")


def _document(event: Event, line: JournalLine | None) -> dict[str, object]:
    document: dict[str, object] = {
        "kind": event.kind.value,
        "at": event.at.isoformat(),
        "number": event.number or None,
        "title": event.title,
        "status": event.code or None,
        "with": (event.with_whom or None) if event.kind not in MONEY else None,
        "wall": event.wall_start.isoformat(timespec="minutes") if event.wall_start else None,
        "price_minor": event.price_minor,
        "by": event.by,
        "owed_after_minor": event.owed_after_minor,
    }
    if event.kind in MONEY:
        document |= {"order": event.order or None, "amount_minor": event.price_minor}
    if event.kind is EventKind.PAST:
        document |= {"system": event.by, "ticket": event.order or None}
    if event.kind is EventKind.ORDER:
        document |= {"of": event.with_whom or None, "owed_minor": event.owed_minor}
    if event.kind is EventKind.PAYMENT:
        document["reference"] = event.with_whom
    if line is not None:
        document["before"] = {name: plain(value) for name, value in line.before.items()}
        document["after"] = {name: plain(value) for name, value in line.after.items()}
    return document
