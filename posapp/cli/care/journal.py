"""`posapp journal`: who did what, the newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from posapp.cli.context import Context
from posapp.cli.output import plain, table
from posapp.cli.parser import Group, count
from posapp.cli.values import parse_shop_day, shown_at
from posapp.domain.base.actions import spelled
from posapp.domain.base.journal import JournalLine
from posapp.services.care.journal import KINDS, OTHER, PAGE, JournalAsked

_LIMIT = 50


def add_to(root: Group) -> None:
    """Add `journal`."""
    group = root.group("journal", "who did what and when; posapp verify checks that nobody altered it")
    listed = group.command("list", _list, "the entries, the newest first, one a line")
    listed.add_argument("--who", metavar="NAME", default="", help="a person, or a till without one")
    listed.add_argument(
        "--about", metavar="WHAT", default="", help=f"{', '.join((*KINDS, OTHER))}, or a word such as photo"
    )
    listed.add_argument("--from", metavar="DAY", dest="since", help="the first day, such as 2026-11-20")
    listed.add_argument("--to", metavar="DAY", dest="until", help="the last day, included")
    listed.add_argument("--number", metavar="N", default="", help="of a record: T12, B3, S7, P7, Z4, PL7")
    listed.add_argument(
        "--limit", metavar="N", type=count, default=_LIMIT, help=f"at most so many ({_LIMIT})"
    )


def _list(ctx: Context) -> None:
    args = ctx.args
    asked = JournalAsked(
        who=args.who,
        about=args.about,
        since=parse_shop_day(ctx, args.since, "from") if args.since else None,
        until=parse_shop_day(ctx, args.until, "to") if args.until else None,
        number=args.number,
    )
    lines = list(_lines(ctx, asked, args.limit))
    ctx.out.result(
        lambda: [_document(line) for line in lines],
        lambda: table(_row(ctx, line) for line in lines) or "No entries.",
    )


def _lines(ctx: Context, asked: JournalAsked, limit: int) -> Iterator[JournalLine]:
    while limit > 0:
        page = ctx.shop.journal.page(ctx.actor, asked, min(limit, PAGE))
        yield from page.lines
        if page.before is None:
            return
        limit -= len(page.lines)
        asked = replace(asked, before=page.before)


def _row(ctx: Context, line: JournalLine) -> list[str]:
    who = f"{line.who} (approved by {line.approved_by})" if line.approved_by else line.who
    return [str(line.id), shown_at(ctx, line.at), who, spelled(line.action), line.ref, _told(line)]


def _told(line: JournalLine) -> str:
    """What was and what is, as it stands in the journal."""
    names = [name for name in {**line.before, **line.after} if line.before.get(name) != line.after.get(name)]
    told = []
    for name in names:
        before, after = _shown(line.before, name), _shown(line.after, name)
        told.append(f"{name}: {before} → {after}" if name in line.before else f"{name}: {after}")
    return ", ".join(told)


def _shown(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return "–" if value in (None, "") else str(value)


def _document(line: JournalLine) -> dict[str, object]:
    return {
        "entry": line.id,
        "at": line.at.isoformat(),
        "who": line.who,
        "till": line.till,
        "approved_by": line.approved_by or None,
        "action": line.action,
        "number": line.ref or None,
        "before": {name: _plain(value) for name, value in line.before.items()},
        "after": {name: _plain(value) for name, value in line.after.items()},
    }


def _plain(value: object) -> object:
    """Lists and groups of values stay what they are."""
    return value if isinstance(value, list | dict) else plain(value)
