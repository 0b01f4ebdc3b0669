"""The papers of the catalogue: what is stuck on the goods. They are of their own moment and kept nowhere."""

from dataclasses import dataclass
from typing import ClassVar

from posapp.domain.papers.documents import Document, PaperKind


@dataclass(frozen=True, slots=True)
class LabelLine:
    """An item on its labels: `code` is what a scanner reads, its first barcode or else its SKU."""

    text: str
    sku: str
    code: str
    price_minor: int
    copies: int


@dataclass(frozen=True, slots=True)
class PriceLabels(Document):
    """So many labels of each of these items."""

    KIND: ClassVar[PaperKind] = PaperKind.PRICE_LABEL

    lines: tuple[LabelLine, ...]

    @property
    def code(self) -> str:
        """Each label has one of its own."""
        return ""


PAPERS = (PriceLabels,)
