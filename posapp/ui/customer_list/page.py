"""All customers, F6: figures above, segments and a search, a table that is paged by key, and what is chosen.

`show_page("customers")` comes back to the list as it was left; `show_page("customers", Wanted(...))` shows
that list. It follows what is written here and at other tills, and loses neither place nor choice by it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.ui.actions import Action, hint
from posapp.ui.alive import while_alive
from posapp.ui.customer_list.figures import behind, facts_of
from posapp.ui.customer_list.model import Place
from posapp.ui.customer_list.presenter import CustomerListPresenter
from posapp.ui.customer_list.steps import CustomerSteps
from posapp.ui.customer_list.table import CustomerTable
from posapp.ui.customer_list.tools import ChosenBar, CustomerTools
from posapp.ui.customer_list.words import AMOUNTS, OF_MONEY, CustomerWords, begin_of, sort_words
from posapp.ui.layout import put, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.session import Session
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.widgets.cards import Card, EmptyState, FactStrip
from posapp.ui.widgets.messages import announce
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from posapp.domain.base.journal import Change
    from posapp.domain.figures.customer_list import CustomerFigures, Listed

READ_ANEW = frozenset(
    {"booking", "business", "catalogue", "customer", "gift_card", "job", "order", "payment", "ticket"}
    | {"ticket_state", "walk_in"}
)
"""Kinds of records by which something is counted here."""
_SOON_MS = 150
"""Changes that follow each other so quickly are read once."""


class CustomerListPage(Page):
    """Who they are, what they came to, and what is done to several at once."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._presenter = CustomerListPresenter(session)
        self._figures: CustomerFigures | None = None
        self._words = CustomerWords(session.wording)
        self.notice = NoticeBar()
        self.table = CustomerTable(self._words, self._fetch)
        self.steps = CustomerSteps(self, shell, self._presenter, self.table, self.notice, self._listed)
        self.facts = FactStrip()
        self.tools = CustomerTools(self.steps.export, self._new())
        self.bar = ChosenBar(self.steps.message, self.steps.erase, self.steps.merge)
        self.empty = EmptyState("", action=self.tr("Clear filters"), run=self._clear)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._has_begun = self._enters = False
        self._lay_out()
        self._bind()

    def _new(self) -> Action:
        press = self.shell.shortcuts.press
        return Action(
            "customers_new", self.tr("New customer"), "Ctrl+N", lambda: press("Ctrl+N"), "user-plus"
        )

    def _lay_out(self) -> None:
        strip, card = Card(), Card()
        put(strip.body, self.facts)
        put(card.body, wide(self.table), wide(self.empty), self.bar)
        self.empty.hide()
        rows(strip, self.tools, self.notice, wide(card), gap=12, pad=16, host=self)

    def _bind(self) -> None:
        table, tools = self.table, self.tools
        tools.follow(table)
        tools.typed.connect(lambda text: self._show(replace(self._wanted, text=text)))
        tools.words.opened.connect(self.steps.open)
        tools.segment_chosen.connect(lambda one: self._show(begin_of(one, self._wanted.text)))
        self.facts.opened.connect(lambda key: self._show_behind(behind(key)))
        table.opened.connect(self.steps.open)
        table.erase_asked.connect(self.steps.ask_erase)
        table.sort_asked.connect(self._sort_by)
        table.chosen_changed.connect(self._show_chosen)
        table.moved.connect(self._show_chosen)
        table.customers.loading.connect(self._loading)
        self._soon.timeout.connect(self._refresh)
        self._session.feed.changed.connect(self._hear)
        self._session.feed.actor_changed.connect(lambda _actor: self._rights_changed())

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """The word of the rail."""
        return self.tr("Customers")

    def own_actions(self) -> tuple[Action, ...]:
        """What can be done, the most useful first."""
        tr, steps, one = self.tr, self.steps, self.steps.has_one
        return (
            hint("↑↓", tr("Move"), one),
            hint("Return", tr("Open"), one),
            hint("Space", tr("Choose"), one),
            *steps.for_one(),
            steps.export,
            steps.message,
            Action("customers_find", tr("Find customers"), "Ctrl+F", self._find, word=tr("Find")),
            steps.merge,
            hint("Del", tr("Anonymise"), steps.can_erase),
            hint("Shift+↑↓", tr("Choose a range"), one),
            hint("Ctrl+A", tr("Choose all"), one),
            hint("Alt+← →", tr("Sort by another column"), one),
            hint("Alt+↑↓", tr("Sort upwards or downwards"), one),
            hint("Home End", tr("First and last"), one),
        )

    def first_field(self) -> QWidget | None:
        """The list; the field where there is nobody."""
        return self.tools.words if self.table.isHidden() else self.table

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+6 choose a segment, and the arrows go on moving."""
        was_chosen = super().choose(number)
        self._enters = self._enters or was_chosen
        return was_chosen

    def activated(self, payload: object = None) -> None:
        """Show the list that is asked for, or the last one as it is now."""
        self._show_rights()
        if isinstance(payload, Wanted):
            self._show(payload)
        elif self._has_begun:
            self._refresh()
        else:
            self._show(self._wanted)
        self._has_begun = True
        self._read_figures()

    def escape(self) -> bool:
        """The text of the search, then what is chosen."""
        if self.tools.words.text():
            self.tools.words.clear()
            self.restore_focus()
        elif self.steps.count():
            self.table.choose_none()
        else:
            return False
        return True

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows give the tools less room."""
        self.tools.set_narrow(is_compact)

    # -- what is listed ----------------------------------------------------------------------------------
    @property
    def _wanted(self) -> Wanted:
        return self._presenter.wanted

    def _show(self, wanted: Wanted) -> None:
        """Another list; who is chosen by name stays so, *all* was said of the list before."""
        before = self._wanted
        if self.table.chosen.is_all and (wanted.segment, wanted.text) != (before.segment, before.text):
            self.table.choose_none()
        self._presenter.wanted = wanted
        self.tools.show_wanted(wanted.segment, wanted.text)
        self.table.show_sort(wanted.sort, is_descending=wanted.is_descending)
        self.table.start_over()

    def _show_behind(self, wanted: Wanted) -> None:
        """A list that was asked for elsewhere than in it: it has the focus once it is here."""
        self._enters = True
        self._show(wanted)

    def _sort_by(self, sort: SortBy, is_descending: bool) -> None:
        self._show(replace(self._wanted, sort=sort, is_descending=is_descending))
        way = self.tr("downwards") if is_descending else self.tr("upwards")
        words = self.tr("By {column}, {way}").format(column=sort_words(sort), way=way)
        announce(self.table, words)

    def _clear(self) -> None:
        self._show_behind(Wanted())

    def _find(self) -> None:
        self.tools.words.setFocus()
        self.tools.words.selectAll()

    def _fetch(
        self, after: Place | None, from_end: bool, rows: int, arrived: "Callable[[Listed], None]"
    ) -> None:
        def done(listed: "Listed") -> None:
            self.notice.hide()
            arrived(listed)
            self._show_empty(is_empty=not self.table.customers.rowCount())

        self._presenter.page(
            after, from_end, rows, while_alive(self, done), while_alive(self, self._not_read)
        )

    def _not_read(self, error: Exception) -> None:
        self.table.customers.stop()
        self.notice.offer_again(sentence_of(error, self.tr("The customers cannot be read.")), self._refresh)

    def _loading(self, is_loading: bool) -> None:
        if is_loading:
            self.shell.loading.begin(self.tr("Loading customers"))
        else:
            self.shell.loading.end()

    def _show_empty(self, *, is_empty: bool) -> None:
        """Instead of the list, why there is nobody."""
        had_focus = self._enters or self.table.hasFocus() or self.empty.action.hasFocus()
        self._enters = False
        is_narrowed = self._wanted.segment is not Segment.ALL or bool(self._wanted.text.strip())
        words = self.tr("No customer matches.") if is_narrowed else self.tr("No customers yet.")
        self.empty.sentence.setText(words)
        self.empty.action.setVisible(is_narrowed)
        self.table.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        if had_focus and self.shell.is_in_front(self):
            (self.empty.action if is_empty and is_narrowed else self.first_field() or self).setFocus()
        self._arrange()

    def _arrange(self) -> None:
        chain(
            [
                *stops_in(self.facts),
                self.tools.words,
                self.tools.segments,
                self.tools.export,
                self.tools.new,
                *stops_in(self.notice),
                self.table,
                self.empty.action,
                *stops_in(self.bar),
            ]
        )

    # -- what is chosen, and what it comes to ------------------------------------------------------------
    def _show_chosen(self) -> None:
        self.bar.show_count(self._count_words())
        self.bar.show_buttons(self.shell.may)
        self.keys_changed.emit()

    def _count_words(self) -> str:
        chosen, listed = self.table.chosen, self._listed()
        if chosen.is_all and listed is None:
            left_out = len(chosen.keys)
            return self.tr("All but {n} chosen").format(n=left_out) if left_out else self.tr("All chosen")
        if count := self.steps.count():
            return self.tr("{n} chosen").format(n=f"{count:,}")
        return "" if listed is None else shown_count(listed, self.tr("customer"), self.tr("customers"))

    def _listed(self) -> int | None:
        """How many are listed, None where only some of them are read and none have been counted."""
        model = self.table.customers
        if model.is_whole:
            return model.rowCount()
        if self._figures is None or self._wanted.text.strip():
            return None
        return self._figures.of.get(self._wanted.segment)

    def _read_figures(self) -> None:
        self._presenter.figures(while_alive(self, self._show_figures))

    def _show_figures(self, figures: "CustomerFigures") -> None:
        self._figures = figures
        self.facts.show_facts(facts_of(figures, self._session.wording))
        self.tools.show_segments(figures.of, knows=figures.owed_minor is not None)
        self._show_chosen()
        self._arrange()

    # -- what changes ------------------------------------------------------------------------------------
    def _hear(self, changes: "Sequence[Change]") -> None:
        subjects = {change.subject for change in changes}
        if subjects & {"business", "catalogue"}:
            self._words.wording = self._session.wording
        if subjects & READ_ANEW and self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        self.table.refresh()
        self._read_figures()

    def _show_rights(self) -> None:
        """Amounts, and lists by amounts, are for who may know them."""
        knows = self.shell.may(Permission.ORDER_READ)
        self.table.show_amounts(are_known=knows)
        self.tools.show_segments(None, knows=knows)
        self.tools.show_export(may=self.shell.may(Permission.PERSON_EXPORT))
        if not knows and (self._wanted.segment in OF_MONEY or self._wanted.sort in AMOUNTS):
            self._presenter.wanted = Wanted(text=self._wanted.text)
        self.tools.show_wanted(self._wanted.segment, self._wanted.text)

    def _rights_changed(self) -> None:
        if self._has_begun and self.shell.may(Permission.CUSTOMER_READ):
            self._show_rights()
            self._show(self._wanted)
            self._read_figures()
