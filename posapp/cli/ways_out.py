"""Where a paper goes that is kept nowhere: to a file, to a printer, or only onto the screen."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.parser import UsageError, add_force, path
from posapp.domain.papers.documents import PaperSize
from posapp.till_settings import printer_for

_PAPERS = [size.value for size in PaperSize if not size.is_label]


@dataclass(frozen=True, slots=True)
class WayOut:
    """A file to write (`may_replace` one that is there), or a printer where it `prints`."""

    paper: PaperSize
    file: Path | None
    may_replace: bool
    prints: bool
    printer: str


def add_way_out(command: argparse.ArgumentParser) -> None:
    """The options of a command that tells something and may give it out as a paper, too."""
    where = command.add_mutually_exclusive_group()
    where.add_argument("--pdf", metavar="FILE", type=path, help="write it as a PDF to a new file, too")
    where.add_argument("--print", action="store_true", dest="prints", help="print it, too")
    command.add_argument("--paper", choices=_PAPERS, help="this till's own choice if left out")
    command.add_argument(
        "--printer", metavar="NAME", help="with --print: a print queue, else this till's own"
    )
    add_force(command, "with --pdf: ")


def way_out(ctx: Context) -> WayOut:
    """What these options say; refuses those that mean nothing together."""
    args = ctx.args
    if args.printer and not args.prints:
        raise UsageError("", "--printer needs --print")
    if args.force and args.pdf is None:
        raise UsageError("", "--force needs --pdf")
    paper = PaperSize(args.paper or ctx.till_settings.slip_paper)
    printer = args.printer or printer_for(ctx.till_settings, is_roll=paper.is_roll, is_label=False)
    return WayOut(paper, args.pdf, args.force, args.prints, printer)
