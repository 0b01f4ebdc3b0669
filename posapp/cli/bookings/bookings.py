"""`posapp booking …`: promise a time, list, follow, move."""

from dataclasses import replace
from datetime import date, timedelta

from posapp.cli.bookings.booking_text import booking_document, booking_lines, booking_rows
from posapp.cli.context import Context
from posapp.cli.counter import own
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser, UsageError, count
from posapp.cli.values import choose, parse_at, parse_shop_day, shown_date
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import Booking, BookingStatus, Source
from posapp.services.bookings.bookings import LONGEST_AGENDA, MakeBooking, MoveBooking
from posapp.services.customers.customers import FindOrCreate

_AT = "shop time such as '2026-11-20 10:00'; an offset behind it (+01:00) chooses between two doubled hours"
_ALL = 1_000_000


def add_to(root: Group) -> None:
    """Add `booking` and what is below it."""
    group = root.group("booking", "bookings: make, list, follow, move")
    add = group.command("add", _add, "book a time for a customer, found or created by phone", own=own.book)
    who = add.add_mutually_exclusive_group()
    who.add_argument("--phone", metavar="P")
    who.add_argument("--customer", metavar="ID", help="a customer that exists, by any form of ID")
    add.add_argument(
        "--name", metavar="N", default="", help="another name on a known number becomes a contact"
    )
    add.add_argument("--at", metavar="TIME", required=True, help=_AT)
    _add_choices(add)
    show = group.command("show", _show, "show a booking", own=own.booking)
    show.add_argument("number", metavar="NUMBER", help="such as B12")
    listed = group.command(
        "list", _list, "list the bookings of some days (today), or of a customer", own=own.bookings
    )
    listed.add_argument("--from", metavar="DAY", dest="first", help="first day; today if left out")
    listed.add_argument("--to", metavar="DAY", dest="last", help="last day, included; the first if left out")
    listed.add_argument(
        "--customer", metavar="ID", help="only this customer; all days unless --from or --to is given"
    )
    listed.add_argument("--status", choices=[one.value for one in BookingStatus], help="only this status")
    status = group.command("status", _status, "follow a booking", own=own.follow)
    status.add_argument("number", metavar="NUMBER", help="such as B12")
    status.add_argument(
        "status",
        choices=[one.value for one in BookingStatus],
        metavar="STATUS",
        help=", ".join(BookingStatus),
    )
    status.add_argument("--reason", metavar="TEXT", default="", help="needed to cancel")
    move = group.command("move", _move, "give a booking another time, length, person, service or note")
    move.add_argument("number", metavar="NUMBER", help="such as B12")
    move.add_argument("--at", metavar="TIME", help=_AT)
    _add_choices(move)


def _add_choices(parser: Parser) -> None:
    parser.add_argument("--minutes", metavar="N", type=count, help="length; the service's own if left out")
    parser.add_argument("--service", metavar="S", help="the first one if left out")
    parser.add_argument(
        "--with", metavar="WHO", dest="resource", help="person or bench; whoever is free if left out"
    )
    parser.add_argument("--note", metavar="TEXT")
    parser.add_argument("--anyway", metavar="REASON", help="book a closed, past or taken time, and why")


def _add(ctx: Context) -> None:
    args = ctx.args
    if args.phone is None and args.customer is None:
        raise UsageError("", "say for whom: --phone or --customer")
    starts, offset = parse_at(args.at)
    who = FindOrCreate(phone=ctx.phone(args.phone), name=args.name) if args.phone is not None else None
    known = ctx.shop.customers.resolve(ctx.actor, args.customer) if who is None else None
    before = ctx.shop.customers.who_has(ctx.actor, who.phone) if who else None
    service_id, resource_id = _chosen(ctx)
    booked = ctx.shop.bookings.book(
        ctx.actor,
        MakeBooking(
            starts=starts,
            offset=offset,
            who=who,
            customer_id=known.customer.id if known else None,
            person=args.name,
            service_id=service_id,
            resource_id=resource_id,
            minutes=args.minutes,
            note=args.note or "",
            anyway=args.anyway,
            source=Source.CLI,
        ),
    )
    said = f"{'created' if booked.created else 'reused'} {booked.customer.pl_id}"
    ctx.out.result(
        booking_document(booked.booking, created=booked.created), [said, *booking_lines(ctx, booked.booking)]
    )
    for former in before.former[:1] if before and booked.created else ():
        name = f"{former.pl_id} {former.name}".rstrip()
        ctx.out.note(f"{name} had this number until {shown_date(ctx, former.until)}.")


def _show(ctx: Context) -> None:
    _answer(ctx, ctx.shop.bookings.get(ctx.actor, ctx.args.number))


def _status(ctx: Context) -> None:
    args = ctx.args
    _answer(
        ctx,
        ctx.shop.bookings.set_status(ctx.actor, args.number, BookingStatus(args.status), reason=args.reason),
    )


def _move(ctx: Context) -> None:
    args = ctx.args
    given = (args.at, args.minutes, args.service, args.resource, args.note)
    if all(one is None for one in given):
        raise UsageError("", "name what to change: --at, --minutes, --service, --with or --note")
    command = MoveBooking(number=args.number, minutes=args.minutes, note=args.note, anyway=args.anyway)
    if args.at is not None:
        starts, offset = parse_at(args.at)
        command = replace(command, starts=starts, offset=offset)
    service_id, resource_id = _chosen(ctx)
    command = replace(command, service_id=service_id, resource_id=resource_id)
    _answer(ctx, ctx.shop.bookings.move(ctx.actor, command))


def _chosen(ctx: Context) -> tuple[int | None, int | None]:
    """The service and the person or bench that were named."""
    if ctx.args.service is None and ctx.args.resource is None:
        return None, None
    catalogue = ctx.shop.businesses.catalogue(ctx.actor)
    service = resource = None
    if ctx.args.service is not None:
        service = choose(catalogue.services, ctx.args.service, "service", "service").id
    if ctx.args.resource is not None:
        resource = choose(catalogue.resources, ctx.args.resource, "person or bench", "with").id
    return service, resource


def _list(ctx: Context) -> None:
    args = ctx.args
    first = parse_shop_day(ctx, args.first, "from") if args.first is not None else None
    last = parse_shop_day(ctx, args.last, "to") if args.last is not None else None
    if args.customer is not None:
        found = _of_customer(ctx, args.customer, first, last)
    else:
        # With --to alone a list begins today; with --from alone it is that one day.
        begin = first or min(ctx.today, last or ctx.today)
        found = _between(ctx, begin, last or begin)
    if args.status is not None:
        found = [one for one in found if one.status == args.status]
    ctx.out.result(
        lambda: [booking_document(one) for one in found],
        lambda: table(booking_rows(ctx, found)) or "No bookings.",
    )


def _of_customer(ctx: Context, text: str, first: date | None, last: date | None) -> list[Booking]:
    customer = ctx.shop.customers.resolve(ctx.actor, text).customer
    found = ctx.shop.bookings.of_customer(ctx.actor, customer.id, limit=_ALL)
    return [
        one
        for one in reversed(found)
        if (first is None or one.wall_start.date() >= first)
        and (last is None or one.wall_start.date() <= last)
    ]


def _between(ctx: Context, first: date, last: date) -> list[Booking]:
    if last < first:
        raise DomainError(
            "days_reversed", "The last day lies before the first. Swap --from and --to.", field="to"
        )
    found: dict[int, Booking] = {}  # what crosses the midnight between two looks is seen from both
    while first <= last:
        until = min(last, first + LONGEST_AGENDA)
        found |= {one.id: one for one in ctx.shop.bookings.agenda(ctx.actor, first, until).bookings}
        first = until + timedelta(days=1)
    return list(found.values())


def _answer(ctx: Context, booking: Booking) -> None:
    ctx.out.result(booking_document(booking), booking_lines(ctx, booking))
