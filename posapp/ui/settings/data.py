"""Data: where the shop lies, its backups, what comes from and goes to other programs; is it in order."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHeaderView, QLayout

from posapp import paths
from posapp.ui.actions import Action, hint
from posapp.ui.alive import while_alive
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.imports.batches import Imports
from posapp.ui.imports.file_card import Drops, ask_files
from posapp.ui.layout import rows
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.export_block import ExportBlock
from posapp.ui.settings.place import child_place, shown_place
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.restore_dialog import Job, RestoreDialog, RestoringDialog, restore_words
from posapp.ui.settings.section import Section, block, in_a_row
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.care.backup_sight import Seen
    from posapp.services.care.backups import Backup
    from posapp.services.desks import Shop

_tr = translator("Settings")


def shown_age(made: datetime, now: datetime) -> str:
    """How old a backup is, in one unit."""
    minutes = int((now - made).total_seconds() // 60)
    if minutes < 2:
        return _tr("just now")
    if minutes < 120:
        return _tr("{count} min").format(count=minutes)
    if minutes < 48 * 60:
        return _tr("{count} h").format(count=minutes // 60)
    return _tr("{count} days").format(count=minutes // 1440)


class DataSection(Section):
    """Long work runs as a child process, so the window goes on working."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Data"), presenter, shell)
        self._place = child_place(self.session.shop)
        self.table = EditTable(_tr("Backups"), self._columns())
        head = self.table.horizontalHeader()
        # when a backup was made tells it apart: the file's name gives way
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.opened.connect(self.restore_chosen)
        self.empty = label(_tr("There is no backup yet. Make the first one now."), "body", tone="warning")
        back_up, import_, export, *_hints = self.own_actions()
        self.bring_in = action_button(import_)
        self.backup = self.first = action_button(back_up, kind="primary")
        self.restore = button(_tr("Restore…"), icon="history", run=self.restore_chosen)
        self.from_file = button(_tr("Restore a file…"), icon="folder-open", run=self.restore_file)
        self.tried = button(_tr("Try the newest"), icon="undo-2", run=self.drill)
        self.check = button(_tr("Check the data"), icon="check-check", run=self.verify)
        self._buttons = (self.backup, self.restore, self.from_file, self.tried, self.check)
        self.job = Job()
        self.job.busy_changed.connect(self._busy)
        self.imports = Imports(self.session, self)
        self.imports.opened.connect(lambda batch: self.shell.show_page("import", batch))
        Drops(self).dropped.connect(lambda paths: self.shell.show_page("import", paths))
        self.shell.closing.connect(self.imports.runner.stop)
        self.exports = ExportBlock(export)
        self.exports.wanted.connect(self._export)
        words = _tr("Recomputes every rule, such as one customer per number. It only reads.")
        order = block(_tr("Is everything in order"), words, in_a_row(self.check))
        self.add_scrolled(rows(self._where(), self._backups(), self._imports(), self.exports, order, gap=24))

    def _columns(self) -> tuple[Column, ...]:
        now = self.session.shop.store.clock.now
        return (
            Column(_tr("Made"), self._when),
            Column(_tr("Shop"), lambda row: row.businesses or "–"),
            Column(_tr("File"), lambda row: row.file.name),
            Column(_tr("Age"), lambda row: shown_age(row.made_at, now())),
            Column(_tr("Size"), lambda row: _size(row.size), is_figure=True),
        )

    def _where(self) -> QLayout:
        self.where = Elided(shown_place(self.session.shop), "body", weight=500)
        copy = button(_tr("Copy"), size="s", icon="copy", run=self._copy_place)
        folder = button(_tr("Open the folder"), size="s", icon="folder-open", run=self._open_folder)
        copy.setAccessibleName(_tr("Copy the place of the data"))
        return block(_tr("Where the data is"), "", self.where, in_a_row(folder, copy), gap=8)

    def _backups(self) -> QLayout:
        return block(
            _tr("Backups"),
            _tr("Each copy is checked after it is made. Keep one away from this computer."),
            in_a_row(self.backup, self.restore, self.from_file, self.tried),
            self.job,
            self.empty,
            self.table,
        )

    def _imports(self) -> QLayout:
        return block(
            _tr("Imports"),
            _tr("Customers and history of another program. What would happen is shown first."),
            in_a_row(self.bring_in),
            self.imports,
        )

    # -- the page asks ---------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the lists of backups and imports."""
        self.imports.refresh()

        def work(shop: "Shop", actor: "Actor") -> "list[Backup]":
            from posapp.services.care.backups import BackupDesk

            return BackupDesk(shop.store).all(actor)

        self.presenter.read(work, self._show_backups, self._not_listed, topic="backups")

    def entered(self) -> None:
        """Backups may have come from the command line."""
        super().entered()
        self.refresh()

    def own_actions(self) -> Sequence[Action]:
        """What works here."""
        return (
            Action("settings_backup", _tr("Back up now"), "Alt+B", self.back_up, "save", self.isVisible),
            Action("settings_old_data", _tr("Import…"), "Ctrl+O", self.open_import, "upload", self.isVisible),
            Action(
                "settings_export",
                _tr("Export everything…"),
                "Ctrl+E",
                self.export,
                "download",
                self.isVisible,
            ),
            hint("Return", _tr("Restore the chosen one")),
        )

    def escape(self) -> bool:
        """Out of a question."""
        return self.imports.ask.close_bar()

    def open_import(self) -> None:
        """Ctrl+O: to the assistant, with files where some are chosen."""
        self.shell.show_page("import", ask_files(self.window()))

    # -- showing ---------------------------------------------------------------------------------------
    def _show_backups(self, backups: "Sequence[Backup]") -> None:
        self.table.show_few(backups)
        self.empty.setVisible(not backups)
        for one in (self.restore, self.tried):
            one.setEnabled(bool(backups))

    def _not_listed(self, error: Exception) -> None:
        self._show_backups([])
        self.job.outcome.say(sentence_of(error, _tr("The backups cannot be listed.")), "danger")

    def _when(self, row: "Backup") -> str:
        return self.presenter.wording.moment_in_full(row.made_at)

    def _busy(self, is_busy: bool) -> None:
        for one in self._buttons:
            one.setEnabled(not is_busy)
        (self.job.cancel if is_busy else self.backup).setFocus()

    # -- jobs ------------------------------------------------------------------------------------------
    def back_up(self) -> None:
        """Make a copy beside the others."""
        said = _tr("The backup is made and checked.")
        self._start(_tr("Backing up"), ["backup"], said, lambda _went_well: self.refresh())

    def drill(self) -> None:
        """Try the newest backup: restore it aside and examine it."""
        said = _tr("The newest backup would bring the shop back.")
        self._start(_tr("Trying the newest backup"), ["drill"], said)

    def export(self) -> None:
        """Ask where everything is to be written."""
        self.exports.ask_file()

    def _export(self, words: str, command: list[str], said: str) -> None:
        self._start(words, command, said, job=self.exports.job)

    def _start(
        self,
        words: str,
        command: Sequence[str],
        said: str,
        done: Callable[[bool], object] = lambda _went_well: None,
        *,
        job: Job | None = None,
    ) -> None:
        """As whoever works here, who is proved by a pass for this one command."""

        def begin(token: str) -> None:
            (job or self.job).start(words, self._arguments(*command), said, done, token=token)

        if self.session.actor.user_id is None:
            begin("")
        else:
            failed = while_alive(self, partial(self._not_begun, job or self.job))
            self.presenter.do(
                lambda shop, actor: shop.sign_in.give_pass(actor), while_alive(self, begin), failed
            )

    def _not_begun(self, job: Job, error: Exception) -> None:
        job.outcome.say(sentence_of(error), "danger")

    def verify(self) -> None:
        """Recompute every rule."""
        said = _tr("Every rule is kept. All is in order.")
        self.job.start(_tr("Checking the data"), self._arguments("verify"), said)

    def restore_chosen(self) -> None:
        """Ask, then put the chosen backup in the place of the shop."""
        chosen = self.table.chosen()
        if chosen is not None:
            self._look_into(chosen.file, restore_words(self._when(chosen)))

    def restore_file(self) -> None:
        """The same with a backup that lies elsewhere."""
        name, _ = FileDialog.getOpenFileName(
            self.window(), _tr("Restore a backup"), str(paths.backup_dir()), _tr("Backups (*.db *.dump)")
        )
        if name:
            self._look_into(Path(name), Path(name).name)

    def _look_into(self, file: Path, what: str) -> None:
        """Whose backup is it? What has to be decided is asked before the shop is closed."""
        place = self._place

        def work(shop: "Shop", _actor: "Actor") -> "Seen":
            from posapp.services.care.backup_sight import look_into

            return look_into(place, file, opened=shop.store.database)

        def not_read(error: Exception) -> None:
            self.job.outcome.say(sentence_of(error, _tr("The backup cannot be read.")), "danger")

        self.presenter.read(work, partial(self._ask_restore, what), not_read, topic="restore")

    def _ask_restore(self, what: str, seen: "Seen") -> None:
        options = RestoreDialog.ask(self.window(), what, seen)
        if options is not None:
            self.restore_from(seen.file, options)

    def restore_from(self, file: Path, options: Sequence[str] = ()) -> None:
        """Close the shop, exchange its data, and start again."""
        dialog = RestoringDialog(self.window(), self.session.lanes.database, self.session.shop)
        dialog.ended.connect(self._restored)
        dialog.start(self._arguments("restore", str(file), *options))

    def _restored(self, went_well: bool, sentence: str) -> None:
        """The connections of this window belong to the data of before: a fresh start is the way on."""
        if went_well:
            self.start_again()
            return
        self.job.outcome.say(sentence, "danger")
        self.shell.notices.raise_notice(
            _tr("The backup was not restored. The shop is as it was."),
            steps=[Step(_tr("Open the shop again"), self.start_again)],
            region="database",
        )

    def start_again(self) -> None:
        """Open a new window on the same shop and close this one."""
        program = [] if getattr(sys, "frozen", False) else ["-m", "posapp"]
        self.shell.close()  # first: it keeps what is half typed, which the new window then takes over
        self.session.drafts.close()
        QProcess.startDetached(sys.executable, [*program, *sys.argv[1:]])

    def _arguments(self, command: str, *more: str) -> list[str]:
        if self.session.shop.store.database.file is None:
            os.environ["POSAPP_DATABASE"] = self._place  # a password does not belong into a list of processes
            return [command, *more]
        return [command, *more, "--database", self._place]

    # -- place -----------------------------------------------------------------------------------------
    def _copy_place(self) -> None:
        QApplication.clipboard().setText(shown_place(self.session.shop))
        self.shell.notices.toast(_tr("Place of the data copied"))

    def _open_folder(self) -> None:
        file = self.session.shop.store.database.file
        folder = file.parent if file is not None else paths.data_dir()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _size(size: int) -> str:
    from posapp.services.care.doctor import shown_size

    return shown_size(size)
