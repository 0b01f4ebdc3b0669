"""Small parts of the login: the shop's mark, the line of the shift, the password, the side with the pad."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.shift.words import opening_time
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button
from posapp.ui.widgets.initials import shop_letters
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.messages import announce
from posapp.ui.widgets.paint import box, draw_text
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.selling.shifts import Shift


class Mark(QWidget):
    """The first letters of the shop on a dark square."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setFixedSize(self.sizeHint())

    def show_name(self, name: str) -> None:
        """This shop."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        """44 square."""
        return QSize(theme().px(44), theme().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Light letters on the dark of the text, the other way round in the dark: seen on either ground."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), look.px(10), tokens.text)
        letters, font = shop_letters(self._name), look.font("figure", 700)
        width = look.metrics("figure", 700).horizontalAdvance(letters)
        draw_text(painter, (self.width() - width) / 2, self.height() / 2, letters, font, tokens.surface)
        painter.end()


class Side(QFrame):
    """The right part, on a surface of its own."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        rows(content, pad=(20, 16), host=self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line parts it from the names."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.surface)
        edge = self.width() - 1 if self.isRightToLeft() else 0
        painter.fillRect(edge, 0, 1, self.height(), theme().tokens.border)
        painter.end()


class ShiftLine(QFrame):
    """Whether the shift of this till is open: since when, and by whom."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.words = Elided("", "body", tone="text2")
        self._is_open = False
        columns(_Dot(self), self.words, gap=8, pad=(16, 12), host=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_open(self) -> bool:
        """Whether it is."""
        return self._is_open

    def show_shift(self, shift: "Shift | None", wording: Wording) -> None:
        """This is told to anybody in front of the till, so no amounts."""
        self._is_open = shift is not None
        if shift is None:
            self.words.setText(self.tr("No shift is open at this till"))
        else:
            words, since = (
                self.tr("Shift open since {time} by {name}"),
                opening_time(shift.opened_at, wording),
            )
            self.words.setText(words.format(time=since, name=shift.opened_by))
        self.update()


class _Dot(QWidget):
    def __init__(self, line: ShiftLine) -> None:
        super().__init__(line)
        self._line = line
        self.setFixedSize(theme().px(8), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        side, tokens = theme().px(8), theme().tokens
        painter = QPainter(self)
        ink = tokens.success_fill if self._line.is_open else tokens.control
        box(painter, QRectF(0, (self.height() - side) / 2, side, side), side / 2, ink)
        painter.end()


class Password(QWidget):
    """For who has no PIN: a field, and a button that says what it does."""

    def __init__(self, name: str, check: Callable[[str], object]) -> None:
        super().__init__()
        self._check = check
        self._edit = QLineEdit()
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setAccessibleName(name)
        self._edit.setMinimumWidth(theme().px(308))
        self._edit.returnPressed.connect(self._send)
        self._said = label("", "small", tone="danger", wrap=True)
        send = Button(self.tr("Sign in"), kind="primary", size="l")
        send.clicked.connect(self._send)
        self.setFocusProxy(self._edit)
        rows(self._edit, self._said, send, STRETCH, gap=8, host=self)

    def clear(self) -> None:
        """Nothing is typed."""
        self._edit.clear()
        self._said.setText("")

    def show_wrong(self, sentence: str) -> None:
        """It was not right."""
        self._edit.selectAll()
        self._said.setText(sentence)
        if self.isVisible():
            announce(self, sentence, urgent=True)

    def _send(self) -> None:
        self._check(self._edit.text())
