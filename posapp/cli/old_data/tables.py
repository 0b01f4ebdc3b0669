"""Lists of customers on the command line: what files are, what their columns mean, what is seen of them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from posapp.cli.context import Context
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import ImportField, ImportOrder, System, TableSight

FIELDS = ", ".join(field.value for field in ImportField)


def add_options(command: ArgumentParser) -> None:
    """Add what tables are read by."""
    command.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help=f"what a column of a table means, once for each column: {FIELDS}",
    )
    command.add_argument(
        "--no-split", action="store_true", help="refuse a row with several numbers in a cell"
    )
    command.add_argument("--sight", action="store_true", help="say what the files are, and bring nothing in")


def mapped(typed: Iterable[str]) -> dict[str, ImportField]:
    """The columns that were typed; `DomainError` field_unknown for what is no field."""
    found: dict[str, ImportField] = {}
    for text in typed:
        column, sign, word = text.rpartition("=")
        fields = {field.value: field for field in ImportField}
        meaning = fields.get(word.strip().casefold().replace("-", "_"))
        if not sign or not column.strip() or meaning is None:
            raise DomainError(
                "field_unknown",
                f"--map takes COLUMN=FIELD, not {text[:60]}. The fields are: {FIELDS}.",
                field="mapping",
            )
        if found.setdefault(column.strip(), meaning) is not meaning:
            raise DomainError(
                "field_twice", f"--map says two things of the column {column.strip()[:60]}.", field="mapping"
            )
    return found


def order_from_files(args: Namespace, paths: Sequence[Path], region: str, currency: str) -> ImportOrder:
    """What is to be done with these files; what they are is told by them where --system does not."""
    from posapp.services.old_data.reading import open_source
    from posapp.services.old_data.recognising import recognise, table_of
    from posapp.services.old_data.sources import checked
    from posapp.services.old_data.systems import CUSTOMERS

    mapping = mapped(args.map)
    if args.system or (mapping and len(paths) == 1):
        if len(paths) != 1:
            raise DomainError("files_several", "Import one list of customers at a time.", field="files")
        system = args.system or table_of(paths[0], open_source(paths[0])).system.value
        found = {CUSTOMERS: str(paths[0])}
    else:
        known = recognise(paths)
        system, found = known.system.value, {name: str(path) for name, path in known.files.items()}
    order = checked(system, found, region, currency)
    return ImportOrder(
        system=order.system,
        files=found,
        region=order.region,
        currency=order.currency,
        mapping=mapping,
        splits=not args.no_split,
    )


def show(ctx: Context, paths: Sequence[Path]) -> None:
    """Say what the files are."""
    from posapp.services.old_data.sources import is_source, order_of

    region = currency = ""
    if len(paths) == 1 and is_source(paths[0]):
        told = order_of(paths[0])
        region, currency = told.region, told.currency
        paths = [Path(one) for one in told.files.values()]
    country = ctx.args.region or region or ctx.business.region
    found = ctx.shop.imports.sight(ctx.actor, paths, region=country, mapping=mapped(ctx.args.map))
    document = {"region": region, "currency": currency, "files": [_document(one) for one in found]}
    ctx.out.result(document, lambda: [line for one in found for line in _lines(one)])


def _document(sight: TableSight) -> dict[str, object]:
    return {
        "path": sight.path,
        "name": sight.name,
        "size": sight.size,
        "system": sight.system.value,
        "collection": sight.collection,
        "rows": sight.rows,
        "is_estimated": sight.is_estimated,
        "dates": sight.dates,
        "columns": [
            {
                "name": one.name,
                "field": one.field.value if one.field else None,
                "is_sure": one.is_sure,
                "samples": list(one.samples),
                "filled": one.filled,
            }
            for one in sight.columns
        ],
    }


def _lines(sight: TableSight) -> Iterable[str]:
    about = "about " if sight.is_estimated else ""
    of = f", {sight.collection}" if sight.system.is_old else ""
    known = "a table" if sight.system is System.GENERAL else sight.system.called
    yield f"{sight.name}: {known}{of}, {about}{sight.rows:,} rows."
    if sight.dates:
        yield f"  Dates are read as {sight.dates}."
    for one in sight.columns:
        meaning = one.field.value if one.field else "left out"
        doubt = "" if one.is_sure else "?"
        yield f"  {one.name}: {meaning}{doubt} ({one.filled:,} filled) {' · '.join(one.samples)}".rstrip()
