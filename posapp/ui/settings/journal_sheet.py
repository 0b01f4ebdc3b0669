"""One entry of the journal in the side sheet: who, when, and what was beside what is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLayout, QWidget

from posapp.ui.layout import STRETCH, grid, held, rows, wide
from posapp.ui.settings.journal_presenter import Row
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line, remark
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording, translator

_tr = translator("Journal")


class JournalSheet(QWidget):
    """`record` asks for the record of the entry; `left`: it went out of sight."""

    record = Signal()
    left = Signal()

    def __init__(self, row: Row, wording: Wording) -> None:
        super().__init__()
        said = row.line
        facts = [
            (_tr("When"), wording.moment_in_full(said.at)),
            (_tr("Who"), said.who),
            (_tr("Approved by"), said.approved_by),
            (_tr("Till"), said.till if said.person else ""),
        ]
        told = [[_small(name), _words(text)] for name, text in facts if text]
        about = rows(
            label(row.what, "title", wrap=True),
            grid(*told, gap=(16, 6), shares=(1, 2), align=Qt.AlignmentFlag.AlignTop),
            gap=10,
            pad=(16, 10, 16, 14),
        )
        inner = rows(about, line(), self._values(row), STRETCH, gap=0)
        scroller = Scroller(held(inner))
        scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        scroller.setAccessibleName(_tr("Entry"))
        foot: QWidget | None = None
        if row.number:
            self.open = button(
                _tr("Open {number}").format(number=row.number), kind="primary", size="l", run=self.record.emit
            )
            foot = held(rows(line(), rows(self.open, pad=(16, 12)), gap=0))
        rows(wide(scroller), foot, gap=0, host=self)
        self.setFocusProxy(self.open if row.number else scroller)

    @staticmethod
    def _values(row: Row) -> QLayout:
        if not row.values:
            return rows(remark(_tr("Nothing but the act itself is noted.")), pad=(16, 14))
        head = [_small(""), _small(_tr("Before")), _small(_tr("After"))]
        lines = [[_small(one.name), _words(one.before), _words(one.after)] for one in row.values]
        return rows(
            grid(head, *lines, gap=(16, 8), shares=(2, 3, 3), align=Qt.AlignmentFlag.AlignTop), pad=(16, 14)
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """The sheet closed, by whatever key."""
        super().hideEvent(event)
        self.left.emit()


def _small(text: str) -> QWidget:
    return label(text, "small", tone="text2", weight=500, wrap=True)


def _words(text: str) -> QWidget:
    return label(text, "body", wrap=True)
