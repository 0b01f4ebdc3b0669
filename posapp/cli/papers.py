"""`posapp receipt`: the paper of a booking, into a file or to a printer."""

from posapp.cli.context import Context
from posapp.cli.parser import Group, UsageError, path
from posapp.domain.documents import PaperSize
from posapp.domain.errors import EnvironmentFault
from posapp.services.papers import Output


def add_to(root: Group) -> None:
    """Add `receipt`."""
    command = root.command("receipt", _receipt, "the paper of a booking")
    command.add_argument("number", metavar="NUMBER", help="such as B12")
    command.add_argument(
        "--paper", choices=[size.value for size in PaperSize], help="this till's own choice if left out"
    )
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--pdf", metavar="FILE", type=path, help="write a PDF; a file of that name is replaced"
    )
    where.add_argument("--print", action="store_true", dest="prints", help="print it")
    command.add_argument(
        "--printer", metavar="NAME", help="with --print: a print queue, else this till's own"
    )


def _receipt(ctx: Context) -> None:
    args = ctx.args
    if args.printer and not args.prints:
        raise UsageError("", "--printer needs --print")
    paper = PaperSize(args.paper or ctx.till_settings.slip_paper)
    if args.prints:
        _print(ctx, paper)
        return
    saved = ctx.shop.papers.save_pdf(ctx.actor, args.number, paper, args.pdf)
    copy = f" (copy {saved.copies})" if saved.copies > 1 else ""
    ctx.out.result(
        {"number": saved.number, "paper": paper.value, "copy": saved.copies, "file": str(args.pdf)},
        f"{saved.number} is in {args.pdf}{copy}",
    )


def _print(ctx: Context, paper: PaperSize) -> None:
    till = ctx.till_settings
    printer = ctx.args.printer or (till.receipt_printer if paper.is_roll else till.a4_printer)
    job = ctx.shop.papers.print(ctx.actor, ctx.args.number, Output(paper=paper, printer=printer))
    if job.state != "done":
        raise EnvironmentFault(
            "not_printed", f"{job.number} is not printed: {job.problem}", field=None, job=job.id
        )
    copy = f" (copy {job.copy})" if job.copy > 1 else ""
    ctx.out.result(
        {"number": job.number, "paper": paper.value, "copy": job.copy, "printer": job.printer or None},
        f"{job.number} is printed{copy}",
    )
