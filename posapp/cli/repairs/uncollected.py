"""`posapp ticket uncollected|remind|dispose`: what nobody collects."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, count
from posapp.cli.repairs.ticket_text import add_number, device_number, ticket_document, ticket_lines
from posapp.cli.values import shown_at, shown_price
from posapp.domain.repairs.informing import ContactHow, Uncollected
from posapp.services.repairs.uncollected import Dispose, Remind


def add_below(group: Group) -> None:
    """Add what is done about devices that wait for their owners."""
    listed = group.command("uncollected", _list, "what waits for its owner, the longest waiting first")
    listed.add_argument("--days", metavar="N", type=count, help="at least so long; else as set in the shop")
    remind = group.command("remind", _remind, "note that a customer was reminded to collect")
    add_number(remind)
    remind.add_argument("words", metavar="TEXT", help="what was said")
    remind.add_argument("--how", choices=[one.value for one in ContactHow], default=ContactHow.PHONE.value)
    remind.add_argument("--answer", metavar="TEXT", default="", help="what the customer said")
    dispose = group.command("dispose", _dispose, "a device that nobody collects leaves the shop for good")
    add_number(dispose)
    dispose.add_argument("--reason", metavar="TEXT", required=True, help="how, and on what ground")
    dispose.add_argument("--device", metavar="N", type=count, default=1, help="which one of the ticket (1)")


def _list(ctx: Context) -> None:
    found = ctx.shop.uncollected.list(ctx.actor, from_days=ctx.args.days)
    ctx.out.result(
        [_document(one) for one in found],
        table(_row(ctx, one) for one in found) or "Everything that is ready was collected in time.",
    )


def _document(line: Uncollected) -> dict[str, object]:
    card = line.card
    return {
        "number": card.number,
        "position": card.position,
        "pl_id": f"PL{card.pl_number}",
        "name": card.customer_name,
        "device": card.device,
        "shelf": card.shelf or None,
        "since": line.since.isoformat(),
        "days": line.days,
        "sent": line.sent,
        "due_reminder": line.due_step,
        "next_reminder": line.next_at.isoformat() if line.next_at else None,
        "fee_minor": line.fee_minor,
        "may_dispose": line.may_dispose,
    }


def _row(ctx: Context, line: Uncollected) -> list[str]:
    card = line.card
    following = f"next {shown_at(ctx, line.next_at)}" if line.next_at else ""
    return [
        device_number(card),
        f"PL{card.pl_number}",
        card.customer_name,
        card.device,
        f"{line.days} days",
        f"reminded {line.sent}",
        f"reminder {line.due_step} is due" if line.due_step else following,
        shown_price(ctx, line.fee_minor) if line.fee_minor else "",
        "may be disposed of" if line.may_dispose else "",
    ]


def _remind(ctx: Context) -> None:
    args = ctx.args
    command = Remind(number=args.number, how=ContactHow(args.how), words=args.words, answer=args.answer)
    noted = ctx.shop.uncollected.remind(ctx.actor, command)
    document = {
        "number": args.number,
        "reminder": noted.step,
        "how": noted.how.value,
        "at": noted.at.isoformat(),
    }
    ctx.out.result(document, f"{args.number}: reminder {noted.step} noted")


def _dispose(ctx: Context) -> None:
    args = ctx.args
    command = Dispose(number=args.number, reason=args.reason, position=args.device)
    ticket = ctx.shop.uncollected.dispose(ctx.actor, command)
    ctx.out.result(ticket_document(ctx, ticket), ticket_lines(ctx, ticket))
