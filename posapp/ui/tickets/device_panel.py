"""One device in the ticket's sheet: state, facts, what can be edited in place, passcode, photos."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import PosappError
from posapp.domain.base.money import Money
from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.tickets import Condition, Job, StateGroup, StateMap
from posapp.domain.repairs.waiting import FOR_OWNERS
from posapp.services.repairs.shelves import check_shelf
from posapp.services.repairs.tickets import UNCHANGED, EditJob
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.fields import ComboField, MoneyField, NoteField, TextField
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, columns, held, refill, rows, wide
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.merging_form import MergingForm
from posapp.ui.tickets.photo_strip import PhotoStrip
from posapp.ui.tickets.presenter import TicketPresenter, editing
from posapp.ui.tickets.ticket_steps import TicketSteps
from posapp.ui.tickets.words import outcome_words
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import Elided, StatusPill, label

PASSCODE_MS = 15_000
"""How long a passcode stays on the screen."""
NOBODY = 0


class JobForm(MergingForm):
    """What the bench finds out and decides: found, price, technician, shelf."""

    def __init__(self, presenter: TicketPresenter, job: Job) -> None:
        super().__init__()
        self._presenter, self.job = presenter, job
        self.found = self.add_field(NoteField("found", self.tr("Found"), lines=2))
        self.price = self.add_field(MoneyField("price", self.tr("Price"), wording=presenter.wording))
        people = [(NOBODY, self.tr("Nobody")), *presenter.technicians()]
        if job.technician_id and job.technician_id not in dict(people):
            people.append((job.technician_id, job.technician))
        self._people = dict(people)
        self.technician = self.add_field(ComboField("technician", self.tr("Technician"), people))
        self.shelf = self.add_field(TextField("shelf", self.tr("Shelf")))
        save = button(self.tr("Save"), size="m", icon="save", key="Ctrl+Return")
        self.set_save_button(save)
        what = columns(wide(self.price), wide(self.technician), gap=10)
        where = columns(wide(self.shelf), wide(rows(STRETCH, save)), gap=10)
        rows(self.found, what, where, self.summary, gap=8, host=self)
        self.show_job(job)
        self.accepted.connect(self._save)

    def take_scan(self, code: str) -> bool:
        """A shelf that is scanned into its field; other codes are looked up as everywhere."""
        if not self.shelf.editor.hasFocus():
            return False
        try:
            code = check_shelf(code)
        except PosappError:
            return False
        self.shelf.set_text(code)
        self.shelf.edited.emit()
        return True

    def show_job(self, job: Job) -> None:
        """The device as it is now; what is being typed stays."""
        self.job = job
        price = None if job.price_minor is None else Money(job.price_minor, self._presenter.wording.currency)
        self.merge(
            {
                "found": job.found,
                "price": self.price.shown(price),
                "technician": self._people.get(job.technician_id or NOBODY, self.tr("Nobody")),
                "shelf": job.shelf,
            },
            job.stamps.updated_by,
        )

    def _save(self) -> None:
        names = self.changed()
        if not names:
            return
        before, price = self.job, self.price.value()
        command = EditJob(
            number=self._presenter.number,
            position=self.job.position,
            found=self.found.value() if "found" in names else None,
            price_minor=(price.minor if price else None) if "price" in names else UNCHANGED,
            technician_id=self.technician.value() if "technician" in names else None,
            shelf=self.shelf.value() if "shelf" in names else None,
        )
        write = partial(self._presenter.write_job, before, editing(command))
        self.send(write, before, lambda ticket: next(job for job in ticket.jobs if job.id == before.id))


class DevicePanel(QWidget):
    """Shows a device and says what is asked for; the sheet asks the desks."""

    move_asked = Signal(object, object)  # Job, TicketState
    moved = Signal()
    """Other states can be chosen now where the cursor is: a second Enter must not choose one of them."""

    def __init__(self, presenter: TicketPresenter, steps: TicketSteps, job: Job) -> None:
        super().__init__()
        self._wording, self._steps, self.job = presenter.wording, steps, job
        self._name = Elided(job.device.name, "strong")
        self._pill = StatusPill(ticket_look(job.state))
        self._facts = label("", "body", tone="text2", wrap=True)
        self._flow = FlowLayout(gap=8)
        self._moves = held(self._flow)
        self.buttons: list[Button] = []
        """What can be pressed now, the most likely first."""
        self._signature: object = None
        self.form = JobForm(presenter, job)
        self.form.saved.connect(steps.job_edited)
        self.form.stale.connect(steps.stale)
        self.photos = PhotoStrip(presenter, steps, job.position)
        self.passcode = label("", "strong", weight=600)
        self.passcode.setAccessibleName(self.tr("Passcode"))
        self.passcode.hide()
        self._eye = button(self.tr("Show passcode"), size="s", icon="eye", run=self._toggle_passcode)
        self._timer = QTimer(self, singleShot=True, interval=PASSCODE_MS)
        self._timer.timeout.connect(self.hide_passcode)
        head = columns(wide(self._name), self._pill, gap=10)
        secret = columns(self._eye, self.passcode, STRETCH, gap=10)
        rows(head, self._facts, self._moves, secret, self.form, self.photos, gap=10, host=self)

    def show_job(self, whole: WholeTicket, job: Job) -> None:
        """The device as it is now."""
        self.job = job
        self._name.setText(job.device.name)
        self._pill.set_look(ticket_look(job.state))
        self._facts.setText("\n".join(self._lines(job)))
        self._show_moves(whole.states, job, whole.checks_quality)
        self._eye.setVisible(job.has_passcode)
        if not job.has_passcode:
            self.hide_passcode()
        self.form.setVisible(job.is_here)
        self.form.show_job(job)
        self.photos.show_photos([one for one in whole.photos if one.job_id == job.id])

    def _lines(self, job: Job) -> list[str]:
        wording = self._wording
        faulty = [text for text, state in job.condition if state == Condition.FAULTY]
        facts = [
            self.tr("Reported: {fault}").format(fault=job.fault),
            job.device.mark and self.tr("Serial or IMEI: {mark}").format(mark=job.device.mark),
            faulty and self.tr("Faulty: {what}").format(what=", ".join(faulty)),
            job.accessories and self.tr("Left with us: {things}").format(things=job.accessories),
            job.quality_by and self.tr("Repair checked by {who}").format(who=job.quality_by),
        ]
        since = self.tr("{state} since {when}")
        facts.append(since.format(state=job.state.name, when=wording.moment(job.state_since)))
        if job.outcome is not None and job.handed_at is not None:
            when = wording.moment(job.handed_at)
            words = self.tr("{outcome}, handed to {who} {when}")
            facts.append(words.format(outcome=outcome_words(job.outcome), who=job.handed_to, when=when))
        return [str(fact) for fact in facts if fact]

    def _show_moves(self, states: StateMap, job: Job, checks_quality: bool) -> None:
        signature = (job.state, states, job.quality_by, checks_quality)
        if signature == self._signature:
            return
        self._signature = signature
        now = focused()
        had_focus = now is not None and self._moves.isAncestorOf(now)
        self.buttons = self._buttons(states, job, checks_quality)
        refill(self._flow, self.buttons)
        if had_focus:
            self.moved.emit()
        self._moves.updateGeometry()

    def _buttons(self, states: StateMap, job: Job, checks_quality: bool) -> list[Button]:
        made = []
        if job.state.group in FOR_OWNERS:
            run = partial(self._steps.go_to, "hand_back")
            made.append(button(self.tr("Hand over"), kind="primary", size="s", run=run))
        if checks_quality and not job.quality_by and job.state.group == StateGroup.WORK:
            check = partial(self._now, self._steps.check_quality)
            made.append(button(self.tr("Repair checked"), size="s", icon="user-check", run=check))
        for state in states.next_of(job.state):
            if state.group != StateGroup.CLOSED:
                words = state.name if job.is_here else self.tr("Reopen: {state}").format(state=state.name)
                move = partial(self._now, self.move_asked.emit, state)
                made.append(button(words, size="s", icon=ticket_look(state).icon, run=move))
        if job.is_here:
            label = partial(self._steps.show_paper, PaperKind.DEVICE_LABEL, job.position)
            made.append(button(self.tr("Label"), size="s", icon="printer", run=label))
        return made

    def _now(self, ask: Callable[..., object], *more: object) -> None:
        # The device as it is shown now: the button may be older than the last save.
        ask(self.job, *more)

    # -- passcode --------------------
    def _toggle_passcode(self) -> None:
        if self.passcode.isVisible():
            self.hide_passcode()
        else:
            self._steps.show_passcode(self.job, self._reveal)

    def _reveal(self, passcode: str) -> None:
        self.passcode.setFont(theme().font("strong", 600, mono=True))
        self.passcode.setText(passcode)
        self.passcode.show()
        self._eye.setText(self.tr("Hide passcode"))
        self._eye.set_icon("eye-off")
        self._timer.start()

    def hide_passcode(self) -> None:
        """It has been seen."""
        self._timer.stop()
        self.passcode.clear()
        self.passcode.hide()
        self._eye.setText(self.tr("Show passcode"))
        self._eye.set_icon("eye")
