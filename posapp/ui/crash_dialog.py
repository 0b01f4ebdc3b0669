"""What happens when the program itself is wrong: everything into the log, one calm dialog, data untouched.

Errors of slots and of overridden methods end in `sys.excepthook`, those of threads in
`threading.excepthook`, what Qt says in its message handler, and a crash of the interpreter in
`faulthandler`. All four go to the same folder.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, Qt, QTimer, Signal, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from posapp.files import PrivateLog, open_private
from posapp.ui.layout import STRETCH, columns, rows, space
from posapp.ui.qt_log import note_qt, write_qt
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label

log = logging.getLogger("posapp")
_LARGEST_LOG = 1_000_000
_WRITE_QT_MS = 1000


def log_to(folder: Path) -> Path:
    """Write the log into `folder` (made if need be), at most three files of 1 MB; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "posapp.log"
    handler = PrivateLog(path, maxBytes=_LARGEST_LOG, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path


STAYS = "staysOverTheCover"
"""Property of a dialog that tells nothing of the shop and is seen though nobody is signed in."""


class CrashDialog(QDialog):
    """Says that something went wrong and what is safe. A traceback is copied, never shown."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(STAYS, True)
        self._details = details
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme().px(480))
        said = self.tr(
            "What you typed is kept and nothing half-done was saved. You can go on working. "
            "If it happens again, copy the details and send them to whoever looks after posapp."
        )
        self._copy = button(self.tr("Copy details"), icon="copy", run=self.copy_details)
        self._go_on = button(self.tr("Go on"), kind="primary", key="Return", run=self.accept)
        self._go_on.setDefault(True)
        rows(
            label(self.tr("Something went wrong"), "title"),
            label(said, "body", tone="text2", wrap=True),
            space(8),
            columns(self._copy, STRETCH, self._go_on),
            gap=12,
            pad=(24, 20),
            host=self,
        )
        self._go_on.setFocus()

    def copy_details(self) -> None:
        """Put versions and traceback on the clipboard."""
        QApplication.clipboard().setText(self._details)
        self._copy.setText(self.tr("Copied"))


class CrashHook(QObject):
    """Catches what nothing else caught. Keep it as long as the program runs."""

    _happened = Signal(str)

    def __init__(self, folder: Path | None = None, *, window: QWidget | None = None) -> None:
        """`folder` takes the log and the file of `faulthandler`; without it only the dialog is shown."""
        super().__init__()
        self._window = window
        self._dialog: CrashDialog | None = None
        self._faults: IO[str] | None = None
        self._handlers: list[logging.Handler] = []
        if folder is not None:
            before = list(logging.getLogger().handlers)
            log_to(folder)
            self._handlers = [one for one in logging.getLogger().handlers if one not in before]
            self._faults = open_private(folder / "crash.txt", "a", encoding="utf-8")
            faulthandler.enable(self._faults)
        self._write_qt = QTimer(self, interval=_WRITE_QT_MS)
        self._write_qt.timeout.connect(write_qt)
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the three hooks of Python and Qt."""
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        qInstallMessageHandler(note_qt)
        self._write_qt.start()

    def watch(self, window: QWidget) -> None:
        """The dialog stands over this window from now on."""
        self._window = window

    def uninstall(self) -> None:
        """Give the hooks back and close the files."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        self._write_qt.stop()
        write_qt()
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An error that nobody expected, on any thread: log it and show the dialog."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("An unexpected error", exc_info=(kind, error, trace))
        self._happened.emit(details_of(kind, error, trace))

    def _show(self, details: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            return  # one is enough; the log has them all
        self._dialog = CrashDialog(details, self._window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.destroyed.connect(self._gone)
        self._dialog.open()

    def _gone(self) -> None:
        self._dialog = None


def details_of(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What is needed to find the fault: versions and the traceback."""
    from posapp import __version__

    versions = (
        f"posapp {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    )
    return f"{versions}\n\n{''.join(traceback.format_exception(kind, error, trace))}"
