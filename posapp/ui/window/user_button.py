"""Who is at the till, in the top bar; pressed it opens their menu. Hidden while a shop has no users."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.initials import draw_initials
from posapp.ui.widgets.paint import cut, draw_text

_SIDE, _GAP, _WIDEST = 32, 8, 120


class UserButton(QAbstractButton):
    """The initials, and the first name where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._is_compact = "", False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_user("")

    def show_user(self, name: str) -> None:
        """This person is signed in; "" hides the button."""
        self._name = name
        self.setAccessibleName(self.tr("Signed in: {name}").format(name=name))
        self.setToolTip(name)
        self.setVisible(bool(name))
        self.updateGeometry()
        self.update()

    def set_compact(self, is_compact: bool) -> None:
        """Only the initials, or the name with them."""
        self._is_compact = is_compact
        self.updateGeometry()

    def _shown(self) -> str:
        first = self._name.split(" ")[0]
        return "" if self._is_compact else cut(first, theme().font("body", 500), theme().px(_WIDEST))

    def sizeHint(self) -> QSize:
        """Circle and name."""
        px, shown = theme().px, self._shown()
        words = theme().metrics("body", 500).horizontalAdvance(shown) + px(_GAP) if shown else 0
        return QSize(px(_SIDE) + words, px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the menu like the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colours of now."""
        px, middle = theme().px, self.height() / 2
        painter = QPainter(self)
        side = px(_SIDE)
        x = self.width() - side if self.isRightToLeft() else 0
        draw_initials(painter, QRectF(x, middle - side / 2, side, side), self._name)
        shown = self._shown()
        if shown:
            font = theme().font("body", 500)
            at = 0 if self.isRightToLeft() else side + px(_GAP)
            draw_text(painter, at, middle, shown, font, theme().tokens.text)
        painter.end()
