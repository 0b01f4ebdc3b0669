"""The one field of a sale: scan or type an item, a ticket, a customer, a receipt, or a price."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame

from posapp.domain.selling.carts import CartLine
from posapp.ui.fields.edits import LineEdit
from posapp.ui.layout import rows
from posapp.ui.sell.words import spoken_line, what_it_is
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.labels import KeyHint, label
from posapp.ui.widgets.messages import announce
from posapp.ui.wording import Wording

_TIMES = re.compile(r"\s*([0-9]{1,5})\s*[*×]\s*(.*)", re.DOTALL)
_MOST_ROWS = 7
_SAID_MS = 6000
HIGH = 44


def split_times(text: str) -> tuple[int, str]:
    """How many, and of what: `3*cable` is three cables, everything else one."""
    found = _TIMES.fullmatch(text)
    return (int(found[1]), found[2].strip()) if found else (1, text.strip())


class SpokenDelegate(TwoLineDelegate):
    """Of choices: what can be seen can be said in one line."""

    height = 48

    def words_of(self, value: Any) -> str:
        """In one line, for screen readers."""
        raise NotImplementedError


class ChoiceDelegate(SpokenDelegate):
    """A line that could be rung up: name, what it is, price."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def row_of(self, value: CartLine) -> TwoLineRow:
        """How it looks."""
        price = self._wording.price(value.unit_minor)
        return TwoLineRow(value.text, what_it_is(value), right=price, right_tone="text")

    def words_of(self, value: CartLine) -> str:
        """In one line, for screen readers."""
        return spoken_line(value, self._wording)


class ItemEdit(LineEdit):
    """The line itself: its keys are asked of `take` first."""

    def __init__(self, key: str) -> None:
        super().__init__("scan-barcode")
        self.take: Callable[[str], bool] = lambda _key: False
        self._hint = KeyHint(key, self)

    def sizeHint(self) -> QSize:
        """44 high."""
        return QSize(super().sizeHint().width(), theme().px(HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key stands at the end."""
        super().resizeEvent(event)
        size = self._hint.sizeHint()
        kept, words = size.width() + theme().px(10), self.textMargins()
        (words.setLeft if self.isRightToLeft() else words.setRight)(kept)
        self.setTextMargins(words)
        x = theme().px(10) if self.isRightToLeft() else self.width() - kept
        self._hint.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter belong to the list of choices while there is one."""
        keys = {
            Qt.Key.Key_Down: "down",
            Qt.Key.Key_Up: "up",
            Qt.Key.Key_Return: "enter",
            Qt.Key.Key_Enter: "enter",
        }
        word = keys.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if word is None or modifiers or (event.isAutoRepeat() and word == "enter") or not self.take(word):
            super().keyPressEvent(event)


class ItemField(QFrame):
    """The field with its choices below; it asks nobody."""

    typed = Signal(str)  # look it up while it is typed
    entered = Signal(str, int)  # Enter: what does this mean? and how many of it
    chosen = Signal(object, int)  # one of the choices, and how many
    left_for_lines = Signal(bool)  # an arrow: down (True) or up
    nothing_entered = Signal()  # Enter in the empty field

    def __init__(self, delegate: SpokenDelegate, *, key: str, name: str, placeholder: str) -> None:
        """`delegate` paints and says the choices; `key` leads here."""
        super().__init__()
        self.edit = ItemEdit(key)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name)
        self.edit.take = self._take_key
        self.edit.textEdited.connect(self._typed)
        self.edit.left.connect(self._close)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # before the proxy: else Tab would pass it over
        self.setFocusProxy(self.edit)
        self._answered = ""
        self._delegate = delegate
        self._list = OpenList(self.tr("Choices"), self._delegate, self._delegate.words_of)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.opened.connect(self._choose)
        self._popup = QFrame(self)
        self._popup.setProperty("role", "popup")
        self._problem = label("", "body", tone="danger", weight=500, wrap=True)
        self._problem.setContentsMargins(14, 8, 14, 8)
        rows(self._list, self._problem, gap=0, host=self._popup).setContentsMargins(1, 4, 1, 4)
        self._popup.hide()
        rows(self.edit, gap=0, host=self)
        self._calm = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._calm.timeout.connect(self.clear_problem)

    # -- typing --------------------------------------------------------------------------------------
    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def take_over(self, text: str) -> None:
        """Typed elsewhere, meant for here."""
        self.edit.setFocus()
        self.edit.insert(text)
        self._typed()

    def clear(self) -> None:
        """It was rung up."""
        self.edit.clear()
        self.clear_problem()
        self._close()

    def times(self) -> int:
        """How many of what is scanned next: `3*` stands in the field."""
        times, rest = split_times(self.text())
        return times if not rest else 1

    def _typed(self) -> None:
        self.clear_problem()
        _, rest = split_times(self.text())
        if not rest:
            self._close()
        self.typed.emit(rest)

    # -- choices -------------------------------------------------------------------------------------
    def show_choices(self, text: str, choices: Sequence[Any]) -> None:
        """What answers to a text; an answer to an older one is passed over."""
        if text != split_times(self.text())[1] or not self.edit.hasFocus():
            return
        self._answered = text
        if not choices:
            self._close()
            return
        self._list.rows.show_rows(choices)
        self._list.choose_at(0)
        row = theme().row_height(self._delegate.height)
        self._open(row * min(len(choices), _MOST_ROWS) + 10, is_list=True)

    def _open(self, height: int, *, is_list: bool) -> None:
        host = self.window()
        if self._popup.parentWidget() is not host:
            self._popup.setParent(host)
        self._list.setVisible(is_list)
        self._problem.setVisible(not is_list)
        corner = self.mapTo(host, QPoint(0, self.height() + theme().px(4)))
        room = max(host.height() - corner.y() - theme().px(40), theme().px(60))
        self._popup.setGeometry(corner.x(), corner.y(), self.width(), min(height, room))
        self._popup.show()
        self._popup.raise_()

    def _close(self) -> None:
        self._popup.hide()

    @property
    def has_choices(self) -> bool:
        """Whether choices are in sight."""
        return self._popup.isVisible() and self._list.isVisible()

    def escape(self) -> bool:
        """Close what stands below, then empty the field; False if there was nothing."""
        if self._popup.isVisible():
            self.clear_problem()
            self._close()
            return True
        was_typed = bool(self.text())
        self.clear()
        return was_typed

    def _take_key(self, word: str) -> bool:
        if word == "enter":
            self._enter()
            return True
        if not self.has_choices:
            self.left_for_lines.emit(word == "down")
            return True
        last = self._list.rows.rowCount() - 1
        place = self._list.currentIndex().row() + (1 if word == "down" else -1)
        self._list.choose_at(min(max(place, 0), last))
        announce(self, self._delegate.words_of(self._list.current_row()))
        return True

    def _enter(self) -> None:
        times, rest = split_times(self.text())
        row = self._list.current_row() if self.has_choices and self._answered == rest else None
        if row is not None:
            self._choose(row)
        elif rest:
            self._close()
            self.entered.emit(rest, times)
        else:
            self.nothing_entered.emit()

    def _choose(self, row: object) -> None:
        times, _ = split_times(self.text())
        self._close()
        self.edit.setFocus()
        self.chosen.emit(row, times)

    # -- refusals ------------------------------------------------------------------------------------
    def problem(self) -> str:
        """What is said of the text, "" for nothing."""
        return self._problem.text() if self.edit.property("state") == "error" else ""

    def show_problem(self, sentence: str) -> None:
        """Why it was not rung up, below the field; what is typed stays, all of it selected."""
        set_look(self.edit, state="error")
        self.edit.setAccessibleDescription(sentence)
        self.edit.selectAll()
        self._problem.setText(sentence)
        width = self.width() - 30
        self._open(self._problem.heightForWidth(width) + 10, is_list=False)
        announce(self, sentence, urgent=True)
        self._calm.start()

    def clear_problem(self) -> None:
        """No red any more."""
        self._calm.stop()
        if self.edit.property("state") == "error":
            set_look(self.edit, state="")
            self.edit.setAccessibleDescription("")
            self._close()
