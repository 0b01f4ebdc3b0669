"""Messages on the window: the notice bar of a region, the toast in the key bar, the side sheet."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QCursor,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from posapp.ui.focus_filter import focused
from posapp.ui.icons import icon_pixmap
from posapp.ui.notices import Message
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import button, icon_button
from posapp.ui.widgets.labels import label

_WIDEST = 0.55
"""Of the row: the rest belongs to what the key bar says meanwhile."""

TONE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a screen reader say something that appeared without the focus moving there."""
    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def soft_shadow(widget: QWidget) -> None:
    """The one shadow of popups and sheets: 4 down, 16 wide, 18 % black."""
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setOffset(0, theme().px(4))
    shadow.setBlurRadius(theme().px(16))
    shadow.setColor(QColor(0, 0, 0, 46))
    widget.setGraphicsEffect(shadow)


class IconLabel(QLabel):
    """An icon in a tone, decorative only."""

    def __init__(self, name: str, tone: str = "text2", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._load()
        theme().changed.connect(self._load)

    def show_icon(self, name: str, tone: str) -> None:
        """Another icon or tone."""
        self._name, self._tone = name, tone
        self._load()

    def _load(self) -> None:
        if not self._name:
            self.setPixmap(QPixmap())
            return
        look = theme()
        colour = look.tokens.colour(self._tone)
        self.setPixmap(icon_pixmap(self._name, look.px(self._size), colour, self.devicePixelRatioF()))


class NoticeBar(QFrame):
    """A sentence in a soft tone with its actions. Hidden until `show_message`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self._tone = "info"
        self._icon = IconLabel("info", "info", 18)
        self._text = label("", "body", weight=500, wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(12), px(7), px(10), px(7))
        self._row.setSpacing(px(10))
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._steps: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_message(self, message: Message) -> None:
        """Say it until `hide`."""
        self._tone = message.tone
        self._icon.show_icon(TONE_ICONS[message.tone], message.tone)
        self._text.setText(message.text)
        set_look(self._text, tone=message.tone)
        for old in self._steps:
            self._row.removeWidget(old)
            old.deleteLater()
        self._steps = [button(step.text, size="s", key=step.key, run=step.run) for step in message.steps]
        for step in self._steps:
            self._row.addWidget(step)
        self.show()
        announce(self, message.text, urgent=message.tone == "danger")

    def say(self, text: str, tone: str = "info") -> None:
        """Say a sentence without actions."""
        self.show_message(Message(text, tone))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft background of the tone."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.tokens.soft(self._tone))
        painter.drawRoundedRect(self.rect(), look.px(8), look.px(8))
        painter.end()


class Toast(QFrame):
    """The confirmation in the row of the key bar: one at a time, paused while mouse or focus is on it.

    It lies over nothing that can be pressed: it ends before `end()`, and what the bar says ends before it.
    """

    ticked = Signal()
    placed = Signal(int)
    """Where it begins; -1 when it is gone."""

    def __init__(self, parent: QWidget, *, end: Callable[[], float] | None = None) -> None:
        super().__init__(parent)
        self._host = parent
        self._end = end or (lambda: parent.width() - theme().px(16))
        self._full = ""
        px = theme().px
        self.setProperty("role", "popup")
        self._left = 0.0
        self._cursor = QPoint()
        self._icon = IconLabel("circle-check", "success", 18)
        self._text = label("", "body", weight=500)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(12), 0, px(4), 0)
        self._row.setSpacing(px(8))
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text)
        self._steps: list[QWidget] = []
        self._clock = QTimer(self, interval=100)
        self._clock.timeout.connect(self._tick)
        parent.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._full

    def show_message(self, message: Message) -> None:
        """Replace what it says and start its time."""
        self._full = message.text
        for old in self._steps:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._steps = []
        for step in message.steps:
            made = button(
                step.text, kind="quiet", size="s", key="Ctrl+Z" if step is message.steps[-1] else ""
            )
            if message.seconds < 10:
                made.set_key("")
            made.setFixedHeight(theme().px(26))
            made.clicked.connect(self.hide)
            made.clicked.connect(lambda _=False, run=step.run: run())
            self._row.addWidget(made)
            made.show()  # what is not shown yet has no width in a toast that is
            self._steps.append(made)
        self._left = message.seconds
        self._cursor = QCursor.pos()
        self._clock.start()
        self.show()
        self.place()
        announce(self, message.text)

    def place(self) -> None:
        """At the end of the row; a sentence too long for half of it is cut, and whole in the tool tip."""
        host, px = self._host, theme().px
        end = int(self._end()) - px(8)
        words = self._text.fontMetrics()
        self._text.setText(self._full)
        self._row.activate()
        over = self.sizeHint().width() - max(int(end * _WIDEST), px(280))
        if over > 0:
            shown = max(words.horizontalAdvance(self._full) - over, px(40))
            self._text.setText(words.elidedText(self._full, Qt.TextElideMode.ElideRight, shown))
            self._row.activate()
        self._text.setToolTip(self._full if over > 0 else "")
        self._text.setAccessibleName(self._full)
        self.setFixedSize(self.sizeHint().width(), px(30))
        self.move(end - self.width(), host.height() - self.height())
        self.raise_()
        self.placed.emit(self.x())

    def hideEvent(self, event: QHideEvent) -> None:
        """Its room is free again."""
        super().hideEvent(event)
        self.placed.emit(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside its buttons does nothing: what lies below is not meant."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def _tick(self) -> None:
        self.ticked.emit()
        focus = focused()
        # A mouse that lay there when the toast came does not hold it; one that was moved onto it does.
        is_held = self.underMouse() and QCursor.pos() != self._cursor
        if is_held or (focus is not None and self.isAncestorOf(focus)):
            return
        self._left -= 0.1
        if self._left <= 0:
            self._clock.stop()
            self.hide()


class SideSheet(QFrame):
    """Details over the right edge, 400 wide, not modal. The window opens it and Esc closes it.

    The focus it took goes back to where it was; `closed` tells whether that was possible or not needed.
    """

    closed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        px = theme().px
        self.setProperty("role", "popup")
        self._title = label("", "strong")
        close = icon_button("x", self.tr("Close"), key="Esc")
        close.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(6), px(8), px(6))
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(1, 1, 1, 1)
        self._body.setSpacing(0)
        self._body.addLayout(head)
        self._content: QWidget | None = None
        self._before: QWidget | None = None
        parent.installEventFilter(self)
        soft_shadow(self)
        self.hide()

    @property
    def content(self) -> QWidget | None:
        """What is shown, None while closed."""
        return self._content

    def open_with(self, title: str, content: QWidget) -> None:
        """Show `content`; whatever was there before is closed. The sheet owns it from now on."""
        focus: QWidget | None = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._before = focus
        self._drop()
        self._title.setText(title)
        self._content = content
        self._body.addWidget(content, 1)
        content.show()
        self.place()
        self.show()
        self.raise_()
        content.setFocus()

    def close_sheet(self) -> None:
        """Hide it and let go of its content."""
        if self._content is None:
            return
        # Before the focus goes with the content: Qt would hand it to a neighbour in the chain, the rail.
        is_settled = self._give_focus_back()
        self._drop()
        self.hide()
        self.closed.emit(is_settled)

    def _give_focus_back(self) -> bool:
        before, self._before = self._before, None
        focus: QWidget | None = self.window().focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            return True
        if before is None or not isValid(before) or not before.isVisible() or not before.isEnabled():
            return False
        before.setFocus()
        return True

    def place(self) -> None:
        """Keep to the right edge of the parent (the left one for right-to-left)."""
        host, px = self._host, theme().px
        width = min(px(400), host.width())
        x = 0 if self.isRightToLeft() else host.width() - width
        self.setGeometry(x, 0, width, host.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def _drop(self) -> None:
        if self._content is not None:
            self._content.hide()
            self._body.removeWidget(self._content)
            self._content.deleteLater()
            self._content = None
