"""The right column of a ticket: loaners, warranties, what was done and said, and saying more."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.tickets import Job
from posapp.services.repairs.devices import WarrantyLine
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.layout import columns, held, put, refill, rows, wide
from posapp.ui.theme import theme
from posapp.ui.ticket.ready_texts import key_of, ready_texts
from posapp.ui.ticket.talk import Talk
from posapp.ui.ticket.timeline import Timeline
from posapp.ui.tickets.loaner_panel import LoanerPanel
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording


class Warranties(QWidget):
    """Guarantees of earlier repairs on the device that is shown; absent if there are none."""

    opened = Signal(str)  # the number of that ticket

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._column = rows(gap=0, host=self)
        self._seen: object = None
        self.hide()

    def show_lines(self, lines: Sequence[WarrantyLine], job: Job, number: str) -> None:
        """Those that still run, and the one that this repair leans on."""
        shown = [
            one
            for one in lines
            if one.warranty.id == job.claim_of or (one.days_left and one.warranty.number != number)
        ]
        seen = (tuple(shown), job.claim_of)
        self.setVisible(bool(shown))
        if seen != self._seen:
            self._seen = seen
            refill(self._column, [self._row(one, job) for one in shown])

    def _row(self, one: WarrantyLine, job: Job) -> QWidget:
        warranty = one.warranty
        until = self._wording.day(self._wording.here(warranty.ends_at).date())
        words = self.tr("warranty to {day}, {n} days left: {what}")
        if warranty.id == job.claim_of:
            words = self.tr("claimed, to {day}, {n} days left: {what}")
        said = words.format(day=until, n=one.days_left, what=warranty.text)
        number = label(warranty.number, "body", weight=600)
        look = button(self.tr("Open"), kind="quiet", size="s", run=partial(self.opened.emit, warranty.number))
        look.setAccessibleName(self.tr("Open {number}").format(number=warranty.number))
        row = columns(
            IconLabel("shield-check", "info", 18), number, wide(Elided(said)), look, gap=8, pad=(16, 2, 8, 2)
        )
        host = held(rows(row, line(), gap=0))
        host.setMinimumHeight(theme().px(40))
        return host


class Aside(Card):
    """Loaner and warranty rows, the timeline that scrolls alone, and the box below it."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.loaners, self.warranties = LoanerPanel(wording), Warranties(wording)
        self._lent = held(rows(held(columns(wide(self.loaners), pad=(16, 4, 8, 4))), line(), gap=0))
        self.timeline, self.talk = Timeline(wording), Talk()
        scroller = Scroller(self.timeline)
        scroller.setMinimumHeight(theme().px(96))
        told = held(rows(line(), self.talk, gap=0))
        put(self.body, self._lent, self.warranties, wide(scroller), told)

    def show_whole(self, whole: WholeTicket, job: Job, shop: str) -> None:
        """The ticket as it is now."""
        is_open = whole.ticket.is_open
        self._lent.setVisible(bool(whole.out or (whole.free_loaners and is_open)))
        self.loaners.show_loans(whole.out, whole.free_loaners, may_lend=is_open and not whole.out)
        self.timeline.show_steps(whole.steps, whole.states)
        texts = ready_texts(whole, job, shop, self._wording)
        self.talk.show_texts(texts, key_of(job), may_note=is_open)
