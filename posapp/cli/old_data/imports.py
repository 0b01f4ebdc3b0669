"""`posapp import …`: bring old data in, list what came, take it back."""

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.cli.care import exports
from posapp.cli.context import Context
from posapp.cli.old_data import batches, tables
from posapp.cli.parser import Group
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import ImportOrder, ImportResult, RowNote, System
from posapp.domain.old_data.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SHOWN = 20
"""So many rows that are refused are shown; the report holds all."""


def add_to(root: Group) -> None:
    """Add `import`."""
    command = root.command(
        "import",
        _import,
        "bring old data in, list what came, take it back",
        details="SOURCE.json names the system, region, currency and files. Without it give the FILES: they "
        "are recognised by their columns, or --map says what those of any other table mean. `import list` "
        "tells what came when. `import undo BATCH` takes an import back, as long as nothing was built on it, "
        "`import resume BATCH` goes on with one that was interrupted; a backup is made first. A "
        "file of `posapp export` makes the same shop in a database that holds none.",
    )
    command.add_argument(
        "what",
        metavar="SOURCE.json|FILE|list|undo BATCH|resume BATCH",
        nargs="+",
        help="what to bring in, or to do",
    )
    command.add_argument("--system", metavar="000", help="what the files come from, where they do not tell")
    command.add_argument("--region", metavar="US", help="the country of numbers without a country code")
    command.add_argument("--currency", metavar="USD", help="the currency of the amounts")
    tables.add_options(command)
    command.add_argument("--dry-run", action="store_true", help="say what would come, and leave nothing")
    command.add_argument("--stage", action="store_true", help="only stage the rows, for posapp consolidate")
    command.add_argument("--report", metavar="FILE.json", help="write every row that is refused to a file")
    command.add_argument("--force", action="store_true", help="replace a report of that name")
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _import(ctx: Context) -> None:
    if batches.run(ctx, ctx.args.what) or exports.brought_back(ctx, ctx.args.what):
        return
    args = ctx.args
    if args.sight:
        tables.show(ctx, [Path(word) for word in args.what])
        return
    order = order_from(ctx, args)
    if args.report and not args.force and Path(args.report).exists():
        raise DomainError(
            "file_exists",
            f"{Path(args.report).name} exists already. Use --force to replace it.",
            field="report",
        )
    with batches.stopping(ctx) as cancelled:
        result, backup = _bring(ctx, order, cancelled)
    document = {**document_of(result), "backup": backup}
    if args.report:
        report = json.dumps(document, ensure_ascii=False, indent=1).encode()
        files.write(Path(args.report), report, replace=args.force)
    ctx.out.result(document, lambda: list(_lines(result, backup)))


def order_from(ctx: Context, args: Namespace) -> ImportOrder:
    """What the command line asks for; region and currency are the shop's where it does not say them."""
    from posapp.services.old_data.sources import checked, collections_of, is_source, order_of

    paths = [Path(word) for word in args.what]
    for path in paths:
        if not path.is_file() and (args.system or not path.is_dir()):
            raise DomainError("file_unknown", f"There is no file {str(path)[:200]}.", field="files")
    if len(paths) == 1 and not args.system and not args.map and path.is_file() and is_source(path):
        return order_of(path)
    region = args.region or ctx.business.region
    currency = args.currency or ctx.business.currency
    if args.system:
        order = checked(args.system, {}, region, currency)
        if order.system.is_old:
            return checked(args.system, collections_of(order.system, paths), region, currency)
    return tables.order_from_files(args, paths, region, currency)


def _bring(ctx: Context, order: ImportOrder, cancelled: "Callable[[], bool]") -> tuple[ImportResult, str]:
    """The result, and the backup that was made first, "" where there was nothing to keep."""
    from posapp.storage.care.health import Holds, holds

    args = ctx.args
    tell = batches.teller(ctx)
    if holds(ctx.place) in (Holds.NOTHING, Holds.EMPTY):
        from posapp.services.old_data.founding import import_new

        made = import_new(
            ctx.place,
            order,
            ctx.till,
            name=ctx.business_name,
            dry_run=args.dry_run,
            progress=tell,
            cancelled=cancelled,
        )
        return made, ""
    backup = "" if args.dry_run else batches.backed_up(ctx)
    result = ctx.shop.imports.run(
        ctx.actor,
        order,
        dry_run=args.dry_run,
        stage_only=args.stage,
        progress=tell,
        cancelled=cancelled,
    )
    return result, backup


def document_of(result: ImportResult) -> dict[str, object]:
    """A result as JSON."""
    return {
        "system": result.system.value,
        "batch": result.batches[0] if result.batches else None,
        "batches": list(result.batches),
        "dry_run": result.is_trial,
        "rows": result.rows,
        "created": result.created,
        "matched": result.matched,
        "joined": result.twice,
        "updated": result.updated,
        "known": result.known,
        "without_phone": result.without_phone,
        "past": result.past,
        "next_pl_id": result.next_pl,
        "rejected_count": result.rejected_count,
        "rejected": _notes(result.rejected),
        "warning_count": result.warning_count,
        "warnings": _notes(result.warnings),
        "updates": _notes(result.updates),
        "unused_columns": list(result.unused_columns),
        "shown": [asdict(one) for one in result.shown],
    }


def _notes(notes: "Sequence[RowNote]") -> list[dict[str, object]]:
    return [
        {"file": one.file, "row": one.row, "code": one.code, "message": one.message or reason_of(one.code)}
        for one in notes
    ]


def _lines(result: ImportResult, backup: str) -> Iterator[str]:
    would = "would be" if result.is_trial else "were"
    yield f"{result.rows:,} rows of {_source(result.system)} {would} read."
    yield f"{result.created:,} customers {would} made, {result.past:,} past records taken."
    if result.matched or result.twice or result.known:
        yield (
            f"{result.matched:,} rows belong to customers who were here, {result.twice:,} to another row's, "
            f"{result.known:,} were here already."
        )
    if result.without_phone:
        yield f"{result.without_phone:,} of them have no phone number."
    if result.updated:
        yield f"{result.updated:,} rows {would} changed since they came:"
        for one in result.updates[:_SHOWN]:
            yield f"  {one.file} row {one.row}: {one.message}"
    if result.unused_columns:
        yield f"Columns left out: {', '.join(result.unused_columns)}."
    if result.next_pl:
        yield f"The next customer gets {result.next_pl}."
    if result.rejected_count:
        yield f"{result.rejected_count:,} rows {would} refused:"
        for one in result.rejected[:_SHOWN]:
            yield f"  {one.file} row {one.row}: {one.message or reason_of(one.code)}"
        if result.rejected_count > _SHOWN:
            yield f"  and {result.rejected_count - _SHOWN:,} more; --report FILE.json writes them all"
    if result.batches:
        yield f"Import {', '.join(map(str, result.batches))}; posapp import undo takes it back."
    if backup:
        yield f"Backup of before: {backup}"


def _source(system: System) -> str:
    return f"{system.called} ({system.value})" if system.is_old else system.called
