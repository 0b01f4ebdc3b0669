"""A word of thanks once somebody has said "I am here"; it is the same for everybody."""

from PySide6.QtCore import Qt

from posapp.ui.kiosk.frame import KioskPage, heading
from posapp.ui.kiosk.parts import BigButton
from posapp.ui.layout import STRETCH, at, rows, wide
from posapp.ui.widgets.labels import label


class ThanksPage(KioskPage):
    """Shown until it is touched, or until time runs out."""

    def __init__(self) -> None:
        super().__init__()
        words = self.tr("Take a seat. We call you by your name.")
        middle = Qt.AlignmentFlag.AlignHCenter
        self.fine = BigButton(self.tr("Done"), icon="check", run=self.done.emit)
        self.fine.set_filled(True)
        body = rows(
            STRETCH,
            at(middle, label(self.tr("Thank you. We know that you are here."), "amount", weight=600)),
            at(middle, label(words, "figure", tone="text2", weight=400)),
            STRETCH,
            gap=16,
        )
        self.arrange(heading(""), wide(body), (self.fine,))
