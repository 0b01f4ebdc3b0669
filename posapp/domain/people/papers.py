"""The papers of people who sign in. A badge is of its own moment: its code is kept nowhere."""

from dataclasses import dataclass
from typing import ClassVar

from posapp.domain.papers.documents import PaperKind, ShopPaper


@dataclass(frozen=True, slots=True)
class Badge(ShopPaper):
    """What somebody carries to sign in: shop, and the name (`customer_name`); the code comes beside it."""

    KIND: ClassVar[PaperKind] = PaperKind.BADGE

    @property
    def code(self) -> str:
        """Whoever has it signs in, so no document holds it."""
        return ""


PAPERS = (Badge,)
