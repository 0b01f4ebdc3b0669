"""A quick look at one ticket over the right edge; everything that can be done with it is on its own page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.journal import Change, JournalLine
from posapp.domain.repairs.tickets import Condition, Job
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.actions import Action, hint
from posapp.ui.alive import while_alive
from posapp.ui.history.words import who_words
from posapp.ui.layout import STRETCH, columns, held, refill, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.session import Session
from posapp.ui.ticket.place import TicketPlace
from posapp.ui.ticket.steps import TicketSteps
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.tickets.words import estimate_words, outcome_words, ticket_step
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided, PlBadge, StatusPill, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.shell import Shell

_STEPS = 6
"""The latest of them are shown."""


class TicketSheet(QWidget):
    """Enter or its button opens the page of the ticket, at the device at `position`."""

    subjects = frozenset({"ticket", "document", "customer", "loaner", "job"})

    def __init__(self, shell: Shell, session: Session, number: str, position: int = 1) -> None:
        super().__init__()
        self._presenter, self._shell = TicketPresenter(session, number), shell
        self._wording, self._position = session.wording, position
        self._whole: WholeTicket | None = None
        self._steps = TicketSteps(self._presenter, shell, self)
        self._steps.failed.connect(self._refused)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(number)
        self.setProperty("ring", False)
        self.notice = NoticeBar(self)
        self.opener = button(
            self.tr("Open the ticket"), kind="primary", size="m", icon="wrench", key="Return", run=self.open
        )
        self._head, self._rest = rows(gap=6), rows(gap=6)
        inside = held(rows(self._head, self._rest, STRETCH, gap=12, pad=(16, 4, 16, 12)))
        foot = held(columns(self.opener, STRETCH, pad=(16, 8, 16, 12)))
        rows(self.notice, wide(Scroller(inside)), foot, gap=0, host=self)
        session.feed.changed.connect(self.changed)
        self.read()

    def own_actions(self) -> tuple[Action, ...]:
        """What the keys do here."""
        return (
            hint("Return", self.tr("Open the ticket")),
            hint("Esc", self.tr("Close")),
        )

    def open(self) -> None:
        """To its page."""
        self._shell.leave_for("ticket", TicketPlace(self._presenter.number, self._position))

    def take_scan(self, code: str) -> bool:
        """A shelf of the shop: the device lies there now."""
        whole = self._whole
        job = (
            next((one for one in whole.ticket.jobs if one.position == self._position), None)
            if whole
            else None
        )
        if whole is None or job is None or not job.is_here or code.upper() not in whole.shelves:
            return False
        self._steps.put_on_shelf(job, code.upper())
        return True

    def read(self) -> None:
        """Read the ticket anew."""
        self._presenter.whole(while_alive(self, self._show), while_alive(self, self._failed))

    def _failed(self, error: Exception) -> None:
        self.notice.offer_again(sentence_of(error, self.tr("This cannot be read.")), self.read)

    def _refused(self, error: Exception) -> None:
        self.notice.say(sentence_of(error), "danger")

    def changed(self, changes: list[Change]) -> None:
        """Something was written, here or elsewhere."""
        if {change.subject for change in changes} & self.subjects:
            self.read()

    def _show(self, whole: WholeTicket) -> None:
        self._whole = whole
        ticket, wording = whole.ticket, self._wording
        self.notice.hide()
        name = Elided(ticket.customer_name or str(ticket.pl_id), "strong")
        facts = [wording.phone(ticket.phone) if ticket.phone else "", ticket.contact_name]
        if ticket.due is not None:
            facts.append(self.tr("promised for {when}").format(when=wording.moment(ticket.due)))
        if ticket.is_rush:
            facts.append(self.tr("rush"))
        about = label(" · ".join(filter(None, facts)), "body", tone="text2", wrap=True)
        note = [label(ticket.note, "body", wrap=True)] if ticket.note else []
        who = held(columns(PlBadge(str(ticket.pl_id)), wide(name), gap=10))
        refill(self._head, [who, about, *note])
        parts = [part for job in ticket.jobs for part in self._device(job)]
        estimate = label(estimate_words(whole.estimates, wording), "body", wrap=True)
        steps = [self._step(step, whole) for step in reversed(whole.steps[-_STEPS:])]
        title = label(self.tr("Latest steps"), "field", weight=600)
        latest = [line(), title, *steps] if steps else []
        refill(self._rest, [*parts, line(), estimate, *latest])

    def _device(self, job: Job) -> tuple[QWidget, ...]:
        faulty = [text for text, state in job.condition if state == Condition.FAULTY]
        facts = [
            self.tr("Reported: {fault}").format(fault=job.fault),
            job.found and self.tr("Found: {what}").format(what=job.found),
            faulty and self.tr("Faulty: {what}").format(what=", ".join(faulty)),
            job.accessories and self.tr("Left with us: {things}").format(things=job.accessories),
            job.technician and self.tr("Technician: {name}").format(name=job.technician),
            job.shelf and self.tr("Shelf: {code}").format(code=job.shelf),
            job.price_minor is not None
            and self.tr("Price: {price}").format(price=self._wording.price(job.price_minor)),
        ]
        if job.outcome is not None and job.handed_at is not None:
            when = self._wording.moment(job.handed_at)
            words = self.tr("{outcome}, handed to {who} {when}")
            facts.append(words.format(outcome=outcome_words(job.outcome), who=job.handed_to, when=when))
        head = columns(wide(Elided(job.device.name, "strong")), StatusPill(ticket_look(job.state)), gap=10)
        said = label("\n".join(str(fact) for fact in facts if fact), "body", tone="text2", wrap=True)
        return line(), held(rows(head, said, gap=6))

    def _step(self, step: JournalLine, whole: WholeTicket) -> QWidget:
        words = label(ticket_step(step, self._wording, whole.states), "body", wrap=True)
        when = Elided(f"{who_words(step)} · {self._wording.moment(step.at)}", "small", tone="text2")
        return held(rows(words, when, gap=0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat():
                self.open()
        else:
            super().keyPressEvent(event)
