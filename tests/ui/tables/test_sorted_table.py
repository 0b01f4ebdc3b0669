"""A table sorts by any column, says what its keys mean, and keeps its place when it is read anew."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.tables import Column
from posapp.ui.tables.sorted_table import SortedTable

KEY = Qt.Key


class Part(NamedTuple):
    id: int
    name: str
    stock: int


SCREEN, BATTERY, CABLE = Part(1, "Screen", 3), Part(2, "battery", 9), Part(3, "Cable", 5)


@pytest.fixture
def table(show: Callable[[QWidget], QWidget], qtbot: QtBot) -> SortedTable:
    columns = (
        Column("Name", lambda row: row.name),
        Column("Stock", lambda row: str(row.stock), lambda row: row.stock, True),
    )
    made = SortedTable("Parts", columns, key=lambda row: row.id, letters={KEY.Key_D: "drop"}, wide=0)
    made.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    made.show_rows([SCREEN, BATTERY, CABLE])
    show(made)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_it_sorts_by_words_whatever_their_case_and_begins_at_the_top(table: SortedTable) -> None:
    assert table.current() == BATTERY
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.setCurrentIndex(table.model().index(0, 0))
    assert table.current() == SCREEN


def test_keys_say_what_is_meant_and_letters_only_where_they_may(table: SortedTable, qtbot: QtBot) -> None:
    heard: list[str] = []
    table.pressed_key.connect(heard.append)
    qtbot.keyClick(table, KEY.Key_Return)
    qtbot.keyClick(table, KEY.Key_D)
    table.plain_keys = False
    qtbot.keyClick(table, KEY.Key_D)
    assert heard == ["open", "drop"]


def test_the_chosen_row_stays_chosen_and_one_that_is_gone_gives_its_place_to_nobody(
    table: SortedTable,
) -> None:
    table.setCurrentIndex(table.model().index(1, 0))
    assert table.chosen() == [CABLE]
    more = CABLE._replace(name="A cable", stock=4)
    table.show_rows([SCREEN, BATTERY, more])
    assert (table.current(), table.chosen()) == (more, [more])
    table.show_rows([SCREEN, BATTERY])
    assert table.current() is None
