"""`posapp verify`: every rule of the trade recomputed from the records."""

from posapp import paths
from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group
from posapp.services.care.verify import RuleResult, verify


def add_to(root: Group) -> None:
    """Add `verify`."""
    command = root.command(
        "verify",
        _verify,
        "recompute every rule from the records",
        details="A line per rule with what was checked; exit status 1 if any rule is broken.",
        is_free=True,
    )
    command.add_argument(
        "--rebuild",
        action="store_true",
        help="first write the totals of all days anew from what was sold and paid (in a shop with users: "
        "with --user)",
    )
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _verify(ctx: Context) -> int:
    def tell(rule: str, done: int, total: int) -> None:
        ctx.out.step({"progress": {"step": rule, "done": done, "total": total}})

    progress = tell if ctx.args.progress else None
    if ctx.args.rebuild:
        made = ctx.shop.upkeep.rebuild_totals(ctx.of_whole)
        ctx.out.note(f"{made:,} totals of days and customers written anew.")
    results = verify(ctx.shop.store, progress=progress, backups=paths.backup_dir())
    lines = table([_row(one) for one in results])
    for one in results:
        lines += [f"  {one.rule}: {example}" for example in one.examples]
    broken = [one.rule for one in results if one.failed]
    if not broken:
        lines.append(f"All {len(results)} rules are kept.")
    ctx.out.result([_document(one) for one in results], lines)
    if broken:
        ctx.out.note(f"Broken: {', '.join(broken)}. Make a copy with posapp backup before anything else.")
    return 1 if broken else 0


def _row(one: RuleResult) -> list[str]:
    state = "ok" if one.is_kept else f"{one.failed:,} broken"
    return [state, one.rule, f"{one.checked:,} checked", one.sentence]


def _document(one: RuleResult) -> dict[str, object]:
    return {
        "rule": one.rule,
        "checked": one.checked,
        "failed": one.failed,
        "sentence": one.sentence,
        "examples": list(one.examples),
    }
