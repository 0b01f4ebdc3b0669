"""`posapp loaner …`: what the shop lends while it repairs, who has it, and that it came back."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, UsageError
from posapp.cli.values import choose, shown_at
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.loaners import Loan, Loaner
from posapp.services.repairs.loaners import SaveLoaner


def add_to(root: Group) -> None:
    """Add `loaner`."""
    group = root.group("loaner", "devices that are lent while the customer's own is repaired")
    listed = group.command("list", _list, "list the loaners, and with which ticket one is out")
    listed.add_argument("--all", action="store_true", help="also those that are no longer lent")
    listed.add_argument("--ticket", metavar="NUMBER", help="what went out with this ticket, such as T12")
    add = group.command("add", _add, "add a loaner")
    edit = group.command("edit", _edit, "change a loaner")
    lend = group.command("lend", _lend, "a loaner leaves with the customer of a ticket")
    back = group.command("return", _return, "a loaner is back")
    archive = group.command("archive", _archive, "lend a loaner no longer; what was lent stays")
    restore = group.command("restore", _restore, "lend a loaner again")
    for command in (add, edit, lend, back, archive, restore):
        command.add_argument("name", metavar="NAME")
    lend.add_argument("number", metavar="NUMBER", help="the ticket, such as T12")
    for command in (lend, back):
        command.add_argument("--note", metavar="TEXT", default="", help="in which state, with what")
    add.add_argument("--serial", metavar="S", default="")
    edit.add_argument("--serial", metavar="S", help='"" takes it away')
    edit.add_argument("--name", metavar="NEW-NAME", dest="new_name")


# -- what there is -----------------------------------------------------------------------------------------
def _list(ctx: Context) -> None:
    desk = ctx.shop.loaners
    if ctx.args.ticket is not None:
        loans = ctx.shop.tickets.whole(ctx.actor, ctx.args.ticket).loans
        rows = [[one.name, one.serial, _way(ctx, one), one.note] for one in loans]
        ctx.out.result([_loan_document(one) for one in loans], table(rows) or "No loaners.")
        return
    found = desk.all(ctx.actor, with_archived=ctx.args.all)
    rows = [[one.name, one.serial, _where(ctx, one)] for one in found]
    ctx.out.result([_document(one) for one in found], table(rows) or "No loaners.")


def _add(ctx: Context) -> None:
    _save(ctx, SaveLoaner(name=ctx.args.name, serial=ctx.args.serial))


def _edit(ctx: Context) -> None:
    args = ctx.args
    if args.serial is None and args.new_name is None:
        raise UsageError("", "name what to change: --name or --serial")
    old = _loaner(ctx)
    name = old.name if args.new_name is None else args.new_name
    serial = old.serial if args.serial is None else args.serial
    _save(ctx, SaveLoaner(id=old.id, name=name, serial=serial))


def _archive(ctx: Context) -> None:
    old = _loaner(ctx)
    _save(ctx, SaveLoaner(id=old.id, name=old.name, serial=old.serial, is_archived=True))


def _restore(ctx: Context) -> None:
    old = _loaner(ctx, archived=True)
    _save(ctx, SaveLoaner(id=old.id, name=old.name, serial=old.serial))


def _save(ctx: Context, command: SaveLoaner) -> None:
    saved = ctx.shop.loaners.save(ctx.actor, command)
    ctx.out.result(_document(saved), f"{saved.name}: {_where(ctx, saved)}")


# -- out and back ------------------------------------------------------------------------------------------
def _lend(ctx: Context) -> None:
    loan = ctx.shop.loaners.out(ctx.actor, ctx.args.number, _loaner(ctx).id, note=ctx.args.note)
    ctx.out.result(_loan_document(loan), f"{loan.name}: out on {loan.number}")


def _return(ctx: Context) -> None:
    one = _loaner(ctx)
    if one.loan is None:
        raise DomainError("loaner_back", f"{one.name} is not out.", field="loaner")
    loan = ctx.shop.loaners.back(ctx.actor, one.loan.id, note=ctx.args.note)
    ctx.out.result(_loan_document(loan), f"{loan.name}: back from {loan.number}")


def _loaner(ctx: Context, *, archived: bool = False) -> Loaner:
    found = ctx.shop.loaners.all(ctx.actor, with_archived=archived)
    return choose([one for one in found if one.is_archived == archived], ctx.args.name, "loaner", "loaner")


# -- shown -------------------------------------------------------------------------------------------------
def _where(ctx: Context, one: Loaner) -> str:
    if one.loan is not None:
        return f"out on {one.loan.number} since {shown_at(ctx, one.loan.out_at)}"
    return "archived" if one.is_archived else "free"


def _way(ctx: Context, loan: Loan) -> str:
    out = f"out {shown_at(ctx, loan.out_at)}"
    return f"{out}, back {shown_at(ctx, loan.back_at)}" if loan.back_at is not None else out


def _document(one: Loaner) -> dict[str, object]:
    return {
        "name": one.name,
        "serial": one.serial,
        "is_archived": one.is_archived,
        "number": one.loan.number if one.loan is not None else None,
        "out_at": one.loan.out_at.isoformat() if one.loan is not None else None,
    }


def _loan_document(loan: Loan) -> dict[str, object]:
    return {
        "name": loan.name,
        "serial": loan.serial,
        "number": loan.number,
        "out_at": loan.out_at.isoformat(),
        "back_at": loan.back_at.isoformat() if loan.back_at is not None else None,
        "note": loan.note,
    }
