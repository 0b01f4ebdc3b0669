"""A section that is a table with a sheet: services, people and benches."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from posapp.domain.base.errors import PosappError
from posapp.ui.actions import Action, hint
from posapp.ui.fields import Form
from posapp.ui.layout import STRETCH, columns, put, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.faded_delegate import FadedDelegate
from posapp.ui.settings.presenter import Known, SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.tables import Column, RowsModel, dress_list
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import CheckBox, button
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.shell import Shell

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class EditTable(QTableView):
    """Rows that open with Enter or a double click, and are archived with Del."""

    opened = Signal()
    removed = Signal()
    moved = Signal(int)
    """Alt+Up and Alt+Down: the chosen row wants to be one place earlier (-1) or later (1)."""

    def __init__(self, name: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self.rows = RowsModel(columns, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        dress_list(self)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(FadedDelegate(self))
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self._fit()
        theme().changed.connect(self._fit)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the rows; the same record stays chosen."""
        kept, row = getattr(self.chosen(), "id", None), self.currentIndex().row()
        self.rows.show_rows(rows)
        ids = [getattr(one, "id", None) for one in rows]
        place = ids.index(kept) if kept is not None and kept in ids else row
        if rows:
            self.selectRow(min(max(place, 0), len(rows) - 1))

    def chosen(self) -> Any:
        """The chosen row, None for none."""
        index = self.currentIndex()
        return self.rows.row_at(index) if index.isValid() and index.row() < self.rows.rowCount() else None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table."""
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del archives, everything else moves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.removed.emit()
        elif event.key() in _STEPS and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Only rows are walked through; Home and End are the first and the last."""
        edges = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.rows.rowCount() - 1,
        }
        if action in edges:
            return self.rows.index(edges[action], 0)
        index = super().moveCursor(action, modifiers)
        return index.siblingAtColumn(0) if index.isValid() else index

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row_height(44))


class Sheet(QWidget):
    """A form with its buttons, for the side sheet: *Save*, and *Archive* or *Restore* for what exists."""

    closed = Signal()

    def __init__(
        self, form: Form, saves: str, other: str = "", run: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.form = form
        host = QWidget()
        rows(form, STRETCH, pad=(16, 8, 16, 16), host=host)
        save = button(saves, kind="primary", size="l", key="Ctrl+Return")
        form.set_save_button(save)
        foot = columns(wide(save), gap=8, pad=(16, 10))
        if other:
            foot.addWidget(button(other, size="l", run=run))
        under = rows(form.summary, pad=(16, 8, 16, 0))
        rows(line(), wide(Scroller(host)), line(), under, foot, gap=0, host=self)
        first = form.fields()
        self.setFocusProxy(first[0] if first else save)

    def hideEvent(self, event: QHideEvent) -> None:
        """The sheet closed, by whatever key."""
        super().hideEvent(event)
        self.closed.emit()


class TableSection(Section):
    """Base of the sections with a table. Subclasses say what the rows are and make the form of one."""

    kind = ""
    """What the desk calls a row: "service" or "resource"."""
    is_ordered = True
    """Whether Alt+Up and Alt+Down move a row."""

    def __init__(
        self,
        title: str,
        sentence: str,
        cells: Sequence[Column],
        presenter: SettingsPresenter,
        shell: Shell,
        *,
        add: str,
    ) -> None:
        super().__init__(title, presenter, shell)
        self.table = EditTable(title, cells)
        self.table.opened.connect(self.open_row)
        self.table.removed.connect(self.archive_row)
        self.table.moved.connect(self.move_row)
        self.add_button = button(add, size="s", icon="plus", key="Alt+N", run=self.add_row)
        self.head.addWidget(self.add_button)
        self.archived = CheckBox(self.tr("Show archived"))
        self.archived.toggled.connect(lambda _on: self.refresh())
        top = columns(wide(label(sentence, "small", tone="text2", wrap=True)), self.archived, pad=(16, 10))
        put(self.body, top, line(), wide(self.table))

    # -- what differs ----------------------------------------------------------------------------------
    def records_in(self, known: Known) -> Sequence[Any]:
        """All rows, archived ones too."""
        raise NotImplementedError

    def records(self) -> Sequence[Any]:
        """The rows as they were read last."""
        return self.records_in(self.presenter.known)

    def stored(self, key: int) -> object:
        """What is stored of a row now; on the database lane."""
        rows = self.records_in(self.presenter.stored())
        found: Any = next((one for one in rows if one.id == key), None)
        return replace(found, stamps=None) if hasattr(found, "stamps") else found  # two own steps may follow

    def stored_order(self) -> list[int]:
        """In which order the rows in use are stored now; on the database lane."""
        return [one.id for one in self.records_in(self.presenter.stored()) if not one.is_archived]

    def show_sheet(self, record: Any) -> None:
        """Open the form of a row, or of a new one (None)."""
        raise NotImplementedError

    def archive(self, record: Any) -> None:
        """Take a row out of the choices, or bring it back."""
        raise NotImplementedError

    def put_archived(self, key: int, *, archived: bool) -> None:
        """Archive a row or bring it back; runs on the database lane."""
        session = self.session
        session.shop.businesses.archive(session.actor, self.kind, key, archived=archived)

    def put_order(self, moved: int, keys: list[int]) -> None:
        """Put the rows into this order, in which `moved` has another place; runs on the database lane."""
        from posapp.services.base.ordering import put_in_order

        put_in_order(self.session.shop.store, self.session.actor, self.kind, keys)

    # -- the same for all ------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the rows; archived ones last."""
        rows = [one for one in self.records() if not one.is_archived]
        gone = [one for one in self.records() if one.is_archived]
        self.archived.setVisible(bool(gone))
        self.count.set_text(str(len(rows)))
        self.table.show_rows([*rows, *(gone if self.archived.isChecked() else [])])

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table

    def own_actions(self) -> Sequence[Action]:
        """What the table does."""
        words, tr = self.add_button.text(), self.tr
        add = Action("settings_add", words, "Alt+N", self.add_row, word=tr("Add"), on_record=True)
        return (hint("Return", tr("Change")), add, *self.more_actions(), hint("Del", tr("Archive")))

    def more_actions(self) -> Sequence[Action]:
        """What a kind of records has besides."""
        return (hint("Alt+↑↓", self.tr("Order")),) if self.is_ordered else ()

    def add_row(self) -> None:
        """Open an empty form."""
        if self.isVisible():
            self.show_sheet(None)

    def open_row(self) -> None:
        """Open the form of the chosen row."""
        record = self.table.chosen()
        if record is not None:
            self.show_sheet(record)

    def archive_row(self) -> None:
        """Archive or restore the chosen row."""
        record = self.table.chosen()
        if record is not None:
            self.archive(record)

    def move_row(self, step: int) -> None:
        """One place earlier or later, in every list and in the calendar."""
        record = self.table.chosen()
        before = [one.id for one in self.records() if not one.is_archived]
        if not self.is_ordered or record is None or record.is_archived:
            return
        place = before.index(record.id) + step
        if not 0 <= place < len(before):
            return
        after = [key for key in before if key != record.id]
        after.insert(place, record.id)
        said = self.tr("{name} moved").format(name=record.name)
        key = record.id
        self.presenter.save(
            lambda: self.put_order(key, after),
            said,
            failed=self._refused,
            undo=lambda: self.put_order(key, before),
            now=self.stored_order,
        )

    def keep(self, form: Form, before: Any, command: Any, save: Callable[[Any], Any]) -> None:
        """Save a form; a toast takes it back: the values of before, or a new row archived."""
        made: list[int] = []

        def work() -> object:
            made.append(save(command).id)
            return made[-1]

        def undo() -> object:
            if before is not None:
                return save(before)
            self.put_archived(made[0], archived=True)
            return None

        def redo() -> object:
            if before is not None:
                is_versioned = hasattr(command, "seen_version")  # of before the step
                return save(replace(command, seen_version=None) if is_versioned else command)
            self.put_archived(made[0], archived=False)
            return None

        def refused(error: Exception) -> None:
            form.set_saving(False)
            if isinstance(error, PosappError):
                form.show_error(error)

        form.set_saving(True)
        words = self.tr("{name} added") if before is None else self.tr("{name} saved")
        self.presenter.save(
            work,
            words.format(name=command.name),
            failed=refused,
            undo=undo,
            redo=redo,
            now=lambda: self.stored(made[0]),
            done=lambda _key: self.shell.close_sheet(),
        )

    def open_sheet(self, title: str, sheet: Sheet) -> None:
        """Show a form over the right edge; the focus comes back to the table."""
        sheet.closed.connect(self._sheet_closed)
        self.shell.open_sheet(title, sheet)

    def _sheet_closed(self) -> None:
        # Later: a widget that goes while it has the focus hands it to its neighbour first.
        QTimer.singleShot(0, self, self._come_back)

    def _come_back(self) -> None:
        if self.isVisible() and self.shell.sheet_content is None:
            self.table.setFocus()

    def put_away(self, record: Any) -> None:
        """Archive a row, or bring it back; a toast can undo it."""
        gone = not record.is_archived

        def work(archived: bool) -> Callable[[], object]:
            return lambda: self.put_archived(record.id, archived=archived)

        words = self.tr("{name} archived") if gone else self.tr("{name} is back")
        self.presenter.save(
            work(gone),
            words.format(name=record.name),
            failed=self._refused,
            undo=work(not gone),
            now=lambda: self.stored(record.id),
        )
        self.shell.close_sheet()

    def _refused(self, error: Exception) -> None:
        sentence = sentence_of(error, self.tr("This could not be saved."))
        self.shell.notices.status(sentence, "danger", seconds=6)
