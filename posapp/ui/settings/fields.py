"""Fields that only Settings has: whole numbers, prices in minor units, days, lines, one of hundreds."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QListView

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money
from posapp.domain.base.names import clean_text
from posapp.domain.catalogue.taxes import parse_percent, percent_text
from posapp.domain.repairs.ticket_states import NAME_LIMIT, check_lines
from posapp.ui.fields import ComboField, LabeledField, LineEdit, MoneyField, TimeField
from posapp.ui.fields.edits import NoteEdit
from posapp.ui.theme import theme
from posapp.ui.wording import Wording

_SHOWN = 8


class WholeField(LabeledField):
    """A whole number from `least` to `most`; no spin arrows, a wheel turned by chance would change it."""

    def __init__(self, name: str, text: str, least: int, most: int, *, is_optional: bool = False) -> None:
        """`is_optional`: nothing typed is zero, and zero is an empty field."""
        super().__init__(name, text, LineEdit())
        self._least, self._most, self._is_optional = least, most, is_optional

    def value(self) -> int:
        """The number; raises `DomainError` number_invalid."""
        typed = self.text().strip()
        if self._is_optional and not typed:
            return 0
        if not typed.isdecimal() or len(typed) > 9 or not self._least <= int(typed) <= self._most:
            sentence = self.tr("Enter a whole number from {least} to {most}.")
            sentence = sentence.format(least=f"{self._least:,}", most=f"{self._most:,}")
            raise DomainError("number_invalid", sentence, field=self.name)
        return int(typed)

    def put(self, value: Any) -> None:
        """Show this number."""
        self.set_text(str(value or "") if self._is_optional else str(value))


class PiecesField(LabeledField):
    """How many came in, or went out with a minus before them."""

    def __init__(self, name: str, text: str, most: int) -> None:
        super().__init__(name, text, LineEdit())
        self._most = most

    def value(self) -> int:
        """The number, never zero; raises `DomainError` quantity_invalid."""
        typed = self.text().strip().replace("−", "-").replace(" ", "")
        digits = typed[1:] if typed[:1] in ("+", "-") else typed
        if not digits.isdecimal() or len(digits) > 10 or not 0 < int(digits) <= self._most:
            sentence = self.tr("Enter how many came in, such as 5, or went out, such as -2.")
            raise DomainError("quantity_invalid", sentence, field=self.name)
        return -int(digits) if typed.startswith("-") else int(digits)


class MinorField(MoneyField):
    """An amount in minor units; nothing typed is `empty`: None, or 0, which `hides_zero` shows as nothing.

    With `missing` something has to be typed, and that is said where nothing is.
    """

    def __init__(
        self,
        name: str,
        text: str,
        wording: Wording,
        *,
        empty: int | None = None,
        hides_zero: bool = False,
        missing: str = "",
    ) -> None:
        super().__init__(name, text, wording=wording, missing=missing)
        self._empty, self._hides_zero = empty, hides_zero

    def value(self) -> Any:
        """The minor units."""
        amount = super().value()
        return self._empty if amount is None else amount.minor

    def put(self, value: Any) -> None:
        """Show these minor units."""
        is_nothing = value is None or (self._hides_zero and not value)
        self.set_money(None if is_nothing else Money(value, self._wording.currency))


class PercentField(LabeledField):
    """A percentage such as `19` or `8.1`, as whole millionths; with `is_optional` an empty one is None."""

    def __init__(self, name: str, text: str, *, is_optional: bool = False) -> None:
        super().__init__(name, text, LineEdit())
        self._is_optional = is_optional

    def value(self) -> Any:
        """The millionths; raises `DomainError` percent_invalid."""
        if self._is_optional and self.is_empty():
            return None
        return parse_percent(self.text(), field=self.name)

    def put(self, value: Any) -> None:
        """Show these millionths."""
        self.set_text("" if value is None else percent_text(value))


class ClockField(TimeField):
    """A time of day as minutes since midnight."""

    def value(self) -> Any:
        """The minutes."""
        at = super().value()
        return at.hour * 60 + at.minute

    def put(self, value: Any) -> None:
        """Show these minutes."""
        self.set_time(time(value // 60, value % 60))


class DaysField(LabeledField):
    """Several numbers of days in rising order, such as `7, 14, 30`."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text, LineEdit())

    def value(self) -> tuple[int, ...]:
        """The days; raises `DomainError` reminders_invalid for what is no number."""
        parts = self.text().replace(",", " ").replace(";", " ").split()
        if not all(part.isdecimal() and len(part) <= 6 for part in parts):
            sentence = self.tr("Enter days in rising order, such as 7, 14, 30.")
            raise DomainError("reminders_invalid", sentence, field=self.name)
        return tuple(int(part) for part in parts)

    def put(self, value: Any) -> None:
        """Show these days."""
        self.set_text(", ".join(map(str, value)))


class LinesField(LabeledField):
    """Lines of a checklist in their order; empty lines and doubles are left out."""

    def __init__(self, name: str, text: str) -> None:
        edit = NoteEdit(_SHOWN)
        super().__init__(name, text, edit)
        edit.textChanged.connect(self.edited)

    def value(self) -> list[str]:
        """The lines; raises `DomainError` line_long or lines_count."""
        lines: list[str] = []
        for typed in self.text().splitlines():
            line = " ".join(clean_text(typed, 4000, self.name).split())
            if len(line) > NAME_LIMIT:
                sentence = self.tr("Shorten “{start}…” to {most} characters.").format(
                    start=line[:20], most=NAME_LIMIT
                )
                raise DomainError("line_long", sentence, field=self.name)
            if line and line not in lines:
                lines.append(line)
        check_lines(lines, field=self.name)
        return lines

    def put(self, value: Any) -> None:
        """Show these lines."""
        self.set_text("\n".join(value))


class SearchableField(ComboField):
    """One of many values. Typing narrows the list; leaving the field takes the only one that still fits."""

    def __init__(self, name: str, text: str, choices: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__(name, text, choices, editable=True)
        self._finder = QCompleter(self.combo.model(), self.combo)
        self._finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._finder.setMaxVisibleItems(8)
        self._list = QListView()
        self._list.setAccessibleName(text)
        self._list.setProperty("role", "popup")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.combo.take_list(self._list)
        self._finder.setPopup(self._list)
        self.combo.setCompleter(self._finder)
        self._finder.activated.connect(lambda _words: self.leave())
        self.committed.connect(lambda: self.choose(self.value()))
        self._dress()
        theme().changed.connect(self._dress)

    def put(self, value: Any) -> None:
        """Choose this; a code that the lists of today do not have is shown as it is."""
        self.choose(value)
        if not self.text():
            self.set_text(value)
        self.clear_problem()

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
