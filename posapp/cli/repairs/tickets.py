"""`posapp ticket …`: take in, follow, hand back."""

from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import datetime

from posapp.cli.context import Context
from posapp.cli.counter import own
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser, UsageError, count
from posapp.cli.repairs import estimates, ticket_devices, uncollected
from posapp.cli.repairs.ticket_text import add_number, card_document, card_rows, ticket_document, ticket_lines
from posapp.cli.selling.order_lines import add_tenders, tenders_of
from posapp.cli.selling.order_text import order_document
from posapp.cli.values import choose, parse_at, parse_price, shown_at, shown_date
from posapp.domain.base.clock import resolve_wall
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import Source
from posapp.domain.repairs.board import Due
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.promises import is_too_soon
from posapp.domain.repairs.tickets import Outcome, Ticket
from posapp.domain.selling.carts import Cart
from posapp.services.customers.customers import FindOrCreate
from posapp.services.repairs.ticket_commands import Apart
from posapp.services.repairs.tickets import (
    UNCHANGED,
    CardFilter,
    EditJob,
    HandBack,
    MoveJob,
    TakeIn,
    Unchanged,
)
from posapp.services.selling.order_commands import Sell

_MOST = 1_000_000


def add_to(root: Group) -> None:
    """Add `ticket` and what is below it."""
    group = root.group("ticket", "repairs: take in, follow, hand back")
    _add_add(group)
    show = group.command("show", _show, "show a ticket", own=own.ticket)
    add_number(show)
    _add_list(group)
    status = group.command("status", _status, "bring a device of a ticket into another state")
    add_number(status)
    status.add_argument("status", metavar="STATE", help="such as in_repair, ready; posapp names them all")
    _add_device(status)
    status.add_argument("--reason", metavar="TEXT", default="", help="needed to go a step back")
    assign = group.command("assign", _assign, "give a device to a technician")
    add_number(assign)
    assign.add_argument("technician", metavar="WHO")
    _add_device(assign)
    shelve = group.command("shelve", _shelve, "say on which shelf tickets lie")
    shelve.add_argument("shelf", metavar="SHELF")
    shelve.add_argument(
        "number", metavar="NUMBER", nargs="+", help="such as T12, or T12/2 for its second device"
    )
    found = group.command("found", _found, "note what was found")
    add_number(found)
    found.add_argument("text", metavar="TEXT")
    _add_device(found)
    price = found.add_mutually_exclusive_group()
    price.add_argument("--price", metavar="AMOUNT", help="what it will cost")
    price.add_argument("--no-price", action="store_true", help="take the price away")
    check = group.command("check", _check, "a second person has looked at the repair of a device")
    add_number(check)
    _add_device(check)
    check.add_argument("--by", metavar="WHO", default="", help="who looked, in a shop where nobody signs in")
    _add_hand_back(group)
    estimates.add_below(group)
    ticket_devices.add_below(group)
    uncollected.add_below(group)


def _add_hand_back(group: Group) -> None:
    back = group.command("hand-back", _hand_back, "devices leave the shop")
    add_number(back)
    back.add_argument("--to", metavar="WHO", required=True, help="who takes them")
    outcomes = [one.value for one in Outcome]
    back.add_argument("--outcome", choices=outcomes, default=Outcome.REPAIRED.value)
    back.add_argument(
        "--device",
        metavar="N[=OUTCOME]",
        type=_leaving,
        action="append",
        default=[],
        help="one that leaves, and how it ended where that differs; all that are ready if left out",
    )
    back.add_argument(
        "--taker",
        metavar="N=WHO",
        type=_taker,
        action="append",
        default=[],
        help="who takes this device, where it is somebody else",
    )
    back.add_argument("--reason", metavar="TEXT", default="")
    add_tenders(back)
    back.add_argument("--storage-fee", action="store_true", help="take what storing the devices costs, too")
    back.add_argument("--unpaid", metavar="WHY", default="", help="let them go though money is owed")


def _leaving(text: str) -> tuple[int, Outcome | None]:
    """The place of a device, and its outcome."""
    place, divided, outcome = text.partition("=")
    if divided and outcome not in tuple(Outcome):
        raise ArgumentTypeError(f"{outcome[:20]!r} is none of {', '.join(Outcome)}")
    return count(place), Outcome(outcome) if divided else None


def _taker(text: str) -> tuple[int, str]:
    """The place of a device, and who takes it."""
    place, divided, who = text.partition("=")
    if not divided or not who.strip():
        raise ArgumentTypeError(f"{text[:20]!r} does not say N=WHO")
    return count(place), who


def _add_device(parser: Parser) -> None:
    parser.add_argument("--device", metavar="N", type=count, default=1, help="which device of the ticket (1)")


def _add_add(group: Group) -> None:
    add = group.command("add", _add, "take a device in for a customer, found or created by phone")
    who = add.add_mutually_exclusive_group(required=True)
    who.add_argument("--phone", metavar="P")
    who.add_argument("--customer", metavar="ID", help="a customer that exists, by any form of ID")
    who.add_argument("--booking", metavar="B12", help="the booking with which the customer comes")
    add.add_argument(
        "--name", metavar="N", default="", help="another name on a known number becomes a contact"
    )
    ticket_devices.add_facts(add)
    add.add_argument("--due", metavar="TIME", help="shop time such as '2026-12-01 17:00'")
    estimates.add_lines(add, required=False)
    add.add_argument("--agreed", action="store_true", help="the customer agrees to these lines at once")
    add.add_argument("--technician", metavar="WHO")
    add.add_argument("--rush", action="store_true")
    add.add_argument("--note", metavar="TEXT", default="")


def _add_list(group: Group) -> None:
    listed = group.command("list", _list, "list the devices in the shop", own=own.tickets)
    listed.add_argument("--state", metavar="STATE", action="append", default=[], help="only this state")
    listed.add_argument("--kind", choices=[one.value for one in DeviceKind], help="only this kind of device")
    listed.add_argument("--customer", metavar="ID", help="only what this customer has in the shop")
    listed.add_argument("--technician", metavar="WHO")
    listed.add_argument("--words", metavar="TEXT", default="", help="only devices with these words")
    listed.add_argument(
        "--due",
        choices=[one.value for one in Due],
        default=Due.ANY.value,
        help="late, due today, waiting long",
    )
    listed.add_argument("--all", action="store_true", help="also what has left the shop")


# -- taking in ---------------------------------------------------------------------------------------------
def _add(ctx: Context) -> None:
    args = ctx.args
    who = FindOrCreate(phone=ctx.phone(args.phone), name=args.name) if args.phone is not None else None
    known = ctx.shop.customers.resolve(ctx.actor, args.customer) if args.customer is not None else None
    device = ticket_devices.device_of(ctx, _technician(ctx) if args.technician is not None else None)
    lines = estimates.promised_lines(ctx, device)
    if lines and device.price_minor is not None and not args.line:
        device, is_agreed = replace(device, price_minor=None), True
    else:
        is_agreed = args.agreed
    before = ctx.shop.customers.who_has(ctx.actor, who.phone) if who else None
    command = TakeIn(
        devices=(device,),
        estimate=lines,
        is_agreed=is_agreed,
        who=who,
        customer_id=known.customer.id if known else None,
        booking=args.booking or "",
        person=args.name,
        due=_moment(ctx, args.due) if args.due is not None else None,
        is_rush=args.rush,
        note=args.note,
        source=Source.CLI,
    )
    fits = ctx.shop.tickets.promise(ctx.actor, technician_id=device.technician_id, is_rush=args.rush)
    taken = ctx.shop.tickets.take_in(ctx.actor, command)
    said = f"{'created' if taken.created else 'reused'} {taken.customer.pl_id}"
    ctx.out.result(
        ticket_document(ctx, taken.ticket, created=taken.created), [said, *ticket_lines(ctx, taken.ticket)]
    )
    ticket_devices.tell_warranties(ctx, device, taken.ticket)
    if command.due is not None and is_too_soon(command.due, fits.due):
        at = f"it fits by {shown_at(ctx, fits.due)}" if fits.due else "the bench is full for two months"
        ctx.out.note(f"Promised too soon: {fits.ahead} come first, {at}.")
    for former in before.former[:1] if before and taken.created else ():
        name = f"{former.pl_id} {former.name}".rstrip()
        ctx.out.note(f"{name} had this number until {shown_date(ctx, former.until)}.")


def _moment(ctx: Context, text: str) -> datetime:
    wall, offset = parse_at(text)
    return resolve_wall(wall, ctx.business.time_zone, offset=offset)


def _technician(ctx: Context) -> int:
    resources = ctx.shop.businesses.catalogue(ctx.actor).resources
    return choose(resources, ctx.args.technician, "person or bench", "technician").id


# -- looking -----------------------------------------------------------------------------------------------
def _show(ctx: Context) -> None:
    _answer(ctx, ctx.shop.tickets.get(ctx.actor, ctx.args.number))


def _list(ctx: Context) -> None:
    args = ctx.args
    states = ctx.shop.tickets.states(ctx.actor)
    customer = None
    if args.customer is not None:
        customer = ctx.shop.customers.resolve(ctx.actor, args.customer).customer
    wanted = CardFilter(
        is_here=not args.all,
        states=tuple(states.by_code(code).code for code in args.state),
        kind=DeviceKind(args.kind) if args.kind is not None else None,
        technician_id=_technician(ctx) if args.technician is not None else None,
        customer_id=customer.id if customer is not None else None,
        words=args.words,
        limit=_MOST,
    )
    see, due = ctx.shop.tickets.sight(ctx.actor).see, Due(args.due)
    cards = ctx.shop.tickets.cards(ctx.actor, wanted)
    seen = [see(card, states.by_id(card.state_id)) for card in cards]
    found = [one for one in seen if due.means(one)]
    ctx.out.result(
        lambda: [card_document(one) for one in found],
        lambda: table(card_rows(ctx, found)) or "No devices.",
    )


# -- following ---------------------------------------------------------------------------------------------
def _status(ctx: Context) -> None:
    args = ctx.args
    command = MoveJob(number=args.number, to=args.status, position=args.device, reason=args.reason)
    _answer(ctx, ctx.shop.tickets.move(ctx.actor, command))


def _assign(ctx: Context) -> None:
    args = ctx.args
    command = EditJob(number=args.number, position=args.device, technician_id=_technician(ctx))
    _answer(ctx, ctx.shop.tickets.edit_job(ctx.actor, command))


def _found(ctx: Context) -> None:
    args = ctx.args
    price: int | Unchanged | None = None if args.no_price else UNCHANGED
    if args.price is not None:
        price = parse_price(ctx, args.price)
    command = EditJob(number=args.number, position=args.device, found=args.text, price_minor=price)
    _answer(ctx, ctx.shop.tickets.edit_job(ctx.actor, command))


def _check(ctx: Context) -> None:
    args = ctx.args
    _answer(ctx, ctx.shop.tickets.check_quality(ctx.actor, args.number, args.device, by=args.by))


def _shelve(ctx: Context) -> None:
    moved = ctx.shop.tickets.shelve(ctx.actor, [ctx.args.shelf, *ctx.args.number])
    ctx.out.result(
        [{"number": one.number, "position": one.position, "shelf": one.shelf} for one in moved],
        [f"{one.number}/{one.position} lies on {one.shelf}" for one in moved],
    )


def _hand_back(ctx: Context) -> None:
    args = ctx.args
    outcomes, takers = dict(args.device), dict(args.taker)
    if len(outcomes) != len(args.device) or len(takers) != len(args.taker):
        raise UsageError("", "--device and --taker name each device once")
    named = [place for place in {**outcomes, **takers} if outcomes.get(place) or place in takers]
    command = HandBack(
        number=args.number,
        outcome=Outcome(args.outcome),
        to=args.to,
        positions=tuple(outcomes),
        apart=tuple(Apart(place, outcomes.get(place), takers.get(place, "")) for place in named),
        reason=args.reason,
    )
    made = ctx.shop.counter.hand_back(ctx.actor, command, _payment(ctx), unpaid=args.unpaid)
    order = order_document(made.order) if made.order is not None else None
    sold = [f"{made.order.number} paid for it"] if made.order is not None else []
    document = {**ticket_document(ctx, made.ticket), "order": order}
    ctx.out.result(document, [*ticket_lines(ctx, made.ticket), *sold])


def _payment(ctx: Context) -> Sell | None:
    """The sale that settles what leaves: where money is told, or deposits are enough."""
    args = ctx.args
    owing = ctx.shop.counter.owing(ctx.actor, args.number, tuple(place for place, _ in args.device))
    storage = owing.storage if args.storage_fee else ()
    if not owing.lines and not storage:
        if args.pay:
            raise DomainError("nothing_owed", f"Nothing is owed for {owing.number}.", field="pay")
        return None
    if not args.pay and (owing.left_minor or storage):
        return None
    return Sell(cart=Cart((*owing.lines, *storage)), tenders=tenders_of(ctx), source=Source.CLI)


def _answer(ctx: Context, ticket: Ticket) -> None:
    ctx.out.result(ticket_document(ctx, ticket), ticket_lines(ctx, ticket))
