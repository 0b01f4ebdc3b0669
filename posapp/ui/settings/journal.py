"""Journal: who did what and when, the newest first; it is read here, and written by nobody but the acts."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHeaderView

from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import Change
from posapp.domain.base.numbers import Letter, letter_of
from posapp.services.care.journal import PAGE, JournalAsked
from posapp.ui.actions import Action, hint
from posapp.ui.history.export_steps import ExportSteps
from posapp.ui.layout import put, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.journal_filters import JournalFilters
from posapp.ui.settings.journal_presenter import JournalPresenter, Row, Rows
from posapp.ui.settings.journal_sheet import JournalSheet
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.widgets.labels import line
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_count, translator

_tr = translator("Journal")
_WHEN, _WHO, _WHAT, _RECORD = range(4)
_WHO_WIDTH, _COMPACT_WHO_WIDTH = 220, 150
_NEAR = 40
"""So many rows before the end the next page is asked for."""


class JournalSection(Section):
    """Filters, the table, and one entry in the side sheet; new entries come when they are asked for."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Journal"), presenter, shell)
        self._journal = JournalPresenter(self.session)
        self._asked = JournalAsked()
        self._before: int | None = None
        self._is_reading = self._is_compact = False
        self._is_other = True
        self._newest = 0
        self.filters = JournalFilters(presenter.wording)
        self.filters.asked.connect(self._ask)
        self.table = self.first = self._make_table()
        self.notice = NoticeBar()
        self.empty = EmptyState(_tr("No entry matches."), action=_tr("Show all"), run=self.filters.reset)
        self.empty.hide()
        self.fresh = button(_tr("New entries"), size="s", kind="primary", key="Alt+N", run=self.show_new)
        self.fresh.hide()
        self._export = ExportSteps(
            self,
            shell,
            self._write,
            self.notice,
            title=_tr("Export the journal"),
            failed=_tr("The journal could not be exported."),
        )
        self._export.name = "journal"
        self._out = Action(
            "journal_export",
            _tr("Export"),
            "Ctrl+E",
            self._export.ask_where,
            "download",
            self.isVisible,
        )
        self.head.addWidget(self.fresh)
        self.head.addWidget(action_button(self._out, size="s"))
        put(self.body, self.notice, self.filters, line(), wide(self.table), wide(self.empty))
        self.session.feed.changed.connect(self._heard)
        theme().changed.connect(self._fit)
        self._fit()

    def _make_table(self) -> EditTable:
        table = EditTable(
            _tr("Journal"),
            (
                Column(_tr("When"), lambda row: row.when),
                Column(_tr("Who"), lambda row: row.who),
                Column(_tr("What"), lambda row: row.told),
                Column(_tr("Record"), lambda row: row.number or "–"),
            ),
        )
        head = table.horizontalHeader()
        for column in (_WHEN, _RECORD):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_WHO, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        table.opened.connect(self.open_row)
        table.verticalScrollBar().valueChanged.connect(lambda _at: self._go_on())
        return table

    def _fit(self) -> None:
        width = _COMPACT_WHO_WIDTH if self._is_compact else _WHO_WIDTH
        self.table.horizontalHeader().resizeSection(_WHO, theme().px(width))

    # -- the page asks ---------------------------------------------------------------------------------
    def compact_changed(self, is_compact: bool) -> None:
        """In narrow windows what was done keeps its room."""
        self._is_compact = is_compact
        self._fit()

    def entered(self) -> None:
        """Read the newest entries."""
        super().entered()
        self._journal.names(self.filters.show_names)
        self._reload()

    def own_actions(self) -> Sequence[Action]:
        """What can be done here."""
        return (
            hint("Return", _tr("Open")),
            self._out,
            Action("journal_new", _tr("New entries"), "Alt+N", self.show_new, when=self.fresh.isVisible),
        )

    def look_for(self, text: str) -> None:
        """The entries of a record."""
        self.filters.number.set_text(text)
        self.filters.ask()

    # -- reading ---------------------------------------------------------------------------------------
    def _ask(self, asked: JournalAsked) -> None:
        self._asked, self._is_other = asked, True
        self._reload()

    def _reload(self) -> None:
        self._before = None
        self.fresh.hide()
        self._read(self._asked, self._show)

    def _read(self, asked: JournalAsked, done: Any) -> None:
        if not self._is_reading:
            self.shell.loading.begin(_tr("Reading the journal"))
        self._is_reading = True
        self._journal.page(asked, done, self._failed)

    def _rest(self) -> None:
        if self._is_reading:
            self._is_reading = False
            self.shell.loading.end()

    def _show(self, found: Rows) -> None:
        self._rest()
        self.notice.hide()
        self.table.show_rows(found.rows)
        if self._is_other and found.rows:
            self.table.selectRow(0)
            self._is_other = False
        self._newest = found.rows[0].id if found.rows else 0
        self._add(replace(found, rows=()), wanted=PAGE - len(found.rows))

    def _go_on(self) -> None:
        """The next page, once the end is near."""
        last = self.table.rowAt(self.table.viewport().height() - 1)
        is_near = last < 0 or last >= self.table.rows.rowCount() - _NEAR
        if self._before is not None and not self._is_reading and is_near:
            self._read(replace(self._asked, before=self._before), partial(self._add, wanted=PAGE))

    def _add(self, found: Rows, *, wanted: int) -> None:
        """More rows; what is rare is looked for further until there is a page of it, or no more."""
        self._rest()
        self.table.rows.add_rows(found.rows)
        self._before = found.before
        self._show_empty(is_empty=self.table.rows.rowCount() == 0 and found.before is None)
        wanted -= len(found.rows)
        if found.before is not None and wanted > 0:
            self._read(replace(self._asked, before=found.before), partial(self._add, wanted=wanted))

    def _show_empty(self, *, is_empty: bool) -> None:
        had_focus = self.table.hasFocus() or self.empty.action.hasFocus()
        self.table.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        if had_focus:
            (self.empty.action if is_empty else self.table).setFocus()

    def _failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, DomainError) and error.field == "number":
            self.filters.number.show_problem(error.sentence)
            self._before = None
            self.table.show_rows([])
            return
        self.notice.offer_again(sentence_of(error, _tr("The journal cannot be read.")), self._reload)

    # -- what is new -----------------------------------------------------------------------------------
    def _heard(self, _changes: Sequence[Change]) -> None:
        if self.isVisible() and not self._is_reading:
            self._journal.newer(self._asked, self._newest, self._offer)

    def _offer(self, count: int) -> None:
        words = shown_count(count, _tr("new entry"), _tr("new entries"))
        self.fresh.setText(_tr("More than {entries}").format(entries=words) if count == PAGE else words)
        self.fresh.setVisible(count > 0)
        self.keys_changed.emit()

    def show_new(self) -> None:
        """The newest entries on top, and the cursor on the first."""
        self._is_other = True
        self._reload()
        self.table.setFocus()

    # -- one entry -------------------------------------------------------------------------------------
    def open_row(self) -> None:
        """The entry under the cursor, whole."""
        row = self.table.chosen()
        if row is not None:
            self._journal.entry(row.id, self._open, self._failed)

    def _open(self, row: Row) -> None:
        sheet = JournalSheet(row, self.presenter.wording)
        sheet.record.connect(partial(self._open_record, row))
        # Later: a widget that goes while it has the focus hands it to its neighbour first.
        sheet.left.connect(lambda: QTimer.singleShot(0, self, self._come_back))
        self.shell.open_sheet(_tr("Entry {number}").format(number=row.id), sheet)

    def _come_back(self) -> None:
        if self.isVisible() and self.shell.sheet_content is None:
            self.table.setFocus()

    def _open_record(self, row: Row) -> None:
        from posapp.services.papers.content import PaperOf

        letter = letter_of(row.number)
        self.shell.close_sheet()
        if letter is None:
            self.shell.show_page("desk", row.line.subject_id)
        elif letter is Letter.BOOKING:
            self.shell.show_page("calendar", row.number)
        elif letter is Letter.TICKET:
            self.shell.show_page("ticket", row.number)
        else:
            self.shell.show_page("preview", PaperOf(number=row.number))

    # -- out -------------------------------------------------------------------------------------------
    def _write(self, path: Path, **how: Any) -> None:
        self._journal.export(self._asked, path, **how)

    def leaving(self) -> None:
        """Another section or page comes: nothing is waited for."""
        self._journal.forget("page")
        self._rest()
