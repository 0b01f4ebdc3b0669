"""The papers of customers: all that a shop holds of one, to read."""

from dataclasses import dataclass
from typing import ClassVar

from posapp.domain.papers.documents import CustomerPaper, PaperKind


@dataclass(frozen=True, slots=True)
class DataLine:
    """A line: a heading (`level` 0), what a group of values is about (1), or a value with its name (2)."""

    level: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PersonDataPaper(CustomerPaper):
    """Everything that the shop holds of a customer; it is of its own moment and kept nowhere."""

    KIND: ClassVar[PaperKind] = PaperKind.PERSON_DATA

    lines: tuple[DataLine, ...]

    @property
    def code(self) -> str:
        """There is nothing to find by it but the customer, whose code it has."""
        return ""


PAPERS = (PersonDataPaper,)
"""What customers take home."""
