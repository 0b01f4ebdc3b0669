"""What the field of a ticket's lines offers below it."""

from posapp.services.repairs.line_choices import LineChoice
from posapp.ui.sell.item_field import SpokenDelegate
from posapp.ui.tables import TwoLineRow
from posapp.ui.wording import Wording, shown_minutes


class LineChoiceDelegate(SpokenDelegate):
    """A part, a service or a price of the list: name, what it is, price."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def _about(self, value: LineChoice) -> str:
        item = value.item
        words = [item.sku if item is not None else ""]
        if item is not None and item.keeps_stock:
            words.append(self.tr("{n} in stock").format(n=max(item.free, 0)))
        words.append(shown_minutes(value.minutes) if value.minutes else "")
        return " · ".join(filter(None, words))

    def row_of(self, value: LineChoice) -> TwoLineRow:
        """How it looks."""
        return TwoLineRow(value.text, self._about(value), right=self._price(value), right_tone="text")

    def words_of(self, value: LineChoice) -> str:
        """In one line, for screen readers."""
        return ", ".join(filter(None, (value.text, self._about(value), self._price(value))))

    def _price(self, value: LineChoice) -> str:
        minor = value.unit_minor
        return self.tr("to be priced") if minor is None else self._wording.price(minor)
