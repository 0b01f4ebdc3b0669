"""Devices that wait to be collected, the longest waiting first; long waits are warned of in words."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.waiting import DeviceHere, Waiting
from posapp.ui.front_desk.lists import RowsView, SpokenDelegate
from posapp.ui.front_desk.waiting_words import waiting_words
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, at, put, space
from posapp.ui.tables import TwoLineRow
from posapp.ui.tables.two_line_delegate import Span
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.wording import Wording

READY_ROW, FOOT = 52, 44


class ReadyDelegate(SpokenDelegate):
    """Number, name, device or how long it has waited, price."""

    height = READY_ROW
    lead_room = 54
    name_step, name_weight = "body", 500

    def __init__(self, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.wording = wording
        self.customer_id: int | None = None

    def row_of(self, value: Any) -> TwoLineRow:
        """A device that has waited long says so instead of its name."""
        card = value.card
        price = "" if card.price_minor is None else self.wording.price(card.price_minor)
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
        price = "" if card.price_minor is None else self.wording.price(card.price_minor)
        parts = (card.number, card.customer_name, card.device, waiting_words(value), price)
        return ", ".join(part for part in parts if part)


class ReadyCard(Card):
    """`customer_asked` by Enter or a click on a row, `all_asked` by the button below."""

    customer_asked = Signal(int)
    all_asked = Signal()

    def __init__(self, wording: Wording, title: str) -> None:
        super().__init__(title, key="F4")
        self._waiting = Waiting()
        self.delegate = ReadyDelegate(wording, self)
        self.list = RowsView(title, self.delegate)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.opened.connect(lambda one: self.customer_asked.emit(one.card.customer_id))
        self.all = button(self.tr("Show on the board"), kind="quiet", size="s", run=self.all_asked.emit)
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

    def fit(self, room: int) -> None:
        """Show what has room, at least two; the button shows the rest."""
        look = theme()
        step = look.row_height(READY_ROW)
        first, count = self._waiting.first, self._waiting.count
        shown = first[: max((room - look.px(FOOT)) // step, 2)]
        if tuple(self.list.rows.rows()) != shown:
            before: DeviceHere | None = self.list.current_row()
            self.list.rows.show_rows(shown)
            places = [n for n, one in enumerate(shown) if before and one.card.job_id == before.card.job_id]
            if places:
                self.list.choose_at(places[0])
        self.list.setFixedHeight(len(shown) * step)
        words = (
            self.tr("Show all {n}").format(n=count) if count > len(shown) else self.tr("Show on the board")
        )
        self.all.setText(words)
