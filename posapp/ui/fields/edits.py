"""Bare editors of the fields: a line with an icon, a note, a combo box."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
    QWindow,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from posapp.ui.icons import paint_icon
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import Button, icon_button

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object
_FOR_A_MOMENT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def is_save(event: QKeyEvent) -> bool:
    """Whether a key saves a form: Ctrl+Enter."""
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return is_enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def is_unbound(event: QKeyEvent) -> bool:
    """Whether it is a key such as Alt+G that nothing here answers to: Qt would type its letter.

    On a Mac the same key types characters of its own. AltGr is another modifier, or Ctrl and Alt.
    """
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    is_alt = held == Qt.KeyboardModifier.AltModifier and sys.platform != "darwin"
    return is_alt and event.text().isprintable() and bool(event.text())


class _Left(_Base):
    """Mixin of editors: `left` is told when the focus went by key or mouse."""

    left: SignalInstance

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A menu, the list of a box or another window does not count."""
        super().focusOutEvent(event)
        if event.reason() not in _FOR_A_MOMENT:
            self.left.emit()


class LineEdit(_Left, QLineEdit):
    """A line with an icon before the text and one for its state after it; `left`: the focus went."""

    left = Signal()

    def __init__(self, icon: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon, self._mark, self._mark_tone = icon, "", "text2"
        self._button: Button | None = None
        self._fit()
        theme().changed.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that means nothing here is not typed."""
        if is_unbound(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """40 high."""
        return QSize(super().sizeHint().width(), theme().px(40))

    def minimumSizeHint(self) -> QSize:
        """Narrow where it must be, never lower."""
        return QSize(theme().px(64), self.sizeHint().height())

    def put_button(self, icon: str, name: str, *, side: int, gap: int, key: str = "") -> Button:
        """A button inside the line, `gap` from its end; Tab passes it over."""
        self._button, self._place = icon_button(icon, name, key=key), (side, gap)
        self._button.setParent(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        return self._button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button keeps to the end."""
        super().resizeEvent(event)
        if self._button is not None:
            side, gap = map(theme().px, self._place)
            x = gap if self.isRightToLeft() else self.width() - side - gap
            self._button.setGeometry(x, (self.height() - side) // 2, side, side)

    def set_mark(self, icon: str, tone: str = "text2") -> None:
        """An icon at the end that shows the state of the text; "" for none."""
        self._mark, self._mark_tone = icon, tone
        self._fit()
        self.update()

    @property
    def shows_mark(self) -> bool:
        """Whether the state of the text is shown: a red line has no green tick."""
        return bool(self._mark) and not (self._mark_tone == "success" and self.property("state") == "error")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line as Qt draws it, with the icons on top."""
        super().paintEvent(event)
        look, tokens = theme(), theme().tokens
        side, gap = look.px(18), look.px(12)
        y = (self.height() - side) / 2
        start, end = gap, self.width() - gap - side
        if self.isRightToLeft():
            start, end = end, start
        painter = QPainter(self)
        if self._icon:
            paint_icon(painter, self._icon, start, y, side, tokens.text2)
        if self.shows_mark:
            paint_icon(painter, self._mark, end, y, side, tokens.colour(self._mark_tone))
        painter.end()

    def _fit(self) -> None:
        room = theme().px(26)
        before, after = (room if self._icon else 0), (room if self._mark else 0)
        if self.isRightToLeft():
            before, after = after, before
        self.setTextMargins(before, 0, after, 0)

    def changeEvent(self, event: QEvent) -> None:
        """The icons change sides with the layout."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._fit()


class NoteEdit(_Left, QPlainTextEdit):
    """Several lines of words. Tab leaves; Ctrl+Enter is the form's."""

    left = Signal()

    def __init__(self, lines: int = 3) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = lines
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """Room for the lines it was made for."""
        return QSize(super().sizeHint().width(), theme().line("field") * self._lines + theme().px(20))

    def minimumSizeHint(self) -> QSize:
        """The same: forms scroll, notes do not shrink."""
        return QSize(theme().px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter travels on to the form instead of adding a line, as does a key without a meaning."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (is_enter and event.modifiers()) or is_unbound(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys that lead here go on after what was put in, where Qt leaves the cursor before it."""
        super().focusInEvent(event)
        is_by_keys = event.reason() not in (*_FOR_A_MOMENT, Qt.FocusReason.MouseFocusReason)
        if is_by_keys and self.textCursor().atStart() and not self.textCursor().hasSelection():
            self.moveCursor(QTextCursor.MoveOperation.End)


class Combo(_Left, QComboBox):
    """A combo box whose arrow is ours; the wheel does nothing, so that scrolling a form changes no value."""

    left = Signal()

    def __init__(self, *, editable: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEditable(editable)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(12)
        self.setItemDelegate(QStyledItemDelegate(self))  # Fusion's own knows nothing of our style sheet
        self.view().setAccessibleName(self.tr("Choices"))
        self.take_list(self.view())
        self._mirror()

    def changeEvent(self, event: QEvent) -> None:
        """The arrow changes sides with the layout."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._mirror()

    def _mirror(self) -> None:
        set_look(self, mirrored="yes" if self.isRightToLeft() else "")

    def setAccessibleName(self, name: str) -> None:
        """Name the box, its line and its list alike; otherwise it is called by what is chosen."""
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)
        edit = self.lineEdit()
        if edit is not None:
            edit.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """40 high."""
        return QSize(super().sizeHint().width(), theme().px(40))

    def minimumSizeHint(self) -> QSize:
        """Narrow where it must be, never lower."""
        return QSize(theme().px(72), theme().px(40))

    def take_list(self, popup: QAbstractItemView) -> None:
        """Ctrl+Enter in a list of this box takes what is marked there and goes on to the form.

        A click beside the list is for what lies there, not only for closing it. One line is measured for all:
        Qt lays out a list at each change of its style, closed or not, and some have hundreds of lines.
        """
        if isinstance(popup, QListView):
            popup.setUniformItemSizes(True)
        popup.installEventFilter(self)
        popup.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # some platforms would press a second time

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list has the keys and the mouse while it is open, and knows no form."""
        if isinstance(event, QMouseEvent) and isinstance(watched, QAbstractItemView):
            return self._clicked_beside(watched, event)
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and is_save(event)):
            return False
        if isinstance(watched, QAbstractItemView) and watched.isVisible():
            words = watched.currentIndex().data()
            self.hidePopup()
            watched.window().hide()
            if words is not None:
                self.setCurrentText(str(words))
        event.ignore()
        QApplication.sendEvent(self, event)
        return True

    def _clicked_beside(self, popup: QAbstractItemView, event: QMouseEvent) -> bool:
        """The list closes, and what was clicked gets the click; a quick one lets go before that is known."""
        at = event.globalPosition()
        is_press = event.type() == QEvent.Type.MouseButtonPress and popup.isVisible()
        is_late = event.type() == QEvent.Type.MouseButtonRelease and not popup.isVisible()
        is_inside = popup.rect().contains(popup.mapFromGlobal(at.toPoint()))
        if popup is self.view() or not (is_late or (is_press and not is_inside)):
            return False
        popup.hide()
        below = QApplication.widgetAt(at.toPoint())
        window = self.window().windowHandle()
        if below is not None and below.window() is self.window():
            # Qt counts the late release as the list's: only what lies there can be told of it.
            target: QWidget | QWindow = below if is_late else window
            place, buttons = QPointF(target.mapFromGlobal(at)), event.buttons()
            passed = QMouseEvent(event.type(), place, at, event.button(), buttons, event.modifiers())
            QApplication.sendEvent(target, passed)
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel belongs to the form."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the form; Space and Alt+Down open the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line inside selects its text whenever the box gets the focus, also from code."""
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None and event.reason() not in _FOR_A_MOMENT:
            line.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box as Qt draws it, with the arrow on top."""
        super().paintEvent(event)
        look = theme()
        side = look.px(18)
        x = look.px(10) if self.isRightToLeft() else self.width() - side - look.px(10)
        painter = QPainter(self)
        paint_icon(painter, "chevron-down", x, (self.height() - side) / 2, side, look.tokens.text2)
        painter.end()
