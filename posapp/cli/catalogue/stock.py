"""`posapp stock …`: what moved the stock of an item, a move by hand, a count of scanned codes."""

from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, UsageError
from posapp.cli.values import parse_price, shown_at, shown_price
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.base.money import Money, format_money
from posapp.domain.catalogue.counts import Count, CountLine, scanned
from posapp.domain.catalogue.items import BY_HAND, Item, MoveKind, StockMove
from posapp.services.catalogue.items import MoveStock


def add_to(root: Group) -> None:
    """Add `stock`."""
    group = root.group("stock", "how many there are, and what moved them")
    show = group.command("show", _show, "the stock of an item and its moves, the newest first")
    show.add_argument("code", metavar="SKU", help="its SKU or a barcode")
    show.add_argument("--limit", metavar="N", type=int, default=50)
    move = group.command("move", _move, "pieces came in, or (below zero) went out")
    move.add_argument("code", metavar="SKU", help="its SKU or a barcode")
    move.add_argument("quantity", metavar="N", help="such as 5 or -2")
    move.add_argument(
        "--kind",
        choices=sorted(BY_HAND),
        help="why; without it what comes in is received, and what goes out was counted",
    )
    move.add_argument("--cost", metavar="C", help="what each piece received costs")
    move.add_argument("--note", metavar="TEXT", default="", help="from whom, or why")
    counted = group.command(
        "count",
        _count,
        "compare scanned codes with the stock, and book the difference",
        details="The file has one code a line, or code;12 for twelve. What it does not name is not counted.",
    )
    counted.add_argument("file", metavar="FILE")
    counted.add_argument("--book", action="store_true", help="let the stock be what was counted")
    counted.add_argument("--note", metavar="TEXT", default="")
    _add_counting(group)


def _add_counting(group: Group) -> None:
    going = group.group("counting", "a count that goes on at every till while the shop sells")
    begin = going.command("open", _open, "begin a count")
    begin.add_argument("--note", metavar="TEXT", default="")
    scan = going.command("scan", _scan, "count a piece more, or as many as are said")
    scan.add_argument("code", metavar="CODE", help="a SKU or barcode")
    scan.add_argument("pieces", metavar="N", nargs="?", default="1", help="such as 12, or -1 for one fewer")
    going.command("show", _show_counting, "what was counted beside the stock at each scan, and unknown codes")
    going.command("book", _book_counting, "let the stock differ by what was found, and end the count")
    going.command("drop", _drop_counting, "end the count and change no stock")


def _show(ctx: Context) -> None:
    item = ctx.shop.items.by_code(ctx.actor, ctx.args.code)
    moves = ctx.shop.items.moves(ctx.actor, item.id, limit=ctx.args.limit)
    rows = [
        [
            shown_at(ctx, one.at),
            one.kind.value,
            f"{one.quantity:+d}",
            shown_price(ctx, one.unit_cost_minor) if one.unit_cost_minor is not None else "",
            " ".join(filter(None, (one.number, one.note))),
            one.by,
        ]
        for one in moves
    ]
    document = {**_document(item), "moves": [_move_document(one) for one in moves]}
    ctx.out.result(document, [_words(item), *table(rows)])


def _move(ctx: Context) -> None:
    args = ctx.args
    quantity = _pieces(args.quantity)
    item = ctx.shop.items.by_code(ctx.actor, args.code)
    kind = MoveKind(args.kind) if args.kind else MoveKind.RECEIVED if quantity > 0 else MoveKind.COUNTED
    cost = parse_price(ctx, args.cost) if args.cost is not None else None
    command = MoveStock(item_id=item.id, kind=kind, quantity=quantity, unit_cost_minor=cost, note=args.note)
    moved = ctx.shop.items.move(ctx.actor, command)
    ctx.out.result(_document(moved), _words(moved))


def _pieces(typed: str) -> int:
    try:
        return int(typed)
    except ValueError:
        raise UsageError("", f"{typed[:20]} is no number of pieces; write 5 or -2") from None


def _count(ctx: Context) -> None:
    args = ctx.args
    codes = scanned(_lines(args.file))
    if args.book:
        found = ctx.shop.counts.book(ctx.actor, codes, args.note)
    else:
        found = ctx.shop.counts.compare(ctx.actor, codes)
    _answer_count(ctx, found, is_booked=args.book)


def _open(ctx: Context) -> None:
    made = ctx.shop.counts.open(ctx.actor, ctx.args.note)
    ctx.out.result({"note": made.note, "opened_by": made.opened_by}, "The count goes on.")


def _scan(ctx: Context) -> None:
    args = ctx.args
    found = ctx.shop.counts.scan(ctx.actor, args.code, _pieces(args.pieces))
    document = {
        "code": found.code,
        "sku": found.item.sku if found.item else None,
        "counted": found.counted,
        "stock": found.item.stock if found.item else None,
    }
    said = f"{found.item.name}: {found.counted} counted" if found.item else f"Unknown: {found.code}"
    ctx.out.result(document, said)


def _show_counting(ctx: Context) -> None:
    going = ctx.shop.counts.current(ctx.actor)
    if going is None:
        raise DomainError("count_none", "No count is going on. Begin one first.")
    _answer_count(ctx, going[1], is_booked=False)


def _book_counting(ctx: Context) -> None:
    _answer_count(ctx, ctx.shop.counts.close(ctx.actor, book=True), is_booked=True)


def _drop_counting(ctx: Context) -> None:
    _answer_count(ctx, ctx.shop.counts.close(ctx.actor, book=False), is_booked=False)


def _answer_count(ctx: Context, found: Count, *, is_booked: bool) -> None:
    rows = [
        [
            one.item.sku,
            one.item.name,
            f"{one.item.stock} in stock",
            f"{one.counted} counted",
            f"{one.pieces:+d}",
            _signed(ctx, one.cost_minor),
        ]
        for one in found.lines
    ]
    document = {
        "booked": is_booked,
        "lines": [_count_document(one) for one in found.lines],
        "pieces": sum(one.pieces for one in found.lines),
        "cost_minor": sum(one.cost_minor or 0 for one in found.lines),
        "unknown": [{"code": code, "times": times} for code, times in found.unknown],
    }
    unknown = [f"Unknown: {code} ({times})" for code, times in found.unknown]
    ctx.out.result(document, [*table(rows), *unknown])


def _lines(name: str) -> list[str]:
    try:
        return Path(name).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("file_unread", f"{name[:200]} cannot be read.", field="file") from error


def _signed(ctx: Context, minor: int | None) -> str:
    if minor is None:
        return ""
    return format_money(Money(minor, ctx.business.currency), ctx.business.locale)


def _count_document(line: CountLine) -> dict[str, object]:
    return {
        "sku": line.item.sku,
        "stock": line.item.stock,
        "counted": line.counted,
        "pieces": line.pieces,
        "cost_minor": line.cost_minor,
    }


def _words(item: Item) -> str:
    if not item.keeps_stock:
        return f"{item.name}: no stock kept"
    reserved = f", {item.reserved} reserved" if item.reserved else ""
    return f"{item.name}: {item.stock} in stock{reserved}"


def _document(item: Item) -> dict[str, object]:
    return {
        "sku": item.sku,
        "name": item.name,
        "stock": item.stock if item.keeps_stock else None,
        "reserved": item.reserved,
        "cost_minor": item.cost_minor,
    }


def _move_document(move: StockMove) -> dict[str, object]:
    return {
        "kind": move.kind.value,
        "quantity": move.quantity,
        "unit_cost_minor": move.unit_cost_minor,
        "number": move.number or None,
        "note": move.note,
        "day": move.business_day.isoformat(),
        "at": move.at.isoformat(),
        "by": move.by,
    }
