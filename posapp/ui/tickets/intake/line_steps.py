"""Writes the lines of an intake's estimate in the side sheet."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.window.undo import at_once
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.repairs.parts import Item
    from posapp.ui.tickets.intake.page import IntakePage


class LineSteps(QObject):
    """Owned by the page: stands between the block of lines and the form of one."""

    def __init__(self, page: "IntakePage") -> None:
        super().__init__(page)
        self._page = page
        self._items: list[Item] = []
        block = page.form.promise.estimate
        block.line_asked.connect(self.open)
        block.line_removed.connect(self._removed)

    def read_items(self) -> None:
        """The parts of the shop and what is free of them, for the next line."""
        self._page.presenter.items(self._known)

    def _known(self, items: "list[Item]") -> None:
        self._items = items

    def open(self, place: int | None = None) -> None:
        """The form of a line: that at a place of the estimate, or a new one."""
        page, block = self._page, self._page.form.promise.estimate
        form = LineForm(Wording.of(page.session.catalogue.business))
        form.stack()
        form.set_devices({1: page.form.device.name() or self.tr("This device")})
        form.set_items(self._items)
        form.made.connect(partial(self._made, place))
        form.closed.connect(page.shell.close_sheet)
        title = self.tr("New line") if place is None else self.tr("Line {n}").format(n=place + 1)
        page.shell.open_sheet(title, form)
        form.begin(None if place is None else block.lines[place])

    def _made(self, place: int | None, line: DraftLine) -> None:
        block = self._page.form.promise.estimate
        self._page.shell.close_sheet()
        block.put(place, line)
        block.table.setFocus()

    def _removed(self, place: int, line: DraftLine) -> None:
        block = self._page.form.promise.estimate
        words = self.tr("{text} taken off").format(text=line.text)
        self._page.shell.notices.toast(
            words,
            undo=at_once(partial(block.insert, place, line)),
            redo=at_once(partial(block.take_out, line)),
        )
