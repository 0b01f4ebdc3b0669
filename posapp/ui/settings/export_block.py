"""Everything in open formats: one file, or tables for a spreadsheet, written by a process of its own."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp import files
from posapp.ui.actions import Action
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.layout import rows
from posapp.ui.settings.restore_dialog import Job
from posapp.ui.settings.section import block, in_a_row
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.wording import translator

_tr = translator("Settings")


class ExportBlock(QWidget):
    """Asks where to, says that it is wanted, and shows how far it is."""

    wanted = Signal(str, list, str)  # what is being done, the words of the command, the sentence of success

    def __init__(self, action: Action) -> None:
        super().__init__()
        self.as_file = action_button(action)
        self.as_tables = button(_tr("Export as tables…"), icon="folder-open", run=self.ask_folder)
        self.job = Job()
        self.job.busy_changed.connect(self._busy)
        self._begun = self.as_file
        words = _tr(
            "All businesses, customers and books in open formats, for another program or for safe keeping. "
            "PINs and passcodes stay here; everything else can be read by whoever has the file."
        )
        whole = block(
            _tr("Take everything with you"), words, in_a_row(self.as_file, self.as_tables), self.job
        )
        rows(whole, host=self)

    def ask_file(self) -> None:
        """Ask for the name of the one file."""
        usual = str(files.free_name(Path.home() / f"{_tr('posapp export')}.json"))
        name, _ = FileDialog.getSaveFileName(
            self.window(), _tr("Export everything"), usual, _tr("Exports (*.json)")
        )
        if name:
            self.to_file(Path(name))

    def ask_folder(self) -> None:
        """Ask for the folder in which a new one for the tables is made."""
        name = FileDialog.getExistingDirectory(self.window(), _tr("Export as tables"), str(Path.home()))
        if name:
            self.to_folder(files.free_name(Path(name) / _tr("posapp tables")))

    def to_file(self, file: Path) -> None:
        """Write one file; the dialog has asked about one that is there."""
        self._begun = self.as_file
        said = _tr("Everything is written to {name}.").format(name=files.shown(file))
        self.wanted.emit(_tr("Exporting"), ["export", "--json", str(file), "--force"], said)

    def to_folder(self, folder: Path) -> None:
        """Write tables into a new folder."""
        self._begun = self.as_tables
        said = _tr("The tables are written to {name}.").format(name=files.shown(folder))
        self.wanted.emit(_tr("Exporting"), ["export", "--csv", str(folder)], said)

    def _busy(self, is_busy: bool) -> None:
        for one in (self.as_file, self.as_tables):
            one.setEnabled(not is_busy)
        (self.job.cancel if is_busy else self._begun).setFocus()
