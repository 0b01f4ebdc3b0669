"""A hint below the time: whoever it is for is booked then, or on that day, already."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from posapp.services.bookings.near import AlsoBooked
from posapp.ui.layout import columns, top, wide
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.wording import Wording

_THEN, _THAT_DAY = ("triangle-alert", "warning"), ("info", "info")


class AlsoNote(QWidget):
    """Hidden while they have nothing on that day."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._icon = IconLabel("info", "info", 16)
        self._words = label("", "small", wrap=True)
        columns(top(self._icon), wide(self._words), gap=6, host=self)
        self.hide()

    def text(self) -> str:
        """What it says, "" while it says nothing."""
        return "" if self.isHidden() else self._words.text()

    def show_bookings(self, found: Sequence[AlsoBooked]) -> None:
        """What they have, the one at the very time first."""
        before = self.text()
        if found:
            self._words.setText(self._sentence(found))
            self._icon.show_icon(*_THEN if found[0].is_then else _THAT_DAY)
        self.setVisible(bool(found))
        if found and self.text() != before:
            announce(self, self.text())

    def _sentence(self, found: Sequence[AlsoBooked]) -> str:
        one = found[0].booking
        words = self.tr("{name} is booked on this day already: {what}")
        if found[0].is_then:
            words = self.tr("{name} is booked then already: {what}")
        what = self.tr("{time} {service} with {who} ({number})").format(
            time=self._wording.booked(one),
            service=one.service,
            who=one.resource,
            number=one.number,
        )
        return words.format(name=one.shown_name(self._wording.region), what=what)
