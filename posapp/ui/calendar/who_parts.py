"""Parts of the customer box: the field that finds, the person of an account, the strip of who was found."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name
from posapp.ui.fields import ComboField, LabeledField, LineEdit
from posapp.ui.layout import columns, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided, PlBadge
from posapp.ui.widgets.paint import box


class WhoEdit(LineEdit):
    """The line with the matches below it: the arrows move in them, Enter takes one, Esc closes them."""

    def __init__(self) -> None:
        super().__init__("phone")
        self.take: Callable[[str], bool] = lambda _key: False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Down: "down",
            Qt.Key.Key_Up: "up",
            Qt.Key.Key_Return: "enter",
            Qt.Key.Key_Enter: "enter",
            Qt.Key.Key_Escape: "escape",
        }
        word = keys.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if word is None or modifiers or not self.take(word):
            super().keyPressEvent(event)


class WhoField(LabeledField):
    """What is typed to find or make the customer; right once it is known who that is."""

    def __init__(self, name: str, text: str) -> None:
        self.edit = WhoEdit()
        super().__init__(name, text, self.edit)
        self.is_settled: Callable[[], bool] = lambda: False
        self.why_not: Callable[[], str] = lambda: ""

    def value(self) -> str:
        """The text, if it is settled who is meant; raises `DomainError` customer_missing otherwise."""
        if self.is_empty():
            raise DomainError("customer_missing", self.tr("Enter a phone number or a name."), field=self.name)
        if not self.is_settled():
            sentence = self.tr("Choose a customer from the list, or enter the whole phone number.")
            raise DomainError("customer_missing", self.why_not() or sentence, field=self.name)
        return self.text()


class PersonField(ComboField):
    """Who of the account comes: one of its people, or a new name."""

    def value(self) -> str:
        """The name; raises `DomainError`."""
        return check_name(self.text(), field=self.name)


class ChosenStrip(QFrame):
    """The customer that was found: badge, name, how often here, and *Change*."""

    def __init__(self) -> None:
        super().__init__()
        self.badge = PlBadge("")
        self.name = Elided("", "field", weight=600)
        self.note = Elided("", "caption", tone="text2")
        self.change = button(self.tr("Change"), kind="quiet", size="s")
        words = wide(rows(self.name, self.note, gap=0))
        columns(self.badge, words, self.change, gap=8, pad=(14, 6, 4, 6), host=self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tinted like a selected row, with its bar."""
        look, tokens, rect, painter = theme(), theme().tokens, QRectF(self.rect()), QPainter(self)
        box(painter, rect, look.px(6), tokens.selection)
        x = self.width() - look.px(4) if self.isRightToLeft() else 0
        painter.setClipRect(x, 0, look.px(4), self.height())
        box(painter, rect, look.px(6), tokens.primary)
        painter.end()
