"""Under *From*: what stands against the time, the nearest times as buttons, *Book anyway* and its reason."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import OVERRIDABLE
from posapp.ui.fields import TextField
from posapp.ui.layout import columns, held, rows, top, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.widgets.paint import box
from posapp.ui.wording import Wording


class ClashBox(QFrame):
    """Hidden while nothing stands against the time."""

    time_taken = Signal(object)  # datetime: one of the times on the buttons
    anyway_changed = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.error: DomainError | None = None
        self._icon = IconLabel("triangle-alert", "warning", 18)
        self._words = label("", "small", wrap=True)
        self._flow = FlowLayout(gap=6)
        self._buttons = held(self._flow)
        self._made: list[Button] = []
        self.anyway = button(self.tr("Book anyway"), size="s", run=self._ask_reason)
        self.reason = TextField("anyway", self.tr("Why it is booked anyway"), read=self._read_reason)
        self.reason.hide()
        self.reason.edited.connect(self.anyway_changed)
        self.hide()

    def lay_out(self) -> None:
        """Once the form has taken its field, put the parts in place."""
        self._flow.addWidget(self.anyway)
        words = rows(self._words, self._buttons, self.reason, gap=6)
        columns(top(self._icon), wide(words), gap=8, pad=(12, 8, 10, 8), host=self)

    def _read_reason(self, text: str) -> str:
        if not text.strip():
            raise DomainError("reason_missing", self.tr("Say why you book it anyway."), field="anyway")
        return text.strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft background of a warning."""
        look, painter = theme(), QPainter(self)
        box(painter, QRectF(self.rect()), look.px(8), look.tokens.warning_soft)
        painter.end()

    def text(self) -> str:
        """What it says, "" while nothing stands against the time."""
        return "" if self.isHidden() else self._words.text()

    def buttons(self) -> list[Button]:
        """The times that can be taken instead."""
        return list(self._made)

    def show_error(
        self, error: DomainError | None, times: Sequence[datetime], wanted: datetime | None
    ) -> None:
        """Show what stands against the time and `times` instead of it; None takes all of it away."""
        before = self.text()
        self.error = error
        if error is None:
            self.reason.hide()
            self.reason.set_text("")
            self.hide()
            return
        self._words.setText(error.sentence)
        self._show_times(times, wanted)
        can_override = error.code in OVERRIDABLE
        self.anyway.setVisible(can_override and self.reason.isHidden())
        if not can_override:
            self.reason.hide()
        self.show()
        if self.text() != before:
            announce(self, error.sentence)

    def _show_times(self, times: Sequence[datetime], wanted: datetime | None) -> None:
        for old in (*self._made, self.anyway):
            self._flow.removeWidget(old)
        for old in self._made:
            old.hide()
            old.deleteLater()
        self._made = [self._time_button(at, wanted) for at in times]
        for made in (*self._made, self.anyway):
            self._flow.addWidget(made)
            made.show()

    def _time_button(self, at: datetime, wanted: datetime | None) -> Button:
        words = self._wording.time(at.time())
        if wanted is not None and at.date() != wanted.date():
            words = f"{self._wording.day(at.date())} {words}"
        return button(words, size="s", icon="clock", run=lambda: self.time_taken.emit(at))

    def _ask_reason(self) -> None:
        self.reason.show()
        self.anyway.hide()
        self.reason.editor.setFocus()
        self.anyway_changed.emit()

    def is_overridden(self) -> bool:
        """Whether the clerk means it all the same."""
        return not self.reason.isHidden()

    def snapshot(self) -> str | None:
        """The reason for a draft, None where there is none."""
        return self.reason.text() if self.is_overridden() else None
