"""`posapp backup`, `restore`, `backups` and `drill`: checked copies, and the way back from one."""

import sys

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser, UsageError, add_force, path
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import SystemClock
from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.base.numbers import PL, DocumentNumber, Letter
from posapp.domain.customers.pl_id import PlId
from posapp.services.care.backup_sight import latest, look_into
from posapp.services.care.backups import Backup, BackupDesk, backups_of
from posapp.services.care.doctor import shown_size
from posapp.services.care.drills import drill
from posapp.services.care.last_numbers import read_numbers
from posapp.services.care.restore_refusals import SKIPPED
from posapp.services.care.restores import Answers, Restored, restore, restore_latest

_LAST = "the last one printed, where the data that is replaced cannot be read"
_AGREED = {
    "backup_unproven": "--unproven",
    "other_shop": "--other-shop",
    "backup_faulty": "--with-faults",
}


def add_to(root: Group) -> None:
    """Add `backup`, `restore`, `backups` and `drill`."""
    backup = root.command("backup", _backup, "make a copy of the shop's data and check it", is_free=True)
    backup.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=path,
        help="a new file or a folder; else the folder of backups",
    )
    add_force(backup)
    back = root.command(
        "restore",
        _restore,
        "put a backup in the place of the shop's data",
        details="The backup is examined first, by every rule of posapp verify. What it replaces is kept "
        "beside it. Close posapp at every till first.",
        is_free=True,
    )
    _add_restore_options(back)
    tried = root.command(
        "drill",
        _drill,
        "try the newest backup: restore it aside and examine it",
        details="Nothing of the shop is changed but a line in its journal.",
        is_free=True,
    )
    for command in (backup, back, tried):
        command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")
    root.command("backups", _list, "list the backups of this shop, newest first")


def _add_restore_options(back: Parser) -> None:
    back.add_argument("file", metavar="FILE", nargs="?", type=path, help="the backup")
    back.add_argument("--latest", action="store_true", help="the newest backup of this shop that is whole")
    back.add_argument(
        "--last",
        metavar="PL120",
        action="append",
        default=[],
        help="the number of the newest paper, where the data that is replaced cannot say it; repeat for "
        f"each kind (PL, B, T, S, P, Z). A kind that is not named goes on {SKIPPED:,} further",
    )
    back.add_argument("--last-pl-id", metavar="PL120", help=_LAST)
    back.add_argument("--last-booking", metavar="B80", help=_LAST)
    back.add_argument(
        "--unproven", action="store_true", help="also a copy without its .json file, if it is whole"
    )
    back.add_argument("--other-shop", action="store_true", help="also in the place of another shop")
    back.add_argument(
        "--with-faults", action="store_true", help="also where rules of posapp verify are broken"
    )


def _backup(ctx: Context) -> None:
    tell = ctx.teller()
    desk = BackupDesk(ctx.shop.store)
    made = desk.make(
        _actor(ctx),
        ctx.args.file,
        replace=ctx.args.force,
        progress=(lambda done, total: tell("backup", done, total)) if tell else None,
    )
    ctx.out.result(_document(made), f"The backup is in {made.file} ({shown_size(made.size)}), checked")


def _list(ctx: Context) -> None:
    """Answers also where the shop's data is missing or damaged: that is when a backup is looked for."""
    found = backups_of(ctx.place)
    rows = [
        [
            f"{one.made_at.astimezone():%Y-%m-%d %H:%M}",
            shown_size(one.size),
            one.businesses or "(no .json beside it)",
            str(one.file),
        ]
        for one in found
    ]
    ctx.out.result([_document(one) for one in found], table(rows) or "There is no backup yet.")


def _drill(ctx: Context) -> None:
    done = drill(_actor(ctx), ctx.shop.store, progress=ctx.teller())
    made = f"{done.backup.made_at.astimezone():%Y-%m-%d %H:%M}"
    ctx.out.result(
        {**_document(done.backup), "rules": done.rules},
        f"The backup of {made} would bring the shop back: it is whole and keeps all {done.rules} rules",
    )


# -- restore -------------------------------------------------------------------------------------------------
def _restore(ctx: Context) -> None:
    args = ctx.args
    if (args.file is None) != args.latest:
        raise UsageError("", "name a FILE, or --latest")
    last = _last_numbers(ctx)
    answers = Answers(unproven=args.unproven, other_shop=args.other_shop, faults=args.with_faults, skip=True)
    now, tell = SystemClock().now(), ctx.teller()
    try:
        last |= _asked(ctx, last)
        if args.latest:
            done = restore_latest(
                _actor(ctx), ctx.place, now=now, last_numbers=last, answers=answers, progress=tell
            )
        else:
            done = restore(
                _actor(ctx),
                ctx.place,
                args.file.absolute(),
                now=now,
                last_numbers=last,
                answers=answers,
                progress=tell,
            )
    except PosappError as error:
        option = _AGREED.get(error.code)
        if option is None or args.progress:  # a window asks in its own words
            raise
        told = f"{error.sentence} To agree: {option}."
        raise DomainError(error.code, told, field=error.field, **error.facts) from error
    _tell_restored(ctx, done)


def _tell_restored(ctx: Context, done: Restored) -> None:
    facts = done.facts
    made = f", made {done.made_at.astimezone():%Y-%m-%d %H:%M}" if done.made_at else ""
    till = f" by {done.till}" if done.till else ""
    lines = [f"{done.file.name} is restored: {', '.join(facts.businesses)}{made}{till}"]
    if done.replaced:
        lines.insert(0, f"What was there is kept as {done.replaced}")
    if done.skipped:
        ctx.out.note(
            "Nothing said which numbers were given out after the backup, so that none is given out twice "
            f"these go on {SKIPPED:,} further: {', '.join(sorted(done.skipped))}."
        )
    ctx.out.result(
        {
            "file": str(done.file),
            "replaced": done.replaced,
            "counters": {name: last for (_, name), last in done.numbers.items() if last},
            "skipped": sorted(done.skipped),
            "businesses": list(facts.businesses),
            "identity": facts.identity,
            "made_at": done.made_at.isoformat() if done.made_at else None,
        },
        lines,
    )


def _last_numbers(ctx: Context) -> dict[str, int]:
    numbers: dict[str, int] = {}
    if ctx.args.last_pl_id is not None:
        numbers[PL] = PlId.parse(ctx.args.last_pl_id, bare=True).number
    if ctx.args.last_booking is not None:
        numbers[Letter.BOOKING] = DocumentNumber.parse(ctx.args.last_booking, (Letter.BOOKING,)).number
    for text in ctx.args.last:
        numbers |= read_numbers(text)
    return numbers


def _asked(ctx: Context, last: dict[str, int]) -> dict[str, int]:
    """Ask whoever sits at a terminal for the newest papers, if nothing else says what they carry."""
    if last or ctx.out.as_json or ctx.args.progress or sys.stdin is None or not sys.stdin.isatty():
        return {}
    file = latest(ctx.place).file if ctx.args.latest else ctx.args.file.absolute()
    if not look_into(ctx.place, file).needs_numbers:
        return {}
    ctx.out.note(
        "Nothing here says which numbers were given out after the backup. Type those of the newest papers, "
        f"such as PL120 B80 T33; each kind that is not named goes on {SKIPPED:,} further:"
    )
    return read_numbers(line) if (line := sys.stdin.readline(1000).strip()) else {}


# -- small parts ---------------------------------------------------------------------------------------------
def _actor(ctx: Context) -> Actor:
    """The till itself, for a backup is of the whole database; from a window whoever works there."""
    return ctx.of_whole if getattr(ctx.args, "pass_stdin", False) else Actor(0, ctx.till)


def _document(one: Backup) -> dict[str, object]:
    facts = one.manifest.facts if one.manifest else None
    return {
        "file": str(one.file),
        "made_at": one.made_at.isoformat(),
        "size": one.size,
        "has_manifest": facts is not None,
        "businesses": list(facts.businesses) if facts else [],
        "identity": facts.identity if facts else "",
        "till": one.manifest.till if one.manifest else "",
    }
