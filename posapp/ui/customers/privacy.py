"""In the customer's sheet: what was agreed to, all that is known as a file, and forgetting the person."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.customers.consents import ConsentKind, newest
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.widgets.buttons import CheckBox, button
from posapp.ui.widgets.labels import Elided
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.customers.consents import Consent
    from posapp.domain.customers.customers import Customer

_tr = translator("Privacy")


def consent_words(kind: ConsentKind) -> str:
    """What somebody is asked for, in a few words."""
    return {
        ConsentKind.MESSAGES: _tr("Messages about repairs"),
        ConsentKind.MARKETING: _tr("Offers"),
        ConsentKind.PHOTOS: _tr("Photos of devices"),
        ConsentKind.KEEP_DATA: _tr("Data on devices"),
    }[kind]


class PrivacyPanel(QWidget):
    """A tick for each consent, noted at once; below them the file and the way out."""

    answered = Signal(object, bool)  # ConsentKind, given
    data_asked = Signal()
    erase_asked = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._is_showing = False
        self.ticks = {kind: self._tick(kind) for kind in ConsentKind}
        self._since = {kind: Elided("", "small", tone="text2") for kind in ConsentKind}
        lines = [columns(self.ticks[kind], wide(self._since[kind]), gap=12) for kind in ConsentKind]
        self.data = button(
            self.tr("Data of this person"),
            size="s",
            icon="download",
            key="Ctrl+E",
            run=self.data_asked.emit,
        )
        self.erase = button(
            self.tr("Anonymise…"), kind="danger", size="s", icon="trash-2", run=self.erase_asked.emit
        )
        ways = [columns(one, STRETCH) for one in (self.data, self.erase)]
        rows(*lines, *ways, gap=8, host=self)
        self.show_consents(())

    def _tick(self, kind: ConsentKind) -> CheckBox:
        tick = CheckBox(consent_words(kind))
        tick.setToolTip(kind.asked)
        tick.toggled.connect(partial(self._toggled, kind))
        return tick

    def _toggled(self, kind: ConsentKind, is_given: bool) -> None:
        if not self._is_showing:
            self.answered.emit(kind, is_given)

    def show_customer(self, customer: "Customer") -> None:
        """Nothing is agreed to, and nothing forgotten, by somebody anonymised."""
        is_known = customer.erased_at is None
        self.erase.setVisible(is_known)
        for tick in self.ticks.values():
            tick.setEnabled(is_known)

    def show_consents(self, consents: "Sequence[Consent]") -> None:
        """Tick what holds, and say since when."""
        held = newest(consents)
        self._is_showing = True
        for kind, tick in self.ticks.items():
            one = held.get(kind)
            tick.setChecked(one is not None and one.is_given)
            self._since[kind].setText(self._said(one))
        self._is_showing = False

    def _said(self, one: "Consent | None") -> str:
        if one is None:
            return self.tr("not asked")
        words = self.tr("given {when}, {who}") if one.is_given else self.tr("withdrawn {when}, {who}")
        return words.format(when=self._wording.moment(one.at), who=one.by)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, from top to bottom."""
        return [*self.ticks.values(), self.data, self.erase]
