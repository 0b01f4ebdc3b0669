"""The kiosk as the clerk sees it: who waits there for a nod, and the code that lets a customer in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.counter.kiosk import shown_code
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.counter.kiosk import Arrival

KEY = "Alt+J"


class ArrivalBar(QWidget):
    """Whoever waits longest for a nod, in words, and the two answers."""

    let_in = Signal(object)  # Arrival
    turned_away = Signal(object)  # Arrival

    def __init__(self) -> None:
        super().__init__()
        self.first: Arrival | None = None
        self.words = label("", "body", weight=500, wrap=True)
        self.more = label("", "small", tone="text2")
        self.yes = button(self.tr("Let in"), size="s", icon="user-check", key=KEY, run=self.nod)
        self.no = button(self.tr("Turn away"), kind="quiet", size="s", run=self._refuse)
        answers = columns(self.yes, self.no, STRETCH, self.more, gap=8)
        inner = rows(self.words, answers, gap=8, pad=(14, 10, 12, 10))
        rows(wide(inner), line(), gap=0, host=self)
        self.hide()

    def show_arrivals(self, arrivals: "Sequence[Arrival]", wording: Wording) -> None:
        """The first of them; hidden while nobody waits."""
        self.first = arrivals[0] if arrivals else None
        if self.first is not None:
            shown = (self.first.name, wording.phone(self.first.phone), self.first.what)
            words = self.tr("At the kiosk, unknown here: {who}")
            self.words.setText(words.format(who=", ".join(filter(None, shown))))
            self.setAccessibleName(self.words.text())
            left = len(arrivals) - 1
            self.more.setText(self.tr("and {n} more").format(n=left) if left else "")
        self.setVisible(self.first is not None)

    def wanted_height(self) -> int:
        """What it takes of the column."""
        if self.first is None:
            return 0
        return max(self.heightForWidth(self.width()), self.sizeHint().height())

    def nod(self) -> bool:
        """Let the first one in; False while nobody waits."""
        if self.first is not None:
            self.let_in.emit(self.first)
        return self.first is not None

    def _refuse(self) -> None:
        if self.first is not None:
            self.turned_away.emit(self.first)


class CodeSheet(QWidget):
    """A code, large enough to be read out; it is gone with the sheet."""

    def __init__(self, pl_id: str, code: str) -> None:
        super().__init__()
        words = self.tr("Lets {pl} in at the kiosk once, within 24 hours. It is shown this once.")
        self.code = label(shown_code(code), "change")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Code {code}").format(code=" ".join(code)))
        said = label(words.format(pl=pl_id), "body", tone="text2", wrap=True)
        how = self.tr("They type their own phone number and then this code.")
        rows(self.code, said, label(how, "body", wrap=True), STRETCH, gap=12, pad=(20, 16), host=self)
