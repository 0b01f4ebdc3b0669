"""About: which posapp this is, where its data lies, whose work it stands on, and a text for support."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from posapp import __version__, paths
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.messages import IconLabel

if TYPE_CHECKING:
    from posapp.services.care.doctor import Finding

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


class AboutView(QWidget):
    """Emits `diagnostics_asked`; whoever shows it runs the doctor and calls `show_diagnostics`."""

    diagnostics_asked = Signal()

    def __init__(self, place: str) -> None:
        super().__init__()
        rows(self._head(), self._places(place), self._support(), self._licences(), gap=20, host=self)

    def _head(self) -> QHBoxLayout:
        self.version = label(self.tr("posapp {version}").format(version=__version__), "name")
        words = rows(
            self.version, label(self.tr("The front desk of a repair shop."), "body", tone="text2"), gap=2
        )
        return columns(IconLabel("store", "primary", 32), wide(words), gap=14)

    def _places(self, place: str) -> QGridLayout:
        px = theme().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("Database"), place),
            (self.tr("Data folder"), str(paths.data_dir())),
            (self.tr("Settings of this till"), str(paths.till_settings_file())),
            (self.tr("Log"), str(paths.log_dir())),
        )
        for number, (words, where) in enumerate(rows):
            grid.addWidget(label(words, "body", tone="text2"), number, 0)
            grid.addWidget(Elided(where, "body", weight=500), number, 1)
        return grid

    def _support(self) -> QVBoxLayout:
        px = theme().px
        self.copy = button(
            self.tr("Copy diagnostics"), kind="primary", icon="copy", run=self.diagnostics_asked.emit
        )
        self.folder = button(self.tr("Open the data folder"), icon="folder-open", run=self._open_folder)
        row = columns(self.copy, self.folder, STRETCH, gap=8)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Diagnostics"))
        self.text.setFixedHeight(px(220))
        self.text.hide()
        return rows(
            label(self.tr("For support"), "strong"),
            label(
                self.tr("Versions, folders, state of the database, printers. No customer and no password."),
                "small",
                tone="text2",
                wrap=True,
            ),
            row,
            self.text,
            gap=10,
        )

    def _licences(self) -> QVBoxLayout:
        px = theme().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(4, 1)
        half = (len(PARTS) + 1) // 2
        for number, (name, licence) in enumerate(PARTS):
            side = 0 if number < half else 2
            grid.addWidget(label(name, "small"), number % half, side)
            grid.addWidget(label(licence, "small", tone="text2"), number % half, side + 1)
        return rows(label(self.tr("Licences"), "strong"), grid, gap=10)

    def wait(self) -> None:
        """The doctor looks."""
        self.copy.set_saving(True, self.tr("Looking"))

    def show_diagnostics(self, text: str) -> None:
        """Put the text on the clipboard and show it."""
        self.copy.set_saving(False)
        QApplication.clipboard().setText(text)
        self.text.setPlainText(text)
        self.text.show()

    def failed(self) -> None:
        """The doctor found no answer."""
        self.copy.set_saving(False)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.data_dir())))
