"""`posapp kiosk`: the customers' own full-screen view."""

from posapp.cli.context import Context
from posapp.cli.parser import Group


def add_to(root: Group) -> None:
    """Add `kiosk`."""
    root.command(
        "kiosk",
        _kiosk,
        "the customers' own full-screen view",
        details="Where users exist somebody of the shop opens it with --user; customers then sign in at it. "
        "It is closed by Ctrl+Alt+Q, or by holding the mark in the upper corner for three seconds.",
    )


def _kiosk(ctx: Context) -> int:
    from posapp.bootstrap import open_kiosk

    return open_kiosk(ctx.shop, ctx.actor, ctx.till_settings)
