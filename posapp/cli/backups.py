"""`posapp backup`, `restore` and `backups`: checked copies, and the way back from one."""

from datetime import UTC, datetime

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, path
from posapp.domain.actor import Actor
from posapp.domain.errors import DomainError
from posapp.domain.pl_id import DocumentNumber, PlId
from posapp.services.backups import Backup, BackupDesk, backups_of, restore
from posapp.services.doctor import shown_size

_LAST = "the last one printed, where the data that is replaced cannot be read"


def add_to(root: Group) -> None:
    """Add `backup`, `restore` and `backups`."""
    backup = root.command("backup", _backup, "make a copy of the shop's data and check it")
    backup.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=path,
        help="a new file or a folder; else the folder of backups",
    )
    back = root.command(
        "restore",
        _restore,
        "put a backup in the place of the shop's data",
        details="What it replaces is kept beside it. Close posapp at every till first.",
    )
    back.add_argument("file", metavar="FILE", type=path)
    back.add_argument("--last-pl-id", metavar="PL120", help=_LAST)
    back.add_argument("--last-booking", metavar="B80", help=_LAST)
    for command in (backup, back):
        command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")
    root.command("backups", _list, "list the backups of this shop, newest first")


def _backup(ctx: Context) -> None:
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        share = done * 100 // max(total, 1)
        if share > told:
            told = share
            ctx.out.step({"progress": {"step": "backup", "done": share, "total": 100}})

    desk = BackupDesk(ctx.shop.store)
    made = desk.make(_actor(ctx), ctx.args.file, progress=tell if ctx.args.progress else None)
    ctx.out.result(_document(made), f"The backup is in {made.file} ({shown_size(made.size)}), checked")


def _list(ctx: Context) -> None:
    """Answers also where the shop's data is missing or damaged: that is when a backup is looked for."""
    found = backups_of(ctx.place)
    rows = [
        [f"{one.made_at.astimezone():%Y-%m-%d %H:%M}", shown_size(one.size), str(one.file)] for one in found
    ]
    ctx.out.result([_document(one) for one in found], table(rows) or "There is no backup yet.")


def _restore(ctx: Context) -> None:
    file = ctx.args.file.absolute()
    last = _last_numbers(ctx)
    try:
        done = restore(_actor(ctx), ctx.place, file, now=datetime.now(UTC), last_numbers=last or None)
    except DomainError as error:
        if error.code != "last_numbers_missing":
            raise
        named = f"{error.sentence} Name them with --last-pl-id and --last-booking."
        raise DomainError(error.code, named, field=error.field) from error
    numbers = {name: last for (_, name), last in done.numbers.items() if last}
    lines = [f"{file.name} is restored"]
    if done.replaced:
        lines.insert(0, f"What was there is kept as {done.replaced}")
    ctx.out.result({"file": str(file), "replaced": done.replaced, "counters": numbers}, lines)


def _last_numbers(ctx: Context) -> dict[str, int]:
    numbers: dict[str, int] = {}
    if ctx.args.last_pl_id is not None:
        numbers["PL"] = PlId.parse(ctx.args.last_pl_id, bare=True).number
    if ctx.args.last_booking is not None:
        numbers["B"] = DocumentNumber.parse(ctx.args.last_booking).number
    return numbers


def _actor(ctx: Context) -> Actor:
    """A backup is of the whole database, whichever business asks."""
    return Actor(0, ctx.till)


def _document(one: Backup) -> dict[str, object]:
    return {"file": str(one.file), "made_at": one.made_at.isoformat(), "size": one.size}
