"""The card terminal beside what was recorded here: its slip is read off and compared."""

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.payments import Tender
from posapp.domain.selling.shifts import card_sum
from posapp.services.selling.shifts import Reading
from posapp.ui.fields.money import MoneyField
from posapp.ui.layout import rows
from posapp.ui.shift.facts import FactLine, FactRows, OutcomeBand, outcome_of
from posapp.ui.widgets.cards import Card
from posapp.ui.wording import Wording, translator

_tr = translator("Shift")


class TerminalCard(Card):
    """Shown where cards were taken; empty it is not compared."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(_tr("3. Card terminal"))
        self._wording, self._recorded = wording, 0
        self.recorded, self.band = FactRows(), OutcomeBand()
        self.slip = MoneyField("terminal", _tr("Total on the terminal slip"), wording=wording)
        self.body.addLayout(rows(self.recorded, self.slip, gap=4, pad=(16, 8, 16, 12)))
        self.body.addWidget(self.band)
        self.slip.edited.connect(self._show_outcome)
        self._show_outcome()

    def show_reading(self, reading: Reading, wording: Wording) -> None:
        """What was recorded; nothing to see where no card was taken."""
        self._wording = wording
        self.slip.set_wording(wording)
        cards = [one for one in reading.tenders if one.tender is Tender.CARD]
        self._recorded, count = card_sum(reading.tenders), sum(one.count for one in cards)
        words = _tr("Recorded here, {count} payments").format(count=count)
        words = _tr("Recorded here, 1 payment") if count == 1 else words
        self.recorded.show_lines([FactLine(words, wording.price(self._recorded))] if cards else ())
        self._show_outcome()

    @property
    def has_cards(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.recorded.lines)

    def minor(self) -> int | None:
        """What is typed, None for nothing or while it is no amount."""
        try:
            amount = self.slip.value()
        except DomainError:
            return None
        return amount.minor if amount is not None and self.has_cards else None

    def clear(self) -> None:
        """Another shift, another slip."""
        self.recorded.show_lines(())
        self.slip.set_text("")
        self._show_outcome()

    def _show_outcome(self) -> None:
        minor = self.minor()
        if minor is not None:
            self.band.show_outcome(outcome_of(minor - self._recorded, self._wording))
        self.band.setVisible(minor is not None)
