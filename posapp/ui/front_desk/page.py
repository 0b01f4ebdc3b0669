"""The Desk: puts the three columns together and leads from one to the other; no rules live here."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from posapp.domain.base.errors import PosappError
from posapp.ui.actions import KeyWord
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.customers.tab_order import chain, stops_in
from posapp.ui.focus_filter import focused
from posapp.ui.front_desk.bookings_list import BookingsList
from posapp.ui.front_desk.customer_card import CustomerCardView
from posapp.ui.front_desk.edit_steps import EditSteps
from posapp.ui.front_desk.finder import Finder
from posapp.ui.front_desk.lists import Recent
from posapp.ui.front_desk.newcomer_steps import NewcomerSteps
from posapp.ui.front_desk.newcomers import NewcomerCard
from posapp.ui.front_desk.presenter import Answer, DeskPresenter, Opened
from posapp.ui.front_desk.recents import Recents
from posapp.ui.front_desk.ticket_steps import TicketSteps
from posapp.ui.front_desk.tickets_list import TicketsList
from posapp.ui.front_desk.today import TodayColumn
from posapp.ui.front_desk.today_steps import TodaySteps
from posapp.ui.front_desk.walk_in_steps import WalkInSteps
from posapp.ui.front_desk.walk_ins import WalkInsList
from posapp.ui.front_desk.welcome import Welcome
from posapp.ui.record.drafts import KeptForms
from posapp.ui.theme import theme
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.domain.customers.customers import Customer
    from posapp.ui.session import Session

WIDE_FROM, CARD_AT_MOST = 1700, 880


class DeskPage(Page):
    """Who is it, and what do they need. `show_page("desk", 7)` opens a customer, a text is searched for."""

    shows_customer = True
    shows_search = True

    def __init__(self, shell: Shell, session: "Session") -> None:
        super().__init__(shell)
        self.session = session
        self.presenter = DeskPresenter(session)
        self.customers = CustomerPresenter(session)
        self._recents = Recents(session)
        self._new_drafts = KeptForms(session, "customer-new")
        self.shown_id: int | None = None
        self._opening: int | None = None
        self._keeps_cursor = False
        self._is_prepared = False
        self._build()
        self.newcomer_steps = NewcomerSteps(self)
        self.ticket_steps = TicketSteps(self)
        self.walk_in_steps = WalkInSteps(self)
        self.today_steps = TodaySteps(self)
        self.edit_steps = EditSteps(self)
        self._bind()
        self._begin()

    def _build(self) -> None:
        px, wording = theme().px, self.presenter.wording
        self.finder = Finder(wording)
        self.welcome = Welcome(wording)
        self.card = CustomerCardView()
        self.middle = QStackedWidget()
        for part in (self.welcome, self.card):
            self.middle.addWidget(part)
        self.today = TodayColumn(wording)
        self.today.set_plain_keys(self.session.till.plain_keys)
        self.today.walk_ins.show_services(self.session.catalogue.services)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(16), px(16), px(16))
        row.setSpacing(px(16))
        row.addWidget(self.finder)
        row.addWidget(self.middle, 1)
        row.addWidget(self.today)
        self._fit_columns()
        self._feed_timer = QTimer(self, singleShot=True, interval=30)

    @cached_property
    def newcomer(self) -> NewcomerCard:
        """The form for a new customer: a third of the Desk's making, so not before it is asked for."""
        made = NewcomerCard(self.customers, self._new_drafts)
        self.middle.addWidget(made)
        self.newcomer_steps.hear(made)
        return made

    @property
    def is_form_open(self) -> bool:
        """Whether a new customer's form is in front."""
        return isinstance(self.middle.currentWidget(), NewcomerCard)

    @property
    def counter_id(self) -> int | None:
        """Whom keys mean that work everywhere: who stands at the counter, read into the card or not yet."""
        key = getattr(self.shell.counter, "id", None)
        return key if isinstance(key, int) else self.shown_id

    @property
    def has_new_draft(self) -> bool:
        """Whether a new customer was left half typed."""
        return self._new_drafts.latest is not None

    def _bind(self) -> None:
        self.finder.typed.connect(self._search)
        self.finder.chosen.connect(self.open_customer)
        self.finder.new_asked.connect(self.newcomer_steps.begin)
        card = self.card
        card.book_asked.connect(self.today_steps.book)
        card.history_asked.connect(self._show_history)
        card.copied.connect(
            lambda number: self.shell.notices.toast(self.tr("{number} copied").format(number=number))
        )
        self._feed_timer.timeout.connect(self._refresh)

    # -- what the window asks ----------------------------------------------------------------------------
    def title(self) -> str:
        """The word of the rail."""
        return self.tr("Desk")

    def subtitle(self) -> str:
        """The day, as soon as it can be written without waiting."""
        if not self._is_prepared:
            return ""
        return self.presenter.wording.day(self.presenter.today())

    def keys(self) -> list[KeyWord]:
        """The keys of the list with the focus, else what can be done for the customer."""
        focus = focused()
        sheet = self.shell.sheet_content
        if focus is not None and isinstance(sheet, CustomerSheet) and sheet.isAncestorOf(focus):
            return [KeyWord("Ctrl+Return", self.tr("Save")), KeyWord("Esc", self.tr("Close"))]
        if self.is_form_open and not self.finder.search.hasFocus():
            keys = [
                KeyWord("Return", self.tr("Next field")),
                KeyWord("Ctrl+Return", self.tr("Save customer")),
            ]
            return [*keys, KeyWord("Esc", self.tr("Close, keep the draft"))]
        keys = [KeyWord("F2", self.tr("Find customer")), KeyWord("Return", _enter_word(focus))]
        if isinstance(focus, WalkInsList):
            keys.append(KeyWord("Del", self.tr("Left the queue")))
        if self.shown_id is None:
            keys.append(KeyWord("Ctrl+N", self.tr("New customer")))
        else:
            keys += [KeyWord("Ctrl+T", self.tr("Ticket")), KeyWord("Ctrl+B", self.tr("Book"))]
            keys += [KeyWord("Ctrl+H", self.tr("History"))]
            keys += [KeyWord("Alt+E", self.tr("Edit")), KeyWord("Esc", self.tr("Next customer"))]
        keys += [KeyWord("Ctrl+.", self.tr("Today")), KeyWord("Alt+Q", self.tr("Walk-ins"))]
        return [*keys, KeyWord("Alt+R", self.tr("Recent"))]

    def _begin(self) -> None:
        """Bind keys and signals of the window, read what stands on the Desk, bring drafts back."""
        add, tr = self.shell.shortcuts.add, self.tr
        add("new_customer", tr("New customer"), "Ctrl+N", self.newcomer_steps.begin_from_anywhere)
        add("book", tr("New booking for the customer"), "Ctrl+B", self.today_steps.book)
        add("history", tr("History of the customer"), "Ctrl+H", self._show_history)
        add("edit", tr("Edit customer"), "Alt+E", self.edit_steps.edit, page="desk")
        add("person", tr("Another person on this phone"), "Alt+P", self.edit_steps.ask_person, page="desk")
        add("recents", tr("Recent at this till"), "Alt+R", self.finder.enter_recents, page="desk")
        add("today", tr("Bookings today"), "Ctrl+.", self.today_steps.show, page="desk")
        add("walk_ins", tr("Walk-ins"), "Alt+Q", self.today_steps.show_walk_ins, page="desk")
        self.shell.counter_changed.connect(self._counter_changed)
        self.shell.closing.connect(self._closing)
        self.session.feed.changed.connect(self._hear)
        self.presenter.prepare(self._prepared)
        self.today_steps.begin()
        self._read_recents()
        self.newcomer_steps.restore()
        self.edit_steps.restore()

    def _prepared(self) -> None:
        self._is_prepared = True
        self.title_changed.emit()

    def activated(self, payload: object = None) -> None:
        """A number opens that customer, a text is put into the search field."""
        if isinstance(payload, int):
            if payload != self.shown_id:
                self.finder.search.clear()  # what was typed before would name somebody else than the card
            self.open_customer(payload)
        elif isinstance(payload, str):
            self.finder.search.setText(payload)
            self._keeps_cursor = True

    def deactivated(self) -> None:
        """Nothing that is half typed is lost on another screen."""
        self.newcomer_steps.keep()

    def first_field(self) -> QWidget | None:
        """Always the search field."""
        return self.finder.search

    def restore_focus(self) -> None:
        """Into the search field, its text selected so that the next key replaces it."""
        super().restore_focus()
        if not self._keeps_cursor:
            self.finder.rest()
        self._keeps_cursor = False

    def escape(self) -> bool:
        """Form, then search text, then the customer."""
        if self.is_form_open:
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
        self.today.setVisible(not is_compact)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide windows give the side columns more, and the card no more than it can use."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        px, is_wide = theme().px, self.width() >= theme().px(WIDE_FROM)
        spare = (self.width() - px(CARD_AT_MOST + 64)) // 2
        self.finder.setFixedWidth(max(px(440), spare) if is_wide else px(344))
        self.today.setFixedWidth(max(px(440), spare) if is_wide else px(286))

    def arrange(self) -> None:
        """Let Tab go in reading order; called whenever buttons came or went."""
        finder, card = self.finder, self.card
        stops: list[QWidget] = [finder.search, *finder.notice.buttons(), finder.recents, finder.new]
        stops += stops_in(self.welcome)
        if self.is_form_open:
            stops += [*stops_in(self.newcomer.notice), *self.newcomer.form.stops()]
        stops += [*stops_in(card.notice), card.edit, card.person, *stops_in(card.facts)]
        stops += [card.hand_over, card.new_ticket, card.book, card.history]
        stops += [card.tickets, card.coming, card.events]
        chain([*stops, *self.today.stops()])

    # -- finding -----------------------------------------------------------------------------------------
    def _search(self, text: str) -> None:
        self.newcomer_steps.forget()
        if text.strip():
            self.presenter.search(text, self._answered, self._search_failed)
        else:
            self.presenter.forget_search()

    def _answered(self, answer: Answer) -> None:
        self.finder.show_answer(answer)
        self.newcomer_steps.answered()

    def _search_failed(self, error: Exception) -> None:
        self.finder.show_problem(
            self.sentence_of(error, self.tr("The search did not work. Type on to try again."))
        )

    # -- the customer at the counter ---------------------------------------------------------------------
    def open_customer(
        self, customer_id: int, booking: str = "", *, then: Callable[[Opened], object] | None = None
    ) -> None:
        """Bring a customer to the counter, their booking or ticket marked; `then` is called after that."""
        self._opening = customer_id
        self.shell.loading.begin(self.tr("Loading customer"))
        self.presenter.open(
            customer_id, partial(self._opened, booking, then), partial(self._open_failed, customer_id)
        )

    def _opened(self, booking: str, then: Callable[[Opened], object] | None, opened: Opened) -> None:
        self.shell.loading.end()
        customer = opened.card.customer
        self._opening, self.shown_id = None, customer.id
        self.card.notice.hide()
        self.close_own_sheet()
        self.newcomer_steps.keep(say=True)
        self._leave_form()
        self._show_card(opened)
        self.middle.setCurrentWidget(self.card)
        self.today.set_customer(customer.id, opened.words)
        self._recents.remember(customer, self.session.shop.store.clock.now())
        self._read_recents()
        self.shell.set_counter(customer)
        self.keys_changed.emit()
        if booking and not self.card.choose(booking):
            words = self.tr("{number} is over; the history has it").format(number=booking)
            self.shell.notices.status(words)
        if self.shell.is_in_front(self):
            self.restore_focus()
        if then is not None:
            then(opened)
            self.arrange()

    def _show_card(self, opened: Opened) -> None:
        self.card.show_opened(opened, self.presenter.wording, self.presenter.today())
        self.arrange()

    def _open_failed(self, customer_id: int, error: Exception) -> None:
        self.shell.loading.end()
        self._opening = None
        sentence = self.sentence_of(error, self.tr("The customer could not be read."))
        again = Step(self.tr("Try again"), lambda: self.open_customer(customer_id))
        current = self.card if self.middle.currentWidget() is self.card else self.welcome
        if isinstance(error, PosappError) and error.code == "customer_unknown":
            self.shell.notices.status(sentence, "danger")
        else:
            current.notice.show_message(Message(sentence, "danger", (again,)))

    def _counter_changed(self, customer: object) -> None:
        key = getattr(customer, "id", None)
        if customer is None:
            self.shown_id, self._opening = None, None
            self.today.set_customer(None)
            self.close_own_sheet()
            if self.middle.currentWidget() is self.card:
                self.middle.setCurrentWidget(self.welcome)
            self.keys_changed.emit()
        elif isinstance(key, int) and key not in (self.shown_id, self._opening):
            self.open_customer(key)

    def _show_history(self) -> None:
        customer_id = self.counter_id
        if customer_id is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
            return
        self.shell.close_sheet()
        self.shell.show_page("history", customer_id)

    def said_no(self, error: Exception) -> None:
        """A desk refused: say so in the key bar, long enough to read it."""
        sentence = self.sentence_of(error, self.tr("This was not saved. Try again."))
        self.shell.notices.status(sentence, "danger", seconds=6.0)

    def sentence_of(self, error: Exception, otherwise: str) -> str:
        """What to say about an error: its own sentence, or this one for what nobody foresaw."""
        return error.sentence if isinstance(error, PosappError) else otherwise

    def show_middle(self) -> None:
        """The customer, or what stands there for nobody."""
        self._leave_form()
        self.middle.setCurrentWidget(self.welcome if self.shown_id is None else self.card)
        self.keys_changed.emit()

    def _leave_form(self) -> None:
        """The form is about to be hidden: take the focus out first, or Qt gives it to any neighbour."""
        focus = focused()
        if focus is not None and self.is_form_open and self.newcomer.isAncestorOf(focus):
            self.finder.search.setFocus()

    def _closing(self) -> None:
        self.newcomer_steps.keep()
        self._new_drafts.freeze()
        self.edit_steps.close()

    def close_own_sheet(self) -> None:
        """Close a sheet of this page; those of other screens are not the Desk's to close."""
        if isinstance(self.shell.sheet_content, CustomerSheet | TodayColumn):
            self.shell.close_sheet()

    # -- today, recents, changes -------------------------------------------------------------------------
    def _read_recents(self) -> None:
        self.presenter.read_recent(self._recents.keys, self._recents_read, lambda _error: None)

    def _recents_read(self, customers: "Sequence[Customer]") -> None:
        wording, today = self.presenter.wording, self.presenter.today()
        rows = []
        for customer in customers:
            if not self._recents.has(customer):
                continue  # merged since; or the shop was restored, and the key is somebody else's
            at = self._recents.at(customer)
            here = wording.here(at) if at else None
            is_today = here is not None and here.date() == today
            day = wording.day_in_list(here.date()) if here else ""
            rows.append(Recent(customer, wording.time(here.time()) if here and is_today else day))
        self.finder.show_recents(rows)

    def _hear(self, changes: "Sequence[Change]") -> None:
        subjects = {change.subject for change in changes}
        if "catalogue" in subjects:
            self.finder.set_wording(self.presenter.wording)
            self.welcome.set_wording(self.presenter.wording)
            for column in self.today_steps.columns():
                column.set_wording(self.presenter.wording)
                column.walk_ins.show_services(self.session.catalogue.services)
            self.title_changed.emit()
        if subjects & {"customer", "booking", "business", "catalogue", "ticket", "job", "walk_in"}:
            self._feed_timer.start()

    @property
    def is_refreshing(self) -> bool:
        """Whether a change was heard of that is not read yet."""
        return self._feed_timer.isActive()

    def _refresh(self) -> None:
        self.today_steps.read()
        self._read_recents()
        if self.finder.search.text().strip():
            self.presenter.search(self.finder.search.text(), self._answered, self._search_failed)
        if self.shown_id is not None and self._opening is None:
            self.presenter.open(self.shown_id, self._refreshed, lambda _error: None)

    def _refreshed(self, opened: Opened) -> None:
        customer = opened.card.customer
        if customer.id != self.shown_id:
            return
        self._show_card(opened)
        sheet = self.edit_steps.sheet
        if sheet is not None and sheet.customer_id == customer.id:
            sheet.refresh(customer)
        if customer != self.shell.counter:
            self.shell.set_counter(customer)


def _enter_word(focus: QWidget | None) -> str:
    if isinstance(focus, BookingsList):
        return QCoreApplication.translate("DeskPage", "Arrived")
    if isinstance(focus, WalkInsList):
        return QCoreApplication.translate("DeskPage", "Call")
    row = focus.current_row() if isinstance(focus, TicketsList) else None
    return row.action if row is not None else QCoreApplication.translate("DeskPage", "Open")
