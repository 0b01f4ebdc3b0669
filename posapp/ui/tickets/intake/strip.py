"""The devices of one ticket, side by side above the form; hidden while there is only one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.devices import DeviceKind
from posapp.ui.layout import columns, rows, wide
from posapp.ui.tickets.intake.choices import ICONS, kind_words
from posapp.ui.tickets.intake.draft import DeviceDraft
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.choices import Chips, Choice
from posapp.ui.widgets.labels import line


class DeviceStrip(QWidget):
    """Says which device is wanted, and that the one in front is to be taken off the ticket."""

    chosen = Signal(int)
    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips = Chips(name=self.tr("Devices on this ticket"))
        self.chips.chosen.connect(lambda key: self.chosen.emit(int(key)))
        self.remove = button(self.tr("Take off"), kind="quiet", size="s", icon="x")
        self.remove.setAccessibleName(self.tr("Take this device off the ticket"))
        self.remove.clicked.connect(self.remove_asked)
        rows(columns(wide(self.chips), self.remove, pad=(16, 8, 12, 8)), line(), gap=0, host=self)
        self.hide()

    def show_devices(self, devices: Sequence[DeviceDraft], at: int) -> None:
        """Show these, the one at `at` in front."""
        self.setVisible(len(devices) > 1)
        words = [
            (f"{place}  {one.name or kind_words(DeviceKind(one.kind))}"[:34], ICONS[DeviceKind(one.kind)])
            for place, one in enumerate(devices, start=1)
        ]
        shown = [(chip.text, chip.icon) for chip in self._choices]
        if shown != words:
            self._choices = [Choice(str(row), text, icon) for row, (text, icon) in enumerate(words)]
            self.chips.set_choices(self._choices, str(at))
        self.chips.set_current(str(at))

    _choices: Sequence[Choice] = ()

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.chips, self.remove]
