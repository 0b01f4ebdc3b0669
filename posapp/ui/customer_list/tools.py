"""Above the list: what to look for, the segments, and the buttons; below it: who is chosen, and for what."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.domain.figures.customer_list import Segment
from posapp.ui.actions import Action
from posapp.ui.customer_list.words import OF_MONEY, segment_words
from posapp.ui.fields.search_field import SearchField
from posapp.ui.layout import columns, rows, sides, top, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, action_button
from posapp.ui.widgets.choices import Chips, Choice
from posapp.ui.widgets.labels import label, line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

_FIND_WIDTH = (204, 216)
"""Of the field, in a wide and in a narrow window."""


class CustomerTools(QWidget):
    """`typed` tells the text, `segment_chosen` the segment."""

    typed = Signal(str)
    segment_chosen = Signal(object)

    def __init__(self, export: Action, new: Action) -> None:
        super().__init__()
        self.words = SearchField(self.tr("Find customers"), self.tr("Name or phone"))
        self.words.setProperty("variant", "")
        self.words.textChanged.connect(self.typed)
        self.segments = Chips(name=self.tr("Segment"))
        self.segments.chosen.connect(lambda key: self.segment_chosen.emit(Segment(key)))
        self.export = action_button(export, words=self.tr("Export"), size="s")
        self.new = action_button(new, words=self.tr("New"), kind="primary", size="s")
        self._counts: Mapping[Segment, int] = {}
        self._knows = False
        buttons = columns(self.export, self.new, gap=8)
        sides(top(self.words), wide(self.segments), top(buttons), gap=8, host=self)
        self.set_narrow(False)
        theme().changed.connect(self._fit)

    def show_export(self, *, may: bool) -> None:
        """Files of persons are not for everybody."""
        self.export.setVisible(may)

    def follow(self, table: "QAbstractItemView") -> None:
        """Arrows in the field move through the list."""
        self.words.follow(table)

    def set_narrow(self, is_narrow: bool) -> None:
        """A narrow window prints no keys on the buttons."""
        self._is_narrow = is_narrow
        self.export.set_key("" if is_narrow else "Ctrl+E")
        self.new.set_key("" if is_narrow else "Ctrl+N")
        self._fit()

    def show_segments(self, counts: Mapping[Segment, int] | None, *, knows: bool) -> None:
        """How many are in each; segments by amounts are for who may know those. None: as last told."""
        self._counts = self._counts if counts is None else counts
        shown = [one for one in Segment if knows or one not in OF_MONEY]
        self.segments.set_choices(
            [Choice(one.value, segment_words(one), tally=self._counts.get(one)) for one in shown]
        )

    def show_wanted(self, segment: Segment, text: str) -> None:
        """What the list shows; nobody is told."""
        self.segments.set_current(segment.value)
        if text != self.words.text():
            with QSignalBlocker(self.words):
                self.words.setText(text)

    def _fit(self) -> None:
        self.words.setFixedHeight(theme().tool_height())
        self.words.setFixedWidth(theme().px(_FIND_WIDTH[self._is_narrow]))


class ChosenBar(QWidget):
    """How many are listed or chosen, and what can be done to these; buttons of what cannot be are absent."""

    def __init__(self, *actions: Action) -> None:
        super().__init__()
        self._count = label("", "body", tone="text2")
        self._buttons: list[tuple[Action, Button]] = [
            (action, action_button(action, words=action.word, size="s")) for action in actions
        ]
        row = columns(wide(self._count), *(made for _, made in self._buttons), gap=8, pad=(16, 6))
        rows(line(), row, gap=0, host=self)
        self._fit()
        theme().changed.connect(self._fit)

    def show_count(self, words: str) -> None:
        """What stands at the beginning."""
        self._count.setText(words)

    def show_buttons(self, may: Callable[[Permission | None], bool]) -> None:
        """Those of what can be done now."""
        for action, made in self._buttons:
            made.setVisible(action.when() and may(action.needs))

    def _fit(self) -> None:
        """As high with buttons as without."""
        self.setFixedHeight(theme().tool_height() + theme().px(14))
