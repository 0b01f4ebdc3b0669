"""`posapp import list|undo BATCH|resume BATCH`: what came when, going on with it, and taking it back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import UsageError
from posapp.cli.stopping import Stop
from posapp.cli.values import shown_at
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import Batch, BatchState, ImportProgress

if TYPE_CHECKING:
    from collections.abc import Callable


def run(ctx: Context, words: Sequence[str]) -> bool:
    """Do what the words say; False where they are no word about batches."""
    match words:
        case ["list"]:
            _list(ctx)
        case ["undo", key]:
            _undo(ctx, _key(key))
        case ["resume", key]:
            _resume(ctx, _key(key))
        case _:
            return False
    return True


def backed_up(ctx: Context) -> str:
    """Copy the shop's data first, as before an upgrade; the name of the copy."""
    from posapp.services.care.backups import BackupDesk

    return str(BackupDesk(ctx.shop.store).make(ctx.actor).file)


def teller(ctx: Context) -> "Callable[[ImportProgress], None] | None":
    """What tells how far an import or its undoing has come; None unless --progress asks for it."""
    tell = ctx.teller()
    return (lambda told: tell(told.step, told.done, told.total)) if tell else None


def _list(ctx: Context) -> None:
    found = ctx.shop.imports.batches(ctx.actor)
    ctx.out.result(
        [_document(one) for one in found],
        lambda: table([_row(ctx, one) for one in found]) if found else ["Nothing was imported yet."],
    )


def _undo(ctx: Context, key: int) -> None:
    ctx.shop.imports.check_undo(ctx.actor, key)
    backup = backed_up(ctx)
    with stopping(ctx) as cancelled:
        done = ctx.shop.imports.undo(ctx.actor, key, progress=teller(ctx), cancelled=cancelled)
    words = f"Import {key} is undone."
    if done.state is not BatchState.UNDONE:
        words = f"Import {key} is undone but for customers who were served meanwhile: they stay."
    ctx.out.result({**_document(done), "backup": backup}, [words, f"Backup of before: {backup}"])


def _resume(ctx: Context, key: int) -> None:
    is_waiting = any(one.id == key for one in ctx.shop.imports.waiting(ctx.actor))
    backup = backed_up(ctx) if is_waiting else ""  # what is refused changes nothing
    with stopping(ctx) as cancelled:
        result = ctx.shop.imports.resume(ctx.actor, key, progress=teller(ctx), cancelled=cancelled)
    batch = ctx.shop.imports.batch(ctx.actor, key)
    ctx.out.result(
        {**_document(batch), "backup": backup},
        [
            f"Import {key} is applied: {batch.result.created:,} customers made, "
            f"{batch.result.past:,} past records taken, {result.rejected_count:,} rows refused.",
            f"Backup of before: {backup}",
        ],
    )


@contextmanager
def stopping(ctx: Context) -> Iterator["Callable[[], bool]"]:
    """Whether somebody wants an end; what it ended is said once it has tidied up."""
    with Stop() as stop:
        try:
            yield lambda: stop.is_wanted
        except DomainError as error:
            if stop.is_wanted and error.code == "stopped":
                ctx.out.note(error.sentence)
                raise KeyboardInterrupt from error
            raise


def _key(text: str) -> int:
    if not text.isdecimal():
        raise UsageError("", f"{text} is no import: posapp import list shows their numbers")
    return int(text)


def _document(batch: Batch) -> dict[str, object]:
    result = batch.result
    return {
        "batch": batch.id,
        "run": batch.run,
        "system": batch.system.value,
        "state": batch.state.value,
        "files": [one.name for one in batch.files],
        "at": batch.made_at.isoformat(),
        "by": batch.made_by,
        "settled_at": batch.settled_at.isoformat() if batch.settled_at else None,
        "rows": result.rows,
        "created": result.created,
        "matched": result.matched,
        "updated": result.updated,
        "without_phone": result.without_phone,
        "past": result.past,
    }


def _row(ctx: Context, batch: Batch) -> list[str]:
    return [
        str(batch.id),
        batch.system.value,
        batch.state.value,
        shown_at(ctx, batch.made_at),
        f"{batch.result.created:,} new",
        f"{batch.result.matched:,} known",
        ", ".join(one.name for one in batch.files),
    ]
