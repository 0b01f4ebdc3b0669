"""A section that is a table with a sheet: services, people and benches, parts, loaners, states of tickets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import PosappError
from posapp.services.counter.shop_settings import ShopSettings
from posapp.ui.actions import Action, hint
from posapp.ui.fields import Form, LabeledField
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.settings.presenter import SettingsPresenter, Work
from posapp.ui.settings.section import Captioned, Section
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.buttons import CheckBox, action_button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import line, remark
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")


@dataclass(frozen=True, slots=True)
class Going:
    """What it is called when a row goes out of use, and when it comes back."""

    show: str
    is_gone: str
    go: str
    went: str
    back: str


def archiving() -> Going:
    """What it is called of most things."""
    return Going(
        show=_tr("Show archived"),
        is_gone=_tr("{name}, archived"),
        go=_tr("Archive"),
        went=_tr("{name} archived"),
        back=_tr("Restore"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table says, what its rows are, and what the form of one asks."""

    title: str
    about: str
    add: str
    new: str
    save: str
    add_new: str = ""
    """On the button of a new row, where it is not `add`."""
    columns: Sequence[Column]
    rows: Callable[[ShopSettings], Sequence[Any]]
    """All records, archived ones too."""
    parts: Callable[[Any], Mapping[str, LabeledField | Captioned]]
    """What the form of a record, or of a new one (None), asks."""
    command: type
    """What the desk is given; what a record has of it is what is stored."""
    write: Callable[["Shop", "Actor", Any], Any]
    """Lets the desk save a record, and gives it as it is now; on the database lane."""
    kind: str = ""
    """What the desk calls a record: "service" or "resource"."""
    is_ordered: bool = True
    """Whether Alt+Up and Alt+Down move a row."""
    going: Going = field(default_factory=archiving)


class RowForm(Form):
    """The fields of a row, declared: each under its name in the record and in the command."""

    def __init__(self, parts: Mapping[str, LabeledField | Captioned], record: Any) -> None:
        super().__init__()
        self._parts = parts
        for name, part in parts.items():
            if isinstance(part, LabeledField):
                self.add_field(part)
            stored = getattr(record, name, None)
            if stored is not None:
                part.put(stored)
        self.setLayout(rows(*parts.values(), gap=12))

    def values(self) -> dict[str, Any]:
        """What is typed; every field is right by now."""
        return {name: part.value() for name, part in self._parts.items()}


class Sheet(QWidget):
    """A form with its buttons, for the side sheet: *Save*, and *Archive* or *Restore* for what exists."""

    closed = Signal()

    def __init__(self, form: Form, saves: str, other: QWidget | None = None) -> None:
        super().__init__()
        self.form = form
        save = button(saves, kind="primary", size="l", key="Ctrl+Return")
        form.set_save_button(save)
        rows(
            line(),
            wide(Scroller(held(rows(form, STRETCH, pad=(16, 8, 16, 16))))),
            line(),
            rows(form.summary, pad=(16, 8, 16, 0)),
            columns(wide(save), other, gap=8, pad=(16, 10)),
            gap=0,
            host=self,
        )
        first = form.fields()
        self.setFocusProxy(first[0] if first else save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from the buttons, too; a form without fields has no other place for the focus."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.form.submit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The sheet closed, by whatever key; under a window that is covered it stays."""
        super().hideEvent(event)
        if self.isHidden():
            self.closed.emit()


class TableSection(Section):
    """A table with a sheet. Subclasses say what is not a matter of declaring."""

    def __init__(self, declared: Table, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(declared.title, presenter, shell)
        self.declared = declared
        self.table = self.first = EditTable(declared.title, declared.columns, gone=declared.going.is_gone)
        self.table.opened.connect(self.open_row)
        self.table.removed.connect(self.archive_row)
        self.table.moved.connect(self.move_row)
        here = self.isVisible
        self._add = Action(
            "settings_add", declared.add, "Alt+N", self.add_row, "plus", here, word=_tr("Add"), on_record=True
        )
        self.tools = FlowLayout(gap=8)
        self.head.addWidget(held(self.tools))
        self.show_tools(action_button(self._add, size="s"))
        self.archived = CheckBox(declared.going.show)
        self.archived.toggled.connect(lambda _on: self.refresh())
        self.about = remark(declared.about)
        head = columns(wide(self.about), self.archived, pad=(16, 10))
        put(self.body, head, line(), wide(self.table))

    def show_tools(self, *buttons: QWidget) -> None:
        """These stand in the head, before those that stand there; in two rows where there is no room."""
        there = [item for _ in range(self.tools.count()) if (item := self.tools.takeAt(0))]
        for one in buttons:
            self.tools.addWidget(one)
        for item in there:
            self.tools.addItem(item)

    # -- what differs ----------------------------------------------------------------------------------
    def more_actions(self) -> Sequence[Action]:
        """What can be done besides adding, changing and archiving."""
        return ()

    def make_form(self, record: Any) -> Form:
        """The form of a row, or of a new one (None)."""
        return RowForm(self.declared.parts(record), record)

    def command_of(self, record: Any) -> Any:
        """A row as its form would write it."""
        command = self.declared.command
        names = (one.name for one in fields(command))
        return command(**{name: getattr(record, name) for name in names if hasattr(record, name)})

    def command_in(self, form: Any, record: Any) -> Any:
        """What a form asks for."""
        if record is None:
            return self.declared.command(**form.values())
        command = replace(self.command_of(record), **form.values())
        is_versioned = hasattr(command, "seen_version")
        return replace(command, seen_version=record.stamps.version) if is_versioned else command

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Archive a row or bring it back; on the database lane."""
        shop.businesses.archive(actor, self.declared.kind, key, archived=archived)

    def put_order(self, shop: "Shop", actor: "Actor", moved: int, keys: list[int]) -> None:
        """Put the rows into this order, in which `moved` has another place; on the database lane."""
        from posapp.services.base.ordering import put_in_order

        put_in_order(shop.store, actor, self.declared.kind, keys)

    # -- the same for all ------------------------------------------------------------------------------
    def records(self) -> Sequence[Any]:
        """The rows as they were read last."""
        return self.declared.rows(self.presenter.known)

    def stored(self, shop: "Shop", actor: "Actor", key: int) -> object:
        """What is stored of a row now; on the database lane."""
        rows = self.declared.rows(shop.settings.all(actor))
        found: Any = next((one for one in rows if one.id == key), None)
        return replace(found, stamps=None) if hasattr(found, "stamps") else found  # two own steps may follow

    def refresh(self) -> None:
        """Show the rows; archived ones last."""
        rows = [one for one in self.records() if not one.is_archived]
        gone = [one for one in self.records() if one.is_archived]
        self.archived.setVisible(bool(gone))
        self.count.set_text(str(len(rows)))
        self.table.show_rows([*rows, *(gone if self.archived.isChecked() else [])])

    def own_actions(self) -> Sequence[Action]:
        """What the table does."""
        order = [hint("Alt+↑↓", _tr("Order"))] if self.declared.is_ordered else []
        return (
            hint("Return", _tr("Change")),
            self._add,
            *self.more_actions(),
            *order,
            hint("Del", self.declared.going.go),
        )

    def add_row(self) -> None:
        """Open an empty form."""
        self._open_form(None)

    def open_row(self) -> None:
        """Open the form of the chosen row."""
        record = self.table.chosen()
        if record is not None:
            self._open_form(record)

    def archive_row(self) -> None:
        """Archive or restore the chosen row."""
        record = self.table.chosen()
        if record is not None:
            self.archive(record)

    def _open_form(self, record: Any) -> None:
        words, form, other = self.declared, self.make_form(record), None
        form.accepted.connect(lambda: self._save(form, record))
        if record is not None:
            other = self.other_button(record)
        saves = words.save if record is not None else words.add_new or words.add
        self.open_sheet(words.new if record is None else record.name, Sheet(form, saves, other))

    def other_button(self, record: Any) -> QWidget | None:
        """Beside *Save*: takes a row out of use, or brings it back."""
        going = self.declared.going
        words = going.back if record.is_archived else going.go
        return button(words, size="l", run=lambda: self.archive(record))

    def move_row(self, step: int) -> None:
        """One place earlier or later, in every list and in the calendar."""
        record = self.table.chosen()
        before = [one.id for one in self.records() if not one.is_archived]
        if not self.declared.is_ordered or record is None or record.is_archived:
            return
        place = before.index(record.id) + step
        if not 0 <= place < len(before):
            return
        after = [key for key in before if key != record.id]
        after.insert(place, record.id)
        self.presenter.exchange(
            lambda shop, actor, keys: self.put_order(shop, actor, record.id, keys),
            before,
            after,
            self.tr("{name} moved").format(name=record.name),
            self.presenter.say_failure,
            now=self._stored_order,
        )

    def _stored_order(self, shop: "Shop", actor: "Actor") -> list[int]:
        rows = self.declared.rows(shop.settings.all(actor))
        return [one.id for one in rows if not one.is_archived]

    def _save(self, form: Form, record: Any) -> None:
        """Save a form; a toast takes it back: the values of before, or a new row archived."""
        before = None if record is None else self.command_of(record)
        command, made = self.command_in(form, record), [0]

        def work(shop: "Shop", actor: "Actor") -> None:
            made[0] = self.declared.write(shop, actor, command).id

        def undo(shop: "Shop", actor: "Actor") -> None:
            if before is not None:
                self.declared.write(shop, actor, before)
            else:
                self.put_archived(shop, actor, made[0], archived=True)

        def redo(shop: "Shop", actor: "Actor") -> None:
            if before is None:
                self.put_archived(shop, actor, made[0], archived=False)
            else:
                is_versioned = hasattr(command, "seen_version")  # of before the step
                again = replace(command, seen_version=None) if is_versioned else command
                self.declared.write(shop, actor, again)

        words = self.tr("{name} added") if before is None else self.tr("{name} saved")
        said = words.format(name=command.name)
        self.save_sheet(
            form, work, said, undo, redo, now=lambda shop, actor: self.stored(shop, actor, made[0])
        )

    def save_sheet(
        self,
        form: Form,
        work: Work,
        said: str,
        undo: Work | None = None,
        redo: Work | None = None,
        now: Work = lambda *_to: None,
    ) -> None:
        """Save what stands in the sheet, which closes then; a refusal is shown in it.

        What was shown before it was done has no `undo`.
        """

        def refused(error: Exception) -> None:
            form.set_saving(False)
            if isinstance(error, PosappError):
                form.show_error(error)

        form.set_saving(True)
        close = self.shell.close_sheet
        self.presenter.save(
            work, said, failed=refused, undo=undo, redo=redo, now=now, done=lambda _made: close()
        )

    def open_sheet(self, title: str, sheet: Sheet) -> None:
        """Show a form over the right edge; the focus comes back to the table."""
        # Later: a widget that goes while it has the focus hands it to its neighbour first.
        sheet.closed.connect(lambda: QTimer.singleShot(0, self, self._come_back))
        self.shell.open_sheet(title, sheet)

    def _come_back(self) -> None:
        if self.isVisible() and self.shell.sheet_content is None:
            self.table.setFocus()

    def archive(self, record: Any) -> None:
        """Take a row out of the choices, or bring it back; a toast can undo it."""
        gone = not record.is_archived
        words = self.declared.going.went if gone else self.tr("{name} is back")
        self.presenter.exchange(
            lambda shop, actor, is_gone: self.put_archived(shop, actor, record.id, archived=is_gone),
            not gone,
            gone,
            words.format(name=record.name),
            self.presenter.say_failure,
            now=lambda shop, actor: self.stored(shop, actor, record.id),
        )
        self.shell.close_sheet()
