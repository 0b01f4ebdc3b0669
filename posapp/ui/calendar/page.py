"""The calendar screen: the booking form on the left, the day or week on the right."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.bookings.bookings import Booking
from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.calendar.also_steps import AlsoSteps
from posapp.ui.calendar.booking_steps import BookingSteps
from posapp.ui.calendar.folding import Folding
from posapp.ui.calendar.form import BookingForm
from posapp.ui.calendar.form_steps import FormSteps
from posapp.ui.calendar.go_to import GoToDay
from posapp.ui.calendar.header import CalendarHeader
from posapp.ui.calendar.hints import booking_hints, form_hints, slot_hints
from posapp.ui.calendar.presenter import CalendarPresenter, Shown
from posapp.ui.calendar.sheet import BookingSheet
from posapp.ui.calendar.view import CalendarView
from posapp.ui.calendar.waiting import Waiting
from posapp.ui.customers.without_phone import KEY as SAME
from posapp.ui.fields.edits import is_save
from posapp.ui.layout import columns, put, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import line
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.ui.calendar.arrangement import Picture
    from posapp.ui.calendar.surface import Ghost
    from posapp.ui.session import Session

_REFRESH_MS = 30_000
_SUBJECTS = frozenset(
    {"booking", "customer", "business", "resource", "service", "catalogue", "ticket", "walk_in"}
)


class CalendarPage(Page):
    """Opened with nothing, with the key of a customer to book for, or with the number of a booking."""

    def __init__(self, shell: Shell, session: "Session") -> None:
        super().__init__(shell)
        self.session = session
        self.presenter = CalendarPresenter(session)
        self.shown = Shown(self.session.today())
        self._wants_view = False
        self._go_to: GoToDay | None = None
        self._make()
        self._clock = QTimer(self, interval=_REFRESH_MS)
        self._clock.timeout.connect(self._reload)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._reload)
        self.form_steps = FormSteps(self.form, self.presenter, shell, lambda: self.shown.day)
        self.also_steps = AlsoSteps(self.form, self.presenter)
        self.steps = BookingSteps(self.view, self.ask_bar, self.presenter, shell)
        self._bind()
        self._read_only(shell.is_read_only)
        self.form_steps.begin()

    # -- what is where -----------------------------------------------------------------------------
    def _make(self) -> None:
        self.form = BookingForm(self.session)
        self.header = CalendarHeader()
        self.view = CalendarView(self.presenter.wording)
        self.notice = NoticeBar()
        self.waiting = Waiting(self.shell, self.session)
        card = Card()
        put(card.body, self.header, line(), self.notice, self.waiting, wide(self.view))
        self.ask_bar = AskBar(card)
        columns(self.form, wide(card), gap=16, pad=16, host=self)
        self.header.show_people(self.session.catalogue.resources)
        self._folding = Folding(self, self.form, card, new=self.header.new)

    def _bind(self) -> None:
        header, form, steps = self.header, self.form_steps, self.steps
        header.before.clicked.connect(lambda: self.step(-1))
        header.after.clicked.connect(lambda: self.step(1))
        header.today.clicked.connect(self.go_today)
        header.go_to.clicked.connect(self.ask_day)
        header.mode.chosen.connect(lambda key: self._set_week(key == "week"))
        header.people_asked.connect(self._set_person)
        header.new.clicked.connect(form.open_for_counter)
        self.view.slot_asked.connect(form.open_at)
        self.view.room_changed.connect(self._soon.start)
        self.view.selected.connect(lambda _booking: self.keys_changed.emit())
        self.form.when.day_chosen.connect(self.show_day)
        self.form.drafted.connect(self._show_draft)
        form.opened.connect(self._show_form)
        form.closed.connect(self._hide_form)
        form.saved.connect(self._saved)
        form.changed.connect(steps.say_changed)
        steps.change_asked.connect(form.edit)
        steps.sheet_opened.connect(self._look_at_view)
        steps.reload_asked.connect(self._soon.start)
        self.session.feed.changed.connect(self._changed)
        self.shell.read_only_changed.connect(self._read_only)
        self.shell.closing.connect(form.close_for_good)

    def own_actions(self) -> tuple[Action, ...]:
        """What works wherever the focus is in the page."""
        return (
            Action("calendar_before", self.tr("Day or week before"), "Alt+Left", lambda: self.step(-1)),
            Action("calendar_after", self.tr("Day or week after"), "Alt+Right", lambda: self.step(1)),
            Action("calendar_today", self.tr("Today"), "Alt+Home", self.go_today),
            Action("calendar_go", self.tr("Go to a day"), "Alt+G", self.ask_day),
            Action("calendar_week", self.tr("Day or week"), "Alt+W", self.toggle_week),
            Action("book", self.tr("New booking"), "Ctrl+B", self.form_steps.open_for_counter),
            Action("person", self.tr("Another person"), "Alt+P", self.form.who.ask_person),
            Action("same", self.tr("It is the customer without a number"), SAME, self.form.who.same.take),
            Action("print", self.tr("Slip of the booking"), "Ctrl+P", self._print, on_record=True),
        )

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Calendar")

    def keys(self) -> list[KeyWord]:
        """Those of the form or of the calendar, wherever the focus is."""
        if self.ask_bar.keeps_focus():
            return bar([hint("Return", self.tr("Choose")), hint("Esc", self.tr("Leave it"))])
        if self.form.keeps_focus():
            return bar(form_hints(self.shown))
        if self.view.trial is not None:
            return bar([hint("Return", self.tr("Put it here")), hint("Esc", self.tr("Put it back"))])
        return bar(
            slot_hints(self.shown) if self.view.booking() is None else booking_hints(self.session.till)
        )

    # -- coming and going --------------------------------------------------------------------------
    def activated(self, payload: object = None) -> None:
        """Show the calendar; with a customer's key the form for them, with a number that booking."""
        self.view.plain_keys = self.session.till.plain_keys
        self.view.go_home()
        self._clock.start()
        self._wants_view = False
        if isinstance(payload, int):
            self.form_steps.open_for(payload)
        elif isinstance(payload, str) and payload:
            self._wants_view = True
            self._fold()
            self.presenter.booking(payload, self._show_booking, self._not_found)
        elif not self.form.isHidden():
            self.form_steps.come_back()
        self._load()

    def deactivated(self) -> None:
        """Nothing is read while another screen is in front; what is half typed is kept."""
        self._clock.stop()
        self.form_steps.leave()
        self.view.put_back()
        self.ask_bar.close_bar()

    def first_field(self) -> QWidget | None:
        """The form's first empty field, or the calendar."""
        if self._wants_view or self.form.isHidden():
            return self.view
        return self.form.first_empty()

    def _look_at_view(self) -> None:
        """The clerk works in the calendar: that is where the focus comes back to."""
        self._wants_view = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves what is in the form, also from the calendar beside it."""
        if is_save(event) and not event.isAutoRepeat() and not self.form.isHidden():
            self.form.submit()
        else:
            super().keyPressEvent(event)

    def escape(self) -> bool:
        """Close the matches, the question, the move, the form: the innermost first."""
        if self.form.who.escape() or self.ask_bar.close_bar() or self.view.put_back():
            return True
        if self.form.isHidden():
            return False
        self.form_steps.close()
        return True

    def close_question(self) -> bool:
        """A booking that is being moved goes back."""
        return self.view.put_back()

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+9: the nth free time while the form is open."""
        if not self.form.isHidden() and not self.form.when.which.isVisible():
            return self.form.when.free.choose_number(number)
        return super().choose(number)

    def compact_changed(self, is_compact: bool) -> None:
        """The form keeps its width: three people still fit beside it, but seven days do not."""
        self._fold()
        self._show_shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be more or less room beside a week."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self._folding.fold(
            is_week=self.shown.is_week, wants_days=self._wants_view, look_at_days=self._go_to_view
        )
        self.keys_changed.emit()

    def _go_to_view(self) -> None:
        self._look_at_view()
        self.view.setFocus()

    def minimumSizeHint(self) -> QSize:
        """Either the form or the day."""
        return QSize(self._folding.least(), super().minimumSizeHint().height())

    def _show_form(self) -> None:
        self._wants_view = self._folding.is_folded = False
        self.form.show()
        self._folding.share()
        self.form.show_draft()
        self.header.new.hide()
        self.keys_changed.emit()

    def _hide_form(self) -> None:
        self.form.hide()
        self._folding.share()
        self.header.new.show()
        self.view.set_draft(None)
        self.view.setFocus()
        self.keys_changed.emit()

    def _show_draft(self, draft: "Ghost | None") -> None:
        """What is in the form is shown while the form is; an answer that comes later brings nothing back."""
        is_open = not self.form.isHidden() or self._folding.is_folded
        self.view.set_draft(draft if is_open else None)

    def _read_only(self, is_read_only: bool) -> None:
        self.view.is_read_only = is_read_only
        if is_read_only:
            self.view.put_back()

    def _print(self) -> None:
        """The booking that the cursor is on, or in the form while that has the focus."""
        in_form = self.form.keeps_focus()
        booking = self.form.booking if in_form else self.view.booking()
        if booking is not None:
            self.steps.print(booking)
        elif in_form:
            self.shell.notices.status(self.tr("Save the booking first"), "warning")

    # -- which days --------------------------------------------------------------------------------
    def show_day(self, day: date) -> None:
        """Show the day (or its week)."""
        first, last = self.shown.span
        if not first <= day <= last:
            self._show(replace(self.shown, day=day))
        else:
            self.shown = replace(self.shown, day=day)

    def step(self, by: int) -> None:
        """The next or the previous day or week."""
        self._show(self.shown.moved(by))
        self._follow()

    def go_today(self) -> None:
        """Back to today."""
        self._go(self.session.today())
        self.view.go_home()

    def ask_day(self) -> None:
        """Choose or type a day to go to."""
        if self._go_to is None:
            self._go_to = GoToDay(self)
            self._go_to.chosen.connect(self._go)
        button = self.header.go_to
        left = button.width() - self._go_to.width() if self.isRightToLeft() else 0
        corner = button.mapToGlobal(QPoint(left, button.height() + theme().px(4)))
        self._go_to.ask(corner, self.shown.day, self.session.today(), self.session.wording)

    def _go(self, day: date) -> None:
        self.view.keep_day(day)
        self._show(replace(self.shown, day=day))
        self._follow()

    def toggle_week(self) -> None:
        """Day or week."""
        self._set_week(not self.shown.is_week)

    def _set_week(self, is_week: bool) -> None:
        cursor, picture = self.view.cursor_at, self.view.picture
        day = self.shown.day
        if not is_week and cursor is not None and picture is not None and self.view.hasFocus():
            day = picture.columns[cursor.column].day
        self.view.keep_day(day)
        self._show(replace(self.shown, is_week=is_week, day=day))

    def _set_person(self, resource_id: int | None) -> None:
        self._show(replace(self.shown, resource_id=resource_id))

    def _follow(self) -> None:
        """A time that nobody chose follows to the day that is shown."""
        if not self.shown.is_week:
            self.form.follow(max(self.shown.day, self.session.today()))

    def _show(self, shown: Shown) -> None:
        is_other_mode = shown.is_week != self.shown.is_week
        self.shown = shown
        self._show_shown()  # first: words of the head take room
        if is_other_mode:
            self._fold()
        self.keys_changed.emit()
        self._load()

    def _show_shown(self) -> None:
        self.header.show_shown(self.shown, self.session.today(), is_narrow=self.shell.is_compact)

    # -- reading -----------------------------------------------------------------------------------
    def _load(self) -> None:
        self._show_shown()
        self.shell.loading.begin(self.tr("Loading bookings"))
        self._read()

    def _reload(self) -> None:
        """Read again without a word: something changed, or the clock moved on."""
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        width = self.view.viewport().width()
        self.presenter.load(self.shown, width, self._loaded, self._not_loaded)
        self.waiting.read()

    def _loaded(self, picture: "Picture") -> None:
        self.shell.loading.end()
        self.notice.hide()
        if picture.first != self.shown.span[0] or picture.is_week != self.shown.is_week:
            return
        self.view.show_picture(picture)
        self.header.show_count(picture, is_narrow=self.shell.is_compact)
        self.presenter.tickets(picture.bookings(), self._show_tickets)

    def _show_tickets(self, tickets: dict[str, str]) -> None:
        self.view.show_tickets(tickets)
        sheet = self.shell.sheet_content
        if isinstance(sheet, BookingSheet):
            sheet.show_ticket(tickets)

    def _not_loaded(self, error: Exception) -> None:
        self.shell.loading.end()
        again = Step(self.tr("Try again"), self._load)
        said = self.tr("The bookings could not be read. {sentence}").format(sentence=sentence_of(error))
        self.notice.show_message(Message(said, "danger", (again,)))

    def _show_booking(self, booking: Booking) -> None:
        self.shown = replace(self.shown, day=booking.wall_start.date())
        if not self.view.select(booking.number):
            self.view.keep_selected(booking.number)
        self._load()
        self.view.setFocus()
        self.steps.open_sheet(booking)

    def _not_found(self, error: Exception) -> None:
        self.shell.notices.status(sentence_of(error), "danger")

    def _saved(self, booking: Booking) -> None:
        self.view.keep_selected(booking.number)
        self.show_day(booking.wall_start.date())
        self._soon.start()

    def _changed(self, changes: "list[Change]") -> None:
        subjects = {change.subject for change in changes} & _SUBJECTS
        if not subjects:
            return
        if "catalogue" in subjects:
            self.view.wording = self.presenter.wording
            self.form.refresh_catalogue()
            self.header.show_people(self.session.catalogue.resources)
        self._soon.start()
        if self.isVisible() and "booking" in subjects:
            self.form.ask_again()
            self.also_steps.ask_again()
