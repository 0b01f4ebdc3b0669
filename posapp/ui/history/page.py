"""The history of one customer: header with the facts, timeline on the left, the chosen entry on the right."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.errors import PosappError
from posapp.ui.fields.edits import Combo
from posapp.ui.history.detail import DetailPanel
from posapp.ui.history.periods import PERIODS, begin_of
from posapp.ui.history.presenter import HistoryPresenter, Story, month_of
from posapp.ui.history.timeline import Entry, TimelineView, with_months
from posapp.ui.navigation import KeyWord, Page
from posapp.ui.notices import Message, Step
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, EmptyState, Fact, FactStrip
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.widgets.labels import Elided, PlBadge, line
from posapp.ui.widgets.messages import NoticeBar
from posapp.ui.wording import shown_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from posapp.domain.journal import Change
    from posapp.services.history import Detail, Event


class HistoryPage(Page):
    """Opened with a customer's key; Esc goes back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._presenter = HistoryPresenter(session)
        self._detail: Detail | None = None
        self._keep: Event | None = None
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(self._make_header())
        self._notice = NoticeBar()
        column.addWidget(self._notice)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._make_timeline(), 1)
        self._right = Card()
        self._right.setFixedWidth(px(420))
        self._panel = self._make_panel()
        self._right.body.addWidget(self._panel)
        row.addWidget(self._right)
        column.addLayout(row, 1)
        session.feed.changed.connect(self._changed)

    # -- what is where -----------------------------------------------------------------------------------
    def _make_header(self) -> QWidget:
        px = theme().px
        card = Card()
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, 0, 0)
        row.setSpacing(px(12))
        self._badge = PlBadge("", size="l")
        names = QVBoxLayout()
        names.setSpacing(0)
        self._name, self._phone = Elided("", "title"), Elided("", "small", tone="text2")
        names.addStretch(1)
        names.addWidget(self._name)
        names.addWidget(self._phone)
        names.addStretch(1)
        self._facts = FactStrip()
        self._facts.opened.connect(self._open_fact)
        row.addWidget(self._badge)
        row.addLayout(names, 1)
        row.addWidget(self._facts, 2)
        card.body.addLayout(row)
        return card

    def _make_timeline(self) -> QWidget:
        px = theme().px
        card = Card()
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(10), px(12), px(10))
        self._filters = ChipGroup(name=self.tr("Show"))
        self._filters.chosen.connect(self._filter)
        self._period = Combo()
        self._period.setAccessibleName(self.tr("Period"))
        for key, words in PERIODS:
            self._period.addItem(words(), key)
        self._period.setFixedWidth(px(170))
        self._period.activated.connect(lambda _place: self._set_period())
        row.addWidget(self._filters, 1)
        row.addWidget(self._period)
        card.body.addLayout(row)
        card.body.addWidget(line())
        self._list = TimelineView(self._fetch)
        self._list.picked.connect(self._picked)
        self._list.opened.connect(self._open)
        self._empty = EmptyState(
            self.tr("Nothing in this period."), action=self.tr("Show all"), run=self._show_all
        )
        self._empty.hide()
        card.body.addWidget(self._list, 1)
        card.body.addWidget(self._empty, 1)
        return card

    def _make_panel(self) -> DetailPanel:
        panel = DetailPanel()
        panel.open_asked.connect(lambda number: self.shell.show_page("calendar", number))
        panel.print_asked.connect(lambda number: self.shell.show_page("preview", number))
        return panel

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("History")

    def keys(self) -> list[KeyWord]:
        """What works here."""
        return [
            KeyWord("↑↓", self.tr("Move")),
            KeyWord("Return", self.tr("Open")),
            KeyWord("Alt+1…3", self.tr("Filter")),
            KeyWord("Ctrl+P", self.tr("Print")),
            KeyWord("Ctrl+E", self.tr("Export")),
            KeyWord("Esc", self.tr("Back")),
        ]

    def entered(self) -> None:
        """Bind the keys of this page."""
        add = self.shell.shortcuts.add
        add("history_print", self.tr("Print the slip"), "Ctrl+P", self._print, page="history")
        add("history_export", self.tr("Export the timeline"), "Ctrl+E", self._ask_where, page="history")
        add("history_detail", self.tr("Details"), "Ctrl+.", self._toggle_sheet, page="history")

    def first_field(self) -> QWidget | None:
        """The timeline."""
        return self._list

    def activated(self, payload: object = None) -> None:
        """Show the story of the customer with that key."""
        if isinstance(payload, int) and payload != self._presenter.customer_id:
            self._presenter.customer_id = payload
            self._keep = None
            self._presenter.kinds = None
            self._filters.set_current("all")
            self._list.model_of_events.show_rows([])
            self._panel.show_nothing()
        self._reload()

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows show the entry in the side sheet."""
        self._right.setVisible(not is_compact)

    # -- reading -----------------------------------------------------------------------------------------
    def _reload(self) -> None:
        if not self._presenter.customer_id:
            return
        self._presenter.read_story(done=self._show_story, failed=self._failed)
        self._keep = self._list.current_event() or self._keep
        self._list.model_of_events.restart()

    def _changed(self, changes: "list[Change]") -> None:
        if self.isVisible() and {change.subject for change in changes} & {"booking", "customer", "document"}:
            self._reload()

    def _fetch(self, after: object, limit: int, arrived: "Callable[[Sequence[object]], None]") -> None:
        wording = self._presenter.wording
        last = after.event if isinstance(after, Entry) else None
        month = month_of(last, wording) if last is not None else None

        def done(events: "Sequence[Event]") -> None:
            self._notice.hide()
            arrived(with_months(events, wording, month))
            if last is None:
                self._first_page(len(events))

        self._presenter.read_page(last, limit, done=done, failed=self._failed)

    def _first_page(self, count: int) -> None:
        self._list.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        self._list.choose(self._keep)
        if count == 0:
            self._panel.show_nothing()

    def _failed(self, error: Exception) -> None:
        self._list.model_of_events.stop()
        sentence = (
            error.sentence if isinstance(error, PosappError) else self.tr("The history cannot be read.")
        )
        self._notice.show_message(Message(sentence, "danger", (Step(self.tr("Try again"), self._reload),)))

    def _show_story(self, story: Story) -> None:
        customer, facts, wording = story.card.customer, story.card.facts, self._presenter.wording
        self._badge.set_text(str(customer.pl_id))
        self._name.setText(customer.shown_name(wording.region))
        self._phone.setText(" · ".join(wording.phone(line.number) for line in customer.current_phones[:2]))
        coming = facts.next_booking_at
        since = wording.day_in_list(wording.here(customer.stamps.created_at).date())
        self._facts.show_facts(
            [
                Fact(
                    "next",
                    self.tr("Next booking"),
                    wording.moment(coming) if coming else self.tr("none"),
                    facts.next_booking_with or "",
                ),
                Fact("bookings", self.tr("Bookings"), str(facts.bookings), self._missed(facts.did_not_come)),
                Fact(
                    "visits",
                    self.tr("Visits"),
                    str(facts.visits),
                    self.tr("last {day}").format(
                        day=wording.day_in_list(wording.here(facts.last_visit).date())
                    )
                    if facts.last_visit
                    else "",
                ),
                Fact("since", self.tr("Customer since"), since, customer.stamps.created_by),
            ]
        )
        self._next = facts.next_booking
        counts = story.counts
        self._filters.set_choices(
            [
                Choice("all", self.tr("All"), tally=counts.bookings + counts.changes),
                Choice("booking", self.tr("Bookings"), icon="calendar", tally=counts.bookings),
                Choice("change", self.tr("Changes"), icon="user", tally=counts.changes),
            ],
            self._filters.current() or "all",
        )

    def _missed(self, count: int) -> str:
        return shown_count(count, self.tr("not kept"), self.tr("not kept")) if count else ""

    # -- filters -----------------------------------------------------------------------------------------
    def _filter(self, key: str) -> None:
        from posapp.services.history import EventKind

        self._presenter.kinds = None if key == "all" else frozenset({EventKind(key)})
        self._list.model_of_events.restart()

    def _set_period(self) -> None:
        self._presenter.since = begin_of(str(self._period.currentData()), self._presenter.wording.now())
        self._list.model_of_events.restart()

    def _show_all(self) -> None:
        self._period.setCurrentIndex(0)
        self._presenter.since = None
        self._presenter.kinds = None
        self._filters.set_current("all")
        self._list.model_of_events.restart()
        self._list.setFocus()

    # -- one entry ---------------------------------------------------------------------------------------
    def _picked(self, event: "Event") -> None:
        self._keep = event
        self._presenter.read_detail(event, done=self._show_detail, failed=self._failed)

    def _show_detail(self, detail: "Detail") -> None:
        self._detail = detail
        self._panel.show_detail(detail, self._presenter.wording)
        sheet = self.shell.sheet_content
        if isinstance(sheet, DetailPanel):
            sheet.show_detail(detail, self._presenter.wording)

    def _toggle_sheet(self) -> None:
        if self._right.isVisible() or self._detail is None:
            return
        if isinstance(self.shell.sheet_content, DetailPanel):
            self.shell.close_sheet()
            return
        panel = self._make_panel()
        panel.show_detail(self._detail, self._presenter.wording)
        self.shell.open_sheet(self.tr("Entry"), panel)

    def _open(self, event: "Event") -> None:
        if event.number:
            self.shell.show_page("calendar", event.number)
        else:
            self._toggle_sheet()

    def _print(self) -> None:
        event = self._list.current_event()
        if event is not None and event.number:
            self.shell.show_page("preview", event.number)
        else:
            self.shell.notices.status(self.tr("Choose a booking to print its slip"))

    def _open_fact(self, key: str) -> None:
        if key == "next" and self._next:
            self.shell.show_page("calendar", self._next)
        elif key in ("bookings", "visits"):
            self._filters.set_current("booking")
            self._filter("booking")

    # -- export ------------------------------------------------------------------------------------------
    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the timeline"), f"{self._badge.text}.csv", self.tr("Tables (*.csv)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the timeline, as filtered, to a CSV file."""
        self._presenter.export(path, done=lambda rows: self._exported(path, rows), failed=self._not_exported)

    def _exported(self, path: Path, rows: int) -> None:
        entries = shown_count(rows, self.tr("entry"), self.tr("entries"))
        self.shell.notices.toast(
            self.tr("{entries} written to {name}").format(entries=entries, name=path.name)
        )

    def _not_exported(self, error: Exception) -> None:
        if isinstance(error, PosappError):
            sentence = error.sentence
        else:
            sentence = self.tr("The file cannot be written. Choose another folder.")
        self._notice.show_message(
            Message(sentence, "danger", (Step(self.tr("Choose again"), self._ask_where),))
        )
