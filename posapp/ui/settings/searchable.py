"""A combo box for hundreds of choices: any part of the words finds one, and so does the code behind it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from posapp.ui.fields import ComboField
from posapp.ui.theme import theme


class SearchableField(ComboField):
    """One of many values. Typing narrows the list; leaving the field takes the only one that still fits."""

    def __init__(
        self,
        name: str,
        text: str,
        choices: Sequence[tuple[Any, str]] = (),
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, text, choices, editable=True, parent=parent)
        self._finder = QCompleter(self.combo.model(), self.combo)
        self._finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._finder.setMaxVisibleItems(8)
        self._list = QListView()
        self._list.setAccessibleName(text)
        self._list.setProperty("role", "popup")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._finder.setPopup(self._list)
        self.combo.setCompleter(self._finder)
        self.combo.save_through(self._list)
        self._finder.activated.connect(lambda _words: self.leave())
        self.committed.connect(lambda: self.choose(self.value()))
        self._dress()
        theme().changed.connect(self._dress)

    def _row(self) -> int:
        """The row of the typed words: the whole words, their code, or the only row that contains them."""
        found = super()._row()
        typed = self.text().strip().casefold()
        if found >= 0 or not typed:
            return found
        coded = [row for row, value in enumerate(self._values) if str(value).casefold() == typed]
        within = [row for row, words in enumerate(self._words) if typed in words.casefold()]
        return (coded or (within if len(within) == 1 else []) or [-1])[0]

    def _dress(self) -> None:
        look, tokens = theme(), theme().tokens.named()
        self._list.setStyleSheet(
            f"QListView::item {{ min-height: {look.px(34)}px; padding: 0 {look.px(8)}px; }}"
            f"QListView::item:hover {{ background: {tokens['sunken']}; }}"
            f"QListView::item:selected {{ background: {tokens['selection']}; color: {tokens['text']}; }}"
        )
