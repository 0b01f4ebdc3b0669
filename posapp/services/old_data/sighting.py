"""What a file was taken for before anything is imported: columns, samples, how many rows fill each."""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.columns import folded, guessed
from posapp.domain.old_data.imports import ColumnSight, ImportField, Mapped, System, TableSight
from posapp.domain.old_data.table_dates import DayOrder, order_of
from posapp.domain.old_data.values import text_of
from posapp.services.old_data.reading import Source
from posapp.services.old_data.recognising import Found, columns_of
from posapp.services.old_data.systems import CUSTOMERS

MOST_ROWS: Final = 200_000
"""Rows that are looked at; of a file with more the rest is estimated."""
_SAMPLES, _SAMPLE = 3, 60
_MOST_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a source: rows (an estimate where not all were looked at), samples, rows filled."""

    rows: int
    is_whole: bool
    samples: Mapping[str, tuple[str, ...]]
    filled: Mapping[str, int]


def look_into(source: Source) -> Look:
    """Go through the first rows of a source."""
    samples: dict[str, list[str]] = {}
    filled: dict[str, int] = {}
    count, is_whole = 0, True
    with closing(source.rows()) as rows:
        for count, row in enumerate(rows, 1):
            for name, value in (row.values or {}).items():
                text = shown(value)
                if text:
                    filled[name] = filled.get(name, 0) + 1
                    some = samples.setdefault(name, [])
                    if len(some) < _SAMPLES and text not in some:
                        some.append(text)
            if count == MOST_ROWS:
                is_whole = False
                count = max(count, count * source.size // max(1, source.at))
                break
    return Look(count, is_whole, {name: tuple(some) for name, some in samples.items()}, filled)


def shown(value: object) -> str:
    """A value in one short line."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(shown, value[:_SAMPLES])))[:_SAMPLE]
    text = (value if isinstance(value, str) else text_of(value))[: 4 * _SAMPLE]
    line = " ".join(text.split())
    return line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 1]}…"


def sights_of(found: Found, region: str, mapping: Mapped | None, saved: Mapped | None) -> list[TableSight]:
    """What the assistant shows of files; `mapping` is what somebody chose, `saved` what was chosen before."""
    if found.is_table and found.system is not System.POSAPP:
        return [_table_sight(found, region, mapping, saved)]
    sights = []
    for collection, path in found.files.items():
        source = found.sources.get(collection)
        look = look_into(source) if source is not None else Look(0, True, {}, {})
        size = source.size if source is not None else path.stat().st_size
        sights.append(TableSight(str(path), path.name, size, found.system, look.rows, collection=collection))
    return sights


def _table_sight(found: Found, region: str, mapping: Mapped | None, saved: Mapped | None) -> TableSight:
    source, path = found.sources[CUSTOMERS], found.files[CUSTOMERS]
    look = look_into(source)
    fields = suggested(found, mapping, saved)
    columns = tuple(
        ColumnSight(name, field, is_sure, look.samples.get(name, ()), look.filled.get(name, 0))
        for name, (field, is_sure) in fields.items()
    )
    used = {name: field for name, (field, _) in fields.items() if field is not None}
    order = day_order(source, used, region)
    return TableSight(
        str(path),
        path.name,
        source.size,
        found.system,
        look.rows,
        columns,
        CUSTOMERS,
        is_estimated=not look.is_whole,
        dates="" if order is None else order.shown,
    )


def suggested(
    found: Found, mapping: Mapped | None, saved: Mapped | None
) -> dict[str, tuple[ImportField | None, bool]]:
    """What each column goes to, and whether that is sure: chosen now or before, of the product, guessed."""
    columns = columns_of(found.sources[CUSTOMERS])
    known = mapping if mapping else saved
    if known:
        return {name: (known.get(name), True) for name in columns}
    if found.shape is not None:
        of_product = found.mapping()
        return {name: (of_product.get(name), True) for name in columns}
    return guessed(columns)


def chosen_mapping(found: Found, typed: Mapped, saved: Mapped | None) -> dict[str, ImportField]:
    """The columns that an import uses: what was typed, else chosen before, else known of the product.

    Raises `DomainError`: column_missing for a typed column that is not there, mapping_missing where nobody
    knows what the columns mean.
    """
    columns = columns_of(found.sources[CUSTOMERS])
    if typed:
        chosen = _typed(columns, typed)
        first = found.mapping()  # the order in which columns of one meaning count is the product's
        return {name: chosen[name] for name in first if name in chosen} | chosen
    if saved:
        return {name: field for name, field in saved.items() if name in columns}
    if found.shape is not None:
        return found.mapping()
    guesses = {name: field for name, (field, _) in guessed(columns).items() if field is not None}
    example = " ".join(f"--map {_quoted(f'{name}={field}')}" for name, field in guesses.items())
    raise DomainError(
        "mapping_missing",
        "posapp does not know this table. Say what its columns are, such as "
        f"{example or '--map COLUMN=name'}.",
        field="mapping",
        columns=list(columns),
    )


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[^\w=@%+:,./-]", text) else text


def _typed(columns: Sequence[str], typed: Mapped) -> dict[str, ImportField]:
    there = {folded(name): name for name in reversed(columns)} | {name: name for name in columns}
    found: dict[str, ImportField] = {}
    for name, field in typed.items():
        column = there.get(name, there.get(folded(name)))
        if column is None:
            named = ", ".join(columns[:_MOST_NAMED]) + (", …" if len(columns) > _MOST_NAMED else "")
            raise DomainError(
                "column_missing",
                f"The file has no column {name[:60]}. Its columns are: {named}.",
                field="mapping",
            )
        found[column] = field
    if not set(found.values()) & {
        ImportField.NAME, ImportField.FIRST_NAME, ImportField.LAST_NAME, ImportField.COMPANY,
        ImportField.PHONE, ImportField.EMAIL,
    }:  # fmt: skip
        raise DomainError(
            "mapping_nobody",
            "Choose a column for the name, the phone or the e-mail address.",
            field="mapping",
        )
    return found


def unused_columns(columns: Sequence[str], mapping: Mapped) -> tuple[str, ...]:
    """The columns that are left out, as the file has them."""
    return tuple(name for name in columns if name not in mapping)


def day_order(source: Source, mapping: Mapped, region: str) -> DayOrder | None:
    """What comes first in dates with slashes; None where the table has none."""
    name = next((name for name, field in mapping.items() if field is ImportField.CREATED_AT), None)
    if name is None:
        return None
    with closing(source.rows()) as rows:
        some = islice(rows, MOST_ROWS)
        return order_of((text_of((row.values or {}).get(name)) for row in some), region)
