"""Room around a notice inside a card, only while the notice is shown."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from posapp.ui.layout import rows


class Inset(QWidget):
    """Keeps `part` a little away from the edges, and comes and goes with it."""

    def __init__(self, part: QWidget, *, below: int = 4) -> None:
        super().__init__()
        rows(part, pad=(12, 12, 12, below), host=self)
        self._part = part
        part.installEventFilter(self)
        self.setHidden(part.isHidden())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The part was shown or hidden."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setHidden(self._part.isHidden())
        return False
