"""`posapp service …` and `posapp staff …`: what can be booked, with whom, and where."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, UsageError, count, whole
from posapp.cli.values import choose, parse_price, shown_price
from posapp.domain.shop.businesses import Resource, ResourceKind, Service
from posapp.services.shop.businesses import SaveResource, SaveService

_PRICE = "such as 12.50, or none for a price on inspection"


def add_to(root: Group) -> None:
    """Add `service` and `staff`."""
    services = root.group("service", "what can be booked")
    services.command("list", _services, "list the services").add_argument(
        "--all", action="store_true", help="also those that are no longer offered"
    )
    add = services.command("add", _service_add, "add a service")
    edit = services.command("edit", _service_edit, "change a service")
    for command in (add, edit):
        command.add_argument("name", metavar="NAME")
        command.add_argument("--minutes", metavar="N", type=count, required=command is add)
        command.add_argument("--price", metavar="P", help=_PRICE)
    edit.add_argument("--name", metavar="NEW-NAME", dest="new_name")
    for name, run, said in (
        ("archive", _service_archive, "offer a service no longer; its bookings stay"),
        ("restore", _service_restore, "offer a service again"),
    ):
        services.command(name, run, said).add_argument("name", metavar="NAME")

    staff = root.group("staff", "people and benches that bookings take")
    staff.command("list", _staff, "list people and benches").add_argument(
        "--all", action="store_true", help="also those that are no longer there"
    )
    add = staff.command("add", _staff_add, "add a person or bench")
    edit = staff.command("edit", _staff_edit, "change a person or bench")
    add.add_argument("--bench", action="store_true", help="a bench, not a person")
    for command in (add, edit):
        command.add_argument("name", metavar="NAME")
        command.add_argument("--capacity", metavar="N", type=count, help="bookings at once (1)")
        command.add_argument("--buffer", metavar="N", type=whole, help="minutes kept free after each (0)")
    edit.add_argument("--name", metavar="NEW-NAME", dest="new_name")
    for name, run, said in (
        ("archive", _staff_archive, "book a person or bench no longer; bookings stay"),
        ("restore", _staff_restore, "book a person or bench again"),
    ):
        staff.command(name, run, said).add_argument("name", metavar="NAME")


# -- services ------------------------------------------------------------------------------------------
def _services(ctx: Context) -> None:
    found = ctx.shop.businesses.catalogue(ctx.actor, with_archived=ctx.args.all).services
    rows = [
        [
            one.name,
            f"{one.minutes} min",
            shown_price(ctx, one.price_minor),
            "archived" if one.is_archived else "",
        ]
        for one in found
    ]
    ctx.out.result([_service_document(one) for one in found], table(rows))


def _service_add(ctx: Context) -> None:
    price = parse_price(ctx, ctx.args.price or "")
    command = SaveService(name=ctx.args.name, minutes=ctx.args.minutes, price_minor=price)
    _answer_service(ctx, ctx.shop.businesses.save_service(ctx.actor, command))


def _service_edit(ctx: Context) -> None:
    args = ctx.args
    if args.minutes is None and args.price is None and args.new_name is None:
        raise UsageError("", "name what to change: --name, --minutes or --price")
    old = _service(ctx)
    price = old.price_minor if args.price is None else parse_price(ctx, args.price)
    name = old.name if args.new_name is None else args.new_name
    command = SaveService(id=old.id, name=name, minutes=args.minutes or old.minutes, price_minor=price)
    _answer_service(ctx, ctx.shop.businesses.save_service(ctx.actor, command))


def _service_archive(ctx: Context) -> None:
    old = _service(ctx)
    ctx.shop.businesses.archive(ctx.actor, "service", old.id)
    ctx.out.result({**_service_document(old), "is_archived": True}, f"{old.name} is no longer offered")


def _service_restore(ctx: Context) -> None:
    old = _service(ctx, archived=True)
    ctx.shop.businesses.archive(ctx.actor, "service", old.id, archived=False)
    ctx.out.result({**_service_document(old), "is_archived": False}, f"{old.name} is offered again")


def _service(ctx: Context, *, archived: bool = False) -> Service:
    found = ctx.shop.businesses.catalogue(ctx.actor, with_archived=archived).services
    return choose([one for one in found if one.is_archived == archived], ctx.args.name, "service", "name")


def _answer_service(ctx: Context, one: Service) -> None:
    ctx.out.result(
        _service_document(one), f"{one.name}, {one.minutes} min, {shown_price(ctx, one.price_minor)}"
    )


def _service_document(one: Service) -> dict[str, object]:
    return {
        "name": one.name,
        "minutes": one.minutes,
        "price_minor": one.price_minor,
        "is_archived": one.is_archived,
    }


# -- people and benches --------------------------------------------------------------------------------
def _staff(ctx: Context) -> None:
    found = ctx.shop.businesses.catalogue(ctx.actor, with_archived=ctx.args.all).resources
    rows = [[one.name, *_told(one).split(", ")] for one in found]
    ctx.out.result([_staff_document(one) for one in found], table(rows))


def _staff_add(ctx: Context) -> None:
    args = ctx.args
    command = SaveResource(
        kind=ResourceKind.BENCH if args.bench else ResourceKind.STAFF,
        name=args.name,
        capacity=args.capacity or 1,
        buffer_minutes=args.buffer or 0,
    )
    _answer_staff(ctx, ctx.shop.businesses.save_resource(ctx.actor, command))


def _staff_edit(ctx: Context) -> None:
    args = ctx.args
    if args.capacity is None and args.buffer is None and args.new_name is None:
        raise UsageError("", "name what to change: --name, --capacity or --buffer")
    old = _resource(ctx)
    command = SaveResource(
        id=old.id,
        kind=old.kind,
        name=old.name if args.new_name is None else args.new_name,
        capacity=args.capacity or old.capacity,
        buffer_minutes=old.buffer_minutes if args.buffer is None else args.buffer,
    )
    _answer_staff(ctx, ctx.shop.businesses.save_resource(ctx.actor, command))


def _staff_archive(ctx: Context) -> None:
    old = _resource(ctx)
    ctx.shop.businesses.archive(ctx.actor, "resource", old.id)
    ctx.out.result({**_staff_document(old), "is_archived": True}, f"{old.name} is no longer booked")


def _staff_restore(ctx: Context) -> None:
    old = _resource(ctx, archived=True)
    ctx.shop.businesses.archive(ctx.actor, "resource", old.id, archived=False)
    ctx.out.result({**_staff_document(old), "is_archived": False}, f"{old.name} is booked again")


def _resource(ctx: Context, *, archived: bool = False) -> Resource:
    found = ctx.shop.businesses.catalogue(ctx.actor, with_archived=archived).resources
    return choose(
        [one for one in found if one.is_archived == archived], ctx.args.name, "person or bench", "name"
    )


def _answer_staff(ctx: Context, one: Resource) -> None:
    ctx.out.result(_staff_document(one), f"{one.name}, {_told(one)}")


def _told(one: Resource) -> str:
    parts = ["bench" if one.kind is ResourceKind.BENCH else "person", f"{one.capacity} at once"]
    if one.buffer_minutes:
        parts.append(f"{one.buffer_minutes} min kept free after each")
    if one.is_archived:
        parts.append("archived")
    return ", ".join(parts)


def _staff_document(one: Resource) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind.value,
        "capacity": one.capacity,
        "buffer_minutes": one.buffer_minutes,
        "is_archived": one.is_archived,
    }
