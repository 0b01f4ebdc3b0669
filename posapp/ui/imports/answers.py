"""What the import's child process told, as values again."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from posapp.domain.old_data.imports import (
    ColumnSight,
    ImportField,
    ImportResult,
    RowFate,
    RowNote,
    RowSight,
    System,
    TableSight,
)

Document = Mapping[str, Any]


def read_document(text: str) -> Document:
    """The JSON of an answer, {} where there is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def read_sights(told: Document) -> tuple[TableSight, ...]:
    """What the files were taken for."""
    return tuple(_sight(one) for one in told.get("files", ()))


def _sight(told: Document) -> TableSight:
    return TableSight(
        path=told["path"],
        name=told["name"],
        size=told["size"],
        system=System(told["system"]),
        rows=told["rows"],
        columns=tuple(_column(one) for one in told["columns"]),
        collection=told["collection"],
        is_estimated=told.get("is_estimated", False),
        dates=told.get("dates", ""),
    )


def _column(told: Document) -> ColumnSight:
    field = told["field"]
    return ColumnSight(
        name=told["name"],
        field=ImportField(field) if field else None,
        is_sure=told["is_sure"],
        samples=tuple(told["samples"]),
        filled=told["filled"],
    )


_COUNTS = (
    "rows",
    "created",
    "matched",
    "updated",
    "without_phone",
    "known",
    "past",
    "rejected_count",
    "warning_count",
)


def read_result(told: Document) -> ImportResult:
    """What an import did or would do."""
    batches = told.get("batches") or ([told["batch"]] if told.get("batch") else [])
    return ImportResult(
        system=System(told["system"]),
        batches=tuple(batches),
        rejected=_notes(told.get("rejected", ())),
        warnings=_notes(told.get("warnings", ())),
        updates=_notes(told.get("updates", ())),
        unused_columns=tuple(told.get("unused_columns", ())),
        shown=tuple(_row(one) for one in told.get("shown", ())),
        next_pl=told.get("next_pl_id", ""),
        is_trial=told.get("dry_run", False),
        twice=told.get("joined", 0),
        **{name: told.get(name, 0) for name in _COUNTS},
    )


def _notes(told: Sequence[Document]) -> tuple[RowNote, ...]:
    return tuple(RowNote(one["file"], one["row"], one["code"], one.get("message", "")) for one in told)


def _row(told: Document) -> RowSight:
    texts = {name: told.get(name, "") for name in ("name", "phone", "customer")}
    return RowSight(RowFate(told["fate"]), told["file"], told["row"], **texts)


def told_figures(result: ImportResult) -> dict[RowFate, int]:
    """How many rows have each fate; their sum is the rows of the files."""
    counts = {
        RowFate.CREATED: result.created - result.without_phone,
        RowFate.MATCHED: result.matched + result.known,
        RowFate.TWICE: result.twice,
        RowFate.WITHOUT_PHONE: result.without_phone,
        RowFate.PAST: result.past,
        RowFate.PASSED: 0,
        RowFate.REJECTED: refused(result),
    }
    counts[RowFate.PASSED] = max(result.rows - sum(counts.values()), 0)
    return {fate: count for fate, count in counts.items() if count or fate not in _RARE}


_RARE = (RowFate.PAST, RowFate.PASSED)
"""Fates that most files have no row of."""


def refused(result: ImportResult) -> int:
    """How many rows were refused; not all of them may be named."""
    return max(result.rejected_count, len(result.rejected))


def warned(result: ImportResult) -> int:
    """How many warnings there are; not all of them may be named."""
    return max(result.warning_count, len(result.warnings))
