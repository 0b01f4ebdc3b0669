"""One ticket over the right edge: devices, estimate, what was told, loaners, and every step so far."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.errors import PosappError
from posapp.domain.tickets import Job, StateGroup, TicketState, needs_reason
from posapp.services.drafts import mark_of
from posapp.ui.customers.alive import while_alive
from posapp.ui.customers.tab_order import chain, stops_in
from posapp.ui.fields.form import DRAFT_EVERY_MS
from posapp.ui.focus_filter import focused
from posapp.ui.record.drafts import KeptForms
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.tickets.device_panel import DevicePanel
from posapp.ui.tickets.loaner_panel import LoanerPanel
from posapp.ui.tickets.merging_form import MergingForm
from posapp.ui.tickets.presenter import TicketWork
from posapp.ui.tickets.sheet_presenter import TicketPresenter, WholeTicket
from posapp.ui.tickets.telling import Telling
from posapp.ui.tickets.ticket_form import TicketForm
from posapp.ui.tickets.words import estimate_words, ticket_step
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import Elided, PlBadge, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Notices, Step
from posapp.ui.window.undo import Work

if TYPE_CHECKING:
    from posapp.domain.actor import Actor
    from posapp.domain.journal import Change, JournalLine
    from posapp.domain.loaners import Loan
    from posapp.domain.photos import Photo
    from posapp.domain.tickets import Ticket
    from posapp.services.shop import Shop
    from posapp.ui.actions import Keys

SUBJECTS = frozenset({"ticket", "document", "customer", "loaner", "job"})


class TicketSheet(QWidget):
    """Shows a ticket and asks the desks; what lies beyond it (customer, paper, hand-back) it only asks for.

    `part` is where the cursor goes first: "note", "tell", the "price" of the device at `position`, or "" for
    the first thing to do. `refused` is why a move was refused that the sheet can mend: it says so, and the
    cursor goes to what is missing.
    """

    customer_asked = Signal(int)
    print_asked = Signal(object)  # PaperOf
    hand_back_asked = Signal(str)
    estimate_asked = Signal(str)
    page_asked = Signal(str, int)  # screen, key of the ticket's customer

    def __init__(
        self,
        session: Session,
        number: str,
        notices: Notices,
        drafts: KeptForms,
        *,
        part: str = "",
        position: int = 1,
        refused: PosappError | None = None,
    ) -> None:
        super().__init__()
        self._presenter = TicketPresenter(session, number)
        self._notices, self._part, self._refused = notices, part, refused
        self._drafts = drafts
        self._draft_clock = QTimer(self, singleShot=True, interval=DRAFT_EVERY_MS)
        self._draft_clock.timeout.connect(self.keep_draft)
        self._position = position
        self.whole: WholeTicket | None = None
        self.devices: dict[int, DevicePanel] = {}
        self.form: TicketForm | None = None
        self.telling = Telling(self._presenter.wording)
        self.loaners = LoanerPanel(self._presenter.wording)
        self.notice = NoticeBar()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(number)
        self.setProperty("ring", False)
        self._lay_out()
        self.ask = AskBar(self)
        self.telling.form.told.connect(self._told)
        self.loaners.back_asked.connect(self._take_back)
        self.loaners.out_asked.connect(self._lend)
        session.feed.changed.connect(self._changed)
        self.read()

    def front_keys(self) -> "Keys":
        """While it is in front, the keys of the window mean this ticket, its customer, the device in hand."""
        if self.whole is None:
            return {}
        key = self.whole.ticket.customer_id
        pages = {"Ctrl+H": "history", "Ctrl+B": "calendar", "Ctrl+T": "intake"}
        found = {name: partial(self.page_asked.emit, page, key) for name, page in pages.items()}
        return {**found, "Ctrl+P": lambda: self._print_label(self._device_in_hand())}

    def _device_in_hand(self) -> int:
        """The position of the device that the cursor is in, else of the first one that is here."""
        now = focused()
        for panel in self.devices.values():
            if now is not None and panel.isAncestorOf(now):
                return panel.job.position
        assert self.whole is not None
        jobs = self.whole.ticket.jobs
        here = [job.position for job in jobs if job.state.group != StateGroup.CLOSED]
        return here[0] if here else jobs[0].position

    def _lay_out(self) -> None:
        px = theme().px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(4), px(16), px(16))
        column.setSpacing(px(14))
        self._head, self._jobs, self._rest, self._steps = (QVBoxLayout() for _ in range(4))
        for part in (self._head, self._jobs, self._rest, self._steps):
            part.setSpacing(px(8))
            column.addLayout(part)
        self._jobs.setSpacing(px(14))
        column.addStretch(1)
        self._scroll = Scroller(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.notice)
        outer.addWidget(self._scroll, 1)

    # -- reading --------------------
    def read(self) -> None:
        """Read the ticket anew."""
        self._presenter.whole(while_alive(self, self._show), while_alive(self, self._read_failed))

    def _changed(self, changes: "list[Change]") -> None:
        if {change.subject for change in changes} & SUBJECTS:
            self.read()

    def _read_failed(self, error: Exception) -> None:
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("The ticket cannot be read.")
        step = Step(self.tr("Try again"), self.read)
        self.notice.show_message(Message(sentence, "danger", (step,)))

    def failed(self, error: Exception) -> None:
        """A desk said no: why stands on top, and what is true now is shown."""
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("That did not work.")
        self.notice.show_message(Message(sentence, "danger"))
        if isinstance(error, PosappError) and error.code == "changed_elsewhere":
            self.read()
        elif isinstance(error, PosappError) and error.code == "state_needs":
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
        assert self.form is not None
        self.form.show_ticket(whole.ticket)
        self.form.setVisible(whole.ticket.is_open)
        self.telling.show_lines(whole.messages, self._proposal(whole))
        for part in self._loaner_group:
            part.setVisible(bool(whole.out or (whole.free_loaners and whole.ticket.is_open)))
        self.loaners.show_loans(whole.out, whole.free_loaners, may_lend=whole.ticket.is_open)
        self._estimate.setText(estimate_words(whole.estimates, self._presenter.wording))
        self._fill_steps(whole)
        self._order_tabs()
        if is_first:
            self._restore_draft()
            self._begin()

    # -- drafts ---------------------
    @property
    def _mark(self) -> str:
        return mark_of(self.whole.ticket, self.whole.ticket.number) if self.whole else ""

    def _forms(self) -> dict[str, MergingForm]:
        """What is typed into, by the names that a draft gives them."""
        forms: dict[str, MergingForm] = {str(one.job.id): one.form for one in self.devices.values()}
        if self.form is not None:
            forms["ticket"] = self.form
        return {name: form for name, form in forms.items() if not form.isHidden()}

    def _draft_soon(self) -> None:
        if not self._draft_clock.isActive():
            self._draft_clock.start()

    def keep_draft(self) -> bool:
        """Keep what is typed and not saved; False if there is nothing."""
        self._draft_clock.stop()
        if self.whole is None:
            return False
        typed = {name: texts for name, form in self._forms().items() if (texts := form.typed())}
        if typed:
            self._drafts.keep(self._mark, typed)
        else:
            self._drafts.drop(self._mark)
        return bool(typed)

    def _restore_draft(self) -> None:
        kept = self._drafts.of(self._mark) or {}
        for name, form in self._forms().items():
            if isinstance(kept.get(name), dict):
                form.restore_typed(kept[name])
        for form in self._forms().values():
            form.edited.connect(self._draft_soon)
        if kept and self.keep_draft():
            step = Step(self.tr("Discard"), self._discard)
            self.notice.show_message(Message(self.tr("Draft restored"), "info", (step,)))

    def _discard(self) -> None:
        for form in self._forms().values():
            form.discard_typed()
        self.keep_draft()
        self.notice.hide()
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Closed by Esc or by another sheet: nothing is lost."""
        super().hideEvent(event)
        if not event.spontaneous() and self.keep_draft():
            self._notices.toast(self.tr("Draft kept"))

    def _order_tabs(self) -> None:
        """Tab goes from top to bottom; called whenever buttons were made anew."""
        assert self.form is not None
        stops: list[QWidget] = [self, *stops_in(self.notice), self._customer]
        for panel in self.devices.values():
            first = panel.stops()
            stops += [*first, *(stop for stop in stops_in(panel) if stop not in first)]
        for part in (self.form, self._papers, self.telling, self.loaners):
            stops += stops_in(part)
        chain(stops)

    def _begin(self) -> None:
        part, self._part = self._part, ""
        refused, self._refused = self._refused, None
        if refused is not None:
            self.failed(refused)
        elif part == "tell":
            self.telling.open_form()
        elif part == "price":
            self._go_to(self._position, part)
        elif part == "note" and self.form is not None and self.form.isVisibleTo(self):
            self.form.note.editor.setFocus()
        elif self.hasFocus():
            stops = [stop for panel in self.devices.values() for stop in panel.stops()]
            (stops[0] if stops else self.telling.opener).setFocus()

    # -- parts --------------------
    def _make_fixed(self, whole: WholeTicket) -> None:
        from posapp.services.paper_content import PaperOf

        number = whole.ticket.number
        self.form = TicketForm(self._presenter, whole.ticket)
        self.form.saved.connect(self._edited)
        self.form.stale.connect(self.read)
        self._estimate = label("", "body", wrap=True)
        self._papers = QWidget()
        flow = FlowLayout(gap=8)
        self._papers.setLayout(flow)
        flow.addWidget(
            button(
                self.tr("Estimate"), size="s", icon="file-text", run=partial(self.estimate_asked.emit, number)
            )
        )
        paper = partial(self.print_asked.emit, PaperOf(number=number))
        flow.addWidget(button(self.tr("Claim ticket"), size="s", icon="printer", run=paper))
        rest = self._rest
        for title, parts in (
            (self.tr("Ticket"), (self.form,)),
            (self.tr("Estimate"), (self._estimate, self._papers)),
            (self.tr("Told the customer"), (self.telling,)),
            (self.tr("Loaner"), (self.loaners,)),
        ):
            group = (line(), label(title, "field", weight=600), *parts)
            for part in group:
                rest.addWidget(part)
        self._loaner_group = group  # the last one
        self._person = Elided("", "strong")
        self._badge = PlBadge(str(whole.ticket.pl_id))
        self._about = label("", "small", tone="text2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        row.addWidget(self._badge)
        row.addWidget(self._person, 1)
        key = whole.ticket.customer_id
        self._customer = button(self.tr("Customer"), size="s", run=lambda: self.customer_asked.emit(key))
        row.addWidget(self._customer)
        self._head.addLayout(row)
        self._head.addWidget(self._about)

    def _fill_head(self, whole: WholeTicket) -> None:
        ticket, wording = whole.ticket, self._presenter.wording
        self._person.setText(ticket.customer_name or str(ticket.pl_id))
        facts = [wording.phone(ticket.phone) if ticket.phone else "", ticket.contact_name]
        if ticket.due is not None:
            facts.append(self.tr("promised for {when}").format(when=wording.moment(ticket.due)))
        if ticket.is_rush:
            facts.append(self.tr("rush"))
        self._about.setText(" · ".join(filter(None, facts)))

    def _add_device(self, job: Job) -> None:
        panel = DevicePanel(self._presenter, job)
        panel.move_asked.connect(self._move)
        panel.hand_back_asked.connect(lambda: self.hand_back_asked.emit(self._presenter.number))
        panel.label_asked.connect(self._print_label)
        panel.quality_asked.connect(self._check_quality)
        panel.failed.connect(self.failed)
        panel.form.saved.connect(self._job_edited)
        panel.form.stale.connect(self.read)
        panel.photos.failed.connect(self.failed)
        panel.photos.added.connect(self.read)
        panel.photos.removed.connect(self._remove_photo)
        self._jobs.addWidget(line())
        self._jobs.addWidget(panel)
        self.devices[job.id] = panel

    def _fill_steps(self, whole: WholeTicket) -> None:
        while (taken := self._steps.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.deleteLater()
        self._steps.addWidget(line())
        self._steps.addWidget(label(self.tr("Steps so far"), "field", weight=600))
        for step in reversed(whole.steps):
            self._steps.addWidget(self._step(step, whole))

    def _step(self, step: "JournalLine", whole: WholeTicket) -> QWidget:
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = ticket_step(step, self._presenter.wording, whole.states)
        column.addWidget(label(words, "body", wrap=True))
        when = self._presenter.wording.moment(step.at)
        column.addWidget(Elided(f"{step.who} · {when}", "small", tone="text2"))
        return shown

    def _proposal(self, whole: WholeTicket) -> str:
        ready = [job for job in whole.ticket.jobs if job.state.group == StateGroup.READY]
        if not ready:
            return ""
        names = ", ".join(job.device.name for job in ready)
        return self.tr("{device} is ready to be collected").format(device=names)

    # -- what is asked of it --------------------
    def _do(
        self,
        work: "Callable[[Shop, Actor], Any]",
        said: str = "",
        undo: Work | None = None,
        redo: Work | None = None,
    ) -> None:
        self._presenter.do(
            work,
            done=while_alive(self, lambda _made: self._done(said, undo, redo)),
            failed=while_alive(self, self.failed),
        )

    def _done(self, said: str = "", undo: Work | None = None, redo: Work | None = None) -> None:
        self.notice.hide()
        if said:
            self._notices.toast(said, undo=undo, redo=redo)
        self.read()

    def _turn(self, work: "Callable[[Shop, Actor], Any]") -> Work:
        """A change back or forth; the sheet may be closed by then."""
        presenter = self._presenter
        return lambda turn: presenter.do(work, done=turn.done, failed=turn.failed)

    def _turn_job(self, job: Job, work: "TicketWork") -> Work:
        """The same for a device, as this window left it."""
        presenter = self._presenter
        return lambda turn: presenter.write_job(job, work, done=turn.done, failed=turn.failed)

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
        from posapp.services.tickets import MoveJob

        number, before, undone = self._presenter.number, job.state, self.tr("Undone")
        command = MoveJob(number=number, position=job.position, to=state.code, reason=reason)
        back = MoveJob(number=number, position=job.position, to=before.code, reason=undone)
        words = self.tr("{number}: {state}").format(number=number, state=state.name.lower())

        def moving(change: MoveJob) -> "TicketWork":
            return lambda shop, actor, seen: shop.tickets.move(actor, replace(change, seen_version=seen))

        undo = self._turn_job(
            job, lambda shop, actor, seen: shop.tickets.move_back(actor, replace(back, seen_version=seen))
        )
        redo = self._turn_job(job, moving(command))
        self._presenter.write_job(
            job,
            moving(command),
            done=while_alive(self, lambda _ticket: self._done(words, undo, redo)),
            failed=while_alive(self, self.failed),
        )
        if job.id in self.devices and self.devices[job.id].stops():
            self.devices[job.id].stops()[0].setFocus()

    def _edited(self, before: "Ticket", after: "Ticket") -> None:
        presenter = self._presenter

        def turn_to(ticket: "Ticket") -> Work:
            def work(shop: "Shop", actor: "Actor", seen: int | None) -> "Ticket":
                values = {"due": ticket.due, "is_rush": ticket.is_rush, "note": ticket.note}
                return shop.tickets.edit(actor, ticket.number, **values, seen_version=seen)  # type: ignore[arg-type]

            return lambda turn: presenter.write_ticket(
                after.stamps.version, work, done=turn.done, failed=turn.failed
            )

        words = self.tr("{number} saved").format(number=before.number)
        self._notices.toast(words, undo=turn_to(before), redo=turn_to(after))
        self.keep_draft()
        self.read()

    def _job_edited(self, before: Job, after: Job) -> None:
        from posapp.services.tickets import EditJob

        number = self._presenter.number

        def turn_to(job: Job) -> Work:
            command = EditJob(
                number=number,
                position=job.position,
                found=job.found,
                price_minor=job.price_minor,
                technician_id=job.technician_id or 0,
                shelf=job.shelf,
            )
            return self._turn_job(
                after,
                lambda shop, actor, seen: shop.tickets.edit_job(actor, replace(command, seen_version=seen)),
            )

        words = self.tr("{device} saved").format(device=before.device.name)
        self._notices.toast(words, undo=turn_to(before), redo=turn_to(after))
        self.keep_draft()
        self.read()

    def _check_quality(self, job: Job) -> None:
        number = self._presenter.number
        self._presenter.write_job(
            job,
            lambda shop, actor, seen: shop.tickets.check_quality(
                actor, number, job.position, seen_version=seen
            ),
            done=while_alive(self, lambda _ticket: self._done()),
            failed=while_alive(self, self.failed),
        )

    def _print_label(self, position: int) -> None:
        from posapp.domain.documents import PaperKind
        from posapp.services.paper_content import PaperOf

        number = self._presenter.number
        self.print_asked.emit(PaperOf(number=number, kind=PaperKind.DEVICE_LABEL, position=position))

    def _remove_photo(self, photo: "Photo") -> None:
        def remove(shop: "Shop", actor: "Actor") -> object:
            return shop.photos.remove(actor, photo.id)

        undo = self._turn(lambda shop, actor: shop.photos.restore(actor, photo.id))
        self._do(remove, self.tr("Photo taken off"), undo, self._turn(remove))

    def _take_back(self, loan: "Loan") -> None:
        words = self.tr("{name} is back").format(name=loan.name)
        self._do(lambda shop, actor: shop.loaners.back(actor, loan.id), words)

    def _lend(self, loaner_id: int) -> None:
        number = self._presenter.number
        self._do(lambda shop, actor: shop.loaners.out(actor, number, loaner_id), self.tr("Loaner given out"))

    def _told(self, how: Any, words: str, answer: str) -> None:
        from posapp.services.informing import Inform

        command = Inform(number=self._presenter.number, how=how, words=words, answer=answer)
        form = self.telling.form
        form.set_saving(True)

        def done(_line: object) -> None:
            form.set_saving(False)
            self.telling.close_form()
            self._notices.toast(self.tr("Noted"))
            self.read()

        self._presenter.do(
            lambda shop, actor: shop.informing.informed(actor, command),
            done=while_alive(self, done),
            failed=while_alive(self, form.refused),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the question, then the form that is open; then the window closes the sheet."""
        if event.key() == Qt.Key.Key_Escape and (self.ask.close_bar() or self.telling.close_form()):
            return
        super().keyPressEvent(event)
