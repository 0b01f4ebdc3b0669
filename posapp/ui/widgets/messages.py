"""What messages are made of: the icons of their tones, their shadow, and how they are read aloud."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPixmap
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QLabel, QSizePolicy, QWidget

from posapp.ui.icons import icon_pixmap
from posapp.ui.theme import theme

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
