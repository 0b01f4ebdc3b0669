"""`posapp demo`: fill a new database with believable data."""

import signal
from collections.abc import Callable
from dataclasses import asdict
from types import FrameType

from posapp.cli.context import Context
from posapp.cli.parser import Group, count, whole
from posapp.domain.base.errors import DomainError


def add_to(root: Group) -> None:
    """Add `demo`."""
    command = root.command("demo", _demo, "fill a new database with believable data", is_free=True)
    command.add_argument("--customers", metavar="N", type=count, required=True, help="three bookings each")
    command.add_argument(
        "--seed", metavar="S", type=whole, default=1, help="the same seed gives the same shop (1)"
    )
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


class _Stop:
    """Turns Ctrl+C and a request to end into a wish that the work looks at, so that it can tidy up."""

    def __init__(self) -> None:
        self.is_wanted = False

    def __enter__(self) -> "_Stop":
        self._before = {one: signal.signal(one, self._ask) for one in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_error: object) -> None:
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_wanted = True


def _demo(ctx: Context) -> None:
    from posapp.services.care.demo import BUSINESS, build_demo
    from posapp.storage.care.health import shown_place

    args = ctx.args
    with _Stop() as stop:
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
