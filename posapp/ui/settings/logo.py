"""The shop's logo as paper shows it: on white, whatever the theme."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, draw_text

_PAPER = QColor("#FFFFFF")


class LogoView(QWidget):
    """A frame with the picture, or the words "No logo"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_picture(None)

    def show_picture(self, png: bytes | None) -> None:
        """Show this picture, None for none."""
        self._picture = QPixmap()
        if png is not None:
            self._picture.loadFromData(png)
        self.setAccessibleName(self.tr("No logo") if self._picture.isNull() else self.tr("Logo"))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide rather than high, like most logos."""
        return QSize(theme().px(200), theme().px(88))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, and the picture as large as fits."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        is_empty = self._picture.isNull()
        box(painter, QRectF(self.rect()), look.px(8), tokens.sunken if is_empty else _PAPER, tokens.border)
        if is_empty:
            font = look.font("small")
            words = self.tr("No logo")
            width = look.metrics("small").horizontalAdvance(words)
            draw_text(painter, (self.width() - width) / 2, self.height() / 2, words, font, tokens.text2)
        else:
            room = self.size() - QSize(look.px(16), look.px(16))
            ratio = self.devicePixelRatioF()
            drawn = self._picture.scaled(
                room * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            drawn.setDevicePixelRatio(ratio)
            size = drawn.deviceIndependentSize()
            at = ((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
            painter.drawPixmap(int(at[0]), int(at[1]), drawn)
        painter.end()
