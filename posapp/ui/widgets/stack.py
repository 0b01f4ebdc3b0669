"""Widgets of which one is in front."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """Needs the room of the one in front, not that of the largest."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """What the one in front can do with."""
        now = self.currentWidget()
        return now.minimumSizeHint() if now is not None else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        """What the one in front likes."""
        now = self.currentWidget()
        return now.sizeHint() if now is not None else super().sizeHint()
