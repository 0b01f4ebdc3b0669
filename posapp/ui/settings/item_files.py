"""The catalogue from a file and to one: what would happen is shown before anything does."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.services.catalogue.item_files import COLUMNS
from posapp.ui.fields import Form
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.layout import rows
from posapp.ui.presenter import sentence_of
from posapp.ui.widgets.labels import label, remark
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.services.catalogue.item_files import ItemsImported

_tr = translator("Settings")
_MOST_REASONS = 40


class ImportForm(Form):
    """What a file would do; saving it does it."""

    def __init__(self, found: "ItemsImported") -> None:
        super().__init__()
        words = _tr("{rows} rows: {added} new, {changed} changed, {same} as they are, {refused} refused.")
        said = words.format(
            rows=found.rows,
            added=found.added,
            changed=found.changed,
            same=found.same,
            refused=len(found.refused),
        )
        reasons = [
            _tr("Row {row}: {why}").format(row=one.line, why=one.sentence)
            for one in found.refused[:_MOST_REASONS]
        ]
        if len(found.refused) > _MOST_REASONS:
            reasons.append(_tr("and {count} more").format(count=len(found.refused) - _MOST_REASONS))
        self.head, self.reasons = label(said, "body", weight=600, wrap=True), remark("\n".join(reasons))
        columns = remark(_tr("The first row names the columns: {names}.").format(names=", ".join(COLUMNS)))
        rows(self.head, self.reasons, columns, gap=12, host=self)


def ask_source(parent: QWidget) -> Path | None:
    """Which file to bring in; None for none."""
    title, kinds = _tr("Bring in items"), _tr("Tables (*.csv *.xlsx)")
    name, _ = FileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def ask_target(parent: QWidget) -> Path | None:
    """Which file to write; None for none. One that is there was agreed to be replaced."""
    title = _tr("Write the items into a file")
    name, _ = FileDialog.getSaveFileName(parent, title, "items.xlsx", _tr("Tables (*.xlsx *.csv)"))
    return Path(name) if name else None


def why(error: Exception) -> str:
    """What the clerk reads of a file that was not read or written."""
    return sentence_of(error, _tr("This file could not be read or written."))
