"""What the steps of the front desk have in common: the window, and how a refusal is said."""

from PySide6.QtCore import QObject

from posapp.ui.presenter import sentence_of
from posapp.ui.window.shell import Shell


class FrontDeskSteps(QObject):
    """A row of things that the front desk does; made with what it uses, it answers by signals."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell

    def said_no(self, error: Exception) -> None:
        """A desk refused: say so in the key bar, long enough to read it."""
        sentence = sentence_of(error, self.tr("This was not saved. Try again."))
        self.shell.notices.status(sentence, "danger", seconds=6.0)
