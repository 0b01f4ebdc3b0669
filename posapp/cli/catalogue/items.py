"""`posapp item …`: the catalogue of goods, parts and services."""

from dataclasses import replace
from pathlib import Path

from posapp.cli.catalogue.brought import tell_brought
from posapp.cli.context import Context
from posapp.cli.labels import add_ways_out, give_out, paper_of
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser, UsageError, whole
from posapp.cli.values import choose, parse_price, shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import Item, ItemKind
from posapp.domain.papers.documents import PaperKind
from posapp.services.catalogue.item_files import COLUMNS
from posapp.services.catalogue.items import SaveItem, command_of
from posapp.services.catalogue.labels import LabelOf

_MOST = 100_000


def add_to(root: Group) -> None:
    """Add `item`."""
    group = root.group("item", "the catalogue: goods, parts and services")
    listed = group.command("list", _list, "list the items by name")
    listed.add_argument("words", metavar="TEXT", nargs="?", default="", help="words, a SKU or a barcode")
    listed.add_argument("--all", action="store_true", help="also those that are no longer sold")
    listed.add_argument("--low", action="store_true", help="only those of which it is time to order")
    _add_saving(group)
    price = group.command("price", _tell_price, "what an item costs, or what it costs a customer")
    price.add_argument("code", metavar="SKU", help="its SKU or a barcode")
    price.add_argument("--for", metavar="ID", dest="customer", help="a customer, by any ID")
    quick = group.command("quick", _quick, "list or set the items that are sold with one key")
    quick.add_argument("codes", metavar="SKU", nargs="*", help="SKUs or barcodes in their order; '' for none")
    _add_files(group)
    archive = group.command("archive", _archive, "sell an item no longer; what was sold stays")
    restore = group.command("restore", _restore, "sell an item again")
    for command in (archive, restore):
        command.add_argument("code", metavar="SKU")


def _add_saving(group: Group) -> None:
    add = group.command(
        "add",
        _add,
        "add an item",
        details="Without --stock its stock is not kept, and it can always be sold.",
    )
    add.add_argument("--sku", metavar="S", required=True)
    add.add_argument("--name", metavar="N", required=True)
    add.add_argument("--price", metavar="P", required=True)
    add.add_argument("--kind", choices=[one.value for one in ItemKind], default=ItemKind.GOODS.value)
    add.add_argument("--stock", metavar="N", type=whole, help="how many there are")
    edit = group.command("edit", _edit, "change an item")
    edit.add_argument("code", metavar="SKU", help="its SKU or a barcode")
    edit.add_argument("--sku", metavar="S", help="another SKU")
    edit.add_argument("--name", metavar="N")
    edit.add_argument("--price", metavar="P")
    edit.add_argument("--no-barcode", metavar="B", action="append", default=[], help="take a barcode away")
    for command in (add, edit):
        _add_facts(command)


def _add_files(group: Group) -> None:
    bring = group.command(
        "import",
        _import,
        "add and change items from a CSV or XLSX file",
        details=f"Its first row names the columns: {', '.join(COLUMNS)}. What a row leaves "
        "empty stays as it is. A stock is opened for new items only.",
    )
    bring.add_argument("file", metavar="FILE", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    export = group.command("export", _export, "write the items in use into a CSV or XLSX file")
    export.add_argument("file", metavar="FILE", type=Path, help="its name ends in .csv or .xlsx")
    export.add_argument("--force", action="store_true", help="replace a file that is there")
    _add_label(group)


def _add_label(group: Group) -> None:
    label = group.command("label", _label, "price labels with a code to scan")
    label.add_argument("codes", metavar="SKU", nargs="+", help="SKUs or barcodes")
    label.add_argument("--copies", metavar="N", type=whole, default=1, help="of each")
    add_ways_out(label, PaperKind.PRICE_LABEL)


def _add_facts(command: Parser) -> None:
    command.add_argument("--cost", metavar="C", help="what a piece costs the shop, until some are received")
    command.add_argument("--tax", metavar="NAME", help="instead of the default one; '' for the default")
    command.add_argument("--barcode", metavar="B", action="append", default=[], help="may come several times")
    command.add_argument("--commodity-code", metavar="C", help="HSN, SAC or the like")
    command.add_argument("--reorder", metavar="N", type=whole, help="when so many are left, order")


def _list(ctx: Context) -> None:
    found = ctx.shop.items.find(ctx.actor, ctx.args.words, with_archived=ctx.args.all, limit=_MOST)
    wanted = [one for one in found if one.is_low and not one.is_archived] if ctx.args.low else found
    names = _tax_names(ctx)
    rows = [[one.sku, one.name, shown_price(ctx, one.price_minor), _stock_words(one)] for one in wanted]
    ctx.out.result([_document(one, names) for one in wanted], table(rows) or "No items.")


def _add(ctx: Context) -> None:
    args = ctx.args
    command = SaveItem(
        sku=args.sku,
        name=args.name,
        kind=ItemKind(args.kind),
        price_minor=_price(ctx, args.price, "price"),
        entered_cost_minor=_price(ctx, args.cost, "cost") if args.cost else None,
        tax_id=_tax(ctx, args.tax or ""),
        keeps_stock=args.stock is not None,
        opening=args.stock or 0,
        reorder_level=args.reorder or 0,
        commodity_code=args.commodity_code or "",
        barcodes=tuple(args.barcode),
    )
    _answer(ctx, ctx.shop.items.save(ctx.actor, command))


def _edit(ctx: Context) -> None:
    args = ctx.args
    given = (args.sku, args.name, args.price, args.cost, args.tax, args.reorder, args.commodity_code)
    if all(one is None for one in given) and not args.barcode and not args.no_barcode:
        raise UsageError("", "name what to change, such as --price P")
    old = ctx.shop.items.by_code(ctx.actor, args.code)
    command = command_of(old)
    if args.price is not None:
        command = replace(command, price_minor=_price(ctx, args.price, "price"))
    if args.cost is not None:
        command = replace(command, entered_cost_minor=_price(ctx, args.cost, "cost") if args.cost else None)
    if args.tax is not None:
        command = replace(command, tax_id=_tax(ctx, args.tax))
    codes = [code for code in old.barcodes if code not in args.no_barcode]
    command = replace(
        command,
        sku=old.sku if args.sku is None else args.sku,
        name=old.name if args.name is None else args.name,
        reorder_level=old.reorder_level if args.reorder is None else args.reorder,
        commodity_code=old.commodity_code if args.commodity_code is None else args.commodity_code,
        barcodes=(*codes, *args.barcode),
    )
    _answer(ctx, ctx.shop.items.save(ctx.actor, command))


def _tell_price(ctx: Context) -> None:
    item, price = ctx.shop.items.by_code(ctx.actor, ctx.args.code), None
    if ctx.args.customer:
        customer = ctx.shop.customers.resolve(ctx.actor, ctx.args.customer).customer
        price = ctx.shop.price_levels.price(ctx.actor, item.id, customer.id)
    minor = item.price_minor if price is None else price
    ctx.out.result({"sku": item.sku, "price_minor": minor}, f"{item.name}: {shown_price(ctx, minor)}")


def _quick(ctx: Context) -> None:
    desk, codes = ctx.shop.items, ctx.args.codes
    if codes:
        found = desk.set_quick(ctx.actor, [desk.by_code(ctx.actor, code).id for code in codes if code])
    else:
        found = desk.quick(ctx.actor)
    names = _tax_names(ctx)
    rows = [[str(place), one.sku, one.name] for place, one in enumerate(found, start=1)]
    ctx.out.result([_document(one, names) for one in found], table(rows) or "No quick items.")


def _import(ctx: Context) -> None:
    args = ctx.args
    tell_brought(ctx, ctx.shop.item_files.import_file(ctx.actor, args.file, dry_run=args.dry_run))


def _export(ctx: Context) -> None:
    count = ctx.shop.item_files.export_file(ctx.actor, ctx.args.file, replace=ctx.args.force)
    ctx.out.result({"file": str(ctx.args.file), "items": count}, f"{count} items in {ctx.args.file}")


def _label(ctx: Context) -> None:
    paper = paper_of(ctx)
    wanted = [LabelOf(ctx.shop.items.by_code(ctx.actor, code).id, ctx.args.copies) for code in ctx.args.codes]
    give_out(ctx, ctx.shop.labels, wanted, paper)


def _archive(ctx: Context) -> None:
    old = ctx.shop.items.by_code(ctx.actor, ctx.args.code)
    _answer(ctx, ctx.shop.items.save(ctx.actor, replace(command_of(old), is_archived=True)))


def _restore(ctx: Context) -> None:
    wanted = ctx.args.code.strip().casefold()
    found = ctx.shop.items.find(ctx.actor, wanted, with_archived=True)
    old = next((one for one in found if one.is_archived and one.sku.casefold() == wanted), None)
    if old is None:
        raise DomainError("item_unknown", f"No item {ctx.args.code[:40]} is archived.", field="sku")
    _answer(ctx, ctx.shop.items.save(ctx.actor, command_of(old)))


def _price(ctx: Context, text: str, field: str) -> int:
    found = parse_price(ctx, text)
    if found is None:
        raise DomainError("price_invalid", "Enter an amount such as 12.50.", field=field)
    return found


def _tax(ctx: Context, name: str) -> int | None:
    return choose(ctx.shop.taxes.all(ctx.actor), name, "tax", "tax").id if name else None


def _tax_names(ctx: Context) -> dict[int | None, str]:
    known = ctx.shop.taxes.all(ctx.actor, with_archived=True)
    default = next(one.name for one in known if one.is_default)
    return {None: default, **{one.id: one.name for one in known}}


# -- shown -------------------------------------------------------------------------------------------------
def _answer(ctx: Context, item: Item) -> None:
    said = f"{item.sku}: {item.name}, {shown_price(ctx, item.price_minor)}, {_stock_words(item)}"
    ctx.out.result(_document(item, _tax_names(ctx)), said)


def _stock_words(item: Item) -> str:
    if item.is_archived:
        return "archived"
    if not item.keeps_stock:
        return "no stock kept"
    reserved = f", {item.reserved} reserved" if item.reserved else ""
    return f"{item.stock} in stock{reserved}" + (", order" if item.reorder_level and item.is_low else "")


def _document(item: Item, taxes: dict[int | None, str]) -> dict[str, object]:
    return {
        "sku": item.sku,
        "name": item.name,
        "kind": item.kind.value,
        "price_minor": item.price_minor,
        "cost_minor": item.cost_minor,
        "tax": taxes[item.tax_id],
        "barcodes": list(item.barcodes),
        "stock": item.stock if item.keeps_stock else None,
        "reserved": item.reserved,
        "reorder_level": item.reorder_level,
        "commodity_code": item.commodity_code,
        "quick_position": item.quick_position,
        "is_archived": item.is_archived,
    }
