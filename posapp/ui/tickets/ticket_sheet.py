"""One ticket over the right edge: devices, estimate, what was told, loaners, and every step so far."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actions import Action as Act
from posapp.domain.base.errors import PosappError
from posapp.domain.base.journal import JournalLine
from posapp.domain.old_data.past import PastRecord
from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.tickets import Job, StateGroup, TicketState, needs_reason
from posapp.services.base.drafts import mark_of
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.actions import Action, Keys, hint
from posapp.ui.alive import while_alive
from posapp.ui.focus_filter import focused
from posapp.ui.history.words import who_words
from posapp.ui.layout import STRETCH, columns, held, put, refill, rows, wide
from posapp.ui.presenter import code_of
from posapp.ui.record.drafts import KeptForms
from posapp.ui.record.page import RecordPage
from posapp.ui.sell.money_panel import MoneyPanel
from posapp.ui.session import Session
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.tickets.device_panel import DevicePanel
from posapp.ui.tickets.loaner_panel import LoanerPanel
from posapp.ui.tickets.merging_form import MergingForm
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.tickets.telling import Telling
from posapp.ui.tickets.ticket_form import TicketForm
from posapp.ui.tickets.ticket_steps import TicketSteps
from posapp.ui.tickets.words import estimate_words, ticket_step
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import Elided, PlBadge, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.shell import Shell


class TicketSheet(RecordPage):
    """Shows a ticket and asks the desks; for what lies beyond it (customer, paper, hand-back) it leaves.

    `part` is where the cursor goes first: "note", "tell", the "price" of the device at `position`, or "" for
    the first thing to do. `refused` is why a move was refused that the sheet can mend: it says so, and the
    cursor goes to what is missing.
    """

    subjects = frozenset({"ticket", "document", "customer", "loaner", "job", "order", "payment"})

    def __init__(
        self,
        shell: Shell,
        session: Session,
        number: str,
        drafts: KeptForms,
        *,
        part: str = "",
        position: int = 1,
        refused: PosappError | None = None,
    ) -> None:
        self._presenter = TicketPresenter(session, number)
        super().__init__(drafts, shell.notices, self._presenter.wording)
        self._shell = shell
        self._part, self._position, self._refused = part, position, refused
        self.whole: WholeTicket | None = None
        self.devices: dict[int, DevicePanel] = {}
        self.form: TicketForm | None = None
        self.telling = Telling(self._wording)
        self.loaners = LoanerPanel(self._wording)
        self.money = MoneyPanel(shell, session)
        self._steps = TicketSteps(self._presenter, shell, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(number)
        self.setProperty("ring", False)
        self._lay_out()
        self.ask = AskBar(self)
        self._bind(session)
        self.read()

    def _lay_out(self) -> None:
        self._head, self._rest, self._told = rows(gap=8), rows(gap=8), rows(gap=8)
        self._jobs = rows(gap=14)
        parts = (self._head, self._jobs, self._rest, self._told, STRETCH)
        inside = held(rows(*parts, gap=14, pad=(16, 4, 16, 16)))
        rows(wide(Scroller(inside)), self.notice, gap=0, host=self)  # below: it pushes no button away

    def _bind(self, session: Session) -> None:
        steps = self._steps
        steps.done.connect(self._done)
        steps.stale.connect(self.read)
        steps.failed.connect(self.failed)
        self.telling.form.told.connect(partial(steps.tell, self.telling.form))
        self.loaners.back_asked.connect(steps.take_back)
        self.loaners.out_asked.connect(steps.lend)
        session.feed.changed.connect(self.changed)

    def front_keys(self) -> Keys:
        """While it is in front, the keys of the window mean this ticket, its customer, the device in hand."""
        if self.whole is None:
            return {}
        key = self.whole.ticket.customer_id
        pages = {"Ctrl+H": "history", "Ctrl+B": "calendar", "Ctrl+T": "intake"}
        found = {name: partial(self._shell.leave_for, page, key) for name, page in pages.items()}
        return {**found, "Ctrl+P": self._print_label, "F9": self.money.take}

    def own_actions(self) -> tuple[Action, ...]:
        """What the fields and the window do here."""
        return (
            hint("Tab", self.tr("Next field")),
            hint("Ctrl+Return", self.tr("Save")),
            hint("F9", self.tr("Take payment")),
            hint("Esc", self.tr("Close the ticket")),
        )

    def _device_in_hand(self) -> int:
        """The position of the device that the cursor is in, else of the first one that is here."""
        now = focused()
        for panel in self.devices.values():
            if now is not None and panel.isAncestorOf(now):
                return panel.job.position
        assert self.whole is not None
        jobs = self.whole.ticket.jobs
        here = [job.position for job in jobs if job.is_here]
        return here[0] if here else jobs[0].position

    # -- reading --------------------
    def read(self) -> None:
        """Read the ticket anew."""
        self._presenter.whole(while_alive(self, self._show), while_alive(self, self.read_failed))

    def failed(self, error: Exception) -> None:
        """Why stands on top; the cursor goes to what a state wants to know of a device."""
        super().failed(error)
        if code_of(error) == "state_needs" and isinstance(error, PosappError):
            self._go_to(error.facts["position"], error.field or "")

    def _go_to(self, position: object, name: str) -> None:
        """Put the cursor into a field of a device."""
        for panel in self.devices.values():
            field = panel.form.field(name)
            if panel.job.position == position and field is not None:
                field.editor.setFocus()

    def _show(self, whole: WholeTicket) -> None:
        is_first = self.whole is None
        self.whole = whole
        if is_first:
            self._make_fixed(whole)
        self._fill_head(whole)
        for job in whole.ticket.jobs:
            if job.id not in self.devices:
                self._add_device(job)
            self.devices[job.id].show_job(whole, job)
        self._fill_rest(whole)
        self._order_tabs()
        if is_first:
            self.begin_draft()
            self._order_tabs()
            for form in self._forms().values():
                form.edited.connect(self.edited)
            self._begin()

    def _fill_rest(self, whole: WholeTicket) -> None:
        assert self.form is not None
        is_open = whole.ticket.is_open
        self.form.show_ticket(whole.ticket)
        self.form.setVisible(is_open)
        self.telling.show_lines(whole.messages, self._proposal(whole))
        for part in self._loaner_group:
            part.setVisible(bool(whole.out or (whole.free_loaners and is_open)))
        self.loaners.show_loans(whole.out, whole.free_loaners, may_lend=is_open)
        self.money.show_number(whole.ticket.number, self._order_tabs)
        self._estimate.setText(estimate_words(whole.estimates, self._wording))
        title = label(self.tr("Steps so far"), "field", weight=600)
        told = [self._step(step, whole) for step in reversed(whole.steps)]
        refill(self._told, [line(), title, *told])

    # -- drafts ---------------------
    def mark(self) -> str | None:
        """Whose draft it is."""
        return mark_of(self.whole.ticket, self.whole.ticket.number) if self.whole else None

    def _forms(self) -> dict[str, MergingForm]:
        """What is typed into, by the names that a draft gives them."""
        forms: dict[str, MergingForm] = {str(one.job.id): one.form for one in self.devices.values()}
        if self.form is not None:
            forms["ticket"] = self.form
        return {name: form for name, form in forms.items() if not form.isHidden()}

    def typed(self) -> dict[str, dict[str, str]]:
        """Form to field to text."""
        return {name: texts for name, form in self._forms().items() if (texts := form.typed())}

    def put_typed(self, values: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        for name, form in self._forms().items():
            if isinstance(values.get(name), dict):
                form.restore_typed(values[name])

    def untype(self) -> None:
        """Show the record again."""
        for form in self._forms().values():
            form.discard_typed()
        self.setFocus()

    def _order_tabs(self) -> None:
        """Tab goes from top to bottom; called whenever buttons were made anew."""
        assert self.form is not None
        stops: list[QWidget] = [self, self._customer, self.past, *stops_in(self.money)]
        for panel in self.devices.values():
            first = panel.buttons
            stops += [*first, *(stop for stop in stops_in(panel) if stop not in first)]
        for part in (self.form, self._papers, self.telling, self.loaners, self.notice):
            stops += stops_in(part)
        chain(stops)

    def _begin(self) -> None:
        part = self._part
        if self._refused is not None:
            self.failed(self._refused)
        elif part == "tell":
            self.telling.open_form()
        elif part == "price":
            self._go_to(self._position, part)
        elif part == "note" and self.form is not None and self.form.isVisibleTo(self):
            self.form.note.editor.setFocus()

    # -- parts --------------------
    def _make_fixed(self, whole: WholeTicket) -> None:
        self.form = TicketForm(self._presenter, whole.ticket)
        self.form.saved.connect(self._steps.ticket_edited)
        self.form.stale.connect(self.read)
        self._estimate = label("", "body", wrap=True)
        self._papers = self._paper_buttons()
        for title, parts in (
            (self.tr("Ticket"), (self.form,)),
            (self.tr("Estimate"), (self._estimate, self._papers)),
            (self.tr("Told the customer"), (self.telling,)),
            (self.tr("Loaner"), (self.loaners,)),
        ):
            group = (line(), label(title, "field", weight=600), *parts)
            put(self._rest, *group)
        self._loaner_group = group  # the last one
        self._person = Elided("", "strong")
        self._about = label("", "small", tone="text2", wrap=True)
        key, badge = whole.ticket.customer_id, PlBadge(str(whole.ticket.pl_id))
        self._customer = button(
            self.tr("Customer"), size="s", run=partial(self._shell.leave_for, "desk", key)
        )
        who = columns(badge, wide(self._person), self._customer, gap=10)
        to_history = partial(self._shell.leave_for, "history", key)
        self.past = button(self.tr("Old repair"), size="s", icon="history", run=to_history)
        self.past.hide()
        put(self._head, who, self._about, columns(self.past, STRETCH), line(), self.money)
        if any(step.action == Act.TICKET_FROM_OLD for step in whole.steps):
            self._presenter.past(while_alive(self, self._show_past))

    def _show_past(self, record: PastRecord | None) -> None:
        """The ticket goes on with an old repair: its record stands in the customer's history."""
        if record is not None:
            words = self.tr("Old repair {number}").format(number=record.number or record.code)
            self.past.setText(words)
            self.past.show()
            self._order_tabs()

    def _paper_buttons(self) -> QWidget:
        flow, steps = FlowLayout(gap=8), self._steps
        estimate = partial(steps.go_to, "estimate")
        flow.addWidget(button(self.tr("Estimate"), size="s", icon="file-text", run=estimate))
        flow.addWidget(button(self.tr("Claim ticket"), size="s", icon="printer", run=steps.show_paper))
        return held(flow)

    def _fill_head(self, whole: WholeTicket) -> None:
        ticket, wording = whole.ticket, self._wording
        self._person.setText(ticket.customer_name or str(ticket.pl_id))
        facts = [wording.phone(ticket.phone) if ticket.phone else "", ticket.contact_name]
        if ticket.due is not None:
            facts.append(self.tr("promised for {when}").format(when=wording.moment(ticket.due)))
        if ticket.is_rush:
            facts.append(self.tr("rush"))
        self._about.setText(" · ".join(filter(None, facts)))

    def _add_device(self, job: Job) -> None:
        panel = DevicePanel(self._presenter, self._steps, job)
        panel.move_asked.connect(self._move)
        panel.moved.connect(self.setFocus)
        put(self._jobs, line(), panel)
        self.devices[job.id] = panel

    def _step(self, step: JournalLine, whole: WholeTicket) -> QWidget:
        words = label(ticket_step(step, self._wording, whole.states), "body", wrap=True)
        when = Elided(f"{who_words(step)} · {self._wording.moment(step.at)}", "small", tone="text2")
        return held(rows(words, when, gap=0))

    def _proposal(self, whole: WholeTicket) -> str:
        ready = [job for job in whole.ticket.jobs if job.state.group == StateGroup.READY]
        if not ready:
            return ""
        names = ", ".join(job.device.name for job in ready)
        return self.tr("{device} is ready to be collected").format(device=names)

    # -- what is asked of it --------------------
    def _done(self) -> None:
        if not self.keep_draft() or not self.notice.shows_draft:
            self.notice.hide()
        self.read()

    def _move(self, job: Job, state: TicketState) -> None:
        if not needs_reason(job.state, state):
            self._do_move(job, state, "")
            return
        words = self.tr("{device} goes back to {state}. Why?")
        if state.group == StateGroup.CANCELLED:
            words = self.tr("{device}: no repair. Why?")
        self.ask.say(
            words.format(device=job.device.name, state=state.name.lower()),
            tone="info",
            answer=lambda reason: self._do_move(job, state, reason),
            word=self.tr("Move it"),
            closed=self.setFocus,
        )

    def _do_move(self, job: Job, state: TicketState, reason: str) -> None:
        self._steps.move(job, state, reason)
        self.setFocus()

    def _print_label(self) -> None:
        self._steps.show_paper(PaperKind.DEVICE_LABEL, self._device_in_hand())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the question, then the form that is open; then the window closes the sheet."""
        if event.key() == Qt.Key.Key_Escape and (self.ask.close_bar() or self.telling.close_form()):
            return
        super().keyPressEvent(event)
