"""The latest events of a customer in words, and the list that shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from posapp.domain.repairs.estimates import EstimateStatus
from posapp.ui.front_desk.parts import LineDelegate
from posapp.ui.history.entries import devices_of, look_of, what_of
from posapp.ui.history.money import icon_of_money
from posapp.ui.history.past import past_look, past_words
from posapp.ui.history.words import change_words, estimate_words, icon_of, message_words
from posapp.ui.icons import paint_icon
from posapp.ui.tables import OpenList
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import estimate_look, ticket_look
from posapp.ui.widgets.paint import cut, draw_text
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.services.figures.history import Event

_tr = translator("Events")


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in words."""

    day: str
    icon: str
    text: str
    right: str

    def spoken(self) -> str:
        """The row in one line."""
        return ", ".join(part for part in (self.day, self.text, self.right) if part)


def event_row(event: "Event", wording: Wording) -> EventRow:
    """How an event is told."""
    day = wording.day_in_list((event.wall_start or wording.here(event.at)).date())
    day = day[:1].upper() + day[1:]
    if event.kind == "estimate":
        estimate = estimate_look(EstimateStatus(event.word))
        return EventRow(day, "file-text", f"{event.number} · {estimate_words(event)}", estimate.word)
    if event.kind == "order":
        order = look_of(event)
        text = f"{event.number} · {what_of(event, wording)} · {wording.price(event.price_minor or 0)}"
        return EventRow(day, icon_of_money(event)[0], text, order.word if order else "")
    if event.kind == "past":
        return EventRow(day, "history", f"{event.title} · {past_words(event)}", past_look().word)
    if event.kind == "message":
        return EventRow(day, "message-square", f"{event.number} · {message_words(event)}", event.by)
    if event.state is not None:
        ticket = ticket_look(event.state)
        text = f"{event.number} · {devices_of(event.title, event.devices)}"
        return EventRow(day, "wrench", text, ticket.word)
    if event.status is not None:
        look = booking_look(event.status)
        text = " · ".join(part for part in (event.number, event.title) if part)
        if event.with_whom:
            text = _tr("{what} with {whom}").format(what=text, whom=event.with_whom)
        return EventRow(day, look.icon, text, look.word)
    return EventRow(day, icon_of(event.title), change_words(event, wording), event.by)


class EventDelegate(LineDelegate):
    """Day, icon, words, and the state or who did it."""

    def __init__(self) -> None:
        super().__init__()
        self._lead = 0

    def measure(self, rows: Sequence[EventRow]) -> None:
        """All days have the room of the longest."""
        metrics = theme().metrics("body")
        widest = max((metrics.horizontalAdvance(row.day) for row in rows), default=0)
        self._lead = max(widest, theme().px(64))

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: EventRow) -> None:
        """The row in one line."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        middle, font = rect.center().y() + 0.5, look.font("body")
        x: float = rect.x() + look.px(16)
        draw_text(painter, x, middle, row.day, font, tokens.text2)
        side = look.px(16)
        x += self._lead + look.px(16)
        paint_icon(painter, row.icon, x, middle - side / 2, side, tokens.text2)
        x += side + look.px(12)
        width = look.metrics("body").horizontalAdvance(row.right)
        right = rect.right() + 1 - look.px(16) - width
        draw_text(painter, right, middle, row.right, font, tokens.text2)
        draw_text(painter, x, middle, cut(row.text, font, right - x - look.px(12)), font, tokens.text)


class EventsList(OpenList):
    """The latest events; Enter or a click asks for the whole history."""

    def __init__(self, name: str) -> None:
        self._events = EventDelegate()
        super().__init__(name, self._events)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._all: list[EventRow] = []

    def show_rows(self, rows: list[EventRow]) -> None:
        """Show as many as have room; the history has the rest."""
        self._all = rows
        self._events.measure(rows)
        self.viewport().update()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, more rows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.viewport().height() // theme().row_height(36), 1)
        if list(self.rows.rows()) != self._all[:room]:
            self.rows.show_rows(self._all[:room])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the history, also of somebody with whom nothing was yet."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(None)
        else:
            super().keyPressEvent(event)
