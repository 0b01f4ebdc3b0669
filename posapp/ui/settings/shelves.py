"""Shelves: where repairs lie, set up by their code, and the labels by which a scan says so."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.services.repairs.shelves import check_shelf
from posapp.ui.actions import Action
from posapp.ui.alive import while_alive
from posapp.ui.fields import TextField
from posapp.ui.layout import columns, held, put, wide
from posapp.ui.preview.print_watch import paper_output
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.settings.table_section import RowForm, Sheet
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.buttons import action_button
from posapp.ui.widgets.labels import line, remark
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")


def _read_code(text: str) -> str:
    code = check_shelf(text)
    if not code:
        raise DomainError("shelf_missing", _tr("Enter the code of a shelf, such as A1."), field="shelf")
    return code


class ShelvesSection(Section):
    """The shelves that there are; labels come out of the chosen one, or of all."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Shelves"), presenter, shell)
        self.table = self.first = EditTable(_tr("Shelves"), (Column(_tr("Shelf"), str),))
        here = self.isVisible
        self._add = Action(
            "settings_add", _tr("Add shelf"), "Alt+N", self.add_shelf, "plus", here, on_record=True
        )
        self._one = Action(
            "settings_labels", _tr("Label"), "Ctrl+P", self.print_chosen, "printer", here, on_record=True
        )
        self._all = Action(
            "settings_all_labels", _tr("All labels"), "Alt+P", self.print_all, "printer", here, on_record=True
        )
        self.labels = [action_button(one, size="s") for one in (self._one, self._all)]
        self.head.addWidget(held(columns(*self.labels, action_button(self._add, size="s"), gap=8)))
        words = _tr("Where repairs lie. The scan of a label moves the device that is shown there.")
        put(self.body, columns(wide(remark(words)), pad=(16, 10)), line(), wide(self.table))

    def refresh(self) -> None:
        """Show them by their code."""
        shelves = self.presenter.known.repairs.shelves
        self.table.show_rows(shelves)
        for one in self.labels:
            one.setVisible(bool(shelves))

    def own_actions(self) -> Sequence[Action]:
        """Alt+N adds one, Ctrl+P prints the label of the chosen one, Alt+P all of them."""
        return (self._add, self._one, self._all)

    def add_shelf(self) -> None:
        """Ask for the code of a new one."""
        code = TextField("shelf", _tr("Code"), read=_read_code)
        code.say(_tr("At most 20 characters, such as A1 or BENCH 2."))
        form = RowForm({"shelf": code}, None)
        form.accepted.connect(lambda: self._save(form, **form.values()))
        sheet = Sheet(form, _tr("Add shelf"))
        sheet.closed.connect(lambda: QTimer.singleShot(0, self, self._come_back))
        self.shell.open_sheet(_tr("New shelf"), sheet)

    def _save(self, form: RowForm, shelf: str) -> None:
        form.set_saving(True)
        self.presenter.save(
            lambda shop, actor: shop.shelves.add(actor, [shelf]),
            _tr("{name} added").format(name=shelf),
            failed=while_alive(form, form.refuse),
            done=lambda _made: self.shell.close_sheet(),
        )

    def _come_back(self) -> None:
        if self.isVisible() and self.shell.sheet_content is None:
            self.table.setFocus()

    # -- labels ----------------------------------------------------------------------------------------
    def print_chosen(self) -> None:
        """The label of the chosen shelf."""
        shelf = self.table.chosen()
        if shelf is not None:
            self._print([shelf], _tr("Label of {name} printed").format(name=shelf))

    def print_all(self) -> None:
        """A label of each shelf."""
        shelves = list(self.presenter.known.repairs.shelves)
        if shelves:
            self._print(shelves, _tr("{n} labels printed").format(n=len(shelves)))

    def _print(self, shelves: list[str], said: str) -> None:
        session = self.presenter.session
        output = paper_output(session, PaperSize(session.till.label_paper))

        def work(shop: "Shop", actor: "Actor") -> int:
            return shop.shelves.print(actor, shelves, output.paper, output.printer)

        self.presenter.do(
            work,
            while_alive(self, lambda _count: self.shell.notices.toast(said)),
            self.presenter.say_failure,
            lane=session.lanes.paper,
        )
