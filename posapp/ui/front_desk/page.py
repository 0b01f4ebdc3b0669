"""The front desk: puts the three columns together and leads from one to the other; no rules live here."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.customers.without_phone import KEY as SAME
from posapp.ui.focus_filter import focused
from posapp.ui.front_desk.bookings_list import BookingsList
from posapp.ui.front_desk.counter_steps import CounterSteps, Ways
from posapp.ui.front_desk.edit_steps import EditSteps
from posapp.ui.front_desk.finder import Finder
from posapp.ui.front_desk.kiosk_parts import KEY
from posapp.ui.front_desk.kiosk_steps import KioskSteps
from posapp.ui.front_desk.newcomer_steps import NewcomerSteps
from posapp.ui.front_desk.presenter import FrontDeskPresenter
from posapp.ui.front_desk.recent_steps import RecentSteps
from posapp.ui.front_desk.tickets_list import TicketsList
from posapp.ui.front_desk.today import TodayColumn, words_of
from posapp.ui.front_desk.today_steps import TodaySteps
from posapp.ui.front_desk.walk_ins import WalkInsList
from posapp.ui.layout import sides, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.theme import theme
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.services.counter.counter import AtCounter, Day
    from posapp.services.counter.search import Answer
    from posapp.ui.session import Session

_SHOWN_HERE = {
    "booking", "business", "catalogue", "customer", "job", "kiosk_arrival", "order", "payment", "ticket",
    "walk_in",
}  # fmt: skip
"""Kinds of records of which something is shown here."""
WIDE_FROM, CARD_AT_MOST = 1700, 880


class FrontDeskPage(Page):
    """Who is it, and what do they need. `show_page("desk", 7)` opens a customer, a text is searched for."""

    shows_customer = True
    shows_search = True

    def __init__(self, shell: Shell, session: "Session") -> None:
        super().__init__(shell)
        self.session = session
        self.presenter = FrontDeskPresenter(session)
        customers = CustomerPresenter(session)
        self._keeps_cursor = False
        self._is_prepared = False
        self.counter = CounterSteps(shell, self.presenter, self)
        self.ways = Ways(shell, self.counter, self)
        self.finder = Finder(self.presenter.wording)
        self.recents = RecentSteps(session, self.presenter, self.finder)
        self.newcomer_steps = NewcomerSteps(shell, customers, self.counter, self.ways, self.finder, self)
        self.today_steps = TodaySteps(shell, self.presenter, self.counter, self.ways, self)
        self.edit_steps = EditSteps(shell, customers, self.counter, self)
        self.kiosk = KioskSteps(shell, self.presenter, self.counter, self.today_steps, self.ways, self)
        self.middle, self.today = self.newcomer_steps.middle, self.today_steps.column
        self.card, self.welcome = self.middle.card, self.middle.welcome
        self._feed_timer = QTimer(self, singleShot=True, interval=30)
        self._lay_out()
        self._bind()
        self._bind_card()
        shell.shortcuts.bind(self.everywhere())
        self._has_begun = False

    def _lay_out(self) -> None:
        sides(self.finder, wide(self.middle), self.today, gap=16, pad=16, host=self)
        self._fit_columns()

    def _bind(self) -> None:
        finder, middle, counter, edit = self.finder, self.middle, self.counter, self.edit_steps
        finder.typed.connect(self._search)
        finder.highlighted.connect(self._look_at)
        finder.chosen.connect(counter.open)
        finder.paper_chosen.connect(self._show_paper)
        finder.new_asked.connect(self.newcomer_steps.begin)
        middle.turned.connect(self.arrange)
        middle.turned.connect(self.keys_changed)
        middle.focus_asked.connect(finder.search.setFocus)
        counter.came.connect(self._came)
        counter.refreshed.connect(self._refreshed)
        counter.left.connect(self._gone)
        counter.glanced.connect(self._glanced)
        counter.not_read.connect(middle.complain)
        edit.offered.connect(middle.say)
        edit.search_asked.connect(finder.search.setFocus)
        edit.left.connect(self._sheet_left)
        self.today_steps.was_read.connect(self._show_today)
        self._feed_timer.timeout.connect(self._refresh)
        self.session.feed.changed.connect(self._hear)
        self.shell.closing.connect(self.newcomer_steps.close)
        self.shell.closing.connect(self.edit_steps.close)

    def _show_paper(self, number: str) -> None:
        """A shift has a page of its own; of a sale or payment its paper is shown."""
        self.shell.show_page("shift" if number.startswith("Z") else "preview", number)

    def _bind_card(self) -> None:
        card = self.card
        card.arrived.connect(self.today_steps.mark_arrived)
        card.edit.clicked.connect(self._for_shown(self.edit_steps.edit))
        card.person.clicked.connect(self._for_shown(self.edit_steps.ask_person))
        card.badge.copied.connect(self._copied)
        self.welcome.calendar_asked.connect(self.today_steps.show_all)

    def _begin(self) -> None:
        """Read what stands here, bring drafts back."""
        self.presenter.prepare(self._prepared)
        self.today_steps.begin()
        self.recents.read()
        self.newcomer_steps.restore()
        self.edit_steps.restore()

    def _prepared(self, _answer: object) -> None:
        self._is_prepared = True
        self.title_changed.emit()
        self.presenter.prepare_forms()

    # -- what the window asks ----------------------------------------------------------------------------
    def title(self) -> str:
        """The word of the rail."""
        return self.tr("Desk")

    def subtitle(self) -> str:
        """The day, as soon as it can be written without waiting."""
        if not self._is_prepared:
            return ""
        return self.presenter.wording.day(self.session.today())

    def everywhere(self) -> tuple[Action, Action, Action]:
        """What this screen does from any other."""
        tr, ways = self.tr, self.ways
        return (
            Action("new_customer", tr("New customer"), "Ctrl+N", self._begin_newcomer),
            Action("book", tr("New booking for the customer"), "Ctrl+B", ways.book, word=tr("Book")),
            Action("history", tr("History of the customer"), "Ctrl+H", ways.show_history, word=tr("History")),
        )

    def own_actions(self) -> tuple[Action, ...]:
        """What is done to the customer, and the ways to what stands here."""
        tr, edit, today, finder = self.tr, self.edit_steps, self.today_steps, self.finder
        shown = self._for_shown
        return (
            Action("edit", tr("Edit customer"), "Alt+E", shown(edit.edit), word=tr("Edit")),
            Action("person", tr("Another person on this phone"), "Alt+P", shown(edit.ask_person)),
            Action("recents", tr("Recent at this till"), "Alt+R", finder.enter_recents, word=tr("Recent")),
            Action("today", tr("Bookings today"), "Ctrl+.", today.show, word=tr("Today")),
            Action("walk_ins", tr("Walk-ins"), "Alt+Q", today.show_walk_ins),
            Action("nod", tr("Let in from the kiosk"), KEY, self.kiosk.nod),
            Action("code", tr("Give a code for the kiosk"), "Alt+U", shown(self.kiosk.give_code)),
            Action("ring_up", tr("Ring up the order from the kiosk"), "Alt+M", shown(self.kiosk.ring_up)),
            Action("person_data", tr("Data of this person"), "Ctrl+E", shown(edit.save_data)),
            Action("take_in", tr("New ticket"), "Ctrl+T", self.ways.take_in, in_bar=False),
            Action("same_person", tr("It is the customer without a number"), SAME, self._same_person),
        )

    def _for_shown(self, run: Callable[[], object]) -> Callable[[], None]:
        """Done for whoever stands on the card: one who is only looked at comes to the counter by that."""

        def taken() -> None:
            self.counter.take()
            run()

        return taken

    def _same_person(self) -> None:
        if self.middle.is_form_open:
            self.middle.newcomer.form.same.take()

    def keys(self) -> list[KeyWord]:
        """The keys of the list with the focus, else what can be done for the customer."""
        focus, tr = focused(), self.tr
        sheet = self.edit_steps.sheet
        if focus is not None and sheet is not None and sheet.isAncestorOf(focus):
            return bar([hint("Ctrl+Return", tr("Save")), hint("Esc", tr("Close"))])
        if self.middle.is_form_open and not self.finder.search.hasFocus():
            save, leave = hint("Ctrl+Return", tr("Save customer")), hint("Esc", tr("Close, keep the draft"))
            return bar([hint("Return", tr("Next field")), save, leave])
        new, book, history = self.everywhere()
        edit, _, recents, today, walk_ins, *_kiosk = self.own_actions()
        shown = [hint("F2", tr("Find customer")), hint("Return", _enter_word(focus))]
        if isinstance(focus, WalkInsList):
            shown.append(hint("Del", tr("Left the queue")))
        if self.middle.currentWidget() is self.card:
            escape = tr("Next customer") if self.counter.shown is not None else tr("Clear")
            shown += [hint("Ctrl+T", tr("Ticket")), book, history, edit, hint("Esc", escape)]
        else:
            shown.append(new)
        return bar([*shown, today, walk_ins, recents])

    def activated(self, payload: object = None) -> None:
        """A number opens that customer, a text is put into the search field."""
        if not self._has_begun:  # not while it is made: lanes would take half of the window's time
            self._has_begun = True
            self._begin()
        if isinstance(payload, int):
            if payload != self.counter.shown_id:
                self.finder.search.clear()  # what was typed before would name somebody else than the card
            self.counter.open(payload)
        elif isinstance(payload, str):
            self.finder.search.setText(payload)
            self._keeps_cursor = True

    def deactivated(self) -> None:
        """Nothing that is half typed is lost on another screen; nobody is looked at any more."""
        self.counter.glance(0)
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
        if self.middle.is_form_open:
            self.middle.newcomer.leave()
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
        if self.middle.is_form_open:
            newcomer = self.middle.newcomer
            stops += [*stops_in(newcomer.notice), *newcomer.form.stops()]
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

    def _answered(self, answer: "Answer") -> None:
        self.finder.show_answer(answer)
        self.newcomer_steps.answered()

    def _search_failed(self, error: Exception) -> None:
        words = self.tr("The search did not work. Type on to try again.")
        self.finder.show_problem(sentence_of(error, words))

    def _begin_newcomer(self) -> None:
        """Ctrl+N on any screen."""
        if not self.shell.is_in_front(self):
            self.shell.show_page("desk")
        self.newcomer_steps.begin()

    def _look_at(self, customer_id: int) -> None:
        self.counter.glance(0 if self.middle.is_form_open else customer_id)

    def _glanced(self, shown: "AtCounter | None") -> None:
        """Somebody who is not at the counter is shown, or nobody any more."""
        if self.middle.is_form_open:
            return
        at_counter = self.counter.shown
        if shown is not None:
            self.card.show_customer(shown, self.presenter.wording, is_glance=True)
        elif at_counter is not None:
            self.card.show_customer(at_counter, self.presenter.wording)
        self.middle.show_counter(has_customer=shown is not None or at_counter is not None)

    # -- the customer at the counter ---------------------------------------------------------------------
    def _came(self, shown: "AtCounter", booking: str) -> None:
        customer = shown.card.customer
        self.card.notice.hide()
        self._close_own_sheet()
        self.newcomer_steps.keep(say=True)
        self._show_card(shown)
        self.middle.show_counter(has_customer=True)
        self.today.set_customer(customer.id, words_of(customer))
        self.recents.remember(customer)
        self.shell.set_counter(customer)
        if booking and not self.card.choose(booking):
            words = self.tr("{number} is over; the history has it").format(number=booking)
            self.shell.notices.status(words)
        if self.shell.is_in_front(self):
            self.restore_focus()

    def _show_card(self, shown: "AtCounter") -> None:
        self.card.show_customer(shown, self.presenter.wording)
        self.arrange()

    def _refreshed(self, shown: "AtCounter") -> None:
        customer = shown.card.customer
        self._show_card(shown)
        self.edit_steps.refresh(customer)
        if customer != self.shell.counter:
            self.shell.set_counter(customer)

    def _gone(self) -> None:
        self.today.set_customer(None)
        self._close_own_sheet()
        self.middle.let_go()
        self.keys_changed.emit()

    def _copied(self, number: str) -> None:
        self.shell.notices.toast(self.tr("{number} copied").format(number=number))

    def _sheet_left(self) -> None:
        if self.shell.is_in_front(self) and self.shell.sheet_content is None:
            self.restore_focus()

    def _close_own_sheet(self) -> None:
        """Those of other screens are not this one's to close."""
        if isinstance(self.shell.sheet_content, CustomerSheet | TodayColumn):
            self.shell.close_sheet()

    # -- today, recents, changes -------------------------------------------------------------------------
    def _show_today(self, today: "Day") -> None:
        self.welcome.show_today(today)
        self.arrange()

    def _hear(self, changes: "Sequence[Change]") -> None:
        subjects = {change.subject for change in changes}
        if "catalogue" in subjects:
            self.finder.set_wording(self.presenter.wording)
            self.welcome.set_wording(self.presenter.wording)
            self.today_steps.catalogue_changed()
            self.title_changed.emit()
        if subjects & _SHOWN_HERE:
            self._feed_timer.start()

    @property
    def is_refreshing(self) -> bool:
        """Whether a change was heard of that is not read yet."""
        return self._feed_timer.isActive() or self.counter.is_glancing

    def _refresh(self) -> None:
        self.today_steps.read()
        self.recents.read()
        if self.finder.search.text().strip():
            self.presenter.search(self.finder.search.text(), self._answered, self._search_failed)
        self.counter.refresh()


def _enter_word(focus: QWidget | None) -> str:
    if isinstance(focus, BookingsList):
        return QCoreApplication.translate("FrontDeskPage", "Arrived")
    if isinstance(focus, WalkInsList):
        return QCoreApplication.translate("FrontDeskPage", "Call")
    row = focus.current_row() if isinstance(focus, TicketsList) else None
    return row.action if row is not None else QCoreApplication.translate("FrontDeskPage", "Open")
