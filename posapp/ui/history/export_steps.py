"""A long list, as filtered, as a table for a spreadsheet: asks where, writes, says how it went."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from posapp.ui.file_dialogs import FileDialog
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_count, translator

_tr = translator("HistoryExport")


Export = Callable[..., object]
"""export(path, replace=…, done=…, failed=…): a presenter writes it; `done` gets the number of entries."""


class ExportSteps:
    """`name` is what the file is called first."""

    def __init__(
        self, host: QWidget, shell: Shell, export: Export, notice: NoticeBar, *, title: str, failed: str
    ) -> None:
        """`title` is that of the dialog, `failed` is said of a fault that has no words."""
        self._host, self._shell = host, shell
        self._export, self._notice = export, notice
        self._title, self._failed = title, failed
        self.name = ""

    def ask_where(self) -> None:
        """Ctrl+E."""
        kinds = _tr("Tables (*.csv)")
        name, _ = FileDialog.getSaveFileName(self._host, self._title, f"{self.name}.csv", kinds)
        if name:
            self.write_to(Path(name), may_replace=True)  # the dialog has asked

    def write_to(self, path: Path, *, may_replace: bool = False) -> None:
        """Write it to a CSV file."""
        self._export(
            path,
            replace=may_replace,
            done=lambda rows: self._written(path, rows),
            failed=partial(self._not_written, path),
        )

    def _written(self, path: Path, rows: int) -> None:
        self._notice.hide()
        entries = shown_count(rows, _tr("entry"), _tr("entries"))
        words = _tr("{entries} written to {name}").format(entries=entries, name=path.name)
        self._shell.notices.toast(words)

    def _not_written(self, path: Path, error: Exception) -> None:
        sentence = sentence_of(error, self._failed)
        steps = [Step(_tr("Choose again"), self.ask_where)]
        if code_of(error) == "file_exists":
            steps.append(Step(_tr("Replace it"), partial(self.write_to, path, may_replace=True)))
        self._notice.show_message(Message(sentence, "danger", tuple(steps)))
