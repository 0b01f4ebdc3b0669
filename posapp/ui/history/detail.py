"""One entry in full: what it is, its steps with who and when, and what can be done with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QWidget

from posapp.ui.history.entries import look_of, what_of
from posapp.ui.history.money import AmountLine, lines_of, notes_of
from posapp.ui.history.past import KEY, past_look, past_notes, past_words
from posapp.ui.history.words import estimate_words, step_look, step_words, title_of, who_words
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, columns, emptied, held, put, rows, space, top, wide
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import estimate_look, ticket_look
from posapp.ui.tickets.words import answer_words, how_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.widgets.labels import Elided, StatusPill, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.widgets.status import StatusLook, booking_look
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.domain.base.journal import JournalLine
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.repairs.estimates import Estimate
    from posapp.domain.repairs.tickets import StateMap, Ticket
    from posapp.domain.selling.orders import Order
    from posapp.services.figures.history import Detail
    from posapp.ui.actions import Keys


DISC, GAP = 24, 10
PRINTED = ("booking", "ticket", "estimate", "order", "payment")
"""Kinds of entries that have a paper."""
MONEY = ("order", "payment")
"""Those whose paper is all that there is to open."""


class StepRow(QWidget):
    """An icon on a disc, what was done, and below it who and when."""

    def __init__(
        self, step: "JournalLine", wording: Wording, *, is_last: bool, states: "StateMap | None" = None
    ) -> None:
        super().__init__()
        self._is_last = is_last
        self._look = step_look(step, states)
        words, when = step_words(step, wording, states), wording.moment(step.at)
        who = who_words(step)
        self.setAccessibleName(f"{words}, {who}, {when}")
        row = columns(wide(Elided(who, "small", tone="text2")), label(when, "small", tone="text2"), gap=8)
        rows(label(words, "body", wrap=True), row, gap=1, pad=(DISC + 12, 2, 0, GAP), host=self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc, and the line to the next step."""
        look, tokens = theme(), theme().tokens
        soft, ink = self._look.colours(tokens)
        size, inner = look.px(DISC), look.px(14)
        left = self.width() - size if self.isRightToLeft() else 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._is_last:
            painter.setPen(QPen(tokens.border, 2))
            middle = left + size // 2
            painter.drawLine(middle, size, middle, self.height())
        painter.setPen(QPen(soft, 0))
        painter.setBrush(soft)
        painter.drawEllipse(QRectF(left, 0, size, size))
        offset = (size - inner) / 2
        paint_icon(painter, self._look.icon, left + offset, offset, inner, ink)
        painter.end()


class DetailPanel(QWidget):
    """Shows a `Detail`; the buttons only ask, the page does. They stay while the entry changes."""

    def __init__(self) -> None:
        super().__init__()
        self._empty = EmptyState(self.tr("Choose an entry to see its steps."))
        self._entry = self._make_entry()
        rows(self._empty, wide(self._entry), gap=0, host=self)
        self.show_nothing()

    def front_keys(self) -> "Keys":
        """As a side sheet it is in front of the timeline: Ctrl+P prints what it shows."""
        return {"Ctrl+P": self.print.click}

    # -- what is where -----------------------------------------------------------------------------------
    def _make_entry(self) -> QWidget:
        self._rows = rows(gap=0, pad=(16, 14, 16, 6))
        self._scroller = Scroller(held(self._rows))
        self._scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        self._scroller.setAccessibleName(self.tr("Steps"))
        return held(
            rows(self._make_head(), line(), wide(self._scroller), line(), self._make_actions(), gap=0)
        )

    def _make_head(self) -> QLayout:
        self._number, self._pill = label("", "figure", wrap=True), StatusPill()
        self._what = label("", "field", weight=500, wrap=True)
        self._price = label("", "field", weight=600)
        self._when = label("", "small", tone="text2", wrap=True)
        first = columns(self._number, self._pill, STRETCH, gap=10)
        second = columns(wide(self._what), top(self._price), gap=10)
        return rows(first, second, self._when, gap=3, pad=(16, 12))

    def _make_actions(self) -> QLayout:
        self.pay = button("", kind="primary", icon="banknote", key="F9", size="l")
        self.take_in = button(self.tr("Take in here"), kind="primary", icon="wrench", key=KEY, size="l")
        self.open = button("", icon="calendar", key="Return", size="l")
        self.print = button(self.tr("Print"), icon="printer", key="Ctrl+P", size="l")
        self.back = button(self.tr("Give back"), icon="undo-2", key="Alt+R", size="l")
        row = columns(wide(self.open), wide(self.print), wide(self.back), gap=8)
        return rows(self.pay, self.take_in, row, gap=8, pad=(16, 12))

    # -- showing -----------------------------------------------------------------------------------------
    def show_nothing(self) -> None:
        """No entry is chosen."""
        self._entry.hide()
        self._empty.show()

    def show_detail(self, detail: "Detail", wording: Wording) -> None:
        """Show this entry."""
        booking, event = detail.booking, detail.event
        self._number.setText(event.number or (event.title if detail.past else title_of(event.title)))
        self._number.setWordWrap(not event.number)
        self._pill.set_look(_look(detail))
        what = _what(detail, wording)
        self._what.setText(what)
        self._what.setVisible(bool(what))
        minor = booking.price_minor if booking else event.price_minor
        if event.kind in MONEY:
            minor = None  # it stands below, with what makes it
        self._price.setText("" if minor is None else wording.price(minor))
        self._price.setVisible(minor is not None)
        self._when.setText(_when(booking, wording) if booking else wording.moment_in_full(detail.event.at))
        self._show_steps(detail, wording)
        self._show_actions(detail, wording)
        self._empty.hide()
        self._entry.show()

    def _show_actions(self, detail: "Detail", wording: Wording) -> None:
        kind, order = detail.event.kind, detail.order
        words, icon = {
            "order": (self.tr("Open receipt"), "receipt-text"),
            "payment": (self.tr("Open receipt"), "receipt-text"),
            "booking": (self.tr("Open booking"), "calendar"),
            "ticket": (self.tr("Open ticket"), "wrench"),
            "message": (self.tr("Open ticket"), "wrench"),
            "estimate": (self.tr("Open estimate"), "file-text"),
        }.get(kind, (self.tr("Open customer"), "user"))
        if kind == "past" and detail.event.order:
            words, icon = self.tr("Open {ticket}").format(ticket=detail.event.order), "wrench"
        self.open.setText(words)
        self.open.set_icon(icon)
        self.print.setVisible(kind in PRINTED and kind not in MONEY)
        self.back.setVisible(can_go_back(order))
        due = order.owed_minor if order is not None else 0
        self.pay.setVisible(due > 0)
        self.take_in.setVisible(detail.past is not None and detail.past.can_be_taken_in)
        self.pay.setText(self.tr("Take {price}").format(price=wording.price(due)))

    def _show_steps(self, detail: "Detail", wording: Wording) -> None:
        emptied(self._rows)
        amounts = lines_of(detail, wording)
        for one in amounts:
            put(self._rows, _amount_row(one))
        if amounts:
            put(self._rows, space(6), line(), space(12))
        last = len(detail.steps) - 1
        for place, step in enumerate(detail.steps):
            put(self._rows, StepRow(step, wording, is_last=place == last, states=detail.states))
        if not detail.steps and detail.past is None:
            put(self._rows, label(self._origin(detail, wording), tone="text2", wrap=True))
        for title, text in self._notes(detail, wording):
            words = label(text, "body", tone="text2", wrap=True)
            put(self._rows, space(12), label(title, "small", weight=600, wrap=True), words)
        put(self._rows, STRETCH)
        self._scroller.verticalScrollBar().setValue(0)

    def _notes(self, detail: "Detail", wording: Wording) -> list[tuple[str, str]]:
        booking = detail.booking
        if detail.past is not None:
            return past_notes(detail.past)
        if detail.estimate is not None:
            answer = answer_words(detail.estimate, wording) or self.tr("None yet")
            return [*_lines(detail.estimate, wording), (self.tr("Answer"), answer)]
        if detail.message is not None:
            message = detail.message
            said = (self.tr("What was said"), message.words), (self.tr("Answer"), message.answer)
            return [(title, text) for title, text in said if text]
        if detail.ticket is not None:
            return _faults(detail.ticket)
        if detail.event.kind in MONEY:
            return notes_of(detail)
        if booking is None:
            return []
        notes = (
            (self.tr("For"), booking.contact_name),
            (self.tr("Booked anyway"), booking.override_reason),
            (self.tr("Note"), booking.note),
            (self.tr("Reason"), "" if detail.steps else booking.reason),
        )
        return [(title, text) for title, text in notes if text]

    def _origin(self, detail: "Detail", wording: Wording) -> str:
        """Where a record without steps of its own came from: demonstration data have one entry a batch."""
        if detail.estimate is not None or detail.message is not None:
            words = self.tr("Asked by {who}, {when}") if detail.estimate else self.tr("Told by {who}, {when}")
            return words.format(who=detail.event.by, when=wording.moment(detail.event.at))
        if detail.payment is not None:
            who = ", ".join(dict.fromkeys((detail.payment.till, detail.payment.by)))
            return self.tr("Taken by {who}, {when}").format(who=who, when=wording.moment(detail.payment.at))
        record = detail.ticket or detail.booking
        if record is None:
            return self.tr("No steps are on record.")
        words = self.tr("Taken in by {who}, {when}") if detail.ticket else self.tr("Booked by {who}, {when}")
        return words.format(who=record.stamps.created_by, when=wording.moment(record.stamps.created_at))


def can_go_back(order: "Order | None") -> bool:
    """Whether there is something left of a sale that could be given back."""
    is_sale = order is not None and not order.is_refund and order.status == "completed"
    return is_sale and order is not None and order.left_minor > 0


def _amount_row(one: AmountLine) -> QWidget:
    weight = 600 if one.is_sum else None
    words = label(one.words, "body", tone=one.tone, weight=weight, wrap=True)
    amount = label(one.amount, "body", tone=one.tone, weight=700 if one.is_sum else None)
    return held(columns(wide(words), top(amount), gap=12, pad=(0, 3)))


def _look(detail: "Detail") -> StatusLook | None:
    if detail.event.kind in MONEY:
        return look_of(detail.event)
    if detail.past is not None:
        return past_look()
    if detail.estimate is not None:
        return estimate_look(detail.estimate.status)
    if detail.booking is not None:
        return booking_look(detail.booking.status)
    return ticket_look(detail.event.state) if detail.event.state is not None else None


def _what(detail: "Detail", wording: Wording) -> str:
    if detail.event.kind in MONEY:
        return what_of(detail.event, wording)
    if detail.past is not None:
        return past_words(detail.event)
    if detail.event.kind == "estimate":
        return estimate_words(detail.event)
    if detail.message is not None:
        return how_words(detail.message.how)
    if detail.ticket is not None:
        return ", ".join(job.device.name for job in detail.ticket.jobs)
    return detail.booking.service if detail.booking else ""


def _faults(ticket: "Ticket") -> list[tuple[str, str]]:
    """What was wrong with each device, and what was found."""
    return [(job.device.name, "\n".join(filter(None, (job.fault, job.found)))) for job in ticket.jobs]


def _lines(estimate: "Estimate", wording: Wording) -> list[tuple[str, str]]:
    """Each line of an estimate with its amount."""
    return [
        (
            line.text if line.quantity == 1 else f"{line.quantity} × {line.text}",
            wording.price(line.amount_minor),
        )
        for line in estimate.lines
    ]


def _when(booking: "Booking", wording: Wording) -> str:
    start = booking.wall_start
    day, time = wording.day(start.date()), wording.booked(booking)
    return f"{day}, {time} · {shown_minutes(booking.minutes)} · {booking.resource}"
