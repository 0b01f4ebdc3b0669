"""A ticket as commands print one: the fixed JSON shape, and lines for people. Passcodes are never shown."""

from collections.abc import Iterable, Mapping

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.parser import Parser
from posapp.cli.values import shown_at, shown_date, shown_phone, shown_price
from posapp.domain.base.numbers import Letter, number_of, number_text
from posapp.domain.repairs.board import SeenCard
from posapp.domain.repairs.estimates import Estimate, Warranty
from posapp.domain.repairs.lines import TicketLines
from posapp.domain.repairs.tickets import OUTCOME_WORDS, BoardCard, Job, Ticket, TicketState
from posapp.services.repairs.claims import Claim


def add_number(parser: Parser) -> None:
    """The ticket that a command is about."""
    parser.add_argument("number", metavar="NUMBER", type=_number, help="such as T12")


def _number(typed: str) -> str:
    """The number of a ticket as everybody sees it, however it was typed; what is none stays as it is."""
    number = number_of(typed, Letter.TICKET)
    return typed if number is None else number_text(Letter.TICKET, number)


def ticket_document(ctx: Context, ticket: Ticket, *, created: bool = False) -> dict[str, object]:
    """The JSON of a ticket; `created` says whether the customer is new."""
    claims = _claims(ctx, ticket)
    return {
        "number": ticket.number,
        "pl_id": str(ticket.pl_id),
        "created": created,
        "name": ticket.customer_name,
        "phone": ticket.phone.key if ticket.phone else None,
        "contact": ticket.contact_name or None,
        "booking": ticket.booking or None,
        "due": ticket.due.isoformat() if ticket.due else None,
        "is_rush": ticket.is_rush,
        "note": ticket.note,
        "devices": [_device_document(job, claims.get(job.position)) for job in ticket.jobs],
        "created_at": ticket.stamps.created_at.isoformat(),
        "created_by": ticket.stamps.created_by,
        "updated_at": ticket.stamps.updated_at.isoformat(),
        "updated_by": ticket.stamps.updated_by,
    }


def _device_document(job: Job, claim: Claim | None) -> dict[str, object]:
    return {
        "position": job.position,
        "kind": job.device.kind.value,
        "device": job.device.name,
        "serial": job.device.serial,
        "imei": job.device.imei,
        "no_serial_reason": job.no_serial_reason,
        "status": job.state.code,
        "since": job.state_since.isoformat(),
        "fault": job.fault,
        "found": job.found,
        "accessories": job.accessories,
        "technician": job.technician or None,
        "shelf": job.shelf or None,
        "price_minor": job.price_minor,
        "has_passcode": job.has_passcode,
        "checked_by": job.quality_by or None,
        "claim": _claim_document(claim) if claim else None,
        "outcome": job.outcome.value if job.outcome else None,
        "handed_to": job.handed_to,
        "handed_at": job.handed_at.isoformat() if job.handed_at else None,
    }


def _claims(ctx: Context, ticket: Ticket) -> Mapping[int, Claim]:
    """The claims with which devices came, by their position."""
    if all(job.claim_of is None for job in ticket.jobs):
        return {}
    return ctx.shop.tickets.guarantees(ctx.actor, ticket.number).claims


def _claim_document(claim: Claim) -> dict[str, object]:
    """The warranty that a device claims: with which repair it began, on what, and what is left of it."""
    return {
        "number": claim.first,
        "text": claim.warranty.text,
        "ends_at": claim.warranty.ends_at.isoformat(),
        "days_left": claim.days_left,
    }


def warranty_words(ctx: Context, warranty: Warranty, first: str) -> str:
    """A warranty in words: on what, of which repair, until when, and how many days that are."""
    ends, days = shown_date(ctx, warranty.ends_at), warranty.days_left(ctx.shop.store.clock.now())
    left = f"{days} {'day' if days == 1 else 'days'} left" if days else "over"
    return f"{warranty.text}, repair {first}, to {ends}, {left}"


def ticket_lines(ctx: Context, ticket: Ticket) -> list[str]:
    """A ticket for people to read."""
    claims = _claims(ctx, ticket)
    stamps = ticket.stamps
    pairs = [
        ("Customer", f"{ticket.pl_id}  {ticket.customer_name}".rstrip()),
        ("Phone", shown_phone(ctx, ticket.phone)),
        ("Person", ticket.contact_name),
        ("Booking", ticket.booking),
        ("Due", shown_at(ctx, ticket.due) if ticket.due else ""),
        ("Rush", "yes" if ticket.is_rush else ""),
        ("Note", ticket.note),
        ("Opened", f"{shown_at(ctx, stamps.created_at)} by {stamps.created_by}"),
    ]
    lines = [ticket.number, *facts(pairs)]
    for job in ticket.jobs:
        title = f"{ticket.number}/{job.position}  {job.device.name}".rstrip()
        lines += ["", title, *facts(_job(ctx, job, claims.get(job.position)))]
    return lines


def _job(ctx: Context, job: Job, claim: Claim | None) -> list[tuple[str, str]]:
    handed = ""
    if job.handed_at is not None:
        handed = f"{shown_at(ctx, job.handed_at)} to {job.handed_to}"
    return [
        ("IMEI", job.device.imei),
        ("Serial", job.device.serial),
        ("No serial", job.no_serial_reason if not job.device.mark else ""),
        ("Status", f"{job.state.name}, since {shown_at(ctx, job.state_since)}"),
        ("Fault", job.fault),
        ("Found", job.found),
        ("With", job.technician),
        ("Shelf", job.shelf),
        ("Price", shown_price(ctx, job.price_minor) if job.price_minor is not None else ""),
        ("Passcode", "kept" if job.has_passcode else ""),
        ("Warranty", warranty_words(ctx, claim.warranty, claim.first) if claim else ""),
        ("Checked by", job.quality_by),
        ("Ended", OUTCOME_WORDS[job.outcome] if job.outcome else ""),
        ("Handed back", handed),
    ]


def card_document(seen: SeenCard) -> dict[str, object]:
    """The JSON of a device in a list, with what the board says of it."""
    card = seen.card
    return {
        "number": card.number,
        "position": card.position,
        "pl_id": f"PL{card.pl_number}",
        "name": card.customer_name,
        "device": card.device,
        "fault": card.fault,
        "status": seen.state.code,
        "since": card.state_since.isoformat(),
        "due": card.due.isoformat() if card.due else None,
        "technician": card.technician or None,
        "shelf": card.shelf or None,
        "price_minor": card.price_minor,
        "estimated": card.estimated_minor,
        "is_rush": card.is_rush,
        "is_late": seen.is_late,
        "is_due_today": seen.is_due_today,
        "is_too_long": seen.is_too_long,
        "waits_long": seen.waits_long,
    }


def card_rows(ctx: Context, cards: Iterable[SeenCard]) -> list[list[str]]:
    """Devices as rows of a table."""
    return [[*_card_row(ctx, one.card, one.state), _attention(one)] for one in cards]


def _card_row(ctx: Context, card: BoardCard, state: TicketState) -> list[str]:
    return [
        device_number(card),
        f"PL{card.pl_number}",
        card.customer_name,
        card.device,
        state.name,
        card.technician,
        card.shelf,
        shown_at(ctx, card.due) if card.due else "",
    ]


def _attention(seen: SeenCard) -> str:
    told = {"late": seen.is_late, "waits long": seen.waits_long, "too long": seen.is_too_long}
    return ", ".join(words for words, is_so in told.items() if is_so)


def device_number(card: BoardCard) -> str:
    """A device of a ticket: T12, or T12/2 for its second one."""
    return f"{card.number}/{card.position}" if card.position > 1 else card.number


def estimate_document(number: str, estimate: Estimate) -> dict[str, object]:
    """The JSON of a version of an estimate."""
    return {
        "number": number,
        "version": estimate.version,
        "status": estimate.status.value,
        "total_minor": estimate.total_minor,
        "limit_minor": estimate.limit_minor,
        "answered_by": estimate.answered_by,
        "answered_how": estimate.answered_how,
        "deposit_minor": estimate.deposit_minor,
        "lines": [
            {
                "text": line.text,
                "quantity": line.quantity,
                "unit_minor": line.unit_minor,
                "amount_minor": line.amount_minor,
                "warranty_days": line.warranty_days,
            }
            for line in estimate.lines
        ],
    }


def lines_document(number: str, found: TicketLines) -> dict[str, object]:
    """The JSON of the lines of a ticket; each with what became of its part."""
    asked = found.asked
    return {
        "number": number,
        "version": found.current.version if found.current is not None else None,
        "asked": asked.version if asked is not None else None,
        "total_minor": found.total_minor,
        "limit_minor": found.limit_minor,
        "lines": [
            {
                "position": one.line.position,
                "text": one.line.text,
                "state": one.state.value,
                "quantity": one.line.quantity,
                "missing": one.missing,
                "unit_minor": one.line.unit_minor,
                "amount_minor": one.line.amount_minor,
                "warranty_days": one.line.warranty_days,
            }
            for one in found.lines
        ],
        "beside": [{"sku": one.sku, "quantity": one.quantity, "state": one.state} for one in found.beside],
    }


def lines_text(ctx: Context, found: TicketLines) -> list[str]:
    """The lines of a ticket for people to read."""
    rows = [
        [
            f"{one.line.quantity} x {one.line.text}",
            one.state.value,
            f"{one.line.warranty_days} days" if one.line.warranty_days else "no warranty",
            shown_price(ctx, one.line.amount_minor),
        ]
        for one in found.lines
    ]
    rows += [[f"{one.quantity} x {one.name}", one.state.value, "", ""] for one in found.beside]
    if not rows:
        return ["No lines."]
    pairs = [("Total", shown_price(ctx, found.total_minor))]
    if found.limit_minor is not None and found.holding is not None:
        shown = shown_price(ctx, found.limit_minor)
        pairs.append(("Approved to", f"{shown} by {found.holding.answered_by}"))
    if found.asked is not None:
        pairs.append(("Waits", f"estimate {found.asked.version}, for the customer's answer"))
    return [*table(rows), "", *facts(pairs)]


def estimate_lines(ctx: Context, number: str, estimate: Estimate) -> list[str]:
    """A version of an estimate for people to read."""
    pairs = [
        (f"{line.quantity} x {line.text}", shown_price(ctx, line.amount_minor)) for line in estimate.lines
    ]
    return [
        f"{number}, estimate {estimate.version}: {estimate.status.value}",
        *facts([*pairs, ("Total", shown_price(ctx, estimate.total_minor))]),
    ]
