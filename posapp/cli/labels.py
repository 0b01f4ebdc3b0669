"""Labels by command: on which paper, into a PDF or to a printer; alike for whatever carries one."""

from pathlib import Path
from typing import Protocol, TypeVar

from posapp.cli.context import Context
from posapp.cli.parser import Parser, UsageError, add_force
from posapp.domain.base.actor import Actor
from posapp.domain.papers.documents import PaperKind, PaperSize

Wanted_contra = TypeVar("Wanted_contra", contravariant=True)


class LabelSource(Protocol[Wanted_contra]):
    """A desk that makes labels; both say how many."""

    def print(self, actor: Actor, wanted: Wanted_contra, paper: PaperSize, printer: str, /) -> int:
        """To a printer."""

    def save(
        self, actor: Actor, wanted: Wanted_contra, paper: PaperSize, file: Path, /, *, replace: bool
    ) -> int:
        """Into a PDF."""


def add_ways_out(label: Parser, kind: PaperKind) -> None:
    """`--paper`, and either `--pdf` or `--print` with what belongs to it."""
    label.add_argument(
        "--paper", choices=[size.value for size in kind.sizes], help="this till's own choice if left out"
    )
    where = label.add_mutually_exclusive_group(required=True)
    where.add_argument("--pdf", metavar="FILE", type=Path, help="write a PDF to a new file")
    where.add_argument("--print", action="store_true", dest="prints", help="print them")
    add_force(label, "with --pdf: ")
    label.add_argument("--printer", metavar="NAME", help="with --print: else this till's own")


def paper_of(ctx: Context) -> PaperSize:
    """On which paper; raises `UsageError` for an option that the chosen way does not have."""
    args = ctx.args
    if args.printer and not args.prints:
        raise UsageError("", "--printer needs --print")
    if args.force and args.prints:
        raise UsageError("", "--force needs --pdf")
    return PaperSize(args.paper or ctx.till_settings.label_paper)


def give_out(ctx: Context, desk: LabelSource[Wanted_contra], wanted: Wanted_contra, paper: PaperSize) -> None:
    """Print or save them, and say so."""
    args = ctx.args
    if args.prints:
        count = desk.print(ctx.actor, wanted, paper, args.printer or ctx.till_settings.label_printer)
    else:
        count = desk.save(ctx.actor, wanted, paper, args.pdf, replace=args.force)
    where = {} if args.prints else {"file": str(args.pdf)}
    said = f"{count} labels are printed" if args.prints else f"{count} labels are in {args.pdf}"
    ctx.out.result({"labels": count, "paper": paper.value, **where}, said)
