"""What a customer has in the shop: number, device and fault, state, price, and one action per row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from posapp.ui.front_desk.action_list import ActionDelegate, ActionList
from posapp.ui.mirror import mirror
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import price_words, ticket_look
from posapp.ui.widgets.paint import cut, draw_pill, draw_text, pill_width
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.repairs.waiting import DeviceHere
    from posapp.ui.wording import Wording

_tr = translator("DeskTickets")

HEAD = 32


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A device of a ticket in words; `is_ready` says that its action hands it over."""

    here: "DeviceHere"
    device: str
    fault: str
    look: StatusLook
    price: str
    action: str
    is_ready: bool
    is_here: bool = False

    @property
    def number(self) -> str:
        """The number of its ticket."""
        return self.here.card.number

    @property
    def key(self) -> str:
        """Number and place of the device on the ticket."""
        return f"{self.here.card.number}/{self.here.card.position}"

    def spoken(self) -> str:
        """The row in one line, for screen readers."""
        parts = (self.number, self.device, self.fault, self.look.word, self.price, self.action)
        return ", ".join(part for part in parts if part)


def ticket_row(here: "DeviceHere", wording: "Wording") -> TicketRow:
    """A device as the card shows it."""
    card = here.card
    price = price_words(card, wording) or _tr("to be priced")
    action = _tr("Hand over") if here.waits else _tr("Open")
    return TicketRow(here, card.device, card.fault, ticket_look(here.state), price, action, here.waits)


class TicketDelegate(ActionDelegate):
    """Columns that stand in a line over all rows; the head above asks where they are."""

    def __init__(self) -> None:
        super().__init__(button=True)
        self._number = self._pill = self._price = 0

    def measure(self, rows: Sequence[TicketRow]) -> None:
        """Find out how wide number, state and price are."""
        super().measure(rows)
        look = theme()
        strong = look.metrics("body", 600)
        self._number = max([look.px(44), *(strong.horizontalAdvance(row.number) for row in rows)])
        self._pill = max((int(pill_width(row.look)) for row in rows), default=0)
        self._price = max([look.px(44), *(strong.horizontalAdvance(row.price) for row in rows)])

    def columns(self, rect: QRect) -> tuple[int, int, int, int]:
        """Where number, device and state begin, and where the price ends."""
        px = theme().px
        number = rect.x() + px(16)
        price = rect.right() + 1 - px(14) - self._button_width - px(12)
        state = price - self._price - px(12) - self._pill
        return number, number + self._number + px(16), state, price

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: TicketRow) -> None:
        """The row in one go."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        middle = rect.center().y() + 0.5
        number, device, state, price = self.columns(rect)
        draw_text(painter, number, middle, row.number, look.font("body", 600), tokens.text)
        self.paint_button(painter, option, row)
        name, small = look.font("body", 500), look.font("small")
        room = state - look.px(12) - device
        upper, lower = middle - look.px(9), middle + look.px(9)
        draw_text(painter, device, upper, cut(row.device, name, room), name, tokens.text)
        draw_text(painter, device, lower, cut(row.fault, small, room), small, tokens.text2)
        draw_pill(painter, state, middle, row.look)
        is_known = row.here.card.about_minor is not None
        weight = 600 if row.is_ready and is_known else 500
        width = look.metrics("body", weight).horizontalAdvance(row.price)
        ink = tokens.text if is_known else tokens.text2
        draw_text(painter, price - width, middle, row.price, look.font("body", weight), ink)


class TicketsHead(QWidget):
    """The quiet head over the columns."""

    def __init__(self, tickets: "TicketsList") -> None:
        super().__init__()
        self._tickets = tickets
        self.setFixedHeight(theme().px(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words over their columns."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        if self.isRightToLeft():
            mirror(painter, self.rect())
        painter.fillRect(self.rect(), tokens.sunken)
        for y in (0, self.height() - 1):
            painter.fillRect(0, y, self.width(), 1, tokens.border)
        # A scroll bar takes its room from the columns, not from the head.
        rect = QRect(0, 0, self._tickets.viewport().width(), self.height())
        if self.isRightToLeft():
            rect.moveRight(self.width() - 1)
            mirror(painter, rect)
        number, device, state, price = self._tickets.columns.columns(rect)
        font, middle = look.font("small", 500), self.height() / 2
        last = _tr("Price")
        width = look.metrics("small", 500).horizontalAdvance(last)
        words = (_tr("Ticket"), _tr("Device and fault"), _tr("Status"), last)
        for x, word in zip((number, device, state, price - width), words, strict=True):
            draw_text(painter, x, middle, word, font, tokens.text2)
        painter.end()


class TicketsList(ActionList):
    """`acted`: hand over or open; `opened`: the ticket itself (click)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.columns = TicketDelegate()
        super().__init__(name, self.columns, parent)
