"""Search everything (Ctrl+K): one line and the hits in groups, in a popup over the window.

The popup knows nothing of customers or bookings: a provider gets the text and a callable for the answer, and
each hit says itself what opening it does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.layout import columns, rows, wide
from posapp.ui.tables import ROW, Index, RowListModel
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import KeyHint, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.paint import cut, draw_badge, draw_text, round_window
from posapp.ui.widgets.progress import LINE_AFTER_MS


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: its group, its words, and what opening it does."""

    group: str
    text: str
    run: Callable[[], object]
    second: str = ""
    badge: str = ""
    icon: str = ""


class Answered(Protocol):
    """Takes the hits, and a sentence where not all could be looked for."""

    def __call__(self, hits: Sequence[Hit], problem: str = "") -> None: ...


Provider = Callable[[str, Answered], None]
"""search(text, done): calls done(hits), at once or later; hits of one group stand together."""

_NEXT = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


def _words(row: Hit | str) -> str:
    return row if isinstance(row, str) else " ".join(filter(None, (row.badge, row.text, row.second)))


class HitsModel(RowListModel):
    """Heads of groups (not selectable) and hits, in the order of the provider."""

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Replace all rows."""
        groups = groupby(hits, key=lambda hit: hit.group)
        self.show_rows([row for group, found in groups for row in (group, *found)])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads can be neither selected nor opened."""
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def hit_row(self, start: int, step: int) -> int:
        """The next row with a hit from `start` in that direction, -1 for none."""
        place = start
        while 0 <= place < len(self._rows):
            if isinstance(self._rows[place], Hit):
                return place
            place += step
        return -1


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_head = isinstance(index.data(ROW), str)
        return QSize(0, theme().px(30) if is_head else theme().row_height(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, tokens = theme(), theme().tokens
        px, row = look.px, index.data(ROW)
        rect = option.rect
        middle = rect.center().y() + 0.5
        if isinstance(row, str):
            draw_text(painter, rect.x() + px(16), middle, row, look.font("caption", 600), tokens.text3)
            return
        if index.row() == option.widget.currentIndex().row():  # type: ignore[attr-defined]
            painter.fillRect(rect, tokens.selection)
            painter.fillRect(rect.x(), rect.y(), px(4), rect.height(), tokens.primary)
        x: float = rect.x() + px(16)
        if row.badge:
            x += max(draw_badge(painter, x, middle, row.badge), px(48)) + px(10)
        elif row.icon:
            paint_icon(painter, row.icon, x, middle - px(9), px(18), tokens.text2)
            x += px(28)
        end = rect.right() - px(16)
        font = look.font("field", 600)
        x += draw_text(painter, x, middle, cut(row.text, font, end - x), font, tokens.text) + px(10)
        small = look.font("small")
        draw_text(painter, x, middle, cut(row.second, small, end - x), small, tokens.text2)


class SearchEverything(QFrame):
    """The popup: type, arrows, Enter; Esc closes and gives the focus back."""

    def __init__(self, parent: QWidget, provider: Provider) -> None:
        """`provider` finds."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        px = theme().px
        self._provider = provider
        self._asked = 0
        self._is_answered = self._wants_first = False
        self._late = QTimer(self, singleShot=True, interval=LINE_AFTER_MS)
        self._late.timeout.connect(self._show_late)
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Search everything"))
        self._edit = QLineEdit()
        self._edit.setProperty("variant", "bare")
        self._edit.setAccessibleName(self.tr("Search everything"))
        self._edit.setPlaceholderText(self.tr("Phone, name, PL number, booking number, item"))
        self._edit.installEventFilter(self)
        self._edit.textChanged.connect(self._search)
        self._model = HitsModel(_words, self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(_HitDelegate(self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName(self.tr("Found"))
        self._view.clicked.connect(self._open)
        self._hint = label("", "body", tone="text2")
        self._hint.setContentsMargins(px(16), px(12), px(16), px(12))
        head = columns(
            IconLabel("search", "text2"), wide(self._edit), KeyHint("Esc"), gap=10, pad=(16, 10, 14, 10)
        )
        self._column = rows(head, line(), wide(self._view), self._hint, gap=0, host=self)
        self._column.setContentsMargins(1, 1, 1, px(6))

    def open_over(self, window: QWidget) -> None:
        """Show it 640 wide in the upper part of the window, with the last text selected."""
        px = theme().px
        width = min(px(640), window.width() - px(32))
        self.setFixedWidth(width)
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, px(64))))
        self.show()
        self._edit.setFocus()
        self._edit.selectAll()
        self._search(self._edit.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Round corners at every size."""
        super().resizeEvent(event)
        round_window(self)

    def hits(self) -> list[Hit]:
        """What is listed."""
        return [row for row in self._model.rows() if isinstance(row, Hit)]

    def _search(self, text: str) -> None:
        self._asked += 1
        number = self._asked
        self._is_answered = self._wants_first = False
        self._late.start()
        self._provider(text.strip(), lambda hits, problem="": self._answer(number, hits, problem))

    def _answer(self, number: int, hits: Sequence[Hit], problem: str) -> None:
        if number != self._asked:
            return
        self._is_answered = True
        self._show(hits, problem)
        if self._wants_first:
            self._enter()

    def _show_late(self) -> None:
        """The answer takes its time: hits of an older text do not stand under this one."""
        self._show((), self.tr("Searching"))

    def _show(self, hits: Sequence[Hit], problem: str) -> None:
        self._late.stop()
        self._model.show_hits(hits)
        first = self._model.hit_row(0, 1)
        if first >= 0:
            self._view.setCurrentIndex(self._model.index(first, 0))
        self._view.setVisible(bool(hits))
        text = self._edit.text().strip()
        self._hint.setText(
            problem or self.tr("Nothing found for “{text}”").format(text=text)
            if text
            else self.tr("Type a phone number, a name or a number such as PL24 or B319.")
        )
        self._hint.setVisible(bool(problem) or not hits)
        heights = (self._view.sizeHintForRow(row) for row in range(self._model.rowCount()))
        self._view.setFixedHeight(min(sum(heights), theme().px(440)))
        self.setFixedHeight(self._column.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter belong to the list although the cursor stays in the line."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        step = _NEXT.get(Qt.Key(event.key()))
        if step is None:
            return False
        self._walk(step)
        return True

    def _walk(self, step: int) -> None:
        last = self._model.rowCount() - 1
        start = min(max(self._view.currentIndex().row() + step, 0), max(last, 0))
        way = 1 if step > 0 else -1
        place = self._model.hit_row(start, way)
        if place < 0:
            place = self._model.hit_row(start, -way)
        if place >= 0:
            self._view.setCurrentIndex(self._model.index(place, 0))

    def _enter(self) -> None:
        """Open the marked hit; if the answer to the last keys is still to come, as soon as it is there."""
        self._wants_first = not self._is_answered
        self._open(self._view.currentIndex())

    def _open(self, index: Index) -> None:
        if not self._is_answered:
            return  # what is listed answers an older text
        hit = index.data(ROW) if index.isValid() else None
        if isinstance(hit, Hit):
            self.close()
            hit.run()
