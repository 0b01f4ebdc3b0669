"""The keys of this till as a table: what each does, and the key that is pressed for it here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from posapp.domain.base.errors import DomainError
from posapp.ui.actions import Action, hint
from posapp.ui.fields import Form, LabeledField
from posapp.ui.fields.edits import LineEdit, is_save
from posapp.ui.layout import columns, put, rows, wide
from posapp.ui.own_keys import own_keys, standard_keys
from posapp.ui.scanner_fields import KEEPS_KEYS
from posapp.ui.scanner_keys import SHIFTS, key_in, key_name
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.settings.table_section import Sheet
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.widgets.labels import line, remark
from posapp.ui.widgets.paint import printed
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")
_HELD = (*SHIFTS, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_GO_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as the program names it, what it does, and the key of this till."""

    id: str
    name: str
    own: str


class KeyEdit(LineEdit):
    """Shows the key that is pressed in it; Enter, Tab and Esc do what they do in every form."""

    def __init__(self) -> None:
        super().__init__("keyboard")
        self.setProperty(KEEPS_KEYS, True)
        self.key = ""
        """The key that was pressed last, as Qt writes it."""

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether this one is taken down instead of doing what it does in the window."""
        return event.key() not in (*_HELD, *_GO_ON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key down."""
        if event.key() in _HELD:
            return
        if event.key() in _GO_ON:
            event.ignore() if is_save(event) else super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self.key = key_name(event)
            self.setText(printed(self.key))


class KeyField(LabeledField):
    """The new key; what it cannot be is said at once, for a key is whole when it is pressed."""

    def __init__(self, row: KeyRow, marks: Sequence[str]) -> None:
        self._edit = KeyEdit()
        super().__init__("key", _tr("Press the new key"), self._edit)
        self._row, self._marks = row, marks

    def value(self) -> str:
        """The key, or a `DomainError` that says who has it or who needs it."""
        own = self._edit.key
        if not own:
            raise DomainError("key_missing", _tr("Press a key."), field="key")
        if own in self._marks:
            words = _tr("The scanner of this till begins or ends its codes with {key}.")
            raise DomainError("key_not_possible", words.format(key=own), field="key")
        own_keys().check(self._row.id, own)
        return own

    def heard(self) -> None:
        """A key was pressed."""
        super().heard()
        self.check()


class KeyForm(Form):
    """Asks for one key."""

    def __init__(self, row: KeyRow, marks: Sequence[str]) -> None:
        super().__init__()
        self.key = self.add_field(KeyField(row, marks))
        said = _tr("Now {key}. It does the same on every screen.").format(key=printed(row.own))
        self.setLayout(rows(remark(said), self.key, gap=12))


class KeysSection(Section):
    """Kept in a file of this computer; other tills keep their keys."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Keys"), presenter, shell, has_head=False)
        told = _tr("Enter moves a key to another one on this till, Del puts it back where it was.")
        self._all = Action(
            "settings_keys", _tr("All standard keys"), "Alt+R", self.reset, "undo-2", self._is_any_moved
        )
        self._back = action_button(self._all, size="s")
        self.table = self.first = EditTable(
            _tr("Keys of this till"),
            (
                Column(_tr("Does"), lambda row: row.name),
                Column(_tr("Key"), lambda row: printed(row.own)),
                Column(_tr("Standard key"), lambda row: "" if row.own == row.id else printed(row.id)),
            ),
        )
        self.table.opened.connect(self._open)
        self.table.removed.connect(self._put_back)
        put(self.body, columns(wide(remark(told)), self._back, pad=(16, 10)), line(), wide(self.table))

    def own_actions(self) -> Sequence[Action]:
        """What the table does."""
        return hint("Return", _tr("Change")), hint("Del", _tr("Standard key")), self._all

    def refresh(self) -> None:
        """Show the keys of now."""
        known = own_keys()
        self.table.show_rows([KeyRow(key, words, known.of(key)) for key, words in standard_keys().items()])
        self._back.setVisible(bool(self.session.till.keys))

    def reset(self) -> None:
        """Every key is where it was at first."""
        self._keep({}, _tr("All keys are the standard ones"))

    def _is_any_moved(self) -> bool:
        return self.isVisible() and bool(self.session.till.keys)

    def _open(self) -> None:
        row: KeyRow | None = self.table.chosen()
        if row is None:
            return
        till = self.session.till
        form = KeyForm(row, [key_in(mark) for mark in (till.scanner_prefix, till.scanner_suffix)])
        form.accepted.connect(lambda: self._move(row, form.key.value()))
        back = None
        if row.own != row.id:
            words = _tr("Back to {key}").format(key=printed(row.id))
            back = button(words, size="l", run=self._put_back)
        sheet = Sheet(form, _tr("Take this key"), back)
        sheet.closed.connect(lambda: QTimer.singleShot(0, self, self._come_back))
        self.shell.open_sheet(row.name, sheet)

    def _come_back(self) -> None:
        if self.isVisible() and self.shell.sheet_content is None:
            self.table.setFocus()

    def _put_back(self) -> None:
        row: KeyRow | None = self.table.chosen()
        if row is None or row.own == row.id:
            return
        try:
            own_keys().check(row.id, row.id)
        except DomainError as error:
            self.presenter.say_failure(error)
        else:
            self._move(row, row.id)

    def _move(self, row: KeyRow, own: str) -> None:
        moved = {key: other for key, other in self.session.till.keys.items() if key != row.id}
        if own != row.id:
            moved[row.id] = own
        self._keep(moved, _tr("{words}: {key}").format(words=row.name, key=printed(own)))

    def _keep(self, moved: dict[str, str], said: str) -> None:
        self.presenter.change_till(said, self.presenter.say_failure, keys=moved)
        self.shell.close_sheet()
