"""`posapp export`: everything as one JSON file or as tables, and the way back into an empty database."""

import sys
from collections.abc import Sequence
from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.parser import Group, add_force, path
from posapp.domain.base.errors import DomainError

_STDOUT = Path("-")


def add_to(root: Group) -> None:
    """Add `export`."""
    command = root.command(
        "export",
        _export,
        "write everything that the database holds, in open formats",
        details="All businesses, people and books are in it, and no PINs, passwords, badges and passcodes. "
        "`posapp import FILE` makes the same shop of a JSON export, in an empty database.",
        has_json=False,
    )
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--json", metavar="FILE", type=path, dest="json_file", help="as one JSON file (- is standard output)"
    )
    where.add_argument("--csv", metavar="DIR", type=path, help="as tables for a spreadsheet, in a new folder")
    add_force(command)
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _export(ctx: Context) -> None:
    args, desk, actor = ctx.args, ctx.shop.exports, ctx.of_whole
    tell = ctx.teller()
    progress = (lambda done, total: tell("export", done, total)) if tell else None
    if args.csv is not None:
        made = desk.to_csv(actor, args.csv, replace=args.force, progress=progress)
        ctx.out.result({}, f"{made.rows:,} rows are written to {made.files} files in {args.csv}")
    elif args.json_file == _STDOUT:
        if sys.stdout is None:
            raise DomainError("no_output", "There is no standard output here. Name a file.", field="file")
        desk.to_json(actor, None, progress=progress)
    else:
        made = desk.to_json(actor, args.json_file, replace=args.force, progress=progress)
        ctx.out.result(
            {}, f"{made.customers:,} customers and {made.rows:,} rows are written to {args.json_file}"
        )


def brought_back(ctx: Context, words: Sequence[str]) -> bool:
    """Bring an export of ours into the database that is named, which holds no shop yet; False for others."""
    from posapp.services.care.export_imports import is_own_export, load_export
    from posapp.storage.care.health import shown_place

    file = Path(words[0])
    if len(words) != 1 or not is_own_export(file):
        return False
    args = ctx.args
    if args.dry_run or args.stage or args.system or args.report:
        raise DomainError(
            "export_whole",
            "This is an export of posapp itself. It makes a whole shop in a database that holds none yet: "
            "posapp import FILE --database NEW, without further options.",
            field="files",
        )
    tell = ctx.teller()
    made = load_export(
        ctx.place, file, progress=(lambda done, total: tell("import", done, total)) if tell else None
    )
    shown = shown_place(ctx.place)
    if made.users:
        ctx.out.note(
            "PINs, passwords and badges are not part of an export. To sign in again: posapp user reset-admin."
        )
    ctx.out.result(
        {
            "system": "posapp",
            "database": shown,
            "businesses": list(made.businesses),
            "created": made.customers,
            "rows": made.rows,
        },
        f"{', '.join(made.businesses)} is ready in {shown}: {made.customers:,} customers, {made.rows:,} rows",
    )
    return True
