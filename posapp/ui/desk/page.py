"""The Desk: puts the three columns together and leads from one to the other; no rules live here."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from posapp.domain.errors import PosappError
from posapp.ui.customers.form_drafts import FormDrafts
from posapp.ui.customers.identity import Situation
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.desk.customer_card import CustomerCardView
from posapp.ui.desk.finder import Finder
from posapp.ui.desk.lists import Recent
from posapp.ui.desk.newcomers import NewcomerCard, seed_of
from posapp.ui.desk.presenter import Answer, DeskPresenter, Opened, Today
from posapp.ui.desk.recents import Recents
from posapp.ui.desk.today import TodayColumn
from posapp.ui.desk.welcome import Welcome
from posapp.ui.focus_filter import focused
from posapp.ui.navigation import KeyWord, Page
from posapp.ui.notices import Message, Step
from posapp.ui.theme import theme

if TYPE_CHECKING:
    from posapp.domain.bookings import Booking, BookingStatus
    from posapp.domain.customers import Customer, CustomerCard
    from posapp.domain.journal import Change
    from posapp.domain.phone import PhoneNumber
    from posapp.services.agenda import FreeTime
    from posapp.ui.session import Session

WIDE_FROM = 1700
MINUTE_MS = 60_000


class DeskPage(Page):
    """Who is it, and what do they need. `show_page("desk", 7)` opens a customer, a text is searched for."""

    shows_customer = True
    shows_search = True

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._presenter = DeskPresenter(session)
        self._customers = CustomerPresenter(session)
        self._recents = Recents(session)
        self._edit_drafts = FormDrafts(session, "customer-edit")
        self._new_drafts = FormDrafts(session, "customer-new")
        self._shown_id: int | None = None
        self._opening: int | None = None
        self._wants_new = False
        self._keeps_cursor = False
        self._today: Today | None = None
        self._is_compact = False
        self._build()
        self._bind()

    def _build(self) -> None:
        px, wording = theme().px, self._presenter.wording
        self.finder = Finder(wording)
        self.welcome = Welcome()
        self.card = CustomerCardView()
        self.newcomer = NewcomerCard(self._customers, self._new_drafts)
        self.middle = QStackedWidget()
        for part in (self.welcome, self.card, self.newcomer):
            self.middle.addWidget(part)
        self.today = TodayColumn(wording)
        self.today.set_plain_keys(self._session.till.plain_keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(16), px(16), px(16))
        row.setSpacing(px(16))
        row.addWidget(self.finder)
        row.addWidget(self.middle, 1)
        row.addWidget(self.today)
        self._fit_columns()
        finder, card, today = self.finder, self.card, self.today
        stops: list[QWidget] = [finder.search, finder.recents, finder.new, card.edit, card.facts]
        stops += [card.book, card.history, card.person, card.coming, card.events]
        for first, second in pairwise([*stops, today.bookings, today.free]):
            QWidget.setTabOrder(first, second)
        self._feed_timer = QTimer(self, singleShot=True, interval=30)
        self._minute = QTimer(self, interval=MINUTE_MS)

    def _bind(self) -> None:
        self.finder.typed.connect(self._search)
        self.finder.chosen.connect(self.open_customer)
        self.finder.new_asked.connect(self.new_customer)
        self.finder.taken_back.connect(self._take_back)
        card = self.card
        card.book_asked.connect(self._book)
        card.history_asked.connect(self._show_history)
        card.edit_asked.connect(self.edit_customer)
        card.person_asked.connect(partial(self.edit_customer, for_person=True))
        card.arrived.connect(self.mark_arrived)
        card.booking_opened.connect(lambda booking: self.shell.show_page("calendar", booking.number))
        card.copied.connect(
            lambda number: self.shell.notices.toast(self.tr("{number} copied").format(number=number))
        )
        self.newcomer.known.connect(self._open_and_say)
        self.newcomer.made.connect(self._made)
        self.newcomer.left.connect(self._left_form)
        self.welcome.calendar_asked.connect(lambda: self.shell.show_page("calendar"))
        self._bind_today(self.today)
        self._feed_timer.timeout.connect(self._refresh)
        self._minute.timeout.connect(self._read_today)

    def _bind_today(self, column: TodayColumn) -> None:
        column.arrived.connect(self.mark_arrived)
        column.customer_asked.connect(self.open_customer)
        column.time_asked.connect(self._book_at)

    # -- what the window asks ----------------------------------------------------------------------------
    def title(self) -> str:
        """The word of the rail."""
        return self.tr("Desk")

    def subtitle(self) -> str:
        """The day."""
        return self._presenter.wording.day(self._presenter.today())

    def keys(self) -> list[KeyWord]:
        """The keys of the list with the focus, else what can be done for the customer."""
        focus = focused()
        sheet = self.shell.sheet_content
        if focus is not None and isinstance(sheet, CustomerSheet) and sheet.isAncestorOf(focus):
            return [KeyWord("Ctrl+Return", self.tr("Save")), KeyWord("Esc", self.tr("Close"))]
        if self.middle.currentWidget() is self.newcomer and not self.finder.search.hasFocus():
            keys = [
                KeyWord("Return", self.tr("Next field")),
                KeyWord("Ctrl+Return", self.tr("Save customer")),
            ]
            return [*keys, KeyWord("Esc", self.tr("Close, keep the draft"))]
        enter = KeyWord("Return", self.tr("Open"))
        if focus in (self.today.bookings, self.card.coming):
            enter = KeyWord("Return", self.tr("Arrived"))
        keys = [KeyWord("F2", self.tr("Find customer")), enter]
        if self._shown_id is None:
            keys.append(KeyWord("Ctrl+N", self.tr("New customer")))
        else:
            keys += [KeyWord("Ctrl+B", self.tr("Book")), KeyWord("Ctrl+H", self.tr("History"))]
            keys += [KeyWord("Alt+E", self.tr("Edit")), KeyWord("Esc", self.tr("Next customer"))]
        return [*keys, KeyWord("Alt+R", self.tr("Recent")), KeyWord("Ctrl+.", self.tr("Today"))]

    def entered(self) -> None:
        """Bind keys and signals of the window, read what stands on the Desk, bring drafts back."""
        add, tr = self.shell.shortcuts.add, self.tr
        add("new_customer", tr("New customer"), "Ctrl+N", self._new_from_anywhere)
        add("book", tr("New booking for the customer"), "Ctrl+B", self._book)
        add("history", tr("History of the customer"), "Ctrl+H", self._show_history)
        add("edit", tr("Edit customer"), "Alt+E", self.edit_customer, page="desk")
        person = partial(self.edit_customer, for_person=True)
        add("person", tr("Another person on this phone"), "Alt+P", person, page="desk")
        add("recents", tr("Recent at this till"), "Alt+R", self.finder.enter_recents, page="desk")
        add("today", tr("Bookings today"), "Ctrl+.", self.show_today, page="desk")
        self.shell.counter_changed.connect(self._counter_changed)
        self.shell.closing.connect(self._keep_form)
        self._session.feed.changed.connect(self._hear)
        self._warm_up()
        self._read_today()
        self._read_recents()
        self._minute.start()
        self._restore_drafts()

    def activated(self, payload: object = None) -> None:
        """A number opens that customer, a text is put into the search field."""
        if isinstance(payload, int):
            self.open_customer(payload)
        elif isinstance(payload, str):
            self.finder.search.setText(payload)
            self._keeps_cursor = True

    def deactivated(self) -> None:
        """Nothing that is half typed is lost on another screen."""
        self._keep_form()

    def first_field(self) -> QWidget | None:
        """Always the search field."""
        return self.finder.search

    def restore_focus(self) -> None:
        """Into the search field, its text selected so that the next key replaces it."""
        super().restore_focus()
        if not self._keeps_cursor:
            self.finder.search.selectAll()
        self._keeps_cursor = False

    def escape(self) -> bool:
        """Form, then search text, then the customer."""
        if self.middle.currentWidget() is self.newcomer:
            self.newcomer.leave()
        elif self.finder.search.text():
            self.finder.search.empty()
        elif self.shell.counter is not None:
            self.shell.set_counter(None)
            self.finder.search.setFocus()
        else:
            return False
        return True

    def compact_changed(self, is_compact: bool) -> None:
        """A narrow window shows the right column as a sheet (Ctrl+.)."""
        self._is_compact = is_compact
        self.today.setVisible(not is_compact)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide windows give the side columns more, and the card no more than it can use."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        px, is_wide = theme().px, self.width() >= theme().px(WIDE_FROM)
        self.finder.setFixedWidth(px(440 if is_wide else 344))
        self.today.setFixedWidth(px(440 if is_wide else 286))

    # -- finding -----------------------------------------------------------------------------------------
    def _search(self, text: str) -> None:
        self._wants_new = False
        if text.strip():
            self._presenter.search(text, self._answered, self._search_failed)
        else:
            self._presenter.forget_search()

    def _answered(self, answer: Answer) -> None:
        self.finder.show_answer(answer)
        if self._wants_new and self.finder.answer is not None:
            self.new_customer(None)

    def _search_failed(self, error: Exception) -> None:
        self.finder.show_problem(_sentence(error, self.tr("The search did not work. Type on to try again.")))

    # -- the customer at the counter ---------------------------------------------------------------------
    def open_customer(self, customer_id: int, booking: str = "") -> None:
        """Bring a customer to the counter; a booking is marked in the list."""
        self._opening = customer_id
        self.shell.loading.begin(self.tr("Loading customer"))
        self._presenter.open(
            customer_id, partial(self._opened, booking=booking), partial(self._open_failed, customer_id)
        )

    def _opened(self, opened: Opened, booking: str = "") -> None:
        self.shell.loading.end()
        customer = opened.card.customer
        self._opening, self._shown_id = None, customer.id
        self.card.notice.hide()
        self.shell.close_sheet()
        self._keep_form(say=True)
        self._show_card(opened)
        self.middle.setCurrentWidget(self.card)
        self.today.set_customer(customer.id)
        self._recents.remember(customer.id, self._session.shop.store.clock.now())
        self._read_recents()
        self.shell.set_counter(customer)
        self.keys_changed.emit()
        if booking and self.card.coming.choose(booking):
            self.card.coming.scrollTo(self.card.coming.currentIndex())
        if not self.finder.search.hasFocus() and self.shell.current_page is self:
            self.finder.search.setFocus()
        self.finder.search.selectAll()

    def _show_card(self, opened: Opened) -> None:
        self.card.show_opened(opened, self._presenter.wording, self._presenter.today())

    def _open_failed(self, customer_id: int, error: Exception) -> None:
        self.shell.loading.end()
        self._opening = None
        sentence = _sentence(error, self.tr("The customer could not be read."))
        again = Step(self.tr("Try again"), lambda: self.open_customer(customer_id))
        current = self.card if self.middle.currentWidget() is self.card else self.welcome
        if isinstance(error, PosappError) and error.code == "customer_unknown":
            self.shell.notices.status(sentence, "danger")
        else:
            current.notice.show_message(Message(sentence, "danger", (again,)))

    def _open_and_say(self, customer_id: int, said: str) -> None:
        self.newcomer.form.begin(None)
        self._show_middle()
        self.open_customer(customer_id)
        if said:
            self.shell.notices.toast(said)

    def _counter_changed(self, customer: object) -> None:
        key = getattr(customer, "id", None)
        if customer is None:
            self._shown_id, self._opening = None, None
            self.today.set_customer(None)
            self.shell.close_sheet()
            if self.middle.currentWidget() is self.card:
                self.middle.setCurrentWidget(self.welcome)
            self.keys_changed.emit()
        elif isinstance(key, int) and key not in (self._shown_id, self._opening):
            self.open_customer(key)

    def _book(self) -> None:
        self.shell.close_sheet()
        self.shell.show_page("calendar", self._shown_id)

    def _book_at(self, free: "FreeTime") -> None:
        self.shell.close_sheet()
        self.shell.show_page("calendar", free)

    def _show_history(self) -> None:
        if self._shown_id is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
            return
        self.shell.close_sheet()
        self.shell.show_page("history", self._shown_id)

    def mark_arrived(self, booking: "Booking") -> None:
        """The customer of a booking is here: mark it and bring them to the counter."""
        from posapp.domain.bookings import BookingStatus

        before = booking.status
        words = self.tr("{number} arrived").format(number=booking.number)

        def done(arrived: "Booking") -> None:
            undo = partial(self._set_back, arrived.number, before)
            self.shell.notices.toast(words, undo=undo)
            self.open_customer(arrived.customer_id, arrived.number)

        self._presenter.set_status(booking.number, BookingStatus.ARRIVED, done, self._said_no)

    def _set_back(self, number: str, status: "BookingStatus") -> None:
        words = self.tr("{number} is as before").format(number=number)
        self._presenter.set_status(
            number, status, lambda _booking: self.shell.notices.status(words, "success"), self._said_no
        )

    def _said_no(self, error: Exception) -> None:
        sentence = _sentence(error, self.tr("This was not saved. Try again."))
        self.shell.notices.status(sentence, "danger", seconds=6.0)

    # -- new customers -----------------------------------------------------------------------------------
    def _new_from_anywhere(self) -> None:
        if self.shell.current_page is not self:
            self.shell.show_page("desk")
        self.new_customer(None)

    def new_customer(self, number: "PhoneNumber | None") -> None:
        """Start the form: for this number, or for what stands in the search field."""
        self.shell.close_sheet()
        text, answer = self.finder.search.text(), self.finder.answer
        if number is not None:
            self._begin(partial(self.newcomer.begin, number))
        elif not text.strip():
            self._begin(self._begin_latest_or_empty)
        elif answer is None:
            self._wants_new = True
        elif answer.identity.situation is Situation.KNOWN and answer.identity.card is not None:
            customer = answer.identity.card.customer
            said = self.tr("{pl} already has this number").format(pl=customer.pl_id)
            self._wants_new = False
            self._open_and_say(customer.id, said)
        else:
            self._begin(partial(self.newcomer.begin, **seed_of(text, answer.identity)))

    def _begin(self, begin: Callable[[], object]) -> None:
        self._wants_new = False
        self._keep_form()
        begin()
        self.middle.setCurrentWidget(self.newcomer)
        self.newcomer.form.first_field().setFocus()
        self.keys_changed.emit()

    def _begin_latest_or_empty(self) -> None:
        if not self.newcomer.begin_latest():
            self.newcomer.begin(None)

    def _made(self, customer: "Customer", message: Message | None) -> None:
        self._show_middle()
        self.finder.search.clear()
        self._opening = customer.id
        self._presenter.open(
            customer.id, partial(self._made_opened, message), partial(self._open_failed, customer.id)
        )
        if message is None:
            self.shell.notices.toast(self.tr("{pl} created").format(pl=customer.pl_id))

    def _made_opened(self, message: Message | None, opened: Opened) -> None:
        self._opened(opened)
        if message is not None:
            self.card.notice.show_message(message)

    def _take_back(self, customer_id: int, number: "PhoneNumber") -> None:
        def done(customer: "Customer") -> None:
            self.finder.search.clear()
            self._open_and_say(customer.id, self.tr("The number is {pl}’s again").format(pl=customer.pl_id))

        self._customers.change("take_back", done, self._said_no, customer_id, number)

    def _left_form(self, is_kept: bool) -> None:
        if is_kept:
            self.shell.notices.toast(self.tr("Draft kept"))
        self._show_middle()
        self.finder.search.setFocus()

    def _show_middle(self) -> None:
        self.middle.setCurrentWidget(self.welcome if self._shown_id is None else self.card)
        self.keys_changed.emit()

    def _keep_form(self, *, say: bool = False) -> None:
        if self.middle.currentWidget() is self.newcomer and self.newcomer.keep_draft() and say:
            self.shell.notices.toast(self.tr("Draft kept"))

    def _restore_drafts(self) -> None:
        if self.newcomer.begin_latest():
            self.middle.setCurrentWidget(self.newcomer)
        key = self._edit_drafts.latest
        if key is not None and key.isdecimal():
            self._customers.card(int(key), self._offer_edit, lambda _error: None)

    def _offer_edit(self, card: "CustomerCard") -> None:
        customer = card.customer
        words = self.tr("Changes of {pl} {name} were not saved yet.")
        steps = (
            Step(self.tr("Go on"), lambda: self._go_on_editing(customer)),
            Step(self.tr("Discard"), lambda: self._discard_edit(customer.id)),
        )
        name = customer.shown_name(self._presenter.wording.region)
        self.welcome.notice.show_message(Message(words.format(pl=customer.pl_id, name=name), "info", steps))

    def _go_on_editing(self, customer: "Customer") -> None:
        self.welcome.notice.hide()
        self._opening = customer.id

        def opened(found: Opened) -> None:
            self._opened(found)
            self.edit_customer()

        self._presenter.open(customer.id, opened, partial(self._open_failed, customer.id))

    def _discard_edit(self, customer_id: int) -> None:
        self._edit_drafts.drop(str(customer_id))
        self.welcome.notice.hide()

    # -- sheets ------------------------------------------------------------------------------------------
    def edit_customer(self, *, for_person: bool = False) -> None:
        """Open the customer in the side sheet, at the form of another person if that is wanted."""
        opened = self.card.opened
        if opened is None or self._shown_id is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
            return
        customer = opened.card.customer
        sheet = CustomerSheet(
            self._customers, self._edit_drafts, self.shell.notices, customer, self.open_customer
        )
        sheet.closed.connect(self.shell.close_sheet)
        self.shell.open_sheet(self.tr("Edit {pl}").format(pl=customer.pl_id), sheet)
        if for_person:
            sheet.ask_person()

    def show_today(self) -> None:
        """Go to the bookings of today: the column, or its sheet in a narrow window."""
        if not self._is_compact:
            self.today.bookings.setFocus()
            return
        if isinstance(self.shell.sheet_content, TodayColumn):
            self.shell.close_sheet()
            return
        column = TodayColumn(self._presenter.wording)
        px = theme().px
        layout = column.layout()
        if layout is not None:
            layout.setContentsMargins(px(16), px(4), px(16), px(16))
        column.set_plain_keys(self._session.till.plain_keys)
        column.set_customer(self._shown_id)
        self._bind_today(column)
        if self._today is not None:
            column.show_today(self._today)
        self.shell.open_sheet(self.tr("Today"), column)

    # -- today, recents, changes -------------------------------------------------------------------------
    def _read_today(self) -> None:
        self._presenter.read_today(self._today_read, self._today_failed)

    def _today_read(self, today: Today) -> None:
        self._today = today
        self.welcome.show_today(today)
        for column in self._columns():
            column.show_today(today)

    def _today_failed(self, error: Exception) -> None:
        sentence = _sentence(error, self.tr("The bookings could not be read."))
        for column in self._columns():
            column.show_problem(sentence)

    def _columns(self) -> list[TodayColumn]:
        sheet = self.shell.sheet_content
        return [self.today, sheet] if isinstance(sheet, TodayColumn) else [self.today]

    def _read_recents(self) -> None:
        self._presenter.read_recent(self._recents.keys, self._recents_read, lambda _error: None)

    def _recents_read(self, customers: "Sequence[Customer]") -> None:
        wording, today = self._presenter.wording, self._presenter.today()
        rows = []
        for customer in customers:
            at = self._recents.at(customer.id)
            here = wording.here(at) if at else None
            is_today = here is not None and here.date() == today
            day = wording.day_in_list(here.date()) if here else ""
            rows.append(Recent(customer, wording.time(here.time()) if here and is_today else day))
        self.finder.show_recents(rows)

    def _hear(self, changes: "Sequence[Change]") -> None:
        subjects = {change.subject for change in changes}
        if "catalogue" in subjects:
            self.finder.set_wording(self._presenter.wording)
            for column in self._columns():
                column.set_wording(self._presenter.wording)
            self.title_changed.emit()
        if subjects & {"customer", "booking", "business", "catalogue"}:
            self._feed_timer.start()

    def _refresh(self) -> None:
        self._read_today()
        self._read_recents()
        if self.finder.search.text().strip():
            self._presenter.search(self.finder.search.text(), self._answered, self._search_failed)
        if self._shown_id is not None and self._opening is None:
            self._presenter.open(self._shown_id, self._refreshed, lambda _error: None)

    def _refreshed(self, opened: Opened) -> None:
        customer = opened.card.customer
        if customer.id != self._shown_id:
            return
        self._show_card(opened)
        sheet = self.shell.sheet_content
        if isinstance(sheet, CustomerSheet) and sheet.customer_id == customer.id:
            sheet.refresh(customer)
        self.shell.set_counter(customer)

    def _warm_up(self) -> None:
        """Load what the first key and the first e-mail need while nobody waits for it."""
        from posapp.ui.desk.presenter import warm_up

        region = self._session.region
        self._session.lanes.search.run(
            lambda: warm_up(region), done=lambda _none: None, failed=lambda _error: None
        )


def _sentence(error: Exception, otherwise: str) -> str:
    return error.sentence if isinstance(error, PosappError) else otherwise
