"""Import: drop a file, see what it is and what would happen, let it happen, take it back.

`show_page("import")` begins or goes on; with a list of paths it takes these, with a batch it shows that one.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.domain.old_data.imports import Batch, RowFate, RowNote
from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.imports.answers import refused, warned
from posapp.ui.imports.figures import FiguresCard
from posapp.ui.imports.file_card import Drops, DropZone, FileCard, ask_files, ask_target, opened_files
from posapp.ui.imports.parts import ColumnsCard, FilesCard, SaidCard
from posapp.ui.imports.presenter import Assistant
from posapp.ui.imports.result_view import ResultView
from posapp.ui.imports.rows_sheet import RowsSheet
from posapp.ui.imports.runner import Runner
from posapp.ui.imports.sayings import Sayings
from posapp.ui.imports.stages import Progress, Stage, StagesCard
from posapp.ui.imports.words import fate_word, shown_rows
from posapp.ui.layout import held, rows, sides, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

_RIGHT, _COMPACT_RIGHT = 428, 348
_LOW = 640


class ImportPage(Page):
    """The file and its columns on the left, what will happen and how far it is on the right."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        runner = Runner(session, self)
        self.assistant = Assistant(session, runner)
        self._sayings = Sayings(self.assistant)
        self._shown: object = None
        self._make_actions()
        self.drop, self.file = DropZone(self._other), FileCard(self._other)
        self.columns, self.files, self.said, self.result = (
            ColumnsCard(),
            FilesCard(),
            SaidCard(),
            ResultView(),
        )
        self.figures = FiguresCard()
        self.stages = StagesCard(self._import, self._save, self._cancel)
        self.notice, self.ask = NoticeBar(), AskBar(self)
        self._lay_out()
        self._connect()
        shell.closing.connect(runner.stop)
        self._show()

    def _make_actions(self) -> None:
        tr, assistant = self.tr, self.assistant
        needs = Permission.DATA_MAINTAIN
        self._import = Action(
            "import_begin",
            tr("Import"),
            "Ctrl+Return",
            self.begin,
            when=lambda: assistant.can_import,
            needs=needs,
        )
        self._save = Action(
            "import_save", tr("Save this list"), "Ctrl+E", self.save_refused, "download", self._has_refused
        )
        self._other = Action(
            "import_other",
            tr("Other file"),
            "Ctrl+O",
            self.ask_other,
            "folder-open",
            self._may_take,
            needs=needs,
        )
        self._cancel = Action("import_cancel", tr("Cancel"), "Esc", self.leave)
        self._undo = Action(
            "import_undo",
            tr("Undo this import"),
            "Alt+U",
            self.ask_undo,
            "undo-2",
            self._can_undo,
            needs=needs,
        )

    def _lay_out(self) -> None:
        self._middle = Stack()
        for part in (self.columns, self.files, self.said, self.result):
            self._middle.addWidget(part)
        self._left = held(rows(self.file, self.notice, wide(self._middle), gap=12))
        self._right = held(rows(self.figures, wide(self.stages), gap=12))
        sides(wide(self.drop), wide(self._left), self._right, gap=12, pad=16, host=self)
        self._fit()

    def _connect(self) -> None:
        drops = Drops(self)
        drops.dropped.connect(self.take)
        drops.wanted.connect(self.drop.set_wanted)
        self.columns.table.chose.connect(self.assistant.choose)
        self.files.files.habits.changed.connect(self.assistant.read_as)
        self.figures.opened.connect(self.open_rows)
        self.result.save.connect(self.save_refused)
        self.result.warnings.connect(lambda: self.open_notes("warnings"))
        self.result.updates.connect(lambda: self.open_notes("updates"))
        self.result.undo.clicked.connect(self.ask_undo)
        self.result.another.clicked.connect(self.ask_other)
        self.said.again.clicked.connect(self.ask_other)
        self.assistant.on_change = self._show
        self.assistant.on_end = self._ended
        theme().changed.connect(self._fit)

    # -- the window asks -------------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Import")

    def subtitle(self) -> str:
        """Where it belongs."""
        return self.tr("Settings, Data")

    def own_actions(self) -> tuple[Action, ...]:
        """What works here, in the order of the key bar."""
        tr = self.tr
        table, figures = self.columns.table, self.figures.list
        return (
            hint("Tab", tr("Next column"), table.hasFocus),
            hint("Alt+Down", tr("Choose field"), table.hasFocus),
            hint("Return", tr("Show rows"), lambda: self._has_figures() and not table.hasFocus()),
            hint("Alt+1…6", tr("Show rows"), lambda: self._has_figures() and not figures.hasFocus()),
            self._other,
            self._save,
            self._import,
            self._undo,
            hint("Esc", tr("Back")),
        )

    def keys(self) -> list[KeyWord]:
        """While a question is open its own."""
        if self.ask.isVisible():
            return bar([hint("Return", self.tr("Press")), hint("Esc", self.tr("Leave it"))])
        return super().keys()

    def first_field(self) -> QWidget | None:
        """What is to be done next."""
        if self.drop.isVisibleTo(self):
            return self.drop.choose
        if self._middle.currentWidget() is self.columns:
            return self.columns.table
        if self._middle.currentWidget() is self.result:
            return self.result.another
        return self.file.other

    def activated(self, payload: object = None) -> None:
        """Paths are taken, a batch is shown; without either it goes on as it was."""
        if isinstance(payload, list) and payload:
            self.take(payload)
        elif isinstance(payload, Batch):
            self.show_batch(payload)
        self._show()

    def escape(self) -> bool:
        """Close a question; the page itself goes on by itself while it imports."""
        return self.ask.close_bar()

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+6: the rows behind that figure."""
        row = self.figures.list.rows
        if not 1 <= number <= row.rowCount() or not self._right.isVisible():
            return False
        figure = row.rows()[number - 1]
        if figure.count:
            self.open_rows(figure.fate)
        return True

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows have narrower columns."""
        self.columns.table.set_compact(is_compact)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the figures need the room of what is good to know."""
        super().resizeEvent(event)
        self.stages.set_low(self.height() < theme().px(_LOW))

    def _fit(self) -> None:
        self._right.setFixedWidth(theme().px(_COMPACT_RIGHT if self.shell.is_compact else _RIGHT))

    # -- what is done ----------------------------------------------------------------------------------
    def _may_take(self) -> bool:
        return not self.assistant.is_importing

    def _has_figures(self) -> bool:
        return self.assistant.shown is not None

    def _has_refused(self) -> bool:
        shown = self.assistant.shown
        return shown is not None and bool(shown.rejected)

    def _can_undo(self) -> bool:
        result = self.assistant.result
        is_there = result is not None and bool(result.batches) and not self.assistant.is_undone
        return is_there and not self.assistant.is_importing

    def ask_other(self) -> None:
        """Ctrl+O."""
        if self._may_take() and (paths := ask_files(self.window())):
            self.take(paths)

    def take(self, paths: Sequence[str]) -> None:
        """Look into these files and folders."""
        if not self._may_take():
            self.shell.notices.status(self.tr("Wait until this import is done."), "warning", seconds=6.0)
            return
        found = opened_files(paths)
        if not found:
            words = self.tr("There is no table in this folder.")
            self.shell.notices.status(words, "warning", seconds=6.0)
            return
        self.shell.close_sheet()
        self.ask.dismiss()
        self.assistant.take(found)
        self.file.other.setFocus()

    def begin(self) -> None:
        """Ctrl+Enter."""
        if self.assistant.can_import:
            self.shell.close_sheet()
            self.assistant.begin()
            self.stages.cancel.setFocus()

    def leave(self) -> None:
        """The button *Cancel*: breaks off what imports, or goes back to where this was opened."""
        if self.assistant.is_importing:
            self.assistant.cancel()
        elif not self.shell.back():
            self.shell.show_page("settings", "data")

    def ask_undo(self) -> None:
        """It deletes what came, so it is asked."""
        result = self.assistant.result
        if not self._can_undo() or result is None:
            return
        words = self.tr("Take back this import? {rows} of it go: customers, their contacts and past records.")
        self.ask.say(
            words.format(rows=shown_rows(result.rows - refused(result))),
            [Step(self.tr("Take it back"), self._undo_it)],
            tone="warning",
            is_safe=True,
        )

    def _undo_it(self) -> None:
        self.ask.settle()
        self.assistant.undo()

    def show_batch(self, batch: Batch) -> None:
        """What an earlier import brought."""
        if self._may_take():
            self.assistant.show_batch(batch)

    def progress_of(self, stage: Stage) -> Progress:
        """How a stage stands."""
        return self._sayings.stage(stage)[0]

    def go_on(self, batch: Batch) -> None:
        """Finish an import, or its undo, that was broken off."""
        if self._may_take():
            self.assistant.go_on(batch)

    # -- rows ------------------------------------------------------------------------------------------
    def open_rows(self, fate: RowFate) -> None:
        """The rows behind a figure, in the side sheet."""
        shown, count = self.assistant.rows_of(fate)
        save = self.save_refused if fate is RowFate.REJECTED else None
        self._open_sheet(fate_word(fate), RowsSheet(shown, count, save=save))

    def open_notes(self, kind: str) -> None:
        """Warnings, or fields that were changed."""
        shown = self.assistant.shown
        if shown is None:
            return
        notes = shown.warnings if kind == "warnings" else shown.updates
        title = self.tr("Warnings") if kind == "warnings" else self.tr("Changed fields")
        count = warned(shown) if kind == "warnings" else len(notes)
        self._open_sheet(title, RowsSheet(notes, count, save=lambda: self._save_notes(notes, kind)))

    def _open_sheet(self, title: str, sheet: RowsSheet) -> None:
        self.shell.open_sheet(title, sheet)

    def save_refused(self) -> None:
        """Ctrl+E: the rows that were refused, as a table."""
        shown = self.assistant.shown
        if shown is not None and shown.rejected:
            self._save_notes(shown.rejected, "refused")

    def _save_notes(self, notes: Sequence[RowNote], name: str) -> None:
        path = ask_target(self.window(), f"{name}.xlsx")
        if path is not None:
            self.write_notes(notes, path)

    def write_notes(self, notes: Sequence[RowNote], path: Path) -> None:
        """Write them there."""
        self.assistant.save_notes(
            notes,
            path,
            lambda count: self.shell.notices.toast(
                self.tr("{rows} written to {name}").format(rows=shown_rows(count), name=path.name)
            ),
            lambda error: self.shell.notices.status(
                sentence_of(error, self.tr("The list could not be written.")), "danger", seconds=8.0
            ),
        )

    # -- showing ---------------------------------------------------------------------------------------
    def _ended(self, stage: Stage, how: str) -> None:
        """Said wherever the clerk is by now."""
        if how == "stopped":
            if stage in (Stage.IMPORT, Stage.RESUME):
                self._tell(self.tr("Import stopped. Nothing of it is left."), "warning")
        elif stage is Stage.UNDO:
            self._tell(self.tr("Import taken back"), "success")
        else:
            self._tell(self._sayings.came(), "success")
            if self.shell.is_in_front(self):
                self._show()
                self.result.another.setFocus()

    def _tell(self, words: str, tone: str) -> None:
        if self.shell.is_in_front(self) and tone == "success":
            self.shell.notices.toast(words)
        elif self.shell.may(Permission.DATA_MAINTAIN):
            steps = (Step(self.tr("Show"), lambda: self.shell.show_page("import")),)
            self.shell.notices.status(words, tone, steps=steps, seconds=10.0)

    def _show(self) -> None:
        assistant = self.assistant
        is_empty = assistant.is_empty
        self.drop.setVisible(is_empty)
        self._left.setVisible(not is_empty)
        self._right.setVisible(not is_empty)
        if not is_empty:
            self._show_left()
            self._show_figures()
            self._show_stages()
            self._show_trouble()
        self.keys_changed.emit()

    def _show_left(self) -> None:
        assistant, draft = self.assistant, self.assistant.draft
        trouble = assistant.trouble
        self.file.setVisible(bool(assistant.paths))
        if assistant.result is not None:
            said = self._sayings
            self.result.show_result(
                assistant.result, title=said.title(), when=said.when(), is_undone=assistant.is_undone
            )
            self._middle.setCurrentWidget(self.result)
        elif draft is not None and draft.is_table:
            self.columns.show_draft(draft, is_still=assistant.is_importing)
            self._middle.setCurrentWidget(self.columns)
        elif draft is not None:
            self.files.show_draft(draft)
            self._middle.setCurrentWidget(self.files)
        else:
            self.said.say(trouble.sentence if trouble else self._sayings.at_it(), bool(trouble))
            self._middle.setCurrentWidget(self.said)
        if draft is not None:
            self.file.show_draft(draft)
        elif trouble is not None:
            self.file.show_refused(assistant.paths, self.tr("This cannot be imported."))
        elif assistant.paths:
            self.file.show_reading(assistant.paths)

    def _show_figures(self) -> None:
        assistant = self.assistant
        shown, files = assistant.shown, len(assistant.draft.sights) if assistant.draft else 1
        is_old = assistant.is_trial_old and assistant.result is None
        key = (id(shown), is_old, files, self._sayings.figures_when())
        if key == self._shown:
            return
        self._shown = key
        if shown is None:
            self.figures.show_nothing(self._sayings.figures_when(), files)
        else:
            self.figures.show_result(shown, when=self._sayings.figures_when(), files=files, is_old=is_old)

    def _show_stages(self) -> None:
        assistant, stages = self.assistant, self.stages
        for stage in (Stage.READ, Stage.TRIAL, Stage.IMPORT):
            progress, words = self._sayings.stage(stage)
            stages.show_stage(stage, progress, words)
        stages.show_bar(self._sayings.bar())
        stages.show_notes(*self._sayings.notes())
        stages.main.setText(self._sayings.main())
        stages.main.setEnabled(assistant.can_import)
        stages.main.setVisible(assistant.result is None)
        stages.save.setEnabled(self._has_refused())
        stages.cancel.setText(self._sayings.leave())
        stages.cancel.set_key("" if assistant.is_importing else "Esc")

    def _show_trouble(self) -> None:
        trouble = self.assistant.trouble
        if trouble is None or (trouble.stage is Stage.READ):
            self.notice.hide()
            return
        steps = [Step(self.tr("Try again"), self.assistant.try_again)]
        go_on = Step(self.tr("Go on"), lambda: self.assistant.resume(trouble.batch))
        take_back = Step(self.tr("Take it back"), lambda: self.assistant.undo([trouble.batch]))
        if trouble.stage is Stage.UNDO:
            steps = [take_back] if trouble.batch else []
        elif trouble.batch:
            steps = [go_on, take_back]
        if self.notice.isHidden() or self.notice.text() != trouble.sentence or trouble.batch:
            self.notice.show_message(Message(trouble.sentence, "danger", tuple(steps)))
