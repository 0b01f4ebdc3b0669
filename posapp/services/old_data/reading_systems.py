"""Reads the files of an old system into staged rows, a portion at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posapp.domain.base.errors import DomainError
from posapp.domain.customers.pl_id import PlId
from posapp.domain.old_data.imports import ImportFile, ImportOrder, ImportProgress
from posapp.domain.old_data.staging import StagedRow
from posapp.domain.old_data.values import clean_id, clean_name, minor_decimals, number_of, text_of
from posapp.services.old_data.reading import Source, open_source
from posapp.services.old_data.rows import Reading, RowReader, raw_of, whole_id
from posapp.services.old_data.systems import OldSystem
from posapp.services.old_data.table_reader import TableReader

PORTION = 5_000
Refused = tuple[str, int, str, str, str]
"""File, row, code, message and the row as it came."""
Keep = Callable[[list[StagedRow], list[Refused]], None]


@dataclass(frozen=True, slots=True)
class OldShop:
    """A business of an old system: its ID ("" where there is one only), its name and country."""

    code: str
    name: str = ""
    region: str = ""


@dataclass(slots=True)
class FilesRead:
    """What was found while the files were read."""

    files: list[ImportFile] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    """Of files that make no records."""
    highest_pl: int = 0
    rows: int = 0
    columns: dict[str, None] = field(default_factory=dict)
    """Of a table: the names of all columns, those that are left out, too."""


class FileReader:
    """Reads the files of one import; `tell` hears how far it is and may raise to end it."""

    def __init__(self, system: OldSystem, order: ImportOrder, tell: Callable[[ImportProgress], None]) -> None:
        self._system = system
        self._order = order
        self._tell = tell
        self._statuses: dict[str, str] = {}
        self.found = FilesRead()
        self._refuse_wrong_files()
        names = [one.name for one in system.collections]
        wanted = [*system.helpers, *names]
        self._paths = [(name, Path(order.files[name])) for name in wanted if name in order.files]
        self.names = [path.name for _, path in self._paths]
        self._total = sum(_size(path) for _, path in self._paths)
        self._before = 0

    def _refuse_wrong_files(self) -> None:
        known = [one.name for one in self._system.collections]
        wrong = [name for name in self._order.files if name not in (*known, *self._system.helpers)]
        if wrong or not set(known) & set(self._order.files):
            there = ", ".join((*known, *self._system.helpers))
            raise DomainError(
                "collection_unknown",
                f"System {self._system.system} has the files {there}. Say which of them each file is.",
                field="files",
            )

    def shops(self) -> list[OldShop]:
        """The businesses that the files hold, read before everything else, as are counters and states."""
        shops: list[OldShop] = []
        for place, (name, path) in enumerate(self._paths):
            if name not in self._system.helpers:
                continue
            source = open_source(path, self._system.helpers[name])
            count = 0
            seen: set[str] = set()
            for row, values in source.rows():
                count += 1
                if values is None:
                    self.found.refused.append((self.names[place], row, "row_malformed", "", ""))
                    continue
                code = whole_id(clean_id(values.get("id")))
                if name == "counters":
                    self._counter(values)
                elif not code:
                    self.found.refused.append((self.names[place], row, "id_missing", "", raw_of(values)))
                elif code in seen:
                    self.found.refused.append((self.names[place], row, "id_duplicate", "", raw_of(values)))
                elif name == "businesses":
                    country = text_of(values.get("country")).strip().upper()
                    shops.append(OldShop(code, clean_name(values.get("name")), country))
                else:
                    self._statuses[code] = text_of(values.get("name")).strip()
                seen.add(code)
            self._ended(name, path, source, count)
        return shops if "businesses" in self._system.helpers else [OldShop("")]

    def _counter(self, values: Mapping[str, object]) -> None:
        if text_of(values.get("name")).strip() != "customerId":
            return
        value = values.get("value")
        number = number_of(value) if not isinstance(value, str) else None
        if isinstance(value, str) and value.strip().isdecimal():
            number = int(value)
        if number is not None and number == int(number) and 0 < number < 10**9:
            self.found.highest_pl = max(self.found.highest_pl, PlId(int(number)).number)

    def stage(self, shops: Mapping[str, tuple[int, str]], first_batch: int, keep: Keep) -> FilesRead:
        """Read all rows; `keep` takes a portion of those that are staged and of those refused at once."""
        decimals = minor_decimals(self._order.currency)
        for place, (name, path) in enumerate(self._paths):
            collection = self._system.of(name)
            if collection is None:
                continue
            source = open_source(path, frozenset(collection.columns.values()))
            reader: RowReader | TableReader
            if self._order.system.is_old:
                reader = RowReader(
                    collection,
                    Reading(place, shops, first_batch, decimals, source.delimiter == ";", self._statuses),
                )
            else:
                batch, region = shops[""]
                reader = TableReader(source, self._order, batch, region, place)
            self._stage_file(reader, source, name, path, keep)
        return self.found

    def _stage_file(
        self, reader: "RowReader | TableReader", source: Source, name: str, path: Path, keep: Keep
    ) -> None:
        rows: list[StagedRow] = []
        refused: list[Refused] = []
        read, count, file = reader.read, 0, path.name
        for row, values in source.rows():
            staged = read(row, values)
            count += 1
            if staged.__class__ is StagedRow:
                rows.append(staged)
            elif staged is not None:
                refused.append((file, row, str(staged), "", raw_of(values, reader.left_out)))
            if len(rows) + len(refused) >= PORTION:
                keep(rows, refused)
                rows, refused = [], []
                self._tell(ImportProgress("read", self._before + source.at, self._total))
        keep(rows, refused)
        self.found.highest_pl = max(self.found.highest_pl, reader.highest_pl)
        if not self._order.system.is_old:
            self.found.columns.update(dict.fromkeys(source.columns))
        self._ended(name, path, source, count)

    def _ended(self, name: str, path: Path, source: Source, count: int) -> None:
        self.found.files.append(ImportFile(name, path.name, source.digest, count))
        self.found.rows += count
        self._before += source.size
        self._tell(ImportProgress("read", self._before, self._total))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
