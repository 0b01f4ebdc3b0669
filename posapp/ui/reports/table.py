"""The table of a page: sorted by any column, with a foot that stands still under its columns."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from posapp.domain.figures.measures import Measure, Unit
from posapp.domain.figures.reports import Cell, ReportTable, Row
from posapp.ui.layout import rows, wide
from posapp.ui.reports.values import shown
from posapp.ui.reports.words import said
from posapp.ui.tables import Column
from posapp.ui.tables.sorted_table import SortedTable
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import cut
from posapp.ui.wording import Wording

ROW_HEIGHT, LOOKED_AT, PAD = 38, 60, 15
MOST_WIDTH = 240
_KEPT = 256
"""Cells of a column whose words are kept: Qt asks for each several times as it is measured and painted."""
_WORDS = (Unit.TEXT, Unit.CODE, Unit.DAY, Unit.MONTH)
"""Units that are no figures."""


def is_figure(unit: Unit) -> bool:
    """Whether cells of that unit stand at the end of their column."""
    return unit not in _WORDS


def columns_of(told: ReportTable, wording: Wording) -> tuple[Column, ...]:
    """Heads, texts and order of the columns."""

    def column(place: int, measure: Measure) -> Column:
        @lru_cache(_KEPT)
        def text(row: Row) -> str:
            return shown(row.cells[place], measure.unit, wording)

        return Column(said(measure.words), text, partial(_order, place), is_figure(measure.unit))

    return tuple(column(place, measure) for place, measure in enumerate(told.columns))


def _order(place: int, row: Row) -> tuple[bool, Any, int]:
    """What is not known comes first; numbers of documents by their number, PL9 before PL24."""
    cell: Cell = row.cells[place]
    if cell is None:
        return False, 0, 0
    if isinstance(cell, int):
        return True, cell, 0
    if isinstance(cell, date):
        return True, cell.toordinal(), 0
    head = cell.rstrip("0123456789")
    tail = cell[len(head) :]
    return True, head.casefold(), int(tail) if tail.isascii() and tail.isdecimal() else 0


def _told(told: ReportTable) -> list[int]:
    """The keys that say something in some row; the others are left out."""
    return [place for place, _ in enumerate(told.report.keys) if any(row.cells[place] for row in told.rows)]


def _widest(told: ReportTable) -> int:
    """Which column takes the room that is left: the last one of words."""
    texts = [place for place in _told(told) if told.columns[place].unit is Unit.TEXT]
    return texts[-1] if texts else next(iter(_told(told)), 0)


class FigureTable(SortedTable):
    """A table of figures; where its columns have no room it scrolls sideways."""

    _least: Mapping[int, int] = MappingProxyType({})
    """How wide columns are at least; Qt asks while the table is made."""
    _wide, least_wide = 0, 150
    """The column that has the rest, and how wide it is at least."""

    def __init__(
        self,
        name: str,
        columns: tuple[Column, ...],
        *,
        wide: int = 0,
        key: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__(
            name, columns, key=key or (lambda row: row.id), letters={}, wide=wide, is_fitted=True
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._wide = wide
        head = self.horizontalHeader()
        head.setResizeContentsPrecision(LOOKED_AT)
        head.setMinimumSectionSize(theme().px(64))
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._dress()
        theme().changed.connect(self._dress)

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row_height(ROW_HEIGHT))

    def make_room(self, widths: dict[int, int]) -> None:
        """Columns are never narrower than what stands below them."""
        self._least = widths
        head, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        head.resizeSections(modes.ResizeToContents)
        head.setSectionResizeMode(self._wide, modes.Fixed)  # it has lost the rest, and is given it anew
        self._give_rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The wide column has the rest, or where that is too little enough to be read."""
        super().resizeEvent(event)
        self._give_rest()

    def _give_rest(self) -> None:
        head, least = self.horizontalHeader(), theme().px(self.least_wide)
        others = sum(head.sectionSize(place) for place in range(head.count()) if place != self._wide)
        has_room = self.viewport().width() - others >= least
        modes = QHeaderView.ResizeMode
        mode = modes.Stretch if has_room else modes.Fixed
        if head.sectionResizeMode(self._wide) != mode:
            head.setSectionResizeMode(self._wide, mode)
        if not has_room:
            head.resizeSection(self._wide, least)

    def sizeHintForColumn(self, column: int) -> int:
        """Room for the rows and for the foot."""
        most = theme().px(MOST_WIDTH)
        return max(min(super().sizeHintForColumn(column), most), self._least.get(column, 0))


class SmallTable(FigureTable):
    """A few rows beside others: it keeps their order, and marks none before it has the focus."""

    least_wide = 96

    def __init__(self, name: str, columns: tuple[Column, ...]) -> None:
        super().__init__(name, columns, key=lambda one: one.name)
        self.setSortingEnabled(False)
        self.setMinimumHeight(theme().px(3 * ROW_HEIGHT))

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other rows."""
        was_chosen = self.currentIndex().isValid()
        super().show_rows(rows)
        if not was_chosen and not self.hasFocus():
            self.setCurrentIndex(QModelIndex())


class Foot(QWidget):
    """Sums below the columns of a table."""

    def __init__(self, table: FigureTable) -> None:
        super().__init__()
        self._table, self._cells = table, tuple[tuple[str, bool], ...]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme().px(ROW_HEIGHT + 4))
        head: QHeaderView = table.horizontalHeader()
        head.sectionResized.connect(self.update)
        head.geometriesChanged.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Columns move with the width of the table."""
        if event.type() == QEvent.Type.Resize:
            self.update()
        return False

    def show_cells(self, cells: tuple[tuple[str, bool], ...], spoken: str) -> None:
        """The words of each column, and whether it is one of figures."""
        self._cells = cells
        self.setAccessibleName(spoken)
        look = theme()
        metrics, room = look.metrics("body", 600), look.px(2 * PAD + 4)
        widths = {place: metrics.horizontalAdvance(words) + room for place, (words, _) in enumerate(cells)}
        self._table.make_room(widths)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each sum under its column."""
        look, tokens, head = theme(), theme().tokens, self._table.horizontalHeader()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.sunken)
        painter.fillRect(0, 0, self.width(), 1, tokens.border)
        font, pad = look.font("body", 600), look.px(PAD)
        painter.setFont(font)
        painter.setPen(tokens.text)
        begin = self._table.viewport().x()  # beside a scroll bar, where people read from the right
        for place, (words, is_number) in enumerate(self._cells):
            if head.isSectionHidden(place):
                continue
            left, width = begin + head.sectionViewportPosition(place), head.sectionSize(place)
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            room = QRect(left + pad, 0, width - 2 * pad, self.height())
            flags = side | Qt.AlignmentFlag.AlignVCenter  # Qt swaps sides with the layout
            painter.drawText(room, int(flags.value), cut(words, font, room.width() + 1))
        painter.end()


class FootedTable(QWidget):
    """A page as a table with its sums; `opened` tells the row."""

    opened = Signal(object)

    def __init__(self, told: ReportTable, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        name, place = said(told.report.words), _widest(told)
        self.table = FigureTable(name, columns_of(told, wording), wide=place)
        self.table.pressed_key.connect(self._open)
        self.foot = Foot(self.table)
        rows(wide(self.table), self.foot, gap=0, host=self)
        self.setFocusProxy(self.table)
        self.show_table(told)

    def show_table(self, told: ReportTable) -> None:
        """The same page with other figures: order, cursor and place stay."""
        at = self.table.verticalScrollBar().value()
        self.table.show_rows(told.rows)
        self.table.verticalScrollBar().setValue(at)
        seen = _told(told)
        for place, _ in enumerate(told.report.keys):
            self.table.setColumnHidden(place, bool(seen) and place not in seen)
        words = [
            shown(cell, one.unit, self._wording) for cell, one in zip(told.foot, told.columns, strict=True)
        ]
        pairs = [(said(one.words), text) for one, text in zip(told.columns, words, strict=True) if text]
        sums = self.tr("Total")
        first = seen[0] if seen else 0
        words[first] = words[first] or sums
        cells = tuple((text, is_figure(one.unit)) for text, one in zip(words, told.columns, strict=True))
        self.foot.show_cells(cells, ", ".join((sums, *(f"{name} {text}" for name, text in pairs))))
        self.foot.setVisible(any(text for _, text in pairs))

    def _open(self, _key: str) -> None:
        row = self.table.current()
        if row is not None:
            self.opened.emit(row)
