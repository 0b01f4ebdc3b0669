"""A field for a whole number within limits."""

from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError
from posapp.ui.fields import LabeledField, LineEdit


class WholeField(LabeledField):
    """A whole number from `least` to `most`; no spin arrows, a wheel turned by chance would change it."""

    def __init__(self, name: str, text: str, least: int, most: int, parent: QWidget | None = None) -> None:
        edit = LineEdit()
        super().__init__(name, text, edit, parent)
        self._least, self._most = least, most

    def value(self) -> int:
        """The number; raises `DomainError` number_invalid."""
        typed = self.text().strip()
        if not typed.isdecimal() or len(typed) > 9 or not self._least <= int(typed) <= self._most:
            sentence = self.tr("Enter a whole number from {least} to {most}.")
            raise DomainError(
                "number_invalid",
                sentence.format(least=f"{self._least:,}", most=f"{self._most:,}"),
                field=self.name,
            )
        return int(typed)

    def put(self, number: int) -> None:
        """Show this number."""
        self.set_text(str(number))


class OptionalWholeField(WholeField):
    """The same, and nothing typed is zero."""

    def value(self) -> int:
        """The number, 0 for an empty field."""
        return 0 if self.is_empty() else super().value()

    def put(self, number: int) -> None:
        """Show this number; zero is an empty field."""
        self.set_text(str(number) if number else "")
