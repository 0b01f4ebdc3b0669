"""Small parts that the columns of the Desk share."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from posapp.ui.layout import STRETCH, columns, rows, top, wide
from posapp.ui.mirror import mirror
from posapp.ui.tables import ROW, Index
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import Elided, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.paint import box

NOTE_LENGTH = 220


class Snug(Elided):
    """One line that is as wide as its words where there is room, and is cut where there is none.

    `least` is how far it is cut at most, in pixels of the design.
    """

    def __init__(
        self,
        text: str = "",
        type: str = "body",
        *,
        tone: str = "",
        weight: int | None = None,
        least: int = 48,
    ) -> None:
        super().__init__(text, type, tone=tone, weight=weight)
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show this text and ask for its width."""
        super().setText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All of the words."""
        return QSize(self.natural_width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Some letters."""
        return QSize(min(self.natural_width(), theme().px(self._least)), super().sizeHint().height())


def with_icon(icon: str, text: QWidget) -> QWidget:
    """Words after a decorative icon."""
    host = QWidget()
    columns(IconLabel(icon, "text2", 16), text, gap=8, host=host)
    host.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return host


def band(title: str, more: QWidget | None = None) -> QWidget:
    """A quiet head between two regions of a card."""
    host = QFrame()
    host.setProperty("role", "sunken")
    row = columns(label(title, "small", tone="text2", weight=500), more, STRETCH, gap=8, pad=(16, 8))
    rows(line(), row, line(), gap=0, host=host)
    host.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return host


def padded_words(words: str = "", above: int = 14) -> QLabel:
    """A quiet sentence where a list has no rows."""
    made, px = label(words, "body", tone="text2", wrap=True), theme().px
    made.setContentsMargins(px(16), px(above), px(16), px(14))
    return made


class NoteStrip(QFrame):
    """A sentence about a customer: amber where it is a warning, quiet otherwise."""

    def __init__(self, icon: str = "message-square") -> None:
        super().__init__()
        self._quiet_icon = icon
        self._is_warning = False
        self._icon = IconLabel(icon, "text2", 16)
        self._text = label("", "body", weight=500, wrap=True)
        columns(top(self._icon), wide(self._text), gap=8, pad=(12, 7), host=self)

    def show_note(self, note: str, *, is_warning: bool) -> None:
        """Show a note, cut where it is long; "" hides the strip."""
        self._is_warning = is_warning
        words = " ".join(note.split())
        cut = words if len(words) <= NOTE_LENGTH else words[: NOTE_LENGTH - 1].rstrip() + "…"
        self._text.setText(cut)
        self._text.setProperty("tone", "warning" if is_warning else "")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._icon.show_icon(
            "triangle-alert" if is_warning else self._quiet_icon, "warning" if is_warning else "text2"
        )
        self.setToolTip(note if cut != note else "")
        self.setAccessibleName(self.tr("Warning: {note}").format(note=note) if is_warning else note)
        self.setVisible(bool(note))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground."""
        tokens = theme().tokens
        painter = QPainter(self)
        ground = tokens.warning_soft if self._is_warning else tokens.sunken
        box(painter, QRectF(self.rect()), theme().px(8), ground)
        painter.end()


class LineDelegate(QStyledItemDelegate):
    """Rows of one line and one height, tinted under the pointer, with a bar where the focus is.

    A row is painted from left to right; in a mirrored window all of it is turned round but the words.
    """

    height = 36

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(0, theme().row_height(self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, and on it what a subclass paints."""
        row = index.data(ROW)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # words decide for themselves
        if option.direction == Qt.LayoutDirection.RightToLeft:
            mirror(painter, option.rect)
        self.paint_ground(painter, option, index, row)
        self.paint_row(painter, option, row)
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        """What lies under the words."""
        look, tokens, rect, state = theme(), theme().tokens, option.rect, option.state
        if state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, tokens.sunken)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect.x(), rect.y(), look.px(4), rect.height(), tokens.primary)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Any) -> None:
        """What stands in the row."""
        raise NotImplementedError
