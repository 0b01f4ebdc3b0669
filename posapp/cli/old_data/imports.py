"""`posapp import …`: bring old data in, list what came, take it back."""

from posapp.cli.context import Context
from posapp.cli.old_data import batches
from posapp.cli.parser import Group, UsageError


def add_to(root: Group) -> None:
    """Add `import`."""
    command = root.command(
        "import",
        _import,
        "bring old data in, list what came, take it back",
        details="`import list` tells what came when. `import undo BATCH` takes an import back, as long as "
        "nothing was built on it; a backup is made first.",
    )
    command.add_argument("what", metavar="list|undo BATCH", nargs="+", help="what to do")
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _import(ctx: Context) -> None:
    if not batches.run(ctx, ctx.args.what):
        raise UsageError("", "say list or undo BATCH")
