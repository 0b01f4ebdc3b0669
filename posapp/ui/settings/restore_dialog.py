"""A backup takes the place of the shop: the question before, and the dialog while it happens."""

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from posapp.services.shop import Shop
from posapp.ui.background import Lane
from posapp.ui.settings.job import Job
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label

LONGEST_SECONDS = 3600


class RestoreDialog(QDialog):
    """Says what happens and what stays; the safe answer is the default."""

    def __init__(self, parent: QWidget, what: str) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.setFixedWidth(px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(label(self.tr("Go back to {what}?").format(what=what), "title", wrap=True))
        for sentence in (
            self.tr("What was entered after that is not in it."),
            self.tr("The shop as it is now is kept beside it, so this can be mended by hand."),
            self.tr("posapp closes and starts again. Other tills should be closed before."),
        ):
            column.addWidget(label(sentence, "body", tone="text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        self.keep = button(self.tr("Keep the shop as it is"), size="l", run=self.reject)
        self.restore = button(self.tr("Restore"), kind="danger", size="l", run=self.accept)
        row.addWidget(self.restore)
        row.addWidget(self.keep)
        column.addSpacing(px(4))
        column.addLayout(row)
        self.keep.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, what: str) -> bool:
        """Whether to restore it."""
        dialog = cls(parent, what)
        answer = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return answer


def restore_words(when: str) -> str:
    """The backup as the question names it."""
    return QCoreApplication.translate("Settings", "the backup of {when}").format(when=when)


class RestoringDialog(QDialog):
    """Keeps everybody out while the data is exchanged, and says how far it is.

    The database lane is held for as long: nothing else of this window opens the data meanwhile. `ended`
    tells whether it went well, and the sentence.
    """

    ended = Signal(bool, str)
    _closed = Signal()

    def __init__(self, parent: QWidget, shop: Shop, lane: Lane) -> None:
        super().__init__(parent)
        px = theme().px
        self._shop, self._lane = shop, lane
        self._free = threading.Event()
        self._begin: Callable[[], None] = lambda: None
        self._is_over = False
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.setFixedWidth(px(480))
        self.job = Job()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(18))
        column.setSpacing(px(12))
        column.addWidget(label(self.tr("The backup takes the place of the shop"), "title", wrap=True))
        column.addWidget(self.job)
        self._closed.connect(self._start_job, Qt.ConnectionType.QueuedConnection)

    def start(self, arguments: Sequence[str]) -> None:
        """Close the shop, hold its lane, and run `posapp ARGUMENTS`."""
        said = self.tr("The backup is restored. posapp starts again.")
        self._begin = lambda: self.job.start(self.tr("Restoring"), arguments, said, self._end)
        free, shop, closed = self._free, self._shop, self._closed

        def hold() -> None:
            shop.close()
            closed.emit()
            free.wait(LONGEST_SECONDS)

        self._lane.run(hold, done=lambda _none: None, failed=self._refused)
        self.show()

    def _start_job(self) -> None:
        self._begin()

    def reject(self) -> None:
        """Esc ends nothing here; *Cancel* does."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """The dialog goes by itself when it is over."""
        if self._is_over:
            super().closeEvent(event)
        else:
            event.ignore()

    def _refused(self, error: Exception) -> None:
        self._finish(False, getattr(error, "sentence", str(error)))

    def _end(self, went_well: bool) -> None:
        self._finish(went_well, self.job.outcome.text())

    def _finish(self, went_well: bool, sentence: str) -> None:
        self._is_over = True
        self._free.set()
        self.close()
        self.ended.emit(went_well, sentence)
        self.deleteLater()
