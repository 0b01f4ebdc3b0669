"""Fields for words and choices: one line, a note, an e-mail address, one of several."""

from collections.abc import Callable, Sequence
from typing import Any

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import Combo, LineEdit, NoteEdit
from posapp.ui.fields.labeled import LabeledField


class TextField(LabeledField):
    """One line. `read` turns the text into the value or raises `DomainError` (such as `check_name`).

    `missing` is said of an empty one that has to be filled in.
    With a `limit` the text is cleaned of what cannot be seen, and may have so many characters.
    """

    def __init__(
        self,
        name: str,
        text: str,
        *,
        read: Callable[[str], str] = str.strip,
        icon: str = "",
        placeholder: str = "",
        missing: str = "",
        limit: int = 0,
    ) -> None:
        edit = LineEdit(icon)
        super().__init__(name, text, edit)
        self._read, self._missing, self._limit = read, missing, limit
        edit.setPlaceholderText(placeholder)

    def value(self) -> str:
        """The cleaned text."""
        if self._missing and self.is_empty():
            raise DomainError("text_missing", self._missing, field=self.name)
        return _cleaned(self.text(), self._limit, self.name) if self._limit else self._read(self.text())


class NoteField(LabeledField):
    """Several lines; line breaks stay. `limit` is the longest note in characters."""

    def __init__(self, name: str, text: str, *, lines: int = 3, limit: int = 4000) -> None:
        edit = NoteEdit(lines)
        super().__init__(name, text, edit)
        self._limit = limit
        edit.textChanged.connect(self.edited)

    def value(self) -> str:
        """The note, cleaned of what cannot be seen."""
        return _cleaned(self.text(), self._limit, self.name)


def _cleaned(text: str, limit: int, name: str) -> str:
    from posapp.domain.base.names import clean_text

    return clean_text(text, limit, name)


class ComboField(LabeledField):
    """One of several values, shown by their words. With `editable` the typed words find the choice."""

    def __init__(
        self, name: str, text: str, choices: Sequence[tuple[Any, str]] = (), *, editable: bool = False
    ) -> None:
        self.combo = Combo(editable=editable)
        super().__init__(name, text, self.combo)
        self._words: list[str] = []
        self._values: list[Any] = []
        self.set_choices(choices)
        self.combo.currentTextChanged.connect(self.edited)
        self.combo.activated.connect(self.committed)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Replace value and words of all choices; the chosen value stays if it is still among them."""
        row = self._row()
        kept = self._values[row] if row >= 0 else None
        self._values = [value for value, _ in choices]
        self._words = [words for _, words in choices]
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems(self._words)
        self.combo.blockSignals(False)
        self.choose(kept)

    def values(self) -> list[Any]:
        """The values of all choices."""
        return list(self._values)

    def words_of(self, value: Any) -> str:
        """The words of a choice, "" of what is none."""
        return self._words[self._values.index(value)] if value in self._values else ""

    def choose(self, value: Any) -> None:
        """Choose the choice of that value; an unknown one chooses none."""
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        if value not in self._values and self.combo.isEditable():
            self.combo.setEditText("")

    def value(self) -> Any:
        """The value of the chosen or typed words; raises `DomainError` choice_missing."""
        row = self._row()
        if row < 0:
            sentence = self.tr("Choose one of the list.")
            raise DomainError("choice_missing", sentence, field=self.name)
        return self._values[row]

    def _row(self) -> int:
        if not self.combo.isEditable():
            return self.combo.currentIndex()
        typed = self.text().strip().casefold()
        whole = [row for row, words in enumerate(self._words) if words.casefold() == typed]
        begun = [row for row, words in enumerate(self._words) if typed and words.casefold().startswith(typed)]
        return (whole or (begun if len(begun) == 1 else []) or [-1])[0]
