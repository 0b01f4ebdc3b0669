"""The last 20 messages, over the lower edge of the window."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from posapp.ui.layout import columns, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.messages import TONE_ICONS, IconLabel
from posapp.ui.widgets.paint import round_window
from posapp.ui.window.notices import Message, Notices


class MessageList(QFrame):
    """The last 20 messages with their times, over the lower edge; Esc or a click elsewhere closes it."""

    closed = Signal()

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        px = theme().px
        self._notices = notices
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Messages"))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(px(16), px(12), px(16), px(12))
        self._rows.setSpacing(px(8))
        self.setFixedWidth(px(480))

    def open_at(self, lower_left: QPoint) -> None:
        """Fill the list and show it with its lower left corner there."""
        while item := self._rows.takeAt(0):
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        self._rows.addWidget(label(self.tr("Messages"), "field", weight=600))
        messages = self._notices.messages()
        for message in messages:
            self._rows.addWidget(self._row(message))
        if not messages:
            self._rows.addWidget(label(self.tr("No messages yet."), "body", tone="text2"))
        self.adjustSize()
        self.move(lower_left - QPoint(0, self.sizeHint().height()))
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Round corners at every size."""
        super().resizeEvent(event)
        round_window(self)

    def _row(self, message: Message) -> QWidget:
        host = QWidget(self)
        columns(
            IconLabel(TONE_ICONS[message.tone], message.tone, 16),
            wide(Elided(message.text, "small")),
            label(message.at.strftime("%H:%M"), "caption", tone="text3"),
            gap=8,
            host=host,
        )
        return host

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any of the closing keys closes."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.close()
        else:
            super().keyPressEvent(event)
