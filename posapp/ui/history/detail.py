"""One entry in full: what it is, its steps with who and when, and what can be done with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from posapp.ui.history.words import step_words, title_of
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.widgets.labels import Elided, StatusPill, label, line
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.domain.journal import JournalLine
    from posapp.services.history import Detail


class DetailPanel(QWidget):
    """Shows a `Detail`; the buttons only ask, the page does."""

    open_asked = Signal(str)
    print_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._content: QWidget | None = None
        self.show_nothing()

    def show_nothing(self) -> None:
        """No entry is chosen."""
        self._replace(EmptyState(self.tr("Choose an entry to see its steps.")))

    def show_detail(self, detail: "Detail", wording: Wording) -> None:
        """Show this entry."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(detail, wording))
        column.addWidget(line())
        column.addWidget(_Steps(detail.steps, wording, self._origin(detail, wording)), 1)
        if detail.booking is not None:
            column.addWidget(line())
            column.addLayout(self._actions(detail.booking.number))
        self._replace(content)

    def _replace(self, content: QWidget) -> None:
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content
        self._column.addWidget(content)

    def _head(self, detail: "Detail", wording: Wording) -> QVBoxLayout:
        px = theme().px
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(12), px(16), px(12))
        head.setSpacing(px(4))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        booking = detail.booking
        row.addWidget(label(booking.number if booking else title_of(detail.event.title), "figure"))
        if booking is not None:
            row.addWidget(StatusPill(booking_look(booking.status)))
        row.addStretch(1)
        head.addLayout(row)
        for text in self._facts(detail, wording):
            head.addWidget(label(text, "body", tone="text2", wrap=True))
        return head

    def _facts(self, detail: "Detail", wording: Wording) -> list[str]:
        booking = detail.booking
        if booking is None:
            return [wording.moment_in_full(detail.event.at)]
        start = booking.wall_start
        when = f"{wording.day(start.date())}, {wording.time(start.time())}, {shown_minutes(booking.minutes)}"
        price = "" if booking.price_minor is None else f", {wording.price(booking.price_minor)}"
        facts = [
            f"{booking.service}{price}",
            self.tr("{when}, with {who}").format(when=when, who=booking.resource),
        ]
        if booking.contact_name:
            facts.append(self.tr("For {name}").format(name=booking.contact_name))
        if booking.override_reason:
            facts.append(self.tr("Booked anyway: {reason}").format(reason=booking.override_reason))
        return facts + [text for text in (booking.note, booking.reason) if text]

    def _origin(self, detail: "Detail", wording: Wording) -> str:
        """Where a record without steps of its own came from: demonstration data and imports have one entry a batch."""
        if detail.booking is None:
            return self.tr("No steps are on record.")
        stamps = detail.booking.stamps
        return self.tr("Booked by {who}, {when}").format(
            who=stamps.created_by, when=wording.moment(stamps.created_at)
        )

    def _actions(self, number: str) -> QHBoxLayout:
        px = theme().px
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(12), px(16), px(12))
        row.setSpacing(px(8))
        asked: list[tuple[str, str, str, Callable[[], object]]] = [
            (self.tr("Open booking"), "calendar", "Return", lambda: self.open_asked.emit(number)),
            (self.tr("Print"), "printer", "Ctrl+P", lambda: self.print_asked.emit(number)),
        ]
        for text, icon, key, run in asked:
            row.addWidget(button(text, icon=icon, key=key, run=run), 1)
        return row


class _Steps(QScrollArea):
    """The steps below one another, joined by a line."""

    def __init__(self, steps: "tuple[JournalLine, ...]", wording: Wording, without: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        px = theme().px
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.setSpacing(px(8))
        for place, step in enumerate(steps):
            column.addWidget(_Step(step, wording, is_last=place == len(steps) - 1))
        if not steps:
            column.addWidget(label(without, tone="text2", wrap=True))
        column.addStretch(1)
        self.setWidget(inner)


class _Step(QWidget):
    """A dot, what was done, and below it who and when."""

    def __init__(self, step: "JournalLine", wording: Wording, *, is_last: bool) -> None:
        super().__init__()
        self._is_last = is_last
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(28), 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(step_words(step, wording), "body", wrap=True))
        who = Elided(f"{step.who} · {wording.moment(step.at)}", "small", tone="text2")
        column.addWidget(who)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dot, and the line to the next step."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, top, size = look.px(7), look.px(5), look.px(11)
        if not self._is_last:
            painter.setPen(QPen(tokens.border, 2))
            painter.drawLine(
                int(x + size / 2), top + size + 2, int(x + size / 2), self.height() + look.px(12)
            )
        painter.setPen(QPen(tokens.primary if self._is_last else tokens.control, 2))
        painter.setBrush(tokens.primary if self._is_last else tokens.surface)
        painter.drawEllipse(QRectF(x, top, size, size))
        painter.end()
