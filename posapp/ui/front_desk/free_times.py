"""The next free times of the usual service, each a way into the booking form."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.front_desk.lists import RowsView, SpokenDelegate
from posapp.ui.layout import STRETCH, put
from posapp.ui.tables import TwoLineRow
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.services.bookings.agenda import FreeTime
    from posapp.services.counter.counter import Day

FREE_ROW = 48


class FreeTimeDelegate(SpokenDelegate):
    """A free time: when, and with whom."""

    height = FREE_ROW

    def __init__(self, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.wording = wording

    def row_of(self, value: Any) -> TwoLineRow:
        """Day and time above, the person below."""
        return TwoLineRow(self._when(value), right=value.resource.name)

    def words_of(self, value: Any) -> str:
        """The row in one line."""
        return self.tr("{when} with {whom}").format(when=self._when(value), whom=value.resource.name)

    def _when(self, free: "FreeTime") -> str:
        day = self.wording.day_in_list(free.starts.date())
        return f"{day[:1].upper()}{day[1:]} {self.wording.time(free.starts.time())}"


class FreeTimesCard(Card):
    """As many free times as have room."""

    chosen = Signal(object)  # FreeTime

    def __init__(self, wording: Wording, title: str) -> None:
        super().__init__(title)
        px = theme().px
        self._today: Day | None = None
        self.delegate = FreeTimeDelegate(wording, self)
        self.list = RowsView(title, self.delegate)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.opened.connect(self.chosen)
        self._none = label(self.tr("No free time in the next two weeks."), "body", tone="text2", wrap=True)
        self._none.setContentsMargins(px(16), px(14), px(16), px(14))
        self._none.hide()  # until the day was read nobody knows
        put(self.body, self.list, self._none, STRETCH)

    def show_today(self, today: "Day") -> None:
        """The free times as read just now; `fit` says how many of them are shown."""
        self._today = today
        self.count.set_text(shown_minutes(today.minutes))
        self._none.setVisible(not today.free)
        self.list.setVisible(bool(today.free))

    def fit(self, room: int) -> None:
        """Show what has room, at least two."""
        step = theme().row_height(FREE_ROW)
        free = self._today.free[: max(room // step, 2)] if self._today else ()
        if tuple(self.list.rows.rows()) != free:
            self.list.rows.show_rows(free)
        self.list.setFixedHeight(len(free) * step)
