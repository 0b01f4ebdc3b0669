"""What the booking form asks for and what becomes of it: for whom it is opened, answers, saving, drafts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.services.base.drafts import key_of
from posapp.services.base.kept_forms import Draft
from posapp.services.bookings.bookings import Booked, MakeBooking, MoveBooking
from posapp.ui.calendar.form import BookingForm
from posapp.ui.calendar.presenter import CalendarPresenter
from posapp.ui.calendar.spoken import when_words
from posapp.ui.customers.identity import just_created
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.preview.print_watch import paper_order, print_watch
from posapp.ui.record.page import Saving
from posapp.ui.window.notices import Step
from posapp.ui.window.undo import Turn, at_once

if TYPE_CHECKING:
    from posapp.domain.customers.customers import CustomerCard
    from posapp.services.counter.search import Answer
    from posapp.ui.calendar.cursor import Slot, Wish
    from posapp.ui.window.shell import Shell


class FormSteps(QObject):
    """Stands between the form and the presenter.

    A form that is opened is for the customer at the counter. What is being typed in sight for somebody else
    stays; what was left half typed waits under their mark until they are served again.
    """

    opened = Signal()
    closed = Signal()
    saved = Signal(object)  # Booking
    changed = Signal(object, object)  # the booking before and after

    def __init__(
        self, form: BookingForm, presenter: CalendarPresenter, shell: "Shell", day: Callable[[], date]
    ) -> None:
        """`day` is the day that the calendar shows."""
        super().__init__(form)
        self._form, self._presenter, self._shell, self._day = form, presenter, shell, day
        self._keeper, self._forms = form.keeper, form.keeper.forms
        self._saving = Saving(form, form.keeper, is_read_only=lambda: shell.is_read_only)
        self._left: str | None = None  # the mark of what was half typed before a booking was edited
        self._as_found: object = None
        self._counter_before: int | None = None
        form.who.typed.connect(self._search)
        form.who.picked.connect(self.bring_card)
        form.who.taken_back.connect(self._take_back)
        form.who.given.connect(self._give)
        form.who.named.connect(self._ask_without_phone)
        form.when.free_asked.connect(self._ask_free)
        form.asked.connect(self._ask_objection)
        form.submitted.connect(self._save)
        form.cancelled.connect(self.close)
        form.clear_asked.connect(self.clear)

    # -- drafts ------------------------------------------------------------------------------------
    def begin(self) -> None:
        """An empty form, or what was typed last, when the page is made."""
        self._form.start(self._day())
        mark = self._forms.latest
        draft = self._forms.draft(mark) if mark is not None else None
        if draft is None or self._counter() not in (None, key_of(mark)):
            return
        if draft.is_on_its_way:
            words = self.tr("This booking was being saved when the program ended. Look whether it is there.")
            self._shell.notices.status(words, "warning", seconds=10.0)
        else:
            self._shell.notices.status(self.tr("The booking that was half typed is back"))
        self._put(draft)

    def _put(self, draft: Draft, *, for_them: bool = False) -> None:
        """Put a draft into the empty form; whoever it names is looked up, and asked for if they differ."""
        form, mark = self._form, draft.mark
        missing = form.restore_draft(draft)
        self._keeper.found()
        self._as_found = form.values()
        if missing:
            words = self.tr("{name} is not here any more. Choose again with whom.").format(name=missing)
            self._shell.notices.status(words, "warning", seconds=10.0)
        key = key_of(mark)
        if key is not None:
            self._presenter.card(key, partial(self._show_same, mark, for_them), partial(self._not_here, mark))
        elif draft.values.get("new") or form.who.field.text().strip():
            self._search(form.who.field.text())

    def _show_same(self, mark: str, for_them: bool, card: "CustomerCard") -> None:
        """The customer of a draft, if the key still means the same one, or for whom the form was opened."""
        form = self._form
        if form.awaited != mark:
            return  # the form is about somebody else by now
        if form.mark_of_card(card) == mark:
            was_as_found = self._is_as_found
            self._show_card(card)
            self._as_found = form.values() if was_as_found else None
        elif for_them:
            form.start(self._day())
            self._forms.hand_over(mark, "")  # nobody's any more: there again when nobody is served
            self._show_card(card)
        else:
            self._ask_who(mark)

    def _not_here(self, mark: str, error: Exception) -> None:
        if code_of(error) != "customer_unknown":
            self._failed(error)
        elif self._form.awaited == mark:
            self._ask_who(mark)

    def _ask_who(self, mark: str) -> None:
        self._as_found = None  # what asks something is in use
        self._form.ask_who(mark)

    @property
    def _is_as_found(self) -> bool:
        """Whether a draft is shown that nobody went on with."""
        return self._as_found is not None and self._form.values() == self._as_found

    def close_for_good(self) -> None:
        """The window closes: the lanes still finish it."""
        self._keeper.keep()
        self._forms.freeze()

    def _now(self) -> Draft:
        """What stands in the form, to be put back after it was emptied."""
        form = self._form
        return self._forms.draft(form.mark() or "") or Draft(form.mark() or "", dict(form.values()), None)

    def _bring_back(self, draft: Draft) -> None:
        self._form.start(self._day())
        self._put(draft)
        self.open()

    def clear(self) -> None:
        """Begin again with an empty form; that can be taken back."""
        self._keeper.keep()
        draft = self._now()
        self._empty()
        self._shell.notices.toast(
            self.tr("The form is empty"),
            undo=at_once(partial(self._bring_back, draft)),
            redo=at_once(self._empty),
        )

    def _empty(self) -> None:
        self._keeper.forget()
        self._form.start(self._day())
        self._form.first_empty().setFocus()

    # -- opening and closing -----------------------------------------------------------------------
    def open(self) -> None:
        """Show the form as it is."""
        was_closed = self._form.isHidden()
        self.opened.emit()
        if was_closed:
            self._form.say_draft()
        self._form.first_empty().setFocus(Qt.FocusReason.TabFocusReason)  # which selects what is in it

    def open_for_counter(self) -> None:
        """Show the form, for the customer at the counter."""
        self.turn_to_counter()
        self.open()

    def open_at(self, slot: "Slot") -> None:
        """A place in the calendar was chosen for the booking."""
        self.turn_to_counter()
        self._form.take_slot(slot)
        self.open()

    def come_back(self) -> None:
        """The calendar is in front again: what was in use before is in use still, for the same counter."""
        counter = self._counter()
        if counter != self._counter_before or (counter is not None and not self._keeper.is_typed):
            self.turn_to_counter(is_idle=True)

    def leave(self) -> None:
        """Another screen comes to the front: what is half typed is kept."""
        self._keeper.keep()
        self._counter_before = self._counter()

    def _counter(self) -> int | None:
        key = getattr(self._shell.counter, "id", None)
        return key if isinstance(key, int) else None

    def turn_to_counter(self, *, is_idle: bool = False) -> None:
        """Let the form be for whoever stands at the counter, unless it is in use for somebody else."""
        form, key = self._form, self._counter()
        if form.booking is not None or (form.key() == key and key is not None):
            return
        is_idle = is_idle or form.isHidden() or self._is_as_found
        if key is not None and (is_idle or form.is_for_nobody()):
            self._begin_for(key)
        elif key is None and is_idle and not self._keeper.is_typed:
            # It was opened for somebody who was let go: back to what was typed for somebody new.
            unknown = (mark for mark in reversed(self._forms.marks) if key_of(mark) is None)
            self._back_to_new(next(unknown, None))

    def open_for(self, customer_id: int) -> None:
        """A booking for this customer; what was half typed for another one can be taken back."""
        if self._form.booking is not None or self._form.key() != customer_id:
            self._begin_for(customer_id)
        self.open()

    def _begin_for(self, customer_id: int) -> None:
        form = self._form
        if form.booking is None and form.is_for_nobody() and self._keeper.is_typed:
            self.bring_card(customer_id)  # what is typed was typed for them
            return
        self._put_aside()
        form.start(self._day())
        mark = next((one for one in self._forms.marks if key_of(one) == customer_id), None)
        draft = self._forms.draft(mark) if mark is not None else None
        if draft is not None:
            self._put(draft, for_them=True)
        else:
            self.bring_card(customer_id)

    def _put_aside(self) -> None:
        if self._form.booking is None and self._keeper.keep():
            self._shell.notices.toast(
                self.tr("The booking that was half typed is put aside"),
                undo=at_once(partial(self._bring_back, self._now())),
            )

    def edit(self, booking: Booking) -> None:
        """Other values for a booking; a half-typed new one is kept as a draft."""
        if self._form.booking is None:
            self._left = self._form.mark() if self._keeper.keep() else None
        self._form.edit(booking)
        self.open()

    def close(self) -> None:
        """Hide the form; what is typed stays."""
        if self._form.booking is not None:
            self._back_to_new(self._left)
        elif self._keeper.keep():
            self._shell.notices.toast(self.tr("Draft kept"))
        self.closed.emit()

    def _back_to_new(self, mark: str | None) -> None:
        """An empty form, or what was left half typed under that mark."""
        self._form.start(self._day())
        draft = self._forms.draft(mark) if mark is not None else None
        if draft is not None:
            self._put(draft)

    # -- questions of the form ---------------------------------------------------------------------
    def _search(self, text: str) -> None:
        self._presenter.search(text, self._found, self._search_failed)

    def _found(self, answer: "Answer | None") -> None:
        if answer is not None:
            self._form.who.show_answer(answer)

    def _search_failed(self, error: Exception) -> None:
        self._form.who.show_problem(sentence_of(error))

    def bring_card(self, customer_id: int) -> None:
        """Read a customer and choose them."""
        self._presenter.card(customer_id, self._show_card, self._failed)

    def _show_card(self, card: "CustomerCard") -> None:
        form = self._form
        had_focus = form.who.field.edit.hasFocus()
        form.show_card(card)
        if had_focus:
            form.service.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_back(self, customer_id: int, phone: Any) -> None:
        self._presenter.take_back_phone(
            customer_id, phone, lambda customer: self.bring_card(customer.id), self._failed
        )

    def _ask_without_phone(self, name: str, email: str) -> None:
        self._presenter.without_phone(name, email, self._form.who.show_without_phone)

    def _give(self, customer_id: int, phone: Any) -> None:
        self._presenter.give_number(
            customer_id, phone, lambda customer: self.bring_card(customer.id), self._failed
        )

    def _ask_free(self, day: Any, minutes: int, resource_id: int | None, wanted: Any) -> None:
        form = self._form
        but = form.booking.number if form.booking else None
        self._presenter.free_times(day, minutes, resource_id, wanted, but, form.when.show_free)

    def _ask_objection(self, wish: "Wish") -> None:
        # The desk is asked again when the form is saved: an error here is nobody's.
        self._presenter.objection(wish, partial(self._objected, wish))

    def _objected(self, wish: "Wish", error: DomainError | None) -> None:
        now = self._form.when.wish()
        if now is not None and self._form.with_number(now) == wish:
            self._form.show_objection(error)

    # -- saving ------------------------------------------------------------------------------------
    def _save(self, command: MakeBooking | MoveBooking) -> None:
        presenter = self._presenter
        if isinstance(command, MoveBooking):
            before = self._form.booking
            self._saving.save(
                lambda done, failed, _forget: presenter.move(command, done, failed),
                partial(self._moved, before),
            )
            return
        ordered = replace(command, output=paper_order(presenter.session))
        self._saving.save(
            lambda done, failed, forget: presenter.book(ordered, done, failed, forget),
            partial(self._booked, command.who is not None),
        )

    def _moved(self, before: Booking | None, after: Booking) -> None:
        self._back_to_new(self._left)
        self.changed.emit(before, after)
        self.closed.emit()
        self.saved.emit(after)

    def _booked(self, is_new: bool, booked: Booked) -> None:
        form, shell = self._form, self._shell
        form.start(self._day())
        gone = replace(booked.booking, status=BookingStatus.CANCELLED, reason=self.tr("Undone at once"))
        shell.notices.toast(
            self._said(booked, is_new=is_new),
            undo=partial(self._turn_booking, gone),
            redo=partial(self._turn_booking, booked.booking),
            about=booked.customer.id,
            step=self._contact_step(booked),
        )
        if booked.job_id is not None:
            print_watch(shell).give_out(booked.booking.number, booked.job_id)
        self.saved.emit(booked.booking)
        if form.isVisible():
            form.first_empty().setFocus()

    def _said(self, booked: Booked, *, is_new: bool) -> str:
        """What was booked, and for whom: `is_new` where the number was nobody's when it was typed."""
        booking = booked.booking
        who = self.tr("created {pl}") if booked.created else self.tr("reused {pl}")
        if is_new and not booked.created:
            now = self._presenter.session.shop.store.clock.now()
            who = just_created(booked.customer, now) or who
        said = self.tr("{number} booked, {when}").format(
            number=booking.number, when=when_words(booking, self._presenter.wording)
        )
        return f"{said} · {who.format(pl=booking.pl_id)}"

    def _contact_step(self, booked: Booked) -> Step | None:
        """Another till saved the number a moment ago under another name: offer the typed one as a person."""
        if not booked.other_name:
            return None
        key, name, presenter = booked.customer.id, booked.other_name, self._presenter
        words = self.tr("Add {name} to {pl}").format(name=name, pl=booked.customer.pl_id)
        return Step(words, lambda: presenter.add_contact(key, name, failed=self._failed))

    def _turn_booking(self, then: Booking, turn: Turn) -> None:
        """Cancel what was booked, or book it again, unless another till changed it since."""

        def done(booking: Booking) -> None:
            turn.done()
            self.saved.emit(booking)

        self._presenter.restore_status(then, done, turn.failed)

    def _failed(self, error: Exception) -> None:
        self._form.summary.say(sentence_of(error), "danger")
