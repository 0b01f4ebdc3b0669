"""The strip that says what matters about a customer: the note, or that a device waits for them."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from posapp.ui.layout import columns, top, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.paint import box

NOTE_LENGTH = 220


class NoteStrip(QFrame):
    """A sentence about a customer: amber where it is a warning, quiet otherwise."""

    def __init__(self, icon: str = "message-square") -> None:
        super().__init__()
        self._quiet_icon = icon
        self._is_warning = False
        self._icon = IconLabel(icon, "text2", 16)
        self._text = label("", "body", weight=500, wrap=True)
        columns(top(self._icon), wide(self._text), gap=8, pad=(12, 7), host=self)

    def show_note(self, note: str, *, is_warning: bool) -> None:
        """Show a note, cut where it is long; "" hides the strip."""
        self._is_warning = is_warning
        words = " ".join(note.split())
        cut = words if len(words) <= NOTE_LENGTH else words[: NOTE_LENGTH - 1].rstrip() + "…"
        self._text.setText(cut)
        self._text.setProperty("tone", "warning" if is_warning else "")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._icon.show_icon(
            "triangle-alert" if is_warning else self._quiet_icon, "warning" if is_warning else "text2"
        )
        self.setToolTip(note if cut != note else "")
        self.setAccessibleName(self.tr("Warning: {note}").format(note=note) if is_warning else note)
        self.setVisible(bool(note))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground."""
        tokens = theme().tokens
        painter = QPainter(self)
        ground = tokens.warning_soft if self._is_warning else tokens.sunken
        box(painter, QRectF(self.rect()), theme().px(8), ground)
        painter.end()
