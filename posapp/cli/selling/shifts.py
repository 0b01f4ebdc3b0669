"""`posapp shift …`: the drawer of this till, from its float to its count."""

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.parser import Group, count
from posapp.cli.selling.order_text import TENDER_WORDS
from posapp.cli.values import parse_counted, parse_sum, shown_at, shown_price
from posapp.cli.ways_out import add_way_out, way_out
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.selling.shifts import CashKind, CashMove, Shift, Verified
from posapp.domain.selling.takings import FigureKind, figures
from posapp.services.selling.shifts import CloseShift, Reading

_FIGURES = {
    FigureKind.SALES: "Sales ({})",
    FigureKind.REFUNDS: "Refunds ({})",
    FigureKind.APART: "Deposits, cards",
    FigureKind.USED: "Used of them",
    FigureKind.ACCOUNT: "On account",
    FigureKind.ROUNDING: "Rounding",
    FigureKind.TAKEN: "Taken in",
}


def add_to(root: Group) -> None:
    """Add `shift`."""
    group = root.group("shift", "the drawer of this till: float, cash in and out, X, count, Z")
    begin = group.command("open", _open, "begin a shift with what lies in the drawer")
    begin.add_argument("--float", metavar="A", dest="begin", required=True, help="such as 100 or 99.50")
    for name, run, said in (
        ("in", _in, "put cash into the drawer"),
        ("out", _out, "take cash out of the drawer"),
    ):
        move = group.command(name, run, said)
        move.add_argument("amount", metavar="A")
        move.add_argument("--reason", metavar="TEXT", required=True)
    look = group.command("x", _x, "the open drawer as it is now (X report); it changes nothing")
    add_way_out(look)
    close = group.command("close", _close, "end the shift with what was counted, then see the difference (Z)")
    close.add_argument(
        "--counted", metavar="A", required=True, help="a sum, or notes and coins such as 20x3,0.50x4"
    )
    close.add_argument(
        "--note",
        metavar="TEXT",
        default="",
        help="about a difference; needed above posapp settings shift-difference",
    )
    close.add_argument(
        "--terminal", metavar="A", help="the total on the slip of the card terminal, kept in the journal"
    )
    shown = group.command("z", _z, "a closed shift by its number")
    listed = group.command("list", _list, "the shifts of all tills, the newest first")
    listed.add_argument("--unverified", action="store_true", help="only closed ones that nobody has verified")
    listed.add_argument("--limit", metavar="N", type=count, default=20)
    verify = group.command("verify", _verify, "note what a closed drawer held when counted once more")
    for command in (shown, verify):
        command.add_argument("number", metavar="N", help="such as Z4 or 4")
    verify.add_argument("--amount", metavar="A", required=True)


# -- what is done ------------------------------------------------------------------------------------------
def _open(ctx: Context) -> None:
    _tell(ctx, ctx.shop.shifts.open(ctx.actor, parse_sum(ctx, ctx.args.begin, "float")))


def _in(ctx: Context) -> None:
    _moved(ctx, ctx.shop.shifts.cash_in(ctx.actor, _amount(ctx), ctx.args.reason))


def _out(ctx: Context) -> None:
    _moved(ctx, ctx.shop.shifts.cash_out(ctx.actor, _amount(ctx), ctx.args.reason))


def _x(ctx: Context) -> None:
    out, desk = way_out(ctx), ctx.shop.shifts
    if out.file is not None:
        _tell(ctx, desk.save_x(ctx.actor, out.paper, out.file, replace=out.may_replace))
    elif out.prints:
        _tell(ctx, desk.print_x(ctx.actor, out.paper, out.printer))
    else:
        _tell(ctx, desk.x(ctx.actor))


def _close(ctx: Context) -> None:
    counted = parse_counted(ctx, ctx.args.counted, "counted")
    slip = parse_sum(ctx, ctx.args.terminal, "terminal") if ctx.args.terminal else None
    command = (
        CloseShift(counted_minor=counted, note=ctx.args.note, terminal_minor=slip)
        if isinstance(counted, int)
        else CloseShift(pieces=counted, note=ctx.args.note, terminal_minor=slip)
    )
    _tell(ctx, ctx.shop.shifts.close(ctx.actor, command))


def _z(ctx: Context) -> None:
    _tell(ctx, ctx.shop.shifts.z(ctx.actor, ctx.args.number))


def _list(ctx: Context) -> None:
    args = ctx.args
    found = ctx.shop.shifts.latest(ctx.actor, args.limit, is_unverified=args.unverified)
    ctx.out.result(
        [_line(one) for one in found], lambda: table(_row(ctx, one) for one in found) or "No shifts."
    )


def _verify(ctx: Context) -> None:
    amount = parse_sum(ctx, ctx.args.amount, "amount")
    _tell(ctx, ctx.shop.shifts.verify(ctx.actor, ctx.args.number, amount))


def _amount(ctx: Context) -> int:
    return parse_sum(ctx, ctx.args.amount, "amount")


# -- shown -------------------------------------------------------------------------------------------------
def _moved(ctx: Context, made: Reading) -> None:
    """The answer to cash in and out says nothing of what should be in the drawer: the count is blind."""
    _warn(ctx, made)
    move = made.moves[-1]
    words = "into" if move.kind is CashKind.IN else "out of"
    ctx.out.result(
        {"till": made.shift.till, **_move(move)},
        f"{shown_price(ctx, move.amount_minor)} {words} the drawer of {made.shift.till}: {move.reason}",
    )


def _tell(ctx: Context, made: Reading) -> None:
    _warn(ctx, made)
    ctx.out.result(_document(made), lambda: _lines(ctx, made))


def _warn(ctx: Context, made: Reading) -> None:
    if made.is_forgotten:
        day = shown_day(made.shift.day, locale=ctx.business.locale)
        ctx.out.note(f"The shift of {made.shift.till} is open since {day}. Count the drawer and close it.")


def _lines(ctx: Context, made: Reading) -> list[str]:
    shift, closing = made.shift, made.shift.closing
    moves = [
        [
            "in" if move.kind is CashKind.IN else "out",
            shown_price(ctx, move.amount_minor),
            shown_at(ctx, move.at),
            move.by,
            move.reason,
        ]
        for move in made.moves
    ]
    rows = [
        ("Shift", closing.number if closing else "open"),
        ("Till", shift.till),
        ("Day", shown_day(shift.day, locale=ctx.business.locale)),
        ("Opened", f"{shown_at(ctx, shift.opened_at)}, {shift.opened_by}"),
        ("Closed", f"{shown_at(ctx, closing.at)}, {closing.by}" if closing else ""),
        ("Float", shown_price(ctx, shift.float_minor)),
        ("Cash", "\n".join(table(moves))),
        ("Expected", shown_price(ctx, made.drawer.expected_minor)),
    ]
    if closing is not None:
        rows += [
            ("Counted", shown_price(ctx, closing.counted_minor)),
            ("Difference", shown_price(ctx, closing.difference_minor)),
            ("Note", closing.note),
        ]
    rows += _sold(ctx, made)
    rows += [("Verified", f"{shown_price(ctx, one.amount_minor)}, {one.by}") for one in made.verified]
    return facts(rows)


def _sold(ctx: Context, made: Reading) -> list[tuple[str, str]]:
    """What was sold and given back up to what was taken in, by tender; then the taxes in it."""
    told = figures(made.takings, made.tenders)
    tenders = [[TENDER_WORDS[one.tender], shown_price(ctx, one.amount_minor)] for one in made.tenders]
    taxes = [
        [
            f"{one.name} {percent_text(one.rate)} %",
            shown_price(ctx, one.tax_minor),
            f"of {shown_price(ctx, one.net_minor)}",
        ]
        for one in made.takings.taxes
    ]
    return [
        *((_FIGURES[one.kind].format(one.count), shown_price(ctx, one.amount_minor)) for one in told),
        ("By tender", "\n".join(table(tenders))),
        ("Tax in it", "\n".join(table(taxes))),
    ]


def _document(made: Reading) -> dict[str, object]:
    shift, closing = made.shift, made.shift.closing
    return {
        "number": closing.number if closing else None,
        "till": shift.till,
        "day": shift.day.isoformat(),
        "opened_at": shift.opened_at.isoformat(),
        "opened_by": shift.opened_by,
        "closed_at": closing.at.isoformat() if closing else None,
        "closed_by": closing.by if closing else None,
        "is_forgotten": made.is_forgotten,
        "float_minor": shift.float_minor,
        "in_minor": made.drawer.in_minor,
        "out_minor": made.drawer.out_minor,
        "expected_minor": closing.expected_minor if closing else made.drawer.expected_minor,
        "counted_minor": closing.counted_minor if closing else None,
        "difference_minor": closing.difference_minor if closing else None,
        "pieces": [{"minor": minor, "count": count} for minor, count in closing.pieces] if closing else [],
        "note": closing.note if closing else "",
        "verified": [_verified(one) for one in made.verified],
        "moves": [_move(move) for move in made.moves],
        "tenders": {one.tender.value: one.amount_minor for one in made.tenders},
        **_figures(made),
    }


def _figures(made: Reading) -> dict[str, object]:
    """What was sold up to what was taken in, and the taxes in it."""
    told = figures(made.takings, made.tenders)
    return {
        "sales": made.takings.sales_count,
        "refunds": made.takings.refunds_count,
        **{f"{kind.value}_minor": 0 for kind in FigureKind},
        **{f"{one.kind.value}_minor": one.amount_minor for one in told},
        "taxes": [
            {
                "name": one.name,
                "percent": percent_text(one.rate),
                "net_minor": one.net_minor,
                "tax_minor": one.tax_minor,
            }
            for one in made.takings.taxes
        ],
    }


def _line(one: Shift) -> dict[str, object]:
    closing = one.closing
    return {
        "number": closing.number if closing else None,
        "till": one.till,
        "day": one.day.isoformat(),
        "counted_minor": closing.counted_minor if closing else None,
        "difference_minor": closing.difference_minor if closing else None,
    }


def _row(ctx: Context, one: Shift) -> list[str]:
    closing = one.closing
    day = shown_day(one.day, locale=ctx.business.locale)
    if closing is None:
        return ["open", one.till, day]
    return [
        closing.number,
        one.till,
        day,
        shown_price(ctx, closing.counted_minor),
        shown_price(ctx, closing.difference_minor),
    ]


def _move(move: CashMove) -> dict[str, object]:
    return {
        "kind": move.kind.value,
        "amount_minor": move.amount_minor,
        "reason": move.reason,
        "at": move.at.isoformat(),
        "by": move.by,
        "day": move.day.isoformat(),
    }


def _verified(one: Verified) -> dict[str, object]:
    return {"amount_minor": one.amount_minor, "at": one.at.isoformat(), "by": one.by}
