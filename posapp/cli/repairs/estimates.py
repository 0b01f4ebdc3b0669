"""`posapp ticket estimate|approve|decline|inform`: what a repair costs, and what the customer was told."""

from dataclasses import replace

from posapp.cli.context import Context
from posapp.cli.parser import Group, Parser, UsageError, count
from posapp.cli.priced_lines import divider, is_quantity, parse_line, parse_quantity
from posapp.cli.repairs.ticket_text import (
    add_number,
    estimate_document,
    estimate_lines,
    lines_document,
    lines_text,
)
from posapp.cli.values import parse_price, shown_at, shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import may_be_number
from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.informing import ContactHow
from posapp.services.base.edits import price_missing
from posapp.services.repairs.estimates import (
    TEXT_LIMIT,
    ApproveEstimate,
    AskEstimate,
    DeclineEstimate,
    LineAsked,
)
from posapp.services.repairs.informing import Inform
from posapp.services.repairs.ticket_commands import TakeInDevice


def add_below(tickets: Group) -> None:
    """Add the commands to the group `ticket`."""
    lines = tickets.command("lines", _lines, "what is done on a ticket, and how far its price may go")
    add_number(lines)
    ask = tickets.command("estimate", _ask, "make a new version of an estimate")
    add_number(ask)
    add_lines(ask, required=True)
    ask.add_argument("--device", metavar="N", type=count, default=1, help="which device of the ticket (1)")
    approve = tickets.command("approve", _approve, "note the customer's yes")
    _add_answer(approve)
    approve.add_argument("--limit", metavar="AMOUNT", help="up to which amount the yes holds")
    decline = tickets.command("decline", _decline, "note the customer's no")
    _add_answer(decline)
    decline.add_argument("--reason", metavar="TEXT", default="")
    inform = tickets.command("inform", _inform, "note that the customer was told")
    add_number(inform)
    _add_how(inform)
    inform.add_argument("--words", metavar="TEXT", required=True, help="what was said")
    inform.add_argument("--answer", metavar="TEXT", default="")


def add_lines(parser: Parser, *, required: bool) -> None:
    """The options for the lines of an estimate."""
    parser.add_argument(
        "--line",
        metavar="SKU|TEXT,QTY,PRICE",
        action="append",
        default=[],
        required=required,
        help="such as DSP-S22, 'DSP-S22,2' or 'Display,1,99.00'; QTY and PRICE count from the end, "
        "so TEXT may hold commas",
    )
    parser.add_argument(
        "--warranty", metavar="DAYS", type=count, default=0, help="days of warranty on the lines"
    )


def promised_lines(ctx: Context, device: TakeInDevice) -> tuple[LineAsked, ...]:
    """The lines of a new ticket; a price with a warranty is one, for that is where a warranty stands."""
    args, lines = ctx.args, lines_of(ctx)
    if lines or not (args.warranty or args.agreed):
        return lines
    if device.price_minor is None:
        raise UsageError("", f"--{'warranty' if args.warranty else 'agreed'} needs a --line or a --price")
    if not args.warranty:
        return ()
    words = device.fault[:TEXT_LIMIT]
    return (LineAsked(text=words, unit_minor=device.price_minor, warranty_days=args.warranty),)


def _add_how(parser: Parser) -> None:
    hows = [one.value for one in ContactHow]
    parser.add_argument("--how", choices=hows, default=ContactHow.PHONE.value)


def _add_answer(parser: Parser) -> None:
    add_number(parser)
    parser.add_argument("--by", metavar="WHO", required=True, help="who said so")
    _add_how(parser)


def _lines(ctx: Context) -> None:
    found = ctx.shop.estimates.lines(ctx.actor, ctx.args.number)
    ctx.out.result(lines_document(ctx.args.number, found), lines_text(ctx, found))


def _ask(ctx: Context) -> None:
    lines = tuple(replace(line, position=ctx.args.device) for line in lines_of(ctx))
    _answer(ctx, ctx.shop.estimates.ask(ctx.actor, AskEstimate(number=ctx.args.number, lines=lines)))


def lines_of(ctx: Context) -> tuple[LineAsked, ...]:
    """The lines that the options name, for the first device."""
    return tuple(_item_line(ctx, text) or _named(ctx, _line(ctx, text)) for text in ctx.args.line)


def _item_line(ctx: Context, text: str) -> LineAsked | None:
    """A part of the stock at its own price, and how many; None for what names a price or no part."""
    head, _, pieces = text.rpartition(divider(text))
    for code, quantity in ((text, "1"), (head, pieces)):
        item = _item(ctx, code) if is_quantity(quantity) else None
        if item is not None:
            if not item.price_minor:  # the catalogue has none
                raise price_missing()
            return LineAsked(
                text=item.name,
                quantity=parse_quantity(quantity),
                unit_minor=item.price_minor,
                warranty_days=ctx.args.warranty,
                item_id=item.id,
            )
    return None


def _named(ctx: Context, line: LineAsked) -> LineAsked:
    """The same with its part, where the words are the code of one."""
    item = _item(ctx, line.text)
    return line if item is None else replace(line, text=item.name, item_id=item.id)


def _item(ctx: Context, code: str) -> Item | None:
    if not code.strip() or may_be_number(code):
        return None
    try:
        return ctx.shop.items.by_code(ctx.actor, code)
    except DomainError as error:
        if error.code != "item_unknown":
            raise
        return None


def _line(ctx: Context, text: str) -> LineAsked:
    found = parse_line(ctx, text)
    if found is None:
        raise DomainError("line_unclear", "Enter a line such as 'Display,1,99.00'.", field="line")
    return LineAsked(
        text=found.text,
        quantity=found.quantity,
        unit_minor=found.unit_minor,
        warranty_days=ctx.args.warranty,
    )


def _approve(ctx: Context) -> None:
    args = ctx.args
    limit = parse_price(ctx, args.limit) if args.limit is not None else None
    command = ApproveEstimate(number=args.number, by=args.by, how=ContactHow(args.how), limit_minor=limit)
    made = ctx.shop.estimates.approve(ctx.actor, command)
    _answer(ctx, made)
    if made.deposit_minor:
        number, shown = args.number, shown_price(ctx, made.deposit_minor)
        ctx.out.note(f"Ask for a deposit of {shown}: posapp order add --deposit {number}=… --pay …")


def _decline(ctx: Context) -> None:
    args = ctx.args
    command = DeclineEstimate(number=args.number, by=args.by, how=ContactHow(args.how), reason=args.reason)
    _answer(ctx, ctx.shop.estimates.decline(ctx.actor, command))


def _inform(ctx: Context) -> None:
    args = ctx.args
    command = Inform(number=args.number, how=ContactHow(args.how), words=args.words, answer=args.answer)
    line = ctx.shop.informing.informed(ctx.actor, command)
    ctx.out.result(
        {
            "number": args.number,
            "how": line.how.value,
            "words": line.words,
            "answer": line.answer,
            "at": line.at.isoformat(),
            "by": line.by,
        },
        f"{args.number}: told by {line.how.value}, {shown_at(ctx, line.at)}",
    )


def _answer(ctx: Context, estimate: Estimate) -> None:
    number = ctx.args.number
    ctx.out.result(estimate_document(number, estimate), estimate_lines(ctx, number, estimate))
