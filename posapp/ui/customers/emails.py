"""In the customer's sheet: e-mail addresses besides the main one, and where the customer came from."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.emails import check_email
from posapp.ui.customers.parts import SmallForm
from posapp.ui.fields import TextField
from posapp.ui.history.past import source_name
from posapp.ui.layout import columns, emptied, held, put, rows, wide
from posapp.ui.tab_order import stops_below, stops_in
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.customers.customers import FurtherEmail
    from posapp.domain.old_data.past import OldId

_tr = translator("CustomerEmails")
FEW = 3
"""So many old IDs of one import are named."""


class EmailsPanel(QWidget):
    """Each further address with *Make main* and *Remove*; those that an import brought, too."""

    added = Signal(str)
    removed = Signal(int)
    made_main = Signal(int)
    arranged = Signal()  # rows came or went

    def __init__(self) -> None:
        super().__init__()
        self._rows = rows(gap=4)
        self.email = TextField("further_email", self.tr("Another e-mail"), read=_read, icon="mail")
        self.adder = SmallForm([self.email], self.tr("Add e-mail"), icon="plus")
        self.adder.accepted.connect(lambda: self.added.emit(self.email.value()))
        rows(self._rows, self.adder, gap=12, host=self)

    def show_emails(self, emails: "Sequence[FurtherEmail]") -> None:
        """Show these addresses."""
        emptied(self._rows)
        put(self._rows, *(self._row(one) for one in emails))
        self.arranged.emit()

    def stops(self) -> list[QWidget]:
        """What Tab goes through, from top to bottom."""
        return [*stops_below(self._rows), *stops_in(self.adder)]

    def _row(self, line: "FurtherEmail") -> QWidget:
        main = button(self.tr("Make main"), kind="quiet", size="s", run=partial(self.made_main.emit, line.id))
        remove = button(self.tr("Remove"), kind="quiet", size="s", run=partial(self.removed.emit, line.id))
        for one in (main, remove):
            one.setAccessibleName(f"{one.text()} {line.email}")
        return held(columns(wide(Elided(line.email, "body")), main, remove, gap=8))


def origin_words(ids: "Sequence[OldId]", wording: Wording) -> str:
    """Where a customer came from, a line for each import: `Came from Square on 2 May, ID HL-00417.`"""
    lines: dict[tuple[int, str], list[OldId]] = {}
    for one in ids:
        lines.setdefault((one.batch_id, one.system), []).append(one)
    return "\n".join(_origin(system, found, wording) for (_, system), found in lines.items())


def _origin(system: str, ids: "Sequence[OldId]", wording: Wording) -> str:
    codes = ", ".join(one.code for one in ids[:FEW])
    if len(ids) > FEW:
        codes = _tr("{codes} and {n} more").format(codes=codes, n=len(ids) - FEW)
    day = wording.day_in_list(wording.here(ids[0].came_at).date())
    words = _tr("Came from {system} on {day}, ID {codes}.")
    return words.format(system=source_name(system), day=day, codes=codes)


def _read(text: str) -> str:
    from posapp.domain.base.errors import DomainError

    if not text.strip():
        raise DomainError("email_missing", _tr("Enter an e-mail address."), field="further_email")
    return check_email(text)
