"""xlsx: a long table as a workbook, against xlsxwriter alone in constant memory with the same cells."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from xlsxwriter import Workbook

from posapp.services.base.xlsx_writing import Cell, write_xlsx
from tests.benchmarks.measure import Case, compared, in_turn, show

_ROWS = 100_000
_HEAD = ("Day", "PL ID", "Name", "Sales", "Revenue", "Tax")
_MONEY = "[$€]#,##0.00"
_DAY = "yyyy-mm-dd"


def _rows() -> list[tuple[Cell, ...]]:
    begin = date(2020, 1, 1)
    return [
        (
            begin + timedelta(at % 2000),
            f"PL{at}",
            f"Marta Kowalczyk {at % 977}",
            at % 40,
            Decimal(at * 37 % 900_000).scaleb(-2),
            Decimal(at * 7 % 90_000).scaleb(-2),
        )
        for at in range(_ROWS)
    ]


def _bare(file: Path, rows: list[tuple[Cell, ...]]) -> None:
    """What the library's own guide does: each cell by the call for its kind, in constant memory."""
    with Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        money, day = book.add_format({"num_format": _MONEY}), book.add_format({"num_format": _DAY})
        for place, words in enumerate(_HEAD):
            sheet.write_string(0, place, words)
        for number, (when, pl_id, name, count, gross, tax) in enumerate(rows, 1):
            sheet.write_datetime(number, 0, when, day)
            sheet.write_string(number, 1, pl_id)
            sheet.write_string(number, 2, name)
            sheet.write_number(number, 3, count)
            sheet.write_number(number, 4, gross, money)
            sheet.write_number(number, 5, tax, money)


def xlsx(_customers: int) -> None:
    """A hundred thousand rows of six columns."""
    rows, formats = _rows(), ("", "", "", "", _MONEY, _MONEY)
    with tempfile.TemporaryDirectory() as place:
        ours, theirs = Path(place) / "posapp.xlsx", Path(place) / "bare.xlsx"
        cases: dict[str, Case] = {
            "posapp": partial(write_xlsx, ours, _HEAD, rows, formats=formats, replace=True),
            "bare": partial(_bare, theirs, rows),
        }
        times = in_turn(cases, 3, warm_up=0)
    show(
        f"xlsx, {_ROWS:,} rows of {len(_HEAD)} columns (yardstick: xlsxwriter in constant memory)",
        [compared("a workbook", times["posapp"], times["bare"], most=1.3)],
    )
