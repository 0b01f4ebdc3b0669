"""`posapp customer merge|unmerge`: two customers become one, and two again."""

from collections.abc import Mapping

from posapp.cli.context import Context
from posapp.cli.output import facts
from posapp.cli.parser import Group
from posapp.cli.values import shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.merging import Merge, Merged, MergePreview, MoneyRow, Side

_SUMS = {
    MoneyRow.OWED: "Owed",
    MoneyRow.CREDIT: "Credit",
    MoneyRow.DEPOSITS: "Deposits",
    MoneyRow.SPENT: "Spent",
}


def add_below(customers: Group) -> None:
    """Add the commands to the group `customer`."""
    merge = customers.command(
        "merge",
        _merge,
        "let a customer be a part of another one",
        details="Everything moves: bookings, tickets, sales, money, papers, numbers. The old PL ID finds the "
        "other customer from then on. A value that both have is that of the other one; this one's stays as a "
        "further person, a further e-mail address or in the note. posapp customer unmerge undoes it.",
    )
    merge.add_argument("id", metavar="LOSER", help="any form of ID")
    merge.add_argument("--into", metavar="SURVIVOR", required=True, help="any form of ID")
    merge.add_argument("--dry-run", action="store_true", help="only say what would move")
    undo = customers.command(
        "unmerge", _unmerge, "undo a merge, as far as its records stand where it put them"
    )
    undo.add_argument("merge", metavar="MERGE", help="its number, or the PL ID that was merged")


def _merge(ctx: Context) -> None:
    args, desk = ctx.args, ctx.shop.merging
    loser, survivor = (ctx.shop.customers.resolve(ctx.actor, one).customer.id for one in (args.id, args.into))
    seen = desk.preview(ctx.actor, survivor, loser)
    command = Merge(survivor_id=survivor, loser_id=loser, seen=seen.versions)
    done = desk.merge(ctx.actor, command, dry_run=args.dry_run)
    said = "would be" if args.dry_run else "is"
    ctx.out.result(
        {
            "merge": None if args.dry_run else done.id,
            "survivor": str(done.survivor),
            "loser": str(done.loser),
            "moved": dict(done.moved),
        },
        [f"{done.loser} {said} a part of {done.survivor}.", *_lines(ctx, seen, done, args.dry_run)],
    )


def _lines(ctx: Context, seen: MergePreview, done: Merged, is_trial: bool) -> list[str]:
    stays = [
        f"{one.field.value.replace('_', ' ')} of {seen.loser.pl_id}"
        for one in seen.fields
        if one.chosen is Side.LOSER
    ]
    pairs = [
        ("Would move" if is_trial else "Moved", _counted(done.moved)),
        ("Taken", ", ".join(stays)),
        *((_SUMS[one.row], shown_price(ctx, one.after_minor)) for one in seen.sums if one.after_minor),
        ("Open", "\n".join(f"{one.number} {one.title} ({one.state}), {one.of}" for one in seen.jobs)),
    ]
    if not is_trial:
        pairs.append(("Undo", f"posapp customer unmerge {done.id}"))
    return facts(pairs)


def _counted(moved: Mapping[str, int]) -> str:
    return "\n".join(f"{count} {name.replace('_', ' ')}" for name, count in moved.items())


def _unmerge(ctx: Context) -> None:
    key = _merge_of(ctx, ctx.args.merge)
    done = ctx.shop.merging.unmerge(ctx.actor, key)
    ctx.out.result(
        {
            "merge": key,
            "survivor": str(done.survivor),
            "loser": str(done.loser),
            "returned": dict(done.returned),
            "left": list(done.left),
        },
        [
            f"{done.loser} stands alone again.",
            *facts([("Returned", _counted(done.returned)), ("Stays", "\n".join(done.left))]),
        ],
    )


def _merge_of(ctx: Context, typed: str) -> int:
    """The merge of that number, or the one of a PL ID that was merged."""
    if typed.isdecimal():
        return int(typed)
    survivor = ctx.shop.customers.resolve(ctx.actor, typed).customer
    wanted = typed.strip().casefold()
    for one in ctx.shop.merging.of_customer(ctx.actor, survivor.id):
        if str(one.loser).casefold() == wanted:
            return one.id
    raise DomainError(
        "merge_unknown", f"No merge of “{typed[:40]}” is on record that can be undone.", field="merge"
    )
