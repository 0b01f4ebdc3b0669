"""One ticket over the right edge: devices with their states, estimate, messages, and every step so far."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from posapp.domain.errors import PosappError
from posapp.domain.tickets import Job, StateGroup, TicketState, needs_reason
from posapp.ui.notices import Message
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.sheet_presenter import TicketPresenter, WholeTicket
from posapp.ui.tickets.words import outcome_words, ticket_step
from posapp.ui.widgets.ask_bar import AskBar
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import Elided, PlBadge, StatusPill, label, line
from posapp.ui.widgets.messages import NoticeBar

if TYPE_CHECKING:
    from posapp.domain.journal import Change


class TicketSheet(QWidget):
    """Shows a ticket and asks the desk; what lies beyond it (customer, paper, hand-back) it only asks for."""

    customer_asked = Signal(int)
    print_asked = Signal(object)  # PaperOf
    hand_back_asked = Signal(str)
    estimate_asked = Signal(str)

    def __init__(self, session: Session, number: str) -> None:
        super().__init__()
        self._presenter = TicketPresenter(session, number)
        self.whole: WholeTicket | None = None
        self._notice = NoticeBar()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._notice)
        column.addWidget(self._scroll, 1)
        self._ask = AskBar(self)
        session.feed.changed.connect(self._changed)
        self.read()

    # -- reading --------------------
    def read(self) -> None:
        """Read the ticket anew."""
        self._presenter.read(done=self._show, failed=self._failed)

    def _changed(self, changes: "list[Change]") -> None:
        if {change.subject for change in changes} & {"ticket", "document", "customer"}:
            self.read()

    def _failed(self, error: Exception) -> None:
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("The ticket cannot be read.")
        self._notice.show_message(Message(sentence, "danger"))

    def _show(self, whole: WholeTicket) -> None:
        self.whole = whole
        px = theme().px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(4), px(16), px(16))
        column.setSpacing(px(12))
        column.addLayout(self._head(whole))
        for job in whole.ticket.jobs:
            column.addWidget(line())
            column.addLayout(self._device(whole, job))
        column.addWidget(line())
        column.addLayout(self._rest(whole))
        column.addWidget(line())
        column.addWidget(label(self.tr("Steps so far"), "body", weight=600))
        for step in reversed(whole.steps):
            words = ticket_step(step, self._presenter.wording, whole.states)
            column.addWidget(label(words, "body", wrap=True))
            when = self._presenter.wording.moment(step.at)
            column.addWidget(Elided(f"{step.who} · {when}", "small", tone="text2"))
        column.addStretch(1)
        place = self._scroll.verticalScrollBar().value()
        self._scroll.setWidget(inside)
        self._scroll.verticalScrollBar().setValue(place)

    # -- parts --------------------
    def _head(self, whole: WholeTicket) -> QVBoxLayout:
        ticket, wording, px = whole.ticket, self._presenter.wording, theme().px
        head = QVBoxLayout()
        head.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(PlBadge(str(ticket.pl_id)))
        row.addWidget(Elided(ticket.customer_name or str(ticket.pl_id), "strong"), 1)
        row.addWidget(
            button(self.tr("Customer"), size="s", run=lambda: self.customer_asked.emit(ticket.customer_id))
        )
        head.addLayout(row)
        facts = [wording.phone(ticket.phone) if ticket.phone else "", ticket.contact_name]
        if ticket.due is not None:
            facts.append(self.tr("promised for {when}").format(when=wording.moment(ticket.due)))
        if ticket.is_rush:
            facts.append(self.tr("rush"))
        head.addWidget(label(" · ".join(filter(None, facts)), "small", tone="text2", wrap=True))
        if ticket.note:
            head.addWidget(label(ticket.note, "body", wrap=True))
        return head

    def _device(self, whole: WholeTicket, job: Job) -> QVBoxLayout:
        px = theme().px
        column = QVBoxLayout()
        column.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(Elided(job.device.name, "strong"), 1)
        row.addWidget(StatusPill(ticket_look(job.state)))
        column.addLayout(row)
        for words in self._facts(job):
            column.addWidget(label(words, "body", tone="text2", wrap=True))
        column.addWidget(self._buttons(whole, job))
        return column

    def _facts(self, job: Job) -> list[str]:
        wording = self._presenter.wording
        facts = [
            job.device.mark and self.tr("Serial or IMEI {mark}").format(mark=job.device.mark),
            self.tr("Reported: {fault}").format(fault=job.fault),
            job.found and self.tr("Found: {found}").format(found=job.found),
            job.accessories and self.tr("Left with us: {things}").format(things=job.accessories),
        ]
        where = [job.technician, job.shelf and self.tr("shelf {code}").format(code=job.shelf)]
        if job.price_minor is not None:
            where.append(wording.price(job.price_minor))
        facts.append(" · ".join(filter(None, where)))
        if job.outcome is not None and job.handed_at is not None:
            when = wording.moment(job.handed_at)
            words = self.tr("{outcome}, handed to {who} {when}")
            facts.append(words.format(outcome=outcome_words(job.outcome), who=job.handed_to, when=when))
        return [fact for fact in facts if fact]

    def _buttons(self, whole: WholeTicket, job: Job) -> QWidget:
        from posapp.domain.documents import PaperKind
        from posapp.services.paper_content import PaperOf

        number = whole.ticket.number
        holder = QWidget()
        flow = FlowLayout(gap=8)
        holder.setLayout(flow)
        for state in whole.states.next_of(job.state):
            if state.group == StateGroup.CLOSED:
                continue
            flow.addWidget(button(state.name, size="s", run=partial(self._move, job, state)))
        if job.state.group in (StateGroup.READY, StateGroup.CANCELLED) and job.handed_at is None:
            run = partial(self.hand_back_asked.emit, number)
            flow.addWidget(button(self.tr("Hand over"), kind="primary", size="s", run=run))
        if job.has_passcode:
            flow.addWidget(
                button(self.tr("Show passcode"), size="s", icon="eye", run=partial(self._reveal, job))
            )
        label_of = PaperOf(number=number, kind=PaperKind.DEVICE_LABEL, position=job.position)
        flow.addWidget(button(self.tr("Label"), size="s", run=partial(self.print_asked.emit, label_of)))
        return holder

    def _rest(self, whole: WholeTicket) -> QVBoxLayout:
        from posapp.services.paper_content import PaperOf

        wording = self._presenter.wording
        column = QVBoxLayout()
        column.setSpacing(theme().px(6))
        if whole.estimates:
            latest = whole.estimates[0]
            words = {
                "asked": self.tr("Estimate {n}: {total}, waits for the answer"),
                "approved": self.tr("Estimate {n}: {total}, approved"),
                "declined": self.tr("Estimate {n}: {total}, declined"),
            }.get(latest.status, self.tr("Estimate {n}: {total}"))
            column.addWidget(label(words.format(n=latest.version, total=wording.price(latest.total_minor))))
        for name in whole.loans:
            column.addWidget(label(self.tr("Loaner out: {name}").format(name=name), tone="warning"))
        for message in whole.messages[:3]:
            when = wording.moment(message.at)
            column.addWidget(
                label(f"{message.words} ({when}, {message.by})", "small", tone="text2", wrap=True)
            )
        row = QHBoxLayout()
        number = whole.ticket.number
        row.addWidget(button(self.tr("Estimate"), size="s", run=partial(self.estimate_asked.emit, number)))
        row.addWidget(
            button(
                self.tr("Claim ticket"),
                size="s",
                icon="printer",
                run=partial(self.print_asked.emit, PaperOf(number=number)),
            )
        )
        row.addStretch(1)
        column.addLayout(row)
        return column

    # -- what is asked of a device --------------------
    def _move(self, job: Job, state: TicketState) -> None:
        if needs_reason(job.state, state):
            words = self.tr("{device} goes back to {state}. Why?")
            self._ask.say(
                words.format(device=job.device.name, state=state.name.lower()),
                tone="info",
                answer=lambda reason: self._do_move(job, state, reason),
                word=self.tr("Move it"),
            )
            return
        self._do_move(job, state, "")

    def _do_move(self, job: Job, state: TicketState, reason: str) -> None:
        from posapp.services.tickets import MoveJob

        command = MoveJob(
            number=self._presenter.number,
            position=job.position,
            to=state.code,
            reason=reason,
            seen_version=job.stamps.version,
        )
        actor = self._presenter.session.actor
        self._presenter.do(
            lambda desk: desk.move(actor, command), done=lambda _ticket: self.read(), failed=self._failed
        )

    def _reveal(self, job: Job) -> None:
        actor, number = self._presenter.session.actor, self._presenter.number
        self._presenter.do(
            lambda desk: desk.show_passcode(actor, number, job.position),
            done=lambda passcode: self._ask.say(
                self.tr("Passcode of {device}: {code}").format(device=job.device.name, code=passcode),
                tone="info",
            ),
            failed=self._failed,
        )
