"""A small pad to sign on with mouse, pen or finger; what is signed becomes a PNG."""

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, draw_text

WIDTH, HEIGHT = 480, 140
PEN = 2.4


class SignaturePad(QWidget):
    """Strokes are kept in pixels of the design; the PNG is black on white whatever the theme."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[QPolygonF] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Signature"))
        self.setAccessibleDescription(self.tr("Drawn with mouse, pen or finger. Delete clears it."))

    def sizeHint(self) -> QSize:
        """A line to sign on."""
        return QSize(theme().px(WIDTH), theme().px(HEIGHT))

    @property
    def is_empty(self) -> bool:
        """Whether nobody has signed."""
        return not self._strokes

    def clear(self) -> None:
        """Nobody has signed."""
        self._strokes = []
        self.changed.emit()
        self.update()

    def png(self) -> bytes | None:
        """The signature as a picture file, None if there is none."""
        if self.is_empty:
            return None
        picture = QImage(self.size() * 2, QImage.Format.Format_Grayscale8)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.scale(2, 2)
        self._paint_strokes(painter, QPen(Qt.GlobalColor.black, PEN))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]  # takes the name as str, too
        return bytes(buffer.data().data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._strokes.append(QPolygonF([event.position(), event.position() + QPointF(0.1, 0.1)]))
        self.changed.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if event.buttons() and self._strokes:
            self._strokes[-1].append(event.position())
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, the line to sign on, and the strokes."""
        look, tokens, px = theme(), theme().tokens, theme().px
        painter = QPainter(self)
        box(painter, self.rect().toRectF(), px(8), tokens.surface, tokens.control)
        y = self.height() - px(34)
        painter.fillRect(px(24), y, self.width() - px(48), 1, tokens.control)
        if self.is_empty:
            words = self.tr("Sign here, if the shop wants it")
            draw_text(painter, px(24), y + px(16), words, look.font("small"), tokens.text3)
        self._paint_strokes(painter, QPen(tokens.text, PEN))
        painter.end()

    def _paint_strokes(self, painter: QPainter, pen: QPen) -> None:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        for stroke in self._strokes:
            painter.drawPolyline(stroke)
