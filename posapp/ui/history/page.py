"""The history of one customer: header with the facts, timeline on the left, the chosen entry on the right."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from posapp.ui.actions import Action, hint
from posapp.ui.fields.edits import Combo
from posapp.ui.focus_filter import focused
from posapp.ui.history.detail import MONEY, PRINTED, DetailPanel
from posapp.ui.history.entries import Entry, Row
from posapp.ui.history.export_steps import ExportSteps
from posapp.ui.history.filters import WIDTH, KindChips, PartBox
from posapp.ui.history.header import HistoryHeader
from posapp.ui.history.money_steps import MoneySteps
from posapp.ui.history.past import KEY
from posapp.ui.history.past_steps import PastSteps
from posapp.ui.history.presenter import PERIODS, HistoryPresenter, Question, begin_of
from posapp.ui.history.timeline import TimelineHead, TimelineView
from posapp.ui.layout import columns, put, rows, sides, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.labels import line
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.domain.selling.orders import Order
    from posapp.services.figures.history import Detail, Event, Story

SHEET_ROOM = 396
"""What the timeline leaves to the side sheet (400 wide): the margin of the page is there already."""

READ_ANEW = frozenset(
    {"booking", "business", "customer", "document", "order", "payment", "resource", "service", "ticket"}
)
"""Kinds of records of which something is shown here."""


class HistoryPage(Page):
    """Opened with a customer's key; Esc goes back."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._presenter = HistoryPresenter(session)
        self._money = MoneySteps(shell, session, self)
        self._past = PastSteps(shell, session, self)
        self._detail: Detail | None = None
        self._keep: Entry | None = None
        self._next = ""
        self._header = HistoryHeader()
        self._header.opened.connect(self._open_fact)
        self._header.copied.connect(self._copied)
        self._notice = NoticeBar()
        self._export = ExportSteps(
            self,
            shell,
            self._presenter.export,
            self._notice,
            title=self.tr("Export the timeline"),
            failed=self.tr("The timeline could not be exported."),
        )
        timeline, self._right = self._make_timeline(), Card()
        self._right.setFixedWidth(theme().px(420))
        self._panel = self._make_panel()
        put(self._right.body, self._panel)
        self._columns = sides(wide(timeline), self._right, gap=12)
        rows(self._header, self._notice, wide(self._columns), gap=12, pad=16, host=self)
        session.feed.changed.connect(self._changed)

    # -- what is where -----------------------------------------------------------------------------------
    def _make_timeline(self) -> QWidget:
        card = Card()
        filters = self._make_filters()
        self._list = TimelineView(self._fetch)
        self._list.picked.connect(self._picked)
        self._list.opened.connect(self._open)
        self._list.model_of_events.loading.connect(self._loading)
        self._head = TimelineHead(self._list)
        self._empty = EmptyState(
            self.tr("Nothing in this period."), action=self.tr("Show all"), run=self._show_all
        )
        self._empty.hide()
        put(card.body, filters, line(), self._head, wide(self._list), wide(self._empty))
        return card

    def _make_filters(self) -> QHBoxLayout:
        self._filters = KindChips()
        self._period = Combo()
        self._period.setAccessibleName(self.tr("Period"))
        for key, words in PERIODS:
            self._period.addItem(words(), key)
        self._period.setFixedSize(theme().px(WIDTH), theme().tool_height())
        self._period.activated.connect(self._set_period)
        self._part = PartBox()
        self._part.activated.connect(lambda _place: self._filter(self._filters.current()))
        for hears in (self._part.offer, self._filter):
            self._filters.chosen.connect(hears)
        return columns(wide(self._filters), self._part, self._period, gap=12, pad=(12, 10, 12, 9))

    def _make_panel(self) -> DetailPanel:
        panel = DetailPanel()
        panel.open.clicked.connect(self._open_shown)
        panel.print.clicked.connect(self._print_shown)
        panel.pay.clicked.connect(self._take_shown)
        panel.back.clicked.connect(self._give_back)
        panel.take_in.clicked.connect(self._take_in)
        return panel

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("History")

    def own_actions(self) -> tuple[Action, ...]:
        """What works here; narrow windows show the first four."""
        tr, shell = self.tr, self.shell
        return (
            hint("↑↓", tr("Move")),
            hint("Return", tr("Open")),
            hint("Ctrl+.", tr("Details"), when=lambda: shell.is_compact),
            hint(f"Alt+1…{len(self._filters.choices)}", tr("Filter")),
            Action(
                "history_print",
                tr("Print the paper"),
                "Ctrl+P",
                self._print,
                word=tr("Print"),
                on_record=True,
            ),
            Action("history_pay", tr("Take what is owed"), "F9", self._take_due, word=tr("Take payment")),
            Action("history_statement", tr("Statement"), "Alt+S", self._show_statement),
            Action(
                "history_take_in",
                tr("Take the old repair in"),
                KEY,
                self._take_in,
                in_bar=False,
                on_record=True,
            ),
            Action("history_back", tr("Give back"), "Alt+R", self._give_back, in_bar=False, on_record=True),
            Action(
                "history_export",
                tr("Export the timeline"),
                "Ctrl+E",
                self._export.ask_where,
                word=tr("Export"),
            ),
            Action("history_detail", tr("Details"), "Ctrl+.", self._toggle_detail, in_bar=False),
            hint("Esc", tr("Back")),
        )

    def first_field(self) -> QWidget | None:
        """The timeline, or the way out of an empty one."""
        return self._list if self._empty.isHidden() else self._empty.action

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+6 filter, and the arrow keys go on browsing."""
        was_chosen = super().choose(number)
        if was_chosen:
            self.restore_focus()
        return was_chosen

    def activated(self, payload: object = None) -> None:
        """Show the story of the customer with that key."""
        if isinstance(payload, int) and payload != self._presenter.question.customer_id:
            self._presenter.question = Question(payload)
            self._start_over()
        self._reload()

    def deactivated(self) -> None:
        """The side sheet of this page does not stay over another one."""
        self._close_sheet()

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows show the entry in the side sheet."""
        self._right.setVisible(not is_compact)
        self._close_sheet()
        self.keys_changed.emit()

    # -- reading -----------------------------------------------------------------------------------------
    def _start_over(self) -> None:
        self._keep, self._money.story, self._detail, self._next = None, None, None, ""
        self._header.clear()
        self._filters.show_counts(None)
        self._filters.set_current("all")
        self._part.offer("all")
        self._period.setCurrentIndex(0)
        self._notice.hide()
        self._show_empty(None)
        self._list.model_of_events.show_rows([])
        self._panel.show_nothing()

    def _reload(self) -> None:
        if not self._presenter.question.customer_id:
            return
        self._presenter.read_story(done=self._show_story, failed=self._failed)
        self._keep = self._list.current_entry() or self._keep
        self._list.model_of_events.restart()

    def _changed(self, changes: "list[Change]") -> None:
        if self.isVisible() and {change.subject for change in changes} & READ_ANEW:
            self._reload()

    def _fetch(self, after: Entry | None, limit: int, arrived: Callable[[Sequence[Row]], None]) -> None:
        question = self._presenter.question

        def done(rows: Sequence[Row]) -> None:
            self._notice.hide()
            arrived(rows)
            if after is None:
                self._show_empty(question if not rows else None)
                self._list.choose(self._keep)

        self._presenter.read_rows(
            after, limit, down_to=self._keep if after is None else None, done=done, failed=self._failed
        )

    def _loading(self, is_loading: bool) -> None:
        if is_loading:
            self.shell.loading.begin(self.tr("Loading the history"))
        else:
            self.shell.loading.end()

    def _show_empty(self, question: Question | None) -> None:
        """Instead of the list, why there is nothing; None shows the list."""
        had_focus = self._list.hasFocus() or self._empty.action.hasFocus()
        for part in (self._head, self._list):
            part.setVisible(question is None)
        self._empty.setVisible(question is not None)
        if question is not None:
            is_narrowed = question != Question(question.customer_id)
            self._empty.sentence.setText(
                self.tr("Nothing matches.") if is_narrowed else self.tr("Nothing has happened so far.")
            )
            self._empty.action.setText(self.tr("Show all") if is_narrowed else self.tr("Open customer"))
            self._detail = None
            self._panel.show_nothing()
            self._close_sheet()
        if had_focus:
            self.restore_focus()

    def _failed(self, error: Exception) -> None:
        self._list.model_of_events.stop()
        sentence = sentence_of(error, self.tr("The history cannot be read."))
        self._notice.offer_again(sentence, self._try_again)

    def _try_again(self) -> None:
        self.restore_focus()
        self._reload()

    def _show_story(self, story: "Story") -> None:
        self._header.show_card(story.card, self._presenter.wording)
        self._money.story, self._next = story, story.card.facts.next_booking or ""
        self._filters.show_counts(story.counts)
        self._export.name = str(story.card.customer.pl_id)

    # -- filters -----------------------------------------------------------------------------------------
    def _ask(self, question: Question) -> None:
        self._presenter.question = question
        self._keep = self._list.current_entry() or self._keep
        self._list.model_of_events.restart()

    def _filter(self, key: str) -> None:
        from posapp.services.figures.history import REPAIRS, EventKind, Part

        kinds = REPAIRS if key == "ticket" else None if key == "all" else frozenset({EventKind(key)})
        part = Part(self._part.currentData()) if self._part.currentData() else None
        self._ask(replace(self._presenter.question, kinds=kinds, part=part))

    def _set_period(self) -> None:
        since = begin_of(str(self._period.currentData()), self._presenter.wording.now())
        self._ask(replace(self._presenter.question, since=since))

    def _show_all(self) -> None:
        question = self._presenter.question
        if question == Question(question.customer_id):
            self.shell.show_page("desk", question.customer_id)
            return
        self._period.setCurrentIndex(0)
        self._filters.set_current("all")
        self._part.offer("all")
        self._ask(Question(question.customer_id))

    # -- one entry ---------------------------------------------------------------------------------------
    def _picked(self, event: "Event") -> None:
        self._keep = self._list.current_entry()
        self._presenter.read_detail(event, done=self._show_detail, failed=self._failed)

    def _show_detail(self, detail: "Detail") -> None:
        entry = self._list.current_entry()
        if entry is None or entry.event != detail.event or detail == self._detail:
            return
        self._detail = detail
        for panel in (self._panel, self.shell.sheet_content):
            if isinstance(panel, DetailPanel):
                panel.show_detail(detail, self._presenter.wording)

    def _toggle_detail(self) -> None:
        """Narrow windows: open or close the side sheet, arrows go on browsing. Wide: go there and back."""
        if not self._right.isHidden():
            target = self._list if self._panel.isAncestorOf(focused() or self) else self._panel.open
            target.setFocus()
        elif isinstance(self.shell.sheet_content, DetailPanel):
            self.shell.close_sheet()
        elif self._detail is not None:
            panel = self._make_panel()
            panel.show_detail(self._detail, self._presenter.wording)
            panel.destroyed.connect(self._sheet_gone)
            self.shell.open_sheet(self.tr("Details"), panel)
            self._columns.leave_free(SHEET_ROOM)
            self._list.setFocus()

    def _sheet_gone(self) -> None:
        self._columns.leave_free(0)

    def _close_sheet(self) -> None:
        if isinstance(self.shell.sheet_content, DetailPanel):
            self.shell.close_sheet()

    def _open_shown(self) -> None:
        if self._detail is not None:
            self._open(self._detail.event)

    def _print_shown(self) -> None:
        self._print_event(self._detail.event if self._detail is not None else None)

    def _open(self, event: "Event") -> None:
        if event.kind in MONEY:
            self._print_event(event)
        elif event.kind == "past" and event.order:
            self.shell.show_page("ticket", event.order)
        elif event.number:
            page = {"booking": "calendar", "estimate": "estimate"}.get(event.kind, "ticket")
            self.shell.show_page(page, event.number)
        else:
            self.shell.show_page("desk", self._presenter.question.customer_id)

    def _print(self) -> None:
        """Ctrl+P: what the details show if the focus is there, else the entry with the cursor."""
        entry = self._list.current_entry()
        if self._panel.isAncestorOf(focused() or self):
            self._print_shown()
        else:
            self._print_event(entry.event if entry is not None else None)

    def _print_event(self, event: "Event | None") -> None:
        from posapp.domain.papers.documents import PaperKind
        from posapp.services.papers.content import PaperOf

        if event is None or event.kind not in PRINTED:
            self._show_statement()
            return
        kind = PaperKind.ESTIMATE if event.kind == "estimate" else None
        self.shell.show_page("preview", PaperOf(number=event.number, kind=kind))

    def _take_in(self) -> None:
        """An old repair goes on as a ticket of ours."""
        self._past.take_in(self._detail.past if self._detail is not None else None)

    # -- money -------------------------------------------------------------------------------------------
    def _take_due(self) -> None:
        entry = self._list.current_entry()
        self._money.take_due(entry.event if entry is not None else None)

    def _take_shown(self) -> None:
        if (order := self._shown_order()) is not None:
            self._money.take(order.number, order.owed_minor)

    def _give_back(self) -> None:
        self._money.give_back(self._shown_order())

    def _shown_order(self) -> "Order | None":
        return self._detail.order if self._detail is not None else None

    def _show_statement(self) -> None:
        self._money.show_statement(str(self._period.currentData()))

    def _open_fact(self, key: str) -> None:
        if key == "balance":
            self._money.settle(str(self._period.currentData()))
        elif key != "next":
            self._filters.set_current("order" if key == "spent" else "booking")
            self._part.offer(self._filters.current())
            self._filter(self._filters.current())
            self.restore_focus()
        elif self._next:
            self.shell.show_page("calendar", self._next)
        else:
            self.shell.notices.status(self.tr("No booking lies ahead"))

    def _copied(self, number: str) -> None:
        self.shell.notices.status(self.tr("{number} copied").format(number=number))
