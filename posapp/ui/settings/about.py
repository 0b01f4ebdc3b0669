"""About: which posapp this is, where its data lies, whose work it stands on, and a text for support."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLayout, QPlainTextEdit

from posapp import __version__, paths
from posapp.ui.layout import STRETCH, columns, grid, rows, sides, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.place import child_place, shown_place
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section, block
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.care.doctor import Finding
    from posapp.services.desks import Shop

_tr = translator("Settings")

PARTS = (
    ("posapp", "MIT"),
    ("Qt for Python (PySide6)", "LGPL 3"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("reportlab, segno", "BSD"),
    ("pypdfium2", "Apache 2.0, BSD"),
    ("Pillow", "MIT-CMU"),
    ("phonenumbers", "Apache 2.0"),
    ("Babel", "BSD"),
    ("anyascii", "ISC"),
    ("email-validator", "Unlicense"),
    ("openpyxl, RapidFuzz", "MIT"),
    ("XlsxWriter", "BSD"),
    ("Inter, Noto Sans, IBM Plex Mono", "OFL 1.1"),
    ("Droid Sans Fallback", "Apache 2.0"),
    ("Lucide icons", "ISC"),
)
"""What posapp is made of, and under which licence; the fonts' own texts lie beside them."""


def diagnostics_text(findings: "Sequence[Finding]") -> str:
    """The doctor's findings as a text to paste into a message; no customer is in it."""
    lines: list[str] = []
    for part, group in groupby(findings, key=lambda one: one.part):
        lines += ["", part] if lines else [part]
        lines += [f"  {one.name}: {one.found}{'  (!)' if one.is_trouble else ''}" for one in group]
    return "\n".join(lines)


class AboutSection(Section):
    """Version, folders, licences, diagnostics."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("About"), presenter, shell)
        self.add_scrolled(rows(self._head(), self._places(), self._support(), self._licences(), gap=20))

    def _head(self) -> QLayout:
        self.version = label(_tr("posapp {version}").format(version=__version__), "name")
        words = rows(
            self.version, label(_tr("The front desk of a repair shop."), "body", tone="text2"), gap=2
        )
        return columns(IconLabel("store", "primary", 32), wide(words), gap=14)

    def _places(self) -> QLayout:
        places = (
            (_tr("Database"), shown_place(self.session.shop)),
            (_tr("Data folder"), str(paths.data_dir())),
            (_tr("Settings of this till"), str(paths.till_settings_file())),
            (_tr("Log"), str(paths.log_dir())),
        )
        lines = ((label(words, "body", tone="text2"), Elided(at, "body", weight=500)) for words, at in places)
        return grid(*lines, gap=(16, 8), shares=(0, 1))

    def _support(self) -> QLayout:
        words = _tr("Copy diagnostics")
        self.copy = self.first = button(words, kind="primary", icon="copy", run=self._examine)
        self.folder = button(_tr("Open the data folder"), icon="folder-open", run=self._open_folder)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_tr("Diagnostics"))
        self.text.setFixedHeight(theme().px(220))
        self.text.hide()
        about = _tr("Versions, folders, state of the database, printers. No customer and no password.")
        both = columns(self.copy, self.folder, STRETCH, gap=8)
        return block(_tr("For support"), about, both, self.text)

    def _licences(self) -> QLayout:
        half = (len(PARTS) + 1) // 2
        parts = sides(*map(_licences_of, (PARTS[:half], PARTS[half:])), STRETCH, gap=24)
        return block(_tr("Licences"), "", parts)

    def _examine(self) -> None:
        def work(shop: "Shop", _actor: "Actor") -> str:
            from posapp.services.care.doctor import examine

            return diagnostics_text(examine(child_place(shop)))

        self.copy.set_saving(True, _tr("Looking"))
        # The paper lane: the doctor asks the print queue, which may take its time.
        lane = self.session.lanes.paper
        self.presenter.read(work, self._examined, self._failed, topic="doctor", lane=lane)

    def _examined(self, text: str) -> None:
        """The text lies on the clipboard, and is shown."""
        self.copy.set_saving(False)
        QApplication.clipboard().setText(text)
        self.text.setPlainText(text)
        self.text.show()
        self.shell.notices.toast(_tr("Diagnostics copied"))

    def _failed(self, error: Exception) -> None:
        self.copy.set_saving(False)
        self.shell.notices.status(sentence_of(error, str(error)), "danger", seconds=6)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.data_dir())))


def _licences_of(parts: Sequence[tuple[str, str]]) -> QLayout:
    lines = ((label(name, "small"), label(licence, "small", tone="text2")) for name, licence in parts)
    return rows(grid(*lines, gap=(24, 4), shares=(0, 1)), STRETCH)
