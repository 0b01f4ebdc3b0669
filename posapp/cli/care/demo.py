"""`posapp demo`: fill a new database with believable data."""

from collections.abc import Callable
from dataclasses import asdict

from posapp.cli.context import Context
from posapp.cli.parser import Group, count, whole
from posapp.cli.stopping import Stop
from posapp.domain.base.errors import DomainError


def add_to(root: Group) -> None:
    """Add `demo`."""
    command = root.command("demo", _demo, "fill a new database with believable data", is_free=True)
    command.add_argument("--customers", metavar="N", type=count, required=True, help="three bookings each")
    command.add_argument(
        "--seed", metavar="S", type=whole, default=1, help="the same seed gives the same shop (1)"
    )
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _demo(ctx: Context) -> None:
    from posapp.services.care.demo import BUSINESS, build_demo
    from posapp.storage.care.health import shown_place

    args = ctx.args
    with Stop() as stop:
        try:
            made = build_demo(
                ctx.place,
                args.customers,
                seed=args.seed,
                business=ctx.business_name or BUSINESS,
                progress=_teller(ctx) if args.progress else None,
                cancelled=lambda: stop.is_wanted,
            )
        except DomainError as error:
            if stop.is_wanted and error.code == "stopped":
                raise KeyboardInterrupt from error
            raise
    shown = shown_place(ctx.place)
    ctx.out.result(
        {"database": shown, **asdict(made)},
        f"{made.business} is ready in {shown}: {made.customers:,} customers, {made.bookings:,} bookings, "
        f"{made.tickets:,} tickets, {made.orders:,} sales",
    )


def _teller(ctx: Context) -> Callable[[float], None]:
    """Tells each full per cent once."""
    told = -1

    def tell(share: float) -> None:
        nonlocal told
        if int(share * 100) > told:
            told = int(share * 100)
            ctx.out.step({"progress": {"step": "demo", "done": told, "total": 100}})

    return tell
