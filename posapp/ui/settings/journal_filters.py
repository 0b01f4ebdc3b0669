"""What of the journal is shown: by kind, by who, by day and by record."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError
from posapp.services.care.journal import KINDS, OTHER, JournalAsked
from posapp.ui.fields import ComboField, DayField, LineEdit, TextField
from posapp.ui.layout import Placed, columns, rows
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.wording import Wording, translator

_tr = translator("Journal")


def _kinds() -> list[Choice]:
    words = {
        "customers": _tr("Customers"),
        "bookings": _tr("Bookings"),
        "tickets": _tr("Tickets"),
        "sales": _tr("Sales"),
        "drawer": _tr("Drawer"),
        "items": _tr("Items"),
        "papers": _tr("Papers"),
        "people": _tr("Staff"),
    }
    chips = [Choice(kind, words[kind]) for kind in KINDS]
    return [Choice("", _tr("All")), *chips, Choice(OTHER, _tr("Other"))]


class JournalFilters(QWidget):
    """`asked` tells a new question once its fields are right."""

    asked = Signal(object)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.kinds = ChipGroup(_kinds(), name=_tr("What about"))
        self.kinds.set_current("")
        self.kinds.chosen.connect(lambda _key: self.ask())
        self.who = ComboField("who", _tr("Who"), [("", _tr("Everybody"))])
        self.who.choose("")
        self.who.committed.connect(self.ask)
        self.since = DayField("since", _tr("From"), wording=wording)
        self.until = DayField("until", _tr("To"), wording=wording)
        self.number = TextField("number", _tr("Record"), placeholder=_tr("T12, PL7 …"))
        self.fields = (self.who, self.since, self.until, self.number)
        for field in self.fields[1:]:
            field.committed.connect(self.ask)
            editor = field.editor
            assert isinstance(editor, LineEdit)
            editor.left.connect(self.ask)
            editor.returnPressed.connect(self.ask)
        fields = columns(*(Placed(field, 1) for field in self.fields), gap=12)
        rows(self.kinds, fields, gap=10, pad=(16, 10, 16, 12), host=self)
        self._last = JournalAsked()

    def question(self) -> JournalAsked:
        """What is asked for now; raises `DomainError` where a field is not right."""
        return JournalAsked(
            who=self.who.value(),
            about=self.kinds.current(),
            since=None if self.since.is_empty() else self.since.value(),
            until=None if self.until.is_empty() else self.until.value(),
            number=self.number.value(),
        )

    def ask(self) -> None:
        """Tell what is asked for, if it is another thing than before."""
        try:
            asked = self.question()
        except DomainError:
            return  # the field says so itself
        if asked != self._last:
            self._last = asked
            self.number.clear_problem()
            self.asked.emit(asked)

    def show_names(self, names: Sequence[str]) -> None:
        """Who can be chosen; whoever is chosen stays so."""
        chosen = self.who.value()
        known = dict.fromkeys([*names, *filter(None, [chosen])])
        self.who.set_choices([("", _tr("Everybody")), *((name, name) for name in known)])

    def reset(self) -> None:
        """Ask for everything."""
        self.kinds.set_current("")
        self.who.choose("")
        for field in self.fields[1:]:
            field.set_text("")
        self.ask()
