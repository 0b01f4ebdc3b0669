"""The code that a customer pays by, in the place of the pad: whoever sees that it was paid, confirms."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.layout import rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.paint import key_words

_SIDE = 176


class _Picture(QWidget):
    """Black on white in every look, with its quiet zone, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._code = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Payment code"))

    def show_code(self, png: bytes) -> None:
        """Another code, none for no bytes."""
        self._code = QPixmap()
        if png:
            self._code.loadFromData(png)
        self.update()

    def sizeHint(self) -> QSize:
        """A phone reads it from half a metre."""
        return QSize(theme().px(_SIDE), theme().px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The code in the middle."""
        if self._code.isNull():
            return
        side = min(self.width(), self.height())
        painter = QPainter(self)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.fillRect(rect, Qt.GlobalColor.white)
        painter.drawPixmap(rect, self._code, QRectF(self._code.rect()))
        painter.end()


class CodeView(QWidget):
    """The picture, and what is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = _Picture()
        self.words = label("", "small", tone="text2", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows(wide(self._picture), self.words, gap=6, host=self)

    def show_code(self, png: bytes) -> None:
        """This code, or that there is none for such an amount."""
        self._picture.show_code(png)
        waiting = self.tr("Waiting. Confirm with {key} once you see that it was paid.")
        waiting = waiting.format(key=key_words("F9"))
        self.words.setText(waiting if png else self.tr("There is no code for this amount."))
