"""The right column of a ticket: loaners, warranties, what was done and said, and saying more."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.old_data.past import PastRecord
from posapp.domain.repairs.estimates import Warranty
from posapp.domain.repairs.tickets import Job
from posapp.services.repairs.claims import Claim, Guarantees
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.layout import STRETCH, columns, held, put, refill, rows, wide
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
    """Guarantees of earlier repairs on the device that is shown, and of this one once the device has left.

    Absent if there are none.
    """

    opened = Signal(str)  # the number of that ticket
    claim_asked = Signal(object)  # Warranty

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._column = rows(gap=0, host=self)
        self._seen: object = None
        self.hide()

    def show_guarantees(self, found: Guarantees, position: int) -> None:
        """What the device at that position leans on, and what still runs on it."""
        claim, running = found.claims.get(position), found.running.get(position, ())
        seen = (claim, running, own := found.own.get(position, ()))
        self.setVisible(any(seen))
        if seen != self._seen:
            self._seen = seen
            claimed = [self._row(claim.warranty, self._claimed(claim))] if claim is not None else []
            rest = [one for one in running if claim is None or one.id != claim.warranty.id]
            parts = [*claimed, *(self._row(one, self._runs(one)) for one in rest)]
            refill(self._column, [*(self._own_row(one) for one in own), *parts])

    def _until(self, warranty: Warranty) -> str:
        return self._wording.day(self._wording.here(warranty.ends_at).date())

    def _claimed(self, claim: Claim) -> str:
        words = self.tr("claimed, {n} days left of it: {what}")
        if claim.first != claim.warranty.number:
            words = self.tr("claimed, {n} days left of it, first repair {first}: {what}")
        return words.format(n=claim.days_left, what=claim.warranty.text, first=claim.first)

    def _runs(self, warranty: Warranty) -> str:
        words = self.tr("warranty to {day}: {what}")
        return words.format(day=self._until(warranty), what=warranty.text)

    def _row(self, warranty: Warranty, said: str) -> QWidget:
        look = button(self.tr("Open"), kind="quiet", size="s", run=partial(self.opened.emit, warranty.number))
        look.setAccessibleName(self.tr("Open {number}").format(number=warranty.number))
        return self._line(label(warranty.number, "body", weight=600), said, look)

    def _own_row(self, warranty: Warranty) -> QWidget:
        words = self.tr("Make a claim")
        claim = button(words, kind="quiet", size="s", run=partial(self.claim_asked.emit, warranty))
        claim.setAccessibleName(f"{words}: {warranty.text}")
        said = self._runs(warranty)
        return self._line(None, said[:1].upper() + said[1:], claim)

    @staticmethod
    def _line(number: QWidget | None, said: str, does: QWidget) -> QWidget:
        mark = IconLabel("shield-check", "info", 18)
        row = columns(mark, number, wide(Elided(said)), does, gap=8, pad=(16, 2, 8, 2))
        host = held(rows(row, line(), gap=0))
        host.setMinimumHeight(theme().px(40))
        return host


class OldRepair(QWidget):
    """The repair of the old system that goes on with the ticket; absent where there is none."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        words = self.tr("Old repair")
        self.look = button(words, kind="quiet", size="s", icon="history", run=self.opened.emit)
        rows(columns(self.look, STRETCH, pad=(8, 2, 8, 2)), line(), gap=0, host=self)
        self.hide()

    def show_record(self, record: PastRecord | None) -> None:
        """What it was called there."""
        if record is not None:
            words = self.tr("Old repair {number}").format(number=record.number or record.code)
            self.look.setText(words)
        self.setVisible(record is not None)


class Aside(Card):
    """Loaner and warranty rows, the timeline that scrolls alone, and the box below it."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.loaners, self.warranties = LoanerPanel(wording), Warranties(wording)
        self.old = OldRepair()
        self._lent = held(rows(held(columns(wide(self.loaners), pad=(16, 4, 8, 4))), line(), gap=0))
        self.timeline, self.talk = Timeline(wording), Talk()
        scroller = Scroller(self.timeline)
        scroller.setMinimumHeight(theme().px(96))
        told = held(rows(line(), self.talk, gap=0))
        put(self.body, self._lent, self.warranties, self.old, wide(scroller), told)

    def show_whole(self, whole: WholeTicket, job: Job, shop: str) -> None:
        """The ticket as it is now."""
        is_open = whole.ticket.is_open
        self._lent.setVisible(bool(whole.out or (whole.free_loaners and is_open)))
        self.loaners.show_loans(whole.out, whole.free_loaners, may_lend=is_open and not whole.out)
        self.warranties.show_guarantees(whole.guarantees, job.position)
        self.timeline.show_steps(whole.steps, whole.states)
        texts = ready_texts(whole, job, shop, self._wording)
        self.talk.show_texts(texts, key_of(job), may_note=is_open)
