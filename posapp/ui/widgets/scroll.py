"""Scrolling regions that keep the focused field in sight."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from posapp.ui.focus_filter import application, focused
from posapp.ui.theme import theme

LOOK_AGAIN_MS = 40
"""After so long it is looked whether the mouse was let go."""


class Scroller(QScrollArea):
    """Scrolls one widget up and down. The focus is never hidden behind the edge, however it got there."""

    LEAST = 132
    """Of the design: what is scrolled keeps this height, unless it is lower itself."""

    def __init__(
        self, content: QWidget, *, room: float = 32, sideways: bool = False, is_firm: bool = False
    ) -> None:
        """`room` is kept between the focused field and the edge, in pixels of the design.

        `sideways`: it may be narrower than its content too, where there is no other way.
        `is_firm`: what holds it is told how wide its content must be.
        """
        super().__init__()
        self.room, self._is_whole, self._follows = room, False, True
        self._is_firm = is_firm
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        bar = self.verticalScrollBar()
        bar.actionTriggered.connect(self._scrolled)
        bar.rangeChanged.connect(self._grew)
        _follower()

    def show_part(self, part: QWidget) -> None:
        """Bring a part into sight, and keep it there when the content grows, until somebody scrolls."""
        self._follows = True
        self.ensureWidgetVisible(part, 0, theme().px(self.room))

    def _scrolled(self, _action: int) -> None:
        self._follows = False

    def _grew(self) -> None:
        now = focused()
        if self._follows and now is not None and self.isAncestorOf(now):
            _follower().follow(now)

    def show_whole(self, *, is_whole: bool) -> None:
        """Be as tall as the content: a region around this one scrolls instead."""
        self._is_whole = is_whole
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(off if is_whole else needed)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """A few lines of the content; with `show_whole` all that it takes at this width."""
        usual, content = super().minimumSizeHint(), self.widget()
        if content is None:
            return usual
        if self._is_firm:
            bar = self.verticalScrollBar().sizeHint().width()
            usual.setWidth(content.minimumSizeHint().width() + bar)
        if not self._is_whole:
            return QSize(usual.width(), min(theme().px(self.LEAST), content.minimumSizeHint().height()))
        width = max(self.viewport().width(), content.minimumSizeHint().width())
        wrapped = content.heightForWidth(width)
        return QSize(usual.width(), max(wrapped, content.minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap at another width: another height is asked for."""
        super().resizeEvent(event)
        if self._is_whole:
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content grew or shrank."""
        if (self._is_whole or self._is_firm) and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class _Follower(QObject):
    """Hears where the focus goes, one for all: a region that is being destroyed loses the focus of its parts,
    and has no slot of its own any more.

    Nothing moves under a pressed mouse: a button that went from below the pointer is not clicked.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._released = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._released.timeout.connect(self._follow_pressed)
        app.focusChanged.connect(lambda _old, now: self.follow(now))

    def follow(self, now: QWidget | None) -> None:
        """Bring what has the focus into sight, as soon as no button of the mouse is held."""
        if application().mouseButtons() != Qt.MouseButton.NoButton:
            self._released.start()
            return
        self._released.stop()
        part = now
        while now is not None and part is not None and not part.isWindow():
            part = part.parentWidget()
            if isinstance(part, Scroller):
                part.show_part(now)

    def _follow_pressed(self) -> None:
        """What was clicked moves only where a part of it is out of sight."""
        now = focused()
        if now is not None and now.visibleRegion().boundingRect() != now.rect():
            self.follow(now)


def _follower() -> _Follower:
    app = application()
    return app.findChild(_Follower) or _Follower(app)
