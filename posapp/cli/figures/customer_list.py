"""`posapp customer list`: all customers with what they came to, as lines, JSON, CSV or XLSX."""

from collections.abc import Iterator
from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, UsageError
from posapp.cli.values import shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.figures.customer_list import CustomerLine, Segment, SortBy, Wanted

_SEGMENTS = {"open": Segment.OPEN_TICKET, "not-seen": Segment.NOT_SEEN}
_SEGMENTS |= {one.value: one for one in Segment if one not in _SEGMENTS.values()}
_SORTS = {one.value.replace("_", "-"): one for one in SortBy}
_UPWARDS = frozenset({SortBy.ID, SortBy.NAME, SortBy.PHONE})
"""Orders that begin with the first where nothing is said; of the others the most come first."""
_PORTION = 1_000


def add_below(group: Group) -> None:
    """Add `list` below `customer`."""
    command = group.command("list", _list, "all customers with their statistics")
    command.add_argument("--segment", choices=sorted(_SEGMENTS), default="all", help="which customers")
    command.add_argument("--sort", choices=tuple(_SORTS), help="in which order; by ID if left out")
    way = command.add_mutually_exclusive_group()
    way.add_argument("--up", action="store_true", help="the least first")
    way.add_argument("--down", action="store_true", help="the most first")
    command.add_argument("--text", default="", metavar="TEXT", help="only those whom the search finds by it")
    command.add_argument(
        "--agreed", action="store_true", help="only those who agreed to offers and can be reached"
    )
    command.add_argument("--limit", type=int, metavar="N", help="so many at most")
    command.add_argument("--format", choices=("csv", "xlsx"), help="into a file")
    command.add_argument("--out", metavar="FILE", type=Path, help="its name ends in .csv or .xlsx")
    command.add_argument("--force", action="store_true", help="write over a file that is there")


def _list(ctx: Context) -> None:
    args = ctx.args
    if args.limit is not None and args.limit < 1:
        raise UsageError("", "--limit takes a number from 1 on")
    wanted = _wanted(ctx)
    place = _file(args.out, args.format)
    if place is not None:
        made = ctx.shop.customer_list.save(ctx.actor, wanted, place, limit=args.limit, replace=args.force)
        ctx.out.result({"file": str(place), "rows": made}, f"{made} rows in {place}")
        return
    lines = _lines(ctx, wanted)
    ctx.out.many(map(_document, lines), lambda: _shown(ctx, lines))


def _wanted(ctx: Context) -> Wanted:
    args = ctx.args
    segment = _SEGMENTS[args.segment]
    usual = SortBy.SPENT if segment is Segment.TOP else SortBy.ID
    sort = usual if args.sort is None else _SORTS[args.sort]
    is_down = args.down or not (args.up or sort in _UPWARDS)
    return Wanted(segment, sort, is_down, args.text, args.agreed)


def _file(out: Path | None, wanted: str | None) -> Path | None:
    """The file to write, whose name fits the format."""
    if wanted is None or out is None:
        if wanted is not None:
            raise DomainError("out_missing", f"Say where the {wanted} goes: --out FILE.{wanted}", field="out")
        return out
    if out.suffix.casefold() != f".{wanted}":
        raise DomainError("file_kind", f"Name a file that ends in .{wanted}.", field="out")
    return out


def _lines(ctx: Context, wanted: Wanted) -> Iterator[CustomerLine]:
    """The customers as they are read, a part at a time; the first one is read at once."""
    left, after = ctx.args.limit, None
    while left is None or left > 0:
        part = ctx.shop.customer_list.page(
            ctx.actor, wanted, after, _PORTION if left is None else min(left, _PORTION)
        )
        yield from part.lines
        after = part.after
        left = None if left is None else left - len(part.lines)
        if after is None:
            return


def _document(line: CustomerLine) -> dict[str, object]:
    return {
        "pl_id": str(line.pl_id),
        "name": line.name,
        "phone": line.phone.key if line.phone else None,
        "visits": line.visits,
        "bookings": line.bookings,
        "tickets": line.tickets,
        "open_tickets": line.open_tickets,
        "last_visit": line.last_visit.isoformat() if line.last_visit else None,
        "spent_minor": line.spent_minor,
        "balance_minor": line.balance_minor,
    }


def _shown(ctx: Context, lines: Iterator[CustomerLine]) -> Iterator[str]:
    """A part of the lines at a time, so that the columns of each are of one width."""
    head, rows = [["", "Name", "Phone", "Visits", "Tickets", "Last visit", "Spent", "Balance"]], 0
    for line in lines:
        head.append(_row(ctx, line))
        rows += 1
        if len(head) > _PORTION:
            yield from table(head)
            head = []
    yield from table(head) if rows else ["There are no such customers."]


def _row(ctx: Context, line: CustomerLine) -> list[str]:
    locale, region = ctx.business.locale, ctx.business.region
    spent, balance = (
        "" if minor is None else shown_price(ctx, minor) for minor in (line.spent_minor, line.balance_minor)
    )
    return [
        str(line.pl_id),
        line.name,
        line.phone.shown(region) if line.phone else "",
        str(line.visits),
        str(line.tickets),
        shown_day(line.last_visit, locale=locale) if line.last_visit else "",
        spent,
        balance,
    ]
