"""`posapp ticket device|part …`: one more device, what the register says of one, and the parts it took."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser, UsageError, count
from posapp.cli.repairs.ticket_text import add_number, ticket_document, ticket_lines, warranty_words
from posapp.cli.values import parse_price
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.repairs.devices import DeviceKind, describe
from posapp.domain.repairs.parts import PartState, PartUse
from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.devices import EditDevice
from posapp.services.repairs.ticket_commands import TakeInDevice

NOT_GIVEN = "Not given"


def add_below(tickets: Group) -> None:
    """Add the commands to the group `ticket`."""
    devices = tickets.group("device", "the devices of a ticket")
    add = devices.command("add", _add, "put one more device on an open ticket")
    add_number(add)
    add_facts(add)
    edit = devices.command("edit", _edit, "correct what the register says of a device")
    add_number(edit)
    _add_position(edit)
    edit.add_argument("--name", metavar="TEXT", help="make and model: 'Samsung Galaxy S22'")
    edit.add_argument("--kind", choices=[one.value for one in DeviceKind])
    for name in ("colour", "serial", "imei"):
        edit.add_argument(f"--{name}", metavar="TEXT", help='"" takes it away')
    parts = tickets.group("part", "what repairs take of the stock")
    listed = parts.command("list", _list, "what the devices of a ticket took")
    add_number(listed)
    for name, run, said in (
        ("reserve", _reserve, "set pieces aside for a device"),
        ("use", _use, "pieces go into a device: what is reserved for it, else from the free stock"),
        ("back", _back, "pieces go back to the shelf: what is reserved, else what was used"),
        ("scrap", _scrap, "pieces are broken or lost and leave the stock"),
    ):
        step = parts.command(name, run, said)
        add_number(step)
        step.add_argument("sku", metavar="SKU")
        _add_position(step)
        step.add_argument("--quantity", metavar="N", type=count, help="one, or all that are set aside")
        if name in ("back", "scrap"):
            step.add_argument("--reason", metavar="TEXT", default="", required=name == "scrap")


def add_facts(parser: Parser) -> None:
    """The options that say what a device is and what is wrong with it."""
    parser.add_argument(
        "--device", metavar="TEXT", required=True, help="make and model: 'Samsung Galaxy S22'"
    )
    parser.add_argument("--kind", choices=[one.value for one in DeviceKind], default=DeviceKind.OTHER.value)
    parser.add_argument("--serial", metavar="S", default="")
    parser.add_argument("--imei", metavar="IMEI", default="")
    parser.add_argument(
        "--no-serial", metavar="REASON", default="", help="why there is no serial and no IMEI"
    )
    parser.add_argument("--fault", metavar="TEXT", required=True, help="what the customer says is wrong")
    parser.add_argument("--accessories", metavar="TEXT", default="", help="what was left with the device")
    parser.add_argument("--price", metavar="AMOUNT", help="what was promised")
    parser.add_argument("--shelf", metavar="CODE", default="")
    parser.add_argument("--claim", metavar="T12", help="the warranty of that repair is claimed")
    parser.add_argument("--claim-anyway", metavar="WHY", default="", help="why one that is over is honoured")


def device_of(ctx: Context, technician_id: int | None = None) -> TakeInDevice:
    """The device that those options describe."""
    args = ctx.args
    make, model = describe(args.device)
    reason = args.no_serial or ("" if args.serial or args.imei else NOT_GIVEN)
    return TakeInDevice(
        kind=DeviceKind(args.kind),
        make=make,
        model=model,
        serial=args.serial,
        imei=args.imei,
        no_serial_reason=reason,
        fault=args.fault,
        accessories=args.accessories,
        price_minor=parse_price(ctx, args.price) if args.price is not None else None,
        technician_id=technician_id,
        shelf=args.shelf,
        claim_of=_claim_of(ctx) if args.claim is not None else None,
        claim_anyway=args.claim_anyway,
    )


def _claim_of(ctx: Context) -> int:
    """The warranty of that repair on the device; of several the one that lasts longest."""
    wanted, mark = ctx.args.claim.strip().upper(), ctx.args.serial or ctx.args.imei
    story = ctx.shop.devices.look(ctx.actor, mark) if mark else None
    for line in story.warranties if story is not None else ():
        if line.warranty.number == wanted:
            return line.warranty.id
    raise DomainError("warranty_unknown", f"{wanted[:20]} guarantees nothing on this device.", field="claim")


def tell_warranties(ctx: Context, device: TakeInDevice, ticket: Ticket) -> None:
    """Say that a device which was taken in without a claim is under warranty."""
    if device.claim_of is not None:
        return
    job = ticket.jobs[-1]
    for warranty in ctx.shop.tickets.guarantees(ctx.actor, ticket.number).running.get(job.position, ()):
        ctx.out.note(f"Under warranty: {warranty_words(ctx, warranty, warranty.number)}.")


def _add_position(parser: Parser) -> None:
    parser.add_argument("--device", metavar="N", type=count, default=1, help="which device of the ticket (1)")


def _add(ctx: Context) -> None:
    device = device_of(ctx)
    ticket = ctx.shop.tickets.add_device(ctx.actor, ctx.args.number, device)
    _answer(ctx, ticket)
    tell_warranties(ctx, device, ticket)


def _edit(ctx: Context) -> None:
    args = ctx.args
    ticket = ctx.shop.tickets.get(ctx.actor, args.number)
    found = [job for job in ticket.jobs if job.position == args.device]
    if not found:
        raise DomainError("job_unknown", f"{ticket.number} has no device {args.device}.", field="device")
    make, model = describe(args.name) if args.name is not None else (None, None)
    if all(one is None for one in (make, args.kind, args.colour, args.serial, args.imei)):
        raise UsageError("", "say what to correct, such as --serial S")
    command = EditDevice(
        device_id=found[0].device.id,
        kind=DeviceKind(args.kind) if args.kind is not None else None,
        make=make,
        model=model,
        colour=args.colour,
        serial=args.serial,
        imei=args.imei,
    )
    ctx.shop.devices.edit(ctx.actor, command)
    _answer(ctx, ctx.shop.tickets.get(ctx.actor, args.number))


def _answer(ctx: Context, ticket: Ticket) -> None:
    ctx.out.result(ticket_document(ctx, ticket), ticket_lines(ctx, ticket))


# -- parts -----------------------------------------------------------------------------------------------
def _list(ctx: Context) -> None:
    found = ctx.shop.parts.of_ticket(ctx.actor, ctx.args.number)
    rows = [
        [f"{one.number}/{one.position}", str(one.quantity), one.sku, one.name, one.state.value]
        for one in found
    ]
    ctx.out.result([_document(one) for one in found], table(rows) or "No parts.")


def _reserve(ctx: Context) -> None:
    args = ctx.args
    made = ctx.shop.parts.reserve(
        ctx.actor,
        args.number,
        ctx.shop.items.by_code(ctx.actor, args.sku).id,
        position=args.device,
        quantity=args.quantity or 1,
    )
    _told(ctx, made)


def _use(ctx: Context) -> None:
    args, desk = ctx.args, ctx.shop.parts
    reserved = _taken(ctx, PartState.RESERVED)
    if reserved is not None:
        _told(ctx, desk.use(ctx.actor, reserved.id, quantity=args.quantity))
        return
    item, pieces = ctx.shop.items.by_code(ctx.actor, args.sku).id, args.quantity or 1
    _told(ctx, desk.use_now(ctx.actor, args.number, item, position=args.device, quantity=pieces))


def _back(ctx: Context) -> None:
    part, args = _require_taken(ctx), ctx.args
    _told(ctx, ctx.shop.parts.give_back(ctx.actor, part.id, quantity=args.quantity, reason=args.reason))


def _scrap(ctx: Context) -> None:
    part, args = _require_taken(ctx), ctx.args
    _told(ctx, ctx.shop.parts.scrap(ctx.actor, part.id, args.reason, quantity=args.quantity))


def _taken(ctx: Context, state: PartState) -> PartUse | None:
    wanted = clean_name(ctx.args.sku).casefold()
    found = ctx.shop.parts.of_ticket(ctx.actor, ctx.args.number)
    here = (one for one in found if one.position == ctx.args.device and one.state == state)
    return next((one for one in here if one.sku.casefold() == wanted), None)


def _require_taken(ctx: Context) -> PartUse:
    part = _taken(ctx, PartState.RESERVED) or _taken(ctx, PartState.USED)
    if part is None:
        raise DomainError(
            "part_unknown", f"This device of {ctx.args.number} took no {ctx.args.sku[:40]}.", field="sku"
        )
    return part


def _told(ctx: Context, part: PartUse) -> None:
    said = f"{part.quantity} {part.name} {part.state.value} for {part.number}/{part.position}"
    ctx.out.result(_document(part), said)


def _document(part: PartUse) -> dict[str, object]:
    return {
        "number": part.number,
        "position": part.position,
        "sku": part.sku,
        "name": part.name,
        "quantity": part.quantity,
        "state": part.state.value,
        "reason": part.reason,
    }
