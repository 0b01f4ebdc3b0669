"""What is to be imported and how it is read, as the assistant holds it; plain values, no widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from posapp.domain.old_data.imports import ColumnSight, ImportField, System, TableSight

SHOWN_COLUMNS = 12
"""So many columns stand in the table before all are asked for; more if more are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The files as they were taken, and what was chosen since.

    `chosen` are the fields of columns that somebody chose, None for one that is left out.
    """

    sights: tuple[TableSight, ...]
    region: str
    currency: str
    chosen: dict[str, ImportField | None] = field(default_factory=dict)

    @property
    def system(self) -> System:
        """What the files were taken for."""
        return self.sights[0].system

    @property
    def is_table(self) -> bool:
        """Whether columns are chosen, and not files."""
        return not self.system.is_old and self.system is not System.POSAPP

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(one.rows for one in self.sights)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.sights)

    @property
    def columns(self) -> tuple[ColumnSight, ...]:
        """The columns of a table, unsure ones first, then those that are used, as the file has them."""
        if not self.is_table:
            return ()
        return tuple(sorted(self.sights[0].columns, key=_place))

    def field_of(self, column: ColumnSight) -> ImportField | None:
        """What a column goes to now."""
        return self.chosen.get(column.name, column.field)

    def is_open(self, column: ColumnSight) -> bool:
        """Whether nobody has said yet what a column is, and its name leaves it open."""
        return not column.is_sure and column.name not in self.chosen

    @property
    def used(self) -> int:
        """How many columns are used."""
        return sum(self.field_of(one) is not None for one in self.columns)

    @property
    def open(self) -> int:
        """How many have to be looked at."""
        return sum(self.is_open(one) for one in self.columns)

    @property
    def left_out(self) -> int:
        """How many are known to be of no use."""
        return sum(self.field_of(one) is None and not self.is_open(one) for one in self.columns)

    def with_choice(self, column: str, chosen: ImportField | None) -> "Draft":
        """The same with another field for a column."""
        return replace(self, chosen={**self.chosen, column: chosen})

    def with_habits(self, region: str, currency: str) -> "Draft":
        """The same, read as numbers and amounts of another country."""
        return replace(self, region=region, currency=currency)

    def arguments(self) -> list[str]:
        """What `posapp import` is told of it."""
        if self.system is System.POSAPP:
            return [self.sights[0].path]
        told = [f"--system={self.system.value}", f"--region={self.region}", f"--currency={self.currency}"]
        told += [one.path for one in self.sights]
        if self.is_table:
            told += self._mapping()
        return told

    def _mapping(self) -> list[str]:
        fields = [(one.name, self.field_of(one)) for one in self.sights[0].columns]
        return [f"--map={name}={chosen.value}" for name, chosen in fields if chosen is not None]


def _place(column: ColumnSight) -> int:
    if not column.is_sure:
        return 0
    return 1 if column.field is not None else 2


def shown_at_first(columns: Sequence[ColumnSight]) -> int:
    """How many columns are shown before all are asked for: what is left out gives way."""
    kept = sum(_place(one) < 2 for one in columns)
    return min(len(columns), max(kept, SHOWN_COLUMNS))
