"""The papers of figures: a page of the reports, as it was read."""

from dataclasses import dataclass
from typing import ClassVar

from posapp.domain.papers.documents import PaperKind, ShopPaper


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: its words, and whether figures stand in it."""

    words: str
    is_figure: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A row as people read it; `value` is what the chart shows of it, `place` where on the axis of time."""

    cells: tuple[str, ...]
    value: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class ReportPaper(ShopPaper):
    """A page of the reports; it is of its own moment and kept nowhere.

    `number` are its days, shown; `compared` those that it is compared with, "" for none. `chart` is the kind
    of chart (`Chart`) and `charted` what it shows. `foot` are the rows below the rule.
    """

    KIND: ClassVar[PaperKind] = PaperKind.REPORT

    heading: str
    about: str
    compared: str
    columns: tuple[ReportColumn, ...]
    lines: tuple[ReportLine, ...]
    foot: tuple[ReportLine, ...]
    remark: str
    chart: str
    charted: str

    @property
    def called(self) -> str:
        """The name of the page."""
        return self.heading

    @property
    def code(self) -> str:
        """There is nothing to find by it."""
        return ""


PAPERS = (ReportPaper,)
"""What a manager prints."""
