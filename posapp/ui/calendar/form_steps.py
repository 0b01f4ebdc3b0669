"""What the booking form asks for and what becomes of it: answers, saving, the slip, drafts."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.services.base.drafts import key_of, mark_of
from posapp.services.bookings.bookings import Booked, MakeBooking, MoveBooking
from posapp.ui.calendar.booking_steps import sentence_of, when_words
from posapp.ui.calendar.cursor import Slot
from posapp.ui.calendar.presenter import DRAFT
from posapp.ui.customers.identity import just_created
from posapp.ui.preview.print_watch import print_watch, slip_order
from posapp.ui.window.notices import Step
from posapp.ui.window.undo import Turn, at_once

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer, CustomerCard
    from posapp.ui.calendar.page import CalendarPage
    from posapp.ui.calendar.presenter import Wish
    from posapp.ui.front_desk.presenter import Answer


class FormSteps(QObject):
    """Owned by the page: stands between the form and the presenter."""

    opened = Signal()
    closed = Signal()
    saved = Signal(object)  # Booking

    def __init__(self, page: "CalendarPage") -> None:
        super().__init__(page)
        self._page = page
        self._restored = False
        form = page.form
        form.who.typed.connect(self._search)
        form.who.picked.connect(self.bring_card)
        form.who.taken_back.connect(self._take_back)
        form.when.free_asked.connect(self._ask_free)
        form.asked.connect(self._ask_objection)
        form.draft_due.connect(self.keep_draft)
        form.submitted.connect(self._save)
        form.cancelled.connect(self.close)
        form.clear_asked.connect(self.clear)

    # -- opening and closing -----------------------------------------------------------------------
    def begin(self) -> None:
        """An empty form, or the draft of before, when the page is first entered."""
        page = self._page
        page.form.start(page.shown.day)
        values = page.session.drafts.load(DRAFT)
        if values is not None:
            if values.get("is_on_its_way"):
                words = self.tr(
                    "This booking was being saved when the program ended. Look whether it is there."
                )
                page.shell.notices.status(words, "warning", seconds=10.0)
            else:
                page.shell.notices.status(self.tr("The booking that was half typed is back"))
            self._put_draft(values)

    def _put_draft(self, values: Mapping[str, Any]) -> None:
        form = self._page.form
        mark, missing = form.restore_draft(values)
        if missing:
            words = self.tr("{name} is not here any more. Choose again with whom.").format(name=missing)
            self._page.shell.notices.status(words, "warning", seconds=10.0)
        key = key_of(mark)
        if key is not None:
            self._page.presenter.card(key, partial(self._show_same, mark), partial(self._not_here, mark))
        elif values.get("new") or form.who.field.text().strip():
            self._search(form.who.field.text())

    def _show_same(self, mark: str, card: "CustomerCard") -> None:
        """The customer of a draft, if the key still means the same one."""
        if mark_of(card.customer, card.customer.pl_id) == mark:
            self._show_card(card)
        else:
            self._page.form.who.ask_again(mark)

    def _not_here(self, mark: str, error: Exception) -> None:
        if isinstance(error, PosappError) and error.code == "customer_unknown":
            self._page.form.who.ask_again(mark)
        else:
            self._failed(error)

    def open(self) -> None:
        """Show the form as it is."""
        self.opened.emit()
        form = self._page.form
        form.first_empty().setFocus(Qt.FocusReason.TabFocusReason)  # which selects what is in it

    def open_for_counter(self) -> None:
        """Show the form; an empty one is for the customer at the counter."""
        page = self._page
        counter = page.shell.counter
        key = getattr(counter, "id", None)
        if isinstance(key, int) and page.form.booking is None and self._is_for_nobody():
            self.bring_card(key)
        self.open()

    def _is_for_nobody(self) -> bool:
        who = self._page.form.who
        return who.card is None and who.number is None and who.field.is_empty()

    def open_for(self, customer_id: int) -> None:
        """A booking for this customer; what was half typed can be taken back."""
        page = self._page
        form = page.form
        card = form.who.card
        if form.booking is None and card is not None and card.customer.id == customer_id:
            self.open()
            return
        if form.is_touched and form.booking is None and not self._is_for_nobody():
            values = form.draft_values()
            page.shell.notices.toast(
                self.tr("The booking that was half typed is put aside"),
                undo=at_once(partial(self._bring_back, values)),
            )
        form.start(page.shown.day)
        self.bring_card(customer_id)
        self.open()

    def _bring_back(self, values: dict[str, object]) -> None:
        self._page.form.start(self._page.shown.day)
        self._put_draft(values)
        self.open()

    def open_at(self, slot: Slot) -> None:
        """A place in the calendar was chosen for the booking."""
        page = self._page
        if page.form.booking is None and self._is_for_nobody():
            key = getattr(page.shell.counter, "id", None)
            if isinstance(key, int):
                self.bring_card(key)
        page.form.take_slot(slot)
        self.open()

    def edit(self, booking: Booking) -> None:
        """Other values for a booking; a half-typed new one is kept as a draft."""
        self.keep_draft()
        self._page.form.edit(booking)
        self.open()

    def close(self) -> None:
        """Hide the form; what is typed stays."""
        page = self._page
        form = page.form
        if form.booking is not None:
            self._back_to_new()
        elif form.is_touched:
            self.keep_draft()
            page.shell.notices.toast(self.tr("Draft kept"))
        self.closed.emit()

    def _back_to_new(self) -> None:
        form = self._page.form
        form.start(self._page.shown.day)
        values = self._page.session.drafts.load(DRAFT)
        if values is not None:
            self._put_draft(values)

    def clear(self) -> None:
        """Begin again with an empty form; that can be taken back."""
        page = self._page
        values = page.form.draft_values()
        self._empty()
        page.shell.notices.toast(
            self.tr("The form is empty"),
            undo=at_once(partial(self._bring_back, values)),
            redo=at_once(self._empty),
        )

    def _empty(self) -> None:
        page = self._page
        page.form.start(page.shown.day)
        page.presenter.drop_draft()
        page.form.first_empty().setFocus()

    # -- drafts ------------------------------------------------------------------------------------
    def keep_draft(self, *, is_on_its_way: bool = False) -> None:
        """Keep what is half typed, or what is being saved: if the program dies now, nobody knows."""
        form = self._page.form
        if form.booking is None and form.is_touched and not form.is_saving:
            self._page.presenter.keep_draft({**form.draft_values(), "is_on_its_way": is_on_its_way})

    # -- questions of the form ---------------------------------------------------------------------
    def _search(self, text: str) -> None:
        self._page.presenter.search(text, self._found, self._search_failed)

    def _found(self, answer: "Answer | None") -> None:
        if answer is not None:
            self._page.form.who.show_answer(answer)

    def _search_failed(self, error: Exception) -> None:
        if isinstance(error, PosappError) and error.code != "interrupted":
            self._page.form.who.show_problem(error.sentence)

    def bring_card(self, customer_id: int) -> None:
        """Read a customer and choose them."""
        self._page.presenter.card(customer_id, self._show_card, self._failed)

    def _show_card(self, card: "CustomerCard") -> None:
        form = self._page.form
        had_focus = form.who.field.edit.hasFocus()
        form.who.show_card(card)
        if had_focus:
            form.service.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_back(self, customer_id: int, phone: Any) -> None:
        def done(customer: "Customer") -> None:
            self.bring_card(customer.id)

        self._page.presenter.take_back_phone(customer_id, phone, done, self._failed)

    def _ask_free(self, day: Any, minutes: int, resource_id: int | None) -> None:
        page = self._page
        but = page.form.booking.number if page.form.booking else None
        page.presenter.free_times(day, minutes, resource_id, but, page.form.when.show_free, self._ignore)

    def _ask_objection(self, wish: "Wish") -> None:
        self._page.presenter.objection(wish, partial(self._objected, wish), self._ignore)

    def _objected(self, wish: "Wish", error: DomainError | None) -> None:
        form = self._page.form
        now = form.when.wish()
        if now is not None and form.with_number(now) == wish:
            form.show_objection(error)

    def _ignore(self, _error: Exception) -> None:
        """The desk is asked again when the form is saved."""

    # -- saving ------------------------------------------------------------------------------------
    def _save(self, command: MakeBooking | MoveBooking) -> None:
        page = self._page
        if page.shell.is_read_only:
            page.form.summary.say(self.tr("The database does not answer. The draft is kept."), "danger")
            return
        self.keep_draft(is_on_its_way=True)
        page.form.set_saving(True)
        if isinstance(command, MoveBooking):
            before = page.form.booking
            page.presenter.move(command, partial(self._changed, before), self._not_saved)
            return
        typed = command.who
        order = slip_order(page.session)
        page.presenter.book(replace(command, output=order), partial(self._booked, typed), self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        form = self._page.form
        form.set_saving(False)
        if isinstance(error, PosappError):
            form.show_error(error)
        else:
            form.summary.say(sentence_of(error), "danger")

    def _changed(self, before: Booking | None, after: Booking) -> None:
        page = self._page
        page.form.set_saving(False)
        self._back_to_new()
        said = self.tr("{number} changed: {when}").format(
            number=after.number, when=when_words(after, page.wording)
        )
        undo = partial(page.steps.turn_move, before) if before is not None else None
        page.shell.notices.toast(said, undo=undo, redo=partial(page.steps.turn_move, after))
        self.closed.emit()
        self.saved.emit(after)

    def _booked(self, typed: object, booked: Booked) -> None:
        page = self._page
        page.form.set_saving(False)
        page.form.start(page.shown.day)
        gone = replace(booked.booking, status=BookingStatus.CANCELLED, reason=self.tr("Undone at once"))
        page.shell.notices.toast(
            self._said(booked, is_new=typed is not None),
            undo=partial(self._turn_booking, gone),
            redo=partial(self._turn_booking, booked.booking),
            about=booked.customer.id,
            step=self._contact_step(booked),
        )
        if booked.job_id is not None:
            print_watch(page.shell).give_out(booked.booking.number, booked.job_id)
        self.saved.emit(booked.booking)
        if page.isVisible():
            page.form.first_empty().setFocus()

    def _said(self, booked: Booked, *, is_new: bool) -> str:
        """What was booked, and for whom: `is_new` where the number was nobody's when it was typed."""
        booking = booked.booking
        who = self.tr("created {pl}") if booked.created else self.tr("reused {pl}")
        if is_new and not booked.created:
            now = self._page.session.shop.store.clock.now()
            who = just_created(booked.customer, now) or who
        said = self.tr("{number} booked, {when}").format(
            number=booking.number, when=when_words(booking, self._page.wording)
        )
        return f"{said} · {who.format(pl=booking.pl_id)}"

    def _contact_step(self, booked: Booked) -> Step | None:
        """Another till saved the number a moment ago under another name: offer the typed one as a person."""
        if not booked.other_name:
            return None
        key, name = booked.customer.id, booked.other_name
        words = self.tr("Add {name} to {pl}").format(name=name, pl=booked.customer.pl_id)
        presenter = self._page.presenter
        return Step(words, lambda: presenter.add_contact(key, name, lambda _done: None, self._failed))

    def _turn_booking(self, then: Booking, turn: Turn) -> None:
        """Cancel what was booked, or book it again, unless another till changed it since."""

        def done(booking: Booking) -> None:
            turn.done()
            self.saved.emit(booking)

        self._page.presenter.restore_status(then, done, turn.failed)

    def _failed(self, error: Exception) -> None:
        self._page.form.summary.say(sentence_of(error), "danger")
