from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from posapp.ui.tables import PAGE, SHOWN, SPOKEN, Column, PagedModel, RowListModel, RowsModel
from posapp.ui.tables.sorted_table import SortedTable

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


class Shelf:
    """Numbers behind a paged model; answers when it is told to."""

    def __init__(self, count: int) -> None:
        self.numbers = list(range(count))
        self.waiting: list[tuple[Any, int, Callable[[Sequence[Any]], None]]] = []

    def fetch(self, after: Any, how_many: int, arrived: Callable[[Sequence[Any]], None]) -> None:
        self.waiting.append((after, how_many, arrived))

    def answer(self, place: int = 0) -> None:
        after, how_many, arrived = self.waiting.pop(place)
        start = 0 if after is None else after + 1
        arrived(self.numbers[start : start + how_many])


def test_a_table_shows_and_speaks_its_columns(qtbot: QtBot) -> None:
    columns = [
        Column("Number", lambda row: f"PL{row}", lambda row: row),
        Column("Double", lambda row: str(row * 2), lambda row: row * 2, is_figure=True),
    ]
    model = RowsModel(columns)
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_rows([24, 9, 103])
    assert model.index(0, 1).data(SPOKEN) == "48"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Double"
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignTrailing
    assert model.row_at(model.index(2, 0)) == 103
    assert model.row_at(QModelIndex()) is None
    model.show_rows([])
    assert model.rowCount() == 0
    del tester


def test_a_sorted_table_keeps_its_order_and_the_chosen_row(qtbot: QtBot) -> None:
    columns = [Column("Number", lambda row: f"PL{row}", lambda row: row), Column("Word", lambda row: "Same")]
    table = SortedTable("Numbers", columns, key=lambda row: row, letters={}, wide=1)
    qtbot.addWidget(table)
    model = table.model()
    assert isinstance(model, RowsModel)
    tester = QAbstractItemModelTester(model, FATAL)
    table.show_rows([24, 9, 103])
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [model.index(row, 0).data(SHOWN) for row in range(3)] == ["PL9", "PL24", "PL103"]
    table.setCurrentIndex(model.index(2, 0))
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert (model.rows(), table.current(), table.chosen()) == ((103, 24, 9), 103, [103])
    table.show_rows([7, 103, 500])
    assert (model.rows(), table.current()) == ((500, 103, 7), 103)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert model.rows() == (500, 103, 7)
    del tester


def test_a_list_with_cells_speaks_the_row_and_each_part(qtbot: QtBot) -> None:
    cells = [Column("Number", lambda row: f"T{row}"), Column("Note", lambda row: "late" if row > 1 else "")]
    model = RowListModel(lambda row: f"ticket {row}", cells=cells)
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_rows([1, 2])
    said = [[model.index(row, column).data(SPOKEN) for column in (0, 1)] for row in (0, 1)]
    assert said == [["ticket 1", "Note: nothing"], ["ticket 2", "late"]]
    assert model.index(1, 0).data(SHOWN) == "T2"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Note"
    del tester


def test_a_list_gives_the_row_and_its_words(qtbot: QtBot) -> None:
    model = RowListModel(lambda row: f"customer {row}")
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_rows([1, 2])
    assert model.index(1, 0).data(SPOKEN) == "customer 2"
    assert model.row_at(model.index(1, 0)) == 2
    del tester


def test_a_paged_list_asks_for_the_next_page_after_its_last_row(qtbot: QtBot) -> None:
    shelf = Shelf(450)
    model = PagedModel(str, shelf.fetch)
    tester = QAbstractItemModelTester(model, FATAL)
    assert not model.canFetchMore()
    model.restart()
    shelf.answer()
    sizes = [model.rowCount()]
    while shelf.waiting or model.canFetchMore():
        model.fetchMore()  # Qt's tester asks too: it must not ask twice
        assert not model.canFetchMore()
        assert len(shelf.waiting) == 1
        shelf.answer()
        sizes.append(model.rowCount())
    assert sizes == [PAGE, 2 * PAGE, 450]
    assert list(model.rows()) == shelf.numbers
    del tester


def test_a_page_of_an_older_question_is_dropped(qtbot: QtBot) -> None:
    shelf = Shelf(500)
    model = PagedModel(str, shelf.fetch)
    model.restart()
    shelf.answer()
    model.fetchMore()
    model.restart()
    shelf.numbers = [7]
    shelf.answer(1)
    shelf.answer(0)
    assert list(model.rows()) == [7]
    assert not model.canFetchMore()


def test_old_rows_stay_until_the_first_page_is_here(qtbot: QtBot) -> None:
    shelf = Shelf(3)
    model = PagedModel(str, shelf.fetch)
    model.restart()
    shelf.answer()
    with qtbot.waitSignal(model.loading) as told:
        model.restart()
    assert told.args == [True]
    assert model.rowCount() == 3
    model.stop()
    shelf.numbers = []
    shelf.answer()
    assert model.rowCount() == 3


@pytest.mark.parametrize("count", [PAGE, PAGE - 1])
def test_a_full_page_may_have_a_successor(qtbot: QtBot, count: int) -> None:
    shelf = Shelf(count)
    model = PagedModel(str, shelf.fetch)
    model.restart()
    shelf.answer()
    assert model.canFetchMore() is (count == PAGE)
