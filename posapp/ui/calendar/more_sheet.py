"""The bookings behind a "+n", as a list over the right edge."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from posapp.domain.bookings.bookings import Booking
from posapp.ui.calendar.painting import shown_name
from posapp.ui.tables import ROW, RowListModel, TwoLineDelegate, TwoLineRow, dress_list
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording


class _Rows(TwoLineDelegate):
    def __init__(self, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self._wording = wording

    def row_of(self, value: Any) -> TwoLineRow:
        booking: Booking = value
        time = self._wording.time(booking.wall_start.time())
        return TwoLineRow(
            shown_name(booking, self._wording),
            f"{time} · {booking.service} · {booking.resource}",
            badge=str(booking.pl_id),
            pill=booking_look(booking.status),
        )


class MoreSheet(QListView):
    """A row per booking; Enter or a click opens it."""

    opened = Signal(object)  # Booking

    def __init__(self, bookings: Sequence[Booking], wording: Wording) -> None:
        super().__init__()
        dress_list(self)
        self.setAccessibleName(self.tr("Bookings"))
        self._wording = wording
        self.rows = RowListModel(self._words, self)
        self.setModel(self.rows)
        self.setItemDelegate(_Rows(wording, self))
        self.rows.show_rows(bookings)
        self.setCurrentIndex(self.rows.index(0, 0))
        self.clicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    def _words(self, booking: Booking) -> str:
        parts = (
            self._wording.time(booking.wall_start.time()),
            shown_name(booking, self._wording),
            booking_look(booking.status).word,
            booking.service,
            booking.resource,
            booking.number,
        )
        return ", ".join(parts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ROW))
        else:
            super().keyPressEvent(event)
