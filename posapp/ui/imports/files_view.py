"""The files of an old system by what they hold, and the country whose numbers and amounts are in them."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.countries import countries, currencies, habits
from posapp.domain.old_data.imports import TableSight
from posapp.ui.imports.order import Draft
from posapp.ui.imports.words import collection_word, shown_bytes, shown_rows
from posapp.ui.layout import columns, rows, wide
from posapp.ui.settings.fields import SearchableField
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.widgets.labels import line, remark
from posapp.ui.wording import translator

_tr = translator("Import")


class FileDelegate(TwoLineDelegate):
    """What the file holds, its name, and how much of it there is."""

    height = 54

    def row_of(self, value: TableSight) -> TwoLineRow:
        """One file."""
        size = shown_bytes(value.size)
        held = collection_word(value.collection)
        return TwoLineRow(held, value.name, icon="file-text", right=shown_rows(value.rows), right_second=size)


class Habits(QWidget):
    """Country and currency of what is imported; the shop's own unless another is chosen."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.region = SearchableField("region", _tr("Country of the numbers"), countries())
        self.currency = SearchableField("currency", _tr("Currency of the amounts"), currencies())
        columns(wide(self.region), wide(self.currency), gap=16, host=self)
        self.region.committed.connect(self._take_country)
        self.currency.committed.connect(self._tell)

    def show_habits(self, region: str, currency: str) -> None:
        """Show these; nobody is told."""
        with QSignalBlocker(self):
            self.region.choose(region)
            self.currency.choose(currency)

    def _take_country(self) -> None:
        if self.region.problem() is None:
            self.currency.choose(habits(str(self.region.value()), own_zone="", own_language="").currency)
            self._tell()

    def _tell(self) -> None:
        if self.region.problem() is None and self.currency.problem() is None:
            self.changed.emit(str(self.region.value()), str(self.currency.value()))


class FilesView(QWidget):
    """Every file with its place in the old system."""

    def __init__(self) -> None:
        super().__init__()
        self.habits = Habits()
        self.list = OpenList(_tr("Files"), FileDelegate(), self._spoken)
        words = _tr("Numbers without a country code are read as numbers of this country.")
        above = rows(self.habits, remark(words), gap=6, pad=(16, 12))
        rows(above, line(), wide(self.list), gap=0, host=self)

    def _spoken(self, sight: TableSight) -> str:
        return f"{collection_word(sight.collection)}, {sight.name}, {shown_rows(sight.rows)}"

    def show_draft(self, draft: Draft) -> None:
        """Show the files and how they are read."""
        if tuple(self.list.rows.rows()) != draft.sights:
            self.list.rows.show_rows(draft.sights)
        self.habits.show_habits(draft.region, draft.currency)
