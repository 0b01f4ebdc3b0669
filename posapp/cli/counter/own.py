"""What a customer is answered who signs in on the command line: always what is their own.

Whatever ID, phone or number the request carries for somebody else is refused in the words for one that is not
there, or (where something is made) means nothing: it is made for whoever signed in.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.priced_lines import divider
from posapp.cli.values import choose, parse_at, parse_shop_day, shown_price, shown_wall
from posapp.domain.base.clock import marked
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.pl_id import PlId
from posapp.domain.people.users import User, folded
from posapp.services.counter.own_views import (
    AskBooking,
    Me,
    Order,
    OwnBooking,
    OwnDevice,
    OwnEvent,
    OwnKind,
    OwnOrder,
)

_KINDS = {
    OwnKind.BOOKING: "booking",
    OwnKind.REPAIR: "ticket",
    OwnKind.PURCHASE: "order",
    OwnKind.PAYMENT: "payment",
}


# -- who ---------------------------------------------------------------------------------------------------
def show(ctx: Context) -> None:
    """`customer show`, with or without one's own ID."""
    _tell_me(ctx, _me(ctx, ctx.args.id))


def customer_of(ctx: Context) -> None:
    """`user customer NAME`: oneself."""
    if oneself(ctx, ctx.args.name) is None:
        raise _not_yours()
    _tell_me(ctx, _me(ctx))


def oneself(ctx: Context, name: str) -> User | None:
    """Whoever gives the command, if that is their name; what customers do is signed with another one."""
    actor = ctx.actor
    if actor.user_id is None or actor.business != actor.home:
        return None
    user = ctx.shop.users.get(actor, actor.user_id)
    return user if folded(user.name) == folded(name) else None


def _me(ctx: Context, typed: Sequence[str] = ()) -> Me:
    me = ctx.shop.own.me(ctx.actor)
    if typed and not _is_mine(ctx, me, " ".join(typed)):
        raise _not_yours()
    return me


def _is_mine(ctx: Context, me: Me, text: str) -> bool:
    with suppress(DomainError):
        return PlId.parse(text, bare=True) == me.pl_id
    with suppress(DomainError):
        return ctx.phone(text) in _phones(ctx, me)
    return False


def _phones(ctx: Context, me: Me) -> list[PhoneNumber]:
    return [ctx.phone(shown) for shown in me.phones]


def _not_yours() -> DomainError:
    return DomainError("not_yours", "You can look at your own record only.", field="id")


def _tell_me(ctx: Context, me: Me) -> None:
    document = {
        "pl_id": str(me.pl_id),
        "name": me.name,
        "phones": [one.key for one in _phones(ctx, me)],
        "created": False,
        "balance_minor": me.balance_minor,
        "credit_minor": me.credit_minor,
        "to_pay_minor": me.to_pay_minor,
        "next_booking": me.next_booking.number if me.next_booking else None,
    }
    pairs = [
        ("Phone", "\n".join(me.phones)),
        ("To pay", shown_price(ctx, me.to_pay_minor) if me.to_pay_minor else ""),
        ("Credit", shown_price(ctx, me.credit_minor) if me.credit_minor else ""),
        *(("Booking", " ".join(_booking_row(ctx, one))) for one in me.bookings),
        *(("Repair", " ".join(_device_row(ctx, one))) for one in me.devices),
        *(("Order", " ".join(_order_row(ctx, one))) for one in me.orders),
    ]
    ctx.out.result(document, [f"{me.pl_id}  {me.name}", *facts(pairs)])


# -- history -----------------------------------------------------------------------------------------------
def history(ctx: Context) -> None:
    """`history`, with or without one's own ID."""
    _me(ctx, ctx.args.id)
    events = _events(ctx, None if ctx.args.all else ctx.args.limit)
    ctx.out.result(
        [_event_document(one) for one in events],
        table(_event_row(ctx, one) for one in events) or "Nothing yet.",
    )


def _events(ctx: Context, limit: int | None) -> list[OwnEvent]:
    found: list[OwnEvent] = []
    page = ctx.shop.own.history(ctx.actor)
    found += page.events
    while page.next_mark is not None and (limit is None or len(found) < limit):
        page = ctx.shop.own.history(ctx.actor, page.next_mark)
        found += page.events
    return found[:limit]


def _event_document(event: OwnEvent) -> dict[str, object]:
    return {
        "kind": _KINDS[event.kind],
        "at": event.at.isoformat(timespec="minutes"),
        "number": event.number or None,
        "title": event.title,
        "said": event.said,
        "amount_minor": event.amount_minor,
    }


def _event_row(ctx: Context, event: OwnEvent) -> list[str]:
    price = shown_price(ctx, event.amount_minor) if event.amount_minor is not None else ""
    return [shown_wall(ctx, event.at), f"{event.number}  {event.title}", event.said, price]


# -- bookings ----------------------------------------------------------------------------------------------
def book(ctx: Context) -> None:
    """`booking add`: a free time, for oneself."""
    args = ctx.args
    _refuse_given(ctx, "minutes", "resource", "anyway")
    starts, offset = parse_at(args.at)
    if offset is not None:
        raise DomainError("time_unclear", "Enter the time as the shop's clock shows it.", field="starts")
    services = ctx.shop.own.services(ctx.actor)
    chosen = services[0] if args.service is None else choose(services, args.service, "service", "service")
    command = AskBooking(starts=starts, service_id=chosen.id, note=args.note or "")
    booked = ctx.shop.own.book(ctx.actor, command)
    ctx.out.result(_booking_document(ctx, booked), [" ".join(_booking_row(ctx, booked))])


def bookings(ctx: Context) -> None:
    """`booking list`: what is to come."""
    args = ctx.args
    _refuse_given(ctx, "status")
    first = parse_shop_day(ctx, args.first, "from") if args.first is not None else None
    last = parse_shop_day(ctx, args.last, "to") if args.last is not None else None
    found = [
        one
        for one in _me(ctx).bookings
        if (first is None or one.starts.date() >= first) and (last is None or one.starts.date() <= last)
    ]
    rows = table(_booking_row(ctx, one) for one in found)
    ctx.out.result([_booking_document(ctx, one) for one in found], rows or "No bookings.")


def booking(ctx: Context) -> None:
    """`booking show`."""
    number = _number(ctx)
    found = next((one for one in _me(ctx).bookings if one.number == number), None)
    if found is None:
        _tell_past(ctx, OwnKind.BOOKING, number)
        return
    ctx.out.result(_booking_document(ctx, found), [" ".join(_booking_row(ctx, found))])


def follow(ctx: Context) -> None:
    """`booking status B12 arrived`: checking in."""
    if ctx.args.status != BookingStatus.ARRIVED:
        raise _at_the_counter()
    _tell_me(ctx, ctx.shop.own.check_in(ctx.actor, _number(ctx)))


def _booking_document(ctx: Context, one: OwnBooking) -> dict[str, object]:
    return {
        "number": one.number,
        "pl_id": str(_me(ctx).pl_id),
        "created": False,
        "at": one.starts.isoformat(timespec="minutes"),
        "minutes": one.minutes,
        "service": one.service,
        "with": one.with_whom,
    }


def _booking_row(ctx: Context, one: OwnBooking) -> list[str]:
    return [
        one.number,
        f"{marked(shown_wall(ctx, one.starts), one.mark)}, {one.minutes} min",
        one.service,
        one.with_whom,
    ]


# -- repairs -----------------------------------------------------------------------------------------------
def tickets(ctx: Context) -> None:
    """`ticket list`: what is in the shop."""
    _refuse_given(ctx, "state", "kind", "technician", "words")
    devices = _me(ctx).devices
    rows = table(_device_row(ctx, one) for one in devices)
    ctx.out.result(_ticket_documents(ctx, devices), rows or "Nothing of yours is here.")


def ticket(ctx: Context) -> None:
    """`ticket show`."""
    number = _number(ctx)
    devices = [one for one in _me(ctx).devices if one.number == number]
    if not devices:
        _tell_past(ctx, OwnKind.REPAIR, number)
        return
    [document] = _ticket_documents(ctx, devices)
    ctx.out.result(document, table(_device_row(ctx, one) for one in devices))


def _ticket_documents(ctx: Context, devices: Sequence[OwnDevice]) -> list[dict[str, object]]:
    by_number = sorted(devices, key=lambda one: one.number)
    return [
        {
            "number": number,
            "pl_id": str(_me(ctx).pl_id),
            "created": False,
            "devices": [
                {
                    "device": one.device,
                    "fault": one.fault,
                    "said": one.progress.said,
                    "is_ready": one.progress.is_ready,
                    "due": one.due.isoformat(timespec="minutes") if one.due else None,
                    "price_minor": one.price_minor,
                }
                for one in here
            ],
        }
        for number, here in groupby(by_number, key=lambda one: one.number)
    ]


def _device_row(ctx: Context, one: OwnDevice) -> list[str]:
    price = shown_price(ctx, one.price_minor) if one.price_minor is not None else ""
    return [one.number, f"{one.device}: {one.fault}", one.progress.said, price]


# -- orders ------------------------------------------------------------------------------------------------
def order(ctx: Context) -> None:
    """`order add`: goods and services at the shop's prices, to be paid at the counter."""
    _refuse_given(ctx, "pay", "deposit", "storage_fee", "discount", "held", "note")
    if not ctx.args.line:
        raise DomainError("lines_missing", "Say what you would like: --line SKU,QTY.", field="line")
    first, *more = [_wanted(text) for text in ctx.args.line]
    _tell_order(ctx, ctx.shop.own.order(ctx.actor, first, more))


def _wanted(text: str) -> Order:
    """`SKU` or `SKU,QTY`; a price or a free text is for the counter."""
    sku, *rest = (field.strip() for field in text.split(divider(text)))
    is_count = not rest or (rest[0].isascii() and rest[0].isdecimal() and len(rest[0]) < 6)
    if len(rest) > 1 or not is_count:
        raise DomainError("line_unclear", "Say what you would like as SKU,QTY.", field="line")
    return Order(sku=sku, quantity=int(rest[0]) if rest else 1)


def orders(ctx: Context) -> None:
    """`order list`: what waits to be paid, then what was bought."""
    waiting = ctx.shop.own.orders(ctx.actor)
    left = ctx.args.limit if not ctx.args.held else 0
    bought = [one for one in _events(ctx, None) if one.kind is OwnKind.PURCHASE][:left]
    rows = [_order_row(ctx, one) for one in waiting] + [_event_row(ctx, one) for one in bought]
    documents = [_order_document(ctx, one) for one in waiting]
    documents += [_past_document(ctx, one) for one in bought]
    ctx.out.result(documents, table(rows) or "No orders.")


def one_order(ctx: Context) -> None:
    """`order show`."""
    number = _number(ctx)
    waiting = next((one for one in ctx.shop.own.orders(ctx.actor) if one.reference == number), None)
    if waiting is None:
        _tell_past(ctx, OwnKind.PURCHASE, number)
        return
    _tell_order(ctx, waiting)


def _tell_order(ctx: Context, one: OwnOrder) -> None:
    lines = [[str(line.quantity), line.text, shown_price(ctx, line.amount_minor)] for line in one.lines]
    ctx.out.result(_order_document(ctx, one), ["  ".join(_order_row(ctx, one)), *table(lines)])
    ctx.out.note("It is paid at the counter.")


def _order_document(ctx: Context, one: OwnOrder) -> dict[str, object]:
    return {
        "number": one.reference,
        "pl_id": str(_me(ctx).pl_id),
        "created": False,
        "status": "open" if one.is_in_hand else "held",
        "total_minor": one.total_minor,
        "net_minor": one.total_minor - one.tax_minor,
        "tax_minor": one.tax_minor,
        "paid_minor": 0,
        "change_minor": 0,
        "owed_minor": 0,
        "lines": [
            {
                "text": line.text,
                "sku": line.sku,
                "quantity": line.quantity,
                "amount_minor": line.amount_minor,
                "tax_minor": line.tax_minor,
            }
            for line in one.lines
        ],
        "payments": [],
    }


def _order_row(ctx: Context, one: OwnOrder) -> list[str]:
    state = "at the counter" if one.is_in_hand else "waits"
    return [one.reference, state, shown_price(ctx, one.total_minor)]


# -- small parts -------------------------------------------------------------------------------------------
def _number(ctx: Context) -> str:
    return str(ctx.args.number).strip().upper()


def _tell_past(ctx: Context, kind: OwnKind, number: str) -> None:
    """An entry of one's own history by its number; anybody else's is as unknown as none."""
    found = next((one for one in _events(ctx, None) if one.kind is kind and one.number == number), None)
    if found is None:
        raise DomainError("not_yours", f"There is no {number[:20]} of yours.", field="number")
    ctx.out.result(_past_document(ctx, found), table([_event_row(ctx, found)]))


def _past_document(ctx: Context, event: OwnEvent) -> dict[str, object]:
    return {**_event_document(event), "pl_id": str(_me(ctx).pl_id), "created": False}


def _refuse_given(ctx: Context, *names: str) -> None:
    """Refuse options that only the shop may use."""
    if any(getattr(ctx.args, name) for name in names):
        raise _at_the_counter()


def _at_the_counter() -> DomainError:
    return DomainError("not_allowed", "Ask at the counter for this.")
