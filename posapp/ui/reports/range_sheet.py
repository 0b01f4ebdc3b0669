"""The days of one's own choice, in the side sheet: typed, or chosen from a month."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent

from posapp.domain.base.errors import DomainError
from posapp.domain.figures.periods import Period
from posapp.ui.fields import DayField, Form
from posapp.ui.layout import STRETCH, rows
from posapp.ui.widgets.buttons import button
from posapp.ui.wording import Wording


class RangeSheet(Form):
    """`chosen` tells the period."""

    chosen = Signal(object)  # Period

    def __init__(self, period: Period, wording: Wording) -> None:
        super().__init__()
        self.first = self.add_field(DayField("from", self.tr("From"), wording=wording))
        self.last = self.add_field(DayField("to", self.tr("To"), wording=wording))
        self.first.set_day(period.first)
        self.last.set_day(period.last)
        show = button(self.tr("Show"), kind="primary", size="l", key="Ctrl+Return")
        self.set_save_button(show)
        rows(self.first, self.last, self.summary, show, STRETCH, gap=12, pad=16, host=self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.accepted.connect(self._take)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first day, marked: what is typed takes its place."""
        self.first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self) -> None:
        try:
            period = Period(self.first.value(), self.last.value())
        except DomainError as error:
            self.show_error(error)
            return
        self.chosen.emit(period)
