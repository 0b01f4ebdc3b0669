"""How the books of the shown days go out: the program that takes them, how far they have gone, the button."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from posapp.domain.figures.books import SendingState
from posapp.domain.figures.charts import BookFormat
from posapp.ui.layout import STRETCH, put, rows
from posapp.ui.reports.books.question import Step
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording, shown_count

if TYPE_CHECKING:
    from posapp.services.figures.books import Sending


class SendingCard(Card):
    """`format_chosen` tells the program, `asked` that its file is wanted."""

    format_chosen = Signal(str)
    asked = Signal()

    def __init__(self, current: BookFormat) -> None:
        super().__init__(self.tr("Export"))
        self.words = label("", "small", tone="text2", wrap=True)
        self.formats = ChipGroup(name=self.tr("Program"), ticks=True)
        self.formats.set_choices([Choice(one.value, one.words) for one in BookFormat], current.value)
        self.formats.chosen.connect(self.format_chosen)
        self.export = button("", kind="primary", size="l", icon="download", key="Ctrl+E", run=self.asked.emit)
        put(self.body, rows(self.words, self.formats, self.export, STRETCH, gap=10, pad=(16, 10, 16, 14)))

    def show_sending(self, told: "Sending", of: BookFormat, step: Step, wording: Wording) -> None:
        """How far these days have gone out."""
        self.words.setText(self._state(told, wording))
        words = {
            Step.DAY: self.tr("Export the day for {program}"),
            Step.MONTH: self.tr("Export the month for {program}"),
            Step.QUARTER: self.tr("Export the quarter for {program}"),
            Step.YEAR: self.tr("Export the year for {program}"),
        }
        is_again = told.state is SendingState.SENT
        text = self.tr("Export once more for {program}") if is_again else words[step]
        self.export.setText(text.format(program=of.words))
        self.export.set_kind("" if is_again else "primary")
        self.export.setEnabled(told.state is not SendingState.EMPTY)

    def _state(self, told: "Sending", wording: Wording) -> str:
        when = wording.moment_in_full(told.at) if told.at is not None else ""
        days = shown_count(len(told.new), self.tr("day"), self.tr("days"))
        changed = shown_count(len(told.changed), self.tr("day"), self.tr("days"))
        return {
            SendingState.EMPTY: self.tr("Nothing was booked on these days: there is nothing to send."),
            SendingState.NEW: self.tr("Not sent yet. Sending twice changes nothing."),
            SendingState.PARTLY: self.tr("Sent in part, last on {when} by {who}: {days} are new."),
            SendingState.SENT: self.tr("Sent on {when} by {who}. Nothing has changed since."),
            SendingState.CHANGED: self.tr(
                "Sent on {when} by {who}. {changed} changed since: what differs goes out as a correction."
            ),
        }[told.state].format(when=when, who=told.by, days=days, changed=changed)
