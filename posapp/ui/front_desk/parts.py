"""Small parts that the columns of the Desk share."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from posapp.ui.layout import columns, rows
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import Elided, label, line
from posapp.ui.widgets.messages import IconLabel


class Snug(Elided):
    """One line that is as wide as its words where there is room, and is cut where there is none.

    `least` is how far it is cut at most, in pixels of the design.
    """

    def __init__(
        self,
        text: str = "",
        type: str = "body",
        *,
        tone: str = "",
        weight: int | None = None,
        least: int = 48,
    ) -> None:
        super().__init__(text, type, tone=tone, weight=weight)
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show this text and ask for its width."""
        super().setText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All of the words."""
        return QSize(self.natural_width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Some letters."""
        return QSize(min(self.natural_width(), theme().px(self._least)), super().sizeHint().height())


def with_icon(icon: str, text: QWidget) -> QWidget:
    """Words after a decorative icon."""
    host = QWidget()
    columns(IconLabel(icon, "text2", 16), text, gap=8, host=host)
    host.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return host


def band(title: str, more: QWidget | None = None) -> QWidget:
    """A quiet head between two regions of a card."""
    host = QFrame()
    host.setProperty("role", "sunken")
    row = columns(label(title, "small", tone="text2", weight=500), gap=8, pad=(16, 8))
    if more is not None:
        row.addWidget(more)
    row.addStretch(1)
    rows(line(), row, line(), gap=0, host=host)
    host.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return host
