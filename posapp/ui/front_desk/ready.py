"""What stands below the day: devices that wait, long waits warned of in words, and the next free times."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from posapp.domain.repairs.tickets import StateGroup
from posapp.domain.repairs.waiting import DeviceHere, Waiting
from posapp.ui.front_desk.lists import ShortCard, SpokenDelegate
from posapp.ui.front_desk.parts import padded_words
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, at, put, space
from posapp.ui.tables import TwoLineRow
from posapp.ui.tables.two_line_delegate import Span
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import price_words
from posapp.ui.widgets.buttons import button
from posapp.ui.wording import Wording, shown_minutes, translator

if TYPE_CHECKING:
    from posapp.services.bookings.agenda import FreeTime
    from posapp.services.counter.counter import Day

_tr = translator("DeskTickets")

READY_ROW, FREE_ROW, FOOT = 52, 48, 44


def waiting_words(one: DeviceHere) -> str:
    """How long a device has waited."""
    if not one.days:
        return _tr("ready today") if one.state.group == StateGroup.READY else one.state.name
    return _tr("waiting 1 day") if one.days == 1 else _tr("waiting {n} days").format(n=one.days)


def warning_words(devices: Iterable[DeviceHere]) -> str:
    """What to say about a customer's devices that wait since before today, "" if none does."""
    waits = [one for one in devices if one.waits and one.days]
    if not waits:
        return ""
    oldest = max(waits, key=lambda one: one.days)
    if len(waits) > 1:
        words = _tr("{n} devices wait to be collected").format(n=len(waits))
    else:
        words = _tr("{number} {device} waits to be collected").format(
            number=oldest.card.number, device=oldest.card.device
        )
    days = _tr("1 day") if oldest.days == 1 else _tr("{n} days").format(n=oldest.days)
    if len(waits) > 1:
        return _tr("{words}, the oldest for {days}").format(words=words, days=days)
    return _tr("{words} for {days}").format(words=words, days=days)


class ReadyDelegate(SpokenDelegate):
    """Number, name, device or how long it has waited, price."""

    height = READY_ROW
    lead_room = 54
    name_step, name_weight = "body", 500

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.wording = wording
        self.customer_id: int | None = None

    def row_of(self, value: Any) -> TwoLineRow:
        """A device that has waited long says so instead of its name."""
        card = value.card
        price = price_words(card, self.wording)
        is_here = card.customer_id == self.customer_id
        name = card.customer_name or f"PL{card.pl_number}"
        second = waiting_words(value) if value.waits_long else card.device
        tone = "danger" if value.waits_long else "text2"
        return TwoLineRow(
            name,
            second,
            lead=card.number,
            right=price,
            second_tone=tone,
            is_strong=is_here,
            right_tone="text",
        )

    def _paint_text(
        self,
        painter: QPainter,
        x: int,
        base: int,
        text: str,
        match: Span | None,
        fonts: tuple[QFont, QFontMetrics, QFont, QFontMetrics],
        room: int,
        ink: QColor,
    ) -> None:
        """A long wait has a triangle before its words."""
        look = theme()
        if fonts is self._second and ink == look.tokens.danger:
            side = look.px(14)
            paint_icon(painter, "triangle-alert", self._at(x, side), base - look.px(12), side, ink)
            x, room = x + side + look.px(4), room - side - look.px(4)
        super()._paint_text(painter, x, base, text, match, fonts, room, ink)

    def words_of(self, value: Any) -> str:
        """The row in one line."""
        card = value.card
        price = price_words(card, self.wording)
        parts = (card.number, card.customer_name, card.device, waiting_words(value), price)
        return ", ".join(part for part in parts if part)


class ReadyCard(ShortCard):
    """The rows open their customers, the button below them the board."""

    def __init__(self, wording: Wording, title: str) -> None:
        self.delegate = ReadyDelegate(wording)
        super().__init__(title, self.delegate, key="F4")
        self._waiting = Waiting()
        self.all = button(self.tr("Show on the board"), kind="quiet", size="s")
        put(self.body, self.list, space(4), at(Qt.AlignmentFlag.AlignHCenter, self.all), STRETCH)

    def set_customer(self, customer_id: int | None) -> None:
        """Tint the rows of the customer at the counter."""
        self.delegate.customer_id = customer_id
        self.list.viewport().update()

    def show_waiting(self, waiting: Waiting) -> None:
        """What waits as read just now; `fit` says how much of it is shown."""
        self._waiting = waiting
        self.count.set_text(str(waiting.count) if waiting.count else "")

    def fewest(self, rows: int) -> int:
        """The height of so many rows (fewer where fewer wait), with the button below them."""
        look = theme()
        return min(len(self._waiting.first), rows) * look.row_height(READY_ROW) + look.px(FOOT)

    def wanted_height(self) -> int:
        """The height with everything that is told of."""
        return self.fewest(len(self._waiting.first))

    def fit(self, room: int) -> None:
        """Show what has room; the button shows the rest."""
        before: DeviceHere | None = self.list.current_row()
        count = self._waiting.count
        shown = self.show_some(self._waiting.first, room - theme().px(FOOT))
        places = [n for n, one in enumerate(shown) if before and one.card.job_id == before.card.job_id]
        if places and self.list.currentIndex().row() != places[0]:
            self.list.choose_at(places[0])
        has_more = count > len(shown)
        self.all.setText(
            self.tr("Show all {n}").format(n=count) if has_more else self.tr("Show on the board")
        )


class FreeTimeDelegate(SpokenDelegate):
    """A free time: when, and with whom."""

    height = FREE_ROW

    def __init__(self, wording: Wording) -> None:
        super().__init__()
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


class FreeTimesCard(ShortCard):
    """The next free times; each leads into the booking form."""

    def __init__(self, wording: Wording, title: str) -> None:
        self.delegate = FreeTimeDelegate(wording)
        super().__init__(title, self.delegate)
        self._free: tuple[FreeTime, ...] = ()
        self._none = padded_words(self.tr("No free time in the next two weeks."))
        self._none.hide()  # until the day was read nobody knows
        put(self.body, self.list, self._none, STRETCH)

    def show_today(self, today: "Day") -> None:
        """The free times as read just now; `fit` says how many of them are shown."""
        self._free = today.free
        self.count.set_text(shown_minutes(today.minutes))
        self._none.setVisible(not today.free)
        self.list.setVisible(bool(today.free))

    def fit(self, room: int) -> None:
        """Show what has room."""
        self.show_some(self._free, room)
