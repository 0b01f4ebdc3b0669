"""The last 20 messages, over the lower edge of the window."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from posapp.ui.layout import columns, held, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.messages import TONE_ICONS, IconLabel
from posapp.ui.widgets.paint import round_window
from posapp.ui.window.notices import Message, Notices


class MessageList(QFrame):
    """The last 20 messages with their times, over the lower edge; Esc or a click elsewhere closes it."""

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Messages"))
        listed = [_row(message) for message in notices.messages()]
        nothing = None if listed else label(self.tr("No messages yet."), "body", tone="text2")
        head = label(self.tr("Messages"), "field", weight=600)
        rows(head, *listed, nothing, gap=8, pad=(16, 12), host=self)
        self.setFixedWidth(theme().px(480))

    def open_at(self, lower_left: QPoint) -> None:
        """Show it with its lower left corner there."""
        self.adjustSize()
        self.move(lower_left - QPoint(0, self.sizeHint().height()))
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Round corners at every size."""
        super().resizeEvent(event)
        round_window(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any of the closing keys closes."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.close()
        else:
            super().keyPressEvent(event)


def _row(message: Message) -> QWidget:
    icon = IconLabel(TONE_ICONS[message.tone], message.tone, 16)
    at = label(message.at.strftime("%H:%M"), "caption", tone="text3")
    return held(columns(icon, wide(Elided(message.text, "small")), at, gap=8))
