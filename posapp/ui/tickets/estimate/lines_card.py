"""The lines of an estimate as they are written: their table, the form of one, and what they come to."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from posapp.ui.layout import columns, put, space, wide
from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.lines import LinesTable
from posapp.ui.tickets.estimate.presenter import Draft, DraftLine, put_line
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.window.notices import Notices
from posapp.ui.window.undo import at_once
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.repairs.parts import Item


class LinesCard(Card):
    """Holds the draft. Enter changes a line, Delete takes it off, Ctrl+L adds one."""

    changed = Signal()  # other lines, or others are shown
    edited = Signal()  # something is typed in the form of a line

    def __init__(self, wording: Wording, notices: Notices) -> None:
        super().__init__(self.tr("Lines"))
        self._wording, self._notices = wording, notices
        self.draft = Draft()
        self._place: int | None = None
        self._has_several = False
        self._items: dict[int, Item] = {}
        self.table = LinesTable(wording)
        self.form = LineForm(wording)
        self.form.hide()
        self.limit = label("", "small", tone="text2")
        self._total = label("", "figure", weight=700)
        self.add = button(self.tr("Add a line"), size="s", icon="plus", key="Ctrl+L", run=self.add_line)
        self.head.addWidget(self.add)
        title = label(self.tr("Total"), "field", weight=600)
        sums = columns(wide(self.limit), title, space(12), self._total, pad=(16, 10))
        put(self.body, wide(self.table), self.form, line(), sums)
        self.table.pressed_key.connect(self._pressed)
        self.form.made.connect(self._made)
        self.form.closed.connect(self.close_form)
        self.form.edited.connect(self.edited)

    # -- showing -------------------------------------------------------------------------------------
    def begin(self, draft: Draft) -> None:
        """Other lines: of another ticket, or as they were kept."""
        self.draft = draft
        self.form.hide()

    def set_devices(self, here: dict[int, str], *, has_several: bool) -> None:
        """The devices that a line can be for; named in the table where the ticket has several."""
        self._has_several = has_several
        self.form.set_devices(here)

    def know_items(self, items: "Sequence[Item]") -> None:
        """The parts of the shop."""
        self._items = {one.id: one for one in items}
        self.form.set_items(items)
        self.draft.know_items(self._items)

    def show_lines(self) -> None:
        """As the draft has them now."""
        self.draft.know_items(self._items)
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

    def _pressed(self, what: str) -> None:
        place, draft = self.table.currentIndex().row(), self.draft
        if not 0 <= place < len(draft.lines):
            return
        if what == "edit":
            self._open_form(place)
            return
        taken = draft.lines.pop(place)
        self.show_lines()

        def back() -> None:
            draft.lines.insert(place, taken)
            self.show_lines()

        def forth() -> None:
            if taken in draft.lines:
                draft.lines.remove(taken)
            self.show_lines()

        words = self.tr("{text} taken off").format(text=taken.text)
        self._notices.toast(words, undo=at_once(back), redo=at_once(forth))
