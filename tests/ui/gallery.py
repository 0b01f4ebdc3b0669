"""Every shared widget on a few pages, to be looked at.

`python tests/ui/gallery.py [light|dark] [90..150] [touch] [full]`

Shows sample data only; nothing is stored. F2 is a desk of sorts, F3 a form, F7 an import, F8 buttons and
states.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListView, QTableView, QVBoxLayout, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from posapp.domain.base.names import check_name
from posapp.ui.actions import Action, KeyWord
from posapp.ui.fields import (
    ComboField,
    DayField,
    Form,
    MinutesField,
    MoneyField,
    NoteField,
    PhoneField,
    SearchField,
    TextField,
    TimeField,
)
from posapp.ui.imports.figures import FiguresCard
from posapp.ui.imports.file_card import FileCard
from posapp.ui.imports.parts import ColumnsCard
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.scanner import Scanner
from posapp.ui.tables import (
    Column,
    RowListModel,
    RowsModel,
    TwoLineDelegate,
    TwoLineRow,
    dress_list,
    dress_table,
)
from posapp.ui.theme import Theme, theme
from posapp.ui.widgets.buttons import CheckBox, button, icon_button
from posapp.ui.widgets.cards import Card, EmptyState, Fact, FactStrip
from posapp.ui.widgets.choices import ChipGroup, Choice, Segmented
from posapp.ui.widgets.labels import PlBadge, StatusPill, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.widgets.status import booking_look
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Step
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.search_everything import Hit
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once
from posapp.ui.wording import Wording
from tests.ui.imports.made_up import square, tried


@dataclass(frozen=True, slots=True)
class Sample:
    """A customer for the pictures."""

    pl_id: str
    name: str
    phone: str
    seen: str


PEOPLE = (
    Sample("PL24", "Marta Kowalczyk", "+353 20 914 0873", "14:32"),
    Sample("PL57", "Chidi Okafor", "+44 7700 900142", "14:21"),
    Sample("PL103", "Nguyễn Thị Lan", "+33 6 39 98 21 07", "14:05"),
    Sample("PL61", "Jonas Lindqvist", "+46 70 174 06 21", "13:48"),
    Sample("PL90", "Zeynep Yılmaz", "+49 171 3920044", "13:30"),
    Sample("PL112", "नेहा शर्मा", "+91 97176 19183", "12:02"),
    Sample("PL113", "محمد علي", "+20 10 0123 4567", "11:40"),
)
BOOKINGS = (
    ("14:30", "Aisling Byrne", "Pixel 7a, battery", "arrived"),
    ("15:15", "Fatima El Amrani", "MacBook keyboard", "booked"),
    ("16:00", "Yuki Tanaka", "Switch, stick drift", "booked"),
    ("16:45", "Liam O’Connor", "Data recovery", "confirmed"),
)
STATES = ("booked", "confirmed", "arrived", "in_service", "done", "no_show", "cancelled")


class PersonDelegate(TwoLineDelegate):
    """Badge, name, phone and when."""

    def row_of(self, value: Sample) -> TwoLineRow:
        """The first one looks as if it had been searched for."""
        if value.pl_id == "PL24":
            return TwoLineRow(
                value.name,
                value.phone,
                value.pl_id,
                right="owes €35.00",
                right_tone="danger",
                right_second="2 open tickets",
                second_match=(0, len(value.phone)),
            )
        return TwoLineRow(value.name, value.phone, value.pl_id, right=value.seen)


class BookingDelegate(TwoLineDelegate):
    """Time instead of a badge, and the state at the end."""

    height, lead_room = 49, 58
    name_step, name_weight = "body", 500

    def row_of(self, value: tuple[str, str, str, str]) -> TwoLineRow:
        """Time, then name above device."""
        return TwoLineRow(value[1], value[2], lead=value[0], pill=booking_look(value[3]))


class DeskSample(Page):
    """Search, a list, a customer card, bookings of today."""

    shows_customer = shows_search = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(16), px(16), px(16))
        row.setSpacing(px(16))
        row.addLayout(self._left(), 0)
        row.addWidget(self._middle(), 1)
        self.side = self._right()
        row.addWidget(self.side, 0)
        self._bind_keys()

    def title(self) -> str:
        """As in the design."""
        return "Desk"

    def subtitle(self) -> str:
        """The day."""
        return "Thursday 12 March 2026"

    def keys(self) -> list[KeyWord]:
        """As in the design."""
        return [
            KeyWord("F2", "Find customer"),
            KeyWord("Return", "Open"),
            KeyWord("Ctrl+B", "Book"),
            KeyWord("Ctrl+H", "History"),
            KeyWord("Esc", "Next customer"),
        ]

    def first_field(self) -> QWidget | None:
        """The search."""
        return self.search

    def compact_changed(self, is_compact: bool) -> None:
        """The right column is left out where there is no room."""
        self.side.setVisible(not is_compact)

    def _bind_keys(self) -> None:
        """Bind what the buttons promise."""
        book = Action("book", "Book", "Ctrl+B", lambda: self.shell.show_page("calendar"))
        new = Action("new", "New customer", "Ctrl+N", self._new)
        self.shell.shortcuts.bind((book, new), "desk")

    def _new(self) -> None:
        self.shell.notices.toast("PL24 already has this number", undo=at_once(lambda: None))

    def _left(self) -> QVBoxLayout:
        px = theme().px
        column = QVBoxLayout()
        column.setSpacing(px(12))
        self.search = SearchField("Find a customer", "Phone, name or PL number")
        self.search.setFixedWidth(px(344))
        self.search.setText("+353 20 914 0873")
        card = Card("1 customer")
        card.setFixedWidth(px(344))
        view = QListView()
        view.setAccessibleName("Found customers")
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress_list(view)
        self.model = RowListModel(lambda row: f"{row.pl_id} {row.name}", self)
        self.model.show_rows(PEOPLE)
        view.setModel(self.model)
        view.setItemDelegate(PersonDelegate(view))
        view.setCurrentIndex(self.model.index(0, 0))
        self.search.follow(view)
        card.body.addWidget(view, 1)
        card.body.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), px(10), px(12), px(10))
        foot.addWidget(button("New customer", size="s", icon="user-plus", key="Ctrl+N", run=self._new))
        card.body.addLayout(foot)
        column.addWidget(self.search)
        column.addWidget(card, 1)
        return column

    def _middle(self) -> Card:
        px = theme().px
        card = Card()
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(14), px(16), px(12))
        head.setSpacing(px(8))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        badge = PlBadge("PL24", size="l")
        badge.copied.connect(lambda code: self.shell.notices.status(f"{code} copied", "success"))
        top.addWidget(badge)
        top.addWidget(label("Marta Kowalczyk", "name"))
        top.addStretch(1)
        top.addWidget(button("Edit", kind="quiet", size="s", icon="pencil", key="Alt+E"))
        head.addLayout(top)
        head.addWidget(label("+353 20 914 0873", "strong", weight=500))
        note = NoticeBar()
        note.say("Calls before 17:00 only. Wants old screens returned with the device.", "warning")
        head.addWidget(note)
        card.body.addLayout(head)
        card.body.addWidget(line())
        facts = FactStrip()
        facts.show_facts(
            [
                Fact("balance", "Balance", "€35.00", "S2190, 9 Mar", "danger", "owed"),
                Fact("open", "Open tickets", "2", "1 ready to collect"),
                Fact("next", "Next booking", "Fri 10:30", "13 Mar, Tomasz"),
                Fact("spent", "Spent in total", "€842.50", "11 visits"),
            ]
        )
        card.body.addWidget(facts)
        card.body.addWidget(line())
        tiles = QHBoxLayout()
        tiles.setContentsMargins(px(16), px(12), px(16), px(12))
        tiles.setSpacing(px(8))
        tiles.addWidget(button("Book", kind="primary", size="tile", icon="calendar-plus", key="Ctrl+B"))
        tiles.addWidget(button("History", size="tile", icon="history", key="Ctrl+H"))
        tiles.addWidget(button("Print", size="tile", icon="printer", key="Ctrl+P"))
        card.body.addLayout(tiles)
        card.body.addWidget(self._table(), 1)
        return card

    def _table(self) -> QTableView:
        columns = [
            Column("Booking", lambda row: f"B{row}", lambda row: row),
            Column("What", lambda row: "Laptop battery check", str),
            Column("To pay", lambda row: f"€{row}.00", lambda row: row, is_figure=True),
        ]
        self.rows = RowsModel(columns, self)
        self.rows.show_rows([89, 118, 290])
        table = QTableView()
        table.setAccessibleName("Bookings")
        table.setModel(self.rows)
        dress_table(table)
        return table

    def _right(self) -> QWidget:
        host = QWidget()
        host.setFixedWidth(theme().px(286))
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(16))
        today = Card("Bookings today", key="F3")
        today.count.set_text("4 left")
        view = QListView()
        view.setAccessibleName("Bookings today")
        dress_list(view)
        self.bookings = RowListModel(lambda row: f"{row[0]} {row[1]}", self)
        self.bookings.show_rows(BOOKINGS)
        view.setModel(self.bookings)
        view.setItemDelegate(BookingDelegate(view))
        today.body.addWidget(view)
        column.addWidget(today, 1)
        ready = Card("Ready to collect")
        ready.body.addWidget(EmptyState("Nothing here", action="Open the calendar", key="F3"))
        column.addWidget(ready, 1)
        return host


class BookingForm(Form):
    """All kinds of fields in the order of the design."""

    def __init__(self) -> None:
        super().__init__()
        px, wording = theme().px, Wording()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(14))
        self.phone = self.add_field(PhoneField(region="IE"))
        self.name = self.add_field(TextField("name", "Name", read=check_name))
        self.service = self.add_field(
            ComboField(
                "service", "Service", [(1, "Laptop battery check and quote"), (2, "Repair")], editable=True
            )
        )
        self.service.aside.setText("45 min · €25.00")
        self.device = ChipGroup(
            [Choice("mac", "MacBook Pro 14", "laptop"), Choice("pixel", "Pixel 8", "smartphone")],
            name="Device",
        )
        self.device.set_current("mac")
        self.day = self.add_field(DayField("day", "Date", wording=wording, today=lambda: date(2026, 3, 12)))
        self.start = self.add_field(TimeField("time", "From", wording=wording))
        self.length = self.add_field(MinutesField("minutes", "Length"))
        self.worker = Segmented(
            [Choice(name.lower(), name) for name in ("Anyone free", "Tomasz", "Aino", "Ravi")],
            name="With",
            ticks=True,
        )
        self.worker.set_current("ravi")
        self.price = self.add_field(MoneyField("price", "Price", wording=wording))
        self.note = self.add_field(NoteField("note", "Note", lines=2))
        self.remind = CheckBox("SMS reminder")
        for field in (self.phone, self.name, self.service):
            column.addWidget(field)
        column.addWidget(label("Device", "small", tone="text2", weight=500))
        column.addWidget(self.device)
        moment = QHBoxLayout()
        moment.setSpacing(px(8))
        moment.addWidget(self.day, 17)
        moment.addWidget(self.start, 9)
        moment.addWidget(self.length, 11)
        column.addLayout(moment)
        column.addWidget(self.worker)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        foot.addWidget(self.note, 1)
        foot.addWidget(self.price, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        column.addWidget(self.remind)
        column.addWidget(self.summary)
        column.addStretch(1)
        self.day.set_day(date(2026, 3, 12))
        self.start.set_time(time(15))
        self.length.set_minutes(45)
        self.service.choose(1)
        self.note.set_text("Drops to 0. Bring charger.")


class FormSample(Page):
    """The form of a booking."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(16), px(16), px(16))
        row.setSpacing(px(16))
        card = Card("New booking")
        card.setFixedWidth(px(396))
        self.form = BookingForm()
        card.body.addWidget(Scroller(self.form), 1)
        card.body.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(10), px(16), px(10))
        foot.setSpacing(px(8))
        save = button("Save booking", kind="primary", size="l", key="Ctrl+Return")
        self.form.set_save_button(save)
        foot.addWidget(save, 2)
        foot.addWidget(button("Cancel", size="l", key="Esc"), 1)
        card.body.addLayout(foot)
        row.addWidget(card)
        other = Card("Thursday 12 March")
        other.count.set_text("9 bookings")
        other.head.addWidget(icon_button("chevron-left", "Day before", kind="", key="Alt+Left"))
        other.head.addWidget(icon_button("chevron-right", "Day after", kind="", key="Alt+Right"))
        other.head.addWidget(button("Today", size="s"))
        other.head.addWidget(Segmented([Choice("day", "Day"), Choice("week", "Week")], name="View"))
        other.body.addStretch(1)
        row.addWidget(other, 1)

    def title(self) -> str:
        """As in the design."""
        return "Calendar"

    def keys(self) -> list[KeyWord]:
        """As in the design."""
        return [KeyWord("Tab", "Next field"), KeyWord("Ctrl+Return", "Save"), KeyWord("Alt+Left", "Day")]

    def first_field(self) -> QWidget | None:
        """The phone."""
        return self.form.phone.editor


class PartsSample(Page):
    """Buttons of every kind and size, states, messages."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(14))
        for kind in ("", "primary", "go", "quiet", "plain", "danger"):
            row = QHBoxLayout()
            row.setSpacing(px(12))
            for size in ("s", "m", "l", "xl", "tile"):
                row.addWidget(button(kind or "outlined", kind=kind, size=size, icon="check", key="F9"))
            saving = button("Save", kind=kind)
            saving.set_saving(True)
            row.addWidget(saving)
            row.addStretch(1)
            column.addLayout(row)
        pills = QHBoxLayout()
        for state in STATES:
            pills.addWidget(StatusPill(booking_look(state)))
        pills.addStretch(1)
        column.addLayout(pills)
        for tone in ("info", "success", "warning", "danger"):
            bar = NoticeBar()
            bar.say("The printer does not answer. The booking is saved.", tone)
            column.addWidget(bar)
        chips = ChipGroup(
            [Choice("all", "All", tally=31), Choice("b", "Bookings", "calendar", 6)], name="Filter"
        )
        chips.set_current("all")
        column.addWidget(chips)
        column.addStretch(1)

    def title(self) -> str:
        """Not in the design."""
        return "Settings"

    def keys(self) -> list[KeyWord]:
        """Few."""
        return [KeyWord("Alt+1…9", "Choose")]


def search(text: str, done: Callable[[Sequence[Hit]], None]) -> None:
    """Finds people by any part of what is known of them."""
    hits = [
        Hit("Customers", person.name, lambda: None, person.phone, person.pl_id)
        for person in PEOPLE
        if text and text.casefold() in f"{person.pl_id} {person.name} {person.phone}".casefold()
    ]
    done([*hits, Hit("Actions", "Open the calendar", lambda: None, icon="calendar-days")] if text else hits)


class ImportSample(Page):
    """What a file was taken for and what would happen: the parts of the import assistant."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        other = Action("other", "Other file", "Ctrl+O", icon="folder-open")
        file, listed, figures = FileCard(other), ColumnsCard(), FiguresCard()
        file.show_draft(square())
        listed.show_draft(square(), is_still=False)
        figures.show_result(tried(), when="trial run, 14:31", files=1)
        figures.setFixedWidth(theme().px(428))
        self.table = listed.table
        left = rows(file, wide(listed), gap=12)
        columns(wide(left), rows(figures, STRETCH), gap=12, pad=16, host=self)

    def title(self) -> str:
        """As in the design."""
        return "Import"

    def first_field(self) -> QWidget | None:
        """The columns."""
        return self.table


def make_window(look: Theme) -> MainWindow:
    """The window of the gallery."""
    window = MainWindow(look, till="Till 1", shop="Harbour Lane Repairs")
    window.set_search_provider(search)
    window.add_page(PageEntry("desk", "Desk", "house", "F2", DeskSample))
    window.add_page(PageEntry("calendar", "Calendar", "calendar-days", "F3", FormSample))
    window.add_page(PageEntry("import", "Import", "upload", "F7", ImportSample))
    window.add_page(PageEntry("settings", "Settings", "settings", "F8", PartsSample))
    window.key_bar.show_state("scanner", "Scanner ready")
    window.key_bar.show_state("printer", "Receipt printer")
    scanner = Scanner(window)
    unknown = Step("Search", window.open_search)
    scanner.scanned.connect(
        lambda code: window.notices.status(f"Unknown code {code}", "danger", steps=[unknown])
    )
    window.set_counter(PEOPLE[1])
    window.resize(1366, 768)
    window.show_page("desk")
    return window


def main() -> int:
    """Show it until it is closed."""
    app = QApplication(sys.argv[:1])
    words = sys.argv[1:]
    look = Theme(
        choice="dark" if "dark" in words else "light",
        scale=next((int(word) for word in words if word.isdigit()), 100),
        touch="touch" in words,
    )
    look.apply(app)
    window = make_window(look)
    window.setWindowTitle("posapp gallery")
    if "full" in words:
        window.showFullScreen()
    else:
        window.show()
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
