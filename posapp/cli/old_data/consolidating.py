"""`posapp consolidate`: one customer per phone in what is staged, with its proof."""

from posapp import paths
from posapp.cli.context import Context
from posapp.cli.old_data.batches import backed_up, stopping, teller
from posapp.cli.output import facts
from posapp.cli.parser import Group
from posapp.domain.old_data.imports import System
from posapp.domain.old_data.proofs import KindProof, Proof

BROKEN = 1


def add_to(root: Group) -> None:
    """Add `consolidate`."""
    command = root.command(
        "consolidate",
        _consolidate,
        "one customer per phone in what is staged, with its proof",
        details="Applies what `import --stage` has left, and what was interrupted. A backup is made first, "
        "and a line for each customer is written to a file beside it. Safe to run again. Exit status 1 if "
        "the proof does not hold.",
    )
    command.add_argument("--dry-run", action="store_true", help="only say what would be done")
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _consolidate(ctx: Context) -> int | None:
    proof, backup = consolidated(ctx, dry_run=ctx.args.dry_run)
    ctx.out.result({**document_of(proof), "backup": backup}, lambda: lines_of(ctx, proof, backup))
    return None if proof.is_kept else BROKEN


def consolidated(ctx: Context, *, dry_run: bool, system: System | None = None) -> tuple[Proof, str]:
    """Apply what waits, after a backup where something does; the proof, and the backup's file."""
    desk = ctx.shop.imports
    backup = "" if dry_run or not desk.waiting(ctx.actor, system) else backed_up(ctx)
    with stopping(ctx) as cancelled:
        proof = desk.consolidate(
            ctx.actor,
            dry_run=dry_run,
            system=system,
            log_folder=paths.backup_dir(),
            progress=teller(ctx),
            cancelled=cancelled,
        )
    return proof, backup


def document_of(proof: Proof) -> dict[str, object]:
    """A proof as JSON."""
    return {
        "batches": list(proof.batches),
        "dry_run": proof.is_trial,
        "created": proof.created,
        "matched": proof.matched,
        "joined": proof.twice,
        "phones_shared_before": proof.shared_before,
        "phones_shared": proof.shared,
        "records": {
            one.kind.value: {
                "before": one.before,
                "after": one.after,
                "before_minor": one.before_minor,
                "after_minor": one.after_minor,
                "phones_differing": one.differing,
            }
            for one in proof.kinds
        },
        "pl_ids_twice": proof.pl_twice,
        "highest": proof.highest,
        "counter": proof.counter,
        "log": proof.log,
        "kept": proof.is_kept,
    }


def lines_of(ctx: Context, proof: Proof, backup: str) -> list[str]:
    """A proof in words."""
    if not proof.batches:
        return ["Nothing is staged.", *_whole(proof)]
    would = "would be made" if proof.is_trial else "made"
    lines = [
        f"{proof.created:,} customers {would}; {proof.matched:,} rows belong to customers who were here, "
        f"{proof.twice:,} to another row's."
    ]
    lines += facts([(f"{one.kind.value.capitalize()}s", _kind(ctx, one, proof)) for one in proof.kinds])
    lines += _whole(proof)
    if proof.log:
        lines.append(f"Log: {proof.log}")
    return [*lines, f"Backup of before: {backup}"] if backup else lines


def _kind(ctx: Context, one: KindProof, proof: Proof) -> str:
    told = f"{one.before:,}, {ctx.business.shown(one.before_minor)}"
    if proof.is_trial:
        return f"{told} in the rows"
    found = f"{one.after:,}, {ctx.business.shown(one.after_minor)}"
    verdict = "equal for each phone" if one.is_kept else f"NOT EQUAL, {one.differing:,} phones differ"
    return f"before {told}; after {found}: {verdict}"


def _whole(proof: Proof) -> list[str]:
    return facts(
        [
            (
                "Phones with more than one customer",
                f"{proof.shared:,}" + (f" ({proof.shared_before:,} in the rows)" if proof.batches else ""),
            ),
            ("PL IDs used twice", f"{proof.pl_twice:,}"),
            ("Highest PL ID", f"PL{proof.highest}" if proof.highest else "none"),
            ("Counter", f"{proof.counter:,}"),
        ]
    )
