"""Scrolling regions that keep the focused field in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from posapp.ui.focus_filter import application
from posapp.ui.theme import theme


class Scroller(QScrollArea):
    """Scrolls one widget up and down. The focus is never hidden behind the edge, however it got there."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        application().focusChanged.connect(self._show_focus)

    def _show_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is not None and content is not None and content.isAncestorOf(now):
            room = theme().px(32)
            self.ensureWidgetVisible(now, 0, room)
