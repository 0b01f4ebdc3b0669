"""The form of a ticket state."""

from collections.abc import Sequence, Set
from typing import Any

from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import PosappError
from posapp.domain.repairs.ticket_states import check_state_name
from posapp.domain.repairs.tickets import READY, Needed, StateGroup, StateMap, TicketState
from posapp.services.repairs.ticket_states import LONGEST_LIMIT, AddState, EditState
from posapp.ui.fields import ComboField, Form, TextField
from posapp.ui.layout import rows
from posapp.ui.settings.fields import WholeField
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.labels import label
from posapp.ui.wording import translator

_tr = translator("Settings")

OPEN = (StateGroup.NEW, StateGroup.WORK, StateGroup.WAITING)
"""Groups of states in which work goes on."""


def group_words(group: StateGroup) -> str:
    """A group as people call it."""
    return {
        StateGroup.NEW: _tr("New"),
        StateGroup.WORK: _tr("In work"),
        StateGroup.WAITING: _tr("Waiting"),
        StateGroup.READY: _tr("Ready"),
        StateGroup.CLOSED: _tr("Closed"),
        StateGroup.CANCELLED: _tr("Cancelled"),
    }[group]


def needed_words(needed: Needed) -> str:
    """What is asked for, as the ticket calls it."""
    return {
        Needed.FOUND: _tr("What was found"),
        Needed.PRICE: _tr("Price"),
        Needed.TECHNICIAN: _tr("Technician"),
        Needed.SHELF: _tr("Shelf"),
    }[needed]


class TickBoxes(QWidget):
    """A box per choice, and below them the sentence of what is wrong with what is ticked."""

    def __init__(self, words: str, choices: Sequence[tuple[str, str]], ticked: Set[str]) -> None:
        super().__init__()
        self.boxes = {code: CheckBox(name) for code, name in choices}
        for code, box in self.boxes.items():
            box.setAccessibleName(f"{words}: {box.text()}")
            box.setChecked(code in ticked)
        self.trouble = label("", "small", tone="danger", wrap=True)
        self.trouble.hide()
        caption = label(words, "small", tone="text2", weight=500)
        rows(caption, *self.boxes.values(), self.trouble, gap=2, host=self)

    def codes(self) -> tuple[str, ...]:
        """The ticked ones."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def complain(self, sentence: str) -> None:
        """Say what is wrong; nothing for nothing."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence and self.boxes:
            next(iter(self.boxes.values())).setFocus()


class StateForm(Form):
    """The fields of a state; `record` None makes a new one."""

    def __init__(self, states: StateMap, record: TicketState | None) -> None:
        super().__init__()
        self._record = record
        used = [one for one in states.states if not one.is_archived and one != record]
        choices = [(one.code, one.name) for one in used]
        self.name = self.add_field(TextField("name", self.tr("Name"), read=check_state_name))
        groups = [(one, group_words(one)) for one in StateGroup if one is not StateGroup.CLOSED]
        self.group = self.add_field(ComboField("group", self.tr("Group"), groups))
        words = self.tr("Time limit, in hours")
        self.limit = self.add_field(WholeField("limit_hours", words, 1, LONGEST_LIMIT, is_optional=True))
        self.limit.say(self.tr("Empty for none."))
        needs = [(one.value, needed_words(one)) for one in Needed]
        words, known = self.tr("Asked for before a device comes here"), record.needs if record else ()
        self.needs = TickBoxes(words, needs, {one.value for one in known})
        self.reserved = CheckBox(self.tr("Only managers bring devices here"))
        self.reserved.setChecked(record is not None and record.is_reserved)
        is_open = frozenset(one.code for one in used if one.group in OPEN)
        to = is_open | {READY} if record is None else {one.code for one in states.next_of(record)}
        self.after = TickBoxes(self.tr("Comes after"), choices, is_open)
        self.then = TickBoxes(self.tr("Goes on to"), choices, to)
        ways = self.after, self.then
        rows(self.name, self.group, self.limit, *ways, self.needs, self.reserved, gap=12, host=self)
        if record is None:
            self.group.choose(StateGroup.WORK)
            self.group.committed.connect(self._show_needs)
        else:
            self.group.hide()  # a group is for good: alerts and hand-back go by it
            self.after.hide()
            self.then.setVisible(not record.is_archived)
            self.name.set_text(record.name)
            self.limit.put(record.limit_hours or 0)
        self._show_needs()

    def _group(self) -> StateGroup:
        if self._record is not None:
            return self._record.group
        return self.group.value() if self.group.problem() is None else StateGroup.WORK

    def _show_needs(self) -> None:
        """Where devices begin, or end without a repair, nothing is asked for."""
        self.needs.setVisible(self._group().may_need)

    def show_error(self, error: PosappError) -> None:
        """What is wrong with the next states stands below their boxes."""
        is_moves = error.field == "moves"
        self.then.complain(error.sentence if is_moves else "")
        if is_moves:
            self.summary.hide()
        else:
            super().show_error(error)

    def command(self) -> AddState | EditState:
        """What to save; every field is right by now."""
        values: dict[str, Any] = {
            "name": self.name.value(),
            "limit_hours": self.limit.value(),
            "needs": frozenset(map(Needed, self.needs.codes() if self.needs.isVisibleTo(self) else ())),
            "is_reserved": self.reserved.isChecked(),
            "then": self.then.codes(),
        }
        if self._record is not None:
            return EditState(code=self._record.code, **values)
        return AddState(group=self._group(), after=self.after.codes(), **values)
