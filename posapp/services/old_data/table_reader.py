"""The rows of a table of customers as they are staged."""

import json
from collections.abc import Mapping

from posapp.domain.old_data.imports import ImportOrder
from posapp.domain.old_data.staging import NO_PHONE, Role, StagedRow, body_of
from posapp.domain.old_data.table_dates import DayOrder
from posapp.domain.old_data.table_phones import PhoneFault
from posapp.domain.old_data.table_rows import RowFault, TablePerson, TableReading
from posapp.services.old_data.reading import Source
from posapp.services.old_data.rows import Staged, parts_of
from posapp.services.old_data.shapes import shape_for
from posapp.services.old_data.sighting import day_order
from posapp.services.old_data.systems import CUSTOMERS

DERIVED = "="
"""What stands as the owner of a row that is known by its number, its address or all it says."""


class TableReader:
    """Reads the rows of one table."""

    left_out: frozenset[str] = frozenset()
    highest_pl = 0
    """No table tells PL IDs."""

    def __init__(self, source: Source, order: ImportOrder, batch: int, region: str, file: int) -> None:
        shape = shape_for(order.system)
        self._batch, self._file = batch, file
        self._reading = TableReading(
            order.mapping,
            region,
            splits=order.splits,
            order=day_order(source, order.mapping, region) or DayOrder.of_region(region),
            apostrophes=shape is not None and shape.apostrophes,
            tags=shape is not None and shape.tags,
        )

    def read(self, row: int, values: Mapping[str, object] | None) -> Staged:
        """A row of the file."""
        if values is None:
            return "row_malformed"
        try:
            person = self._reading.person(values)
        except (RowFault, PhoneFault) as fault:
            return fault.code
        return None if person is None else self._staged(row, person)

    def _staged(self, row: int, person: TablePerson) -> StagedRow:
        first = person.numbers[0] if person.numbers else None
        key = first.key if first is not None else f"{NO_PHONE}{self._file}:{row}"
        folded = person.code.casefold()
        return StagedRow(
            self._batch,
            self._file,
            row,
            CUSTOMERS,
            Role.MAIN,
            person.code,
            folded if folded != person.code else None,
            row,  # in the order of the file, where dates do not say otherwise
            person.at,
            first.key if first is not None else None,
            person.emails[0] if person.emails else None,
            None if person.has_own_code else DERIVED,
            key,
            None,
            None,
            None,
            None,
            None,
            " ".join(person.warns) or None,
            body_of(
                name=person.name,
                emails=person.emails[1:],
                phone=parts_of(first) if first is not None else None,
                phones=[(number.key, *parts_of(number)) for number in person.numbers[1:]],
                address=person.address,
                note=person.note,
                rest=json.dumps(person.told(), ensure_ascii=False, separators=(",", ":")),
            ),
        )
