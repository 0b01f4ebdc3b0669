"""The lines of an estimate: their table, and as they are written, with what they come to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.repair_prices import RepairPrice
from posapp.ui.layout import columns, held, put, rows, space, wide
from posapp.ui.tables import Column, RowsModel
from posapp.ui.tables.two_line_delegate import dress_table
from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.presenter import DraftLine, EstimateDraft, line_of_price, put_line
from posapp.ui.tickets.estimate.price_offers import Offer, PriceOffers
from posapp.ui.tickets.words import shown_days
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.window.notices import Notices
from posapp.ui.window.undo import at_once
from posapp.ui.wording import Wording, translator

DEVICE, UNIT, WARRANTY = 1, 3, 4
_tr = translator("LinesCard")


class LinesTable(QTableView):
    """Enter asks to change a line, Delete to take it off; both say its place."""

    change_asked = Signal(int)
    removed = Signal(int)

    def __init__(self, wording: Wording, *, is_narrow: bool = False) -> None:
        """A narrow one shows what for, how many and the amount."""
        super().__init__()
        self._wording = wording
        self._model = RowsModel(self._columns(), self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Lines of the estimate"))
        dress_table(self)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (DEVICE, UNIT, WARRANTY) if is_narrow else ():
            self.setColumnHidden(column, True)
        self.doubleClicked.connect(lambda index: self.change_asked.emit(index.row()))

    def _columns(self) -> tuple[Column, ...]:
        price = self._wording.price
        return (
            Column(self.tr("What for"), lambda row: row.text),
            Column(self.tr("Device"), lambda row: row.device),
            Column(self.tr("Quantity"), lambda row: str(row.quantity), lambda row: row.quantity, True),
            Column(
                self.tr("Price of one"), lambda row: price(row.unit_minor), lambda row: row.unit_minor, True
            ),
            Column(
                self.tr("Warranty"),
                lambda row: shown_days(row.warranty_days) if row.warranty_days else "",
                lambda row: row.warranty_days,
                True,
            ),
            Column(
                self.tr("Amount"), lambda row: price(row.amount_minor), lambda row: row.amount_minor, True
            ),
        )

    def show_lines(self, lines: Sequence[DraftLine], *, with_device: bool) -> None:
        """Replace the lines; the chosen place stays chosen."""
        row = self.currentIndex().row()
        self._model.show_rows(lines)
        if self.isColumnHidden(DEVICE) == with_device:
            self.setColumnHidden(DEVICE, not with_device)
        self.resizeColumnsToContents()
        # The stretched column takes what is left only when it is told again.
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if lines:
            self.choose(min(max(row, 0), len(lines) - 1))

    def choose(self, place: int) -> None:
        """Make a line the current one."""
        self.setCurrentIndex(self._model.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The rest is the table's."""
        asked = None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            asked = self.change_asked
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            asked = self.removed
        if asked is None:
            super().keyPressEvent(event)
        elif self.currentIndex().isValid():
            asked.emit(self.currentIndex().row())


def take_off(
    lines: Callable[[], list[DraftLine]], place: int, notices: Notices, show: Callable[[], object]
) -> None:
    """Take a line off, with the way back and forth; `show` shows what the lines are then."""
    taken = lines().pop(place)
    show()

    def back() -> None:
        lines().insert(place, taken)
        show()

    def forth() -> None:
        if taken in lines():
            lines().remove(taken)
        show()

    words = _tr("{text} taken off").format(text=taken.text)
    notices.toast(words, undo=at_once(back), redo=at_once(forth))


class LinesCard(Card):
    """Holds the draft. Enter changes a line, Delete takes it off, Ctrl+L adds one, Alt+L one of the list."""

    changed = Signal()  # other lines, or others are shown
    edited = Signal()  # something is typed in the form of a line

    def __init__(self, wording: Wording, notices: Notices) -> None:
        super().__init__(self.tr("Lines"))
        self._wording, self._notices = wording, notices
        self.draft = EstimateDraft()
        self._place: int | None = None
        self._has_several = False
        self._items: dict[int, Item] = {}
        self._devices: dict[int, str] = {}
        self.offers = PriceOffers(wording)
        self._offers_place = held(rows(self.offers, pad=(16, 10)))
        self._offers_place.hide()
        self.table = LinesTable(wording)
        self.form = LineForm(wording)
        self.form.hide()
        self.limit = label("", "small", tone="text2")
        self._total = label("", "figure", weight=700)
        self.add = button(self.tr("Add a line"), size="s", icon="plus", key="Ctrl+L", run=self.add_line)
        self.head.addWidget(self.add)
        title = label(self.tr("Total"), "field", weight=600)
        sums = columns(wide(self.limit), title, space(12), self._total, pad=(16, 10))
        put(self.body, self._offers_place, wide(self.table), self.form, line(), sums)
        self.offers.taken.connect(self._take_price)
        self.offers.changed.connect(lambda: self._offers_place.setVisible(self.offers.has_any()))
        self.table.change_asked.connect(self._open_form)
        self.table.removed.connect(self._take_off)
        self.form.made.connect(self._made)
        self.form.closed.connect(self.close_form)
        self.form.edited.connect(self.edited)

    # -- showing -------------------------------------------------------------------------------------
    def begin(self, draft: EstimateDraft) -> None:
        """Other lines: of another ticket, or as they were kept."""
        self.draft = draft
        self.form.hide()

    def set_devices(self, here: dict[int, str], *, has_several: bool) -> None:
        """The devices that a line can be for; named in the table where the ticket has several."""
        self._has_several, self._devices = has_several, here
        self.form.set_devices(here)

    def show_prices(self, found: Mapping[int, Sequence[RepairPrice]]) -> None:
        """What the price list says for the devices that are here, by their position."""
        named = self._devices if self._has_several else {}
        self.offers.show_offers(
            Offer(position, named.get(position, ""), price)
            for position, prices in found.items()
            for price in prices
        )

    def know_items(self, items: Sequence[Item]) -> None:
        """The parts of the shop."""
        self._items = {one.id: one for one in items}
        self.form.set_items(items)
        self.draft.know_items(self._items)

    def show_lines(self) -> None:
        """As the draft has them now."""
        self.draft.know_items(self._items)
        self.offers.know_lines(self.draft.lines)
        self.table.show_lines(self.draft.lines, with_device=self._has_several)
        self._total.setText(self._wording.price(self.draft.total_minor))
        self.limit.setText(self._limit_words())
        self.changed.emit()

    def _limit_words(self) -> str:
        limit = self.draft.limit_minor()
        if limit is None or not self.draft.is_changed:
            return ""
        words = self.tr("Above the {limit} that were approved: this asks again")
        if self.draft.total_minor <= limit:
            words = self.tr("Within the {limit} that were approved")
        return words.format(limit=self._wording.price(limit))

    def discard(self) -> None:
        """Back to the newest version, or to nothing."""
        self.form.hide()
        self.draft.discard()
        self.show_lines()
        self.table.setFocus()

    # -- what is written -----------------------------------------------------------------------------
    def written(self) -> dict[str, Any]:
        """What a crash must not take: lines that no version says, and half a line."""
        values: dict[str, Any] = dict(self.draft.kept())
        if self.form.isVisibleTo(self) and not self.form.text_of.is_empty():
            values |= {"line": self.form.snapshot(), "place": self._place}
        return values

    def restore_half(self, values: Mapping[str, Any]) -> bool:
        """Open the form with the line that was half written; False if there was none."""
        half, place = values.get("line"), values.get("place")
        if not isinstance(half, dict):
            return False
        is_there = isinstance(place, int) and place < len(self.draft.lines)
        self._open_form(place if is_there else None)
        self.form.restore(half)
        return True

    # -- lines ---------------------------------------------------------------------------------------
    def add_line(self) -> None:
        """Open the form for a new line."""
        self._open_form(None)

    def _open_form(self, place: int | None) -> None:
        self._place = place
        self.form.show()
        self.form.begin(None if place is None else self.draft.lines[place])

    def close_form(self) -> bool:
        """Close the form; False if it was not open."""
        if self.form.isHidden():
            return False
        self.form.hide()
        self.edited.emit()
        self.table.setFocus()
        return True

    def _made(self, made: DraftLine) -> None:
        at = put_line(self.draft.lines, self._place, made)
        self.close_form()
        self.show_lines()
        self.table.choose(at)

    def _take_price(self, offer: Offer) -> None:
        device = self._devices.get(offer.position, "")
        made = line_of_price(offer.price, self._items, offer.position, device)
        if not self.form.isHidden() and self.form.text_of.is_empty():
            self.form.hide()
        at = put_line(self.draft.lines, None, made)
        self.show_lines()
        self.table.choose(at)
        self.table.setFocus()

    def _take_off(self, place: int) -> None:
        draft = self.draft
        take_off(lambda: draft.lines, place, self._notices, self.show_lines)
