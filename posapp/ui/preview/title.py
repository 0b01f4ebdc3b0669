"""What a paper is: its number, whose it is, and for when."""

from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.documents import BookingSlip
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import Elided, PlBadge, label
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.documents import Document


class PaperTitle(QWidget):
    """The head of the left column."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(4))
        self._number = label("", "amount")
        self._badge = PlBadge("")
        self._name = Elided("", "strong")
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self._name.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self._name.setFixedHeight(px(28))
        self._what, self._when = Elided("", "body", tone="text2"), Elided("", "body", tone="text2")
        who = QHBoxLayout()
        who.setSpacing(px(10))
        who.addWidget(self._badge)
        who.addWidget(self._name, 1)
        column.addWidget(self._number)
        column.addLayout(who)
        column.addWidget(self._what)
        column.addWidget(self._when)

    def show_number(self, number: str) -> None:
        """Another paper comes: its number is known, the rest is not yet."""
        self._number.setText(number)
        self._badge.set_text("")
        self._badge.hide()
        for part in (self._name, self._what, self._when):
            part.setText("")

    def show_paper(self, document: "Document", wording: Wording) -> None:
        """The names and texts that stand on the paper."""
        self._number.setText(document.number)
        if not isinstance(document, BookingSlip):
            return
        self._badge.set_text(document.pl_id)
        self._badge.show()
        self._name.setText(document.customer_name or document.customer_phone)
        self._what.setText(document.service)
        when = wording.day(date.fromisoformat(document.day))
        starts = wording.time(time.fromisoformat(document.starts))
        with_whom = self.tr("with {name}").format(name=document.with_whom)
        self._when.setText(f"{when}, {starts} {with_whom}")
