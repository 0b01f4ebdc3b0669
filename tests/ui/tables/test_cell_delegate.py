"""Cells of plain words look as Qt itself draws them, in every script, direction and scale."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from posapp.ui.fonts import load_fallback_fonts
from posapp.ui.tables import Column
from posapp.ui.tables.cell_delegate import CellDelegate
from posapp.ui.tables.sorted_table import SortedTable
from posapp.ui.theme import Choice, Theme

_WORDS = (
    "T12·2",
    "Galaxy S22",
    "Cracked screen, and a very long tale of how it fell",
    "",
    "two\nlines",
    "  spaced ",
    "Экран разбит",
    "شاشة مكسورة 12",
    "מסך שבור",
    "एक लंबा नाम",
    "三星手机屏幕破裂",
    "삼성 갤럭시",
    "€ 1.234,00",
)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize(("choice", "scale"), [("light", 100), ("dark", 90), ("light", 150)])
def test_cells_look_as_qt_draws_them(
    qapp: QApplication,
    look: Theme,
    show: Callable[[QWidget], QWidget],
    choice: Choice,
    scale: int,
    direction: Qt.LayoutDirection,
) -> None:
    load_fallback_fonts()
    look.change(choice=choice, scale=scale)
    texts = Column("Words", str), Column("More", str), Column("Sum", str, None, True)
    table = SortedTable("Words", texts, key=hash, letters={}, wide=1)
    table.setLayoutDirection(direction)
    table.resize(500, 900)
    table.show_rows(_WORDS)
    show(table)
    table.selectRow(2)
    qapp.processEvents()
    by_qt = table.viewport().grab().toImage()
    table.setItemDelegate(CellDelegate(table))
    qapp.processEvents()
    assert table.viewport().grab().toImage() == by_qt
