"""`posapp shelf …`: where repairs lie, and the labels by which a scan says so."""

from posapp.cli.context import Context
from posapp.cli.labels import add_ways_out, give_out, paper_of
from posapp.cli.parser import Group
from posapp.domain.papers.documents import PaperKind


def add_to(root: Group) -> None:
    """Add `shelf`."""
    group = root.group("shelf", "where repairs lie")
    group.command("list", _list, "list the shelves")
    add = group.command("add", _add, "set up shelves; one that is there already stays as it is")
    add.add_argument("codes", metavar="CODE", nargs="+", help="such as A1")
    label = group.command("label", _label, "labels of shelves with a code to scan")
    label.add_argument("codes", metavar="CODE", nargs="*", help="which shelves; all if left out")
    add_ways_out(label, PaperKind.SHELF_LABEL)


def _list(ctx: Context) -> None:
    _tell(ctx, ctx.shop.shelves.all(ctx.actor))


def _add(ctx: Context) -> None:
    _tell(ctx, ctx.shop.shelves.add(ctx.actor, ctx.args.codes))


def _tell(ctx: Context, codes: list[str]) -> None:
    ctx.out.result([{"shelf": code} for code in codes], codes or "No shelves.")


def _label(ctx: Context) -> None:
    give_out(ctx, ctx.shop.shelves, ctx.args.codes, paper_of(ctx))
