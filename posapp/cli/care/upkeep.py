"""`posapp upkeep`: everything that is promised daily or after some days, done now."""

from dataclasses import replace

from posapp.cli.context import Context
from posapp.cli.parser import Group
from posapp.domain.base.actor import Actor
from posapp.services.care.upkeep import Upkept


def add_to(root: Group) -> None:
    """Add `upkeep`."""
    command = root.command(
        "upkeep",
        _upkeep,
        "do what is promised daily or after some days",
        details="Wipes passcodes that are due, closes the queues of earlier days, empties the tax papers of "
        "anonymised people after their years and the staged rows "
        "of imports after 30 days, makes today's backup if this computer has none, and counts "
        "the reminders that are due. Without --business for every "
        "business of the database. The window does the same by itself. What was promised waits for nobody: "
        "no user is asked for.",
        is_free=True,
    )
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _upkeep(ctx: Context) -> None:
    desk = ctx.shop.upkeep
    named = ctx.business_name
    businesses = [ctx.shop.chosen_business(named)] if named else ctx.shop.businesses.all()
    done = [desk.run(Actor(one.id, ctx.till)) for one in businesses]
    total = Upkept(
        sum(one.passcodes for one in done),
        sum(one.walk_ins for one in done),
        tax_papers=sum(one.tax_papers for one in done),
        imports=sum(one.imports for one in done),
    )
    tell = ctx.teller()
    progress = (lambda done, total: tell("backup", done, total)) if tell else None
    backup = desk.back_up(Actor(0, ctx.till), progress=progress)  # last: a full disk stops nothing else
    total = replace(total, backup=backup, reminders=sum(one.reminders for one in done))
    ctx.out.result(_document(total), _lines(total))


def _lines(done: Upkept) -> list[str]:
    """What was done stands in the last line: the window shows that one."""
    told = [
        (done.passcodes, "passcode wiped", "passcodes wiped"),
        (done.walk_ins, "person left the queue of an earlier day", "people left the queue of an earlier day"),
        (done.tax_papers, "tax paper emptied", "tax papers emptied"),
        (done.imports, "import's rows emptied", "imports' rows emptied"),
        (1 if done.backup else 0, "backup made", ""),
    ]
    work = [f"{count} {one if count == 1 else many}" for count, one, many in told if count]
    due = [f"Reminders to send: {done.reminders}"] if done.reminders else []
    return [*due, ", ".join(work) or "Nothing was due."]


def _document(done: Upkept) -> dict[str, object]:
    return {
        "passcodes_wiped": done.passcodes,
        "walk_ins_closed": done.walk_ins,
        "tax_papers_emptied": done.tax_papers,
        "imports_emptied": done.imports,
        "backup": str(done.backup) if done.backup else None,
        "reminders_due": done.reminders,
    }
