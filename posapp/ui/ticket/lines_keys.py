"""What can be done with the line that is chosen: use its part, set it aside, put it back, take it off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.layout import STRETCH, columns
from posapp.ui.ticket.lines_rows import LineRow
from posapp.ui.widgets.buttons import Button, button, icon_button


class LineKeys(QWidget):
    """A button that would do nothing is not there."""

    used = Signal()
    reserved = Signal()
    put_back = Signal()
    removed = Signal()
    broken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.use = button(self.tr("Use part"), icon="check", key="U", run=self.used.emit)
        self.reserve = button(self.tr("Reserve"), icon="bookmark", run=self.reserved.emit)
        self.back = button(self.tr("Put back"), icon="undo-2", key="R", run=self.put_back.emit)
        self.remove = button(self.tr("Remove"), icon="trash-2", key="Del", run=self.removed.emit)
        self.scrap = icon_button("circle-x", self.tr("Broken: write it off"))
        self.scrap.clicked.connect(lambda _on=False: self.broken.emit())
        columns(*self._all(), STRETCH, gap=8, pad=(12, 8), host=self)

    def _all(self) -> tuple[Button, ...]:
        return self.use, self.reserve, self.back, self.remove, self.scrap

    def show_row(self, row: LineRow | None, *, is_open: bool) -> None:
        """The line that is chosen, None for none; with nothing to do they are away."""
        self.setVisible(row is not None and is_open)
        if row is None:
            return
        self.use.setVisible(row.can_be_used)
        self.reserve.setVisible(row.is_missing)
        self.back.setVisible(bool(row.parts))
        self.scrap.setVisible(bool(row.parts))
        self.remove.setVisible(row.sight is not None)
