"""The left side while it is not known yet what comes: the columns of a table, or the files of a system."""

from PySide6.QtCore import Qt

from posapp.ui.imports.column_table import ColumnTable
from posapp.ui.imports.files_view import FilesView
from posapp.ui.imports.order import Draft
from posapp.ui.imports.words import counted
from posapp.ui.layout import STRETCH, at, rows
from posapp.ui.theme import set_look
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import StatusPill, label, remark
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import translator

_tr = translator("Import")


class ColumnsCard(Card):
    """How many columns are used, how many are open, and the table of them."""

    def __init__(self) -> None:
        super().__init__(_tr("Columns"))
        self.used, self.pill = label("", "small", tone="text2"), StatusPill()
        self.all = button("", kind="quiet", size="s", run=self._toggle)
        self.table = ColumnTable()
        for place, part in enumerate((self.used, self.pill), start=1):
            self.head.insertWidget(place, part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.all)
        self.body.addWidget(self.table, 1)

    def show_draft(self, draft: Draft, *, is_still: bool) -> None:
        """Show the columns as they are read now."""
        said = _tr("{used} used, {left} left out").format(used=draft.used, left=draft.left_out)
        self.used.setText(said)
        words = counted(draft.open, _tr("1 to choose"), _tr("{count} to choose"))
        look = StatusLook("circle-help", words, "warning")
        self.pill.set_look(look if draft.open else None)
        self.table.set_still(is_still)
        self.table.show_draft(draft)
        self._show_toggle(len(draft.columns))

    def _show_toggle(self, count: int) -> None:
        words = _tr("Show fewer") if self.table.shows_all else _tr("Show all {count}").format(count=count)
        self.all.setText(words)
        self.all.setVisible(self.table.has_more)
        self.all.updateGeometry()

    def _toggle(self) -> None:
        self.table.show_all()
        self._show_toggle(self.table.rows.rowCount())
        self.table.setFocus()


class FilesCard(Card):
    """The files of an old system by what they hold."""

    def __init__(self) -> None:
        super().__init__(_tr("Files"))
        self.files = FilesView()
        self.body.addWidget(self.files, 1)

    def show_draft(self, draft: Draft) -> None:
        """Show the files and how they are read."""
        self.count.set_text(str(len(draft.sights)))
        self.files.show_draft(draft)


class SaidCard(Card):
    """In the place of the columns while there are none: what is going on, or why there will be none."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "body", wrap=True)
        self.hint = remark(
            _tr(
                "Save it as CSV or XLSX without a password. Lists of items go in at Settings, Items; a "
                "backup is restored at Settings, Data."
            )
        )
        self.again = button(_tr("Choose another file"), icon="folder-open", key="Ctrl+O")
        way = at(Qt.AlignmentFlag.AlignLeading, self.again)
        self.body.addLayout(rows(self.words, self.hint, way, STRETCH, gap=12, pad=(16, 16)))

    def say(self, sentence: str, is_refused: bool) -> None:
        """Say it."""
        self.words.setText(sentence)
        set_look(self.words, tone="danger" if is_refused else "text2")
        for part in (self.hint, self.again):
            part.setVisible(is_refused)
