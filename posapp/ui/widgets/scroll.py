"""Scrolling regions that keep the focused field in sight."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from posapp.ui.focus_filter import application
from posapp.ui.theme import theme


class Scroller(QScrollArea):
    """Scrolls one widget up and down. The focus is never hidden behind the edge, however it got there."""

    def __init__(self, content: QWidget, *, room: float = 32) -> None:
        """`room` is kept between the focused field and the edge, in pixels of the design."""
        super().__init__()
        self.room = room
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        app = application()
        if app.findChild(_Follower) is None:
            _Follower(app)


class _Follower(QObject):
    """Hears where the focus goes, one for all: a region that is being destroyed loses the focus of its parts,
    and has no slot of its own any more.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        part = now
        while now is not None and part is not None and not part.isWindow():
            part = part.parentWidget()
            if isinstance(part, Scroller):
                part.ensureWidgetVisible(now, 0, theme().px(part.room))
