"""The side sheet: details over the right edge of the page."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from posapp.ui.layout import columns, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import icon_button
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import soft_shadow
from posapp.ui.widgets.scroll import Scroller


class SideSheet(QFrame):
    """Details over the right edge, 400 wide, not modal. The window opens it and Esc closes it.

    The focus it took goes back to where it was; `closed` tells whether that was possible or not needed.
    """

    closed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setProperty("role", "popup")
        self._title = label("", "strong")
        close = icon_button("x", self.tr("Close"), key="Esc")
        close.clicked.connect(self.close_sheet)
        head = columns(wide(self._title), close, pad=(16, 6, 8, 6))
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(1, 1, 1, 1)
        self._body.setSpacing(0)
        self._body.addLayout(head)
        self.content: QWidget | None = None
        """What is shown, None while closed."""
        self._before: QWidget | None = None
        parent.installEventFilter(self)
        soft_shadow(self)
        self.hide()

    def open_with(self, title: str, content: QWidget) -> None:
        """Show `content`; whatever was there before is closed. The sheet owns it from now on."""
        focus: QWidget | None = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._before = focus
        self._drop()
        self._title.setText(title)
        self.content = content
        self._around = Scroller(content)
        self._body.addWidget(self._around, 1)
        content.show()
        self.place()
        self.show()
        self.raise_()
        content.setFocus()

    def close_sheet(self) -> None:
        """Hide it and let go of its content."""
        if self.content is None:
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

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through it and out again, past what lies below it out of sight."""
        now: QWidget | None = self.window().focusWidget()
        if now is None or not self.isAncestorOf(now):
            return super().focusNextPrevChild(next)
        found = _step(now, next)
        while found is not now and (not _takes_tab(found) or self._covers(found)):
            found = _step(found, next)
        found.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def _covers(self, widget: QWidget) -> bool:
        if self.isAncestorOf(widget):
            return False
        corner = self.mapFromGlobal(widget.mapToGlobal(QPoint(0, 0)))
        return self.rect().intersects(QRect(corner, widget.size()))

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
        if self.content is not None:
            self.content.hide()
            self._body.removeWidget(self._around)
            self._around.hide()
            self._around.deleteLater()
            self.content = None


def _step(widget: QWidget, is_next: bool) -> QWidget:
    found: QWidget | None = widget.nextInFocusChain() if is_next else widget.previousInFocusChain()
    assert found is not None  # the chain goes round
    return found


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
