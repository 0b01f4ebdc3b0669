"""The amount as it is typed, and the change in green beside it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import LineEdit
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, draw_text
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.money import Money

HIGH = 56


class AmountEdit(LineEdit):
    """56 high. Enter is told by `entered`; `,` and `.` are both understood, with or without the currency."""

    entered = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.setProperty("variant", "amount")
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.setMaxLength(40)

    def sizeHint(self) -> QSize:
        """Large enough to be read from a step away."""
        return QSize(theme().px(160), theme().px(HIGH))

    def minor(self) -> int:
        """What is typed, nothing for an empty field; `DomainError` amount_invalid or amount_negative."""
        from posapp.domain.base.locales import decimal_mark
        from posapp.domain.base.money import parse_amount

        if not self.text().strip():
            return 0
        wording = self._wording
        mark = decimal_mark(wording.locale)
        found: Money = parse_amount(
            self.text(), wording.currency, decimal_mark=mark, locale=wording.locale, field="amount"
        )
        return found.minor

    def minor_or_nothing(self) -> int | None:
        """The same; None while it is no amount."""
        try:
            return self.minor()
        except DomainError:
            return None

    def show_minor(self, minor: int) -> None:
        """Put an amount in, all of it selected: the next digit begins anew."""
        self.setText(self._wording.price(minor) if minor else "")
        self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click that brings the focus selects all of it; the pad, which types on, does not."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds the payment."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            if not event.isAutoRepeat():
                self.entered.emit()
            return
        super().keyPressEvent(event)


class ChangeBox(QWidget):
    """What is given back, 30 px and green; empty and quiet while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._is_good = "", True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Change"))

    def text(self) -> str:
        """The change as it is shown."""
        return self._text

    def set_text(self, text: str, *, is_good: bool = True) -> None:
        """Show this; what is not good stands there without the green."""
        if (text, is_good) != (self._text, self._is_good):
            self._text, self._is_good = text, is_good
            self.setAccessibleDescription(text)
            self.update()

    def sizeHint(self) -> QSize:
        """As high as the amount."""
        return QSize(theme().px(120), theme().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, and the change at its end, as large as there is room."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        ground = tokens.success_soft if self._text and self._is_good else tokens.sunken
        box(painter, QRectF(self.rect()), look.px(8), ground)
        room = self.width() - look.px(24)
        steps = ("sum", "name", "figure", "strong")
        step = next(
            (one for one in steps if look.metrics(one, 700).horizontalAdvance(self._text) <= room), steps[-1]
        )
        width = look.metrics(step, 700).horizontalAdvance(self._text)
        ink = tokens.success if self._is_good else tokens.text2
        x = look.px(12) if self.isRightToLeft() else self.width() - look.px(12) - width
        draw_text(painter, x, self.height() / 2, self._text, look.font(step, 700), ink)
        painter.end()
