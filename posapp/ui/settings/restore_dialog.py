"""The question before a backup takes the place of the shop; the safe answer is the default."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label


class RestoreDialog(QDialog):
    """Says what happens and what stays."""

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
