"""`posapp ids …`: the counter that PL IDs are drawn from."""

from posapp.cli.context import Context
from posapp.cli.old_data.consolidating import consolidated, lines_of
from posapp.cli.output import facts
from posapp.cli.parser import Group, whole
from posapp.domain.old_data.imports import System
from posapp.services.customers.ids import IdDesk, IdStatus


def add_to(root: Group) -> None:
    """Add `ids` and what is below it."""
    group = root.group("ids", "the counter of the PL IDs")
    group.command("status", _status, "counter, customers with and without an ID, duplicates")
    init = group.command("init", _init, "let the counter stand at N; the next ID is N+1")
    init.add_argument("n", metavar="N", type=whole)
    assign = group.command("assign", _assign, "give IDs to customers that lack one, also to staged ones")
    assign.add_argument("--dry-run", action="store_true", help="only say how many")
    assign.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _status(ctx: Context) -> None:
    _answer(ctx, IdDesk(ctx.shop.store).status(ctx.actor))


def _init(ctx: Context) -> None:
    _answer(ctx, IdDesk(ctx.shop.store).init(ctx.actor, ctx.args.n))


def _assign(ctx: Context) -> None:
    staged = ctx.shop.imports.waiting(ctx.actor, System.USERS_WITH_IDS)
    lacking = IdDesk(ctx.shop.store).assign(ctx.actor)
    if not staged:
        said = (
            "Every customer has a PL ID."
            if not lacking
            else f"{lacking} customers have no PL ID. Run posapp verify."
        )
        ctx.out.result({"assigned": 0, "without_id": lacking}, said)
        return
    is_trial = ctx.args.dry_run
    proof, backup = consolidated(ctx, dry_run=is_trial, system=System.USERS_WITH_IDS)
    document = {"assigned": proof.created, "without_id": lacking, "dry_run": is_trial, "backup": backup}
    ctx.out.result(document, lambda: lines_of(ctx, proof, backup))


def _answer(ctx: Context, status: IdStatus) -> None:
    document: dict[str, object] = {
        "counter": status.counter,
        "next": str(status.next),
        "with_id": status.with_id,
        "without_id": status.without_id,
        "duplicates": status.duplicates,
        "phones_shared": status.phones_shared,
    }
    lines = facts(
        [
            ("Counter", str(status.counter)),
            ("Next", str(status.next)),
            ("Customers with an ID", str(status.with_id)),
            ("Customers without an ID", str(status.without_id)),
            ("IDs used twice", str(status.duplicates)),
            ("Phones with several customers", str(status.phones_shared)),
        ]
    )
    ctx.out.result(document, lines)
