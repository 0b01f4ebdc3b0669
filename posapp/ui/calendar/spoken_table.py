"""The bookings of the calendar as a table for screen readers: the calendar itself is one painted surface.

It lies over the columns, paints nothing and lets every click through; assistive technology finds a row for
each booking there, with a cell for each of its facts.
"""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QTableView, QWidget

from posapp.domain.bookings.bookings import Booking
from posapp.ui.calendar.arrangement import Picture
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, shown_minutes, translator

_tr = translator("Calendar")
_ROLES: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_Index = QModelIndex | QPersistentModelIndex


class BookingsModel(QAbstractTableModel):
    """Day (in a week), time, name, service, state, length, with whom, number."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.wording = wording
        self.bookings: list[Booking] = []
        self.tickets: dict[str, str] = {}
        self._is_week = False

    def show(self, picture: Picture, tickets: dict[str, str]) -> None:
        """The bookings of a picture, column by column, by time."""
        found = {one.number: one for one in picture.bookings()}
        bookings = sorted(found.values(), key=lambda one: (one.starts, one.resource, one.id))
        if (bookings, tickets, picture.is_week) == (self.bookings, self.tickets, self._is_week):
            return
        self.beginResetModel()
        self.bookings, self.tickets, self._is_week = bookings, dict(tickets), picture.is_week
        self.endResetModel()

    def _heads(self) -> list[str]:
        heads = [_tr("Time"), _tr("Name"), _tr("Service"), _tr("State"), _tr("Length"), _tr("With")]
        return [*([_tr("Day")] if self._is_week else []), *heads, _tr("Number")]

    def cells(self, booking: Booking) -> list[str]:
        """What stands in a row."""
        wording, ticket = self.wording, self.tickets.get(booking.number, "")
        state = booking_look(booking.status).word
        return [
            *([wording.day(booking.wall_start.date())] if self._is_week else []),
            wording.booked(booking),
            booking.shown_name(wording.region),
            booking.service,
            f"{state}, {ticket}" if ticket else state,
            shown_minutes(booking.minutes),
            booking.resource,
            booking.number,
        ]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """One a booking."""
        return 0 if parent.isValid() else len(self.bookings)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """One a fact."""
        return 0 if parent.isValid() else len(self._heads())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        return self.cells(self.bookings[index.row()])[index.column()] if role in _ROLES else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column tells."""
        if role not in _ROLES or orientation != Qt.Orientation.Horizontal:
            return None
        return self._heads()[section]


class SpokenTable(QTableView):
    """For assistive technology only; `chosen` names the booking whose row it made current."""

    chosen = Signal(str)

    def __init__(self, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = BookingsModel(wording)
        self.setModel(self.rows)
        self.setAccessibleName(_tr("Bookings"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in (self, self.viewport()):
            one.setAutoFillBackground(False)
            one.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self._is_told = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is seen is painted by the calendar."""

    def show_picture(self, picture: Picture, tickets: dict[str, str]) -> None:
        """Other bookings."""
        self._is_told = True
        self.rows.show(picture, tickets)
        self._is_told = False

    def follow(self, booking: Booking | None) -> None:
        """The slot of the calendar lies on this booking."""
        numbers = [one.number for one in self.rows.bookings]
        self._is_told = True
        if booking is not None and booking.number in numbers:
            self.setCurrentIndex(self.rows.index(numbers.index(booking.number), 0))
        else:
            self.setCurrentIndex(QModelIndex())
        self._is_told = False

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_told and now.isValid():
            self.chosen.emit(self.rows.bookings[now.row()].number)
