"""One ticket in full: `show_page("ticket", "T12")`, or a `TicketPlace` for a device or a field of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import PosappError
from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.estimates import Warranty
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import Job, StateGroup, Ticket, TicketState, needs_reason
from posapp.services.repairs.claims import ClaimAsked
from posapp.services.repairs.tickets import MoveJob
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.actions import Action, hint
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.session import Session
from posapp.ui.ticket.menus import more_menu
from posapp.ui.ticket.merging import MergingForm
from posapp.ui.ticket.place import TicketPlace
from posapp.ui.ticket.popups import OPENED_BY, PRICE
from posapp.ui.ticket.talk import NOTE, TEXT
from posapp.ui.ticket.view import ShownTicket
from posapp.ui.window.shell import Shell


class WholeTicketPage(ShownTicket):
    """Ctrl+Enter saves everything, 1 to 6 choose a state and save too, Esc goes back and keeps the draft."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._waiting: tuple[int, TicketState, str] | None = None
        self._next: Callable[[Ticket], object] | None = None
        self._bind()

    def _bind(self) -> None:
        steps, saver, talk, top = self.steps, self.saver, self.aside.talk, self.top
        steps.done.connect(self.read)
        steps.stale.connect(self.read)
        steps.failed.connect(self.failed)
        saver.saved.connect(self._saved)
        saver.stale.connect(self.read)
        saver.refused.connect(self.failed)
        saver.wrong.connect(self._show_wrong)
        saver.tell_asked.connect(partial(self._talk, TEXT))
        self.states.chosen.connect(self._choose)
        self.states.refused.connect(lambda why: self.shell.notices.status(why, "warning", seconds=6.0))
        self.tabs.chosen.connect(self.show_device)
        self.tabs.more.clicked.connect(self._open_more)
        self.tabs.another.clicked.connect(lambda _on=False: self._another_device())
        top.opened.connect(self.popups.open)
        top.customer_asked.connect(partial(self._leave, "desk"))
        top.print.clicked.connect(lambda _on=False: self._print())
        top.save.clicked.connect(lambda _on=False: self.save())
        self.popups.closed.connect(self._typed_changed)
        self.aside.loaners.back_asked.connect(steps.take_back)
        self.aside.loaners.out_asked.connect(steps.lend)
        self.aside.warranties.opened.connect(self.activated)
        self.aside.warranties.claim_asked.connect(self._claim)
        self.aside.old.opened.connect(partial(self._leave, "history"))
        self._bind_lines()
        talk.told.connect(self._tell)
        talk.note_asked.connect(self.save)
        talk.edited.connect(self._typed_changed)
        self.notice.discarded.connect(self._discard)
        self.shell.closing.connect(self._closing)

    def _bind_lines(self) -> None:
        lines = self.lines
        lines.estimate_asked.connect(self._open_estimate)
        lines.hand_over_asked.connect(self._hand_over)
        lines.changed.connect(lambda: self._typed_changed(is_kept=False))
        lines.stepped.connect(self.read)
        lines.refused.connect(self._forget_next)
        lines.shown.connect(self._order_tabs)
        lines.shown.connect(self.keys_changed)
        lines.table.chosen.connect(self.keys_changed)

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Ticket")

    def subtitle(self) -> str:
        """What is not saved yet, or when it was."""
        changes = self.typed.changes() + self.lines.changes()
        if changes:
            return self.tr("1 change") if changes == 1 else self.tr("{n} changes").format(n=changes)
        if self._saved_at is None:
            return ""
        at = self.session.wording.time(self._saved_at.time())
        return self.tr("saved {time}").format(time=at)

    def own_actions(self) -> tuple[Action, ...]:
        """Save, states, money, words; the other screens mean this customer."""
        tr = self.tr

        return (
            hint("1…6", tr("State"), self._has_plain_keys),
            Action(
                "ticket_lines", tr("Add a line"), "Ctrl+L", self.lines.go_to_field, when=self.lines.is_here
            ),
            hint("U", tr("Use part"), self._can_use_part),
            Action("ticket_pay", tr("Take payment"), "F9", self._pay, "banknote"),
            Action("ticket_talk", tr("Note what was said"), "Alt+S", self._say, word=tr("Note")),
            Action("ticket_save", tr("Save"), "Ctrl+Return", self.save, "save"),
            hint("Esc", tr("Back")),
            Action("", tr("Put the part back"), "R", in_bar=False),
            Action("", tr("Take the line off"), "Del", in_bar=False),
            Action("ticket_print", tr("Print"), "Ctrl+P", self._print, "printer", in_bar=False),
            Action("ticket_price", tr("Agreed price"), "Alt+P", self._price, in_bar=False),
            Action("ticket_device", tr("Another device"), "Ctrl+D", self._another_device, in_bar=False),
            Action("ticket_next", tr("Next device"), "Ctrl+PgDown", self._next_device, in_bar=False),
            Action("ticket_aside", tr("Steps and messages"), "Ctrl+.", self._toggle_aside, in_bar=False),
            Action("ticket_history", tr("History"), "Ctrl+H", partial(self._leave, "history"), in_bar=False),
            Action(
                "ticket_booking", tr("New booking"), "Ctrl+B", partial(self._leave, "calendar"), in_bar=False
            ),
            Action("ticket_new", tr("New ticket"), "Ctrl+T", partial(self._leave, "intake"), in_bar=False),
        )

    def _can_use_part(self) -> bool:
        return self._has_plain_keys() and self.lines.can_use()

    def _has_plain_keys(self) -> bool:
        return self.session.till.plain_keys

    def activated(self, payload: object = None) -> None:
        """A ticket by its number, or a place in one; without, the one of before."""
        place = payload if isinstance(payload, TicketPlace) else None
        if isinstance(payload, str) and payload:
            place = TicketPlace(payload)
        if place is not None:
            self._place = place
            self.setAccessibleName(self.tr("Ticket {number}").format(number=place.number))
        super().activated(place.number if place is not None else None)

    def deactivated(self) -> None:
        """What is typed is kept."""
        is_kept, has_lines = self.keeper.keep(), self.lines.keep()
        if is_kept or has_lines:
            self.shell.notices.toast(self.tr("Draft kept"))

    def _closing(self) -> None:
        self.keeper.keep()
        self.lines.keep()
        self._drafts.freeze()

    def first_field(self) -> QWidget | None:
        """The page itself: a second Enter chooses nothing, and the digits are at hand."""
        return self

    def escape(self) -> bool:
        """Close what lies over the page."""
        if self.ask.close_bar():
            return True
        return self.popups.close_popup() or self.lines.escape() or self.frame.hide_aside()

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+6."""
        return self.states.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The plain digits, where no field takes them."""
        digit = event.key() - Qt.Key.Key_0
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if is_plain and 1 <= digit <= 9 and self._has_plain_keys() and not event.isAutoRepeat():
            self.states.choose(digit)
        else:
            super().keyPressEvent(event)

    def compact_changed(self, is_compact: bool) -> None:
        """A narrow window shows the right column on demand."""
        self.frame.set_narrow(is_compact)
        self.top.set_narrow(is_compact)

    def take_scan(self, code: str) -> bool:
        """A shelf of the shop: the device that is shown lies there now."""
        job, code = self.job, code.strip().upper()
        if job is None or self.whole is None or not job.is_here:
            return False
        if self._view().edits.take_scan(code) or self.lines.take_scan(code):
            return True
        if code not in self.whole.shelves:
            return False
        self.steps.put_on_shelf(job, code)
        return True

    # -- saving --------------------
    def save(self) -> None:
        """Ctrl+Enter: everything."""
        if self.whole is None:
            return
        self.popups.close_popup()
        self._save_lines_first(self.saver.save)

    def _save_lines_first(self, go_on: Callable[[Ticket], object]) -> None:
        """Lines make a version of the estimate, which may set a price: the rest goes on from there."""
        if self.lines.changes() and self.lines.save():
            self._next = go_on
        elif self.whole is not None and not self.lines.changes():
            go_on(self.whole.ticket)

    def _forget_next(self) -> None:
        self._next = None

    def show_whole(self, whole: WholeTicket, *, is_first: bool) -> None:
        """Then what waits for the lines."""
        super().show_whole(whole, is_first=is_first)
        if self._next is not None and not self.lines.changes():
            go_on, self._next = self._next, None
            self._stamp()
            self._typed_changed(is_kept=False)
            go_on(whole.ticket)

    def _stamp(self) -> None:
        self._saved_at = self.session.wording.here(self.session.shop.store.clock.now())

    def _saved(self, ticket: Ticket) -> None:
        waiting, self._waiting = self._waiting, None
        self._stamp()
        self.notice.hide()
        self.read()
        if waiting is not None:  # chosen while that was on its way
            self._save_move(ticket, *waiting)

    def failed(self, error: Exception) -> None:
        """Why, and where it is mended."""
        if code_of(error) == "checker_missing":
            self._ask_checker()
            return
        name = error.field or "" if isinstance(error, PosappError) else ""
        place = error.facts.get("position") if isinstance(error, PosappError) else None
        self.notice.say(sentence_of(error), "danger")
        if code_of(error) == "changed_elsewhere":
            self.read()
        elif isinstance(place, int):
            self.show_device(place)
        self._go_to(name)

    def _show_wrong(self, form: MergingForm, field: LabeledField) -> None:
        for view in self.typed.views.values():
            if view.edits is form:
                self.show_device(view.job.position)
        self._go_to(field.name)

    def _go_to(self, name: str) -> None:
        """Put the cursor into a field, wherever it stands."""
        if name in OPENED_BY:
            self.popups.open(OPENED_BY[name])
        elif name == "found":
            self._view().edits.found.setFocus()
        elif name == "note":
            self._talk(NOTE)

    def _choose(self, state: TicketState) -> None:
        job = self.job
        if job is None:
            return
        if not needs_reason(job.state, state):
            self._move(job, state, "")
            return
        words = self.tr("{device} goes back to {state}. Why?")
        if state.group == StateGroup.CANCELLED:
            words = self.tr("{device}: no repair. Why?")
        self.ask.say(
            words.format(device=job.device.name, state=state.name.lower()),
            tone="info",
            answer=lambda reason: self._move(job, state, reason),
            word=self.tr("Move it"),
        )

    def _ask_checker(self) -> None:
        """Nobody signs in here: whoever looked at the repair is named."""
        job = self.job
        if job is None:
            return
        self.ask.say(
            self.tr("Who checked {device}? Not who repaired it.").format(device=job.device.name),
            tone="info",
            answer=partial(self.steps.check_quality, job),
            word=self.tr("Repair checked"),
            asks=self.tr("Name"),
        )

    def _move(self, job: Job, state: TicketState, reason: str) -> None:
        if self.whole is None:
            return
        if self.saver.form.is_saving:
            self._waiting = (job.position, state, reason)
        else:
            place = job.position
            self._save_lines_first(lambda ticket: self._save_move(ticket, place, state, reason))
        self.setFocus()

    def _save_move(self, ticket: Ticket, position: int, state: TicketState, reason: str) -> None:
        move = MoveJob(number=ticket.number, position=position, to=state.code, reason=reason)
        self.saver.save(ticket, move, state)

    # -- what else can be done --------------------
    def take_place(self, place: TicketPlace) -> None:
        """The cursor goes where it was asked for, once."""
        draft = self.keeper.found() if self.keeper.is_typed else None
        if draft is not None and not self.notice.shows_draft:
            self.notice.show_draft(draft, self.session.wording)
        if place.refused is not None:
            self.failed(place.refused)
        elif place.part in ("note", "tell"):
            self._talk(NOTE if place.part == "note" else TEXT)
        elif place.part:
            self._go_to(place.part)

    def _talk(self, mode: str) -> None:
        self.frame.show_aside()
        self.aside.talk.show_mode(mode)

    def _tell(self, how: ContactHow, words: str, answer: str) -> None:
        talk = self.aside.talk
        self.steps.tell(how, words, answer, talk.noted, talk.refused)

    def _say(self) -> None:
        self.frame.show_aside()
        self.aside.talk.submit()

    def _toggle_aside(self) -> None:
        if not self.frame.hide_aside():
            self.frame.show_aside()
            self.aside.talk.mode.setFocus()

    def _next_device(self) -> None:
        if self.tabs.tabs:
            self.tabs.step(1)

    def _pay(self) -> None:
        """F9: what is owed; a ticket that is done is handed over with it."""
        if self.whole is not None:
            self.lines.take_payment()

    def _price(self) -> None:
        if self.job is not None and self.job.is_here:
            self.popups.open(PRICE)

    def _open_estimate(self) -> None:
        self.shell.leave_for("estimate", self.presenter.number)

    def _another_device(self) -> None:
        """They left something else, too."""
        if self.whole is None:
            return
        if self.whole.ticket.is_open:
            self.shell.leave_for("another_device", self.presenter.number)
        else:
            self.shell.notices.status(self.tr("All devices of this ticket have left."), "warning")

    def _hand_over(self) -> None:
        self.shell.leave_for("hand_back", self.presenter.number)

    def _leave(self, page: str) -> None:
        """Another screen for this customer."""
        if self.whole is not None:
            self.shell.leave_for(page, self.whole.ticket.customer_id)

    def _claim(self, warranty: Warranty) -> None:
        """The device is back within its guarantee: a ticket for it, with the claim."""
        if self.whole is not None:
            asked = ClaimAsked(self.whole.ticket.customer_id, warranty.device_id, warranty.id)
            self.shell.leave_for("intake", asked)

    def _print(self) -> None:
        """The label of a device that is here, else the hand-back; the claim ticket where there was none."""
        if self.whole is None or self.job is None:
            return
        gone = PaperKind.HAND_BACK if self.whole.has_hand_back else PaperKind.CLAIM_TICKET
        self.steps.show_paper(PaperKind.DEVICE_LABEL if self.job.is_here else gone, self.job.position)

    def _open_more(self) -> None:
        if self.whole is not None and self.job is not None:
            more_menu(
                self,
                self.tabs.more,
                self.whole,
                self.job,
                self._choose,
                self.steps.show_paper,
                lambda what: self._open_estimate() if what == "estimate" else self._price(),
            )
