"""What the screen of a ticket shows: reads it, follows it, keeps what is typed beside it."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt

from posapp.domain.base.actions import Action as Act
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.tickets import Alert, Job, Ticket, due_alert
from posapp.services.base.drafts import mark_of
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.alive import while_alive
from posapp.ui.layout import rows, wide
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.session import Session
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.ticket.aside import Aside
from posapp.ui.ticket.device import DeviceView
from posapp.ui.ticket.forms import TicketEdits
from posapp.ui.ticket.frame import TicketFrame
from posapp.ui.ticket.head import Head
from posapp.ui.ticket.lines_panel import LinesPanel
from posapp.ui.ticket.merging import MergingForm
from posapp.ui.ticket.place import TicketPlace
from posapp.ui.ticket.popups import Popups
from posapp.ui.ticket.presenter import TicketWriter
from posapp.ui.ticket.saver import Saver
from posapp.ui.ticket.states import StatesRow
from posapp.ui.ticket.steps import TicketSteps
from posapp.ui.ticket.tabs import DeviceTabs
from posapp.ui.ticket.typed import Typed
from posapp.ui.tickets.ticket_page import TicketPage
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.shell import Shell


class ShownTicket(TicketPage):
    """Knows how a ticket looks; what is done with it, the page says."""

    subjects = frozenset(
        {"ticket", "document", "customer", "loaner", "job", "order", "payment", "ticket_state"}
    )

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.writer = self.presenter = TicketWriter(session, "")
        wording = session.wording
        self.steps = TicketSteps(self.writer, shell, self)
        self.states, self.tabs, self.views = StatesRow(), DeviceTabs(), Stack()
        self.top, self.lines, self.aside = (
            Head(self.states, wording),
            LinesPanel(shell, session),
            Aside(wording),
        )
        self.frame = TicketFrame(self.top, self.notice, self.tabs, self.views, self.lines, self.aside)
        rows(wide(self.frame), host=self)
        self.popups, self.ask = Popups(self, self.top, self.tabs.more), AskBar(self)
        self.typed = Typed(self.aside.talk)
        self._drafts = KeptForms(session, "ticket-edit")
        self.keeper = DraftKeeper(self._drafts, self._mark, self.typed.texts, self)
        self.saver = Saver(shell, self.writer, self.typed, self.keeper, self.notice, self.top.save, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._position, self._place = 0, TicketPlace("")
        self._saved_at: datetime | None = None

    # -- reading and showing --------------------
    @property
    def job(self) -> Job | None:
        """The device that is shown."""
        jobs = self.whole.ticket.jobs if self.whole is not None else ()
        return next((one for one in jobs if one.position == self._position), None)

    def _view(self) -> DeviceView:
        view = self.views.currentWidget()
        assert isinstance(view, DeviceView)
        return view

    def _mark(self) -> str | None:
        return mark_of(self.whole.ticket, self.whole.ticket.number) if self.whole else None

    def begin_another(self) -> None:
        """What was typed for the one before is kept."""
        self.keeper.keep()
        self.keeper.begin()
        self.popups.close_popup()
        self.ask.dismiss()
        self._saved_at = None

    def show_whole(self, whole: WholeTicket, *, is_first: bool) -> None:
        """The ticket as it is now; what is typed stays."""
        if is_first:
            self._begin(whole)
        assert self.typed.whole is not None
        self.typed.whole.show_ticket(whole.ticket)
        for job in whole.ticket.jobs:
            if job.id not in self.typed.views:
                self._add_view(job)
            self.typed.views[job.id].show_job(whole, job)
        if is_first or self.job is None or self._place.position:
            self._position = self._place.position or self._first_here(whole.ticket)
        self._show_job()
        if is_first:
            self._begin_draft()
        self._typed_changed(is_kept=False)
        place, self._place = self._place, TicketPlace("")
        if place.number:
            self.take_place(place)

    def take_place(self, place: TicketPlace) -> None:
        """The cursor goes where it was asked for, once."""
        raise NotImplementedError

    def _begin(self, whole: WholeTicket) -> None:
        for view in self.typed.views.values():
            self.views.removeWidget(view)
            view.deleteLater()
        self.typed.views.clear()
        edits = TicketEdits(self.writer, whole.ticket)
        edits.setParent(self)
        edits.hide()
        self.typed.whole = edits
        self.popups.begin(edits)
        self.aside.talk.hold_note(edits.note)
        self.aside.talk.forget()
        self._listen(edits)
        self.aside.old.show_record(None)
        if any(step.action == Act.TICKET_FROM_OLD for step in whole.steps):
            self.writer.past(while_alive(self, self.aside.old.show_record))

    def _add_view(self, job: Job) -> None:
        view = DeviceView(self.writer, self.steps, job)
        self.typed.views[job.id] = view
        self.views.addWidget(view)
        self._listen(view.edits)

    def _listen(self, form: MergingForm) -> None:
        form.edited.connect(self._typed_changed)
        form.theirs.connect(self.notice.show_message)

    @staticmethod
    def _first_here(ticket: Ticket) -> int:
        here = [job.position for job in ticket.jobs if job.is_here]
        return here[0] if here else ticket.jobs[0].position

    def show_device(self, position: int) -> None:
        """Turn to another device of the ticket."""
        self._position = position
        if self.whole is not None:
            self._show_job()
            self._typed_changed(is_kept=False)

    def _show_job(self) -> None:
        whole, job = self.whole, self.job
        assert whole is not None and job is not None
        view = self.typed.views[job.id]
        self.tabs.show_jobs(whole.ticket.jobs, job.position)
        self.views.setCurrentWidget(view)
        self.top.show_ticket(whole.ticket, job)
        self.states.show_job(whole.states, job, needs_check=whole.checks_quality)
        self.popups.show_device(view.edits)
        self.lines.show_ticket(whole, job)
        self.aside.show_whole(whole, job, self.session.catalogue.business.name)
        self._order_tabs()

    def _order_tabs(self) -> None:
        above = (*stops_in(self.top), *stops_in(self.notice), *self.tabs.stops())
        below = (stop for part in (self.views, self.lines, self.aside) for stop in stops_in(part))
        chain([self, *above, *below])

    # -- what is typed --------------------
    def _begin_draft(self) -> None:
        draft = self.keeper.found()
        self.keeper.settle()
        if draft is None:
            return
        self.typed.put(draft.values)
        if self.keeper.is_typed:
            self.notice.show_draft(draft, self.session.wording)
        else:
            self.keeper.forget()

    def _discard(self) -> None:
        self.notice.hide()
        self.typed.discard()
        self.keeper.forget()
        self._typed_changed(is_kept=False)
        self.restore_focus()

    def _typed_changed(self, *, is_kept: bool = True) -> None:
        """Head and title say what is typed, saved or not."""
        if is_kept:
            self.keeper.soon()
        edits, job = self.typed.whole, self.job
        view = self.typed.views.get(job.id) if job is not None else None
        if edits is None or job is None or view is None:
            return
        form = view.edits
        due = self._promised(edits)
        self.top.show_values(
            due,
            rush=edits.rush.isChecked(),
            shelf=form.shelf.text().strip().upper(),
            technician=form.technician.text(),
            tone=self._due_tone(due, job),
        )
        self.title_changed.emit()

    @staticmethod
    def _promised(edits: TicketEdits) -> datetime | None:
        try:
            return edits.promised()
        except DomainError:
            return edits.ticket.due  # half typed

    def _due_tone(self, due: datetime | None, job: Job) -> str:
        now = self.session.wording.now()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        tones = {Alert.LATE: "danger", Alert.DUE_TODAY: "warning"}
        alert = due_alert(due, job.state, now, tomorrow)
        return tones[alert] if alert is not None else "text"
