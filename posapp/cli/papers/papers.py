"""`posapp receipt`: the paper of a booking, ticket, sale, payment or closed shift, to a file or printer."""

from posapp.cli.context import Context
from posapp.cli.parser import Group, UsageError, add_force, count, path
from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.services.papers.papers import Output
from posapp.till_settings import printer_for

KINDS = {
    "slip": PaperKind.BOOKING_SLIP,
    "claim": PaperKind.CLAIM_TICKET,
    "label": PaperKind.DEVICE_LABEL,
    "estimate": PaperKind.ESTIMATE,
    "hand-back": PaperKind.HAND_BACK,
    "invoice": PaperKind.INVOICE,
}


def add_to(root: Group) -> None:
    """Add `receipt`."""
    command = root.command("receipt", _receipt, "the paper of a booking, ticket, sale, payment or shift")
    command.add_argument("number", metavar="NUMBER", help="such as B12, T12, S12, P12, Z4 or G1")
    command.add_argument("--kind", choices=list(KINDS), help="the record's usual paper if left out")
    command.add_argument(
        "--device", metavar="N", type=count, help="with --kind label: which device, 1 if left out"
    )
    command.add_argument(
        "--paper",
        choices=[size.value for size in PaperSize],
        help="this till's own choice if left out; labels: 57x32",
    )
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--pdf", metavar="FILE", type=path, help="write a PDF to a new file")
    where.add_argument("--print", action="store_true", dest="prints", help="print it")
    add_force(command, "with --pdf: ")
    command.add_argument(
        "--printer", metavar="NAME", help="with --print: a print queue, else this till's own"
    )


def _receipt(ctx: Context) -> None:
    args = ctx.args
    if args.printer and not args.prints:
        raise UsageError("", "--printer needs --print")
    if args.device and args.kind != "label":
        raise UsageError("", "--device needs --kind label")
    if args.force and args.prints:
        raise UsageError("", "--force needs --pdf")
    kind = KINDS[args.kind] if args.kind else None
    paper = PaperSize(args.paper or _usual_paper(ctx, kind))
    position = args.device or 1
    if args.prints:
        _print(ctx, paper, kind, position)
        return
    saved = ctx.shop.papers.save_pdf(
        ctx.actor, args.number, paper, args.pdf, kind=kind, position=position, replace=args.force
    )
    copy = f" (copy {saved.copies})" if saved.copies > 1 else ""
    ctx.out.result(
        {
            "number": saved.number,
            "kind": saved.document.kind.value,
            "paper": paper.value,
            "copy": saved.copies,
            "file": str(args.pdf),
        },
        f"{saved.number} is in {args.pdf}{copy}",
    )


def _usual_paper(ctx: Context, kind: PaperKind | None) -> str:
    usual = ctx.till_settings.slip_paper
    return usual if kind is None or usual in kind.sizes else kind.sizes[0]


def _print(ctx: Context, paper: PaperSize, kind: PaperKind | None, position: int) -> None:
    output = Output(paper=paper, printer=ctx.args.printer or _usual_printer(ctx, paper))
    job = ctx.shop.papers.print(ctx.actor, ctx.args.number, output, kind=kind, position=position)
    if job.state != "done":
        raise EnvironmentFault(
            "not_printed", f"{job.number} is not printed: {job.problem}", field=None, job=job.id
        )
    copy = f" (copy {job.copy})" if job.copy > 1 else ""
    ctx.out.result(
        {"number": job.number, "paper": paper.value, "copy": job.copy, "printer": job.printer or None},
        f"{job.number} is printed{copy}",
    )


def _usual_printer(ctx: Context, paper: PaperSize) -> str:
    return printer_for(ctx.till_settings, is_roll=paper.is_roll, is_label=paper.is_label)
