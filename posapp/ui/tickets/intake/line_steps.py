"""Writes the lines of an intake's estimate in the side sheet."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once

if TYPE_CHECKING:
    from posapp.domain.repairs.parts import Item


class LineSteps(QObject):
    """Between the block of lines and the form of one."""

    def __init__(self, form: IntakeForm, presenter: IntakePresenter, shell: Shell) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell = form, presenter, shell
        self._block = form.promise.estimate
        self._items: list[Item] = []
        self._block.line_asked.connect(self.open)
        self._block.line_removed.connect(self._removed)

    def read_items(self) -> None:
        """The parts of the shop and what is free of them, for the next line."""
        self._presenter.items(self._known)

    def _known(self, items: "list[Item]") -> None:
        self._items = items

    def open(self, place: int | None = None) -> None:
        """The form of a line: that at a place of the estimate, or a new one."""
        form = LineForm(self._presenter.wording)
        form.stack()
        form.set_devices({1: self._form.device.name() or self.tr("This device")})
        form.set_items(self._items)
        form.made.connect(partial(self._made, place))
        form.closed.connect(self._shell.close_sheet)
        title = self.tr("New line") if place is None else self.tr("Line {n}").format(n=place + 1)
        self._shell.open_sheet(title, form)
        form.begin(None if place is None else self._block.lines[place])

    def _made(self, place: int | None, line: DraftLine) -> None:
        self._shell.close_sheet()
        self._block.put(place, line)
        self._block.table.setFocus()

    def _removed(self, place: int, line: DraftLine) -> None:
        self._shell.notices.toast(
            self.tr("{text} taken off").format(text=line.text),
            undo=at_once(partial(self._block.insert, place, line)),
            redo=at_once(partial(self._block.take_out, line)),
        )
