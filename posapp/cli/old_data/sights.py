"""`posapp import FILE… --sight`: what files are taken for; nothing is imported."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.domain.base.errors import DomainError

if TYPE_CHECKING:
    from posapp.services.old_data.looking import Sighted


def sight(ctx: Context) -> None:
    """Say it."""
    from posapp.services.old_data.looking import look_at

    paths = [Path(word) for word in ctx.args.what]
    for path in paths:
        if not path.exists():
            raise DomainError("file_unknown", f"There is no file {str(path)[:200]}.", field="files")
    found = look_at(ctx.shop.store, ctx.actor, paths)
    ctx.out.result(
        {
            "system": found.system.value,
            "region": found.region,
            "currency": found.currency,
            "files": [asdict(one) for one in found.files],
        },
        lambda: list(_lines(found)),
    )


def _lines(found: "Sighted") -> Iterator[str]:
    for one in found.files:
        about = "about " if one.is_estimated else ""
        yield f"{one.name}: {one.collection} of {found.system.called}, {about}{one.rows:,} rows"
        yield from table(
            [f"  {column.name}", column.field.value if column.field else "-", ", ".join(column.samples)]
            for column in one.columns
        )
