"""`posapp search`: the window's search, best answers first."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, count
from posapp.cli.values import shown_phone
from posapp.domain.catalogue.items import Item
from posapp.services.counter.search import LIMIT, Hit


def add_to(root: Group) -> None:
    """Add `search`."""
    command = root.command(
        "search", _search, "find people, records and items by name, phone, e-mail, PL ID, number or SKU"
    )
    command.add_argument("text", metavar="TEXT", nargs="+")
    command.add_argument("--limit", metavar="N", type=count, default=LIMIT, help=f"at most so many ({LIMIT})")


def _search(ctx: Context) -> None:
    text, most = " ".join(ctx.args.text), ctx.args.limit
    found = ctx.shop.search.search(ctx.actor, text, limit=most)
    items = ctx.shop.items.find(ctx.actor, text, limit=most + 1)
    answers = [
        (_document(hit), [hit.number, _owner(hit), hit.name, shown_phone(ctx, hit.phone), _said(hit)])
        for hit in found.hits
    ]
    at = 0 if items and items[0].is_coded(text) else len(answers)  # a whole code means that item
    answers[at:at] = [(_item_document(one), [one.sku, "item", one.name]) for one in items]
    rows = [row for _, row in answers[:most]]
    ctx.out.result([one for one, _ in answers[:most]], table(rows) if rows else ["Nothing found."])
    if found.has_more or len(answers) > most:
        ctx.out.note("There are more. Type more, or use --limit.")


def _owner(hit: Hit) -> str:
    return str(hit.pl_id or "") if hit.kind != "customer" else "former" if hit.is_former else ""


def _said(hit: Hit) -> str:
    """The address, or the old ID that answers to the text."""
    return f"old ID {hit.found}" if hit.is_by_old_id else hit.found or hit.email


def _item_document(item: Item) -> dict[str, object]:
    found = {"kind": "item", "number": item.sku, "pl_id": None, "name": item.name, "phone": None}
    return {**found, "price_minor": item.price_minor}


def _document(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "number": hit.number,
        "pl_id": str(hit.pl_id) if hit.pl_id else None,
        "name": hit.name,
        "phone": hit.phone.key if hit.phone else None,
        "email": hit.email,
        "is_former": hit.is_former,
        "is_flagged": hit.is_flagged,
        "why": hit.why,
        "found": hit.found,
    }
