"""The rows behind a figure, in the side sheet."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from posapp.domain.old_data.imports import RowNote, RowSight
from posapp.ui.actions import Keys
from posapp.ui.imports.words import why
from posapp.ui.layout import rows, wide
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.widgets.labels import label, line
from posapp.ui.wording import translator

_tr = translator("Import")
Shown = RowNote | RowSight


def _where(row: Shown, several: bool) -> str:
    if several:
        return _tr("{file}, row {row}").format(file=row.file, row=f"{row.row:,}")
    return _tr("Row {row}").format(row=f"{row.row:,}")


class RowDelegate(TwoLineDelegate):
    """Who or why above, which row below."""

    height = 54
    name_step, name_weight = "body", 500

    def __init__(self) -> None:
        self.has_several = False
        super().__init__()

    def row_of(self, value: Shown) -> TwoLineRow:
        """A row of the file."""
        where = _where(value, self.has_several)
        if isinstance(value, RowNote):
            return TwoLineRow(why(value), where)
        name = value.name or value.phone or _tr("(no name)")
        phone = value.phone if value.name else ""
        return TwoLineRow(name, " · ".join(filter(None, (phone, where))), right=value.customer)


class RowsSheet(QWidget):
    """As many rows as are known; of those that were refused all, which can be saved."""

    def __init__(
        self,
        shown: Sequence[Shown],
        count: int,
        *,
        empty: str = "",
        save: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._save = save
        delegate = RowDelegate()
        delegate.has_several = len({one.file for one in shown}) > 1
        self.list = OpenList(_tr("Rows"), delegate, self._spoken)
        self.list.rows.show_rows(shown)
        parts: list[QWidget] = []
        if shown and len(shown) < count:
            words = _tr("The first {shown} of {count} rows")
            said = words.format(shown=f"{len(shown):,}", count=f"{count:,}")
            parts.append(label(said, "small", tone="text2"))
        head = rows(*parts, pad=(16, 0, 16, 8)) if parts else None
        self.save = button(_tr("Save this list"), icon="download", key="Ctrl+E", run=save) if save else None
        foot = rows(line(), rows(self.save, pad=(16, 12)), gap=0) if self.save is not None else None
        nothing = EmptyState(empty or _tr("No rows.")) if not shown else None
        self.list.setVisible(bool(shown))
        rows(head, wide(nothing or self.list), foot, gap=0, host=self)
        if shown:
            self.setFocusProxy(self.list)

    def front_keys(self) -> Keys:
        """What the keys do while the sheet is open."""
        return {"Ctrl+E": self._save} if self._save is not None else {}

    def _spoken(self, row: Shown) -> str:
        if isinstance(row, RowNote):
            return f"{_where(row, True)}: {why(row)}"
        return ", ".join(filter(None, (_where(row, True), row.name, row.phone, row.customer)))
