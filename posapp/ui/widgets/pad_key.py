"""A key of a pad for fingers: a digit, or an icon; the focus stays where it was."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from posapp.ui.icons import paint_icon
from posapp.ui.theme import theme


class PadKey(QPushButton):
    """As large as `wide` and `high` say, and a little lower where the window is low."""

    def __init__(
        self, text: str, kind: str = "pad", icon: str = "", *, wide: int = 88, high: int = 52, least: int = 30
    ) -> None:
        super().__init__(text)
        self._icon, self._wide, self._high = icon, wide, high
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme().px(least))

    def sizeHint(self) -> QSize:
        """As it was asked for."""
        return QSize(theme().px(self._wide), theme().px(self._high))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The key as Qt draws it, with its icon on top."""
        super().paintEvent(event)
        if self._icon:
            side = theme().px(21)
            painter = QPainter(self)
            x, y = (self.width() - side) / 2, (self.height() - side) / 2
            paint_icon(painter, self._icon, x, y, side, theme().tokens.text)
            painter.end()
