"""The slot of the calendar and what is on the move: where they are, what is said and asked of them."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.bookings.bookings import Booking
from posapp.ui.calendar import cursor as steps
from posapp.ui.calendar.arrangement import STEP, Block, More, Picture
from posapp.ui.calendar.cursor import Cursor, Slot, Trial
from posapp.ui.calendar.spoken import slot_words, trial_words
from posapp.ui.calendar.spoken_table import SpokenTable
from posapp.ui.calendar.stretch import first_slot
from posapp.ui.calendar.surface import CalendarSurface, Ghost
from posapp.ui.widgets.messages import announce
from posapp.ui.wording import Wording

Item = Block | More


class SlotView(CalendarSurface):
    """A calendar with a slot (`cursor_at`) and perhaps a booking on the move (`trial`)."""

    slot_asked = Signal(object)  # Slot: Enter or a click on a free place
    opened = Signal(object)  # Booking: Enter or a click on it
    more_asked = Signal(object)  # the bookings behind a "+n"
    status_asked = Signal(object, object)  # Booking, BookingStatus: a plain letter
    ticket_asked = Signal(object)  # Booking: the letter T
    selected = Signal(object)  # Booking or None: the cursor moved
    tried = Signal(object)  # Trial or None: what stands against it is asked for
    dropped = Signal(object)  # Trial: it is meant

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording, parent)
        self.plain_keys = True
        self.is_read_only = False
        self._press: tuple[QPointF, int, Item | None, str] | None = None
        self._keep = ""
        self._day: date | None = None
        self._drift = QTimer(self, interval=40)
        self.table = SpokenTable(wording, self.viewport())
        self.table.chosen.connect(self.select)
        self.selected.connect(self.table.follow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Calendar"))

    # -- where we are ------------------------------------------------------------------------------
    def show_picture(self, picture: Picture) -> None:
        """Show other columns; the slot stays at its hour, a selected booking stays selected."""
        before = self.cursor_at
        old_place = self._same_place(picture, before)
        super().show_picture(picture)
        number = self._keep or (before.booking.number if before and before.booking else "")
        self._keep = ""
        asked = self._asked_place(picture)
        found = steps.on_booking(picture, number) if number else None
        if found is not None and asked not in (None, found.column):
            found = None
        if found is None and picture.columns:
            place, minute = (old_place, before.minute) if before else (0, first_slot(picture))
            found = steps.land(picture, place if asked is None else asked, minute)
        self.cursor_at = found
        self.table.show_picture(picture, self.tickets)
        self.selected.emit(self.booking())

    def show_tickets(self, tickets: dict[str, str]) -> None:
        """Say which bookings have become tickets."""
        super().show_tickets(tickets)
        if self.picture is not None:
            self.table.show_picture(self.picture, self.tickets)
            self.table.follow(self.booking())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table for screen readers lies where the bookings are."""
        super().resizeEvent(event)
        self.table.setGeometry(self.viewport().rect())

    def set_draft(self, draft: Ghost | None) -> None:
        """The booking in the slot may have moved aside: the slot stays on it."""
        super().set_draft(draft)
        cursor = self.cursor_at
        if cursor is None or self.picture is None or not isinstance(cursor.item, Block):
            return
        number = cursor.item.booking.number
        blocks = self.picture.columns[cursor.column].blocks
        item = next((one for one in blocks if one.booking.number == number), cursor.item)
        self.cursor_at = replace(cursor, item=item)

    def keep_day(self, day: date) -> None:
        """Put the slot on this day of the week that comes next."""
        self._day = day

    def _asked_place(self, picture: Picture) -> int | None:
        day, self._day = self._day, None
        return picture.column_of(day, None) if day is not None and picture.is_week else None

    def _same_place(self, picture: Picture, before: Cursor | None) -> int:
        """The column of the same day or person, else the same place from the left."""
        if before is None or self.picture is None:
            return 0
        old = self.picture.columns[before.column]
        found = picture.column_of(old.day, old.resource.id if old.resource else None)
        return before.column if found is None else found

    def subject(self) -> object:
        """What a key would act on; a change of it keeps a key that waits from acting."""
        return self.trial, self.booking()

    def booking(self) -> Booking | None:
        """The booking in the slot."""
        return self.cursor_at.booking if self.cursor_at else None

    def select(self, number: str) -> bool:
        """Put the slot on a booking and scroll there; False where it is not shown yet: it is kept in mind."""
        found = steps.on_booking(self.picture, number) if self.picture else None
        if found is None:
            self._keep = number
            return False
        self._go(found)
        return True

    def keep_selected(self, number: str) -> None:
        """Select this booking as soon as the next picture comes."""
        self._keep = number

    def _go(self, cursor: Cursor) -> None:
        self.cursor_at = cursor
        item = cursor.item
        starts, ends = (item.starts, item.ends) if item else (cursor.minute, cursor.minute + cursor.minutes)
        self.reveal(cursor.column, starts, ends)
        self.viewport().update()
        self._announce(self.describe())
        self.selected.emit(cursor.booking)

    def describe(self) -> str:
        """The slot in words, for screen readers."""
        if self.cursor_at is None or self.picture is None:
            return ""
        words = slot_words(self.picture, self.cursor_at, self.wording)
        booking = self.booking()
        ticket = self.tickets.get(booking.number, "") if booking else ""
        return f"{words}, {ticket}" if ticket else words

    def _announce(self, words: str) -> None:
        self.setAccessibleDescription(words)
        if self.hasFocus():
            announce(self, words)

    # -- on the move -------------------------------------------------------------------------------
    def set_objection(self, sentence: str) -> None:
        """What stands against the move, "" for nothing."""
        self.is_asked = False
        if sentence != self.objection:
            self.objection = sentence
            self.viewport().update()
            if sentence:
                announce(self, sentence, urgent=True)

    def put_back(self) -> bool:
        """End the move without a change; False if nothing was on the move."""
        if self.trial is None:
            return False
        self.trial, self.objection, self._press = None, "", None
        self._drift.stop()
        self.viewport().update()
        self.tried.emit(None)
        return True

    def _try(self, trial: Trial) -> None:
        if trial == self.trial:
            return
        self.trial = trial
        place = self.picture.column_of(trial.day, trial.resource_id) if self.picture else None
        if place is not None and self._press is None:
            self.reveal(place, trial.minute, trial.minute + trial.minutes)
        self.viewport().update()
        words = trial_words(self.picture, trial, self.wording) if self.picture else ""
        self.setAccessibleDescription(words)
        if self._press is None:
            announce(self, words)
        self.tried.emit(trial)

    def _drop(self) -> None:
        trial = self.trial
        if trial is None:
            return
        if not trial.is_changed:
            self.put_back()
            return
        self.dropped.emit(trial)

    def _open(self, cursor: Cursor) -> None:
        if isinstance(cursor.item, Block):
            self.opened.emit(cursor.item.booking)
        elif isinstance(cursor.item, More):
            self.more_asked.emit(cursor.item.bookings)
        elif not self.is_read_only:
            self.slot_asked.emit(self._slot(cursor))

    def _slot(self, cursor: Cursor) -> Slot:
        assert self.picture is not None
        column = self.picture.columns[cursor.column]
        minutes = cursor.minutes if cursor.minutes > STEP else None
        return Slot(column.day, cursor.minute, column.resource.id if column.resource else None, minutes)
