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
        self,
        host: QWidget,
        shell: Shell,
        export: Export,
        notice: NoticeBar,
        *,
        title: str,
        failed: str,
        kinds: tuple[str, ...] = ("csv",),
        counted: tuple[str, str] = ("", ""),
    ) -> None:
        """`title` is that of the dialog, `failed` is said of a fault that has no words.

        `kinds` are the endings that the file may have, the first one where nothing else is chosen; `counted`:
        what one row is called, and several.
        """
        self._host, self._shell = host, shell
        self._export, self._notice = export, notice
        self._title, self._failed, self._kinds = title, failed, kinds
        self._one, self._many = counted if any(counted) else (_tr("entry"), _tr("entries"))
        self.name = ""

    def ask_where(self) -> None:
        """Ctrl+E."""
        kinds = {_kind_words(one): one for one in self._kinds}
        name, chosen = FileDialog.getSaveFileName(
            self._host, self._title, f"{self.name}.{self._kinds[0]}", ";;".join(kinds)
        )
        if name:
            path = Path(name)
            if path.suffix.casefold().removeprefix(".") not in self._kinds:
                path = path.with_name(f"{path.name}.{kinds.get(chosen, self._kinds[0])}")
            self.write_to(path, may_replace=path == Path(name))  # the dialog has asked

    def write_to(self, path: Path, *, may_replace: bool = False) -> None:
        """Write it to a file."""
        self._export(
            path,
            replace=may_replace,
            done=lambda rows: self._written(path, rows),
            failed=partial(self._not_written, path),
        )

    def _written(self, path: Path, rows: int) -> None:
        self._notice.hide()
        counted = shown_count(rows, self._one, self._many)
        words = _tr("{entries} written to {name}").format(entries=counted, name=path.name)
        self._shell.notices.toast(words)

    def _not_written(self, path: Path, error: Exception) -> None:
        sentence = sentence_of(error, self._failed)
        steps = [Step(_tr("Choose again"), self.ask_where)]
        if code_of(error) == "file_exists":
            steps.append(Step(_tr("Replace it"), partial(self.write_to, path, may_replace=True)))
        self._notice.show_message(Message(sentence, "danger", tuple(steps)))


def _kind_words(ending: str) -> str:
    words = {"csv": _tr("Tables (*.csv)"), "xlsx": _tr("Workbooks (*.xlsx)"), "pdf": _tr("Papers (*.pdf)")}
    return words[ending]
