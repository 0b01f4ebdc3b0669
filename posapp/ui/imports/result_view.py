"""What an import brought: what came, what did not, where it is now, and the way back."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.old_data.imports import ImportResult
from posapp.ui.imports.answers import refused, warned
from posapp.ui.imports.file_card import FileMark
from posapp.ui.imports.words import counted, shown_rows
from posapp.ui.layout import STRETCH, Placed, columns, held, refill, rows, wide
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import translator

_tr = translator("Import")


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the result: icon and tone, a sentence, and what can be done about it."""

    icon: str
    tone: str
    words: str
    step: str = ""
    signal: str = ""


def result_lines(result: ImportResult) -> list[Said]:
    """All that is to be said of an import."""
    lines = [Said("circle-check", "success", _came(result))]
    if result.matched + result.known or result.twice:
        known = result.matched + result.known
        here = counted(known, _tr("1 row was already here"), _tr("{count} rows were already here"))
        joined = _tr("1 was joined to another row"), _tr("{count} were joined to another row")
        twice = counted(result.twice, *joined)
        lines.append(Said("user-check", "primary", _tr("{here}, {twice}.").format(here=here, twice=twice)))
    if result.past:
        words = counted(result.past, _tr("1 past record"), _tr("{count} past records"))
        said = _tr("{count} of before stand in the history of their customers.").format(count=words)
        lines.append(Said("history", "info", said))
    if result.updates:
        words = counted(len(result.updates), _tr("1 field was changed."), _tr("{count} fields were changed."))
        lines.append(Said("pencil", "primary", words, _tr("Show them"), "updates"))
    if refused(result):
        words = _tr("{rows} refused: nothing of them was taken.")
        said = words.format(rows=shown_rows(refused(result)))
        lines.append(Said("circle-x", "danger", said, _tr("Save this list"), "save"))
    if warned(result):
        words = counted(warned(result), _tr("1 warning."), _tr("{count} warnings."))
        lines.append(Said("triangle-alert", "warning", words, _tr("Show them"), "warnings"))
    if result.unused_columns:
        words = _tr("Left out: {columns}.")
        lines.append(Said("minus", "text2", words.format(columns=", ".join(result.unused_columns))))
    return lines


def _came(result: ImportResult) -> str:
    if not result.created:
        return _tr("No new customer: all of them were here.") if result.rows else _tr("Nothing came.")
    came = counted(result.created, _tr("1 new customer"), _tr("{count} new customers"))
    if result.without_phone:
        without = f"{result.without_phone:,}"
        return _tr("{came}, {count} of them without a phone.").format(came=came, count=without)
    return _tr("{came}.").format(came=came)


class ResultView(Card):
    """In the place of the columns once the rows are in; signals tell which list is wanted."""

    save = Signal()
    warnings = Signal()
    updates = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mark = FileMark()
        self.title, self.when = label("", "title", wrap=True), label("", "small", tone="text2", wrap=True)
        head = columns(
            self.mark,
            Placed(rows(self.title, self.when, gap=1), 1, Qt.AlignmentFlag.AlignVCenter),
            gap=14,
            pad=(16, 14),
        )
        self._lines = rows(gap=12)
        self.where = label("", "body", wrap=True)
        self.undo = button(_tr("Undo this import"), icon="undo-2", size="l", key="Alt+U")
        self.another = button(_tr("Import another file"), icon="folder-open", size="l", key="Ctrl+O")
        inner = held(rows(self._lines, self.where, STRETCH, gap=16, pad=(16, 14)))
        foot = columns(self.undo, self.another, STRETCH, gap=8, pad=(16, 12))
        self.body.addLayout(rows(head, line(), wide(Scroller(inner)), line(), foot, gap=0))

    def show_result(self, result: ImportResult, *, title: str, when: str, is_undone: bool) -> None:
        """Say it all."""
        self.mark.show_tone(*(("undo-2", "neutral") if is_undone else ("check-check", "success")))
        self.title.setText(title)
        self.when.setText(when)
        lines = [] if is_undone else result_lines(result)
        refill(self._lines, [self._line(one) for one in lines])
        self.where.setText(
            _tr("All that came by this import is gone again. Numbers that were given out stay used.")
            if is_undone
            else _tr(
                "The customers are found at once: by name, phone, e-mail or old number on the Desk (F2), and "
                "everywhere else where a customer is asked for."
            )
        )
        self.undo.setVisible(bool(result.batches) and not is_undone)

    def _line(self, said: Said) -> QWidget:
        words = label(said.words, "body", wrap=True)
        step: Button | None = None
        if said.step:
            step = button(said.step, kind="quiet", size="s", run=getattr(self, said.signal).emit)
            step.setAccessibleDescription(said.words)
        return held(columns(IconLabel(said.icon, said.tone, 18), wide(words), step, gap=10))
