"""`posapp doctor`: a text to send to support; answers also where the database is missing or damaged."""

from itertools import groupby

from posapp.cli.context import Context
from posapp.cli.output import facts
from posapp.cli.parser import Group
from posapp.services.care.doctor import examine


def add_to(root: Group) -> None:
    """Add `doctor`."""
    root.command(
        "doctor",
        _doctor,
        "versions, folders, database, printers, fonts, free disk: a text to send to support",
        is_free=True,
    )


def _doctor(ctx: Context) -> None:
    found = examine(ctx.place)
    document: dict[str, dict[str, str]] = {}
    lines: list[str] = []
    for part, findings in groupby(found, key=lambda one: one.part):
        here = list(findings)
        document[part.lower()] = {one.name: one.found for one in here}
        lines += ["", part] if lines else [part]
        lines += [f"  {line}" for line in facts((one.name, one.found) for one in here)]
    troubles = [f"{one.part}, {one.name}: {one.found}" for one in found if one.is_trouble]
    ctx.out.result({**document, "till": ctx.till, "trouble": troubles}, lines)
