"""What is kept of a batch beside its state: its files, its figures, and the keys of what it made."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from posapp.domain.base.spans import Spans, joined, spans_of
from posapp.domain.old_data.imports import ImportFile, ImportResult, System

_BEFORE = "journal"


@dataclass(frozen=True, slots=True)
class Made:
    """The keys of the records that a batch made, by table; `after` is the journal's entry before it began."""

    after: int = 0
    keys: Mapping[str, Spans] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "Made":
        """What stands on a batch."""
        said = json.loads(text or "{}")
        after = said.pop(_BEFORE, 0)
        return cls(after, {table: tuple((low, high) for low, high in spans) for table, spans in said.items()})

    def text(self) -> str:
        """As it is stored."""
        return json.dumps({_BEFORE: self.after, **self.keys}, separators=(",", ":"))

    def of(self, table: str) -> Spans:
        """The keys of one table."""
        return self.keys.get(table, ())

    def count(self, table: str) -> int:
        """How many of a table."""
        return sum(high - low + 1 for low, high in self.of(table))

    def has(self, table: str, key: int) -> bool:
        """Whether it made that record."""
        return any(low <= key <= high for low, high in self.of(table))

    def plus(self, keys: Mapping[str, Iterable[int]]) -> "Made":
        """With further records."""
        return self.joined_with({table: spans_of(some) for table, some in keys.items()})

    def joined_with(self, spans: Mapping[str, Spans]) -> "Made":
        """With further records, given as spans."""
        added = {table: joined(self.of(table), some) for table, some in spans.items() if some}
        return Made(self.after, {**self.keys, **added})

    def but(self, table: str, spans: Spans) -> "Made":
        """With other keys of a table."""
        return Made(self.after, {**self.keys, table: spans})


def each(spans: Spans) -> Iterator[int]:
    """Every key."""
    for low, high in spans:
        yield from range(low, high + 1)


_COUNTS = ("rows", "created", "matched", "twice", "updated", "without_phone", "known", "past")


def result_text(result: ImportResult) -> str:
    """The figures of an import; what is said of single rows stands in the notes of its batch."""
    told: dict[str, object] = {name: getattr(result, name) for name in _COUNTS if getattr(result, name)}
    if result.unused_columns:
        told["unused_columns"] = result.unused_columns
    if result.next_pl:
        told["next_pl"] = result.next_pl
    return json.dumps(told, ensure_ascii=False)


def result_of(system: System, text: str, batches: tuple[int, ...] = ()) -> ImportResult:
    """The figures as they were stored."""
    said = json.loads(text or "{}")
    counts = {name: int(said.get(name, 0)) for name in _COUNTS}
    unused = tuple(said.get("unused_columns", ()))
    next_pl = said.get("next_pl", "")
    return ImportResult(system, batches, unused_columns=unused, next_pl=next_pl, **counts)  # type: ignore[arg-type]


def files_text(files: Iterable[ImportFile]) -> str:
    """The files of a batch."""
    return json.dumps([[one.collection, one.name, one.digest, one.rows] for one in files], ensure_ascii=False)


def files_of(text: str) -> tuple[ImportFile, ...]:
    """The files as they were stored."""
    return tuple(ImportFile(*one) for one in json.loads(text or "[]"))
