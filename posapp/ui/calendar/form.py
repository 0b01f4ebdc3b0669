"""The booking form: whom, what, when, with whom. It emits one frozen command and knows no desk."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.bookings.bookings import NOTE_LIMIT, OVERRIDABLE
from posapp.services.base.drafts import key_of, mark_of
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.ui.calendar.arrangement import minute_of
from posapp.ui.calendar.form_parts import FormFrame, ServiceField, SlipChoice
from posapp.ui.calendar.surface import Ghost
from posapp.ui.calendar.when import WhenBox
from posapp.ui.calendar.who import WhoBox
from posapp.ui.fields import Form, NoteField
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided, PlBadge

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.customers.customers import CustomerCard
    from posapp.services.base.kept_forms import Draft
    from posapp.services.bookings.agenda import FreeTime
    from posapp.ui.calendar.cursor import Slot, Wish
    from posapp.ui.session import Session


class BookingForm(Form):
    """A new booking, or (after `edit`) other values for one that exists.

    The page answers what it asks for: `who.typed`, `who.picked`, `when.free_asked`, `asked`.
    """

    submitted = Signal(object)  # MakeBooking or MoveBooking
    asked = Signal(object)  # Wish: what stands against it?
    drafted = Signal(object)  # Ghost for the calendar, or None
    cancelled = Signal()
    clear_asked = Signal()

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._wording = session.wording
        self._wish: Wish | None = None
        self._is_wrong = False
        self.booking: Booking | None = None
        self.awaited = ""
        """The mark of whom a draft is for, until their card is here."""
        self._make()
        self._lay_out()
        self.keeper = DraftKeeper(KeptForms(session, "booking"), self.mark, self.values, self)
        self.edited.connect(self._touch)
        self.accepted.connect(self._accept)
        self.refresh_catalogue()

    def _make(self) -> None:
        self.who = WhoBox(self._wording)
        self.when = WhenBox(self._wording, self._session.today)
        self.service = ServiceField(self._wording)
        self.note = NoteField("note", self.tr("Note"), lines=1, limit=NOTE_LIMIT)
        self.slip = SlipChoice(self._session)
        self.who.join(self)
        self.add_field(self.service)
        self.when.join(self)
        self.add_field(self.note)
        self.who.changed.connect(self.show_draft)
        self.who.changed.connect(self._touch)
        self.who.changed.connect(self._show_whose)
        self.who.settled.connect(self._next_field)
        self.service.taken.connect(self._service_taken)
        self.service.edited.connect(self.show_draft)
        self.when.changed.connect(self._when_changed)
        self.when.time_picked.connect(self._take_time)
        self.when.free_picked.connect(self._take_free)
        self.who.rearranged.connect(self.order_tabs)
        self.when.rearranged.connect(self.order_tabs)

    def _lay_out(self) -> None:
        self._moving_badge, self._moving_name = PlBadge(""), Elided("", "field", weight=600)
        self._moving = held(columns(self._moving_badge, wide(self._moving_name)))
        self.notice = DraftBar(self)
        self.frame = FormFrame(self.tr("New booking"))
        parts = (self.notice, self._moving, self.who, self.service, self.when, self.note, self.slip)
        put(self.frame.fields, *parts, STRETCH)
        self.frame.clear.clicked.connect(self.clear_asked)
        self.notice.discarded.connect(self.clear_asked)
        save = button(self.tr("Save booking"), kind="primary", size="l", key="Ctrl+Return")
        self.cancel = button(self.tr("Cancel"), size="l", key="Esc", run=self.cancelled.emit)
        self.set_save_button(save)
        put(self.frame.foot, self.summary, columns(wide(save), self.cancel, gap=8))
        rows(self.frame, host=self)
        self._moving.hide()
        self.order_tabs()

    def order_tabs(self) -> None:
        """Tab follows the reading order, also after chips, buttons or notices were made anew."""
        who = self.who
        stops: list[QWidget] = [*stops_in(self.notice), who.field, *who.notice.buttons()]
        stops += [who.strip.change, who.name, who.email, who.person, self.service, *self.when.stops()]
        stops += [self.note, self.slip.choice, *stops_in(self.summary)]
        if self.save_button is not None:
            stops.append(self.save_button)
        chain([*stops, self.cancel, self.frame.clear])

    # -- the shop ----------------------------------------------------------------------------------
    def refresh_catalogue(self) -> None:
        """Services and people of the shop, as they are now."""
        self.service.set_services(self._session.catalogue.services)
        self.when.set_people(self._session.catalogue.resources)

    def _service_taken(self) -> None:
        service = self.service.service()
        if service is not None:
            self.when.minutes.set_minutes(service.minutes)
        self.show_draft()

    # -- new, or another time for one that exists --------------------------------------------------
    def start(self, day: date) -> None:
        """An empty form for a booking on this day."""
        self.keeper.begin()
        self.booking, self.awaited = None, ""
        self.notice.hide()
        self.clear_problems()
        self.who.clear()
        self.note.set_text("")
        self._dress()
        first = self.service.first
        self.service.take(first.id if first else None)
        self.slip.refresh()
        self.when.reset(day, first.minutes if first else 30)
        self._settle()

    def _settle(self) -> None:
        """What is shown now is where the clerk begins."""
        self.keeper.settle()
        self.frame.clear.hide()
        self.show_draft()

    def edit(self, booking: "Booking") -> None:
        """Other values for this booking."""
        self.start(booking.wall_start.date())
        self.booking = booking
        self._moving_badge.set_text(str(booking.pl_id))
        self._moving_name.setText(booking.shown_name(self._wording.region))
        self._dress()
        self.service.take(booking.service_id)
        self.note.set_text(booking.note)
        self.when.set_resource(booking.resource_id)
        self.when.minutes.set_minutes(booking.minutes)
        self.when.set_start(booking.wall_start, fold=int(booking.is_second))
        self._settle()

    def _dress(self) -> None:
        is_new = self.booking is None
        self.who.setVisible(is_new)
        self.slip.setVisible(is_new)
        self._moving.setVisible(not is_new)
        self.frame.title.setText(self.tr("New booking") if is_new else self.tr("Change booking"))
        self.frame.number.setText("" if self.booking is None else self.booking.number)
        if self.save_button is not None:
            self.save_button.setText(self.tr("Save booking") if is_new else self.tr("Save changes"))

    def take_slot(self, slot: "Slot") -> None:
        """A place in the calendar was chosen."""
        with self.keeper.filling():
            self.when.set_resource(slot.resource_id)
            if slot.minutes is not None:
                self.when.minutes.set_minutes(slot.minutes)
            self.when.set_start(slot.starts)
        self._touch()

    def _take_time(self, at: datetime) -> None:
        with self.keeper.filling():
            self.when.set_start(at)

    def _take_free(self, picked: "FreeTime") -> None:
        """A free time; with whom only where somebody is chosen already."""
        with self.keeper.filling():
            if self.when.resource_id() is not None:
                self.when.set_resource(picked.resource.id)
            self.when.set_start(picked.starts)

    def follow(self, day: date) -> None:
        """The calendar shows another day: a time that nobody chose goes there."""
        if self.booking is None and self.when.is_auto:
            with self.keeper.filling():
                self.when.set_day(day)

    # -- for whom ----------------------------------------------------------------------------------
    def show_card(self, card: "CustomerCard") -> None:
        """This customer comes."""
        self.awaited = ""
        with self.keeper.filling():
            self.who.show_card(card)

    def ask_who(self, mark: str) -> None:
        """A draft was typed for somebody who is not the same here."""
        self.awaited = ""
        self.who.ask_again(mark)

    def is_for_nobody(self) -> bool:
        """Whether it was not said yet who comes."""
        who = self.who
        return not self.awaited and who.card is None and who.number is None and who.field.is_empty()

    def key(self) -> int | None:
        """The key of the customer it is for."""
        return self.who.card.customer.id if self.who.card else key_of(self.awaited)

    def mark(self) -> str | None:
        """Whose draft this is, "" nobody's yet; None while a booking is changed, which has none."""
        if self.booking is not None:
            return None
        if self.who.card is not None:
            return self.mark_of_card(self.who.card)
        return self.awaited or (f"new {self.who.number.key}" if self.who.number else "")

    def mark_of_card(self, card: "CustomerCard") -> str:
        """Names the customer and nobody else."""
        return mark_of(card.customer, card.customer.pl_id)

    def first_empty(self) -> QWidget:
        """Where the focus belongs: who it is, else what is to be done, else the button."""
        if self.booking is not None:
            return self.when.day.editor
        if self.who.card is None and self.who.number is None:
            return self.who.field.editor
        if self.who.card is None and self.who.name.is_empty():
            return self.who.name.editor
        return self.service.editor

    # -- live --------------------------------------------------------------------------------------
    def _touch(self) -> None:
        self.frame.clear.setVisible(self.booking is None and not self._is_blank())
        if self.booking is None:
            self.keeper.soon()

    def _is_blank(self) -> bool:
        """Whether nothing was said yet: neither typed, nor a place chosen, nor for whom."""
        return self.is_for_nobody() and self.when.is_auto and not self.keeper.is_typed

    def _when_changed(self) -> None:
        wish = self.when.wish()
        if wish != self._wish:
            self._wish = wish
            if wish is None or self._is_own_place(wish):
                self.show_objection(None)
            else:
                self.asked.emit(self.with_number(wish))
        self.show_draft()

    def _is_own_place(self, wish: "Wish") -> bool:
        one = self.booking
        wanted = (wish.starts, wish.minutes, wish.resource_id)
        return one is not None and wanted == (one.wall_start, one.minutes, one.resource_id)

    def ask_again(self) -> None:
        """Bookings changed: ask anew what is free and what stands against the time."""
        self.when.ask_again()
        if self._wish is not None and not self._is_own_place(self._wish):
            self.asked.emit(self.with_number(self._wish))

    def with_number(self, wish: "Wish") -> "Wish":
        """The wish of a booking that exists is not in its own way."""
        return replace(wish, but=self.booking.number) if self.booking else wish

    def show_objection(self, error: DomainError | None) -> None:
        """What stands against the time that is typed now."""
        self._is_wrong = error is not None
        was_shown = bool(self.when.clash.text())
        self.when.show_objection(error)
        if self.when.clash.text() and not was_shown and self.keeps_focus():
            # its height is known only once it is laid out
            QTimer.singleShot(0, self, lambda: self.frame.area.ensureWidgetVisible(self.when.clash))
        self.show_draft()

    def show_draft(self) -> None:
        """Tell the calendar what stands in the form, as far as it says when."""
        wish = self.when.wish()
        if wish is None or (self.booking is None and self._is_blank()):
            self.drafted.emit(None)
            return
        service, one = self.service.service(), self.booking
        name = one.shown_name(self._wording.region) if one else self.who.shown_name()
        self.drafted.emit(
            Ghost(
                wish.starts.date(),
                minute_of(wish.starts),
                wish.minutes,
                wish.resource_id,
                name or self.tr("New booking"),
                service.name if service else "",
                self._is_wrong,
                not self.when.is_being_typed(),
            )
        )

    # -- saving ------------------------------------------------------------------------------------
    def _accept(self) -> None:
        try:
            command = self.command()
        except DomainError as error:
            self.show_error(error)
            return
        self.submitted.emit(command)

    def command(self) -> MakeBooking | MoveBooking:
        """The checked values; raises `DomainError`."""
        at = datetime.combine(self.when.day.value(), self.when.starts.value())
        wish = self.when.wish()
        clash = self.when.clash
        values: dict[str, Any] = {
            "starts": at,
            "minutes": self.when.minutes.value(),
            "service_id": self.service.value(),
            "resource_id": self.when.resource_id(),
            "note": self.note.value(),
            "offset": wish.offset if wish else None,
            "anyway": clash.reason.value() if clash.is_overridden() else None,
        }
        if self.booking is not None:
            return MoveBooking(number=self.booking.number, seen_version=self.booking.stamps.version, **values)
        card = self.who.card
        return MakeBooking(
            customer_id=card.customer.id if card else None,
            who=self.who.who(),
            person=self.who.contact() if card else "",
            **values,
        )

    def show_error(self, error: PosappError) -> None:
        """A refusal: about the time it is shown below it, with ways out; else at its field."""
        if isinstance(error, DomainError) and error.code in (*OVERRIDABLE, "time_skipped"):
            self.summary.hide()
            self.when.starts.editor.clearFocus()
            self.show_objection(error)
            self.when.starts.editor.setFocus()
            self.frame.area.ensureWidgetVisible(self.when.clash)
            return
        super().show_error(error)

    # -- drafts ------------------------------------------------------------------------------------
    def values(self) -> dict[str, Any]:
        """Everything that is half typed; not a time that the form proposes by itself."""
        proposed = self.when.proposed()
        return {
            "fields": {name: text for name, text in self.snapshot().items() if name not in proposed},
            "new": self.who.number is not None,
            "when": self.when.snapshot(),
        }

    def restore_draft(self, draft: "Draft") -> str:
        """Put a draft into the empty form; returns the name of whom it was with, if that is nobody here."""
        fields, when = draft.values.get("fields"), draft.values.get("when")
        self.awaited = draft.mark if key_of(draft.mark) is not None else ""
        if isinstance(fields, dict):
            self.restore(fields)
        missing = self.when.restore(when) if isinstance(when, dict) else ""
        self.service.show_price()
        self.notice.show_draft(draft, self._wording)
        self._touch()
        self.show_draft()
        self.order_tabs()
        return missing

    def say_draft(self) -> None:
        """The form comes back with what was left in it: whose that is, and since when."""
        draft = self.keeper.found() if self.keeper.is_typed else None
        if draft is not None:
            self.notice.show_draft(draft, self._wording)
            self.order_tabs()

    def _show_whose(self) -> None:
        """Somebody else comes: what was restored is theirs now."""
        mark = self.mark()
        if mark is not None and not self.awaited:
            self.notice.rename(mark, self._wording)

    def keeps_focus(self) -> bool:
        """Whether the cursor is in the form."""
        now = focused()
        return now is not None and self.isAncestorOf(now)
