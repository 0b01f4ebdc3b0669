"""`posapp hours …`: when the shop, a person or a bench works."""

from collections.abc import Sequence
from datetime import date, timedelta

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser
from posapp.cli.values import choose, parse_shop_day, parse_spans, parse_weekdays, shown_at
from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.typed_dates import WEEKDAYS, shown_day
from posapp.domain.shop.businesses import ExceptionRow, Resource, WeekRow
from posapp.domain.shop.hours import shown_clock
from posapp.services.bookings.bookings import LONGEST_AGENDA

_AHEAD = timedelta(days=366)
_SPANS = "such as 09:00-13:00 14:00-18:00, or closed"
_PAUSES = "such as 13:00-14:00, or none"
_CLOSED, _USUAL = "closed", "usual"
_FEW = 5
_Wanted = dict[str, Sequence[tuple[int, int]]]


def add_to(root: Group) -> None:
    """Add `hours` and what is below it."""
    group = root.group("hours", "opening hours, breaks, closed days", run=_show)
    _of_whom(group.command("show", _show, "show the hours and the special days of the next year"))
    week = group.command("set", _set, "set the hours of some weekdays")
    week.add_argument("days", metavar="DAYS", help="such as mon-fri, sat,sun or all")
    week.add_argument("spans", metavar="HOURS", nargs="+", help=_SPANS)
    week.add_argument("--breaks", metavar="BREAK", nargs="+", help=f"the breaks of these days too, {_PAUSES}")
    pause = group.command("break", _break, "set the breaks of some weekdays")
    pause.add_argument("days", metavar="DAYS", help="such as mon-fri, sat,sun or all")
    pause.add_argument("spans", metavar="HOURS", nargs="+", help=_PAUSES)
    pause.add_argument("--label", metavar="TEXT", default="")
    day = group.command("day", _day, "close one day, or give it hours of its own")
    day.add_argument("day", metavar="DAY", help="such as 2026-12-25")
    day.add_argument("spans", metavar="HOURS", nargs="+", help=f"{_SPANS}, or usual")
    day.add_argument("--reason", metavar="TEXT", default="")
    for command in (week, pause, day):
        _of_whom(command)
    same = group.command("same", _same, "let a person or bench keep the shop's hours again")
    same.add_argument("resource", metavar="WHO")


def _of_whom(parser: Parser) -> None:
    parser.add_argument(
        "--with", metavar="WHO", dest="resource", help="a person or bench; the shop if left out"
    )


def _show(ctx: Context) -> None:
    resource = _resource(ctx)
    key = resource.id if resource else None
    rows = [row for row in ctx.shop.businesses.catalogue(ctx.actor).week if row.resource_id == key]
    special = [
        row
        for row in ctx.shop.hours.exceptions(ctx.actor, ctx.today, ctx.today + _AHEAD)
        if row.resource_id == key
    ]
    document = {
        "with": resource.name if resource else None,
        "week": [_row_document(row) for row in rows],
        "days": [_day_document(row) for row in special],
    }
    lines = (
        table(_week_rows(rows)) if rows or resource is None else [f"{resource.name} keeps the shop's hours."]
    )
    days = table([shown_day(row.day, locale=ctx.business.locale), _hours(row), row.reason] for row in special)
    ctx.out.result(document, [*lines, *days])


def _set(ctx: Context) -> None:
    days = parse_weekdays(ctx.args.days)
    spans = [] if ctx.args.spans == [_CLOSED] else parse_spans(ctx.args.spans, "hours")
    wanted: _Wanted = {"open": spans}
    if ctx.args.breaks is not None:
        wanted["break"] = _pauses(ctx.args.breaks)
    try:
        _replace(ctx, days, wanted)
    except DomainError as error:
        if error.code != "break_outside" or ctx.args.breaks is not None:
            raise
        advice = "Give the breaks of these days with the hours: --breaks 12:00-12:30, or --breaks none."
        raise DomainError(error.code, f"{error} {advice}", field=error.field) from error


def _break(ctx: Context) -> None:
    days = parse_weekdays(ctx.args.days)
    _replace(ctx, days, {"break": _pauses(ctx.args.spans)}, ctx.args.label)


def _pauses(texts: Sequence[str]) -> Sequence[tuple[int, int]]:
    return [] if list(texts) == ["none"] else parse_spans(texts, "breaks")


def _replace(ctx: Context, days: Sequence[int], wanted: _Wanted, label: str = "") -> None:
    """Set hours, breaks, or both at once; the others stay."""
    resource = _resource(ctx)
    key = resource.id if resource else None
    week = ctx.shop.businesses.catalogue(ctx.actor).week
    rows = [row for row in week if row.resource_id == key]
    if resource and "open" in wanted and not any(row.kind == "open" for row in rows):
        # The first own day of a person: the other days begin as the shop's.
        rows += [
            WeekRow(key, row.weekday, "open", row.starts, row.ends)
            for row in week
            if row.resource_id is None and row.kind == "open"
        ]
    kept = [row for row in rows if row.kind not in wanted or row.weekday not in days]
    made = [
        WeekRow(key, day, kind, starts, ends, label if kind == "break" else "")
        for kind, spans in wanted.items()
        for day in days
        for starts, ends in spans
    ]
    ctx.shop.hours.set_week(ctx.actor, key, [*kept, *made])
    _show(ctx)
    _tell_outside(ctx, ctx.today, ctx.today + LONGEST_AGENDA)


def _day(ctx: Context) -> None:
    resource = _resource(ctx)
    key = resource.id if resource else None
    day = parse_shop_day(ctx, ctx.args.day, "day")
    if ctx.args.spans == [_USUAL]:
        rows = []
    elif ctx.args.spans == [_CLOSED]:
        rows = [ExceptionRow(key, day, None, None, ctx.args.reason)]
    else:
        spans = parse_spans(ctx.args.spans, "hours")
        rows = [ExceptionRow(key, day, starts, ends, ctx.args.reason) for starts, ends in spans]
    ctx.shop.hours.set_exceptions(ctx.actor, key, day, rows)
    told = ", ".join(_hours(row) for row in rows) or "usual hours"
    document: dict[str, object] = {
        "with": resource.name if resource else None,
        "day": day.isoformat(),
        "days": [_day_document(row) for row in rows],
    }
    ctx.out.result(document, f"{_shown(ctx, day)}: {told}")
    _tell_outside(ctx, day, day)


def _tell_outside(ctx: Context, first: date, last: date) -> None:
    """Name the bookings that no longer fit: they stand where they are until somebody moves them."""
    if not ctx.actor.may(Permission.BOOKING_READ):
        return
    found = ctx.shop.bookings.outside_hours(ctx.actor, first, last)
    if found:
        named = ", ".join(f"{one.number} {shown_at(ctx, one.starts, one.wall_start)}" for one in found[:_FEW])
        more = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
        ctx.out.note(f"Booked outside of these hours: {named}{more}. Move them, or call the customers.")


def _same(ctx: Context) -> None:
    resource = _resource(ctx)
    assert resource is not None  # the argument is required
    ctx.shop.hours.set_week(ctx.actor, resource.id, [])
    ctx.out.result({"with": resource.name, "week": []}, f"{resource.name} keeps the shop's hours.")


def _resource(ctx: Context) -> Resource | None:
    named = getattr(ctx.args, "resource", None)
    if named is None:
        return None
    return choose(ctx.shop.businesses.catalogue(ctx.actor).resources, named, "person or bench", "with")


def _shown(ctx: Context, day: date) -> str:
    return shown_day(day, locale=ctx.business.locale)


def _hours(row: ExceptionRow) -> str:
    return (
        _CLOSED
        if row.opens is None or row.closes is None
        else f"{shown_clock(row.opens)}–{shown_clock(row.closes)}"
    )


def _week_rows(rows: Sequence[WeekRow]) -> list[list[str]]:
    told = []
    for weekday, name in enumerate(WEEKDAYS):
        here = [row for row in rows if row.weekday == weekday]
        spans = {
            kind: ", ".join(
                f"{shown_clock(row.starts)}–{shown_clock(row.ends)}" for row in here if row.kind == kind
            )
            for kind in ("open", "break")
        }
        pause = f"break {spans['break']}" if spans["break"] else ""
        told.append([name.title(), spans["open"] or _CLOSED, pause])
    return told


def _row_document(row: WeekRow) -> dict[str, object]:
    return {
        "day": WEEKDAYS[row.weekday],
        "kind": row.kind,
        "from": shown_clock(row.starts),
        "to": shown_clock(row.ends),
        "label": row.label,
    }


def _day_document(row: ExceptionRow) -> dict[str, object]:
    return {
        "day": row.day.isoformat(),
        "from": None if row.opens is None else shown_clock(row.opens),
        "to": None if row.closes is None else shown_clock(row.closes),
        "reason": row.reason,
    }
