"""What opens under *Due*, *Shelf* and *Technician* in the head of a ticket, and the price that was agreed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.layout import columns, wide
from posapp.ui.ticket.forms import DeviceEdits, TicketEdits
from posapp.ui.ticket.head import Head, HeadPopup

DUE, SHELF, TECHNICIAN, PRICE = "due", "shelf", "technician", "price"
OPENED_BY = {"due": DUE, "time": DUE, "shelf": SHELF, "technician": TECHNICIAN, "price": PRICE}
"""Which of them has a field."""


class Popups(QWidget):
    """Made anew for each ticket; those of a device follow the device that is shown."""

    closed = Signal()

    def __init__(self, host: QWidget, head: Head, more: QWidget) -> None:
        super().__init__(host)
        self._host, self._head, self._more = host, head, more
        self._open: dict[str, tuple[HeadPopup, QWidget, QWidget]] = {}
        self._of_device: dict[int, dict[str, tuple[HeadPopup, QWidget, QWidget]]] = {}
        self._made: list[HeadPopup] = []
        self.hide()

    def begin(self, edits: TicketEdits) -> None:
        """Another ticket."""
        for popup in self._made:
            popup.hide()
            popup.deleteLater()
        self._made, self._of_device = [], {}
        when = columns(wide(edits.day, 3), wide(edits.time, 2), gap=10)
        popup = self._popup(when, edits.rush, width=340)
        self._open = {DUE: (popup, self._head.due, edits.day.editor)}

    def show_device(self, edits: DeviceEdits) -> None:
        """Shelf and technician are those of this device."""
        key = edits.job.id
        if key not in self._of_device:
            self._of_device[key] = {
                SHELF: (self._popup(edits.shelf), self._head.shelf, edits.shelf.editor),
                TECHNICIAN: (
                    self._popup(edits.technician),
                    self._head.technician,
                    edits.technician.editor,
                ),
                PRICE: (self._popup(edits.price), self._more, edits.price.editor),
            }
        self._open.update(self._of_device[key])

    def _popup(self, *parts: object, width: float = 260) -> HeadPopup:
        made = HeadPopup(self._host, *parts, width=width)  # type: ignore[arg-type]
        made.closed.connect(self.closed)
        self._made.append(made)
        return made

    def open(self, name: str) -> None:
        """Show it with the cursor in its field."""
        if name in self._open:
            popup, anchor, first = self._open[name]
            popup.open_under(anchor, first)

    def close_popup(self) -> bool:
        """Put the one that is open away; False if none is."""
        return any(popup.close_popup() for popup in self._made)
