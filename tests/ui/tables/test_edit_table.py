"""Records are opened, archived and moved by keys, and the chosen one stays chosen."""

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.theme import Theme


class Part(NamedTuple):
    id: int
    name: str


SCREEN, BATTERY, CABLE = Part(1, "Screen"), Part(2, "Battery"), Part(3, "Cable")


@pytest.fixture
def table(look: Theme, qtbot: QtBot) -> EditTable:
    made = EditTable("Parts", (Column("Name", lambda row: row.name),))
    qtbot.addWidget(made)
    made.show_rows([SCREEN, BATTERY, CABLE])
    return made


def test_keys_open_archive_and_move_the_chosen_row(table: EditTable, qtbot: QtBot) -> None:
    with qtbot.waitSignals([table.opened, table.removed]):
        qtbot.keyClick(table, Qt.Key.Key_Return)
        qtbot.keyClick(table, Qt.Key.Key_Delete)
    with qtbot.waitSignal(table.moved) as moved:
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert moved.args == [1]
    assert table.chosen() == SCREEN


def test_the_same_record_stays_chosen_wherever_it_stands_now(table: EditTable) -> None:
    table.selectRow(1)
    table.show_rows([BATTERY, CABLE])
    assert table.chosen() == BATTERY
    table.show_rows([SCREEN, CABLE])
    assert table.chosen() == SCREEN


def test_a_table_among_other_things_is_as_high_as_its_rows(table: EditTable) -> None:
    table.show_few([SCREEN, CABLE])
    low = table.height()
    table.show_few([Part(number, "Part") for number in range(30)])
    assert low < table.height() < 30 * 44
    table.show_few([])
    assert table.isHidden()
