"""`posapp shelf …`: where repairs lie, and the labels by which a scan says so."""

from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.parser import Group, UsageError, add_force
from posapp.domain.papers.documents import PaperKind, PaperSize


def add_to(root: Group) -> None:
    """Add `shelf`."""
    group = root.group("shelf", "where repairs lie")
    group.command("list", _list, "list the shelves")
    add = group.command("add", _add, "set up shelves; one that is there already stays as it is")
    add.add_argument("codes", metavar="CODE", nargs="+", help="such as A1")
    label = group.command("label", _label, "labels of shelves with a code to scan")
    label.add_argument("codes", metavar="CODE", nargs="*", help="which shelves; all if left out")
    label.add_argument(
        "--paper",
        choices=[size.value for size in PaperKind.SHELF_LABEL.sizes],
        help="this till's own choice if left out",
    )
    where = label.add_mutually_exclusive_group(required=True)
    where.add_argument("--pdf", metavar="FILE", type=Path, help="write a PDF to a new file")
    where.add_argument("--print", action="store_true", dest="prints", help="print them")
    add_force(label, "with --pdf: ")
    label.add_argument("--printer", metavar="NAME", help="with --print: else this till's own")


def _list(ctx: Context) -> None:
    _tell(ctx, ctx.shop.shelves.all(ctx.actor))


def _add(ctx: Context) -> None:
    _tell(ctx, ctx.shop.shelves.add(ctx.actor, ctx.args.codes))


def _tell(ctx: Context, codes: list[str]) -> None:
    ctx.out.result([{"shelf": code} for code in codes], codes or "No shelves.")


def _label(ctx: Context) -> None:
    args, desk, till = ctx.args, ctx.shop.shelves, ctx.till_settings
    if args.printer and not args.prints:
        raise UsageError("", "--printer needs --print")
    if args.force and args.prints:
        raise UsageError("", "--force needs --pdf")
    paper = PaperSize(args.paper or till.label_paper)
    if args.prints:
        count = desk.print(ctx.actor, args.codes, paper, args.printer or till.label_printer)
    else:
        count = desk.save(ctx.actor, args.codes, paper, args.pdf, replace=args.force)
    where = {} if args.prints else {"file": str(args.pdf)}
    said = f"{count} labels are printed" if args.prints else f"{count} labels are in {args.pdf}"
    ctx.out.result({"labels": count, "paper": paper.value, **where}, said)
