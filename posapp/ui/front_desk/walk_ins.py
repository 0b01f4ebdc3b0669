"""Who came without a booking: the queue with each one's turn, and the way into and out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from posapp.ui.fields import Combo
from posapp.ui.focus_filter import focused
from posapp.ui.front_desk.action_list import ActionDelegate, ActionList
from posapp.ui.front_desk.parts import padded_words
from posapp.ui.layout import columns, held, rows
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.paint import cut, draw_text
from posapp.ui.wording import Wording, shown_minutes, translator

if TYPE_CHECKING:
    from posapp.domain.bookings.walk_ins import QueueLine
    from posapp.domain.shop.businesses import Service

_tr = translator("WalkIns")


@dataclass(frozen=True, slots=True)
class WalkInRow:
    """Somebody in the queue in words; `slot_of` is the booking whose time they would get."""

    line: "QueueLine"
    name: str
    what: str
    turn: str
    slot_of: str = ""
    is_here: bool = False
    action: str = ""

    @property
    def key(self) -> str:
        """Their place in the shop's records."""
        return str(self.line.walk_in.id)

    @property
    def is_due(self) -> bool:
        """Whether it is their turn."""
        return bool(self.slot_of) or self.line.is_now

    def spoken(self) -> str:
        """The row in one line."""
        place = _tr("place {n}").format(n=self.line.position)
        return ", ".join(part for part in (place, self.name, self.what, self.turn) if part)


def walk_in_rows(
    queue: "Sequence[QueueLine]", slot: str, customer_id: int | None, wording: Wording
) -> list[WalkInRow]:
    """The queue in words; the first in it gets the free slot."""
    rows = []
    for waiting in queue:
        one = waiting.walk_in
        name = one.shown_name(wording.region)
        what = f"{one.service} · {shown_minutes(one.minutes)}"
        own = slot if waiting.position == 1 else ""
        is_here = one.customer_id == customer_id
        rows.append(WalkInRow(waiting, name, what, _turn(waiting, own), own, is_here))
    return rows


def _turn(waiting: "QueueLine", slot: str) -> str:
    if slot:
        return _tr("now, for {number}").format(number=slot)
    if waiting.wait_minutes is None:
        return _tr("not today")
    if waiting.is_now:
        return _tr("now")
    return _tr("in {time}").format(time=shown_minutes(waiting.wait_minutes))


class WalkInDelegate(ActionDelegate):
    """Place, name and turn, what for."""

    height = 54

    def __init__(self) -> None:
        super().__init__(button=False)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: WalkInRow) -> None:
        """The row in one go."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        x, middle = rect.x() + look.px(16), rect.center().y() + 0.5
        right = rect.right() + 1 - look.px(14)
        upper, lower = middle - look.px(10), middle + look.px(10)
        draw_text(painter, x, upper, str(row.line.position), look.font("body", 600), tokens.text)
        x += look.px(28)
        name, small = look.font("body", 500), look.font("small")
        draw_text(painter, x, upper, cut(row.name, name, right - x), name, tokens.text)
        width = look.metrics("small", 600).horizontalAdvance(row.turn)
        ink = tokens.success if row.is_due else tokens.text2
        draw_text(painter, right - width, lower, row.turn, look.font("small", 600), ink)
        room = right - width - look.px(8) - x
        draw_text(painter, x, lower, cut(row.what, small, room), small, tokens.text2)


class WalkInsList(ActionList):
    """`acted`: it is their turn (Enter); `left`: they do not want to wait (Del, `X`)."""

    left = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name, WalkInDelegate())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del and X take somebody out of the queue."""
        row = self.current_row()
        is_letter = self.plain_keys and event.key() == Qt.Key.Key_X and not event.modifiers()
        if row is not None and (is_letter or event.key() == Qt.Key.Key_Delete):
            self.left.emit(row)
        else:
            super().keyPressEvent(event)


class WalkIns(QWidget):
    """The queue, and below it what can be done: call the next one, let somebody go, add the customer."""

    called = Signal(object)  # WalkInRow
    left = Signal(object)  # WalkInRow
    added = Signal(int)  # key of the service
    customer_asked = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.list = WalkInsList(self.tr("Queue of walk-ins"))
        self.list.acted.connect(self.called)
        self.list.left.connect(self.left)
        self.list.opened.connect(lambda row: self.customer_asked.emit(row.line.walk_in.customer_id, ""))
        self._none = padded_words(self.tr("Nobody waits without a booking."))
        rows(self._none, self.list, line(), self._make_foot(), gap=0, host=self)

    def _make_foot(self) -> QWidget:
        self.call = button(self.tr("Call next"), size="s", icon="user-check", run=self._call)
        self.leave = button(self.tr("Left"), kind="quiet", size="s", run=self._leave)
        self.leave.setAccessibleName(self.tr("They left the queue"))
        self.leave.setToolTip(self.tr("They left the queue"))
        self.service = Combo()
        self.service.setAccessibleName(self.tr("Service of the walk-in"))
        self.add = button(self.tr("Add"), size="s", icon="plus", run=self._add)
        self.add.setAccessibleName(self.tr("Add the customer to the queue"))
        self.hint = label("", "small", tone="text2", wrap=True)
        self._turn_row = held(columns(self.call, self.leave, gap=8))
        self._add_row = held(columns(self.service, self.add, gap=8))
        foot = QWidget()
        rows(self._turn_row, self.hint, self._add_row, gap=8, pad=(14, 8, 12, 8), host=foot)
        self._foot = foot
        return foot

    # -- what is shown -----------------------------------------------------------------------------
    def show_services(self, services: "Sequence[Service]") -> None:
        """What a walk-in can come for."""
        kept = self.service.currentIndex()
        self.service.clear()
        for one in services:
            if not one.is_archived:
                self.service.addItem(one.name, one.id)
        self.service.setCurrentIndex(kept if 0 <= kept < self.service.count() else 0)

    def show_rows(self, rows: list[WalkInRow], customer: str) -> None:
        """The queue, and who could be added ("" for nobody at the counter)."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._turn_row.setVisible(bool(rows))
        is_waiting = any(row.is_here for row in rows)
        can_add = bool(customer) and not is_waiting
        focus = focused()
        if focus is not None and self._add_row.isAncestorOf(focus) and not can_add and rows:
            self.list.setFocus()  # before its row goes: Qt would give the focus to any neighbour
        self._add_row.setVisible(can_add)
        self.hint.setVisible(not is_waiting)
        words = self.tr("{name} waits for:").format(name=customer)
        self.hint.setText(words if can_add else self.tr("A customer at the counter can be added here."))

    def fit(self, room: int) -> None:
        """Give the list what the foot leaves, in whole rows."""
        row = theme().row_height(WalkInDelegate.height)
        left = (room - self._foot.sizeHint().height()) // row
        self.list.stand(min(self.list.rows.rowCount(), max(left, 1)) * row)

    def wanted_height(self) -> int:
        """How high it would be with everything in sight."""
        upper = self.list.full_height() if self.list.rows.rowCount() else theme().px(48)
        return upper + self._foot.sizeHint().height()

    def first_stop(self) -> QWidget:
        """Where a key leads: to adding, if somebody can be added, else to the queue."""
        if not self._add_row.isHidden():
            return self.service
        return self.list if self.list.rows.rowCount() else self

    # -- what is done ------------------------------------------------------------------------------
    def _call(self) -> None:
        rows = self.list.rows.rows()
        if rows:
            self.called.emit(rows[0])

    def _leave(self) -> None:
        rows = self.list.rows.rows()
        if rows:
            self.left.emit(self.list.current_row() or rows[0])

    def _add(self) -> None:
        if self.service.currentIndex() >= 0:
            self.added.emit(self.service.currentData())
