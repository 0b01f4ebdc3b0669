"""What a file of items or prices brought, or would bring, as both commands tell it."""

from posapp.cli.context import Context
from posapp.services.catalogue.item_files import ItemsImported
from posapp.services.repairs.price_files import PriceImport


def tell_brought(ctx: Context, found: ItemsImported | PriceImport) -> None:
    """Answer an import, with the reason for each row that is refused."""
    refused = [
        {"row": one.line, "code": one.code, "message": one.sentence, "field": one.field or None}
        for one in found.refused
    ]
    document = {
        "dry_run": ctx.args.dry_run,
        "added": found.added,
        "changed": found.changed,
        "same": found.same,
        "rejected": refused,
    }
    said = f"{found.rows} rows: {found.added} new, {found.changed} changed, {found.same} as they are"
    lines = [f"Row {one.line}: {one.sentence}" for one in found.refused]
    ctx.out.result(document, [f"{said}, {len(lines)} refused", *lines])
